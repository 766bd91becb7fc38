"""The linter (检查): what a reader should look at, for people and for programs."""
