"""Words (词): text into tokens, and names of units in all their spellings."""
