"""From a tree of predicates to the tasks that it means (选取): sets of ids, put together once for all stores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.derived.deadlines import due_days
from graph.derived.gaps import covered_as
from graph.query import row_types as q
from graph.query import select_types as s
from graph.query.questions import GapCode, Via
from graph.query.row_types import IdColumns, NamedColumns, Rows, TableQuery, Value
from graph.query.select_types import OrderColumns
from graph.query.selection import (
    AimsAt,
    All,
    Among,
    BadQuery,
    Cites,
    FallsDue,
    Has,
    HasKind,
    InPlan,
    InSection,
    Lacks,
    Not,
    OfPerson,
    OfRegion,
    OfSystem,
    OfUnit,
    OfYear,
    Recurs,
    Says,
    Some,
    Where,
    require_bounded,
)
from graph.store import Members
from ingest.model import Period

Ids = frozenset[str]
Recurring = tuple[Period, str, str]
"""How often a duty recurs, and from when to when (ISO days)."""

_FIRST, _LAST = "0000", "9999"
_GAPS: Mapping[HasKind, GapCode] = {
    "lead": "no-lead", "clear-unit": "only-vague", "any-deadline": "deadline-none",
    "own-deadline": "deadline-item", "set-deadline": "deadline-open",
}  # fmt: skip
"""Kinds that a task lacks in a sense of its own."""


@dataclass(frozen=True)
class AllTasks:
    """All tasks of a generation: in the order of plans, their ids, and those with a duty that recurs by how it does."""

    order: Sequence[OrderColumns]
    ids: Ids
    again: Mapping[Recurring, Collection[str]]


class Meaning:
    """Finds the tasks that a tree means in one generation."""

    def __init__(self, rows: Rows, everything: AllTasks, members: Members) -> None:
        self._rows = rows
        self._everything = everything.ids
        self._recurring = everything.again
        self._members = members
        self._first_days: dict[FallsDue, dict[str, str]] = {}

    def of(self, where: Where) -> Ids:
        """Ids of the tasks. Raises `BadQuery` for a tree that is too big, or that names what is not settled."""
        require_bounded(where)
        return self._of(where)

    def _of(self, where: Where) -> Ids:
        match where:
            case All(parts):
                return self._all(parts)
            case Some(parts):
                return frozenset().union(*(self._of(part) for part in parts))
            case Not(part):
                return self._everything - self._of(part)
            case _:
                return _PREDICATES[type(where)](self, where)

    def _all(self, parts: Iterable[Where]) -> Ids:
        found: Ids | None = None
        for part in parts:
            here = self._of(part)
            found = here if found is None else found & here
        return self._everything if found is None else found

    def _ids(self, query: TableQuery[IdColumns], **values: Value) -> Ids:
        return frozenset(row.id for row in self._rows(query, **values))

    def _each_role(self, query: TableQuery[IdColumns], roles: Iterable[str], **values: Value) -> Ids:
        return frozenset().union(*(self._ids(query, role=role, **values) for role in (tuple(roles) or (None,))))

    # Predicates

    def of_unit(self, asked: OfUnit) -> Ids:
        found: Ids = frozenset()
        if "own" in asked.via:
            found |= self._each_role(s.TASKS_OF_UNIT, asked.roles, units=[*asked.ids])
        if "hat" in asked.via:
            found |= self._each_role(s.TASKS_OF_HAT, asked.roles, units=[*asked.ids])
        covering = sorted(self._covering(asked)) if {"member", "collective"} & {*asked.via} else []
        return found | (self._each_role(s.TASKS_OF_UNIT, asked.roles, units=covering) if covering else frozenset())

    def _covering(self, asked: OfUnit) -> set[str]:
        """The collectives that cover one of the units in a way that is asked for."""
        units = [row for id in asked.ids for row in self._rows(q.NAMED, unit=id) if row.kind != "collective"]
        return {
            each.id
            for unit in units
            for each in self._rows(q.COLLECTIVES, region=unit.region)
            if self._covers(each.name, unit) in asked.via
        }

    def _covers(self, collective: str, unit: NamedColumns) -> Via | None:
        return covered_as(collective, unit.name, self._members)

    def of_person(self, asked: OfPerson) -> Ids:
        return self._ids(s.TASKS_OF_PERSON, names=[*asked.names])

    def cites(self, asked: Cites) -> Ids:
        return self._each_role(s.TASKS_CITING, asked.roles, documents=[*asked.documents])

    def falls_due(self, asked: FallsDue) -> Ids:
        return frozenset(self.first_days(asked))

    def first_days(self, asked: FallsDue) -> Mapping[str, str]:
        """The tasks that fall due then, each with the first of these days."""
        if asked not in self._first_days:
            self._first_days[asked] = dict(self._days(asked))
        return self._first_days[asked]

    def _days(self, asked: FallsDue) -> Iterator[tuple[str, str]]:
        """Tasks with a day, each with its first day last."""
        of_year = any(len(day) == len("12-31") for day in (asked.first, asked.last))
        first, last = (asked.first or "01-01", asked.last or "12-31") if of_year else (asked.first, asked.last)
        found: list[tuple[str, str]] = []
        if levels := [each for each in asked.levels if each != "again"]:
            query = s.TASKS_DUE_IN_YEAR if of_year else s.TASKS_DUE
            rows = self._rows(query, start=first or _FIRST, end=last or _LAST, levels=levels)
            found += [(row.id, row.due or _LAST) for row in rows]
        if "again" in asked.levels:
            found += self._again(first, last, of_year)
        yield from sorted(found, key=lambda each: each[1], reverse=True)

    def _again(self, first: str, last: str, of_year: bool) -> Iterator[tuple[str, str]]:
        """Tasks that recur, with their first day from `first` to `last`."""
        for (every, since, until), ids in self._recurring.items():
            year = f"{since[:4]}-" if of_year else ""
            days = due_days(every, since, until, year + (first or _FIRST), year + (last or _LAST))
            yield from ((id, days[0]) for id in ids if days)

    def recurs(self, asked: Recurs) -> Ids:
        return self._ids(s.TASKS_AGAIN, periods=[*asked.periods])

    def aims_at(self, asked: AimsAt) -> Ids:
        comparison = asked.comparison if asked.value is not None else None
        value: Any = asked.value
        return self._ids(s.TASKS_AIMING, subject=asked.subject, comparison=comparison, value=value)

    def has(self, asked: Has) -> Ids:
        match asked.kind:
            case "unit":
                return self._ids(s.TASKS_WITH_ROLE, role=None)
            case "lead" | "responsible" | "support":
                return self._ids(s.TASKS_WITH_ROLE, role=asked.kind)
            case "clear-unit":
                return self._ids(s.TASKS_WITH_ROLE, role=None) - self._ids(s.TASKS_WITH_GAP, code="only-vague")
            case "deadline":
                return self.falls_due(FallsDue())
            case "target":
                return self._ids(s.TASKS_WITH_TARGET)
            case "citation":
                return self._ids(s.TASKS_WITH_CITATION)
            case "milestone":
                return self._ids(s.TASKS_WITH_MILESTONE)
            case "person":
                return self._ids(s.TASKS_WITH_PERSON)
            case "any-deadline" | "own-deadline" | "set-deadline":
                return self._everything - self.lacks(Lacks(asked.kind))

    def lacks(self, asked: Lacks) -> Ids:
        if asked.kind in _GAPS:
            return self._ids(s.TASKS_WITH_GAP, code=_GAPS[asked.kind])
        return self._everything - self.has(Has(asked.kind))

    def in_section(self, asked: InSection) -> Ids:
        return self._ids(s.TASKS_IN_SECTION, sections=[*asked.ids])

    def in_plan(self, asked: InPlan) -> Ids:
        return self._ids(s.TASKS_IN_PLAN, plans=[*asked.ids])

    def of_year(self, asked: OfYear) -> Ids:
        return self._ids(s.TASKS_OF_YEAR, years=[*asked.years])

    def of_region(self, asked: OfRegion) -> Ids:
        return self._ids(s.TASKS_OF_REGION, regions=[*asked.names])

    def among(self, asked: Among) -> Ids:
        return self._everything & frozenset(asked.ids)

    def unsettled(self, asked: Says | OfSystem) -> Ids:
        """Words and lines of work are known to `search`, which puts tasks and units in their place."""
        raise BadQuery(reason="unsettled")


_PREDICATES: Mapping[type, Callable[[Meaning, Any], Ids]] = {
    OfUnit: Meaning.of_unit,
    OfPerson: Meaning.of_person,
    OfSystem: Meaning.unsettled,
    Cites: Meaning.cites,
    FallsDue: Meaning.falls_due,
    Recurs: Meaning.recurs,
    AimsAt: Meaning.aims_at,
    Has: Meaning.has,
    Lacks: Meaning.lacks,
    InSection: Meaning.in_section,
    InPlan: Meaning.in_plan,
    OfYear: Meaning.of_year,
    OfRegion: Meaning.of_region,
    Says: Meaning.unsettled,
    Among: Meaning.among,
}
