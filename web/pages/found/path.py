"""How two things hang together, as the API gives it (联系)."""

from __future__ import annotations

from graph import Path
from ingest.model import Record
from web.words.paths import path_said
from web.words.wording import Translate


class PathPage(Record, frozen=True):
    """A path, and the same in sentences, a line for each step; where there is none, the one that says so."""

    path: Path
    said: tuple[str, ...]


def path_page(path: Path, translate: Translate) -> PathPage:
    """The page of a path."""
    return PathPage(path, tuple(path_said(path, translate)))
