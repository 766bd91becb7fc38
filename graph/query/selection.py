"""The query (查询): which tasks are meant, as data. A question, a box, a facet, an address and an API call all are one.

    Query(where=All((OfUnit(("焦作市示范区-食药监分局",), roles=("lead",)), Not(FallsDue("", "2021-12-31")))))

What each predicate means is said once for every store by the queries named in graph/query/row_types.py, and in plain
Python by tests/support/plain_selection.py, against which the stores are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from graph.query.questions import DeadlineLevel, Via
from ingest.errors import ZerenError
from ingest.model import CitationRole, Period, Record, Role

HasKind = Literal[
    "unit", "lead", "responsible", "support", "clear-unit", "deadline", "any-deadline", "own-deadline", "set-deadline",
    "target", "citation", "milestone", "person",
]  # fmt: skip
"""What a task may have or lack. `deadline` is a day, in its own words or in a milestone about it; `clear-unit` somebody
who is not only 相关部门. Three ways to lack a deadline are gaps of their own: there are no words of one at all
(`any-deadline`), only those of its section (`own-deadline`), only such as 适时 (`set-deadline`)."""

HAS_KINDS: tuple[HasKind, ...] = get_args(HasKind)

Compared = Literal[">=", ">", "=", "<=", "<"]

NAMED: tuple[Via, ...] = ("own", "hat")
"""A unit that the text names: itself, or by its second nameplate."""

DueLevel = Literal[DeadlineLevel, "again"]
"""How something falls due: by a day, at one of the levels of a deadline, or again, in each of its periods."""

FIRM: tuple[DueLevel, ...] = ("own", "linked")
"""A day of a task itself; one of its section (`item`), and duties that recur, are asked for by name."""

ANYHOW: tuple[DueLevel, ...] = ("own", "linked", "item", "again")
"""All that falls due, in whatever way."""

_MOST_PARTS = 200
_DEEPEST = 12


class OfUnit(Record, frozen=True, tag="unit"):
    """Any of the units has a part in it (单位), in any of the roles where some are given."""

    ids: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    via: tuple[Via, ...] = NAMED


class OfPerson(Record, frozen=True, tag="person"):
    """Any of the persons is in charge (责任领导)."""

    names: tuple[str, ...]


class OfSystem(Record, frozen=True, tag="system"):
    """A unit of any of the lines of work (条线) has a part in it; settled to units before a store is asked."""

    names: tuple[str, ...]


class Cites(Record, frozen=True, tag="cites"):
    """It rests on any of the documents (依据), in any of the roles where some are given."""

    documents: tuple[str, ...]
    roles: tuple[CitationRole, ...] = ()


class FallsDue(Record, frozen=True, tag="due"):
    """A day of it lies from `first` to `last` (到期), both included, "" for any. `12-31` is of each plan's own year.

    `again`: a duty that recurs falls due on the last day of each of its periods (每季度: of March, June …), from the
    plan's issue to the end of the plan's year.
    """

    first: str = ""
    last: str = ""
    levels: tuple[DueLevel, ...] = FIRM


class Recurs(Record, frozen=True, tag="every"):
    """It is to be done again every period (每季度)."""

    periods: tuple[Period, ...]


class AimsAt(Record, frozen=True, tag="target"):
    """A target of it (目标) speaks of the subject and compares so; "" and None for any."""

    subject: str = ""
    comparison: Compared | None = None
    value: float | None = None


class Has(Record, frozen=True, tag="has"):
    """It has something of the kind."""

    kind: HasKind


class Lacks(Record, frozen=True, tag="lacks"):
    """It has a gap (缺口). `lead`: several units and nobody leads; the other kinds: nothing of the kind."""

    kind: HasKind


class InSection(Record, frozen=True, tag="section"):
    """It stands in any of the sections or beneath (章节)."""

    ids: tuple[str, ...]


class InPlan(Record, frozen=True, tag="plan"):
    """It stands in any of the plans (文件)."""

    ids: tuple[str, ...]


class OfYear(Record, frozen=True, tag="year"):
    """Its plan is of any of the years (年度)."""

    years: tuple[int, ...]


class OfRegion(Record, frozen=True, tag="region"):
    """Its plan is of any of the regions (地区) or of a place in one."""

    names: tuple[str, ...]


class Says(Record, frozen=True, tag="words"):
    """Its words, or those over it, are found by this text (全文); settled by the index before a store is asked."""

    text: str


class Among(Record, frozen=True, tag="tasks"):
    """It is one of these tasks."""

    ids: tuple[str, ...]


class All(Record, frozen=True, tag="all"):
    """Every part holds; without parts every task is meant."""

    parts: tuple[Where, ...] = ()


class Some(Record, frozen=True, tag="any"):
    """One of the parts holds; without parts no task is meant."""

    parts: tuple[Where, ...] = ()


class Not(Record, frozen=True, tag="not"):
    """The part does not hold."""

    part: Where


Predicate = (
    OfUnit | OfPerson | OfSystem | Cites | FallsDue | Recurs | AimsAt | Has | Lacks | InSection | InPlan | OfYear
    | OfRegion | Says | Among
)  # fmt: skip
Where = Predicate | All | Some | Not

PREDICATES: tuple[type[Record], ...] = get_args(Predicate)
"""All kinds of predicates: a test holds the tables of each layer to this list."""

Select = Literal["task", "unit", "document", "plan", "month", "target", "deadline", "region", "year"]
"""What is listed: the tasks, or what they have, with how many of them have it."""

Order = Literal["plan", "due", "most", "least", "relevance"]


class Query(Record, frozen=True):
    """What is asked. `roles` narrows a list of units to those who have one of the roles on the tasks; `least` and
    `most` are how many tasks a listed thing has (both included)."""

    where: Where = All()
    select: Select = "task"
    order: Order = "plan"
    roles: tuple[Role, ...] = ()
    least: int | None = None
    most: int | None = None


class BadQuery(ZerenError):
    """A query that cannot be asked. Params: reason."""

    code = "bad-query"


def parts_of(where: Where) -> tuple[Where, ...]:
    """What a node of the tree is made of; nothing for a predicate."""
    if isinstance(where, All | Some):
        return where.parts
    return (where.part,) if isinstance(where, Not) else ()


def predicates_of(where: Where) -> Iterator[Predicate]:
    """All predicates of a tree, from left to right."""
    if isinstance(where, All | Some | Not):
        for part in parts_of(where):
            yield from predicates_of(part)
    else:
        yield where


def require_bounded(where: Where) -> None:
    """Raises `BadQuery` for a tree that nobody would write: of more than 200 parts, or 12 levels deep."""
    level: list[Where] = [where]
    counted = 0
    for _ in range(_DEEPEST):
        counted += len(level)
        level = [part for each in level for part in parts_of(each)]
        if counted > _MOST_PARTS:
            raise BadQuery(reason="parts")
    if level:
        raise BadQuery(reason="depth")


def conjuncts(where: Where) -> tuple[Where, ...]:
    """What must all hold: the parts of an `All`, flattened, or the one thing that is asked."""
    if isinstance(where, All):
        return tuple(each for part in where.parts for each in conjuncts(part))
    return (where,)
