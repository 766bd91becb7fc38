"""What is selected on a chain (依据原句): the sentences that cite a document, with its title marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.query import Citing
from ingest.model import Record
from web.maps.strip import StripPiece

MOST_SAID = 12
"""Sentences that the strip shows; how many there are is always said."""


class SaidOfDocument(Record, frozen=True):
    """A sentence that cites: where it stands, its words with the title marked, and what leads to it."""

    document_id: str
    plan_id: str
    plan_title: str
    section: str
    role: str
    words: tuple[StripPiece, ...]
    fact: str
    tasks: tuple[str, ...]


class StripSaid(Record, frozen=True):
    """What of documents is said: their ids with titles, the upper one first, and sentences of `total`."""

    documents: tuple[tuple[str, str], ...]
    said: tuple[SaidOfDocument, ...]
    total: int


def strip_said(documents: Sequence[tuple[str, str]], citing: Sequence[Citing], texts: Mapping[str, str]) -> StripSaid:
    """What cites these documents; `texts` are the sources' of the first plans by their ids."""
    found = tuple(_said(each, texts.get(each.plan_id, "")) for each in citing[:MOST_SAID])
    return StripSaid(tuple(documents), found, len(citing))


def _said(each: Citing, text: str) -> SaidOfDocument:
    words = "".join(text[each.span.start : each.span.end].split())
    ways = (words, f"《{each.title}》", each.title, each.number or "")
    return SaidOfDocument(
        each.document_id, each.plan_id, each.plan_title, each.section, each.role,
        _pieces(each.sentence, ways), each.citation_id, each.tasks,
    )  # fmt: skip


def _pieces(sentence: str, ways: Sequence[str]) -> tuple[StripPiece, ...]:
    """A sentence with the cited title marked, in the first of the ways to write it that stands there."""
    said = next((way for way in ways if way and way in sentence), "")
    before, _, after = sentence.partition(said) if said else (sentence, "", "")
    parts = (StripPiece(before), StripPiece(said, True), StripPiece(after))
    return tuple(part for part in parts if part.text)
