"""Where a deadline stands in time (时段): in a month, in a year alone, or in neither.

A deadline that names only a year (2027年完成, 2027年底前) stands in that year, not in December, whatever day it
resolves to: nothing looks more exact than its words.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.query.questions import DeadlineLevel
from ingest.model import DeadlineKind, Precision

_LEVELS: tuple[DeadlineLevel, ...] = ("own", "linked", "item")


def time_slot(kind: DeadlineKind, due: str | None, precision: Precision | None) -> str:
    """A month 2026-03, a year 2026, `often` for what recurs, or `open` for what has no day."""
    if kind in ("recurring", "count"):
        return "often"
    if due is None:
        return "open"
    return due[:4] if precision == "year" else due[:7]


def nearest_slot(days: Iterable[tuple[DeadlineLevel, str | None, str]]) -> tuple[str, str]:
    """The one slot that a task stands in and its last day, of levels, ISO days and slots: its own deadline before its
    section's, the earliest first.

    `none` where nothing is written; the day is "" where there is none.
    """
    found = sorted((_LEVELS.index(level), due or "9999", slot) for level, due, slot in days)
    dated = [(slot, due) for _, due, slot in found if slot[0].isdigit()]
    return (dated or [(slot, "") for _, _, slot in found] or [("none", "")])[0]
