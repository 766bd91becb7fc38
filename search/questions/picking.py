"""Which of the tasks found are meant (挑选): those due first, those with most units, those of one unit. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from graph.query import PlanRow, TaskRow
from search.questions.library_names import undated
from search.questions.parsing import Pick

_NEVER = "9999-12-31"
_ALIKE = 0.6
"""Of the pairs of characters of two tasks, how many both have where they are one task of two years."""


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


def years_of_one(plans: Iterable[PlanRow], years: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Pairs of plans, of a year and of the one before it that the library has, which are of one place and one title
    but for the year; of the newest such year, or the two that are asked for."""
    series: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for row in plans:
        if row.year is not None and (len(years) < 2 or row.year in years):
            series[row.region, undated(row.title)].setdefault(row.year, row.id)
    pairs = {max(each): each for each in series.values() if len(each) > 1}
    newest = max(pairs, default=0)
    of_newest = [each for each in series.values() if len(each) > 1 and max(each) == newest]
    return tuple((each[newest], each[sorted(each)[-2]]) for each in of_newest)


def without_like(rows: Sequence[TaskRow], others: Sequence[TaskRow]) -> tuple[TaskRow, ...]:
    """The tasks that none of the others says in much the same words."""
    known = [_pairs(row.text) for row in others]
    return tuple(row for row in rows if not any(_is_like(_pairs(row.text), each) for each in known))


def _pairs(text: str) -> frozenset[str]:
    said = "".join(each for each in text if each.isalnum() and not each.isascii())
    return frozenset(said[at : at + 2] for at in range(len(said) - 1))


def _is_like(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= _ALIKE * min(len(one), len(other)) and shared >= 0.3 * max(len(one), len(other), 1)
