"""The lists (清单): what falls due, what tasks lack, what the reader doubted, all units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

from graph.questions import DoubtRow, Due, Gap, GapCode, Party, PlanRow, UnitRow
from ingest.model import Record
from web.contexts_home import Load, loads

PER_PAGE = 200
"""Rows that one page of a list shows."""

Row = TypeVar("Row")


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
    """What falls due from `start` to `end` (ISO dates, both included). `assumed` where the URL names no days."""

    start: str
    end: str
    assumed: bool
    unit: UnitRow | None
    plan: PlanRow | None
    months: tuple[Month, ...]
    total: int
    year: int


def usual_days(plans: Iterable[PlanRow], today: date) -> tuple[str, str]:
    """The year that is looked at where none is asked for: this one, or the newest plan's where that is past."""
    years = [plan.year for plan in plans if plan.year]
    year = min(today.year, max(years)) if years else today.year
    return f"{year:04}-01-01", f"{year:04}-12-31"


def due_page(
    due: Sequence[Due], start: str, end: str, assumed: bool, unit: UnitRow | None = None, plan: PlanRow | None = None
) -> DuePage:
    """The page of what falls due, by month."""
    months = tuple(
        Month(month, rows, _units(row.parties for row in rows))
        for month, each in groupby(due, key=lambda row: row.due[:7])
        for rows in [tuple(each)]
    )
    return DuePage(start, end, assumed, unit, plan, months, len(due), int(start[:4]))


def _units(parties: Iterable[Sequence[Party]]) -> tuple[UnitCount, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for several in parties:
        counts.update({(party.unit_id, party.name) for party in several})
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(UnitCount(id, name, count) for (id, name), count in ranked)


class GapsPage(Record, frozen=True):
    """Tasks that lack something: counts of all codes, and the rows of the code asked for."""

    code: GapCode
    counts: dict[GapCode, int]
    gaps: tuple[Gap, ...]
    plan: PlanRow | None
    total: int
    page: int
    pages: int


def gaps_page(
    code: GapCode, counts: dict[GapCode, int], gaps: Sequence[Gap], plan: PlanRow | None, page: int
) -> GapsPage:
    """The page of gaps of one code."""
    pages = max(1, -(-len(gaps) // PER_PAGE))
    page = min(page, pages)
    return GapsPage(code, counts, tuple(_cut(gaps, page)), plan, len(gaps), page, pages)


class DoubtLine(Record, frozen=True):
    """A doubt with its plan's title, the id of its place in the text (None without one), and the words there."""

    doubt: DoubtRow
    plan_title: str
    fact_id: str | None
    words: str = ""


class DoubtsOfCode(Record, frozen=True):
    """The doubts of one code that a page shows."""

    code: str
    lines: tuple[DoubtLine, ...]


class DoubtsPage(Record, frozen=True):
    """Doubts by code. `counts` are of all codes of the plan or library asked for."""

    counts: tuple[tuple[str, int], ...]
    code: str | None
    plan: PlanRow | None
    groups: tuple[DoubtsOfCode, ...]
    total: int
    page: int
    pages: int


def doubts_page(
    doubts: Sequence[DoubtRow],
    code: str | None,
    plan: PlanRow | None,
    line_of: Callable[[DoubtRow], DoubtLine],
    page: int,
) -> DoubtsPage:
    """The page of doubts; `line_of` finds a doubt's place."""
    counts = tuple(Counter(doubt.code for doubt in doubts).most_common())
    order = {each: nth for nth, (each, _) in enumerate(counts)}
    wanted = sorted((d for d in doubts if code in (None, d.code)), key=lambda doubt: order[doubt.code])
    pages = max(1, -(-len(wanted) // PER_PAGE))
    page = min(page, pages)
    grouped = groupby(_cut(wanted, page), key=lambda doubt: doubt.code)
    groups = tuple(DoubtsOfCode(each, tuple(map(line_of, rows))) for each, rows in grouped)
    return DoubtsPage(counts, code, plan, groups, len(wanted), page, pages)


class UnitsPage(Record, frozen=True):
    """All units, those with most tasks first."""

    loads: tuple[Load, ...]
    total: int
    page: int
    pages: int


def units_page(units: Sequence[UnitRow], page: int) -> UnitsPage:
    """A page of all units."""
    pages = max(1, -(-len(units) // PER_PAGE))
    page = min(page, pages)
    shown = loads(units)[(page - 1) * PER_PAGE : page * PER_PAGE]
    return UnitsPage(shown, len(units), page, pages)


def _cut(rows: Sequence[Row], page: int) -> Sequence[Row]:
    return rows[(page - 1) * PER_PAGE : page * PER_PAGE]
