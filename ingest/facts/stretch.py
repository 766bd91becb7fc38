"""The words that facts are read in (文段): where they stand, and what is known when they are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Literal

from ingest.base import Header, Record
from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon

StandsIn = Literal["task", "progress", "field"]
"""Whose words: a task's, a progress clause's (where 适时 counts), a time field's (where `6月` is a deadline)."""


class Calendar(Record, frozen=True):
    """What relative dates count from: the plan's year, its date of issue."""

    year: int | None
    issued_on: date | None

    @classmethod
    def of(cls, header: Header) -> Calendar:
        """The calendar of a plan."""
        return cls(header.year, date.fromisoformat(header.issued_on) if header.issued_on else None)


class ShortName(Record, frozen=True):
    """A document's full title and number, and from where in the clean text on a short name stands for it."""

    start: int
    title: str
    number: str | None


class CitedBefore(Record, frozen=True):
    """A document that the text cites: where in the clean text, title and number, and what it may be called again."""

    start: int
    title: str
    number: str | None
    called: frozenset[str]


class Stretch(Record, frozen=True):
    """`[start, end)` of a clean text.

    `asked` is the indicator's name where a table's column asks for its value. `found` are the facts of earlier kinds
    (records of `ingest.facts.kind.Fact`), `closed` the spans in the source in which nothing else is read, in order.
    `short_names` is what the plan calls documents (以下简称《意见》), `cited` are all that it cites, in order.
    """

    text: Clean
    start: int
    end: int
    where: StandsIn
    calendar: Calendar
    lexicon: Lexicon
    asked: str = ""
    found: tuple[Any, ...] = ()
    closed: tuple[tuple[int, int], ...] = ()
    short_names: Mapping[str, Sequence[ShortName]] = {}
    cited: Sequence[CitedBefore] = ()

    def is_closed(self, position: int) -> bool:
        """Whether a position in the source stands in a fact that is opaque, such as a title."""
        before = bisect_right(self.closed, position, key=itemgetter(0))
        return before > 0 and position < self.closed[before - 1][1]
