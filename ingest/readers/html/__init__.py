"""Web pages (网页). Start at read.py."""
