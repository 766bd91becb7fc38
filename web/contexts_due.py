"""What falls due (到期), month by month: a clause that recurs (周期) stands in each month in which it falls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec.structs import replace

from graph.deadlines import period_ends
from graph.questions import Due, Party, PlanRow, UnitRow
from ingest.model import Period, Record

_LONGEST: Mapping[Period, int] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366}
"""Days of a period at most."""


class UnitCount(Record, frozen=True):
    """A unit and how many rows of a list name it."""

    unit_id: str
    name: str
    count: int


class Month(Record, frozen=True):
    """What falls due in a month (2021-12), the units that it binds, most first."""

    month: str
    due: tuple[Due, ...]
    units: tuple[UnitCount, ...]


class DuePage(Record, frozen=True):
    """What falls due from `start` to `end` (ISO dates, both included). `assumed` where the URL names no days.

    `total` counts each clause once, `recurring` those of them that recur; these stand in several `months`.
    """

    start: str
    end: str
    assumed: bool
    unit: UnitRow | None
    plan: PlanRow | None
    months: tuple[Month, ...]
    total: int
    recurring: int
    year: int


def usual_days(plans: Iterable[PlanRow], today: date) -> tuple[str, str]:
    """The year that is looked at where none is asked for: this one, or the newest plan's where that is past."""
    years = [plan.year for plan in plans if plan.year]
    year = min(today.year, max(years)) if years else today.year
    return f"{year:04}-01-01", f"{year:04}-12-31"


def due_page(
    due: Sequence[Due], start: str, end: str, assumed: bool, unit: UnitRow | None = None, plan: PlanRow | None = None
) -> DuePage:
    """The page of what falls due; `due` has each clause once, as the store does."""
    recurring = sum(row.kind != "by" for row in due)
    return DuePage(start, end, assumed, unit, plan, months(due), len(due), recurring, int(start[:4]))


def months(due: Iterable[Due]) -> tuple[Month, ...]:
    """What falls due by month, each month as if it alone had been asked for."""
    rows = sorted((row for each in due for row in _in_months(each)), key=lambda row: (row.due, row.plan_id, row.span))
    return tuple(
        Month(month, found, _units(row.parties for row in found))
        for month, each in groupby(rows, key=lambda row: row.due[:7])
        for found in [tuple(each)]
    )


def _in_months(due: Due) -> Iterator[Due]:
    """The clause in each month in which it falls, with its first day there and how many there are."""
    for _, days in groupby(_days(due), key=lambda day: day[:7]):
        first, *others = days
        yield replace(due, due=first, times=1 + len(others))


def _days(due: Due) -> list[str]:
    """All days of a clause: the last days of `times` periods, the first of them at `due`."""
    if due.times == 1:
        return [due.due]
    every, first = due.every or "year", date.fromisoformat(due.due)
    length = min(_LONGEST[every] * due.times, (date.max - first).days)
    return [day.isoformat() for day in period_ends(every, first, first + timedelta(days=length))[: due.times]]


def _units(parties: Iterable[Sequence[Party]]) -> tuple[UnitCount, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for several in parties:
        counts.update({(party.unit_id, party.name) for party in several})
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(UnitCount(id, name, count) for (id, name), count in ranked)
