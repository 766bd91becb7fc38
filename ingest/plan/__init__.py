"""The body of a plan (正文): its outline, statements of responsibility, tables and tasks."""
