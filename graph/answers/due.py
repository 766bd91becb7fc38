"""What falls due (到期): which clauses in which months, from few columns, and in full only those that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from graph.answers.from_rows import bound, first_shown, once, parties_on, reached_tasks
from graph.derived.deadlines import due_days
from graph.query import row_types as q
from graph.query.questions import Bound, Due, DueMonth, DueMonths, Party
from graph.query.row_types import DueColumns, Rows
from ingest.model import Record, Span


class _Falling(Record, frozen=True):
    """A clause and the days on which it falls due, by day and then in the order of the text."""

    days: tuple[str, ...]
    plan_id: str
    span: Span
    deadline_id: str
    recurs: bool

    @property
    def order(self) -> tuple[str, str, Span]:
        return self.days[0], self.plan_id, self.span


def due_between(
    rows: Rows, start: str, end: str, plan: str | None, unit: str | None, limit: int | None = None
) -> tuple[Due, ...]:
    """What falls due, each clause once, by date: fixed days, and the last days of recurring and counted periods."""
    return _in_full(rows, _falling(rows, start, end, plan, unit)[:limit])


def due_months(
    rows: Rows, start: str, end: str, plan: str | None, unit: str | None, offset: int, limit: int
) -> DueMonths:
    """What falls due by month, each month as if it alone had been asked for, and some of these rows in full."""
    clauses = _falling(rows, start, end, plan, unit)
    by_month = sorted((month for clause in clauses for month in _in_months(clause)), key=lambda each: each.order)
    first = first_shown(len(by_month), offset, limit)
    shown = by_month[first : first + limit]
    counts = Counter(each.days[0][:7] for each in by_month)
    binding = {} if unit else _bound_in({each.days[0][:7] for each in shown}, by_month, rows)
    months = tuple(DueMonth(month, count, binding.get(month, ())) for month, count in counts.items())
    recurring = sum(clause.recurs for clause in clauses)
    return DueMonths(len(clauses), recurring, len(by_month), months, _in_full(rows, shown))


def _falling(rows: Rows, start: str, end: str, plan: str | None, unit: str | None) -> list[_Falling]:
    values = {"start": start, "end": end, "plan": plan, "unit": unit}
    found = [
        _Falling((row.due,), row.plan_id, Span(row.start, row.end), row.deadline_id, recurs=False)
        for row in rows(q.DUE_BY_DAY, **values)
    ]
    for row in rows(q.DUE_AGAIN, **values):
        if days := due_days(row.every or "year", row.recurs_from, row.recurs_to, start, end):
            found.append(_Falling(tuple(days), row.plan_id, Span(row.start, row.end), row.deadline_id, recurs=True))
    return sorted(found, key=lambda each: each.order)


def _in_months(clause: _Falling) -> list[_Falling]:
    """The clause in each month in which it falls, with its days there."""
    if len(clause.days) == 1:
        return [clause]
    return [
        _Falling(tuple(days), clause.plan_id, clause.span, clause.deadline_id, clause.recurs)
        for _, days in groupby(clause.days, key=lambda day: day[:7])
    ]


def _bound_in(months: set[str], clauses: Sequence[_Falling], rows: Rows) -> dict[str, tuple[Bound, ...]]:
    """The units that each of the months binds, who is bound by most of its clauses first."""
    falling: dict[str, list[str]] = {month: [] for month in months}
    for clause in clauses:
        if (month := clause.days[0][:7]) in falling:
            falling[month].append(clause.deadline_id)
    return {
        month: tuple(sorted(bound(rows, ids), key=lambda each: (-each.facts, each.unit_id)))
        for month, ids in falling.items()
    }


def _in_full(rows: Rows, clauses: Sequence[_Falling]) -> tuple[Due, ...]:
    ids = list({clause.deadline_id: None for clause in clauses})
    said = {row.deadline_id: row for row in rows(q.DUE, facts=ids)}
    tasks = reached_tasks(rows, ids)
    parties = parties_on(rows, (task for several in tasks.values() for task in several))
    return tuple(_due(said[each.deadline_id], each, tasks[each.deadline_id], parties) for each in clauses)


def _due(row: DueColumns, clause: _Falling, tasks: tuple[str, ...], parties: dict[str, list[Party]]) -> Due:
    return Due(
        deadline_id=row.deadline_id,
        level=row.level,
        text=row.text,
        kind=row.kind,
        due=clause.days[0],
        times=len(clause.days),
        every=row.every,
        min_count=row.min_count,
        precision=row.precision,
        span=Span(row.start, row.end),
        plan_id=row.plan_id,
        plan_title=row.plan_title,
        section_id=row.section_id,
        section=row.section,
        clause=row.clause,
        milestone_id=row.milestone_id,
        tasks=tasks,
        parties=once(parties, tasks),
    )
