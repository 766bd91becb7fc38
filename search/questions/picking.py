"""Which of the tasks found are meant (挑选): those due first, those with most units, those of one unit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from graph.query import TaskRow
from search.questions.parsing import Pick

_NEVER = "9999-12-31"


def picked(rows: Sequence[TaskRow], pick: Pick, today: date) -> tuple[TaskRow, ...]:
    """The tasks that are meant, all that are equal in it."""
    if pick == "alone":
        return tuple(row for row in rows if len({party.unit_id for party in row.parties}) == 1)
    if pick in _COUNTED:
        counts = {row.id: _COUNTED[pick](row) for row in rows}
        most = max(counts.values(), default=0)
        return tuple(row for row in rows if most and counts[row.id] == most)
    days = {row.id: _days(row) for row in rows}
    now = today.isoformat()
    if pick == "next-due" and any(day >= now for each in days.values() for day in each):
        days = {id: [day for day in each if day >= now] for id, each in days.items()}
    last = pick == "last-due"
    ends = {id: (max if last else min)(each, default="" if last else _NEVER) for id, each in days.items()}
    end = (max if last else min)(ends.values(), default=_NEVER)
    return tuple(row for row in rows if ends[row.id] == end and days[row.id])


def _days(row: TaskRow) -> list[str]:
    return [day.due for day in row.days if day.due and day.level != "item"]


_COUNTED: Mapping[Pick, Callable[[TaskRow], int]] = {
    "most-units": lambda row: len({party.unit_id for party in row.parties}),
    "most-targets": lambda row: len(row.aims),
    "most-documents": lambda row: len({basis.document_id for basis in row.bases}),
    "most-deadlines": lambda row: len([day for day in row.days if day.level != "item"]),
}
