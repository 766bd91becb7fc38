"""Looking after a library in a folder (维护): backup, migrations, checks and mending."""
