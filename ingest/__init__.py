"""Reading (读): a file → a source → a plan with every fact in its place. Start at parse.py."""
