"""What falls due (到期), month by month: what recurs (周期) stands in each month in which a period of it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from graph.query import ANYHOW, All, Due, FallsDue, InPlan, OfUnit, PlanRow, Query, UnitRow, Where
from ingest.model import Record
from web.pages.rows import TaskList
from web.pages.tasks import TasksPage
from web.queries.address import month_of

MOST_MONTHS, OF_A_MONTH = 24, 10
"""Months that are shown one by one, and tasks of each that the page shows."""
LOOSE = 20
"""Clauses of progress without a task that the page lists."""


class DueDays(Record, frozen=True):
    """The first and the last day of what is shown; `assumed` where the user chose neither."""

    first: str
    last: str
    assumed: bool


class Month(Record, frozen=True):
    """A month (2021-12), its first and last day that is asked for, and the tasks that fall due then."""

    month: str
    first: str
    last: str
    tasks: TaskList


class DuePage(Record, frozen=True):
    """What falls due from `start` to `end` (ISO dates, both included). `assumed` where the URL names no days.

    `tasks` are all of it, each task once; a task stands in each of the `months` in which it falls due. There are no
    months where they are too many to be shown one by one, and `tasks` shows its rows only where there are none or one.
    `loose` are the first of the `loose_total` clauses of progress (工作进度) that fall due then and belong to no task.
    """

    start: str
    end: str
    assumed: bool
    unit: UnitRow | None
    plan: PlanRow | None
    months: tuple[Month, ...]
    tasks: TasksPage
    year: int
    loose: tuple[Due, ...] = ()
    loose_total: int = 0


def usual_days(plans: Iterable[PlanRow], today: date) -> tuple[str, str]:
    """The year that is looked at where none is asked for: this one, or the newest plan's where that is past."""
    years = [plan.year for plan in plans if plan.year]
    year = min(today.year, max(years)) if years else today.year
    return f"{year:04}-01-01", f"{year:04}-12-31"


def dated_query(first: str, last: str) -> Query:
    """The tasks that have a day of their own then, those whose day comes first first."""
    return Query(FallsDue(first, last), order="due")


def due_query(first: str, last: str, unit: UnitRow | None = None, plan: PlanRow | None = None) -> Query:
    """The tasks of a unit and a plan that fall due in whatever way, those that do first come first."""
    narrowed: tuple[Where, ...] = (*([OfUnit((unit.id,))] if unit else []), *([InPlan((plan.id,))] if plan else []))
    return Query(All((*narrowed, FallsDue(first, last, ANYHOW))), order="due")


def months_between(first: str, last: str) -> Iterator[tuple[str, str, str]]:
    """The months of a span with their first and last day in it; none where they are too many."""
    year, month = int(first[:4]), int(first[5:7])
    count = (int(last[:4]) - year) * 12 + int(last[5:7]) - month + 1
    for nth in range(count if count <= MOST_MONTHS else 0):
        said = f"{year + (month - 1 + nth) // 12:04}-{(month - 1 + nth) % 12 + 1:02}"
        begin, end = month_of(said)
        yield said, max(first, begin), min(last, end)


def due_page(
    days: DueDays, about: tuple[UnitRow | None, PlanRow | None], months: Iterable[Month], tasks: TasksPage,
    clauses: Iterable[Due],
) -> DuePage:  # fmt: skip
    """The page of what falls due, of a unit or a plan; of the `clauses` those that belong to no task are told."""
    shown = tuple(each for each in months if each.tasks.total)
    loose = tuple(each for each in clauses if not each.tasks)
    year = int(days.first[:4])
    return DuePage(days.first, days.last, days.assumed, *about, shown, tasks, year, loose[:LOOSE], len(loose))
