"""How a deadline reaches a task, and on which days it falls due (时限): pure functions over a plan's records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from graph.query.questions import DeadlineLevel, TaskDeadline
from ingest.model import Deadline, Header, Milestone, Period, Plan, Task

MOST_PAIRS = 20_000
"""Deadlines of an item, times its tasks: 100 tasks with 200 deadlines."""


def reached(plan: Plan) -> Iterator[tuple[DeadlineLevel, Deadline, Task | None, Milestone | None, tuple[str, ...]]]:
    """Every deadline of a plan once: level, deadline, the task or milestone that holds it, ids of tasks it reaches.

    A deadline in a table row that repeats a body task reaches the body task. A milestone about no task holds for
    all tasks of its section and of the sections beneath it; of so many milestones and tasks that nobody could look
    at each pair of them, the later ones hold for the section alone.
    """
    bodies = {task.id: task.same_as or task.id for task in plan.tasks}
    for task in plan.tasks:
        for deadline in task.deadlines:
            yield "own", deadline, task, None, (bodies[task.id],)
    below = tasks_below(plan)
    pairs: Counter[str] = Counter()
    for milestone in plan.milestones:
        for deadline in milestone.deadlines:
            if milestone.task:
                yield "linked", deadline, None, milestone, (bodies.get(milestone.task, milestone.task),)
            else:
                tasks = below.get(milestone.section_id, ())
                pairs[milestone.section_id] += len(tasks)
                yield "item", deadline, None, milestone, tasks if pairs[milestone.section_id] <= MOST_PAIRS else ()


def tasks_below(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Ids of the tasks in each section and beneath it, without rows that repeat another task."""
    parents = {section.id: section.parent for section in plan.sections}
    below: dict[str, list[str]] = {}
    for task in plan.tasks:
        if task.same_as is None:
            for section_id in _upwards(task.section_id, parents):
                below.setdefault(section_id, []).append(task.id)
    return {section_id: tuple(tasks) for section_id, tasks in below.items()}


def _upwards(section_id: str | None, parents: dict[str, str | None]) -> Iterator[str]:
    while section_id is not None:
        yield section_id
        section_id = parents.get(section_id)


def task_deadlines(plan: Plan) -> dict[str, TaskDeadline]:
    """For each task the nearest level at which it has a fixed deadline, else `open`, else `none`."""
    order: tuple[TaskDeadline, ...] = ("own", "linked", "item", "open", "none")
    nearest: dict[str, TaskDeadline] = {task.id: "none" for task in plan.tasks}
    for level, deadline, _, _, tasks in reached(plan):
        found: TaskDeadline = "open" if deadline.kind == "open" else level
        for task_id in tasks:
            if order.index(found) < order.index(nearest.get(task_id, "none")):
                nearest[task_id] = found
    return nearest


def period_ends(every: Period, first: date, last: date) -> list[date]:
    """The last days of all calendar periods from `first` to `last`, both included. A week ends on Sunday."""
    if every == "day":
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if every in ("week", "two-weeks"):
        sunday = first + timedelta(days=6 - first.weekday())
        days = [sunday + timedelta(days=n) for n in range(0, (last - sunday).days + 1, 7)]
        # Of two weeks the second by ISO 8601, so that the days are the same whatever is asked for.
        return days if every == "week" else [day for day in days if day.isocalendar().week % 2 == 0]
    months = {"month": 1, "two-months": 2, "quarter": 3, "half": 6, "year": 12}[every]
    ends = (_month_end(year, month) for year in range(first.year, last.year + 1) for month in range(months, 13, months))
    return [day for day in ends if first <= day <= last]


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def in_force(header: Header) -> tuple[str, str] | None:
    """First and last day (ISO) on which the plan's recurring duties can fall due: from its issue to its year's end.

    None where the plan says neither year nor date. A plan issued the year before begins with its own year.
    """
    year = header.year or (int(header.issued_on[:4]) if header.issued_on else None)
    if year is None:
        return None
    return max(f"{year:04}-01-01", header.issued_on or ""), f"{year:04}-12-31"


def due_days(every: Period, first: str, last: str, start: str, end: str) -> list[str]:
    """The days (ISO) from `start` to `end` on which a duty that recurs from `first` to `last` falls due."""
    since, until = max(first, start), min(last, end)
    if since > until:
        return []
    return [day.isoformat() for day in period_ends(every, date.fromisoformat(since), date.fromisoformat(until))]
