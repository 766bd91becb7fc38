"""Words and names (语言): clean text, the lexicon, the register of units, and which unit a name means."""

from __future__ import annotations

from ingest.language.clean import Clean, Paragraph
from ingest.language.clean import clean as clean_text
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.language.own_names import accept
from ingest.language.register import Register
from ingest.language.stated import bearers_by_hat, bearers_of, hats_of, stated_members
from ingest.language.tables.script import to_simplified
from ingest.language.titles import same_title
from ingest.language.units import without_level

__all__ = [
    "Clean",
    "Lexicon",
    "Paragraph",
    "Register",
    "accept",
    "bearers_by_hat",
    "bearers_of",
    "clean_text",
    "hats_of",
    "load_lexicon",
    "same_title",
    "stated_members",
    "to_simplified",
    "without_level",
]
