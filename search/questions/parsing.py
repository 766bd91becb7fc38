"""A question that is being read (读题): its tokens, which of them are used, and what is known so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.query import (
    FallsDue,
    Order,
    Query,
    Select,
    Where,
)
from ingest.model import Record, Role
from search.questions.library_names import LibraryNames
from search.questions.tokens import Token

ProblemKind = Literal[
    "nothing", "order", "unknown-unit", "unknown-document", "which", "one-year", "loose-not", "no-topic", "no-section",
    "no-rank",
]  # fmt: skip


Pick = Literal[
    "", "first-due", "next-due", "last-due", "most-units", "most-targets", "most-documents", "most-deadlines", "alone"
]
"""Which of the tasks are meant: those that fall due first, next from today on or last, those that have most of a
kind, those of one unit alone."""


Turn = Literal["", "more", "less"]
"""Tasks that came since the year before, or went; "" for both."""


OtherDays = tuple[str, FallsDue, FallsDue]
"""Words of a time that can be read in two ways, as they were read, and as they might have been."""


class Problem(Record, frozen=True):
    """Why a question is not answered, the words that it is about, and ids that may have been meant."""

    kind: ProblemKind
    words: str
    ids: tuple[str, ...] = ()


class Understood(Record, frozen=True):
    """A question's meaning: the query, whether it counts, what was assumed, what was not used, what it cannot settle.

    `sections` are numbers of items that the plans must be asked for; `pick` says which of the tasks found are meant,
    `part` which of the things that are listed, from and to a place. `noun` is what it calls the tasks (哪些活动), which
    may be a word of theirs; `excluded` are units that are not listed (除了食药监分局还有谁). `fresh` are
    the words that compare a year with the one before (比去年多了), `turn` what came or went. `other_days` is the second
    reading of a time, `other_units` are units that a name might have meant besides: its words, the one that is taken,
    and the others.
    """

    query: Query
    counts: bool = False
    topics: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    assumed: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    problem: Problem | None = None
    pick: Pick = ""
    part: tuple[int, int] | None = None
    noun: str = ""
    excluded: tuple[str, ...] = ()
    fresh: str = ""
    turn: Turn = ""
    other_days: OtherDays | None = None
    other_units: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


SAID_ROLES: dict[str, tuple[Role, ...]] = {"lead": ("lead",), "support": ("support",), "": ()}


@dataclass
class Parsing:
    """A question that is being read: tokens, which of them are used, and what is known so far."""

    tokens: Sequence[Token]
    names: LibraryNames
    today: date
    used: set[int] = field(default_factory=set)
    where: list[Where] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    select: Select = "task"
    order: Order = "plan"
    roles: tuple[Role, ...] = ()
    least: int | None = None
    most: int | None = None
    counts: bool = False
    problem: Problem | None = None
    pick: Pick = ""
    part: tuple[int, int] | None = None
    noun: str = ""
    excluded: tuple[str, ...] = ()
    fresh: str = ""
    turn: Turn = ""
    other_days: OtherDays | None = None
    other_units: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def of(self, *kinds: str) -> list[int]:
        """Places of tokens of some kinds that are not used yet."""
        return [at for at, token in enumerate(self.tokens) if token.kind in kinds and at not in self.used]

    def next(self, at: int, step: int = 1) -> int | None:
        """The place of the next (or last) token that says something."""
        at += step
        while 0 <= at < len(self.tokens) and self.tokens[at].kind == "fill":
            at += step
        return at if 0 <= at < len(self.tokens) else None

    def kind(self, at: int | None) -> str:
        return "" if at is None else self.tokens[at].kind

    def denied(self, at: int) -> bool:
        """Whether a 不 or 没有 stands right before; it is used then."""
        before = self.next(at, -1)
        while self.kind(before) in ("and", "topic") and before is not None:
            before = self.next(before, -1)  # 除了跟农业农村局一起的, 不涉及教育局的
        if self.kind(before) == "not" and before not in self.used and before is not None:
            self.used.add(before)
            return True
        return False

    def refuse(self, kind: ProblemKind, words: str, ids: Sequence[str] = ()) -> None:
        self.problem = self.problem or Problem(kind, words, tuple(ids))
