"""The web of relations (关系网): a thing in the middle, what hangs on it, what hangs on that, as far as one asks."""
