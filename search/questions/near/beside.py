"""What stands beside an answer (旁注): tasks that it does not count and somebody may have meant, as counted queries.

Who asks what falls due in a quarter is told how many tasks fall due only at the end of the year, recur, or have no day;
who names two units, what each has alone; and where nothing is found, what is found without each condition. Each is a
query, so that it has an address.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from graph.query import FIRM, All, FallsDue, Lacks, Not, OfUnit, Query, Recurs, Some, Where, conjuncts
from ingest.model import Record
from search.questions.parsing import Understood

AsideKind = Literal["any-role", "year-end", "again", "item", "undated", "other-days", "either", "alone", "without"]

_EVERY = Recurs(("day", "week", "month", "quarter", "half", "year"))
_MONTH_DAY = len("12-31")
_MOST = 8


class Aside(Record, frozen=True):
    """How many tasks a query means that is near the one that was asked. `about` is what it does not ask, or asks
    otherwise; `words` those of the question."""

    kind: AsideKind
    query: Query
    count: int
    about: Where | None = None
    words: str = ""


Counting = Callable[[Query], int]
"""How many tasks a query means."""


def beside(query: Query, understood: Understood, found: int, counting: Counting) -> tuple[Aside, ...]:
    """What stands beside an answer of so many tasks."""
    ways = (_other_days(query, understood), _several_units(query, understood), _days(query, understood))
    made = [replace(each, count=counting(each.query)) for way in ways for each in way]
    if not found:
        made += [replace(each, count=counting(each.query)) for each in _without(query)]
    return tuple(each for each in made if each.count and (each.kind != "other-days" or each.count != found))


def _with(query: Query, parts: Sequence[Where]) -> Query:
    return Query(All(tuple(parts)), roles=query.roles) if query.select == "unit" else Query(All(tuple(parts)))


def _is_days(where: Where) -> bool:
    return isinstance(where, FallsDue) and where.levels == FIRM


def _days(query: Query, understood: Understood) -> Iterator[Aside]:
    """Of those that a question about days leaves out: each task is counted once, by what it has."""
    parts = conjuncts(query.where)
    asked = [each for each in parts if isinstance(each, FallsDue) and _is_days(each)]
    if not asked or query.select not in ("task", "unit") or understood.pick:
        return
    rest = [each for each in parts if each not in asked]
    told: list[Where] = [Not(asked[0] if len(asked) == 1 else All(tuple(asked)))]
    days, overdue = asked[0], "overdue" in understood.assumed
    ways: list[tuple[AsideKind, Where]] = [("item", replace(days, levels=("item",)))] if len(asked) == 1 else []
    if not overdue:
        ways.append(("again", _EVERY if "clock" in understood.assumed else _again(days)))
    if (end := _year_end(days)) and not overdue:
        ways.append(("year-end", end))
    for kind, way in ways:
        yield Aside(kind, _with(query, (*rest, way, *told)), 0, way)
        told.append(Not(way))
    others = [each for each in told if not _has_days(each)]
    yield Aside("undated", _with(query, (*rest, Lacks("deadline"), *others)), 0)


def _has_days(denied: Where) -> bool:
    """Whether what is denied has days of its own, as nothing has that lacks a day."""
    return isinstance(denied, Not) and all(map(_is_days, conjuncts(denied.part)))


def _again(days: FallsDue) -> FallsDue:
    """The whole months of some days: a duty that recurs is due on the last day of its period."""
    first = f"{days.first[:-2]}01" if days.first else ""
    last = days.last
    if last:
        year, month = (2024 if len(last) == _MONTH_DAY else int(last[:4])), int(last[-5:-3])
        last = f"{last[:-2]}{monthrange(year, month)[1]}"
    return FallsDue(first, last, ("again",))


def _year_end(days: FallsDue) -> FallsDue | None:
    """The last day of the year in which the days end; None where they reach it, or have no end."""
    if not days.last or days.last.endswith("12-31"):
        return None
    end = f"{days.last[:-5]}12-31"
    return FallsDue(end, end, FIRM)


def _other_days(query: Query, understood: Understood) -> Iterator[Aside]:
    """2027年前 as it was not read."""
    if understood.other_days is None:
        return
    words, taken, other = understood.other_days
    parts = conjuncts(query.where)
    if taken in parts:
        yield Aside("other-days", _with(query, [other if each == taken else each for each in parts]), 0, other, words)


def _several_units(query: Query, understood: Understood) -> Iterator[Aside]:
    """教育局和公安局负责什么: what either has, and what each has."""
    parts = conjuncts(query.where)
    units = [each for each in parts if isinstance(each, OfUnit)]
    if "both" not in understood.assumed or len(units) < 2:
        return
    rest = [each for each in parts if not isinstance(each, OfUnit)]
    yield Aside("either", _with(query, (Some(tuple(units)), *rest)), 0)
    for each in units[:3]:
        yield Aside("alone", _with(query, (each, *rest)), 0, each)


def _without(query: Query) -> Iterator[Aside]:
    """The question without each of its conditions, and with a unit in whatever role."""
    parts = conjuncts(query.where)
    for nth, each in enumerate(parts):
        if isinstance(each, OfUnit) and each.roles:
            any_role = replace(each, roles=())
            yield Aside("any-role", _with(query, (*parts[:nth], any_role, *parts[nth + 1 :])), 0, any_role)
    if len(parts) > 1:
        for nth, each in enumerate(parts[:_MOST]):
            yield Aside("without", _with(query, (*parts[:nth], *parts[nth + 1 :])), 0, each)
