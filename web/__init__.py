"""Showing it: the site (start at app.py) and the terminal. Nothing is loaded here: a command waits for no site."""
