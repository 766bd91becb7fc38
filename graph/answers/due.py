"""What falls due (到期): which clauses on which days, from few columns, and then in full."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answers.from_rows import once, parties_on, reached_tasks
from graph.derived.deadlines import due_days
from graph.query import row_types as q
from graph.query.questions import Due, Party
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


def due_between(rows: Rows, start: str, end: str, plan: str | None) -> tuple[Due, ...]:
    """What falls due, each clause once, by date: fixed days, and the last days of recurring and counted periods."""
    return _in_full(rows, _falling(rows, start, end, plan))


def _falling(rows: Rows, start: str, end: str, plan: str | None) -> list[_Falling]:
    values = {"start": start, "end": end, "plan": plan}
    found = [
        _Falling((row.due,), row.plan_id, Span(row.start, row.end), row.deadline_id, recurs=False)
        for row in rows(q.DUE_BY_DAY, **values)
    ]
    for row in rows(q.DUE_AGAIN, **values):
        if days := due_days(row.every or "year", row.recurs_from, row.recurs_to, start, end):
            found.append(_Falling(tuple(days), row.plan_id, Span(row.start, row.end), row.deadline_id, recurs=True))
    return sorted(found, key=lambda each: each.order)


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
