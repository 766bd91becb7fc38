"""The tree of a query (查询树): AND, OR, NOT and phrases of exact tokens, which is all that an engine must know."""

from __future__ import annotations

from ingest.model import Record
from search.index.fields import Field
from search.words.analyzer import folded, phrase_grams

EXACT = 20.0
"""Score for holding the whole string, more than a few words can earn by BM25F."""


class Term(Record, frozen=True):
    """An exact token of a field."""

    field: Field
    token: str


class Phrase(Record, frozen=True):
    """A folded string that must stand in `page`; `grams` are the tokens that it cannot be without, in order."""

    text: str
    grams: tuple[str, ...]


class And(Record, frozen=True):
    """All of them; of none at all: everything."""

    nodes: tuple[QueryNode, ...]


class Or(Record, frozen=True):
    """At least one of them; of none at all: nothing."""

    nodes: tuple[QueryNode, ...]


class Not(Record, frozen=True):
    """All entries but these."""

    node: QueryNode


QueryNode = Term | Phrase | And | Or | Not
EVERYTHING = And(())
NOTHING = Or(())


class Mark(Record, frozen=True):
    """What to highlight, in folded form: the strings, or where none of them stands, the words."""

    strings: tuple[str, ...]
    words: tuple[str, ...] = ()


class Note(Record, frozen=True):
    """What was left out of a query: code `text-cut`, `pieces-cut` or `terms-cut`, with the limit that did it; or
    `contact`: it holds digits that no index has (ingest/contacts.py)."""

    code: str
    piece: str
    limit: int


class Query(Record, frozen=True):
    """`where` decides, `rank` (words, by BM25F) and `exact` (strings, `EXACT` each) order what was found."""

    where: QueryNode
    rank: tuple[str, ...] = ()
    exact: tuple[Phrase, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()


def phrase(text: str) -> QueryNode:
    """The node of a string that must stand on the page, blanks aside; nothing for one of punctuation alone."""
    form = folded(text)
    found = phrase_grams(form)
    return Phrase(form, found) if found else NOTHING
