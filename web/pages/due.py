"""What falls due (到期), month by month from today: what recurs (周期) stands in each month in which a period ends.

Beside it, what had a day that is past, and what has a deadline without a day: neither is lost for being in no month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from graph.query import ANYHOW, All, Due, FallsDue, Has, InPlan, Lacks, Not, OfUnit, PlanRow, Query, UnitRow, Where
from ingest.model import Record
from web.pages.rows import TaskList
from web.pages.tasks import TasksPage
from web.queries.address import month_of

MOST_MONTHS, OF_A_MONTH = 24, 10
"""Months that are shown one by one, and tasks of each that the page shows."""
_AHEAD, _BACK = 12, 6
"""Months that are looked at from today where none are asked for, and months before that stand on the strip."""
BESIDE = 3
"""Tasks that are past, or have no day, that the page shows."""
LOOSE = 20
"""Clauses of progress without a task that the page lists."""


class DueDays(Record, frozen=True):
    """The first and the last day of what is shown, and today; `assumed` where the user chose neither: then something
    stands beside the months."""

    first: str
    last: str
    assumed: bool
    today: str
    beside: BesideMonths | None = None


class Month(Record, frozen=True):
    """A month (2021-12), its first and last day that is asked for, and the tasks that fall due then."""

    month: str
    first: str
    last: str
    tasks: TaskList


class StripMonth(Record, frozen=True):
    """A month of the strip: its days, how many tasks fall due then, that as a share of the most (0–100), and whether
    it is past."""

    month: str
    first: str
    last: str
    count: int
    height: float
    past: bool


class BesideMonths(Record, frozen=True):
    """What stands beside the months: the strip; tasks with a day before today, the last first; tasks with a deadline
    that has no day (每季度, 适时)."""

    strip: tuple[StripMonth, ...]
    overdue: TaskList | None
    undated: TaskList


class DuePage(Record, frozen=True):
    """What falls due from `start` to `end` (ISO dates, both included). `assumed` where the URL names no days.

    `tasks` are all of it, each task once; a task stands in each of the `months` in which it falls due. There are no
    months where they are too many to be shown one by one, and `tasks` shows its rows only where there are none or one.
    `beside` is told where the URL names no days.
    `loose` are the first of the `loose_total` clauses of progress (工作进度) that fall due then and belong to no task.
    """

    start: str
    end: str
    assumed: bool
    unit: UnitRow | None
    plan: PlanRow | None
    months: tuple[Month, ...]
    tasks: TasksPage
    today: str
    beside: BesideMonths | None
    loose: tuple[Due, ...] = ()
    loose_total: int = 0


def usual_days(today: date) -> tuple[str, str]:
    """What is looked at where no days are asked for: twelve months, from today on."""
    return today.isoformat(), month_of(_months_on(today, _AHEAD - 1))[1]


def strip_days(today: date) -> tuple[str, str]:
    """What the strip shows then: half a year before too."""
    return month_of(_months_on(today, -_BACK))[0], usual_days(today)[1]


def _months_on(today: date, count: int) -> str:
    at = today.year * 12 + today.month - 1 + count
    return f"{at // 12:04}-{at % 12 + 1:02}"


def dated_query(first: str, last: str, unit: UnitRow | None = None, plan: PlanRow | None = None) -> Query:
    """The tasks that have a day of their own then, those whose day comes first first."""
    return Query(All((*_narrowed(unit, plan), FallsDue(first, last))), order="due")


def undated_query(unit: UnitRow | None = None, plan: PlanRow | None = None) -> Query:
    """The tasks with words of a deadline, their own, and no day: what recurs, 适时."""
    return Query(All((*_narrowed(unit, plan), Has("any-deadline"), Lacks("deadline"), Not(Lacks("own-deadline")))))


def strip_of(counts: Iterable[tuple[tuple[str, str, str], int]], today: str) -> tuple[StripMonth, ...]:
    """The strip of months with their days and counts."""
    known = tuple(counts)
    most = max((count for _, count in known), default=0) or 1
    return tuple(StripMonth(*days, count, 100 * count / most, days[2] < today) for days, count in known)


def due_query(first: str, last: str, unit: UnitRow | None = None, plan: PlanRow | None = None) -> Query:
    """The tasks of a unit and a plan that fall due in whatever way, those that do first come first."""
    return Query(All((*_narrowed(unit, plan), FallsDue(first, last, ANYHOW))), order="due")


def _narrowed(unit: UnitRow | None, plan: PlanRow | None) -> tuple[Where, ...]:
    return (*([OfUnit((unit.id,))] if unit else []), *([InPlan((plan.id,))] if plan else []))


def months_between(first: str, last: str) -> Iterator[tuple[str, str, str]]:
    """The months of a span with their first and last day in it; none where they are too many."""
    year, month = int(first[:4]), int(first[5:7])
    count = (int(last[:4]) - year) * 12 + int(last[5:7]) - month + 1
    for nth in range(count if count <= MOST_MONTHS else 0):
        said = f"{year + (month - 1 + nth) // 12:04}-{(month - 1 + nth) % 12 + 1:02}"
        begin, end = month_of(said)
        yield said, max(first, begin), min(last, end)


def due_page(
    days: DueDays,
    about: tuple[UnitRow | None, PlanRow | None],
    months: Iterable[Month],
    tasks: TasksPage,
    clauses: Iterable[Due],
) -> DuePage:
    """The page of what falls due, of a unit or a plan; of the `clauses` those that belong to no task are told."""
    shown = tuple(each for each in months if each.tasks.total)
    loose = tuple(each for each in clauses if not each.tasks)
    return DuePage(
        days.first, days.last, days.assumed, *about, shown, tasks, days.today, days.beside, loose[:LOOSE], len(loose)
    )
