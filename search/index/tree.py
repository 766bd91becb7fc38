"""The tree of a query (查询树): AND, OR, NOT and phrases of exact tokens, which is all that an engine must know."""

from __future__ import annotations

from ingest.model import Record
from search.index.fields import Field
from search.words.analyzer import folded, phrase_grams

EXACT = 20.0
"""Score for holding the whole string, more than a few words can earn by BM25F."""


_MOST_PLACES = 200
"""Places of a string in one text that are looked at."""


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


class Beside(Record, frozen=True):
    """Two folded strings that must stand near each other, in any order: at most so many characters between them."""

    one: str
    other: str
    most: int

    def holds(self, text: str) -> bool:
        """Whether a folded text holds them so."""
        first, second = _places(text, self.one), _places(text, self.other)
        sizes = len(self.one), len(self.other)
        return any(0 <= _between(a, sizes[0], b, sizes[1]) <= self.most for a in first for b in second)


def _places(text: str, string: str) -> list[int]:
    found: list[int] = []
    at = text.find(string)
    while at >= 0 and len(found) < _MOST_PLACES:
        found.append(at)
        at = text.find(string, at + 1)
    return found


def _between(one: int, size: int, other: int, other_size: int) -> int:
    """Characters between two strings at their places; negative where they overlap."""
    return other - one - size if one <= other else one - other - other_size


class Note(Record, frozen=True):
    """What was left out of a query: code `text-cut`, `pieces-cut` or `terms-cut`, with the limit that did it; or
    `contact`: it holds digits that no index has (ingest/contacts.py)."""

    code: str
    piece: str
    limit: int


class Query(Record, frozen=True):
    """`where` decides, and `beside` among what an engine found by it; `rank` (words, by BM25F) and `exact` (strings,
    `EXACT` each) order that."""

    where: QueryNode
    rank: tuple[str, ...] = ()
    exact: tuple[Phrase, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    beside: tuple[Beside, ...] = ()


def phrase(text: str) -> QueryNode:
    """The node of a string that must stand on the page, blanks aside; nothing for one of punctuation alone."""
    form = folded(text)
    found = phrase_grams(form)
    return Phrase(form, found) if found else NOTHING
