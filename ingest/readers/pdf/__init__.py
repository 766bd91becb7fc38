"""PDF with a text layer. Start at read.py."""
