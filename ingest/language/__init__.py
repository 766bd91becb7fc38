"""Words and names (语言): clean text, the lexicon, the register of units, and which unit a name means."""
