"""What is kept of a plan, what a commit means (记录)."""
