"""What falls due (到期), month by month: a clause that recurs (周期) stands in each month in which it falls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from graph.query import All, Bound, Due, DueMonths, FallsDue, InPlan, OfUnit, PlanRow, Query, UnitRow, Where
from graph.store import PAGE
from ingest.model import Record
from web.queries.address import address_of, month_of

MOST_UNITS = 100
"""Units that are listed for a month."""


class Month(Record, frozen=True):
    """A month (2021-12): how many rows it has, on which page they begin, and those of them that this page shows.

    `units` are the units that its rows bind, most first, at most `MOST_UNITS` of `units_total`; only of months that the
    page shows rows of.
    """

    month: str
    count: int
    page: int
    due: tuple[Due, ...]
    units: tuple[Bound, ...]
    units_total: int
    list_url: str


class DuePage(Record, frozen=True):
    """What falls due from `start` to `end` (ISO dates, both included). `assumed` where the URL names no days.

    `total` counts each clause once, `recurring` those of them that recur; these stand in several `months`. The page
    shows `PAGE` rows of all months together.
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
    page: int
    pages: int
    list_url: str


def usual_days(plans: Iterable[PlanRow], today: date) -> tuple[str, str]:
    """The year that is looked at where none is asked for: this one, or the newest plan's where that is past."""
    years = [plan.year for plan in plans if plan.year]
    year = min(today.year, max(years)) if years else today.year
    return f"{year:04}-01-01", f"{year:04}-12-31"


class DueDays(Record, frozen=True):
    """The first and the last day of what is shown; `assumed` where the user chose neither."""

    first: str
    last: str
    assumed: bool


def due_page(due: DueMonths, days: DueDays, unit: UnitRow | None, plan: PlanRow | None, page: int) -> DuePage:
    """The page of what falls due."""
    pages = max(1, -(-due.total // PAGE))
    narrowed: tuple[Where, ...] = (*([OfUnit((unit.id,))] if unit else []), *([InPlan((plan.id,))] if plan else []))
    months = tuple(_months(due, narrowed))
    return DuePage(
        days.first, days.last, days.assumed, unit, plan, months, due.clauses, due.recurring, int(days.first[:4]),
        min(page, pages), pages, _list_of(FallsDue(days.first, days.last), narrowed),
    )  # fmt: skip


def _list_of(due: FallsDue, narrowed: Sequence[Where]) -> str:
    """The address of the list of the tasks that fall due."""
    return address_of(Query(All((*narrowed, due))))


def _months(due: DueMonths, narrowed: Sequence[Where]) -> Iterator[Month]:
    shown = {month: tuple(rows) for month, rows in groupby(due.rows, key=lambda row: row.due[:7])}
    before = 0
    for each in due.months:
        units = each.bound[:MOST_UNITS]
        page = 1 + before // PAGE
        url = _list_of(FallsDue(*month_of(each.month)), narrowed)
        yield Month(each.month, each.count, page, shown.get(each.month, ()), units, len(each.bound), url)
        before += each.count
