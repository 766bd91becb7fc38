"""The list (任务清单) that a query means: its conditions, what may be chosen beside, how complete it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from graph.query import (
    ANYHOW,
    FIRM,
    All,
    Cites,
    Counted,
    FallsDue,
    InPlan,
    Not,
    OfRegion,
    OfUnit,
    OfYear,
    Order,
    PlanRow,
    Query,
    Says,
    Select,
    Tally,
    TaskRow,
    Where,
    conjuncts,
    predicates_of,
)
from ingest.model import Record
from web.pages.reply import ReplyComplete, complete
from web.pages.rows import ReplyRow, row_view
from web.queries.address import address_of, listed_values, month_of, parameters_of, values_of
from web.queries.naming import NAMED_THINGS
from web.words.conditions import Chip, LabelOf, chips, sentence
from web.words.wording import Translate, as_is

PER_PAGE = 50
MOST_VALUES = 60
"""Values of a facet that are offered; how many there are is always said."""

FACETS: tuple[Select, ...] = ("unit", "document", "plan", "month", "region", "year")


class Condition(Record, frozen=True):
    """A condition with the addresses of the list without it, and of the list where it is denied (or no longer is).

    It is changed by the parameter `name`, which now says `value`: things that are `called` so for people, with a `tail`
    (the roles of units, the ways in which something falls due). `rest` are the parameters of all else.
    """

    chip: Chip
    without: str
    turned: str
    name: str
    value: str
    called: str
    tail: str
    rest: tuple[tuple[str, str], ...]


class TaskChoice(Record, frozen=True):
    """A value that tasks of the list have, how many have it, and the addresses of the list with it and of the rest."""

    label: str
    detail: str
    count: int
    chosen: bool
    url: str
    others: str


class TaskFacet(Record, frozen=True):
    """A facet: what it is about, its values (those that are chosen first, then those that most tasks have; months and
    years in their order), and how many there are."""

    name: Select
    choices: tuple[TaskChoice, ...]
    total: int


class Unsettled(Record, frozen=True):
    """A name in the address that is no single thing's: of which condition (its chip's `title`), and what may be meant
    instead, each with its address; `near` where nothing is called so and these are called alike."""

    name: str
    title: str
    said: str
    near: bool
    choices: tuple[tuple[str, str], ...]


class Without(Record, frozen=True):
    """The list without one of its conditions: which, how many tasks it has then, and its address."""

    chip: Chip
    count: int
    url: str


class Wider(Record, frozen=True):
    """The list with days of sections and duties that recur besides: how many more tasks it has, and its address."""

    count: int
    url: str


class TallyRow(Record, frozen=True):
    """A thing that is listed instead of tasks: how many of the tasks have it, by role where it is a unit, and the
    address of the list of these."""

    key: str
    label: str
    detail: str
    count: int
    lead: int
    responsible: int
    support: int
    url: str


class Way(Record, frozen=True):
    """Another order, or another thing to list, with its address."""

    code: str
    chosen: bool
    url: str


class TasksPage(Record, frozen=True):
    """What a query means; `said` are its parameters, `unused` is what of the address means nothing here, `unsettled`
    are names in it that the library does not have, or several things have: no task is listed for them.

    `notes` say how words were found.
    `total` counts the tasks, all of them; `listed` the rows of the list: tasks, or `tallies` where the query lists
    something else. `without` is told where nothing is found.
    """

    reading: str
    query: dict[str, Any]
    url: str
    said: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]
    unused: tuple[str, ...]
    unsettled: tuple[Unsettled, ...]
    notes: tuple[str, ...]
    select: Select
    rows: tuple[ReplyRow, ...]
    tallies: tuple[TallyRow, ...]
    facets: tuple[TaskFacet, ...]
    orders: tuple[Way, ...]
    selects: tuple[Way, ...]
    without: tuple[Without, ...]
    wider: Wider | None
    completeness: ReplyComplete
    total: int
    listed: int
    page: int
    pages: int


class TasksFound(Record, frozen=True):
    """What a store and an index said of a query: all its tasks in order, the rows of one page, what was counted of
    them, the plans that they stand in, for each condition what would be found without it, and how many tasks fall due
    then in other ways than by days of their own."""

    query: Query
    ids: tuple[str, ...]
    rows: tuple[TaskRow, ...]
    tallies: tuple[Tally, ...]
    facets: tuple[tuple[Select, tuple[Counted, ...]], ...]
    plans: tuple[PlanRow, ...]
    without: tuple[int, ...]
    wider: int = 0
    unused: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    notes: tuple[str, ...] = ()


def tasks_page(found: TasksFound, page: int, label_of: LabelOf, translate: Translate = as_is) -> TasksPage:
    """The page of a list."""
    query = found.query
    unknown = {each.said for each in found.unsettled}
    shown = [replace(chip, thing="" if chip.thing in unknown else chip.thing)
             for chip in chips(query, label_of, translate)]  # fmt: skip
    listed = len(found.ids) if query.select == "task" else len(found.tallies)
    pages = pages_in(listed)
    page = min(page, pages)
    return TasksPage(
        sentence(query, label_of, translate),
        dict(msgspec.to_builtins(query)),
        address_of(query),
        _pairs(parameters_of(query)),
        tuple(_conditions(query, shown, label_of)),
        found.unused,
        found.unsettled,
        found.notes,
        query.select,
        tuple(map(row_view, found.rows)),
        tuple(_tally_row(query, each) for each in found.tallies[(page - 1) * PER_PAGE : page * PER_PAGE]),
        tuple(_facet(query, name, tallies) for name, tallies in found.facets),
        tuple(_ways(query, "order", _orders(query))),
        tuple(_ways(query, "select", ("task", *FACETS))),
        tuple(
            Without(chip, count, _without(query, nth))
            for nth, (chip, count) in enumerate(zip(shown, found.without, strict=False))
        ),
        Wider(found.wider, address_of(due_anyhow(query))) if found.wider else None,
        complete(found.plans),
        len(found.ids),
        listed,
        page,
        pages,
    )


def pages_in(rows: int) -> int:
    """How many pages so many rows of a list take."""
    return max(1, -(-rows // PER_PAGE))


def without_one(query: Query) -> Iterator[Query]:
    """The query without each of its conditions."""
    parts = conjuncts(query.where)
    for nth in range(len(parts)):
        yield _with(query, (*parts[:nth], *parts[nth + 1 :]))


def due_anyhow(query: Query) -> Query:
    """The query that asks for what falls due in any way, where it asks for days of the tasks' own."""

    def wide(where: Where) -> Where:
        return replace(where, levels=ANYHOW) if isinstance(where, FallsDue) and where.levels == FIRM else where

    parts = conjuncts(query.where)
    wider = tuple(map(wide, parts))
    return query if wider == parts else _with(query, wider)


def _with(query: Query, parts: Iterable[Where]) -> Query:
    return replace(query, where=All(tuple(parts)))


def _without(query: Query, nth: int) -> str:
    parts = conjuncts(query.where)
    return address_of(_with(query, (*parts[:nth], *parts[nth + 1 :])))


def _conditions(query: Query, shown: Sequence[Chip], label_of: LabelOf) -> Iterator[Condition]:
    parts = conjuncts(query.where)
    for nth, (chip, part) in enumerate(zip(shown, parts, strict=True)):
        turned = part.part if isinstance(part, Not) else Not(part)
        others = parts[:nth], parts[nth + 1 :]
        ((name, (value, *_)), *_) = parameters_of(Query(part)).items()
        rest = parameters_of(_with(query, (*others[0], *others[1])))
        yield Condition(
            chip, _without(query, nth), address_of(_with(query, (*others[0], turned, *others[1]))), name, value,
            *_called(chip.name, value, label_of), _pairs(rest),
        )  # fmt: skip


def _called(name: str, value: str, label_of: LabelOf) -> tuple[str, str]:
    """A value as people say it, never by ids, and what stands behind it in the address."""
    if name == "where":
        return value, ""
    said, _, tail = value.partition(":")
    if name not in NAMED_THINGS:
        return said, tail
    return listed_values([label_of(name, each) for each in values_of(said)]), tail


def _pairs(said: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, values in said.items() for value in values)


def _orders(query: Query) -> tuple[Order, ...]:
    words = any(isinstance(each, Says) for each in predicates_of(query.where))
    if query.select == "task":
        return ("plan", "due", "relevance") if words else ("plan", "due")
    return ("most", "least")


def _ways(query: Query, name: str, codes: Sequence[str]) -> Iterator[Way]:
    """The addresses of the query with another value of a field; a list begins in its own first order."""
    now = getattr(query, name)
    for code in codes:
        changed = replace(query, **{name: code})
        if name == "select":
            changed = replace(changed, order="plan", roles=(), least=None, most=None)
        chosen = code == now or (code == codes[0] and now not in codes)
        yield Way(code, chosen, address_of(changed))


def _facet(query: Query, name: Select, tallies: Sequence[Counted]) -> TaskFacet:
    parts = conjuncts(query.where)
    known = [(each, made) for each in tallies if (made := _condition_of(name, each.key)) is not None]
    if name in ("month", "year"):
        known.sort(key=lambda each: each[0].key)
    shown = [*(each for each in known if each[1] in parts), *(each for each in known if each[1] not in parts)]
    choices = tuple(_choice(query, parts, of, condition) for of, condition in shown[:MOST_VALUES])
    return TaskFacet(name, choices, len(known))


def _choice(query: Query, parts: Sequence[Where], of: Counted, condition: Where) -> TaskChoice:
    rest = [each for each in parts if each not in (condition, Not(condition))]
    chosen = condition in parts
    with_it = _with(query, rest if chosen else (*rest, condition))
    others = _with(query, (*rest, Not(condition)))
    return TaskChoice(of.label, of.detail, of.tasks, chosen, address_of(with_it), address_of(others))


_CONDITIONS: dict[Select, Callable[[str], Where]] = {
    "unit": lambda key: OfUnit((key,)),
    "document": lambda key: Cites((key,)),
    "plan": lambda key: InPlan((key,)),
    "month": lambda key: FallsDue(*month_of(key)),
    "region": lambda key: OfRegion((key,)),
    "year": lambda key: OfYear((int(key),)),
}
"""The condition that a value of a facet is."""


def _condition_of(name: Select, key: str) -> Where | None:
    made = _CONDITIONS.get(name)
    return made(key) if made and key else None


def _tally_row(query: Query, of: Tally) -> TallyRow:
    condition = _condition_of(query.select, of.key)
    if isinstance(condition, OfUnit) and query.roles:
        condition = OfUnit(condition.ids, query.roles)
    parts = conjuncts(query.where)
    narrowed = Query(All((*parts, condition) if condition and condition not in parts else parts))
    url = address_of(narrowed) if condition else ""
    counted = of.lead, of.responsible, of.support
    return TallyRow(of.key, of.label, of.detail, len(of.tasks), *counted, url)
