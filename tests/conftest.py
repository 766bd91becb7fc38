"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.lexicon import Lexicon, load_lexicon

ROOT = Path(__file__).parent.parent
LEXICON = ROOT / "data" / "lexicon"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The lexicon that is handed out, read once."""
    return load_lexicon(LEXICON)
