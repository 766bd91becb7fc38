"""What the reader could not settle (存疑). Start at find.py."""
