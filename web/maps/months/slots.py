"""Where a deadline stands in time (时段): in a month, in a year alone, or in neither.

A deadline that names only a year (2027年底前 is a day, 2027年完成 is not) stands in that year's 年内, not in December:
nothing looks more exact than its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from graph.query import TaskDay, nearest_slot, time_slot
from ingest.model import Record

SlotKind = Literal["month", "year", "empty", "before", "after", "often", "open", "none"]
"""一个月, 年内, 没有到期的几个月, 更早, 更晚, 定期, 无日期 (“及时”), 未写."""

MOST_MONTHS = 24
LONG_EMPTY = 6
"""Months in a row without a deadline that stand as one column: a year of them pushes the rest out of sight."""
CLOSING: tuple[SlotKind, ...] = ("often", "open", "none")
"""What has no place in time, in the order of its columns, the last of all."""
_FAR_YEARS = 3
"""Columns of years alone that stand before the first month, and after the last."""


class Slot(Record, frozen=True):
    """A column of time. Its key says what stands in it: the month 2026-03, all of 2026 (年内), the empty months
    2026-03/2026-09, all before a month <2026-03, all after it >2026-03, or `often`, `open`, `none`.

    `year` is what it stands under; `past` is over, `now` this month.
    """

    key: str
    kind: SlotKind
    year: str = ""
    past: bool = False
    now: bool = False

    @property
    def month(self) -> int:
        """1 to 12, 0 for what is no month."""
        return int(self.key[5:]) if self.kind == "month" else 0


def slot_of(day: TaskDay) -> str:
    """A month 2026-03, a year 2026, `often` for what recurs, or `open` for what has no day."""
    return time_slot(day.kind, day.due, day.precision)


def nearest(days: Sequence[TaskDay]) -> tuple[str, str]:
    """The one slot that a task stands in and its last day: its own deadline before its section's, the earliest first.

    `none` where nothing is written; the day is ISO, "" where there is none.
    """
    return nearest_slot((day.level, day.due, slot_of(day)) for day in days)


def slots_of(used: Sequence[str], today: str) -> tuple[Slot, ...]:
    """The columns for these slots: months without a gap, each year closed by its 年内, then what has no month.

    `today` is an ISO day; its month stands among the others. At most `MOST_MONTHS` months are shown, those around today
    where there are more; all that is earlier stands in one column before them, all that is later in one after.
    """
    every = [*_in_time([slot for slot in used if slot[0].isdigit()], today)]
    start, end = _window(every, today[:7])
    earlier, later = every[:start], every[end:]
    found = every[start:end]
    if _is_much(earlier):
        found.insert(0, Slot(f"<{every[start].key}", "before", past=True))
    else:
        found[:0] = earlier
    if _is_much(later):
        found.append(Slot(f">{max(slot.key for slot in every[start:end] if slot.kind == 'month')}", "after"))
    else:
        found += later
    return (*found, *(Slot(key, key) for key in CLOSING if key in used))


def place_of(slot: str, slots: Sequence[Slot]) -> int:
    """The column that a slot stands in: its own, or the one of all that is earlier or later."""
    own = next((n for n, each in enumerate(slots) if each.key == slot), None)
    if own is not None:
        return own
    first = next(each.key for each in slots if each.kind == "month")
    kind = "before" if _when(slot) < _when(first) else "after"
    return next(n for n, each in enumerate(slots) if each.kind == kind)


def _when(slot: str) -> tuple[str, str]:
    """The order of months and years: 2026年内 comes after December 2026."""
    return slot[:4], slot[5:] or "13"


def _in_time(dated: Sequence[str], today: str) -> Iterator[Slot]:
    """Every month from the first to the last and every year that is named alone; long runs of empty months as one."""
    if not dated:
        return
    used = sorted({*dated, today[:7]}, key=_when)
    months = [_nth(slot) for slot in used if len(slot) == 7]
    done, last = months[0] - 1, months[-1]
    for key in used:
        ahead = _nth(key) - 1 if len(key) == 7 else min(last, _nth(f"{key}-12"))
        yield from _empty(done + 1, ahead, today)
        done = max(done, ahead)
        if len(key) == 7:
            yield _month(key, today)
            done += 1
        else:
            yield Slot(key, "year", key, key < today[:4])


def _empty(first: int, last: int, today: str) -> Iterator[Slot]:
    """Months without a deadline, one by one or, where they are many, as one."""
    months = [f"{at // 12:04}-{at % 12 + 1:02}" for at in (*range(first, min(last, first + LONG_EMPTY) + 1), last)]
    if last - first + 1 >= LONG_EMPTY:
        begin, end = months[0], months[-1]
        yield Slot(f"{begin}/{end}", "empty", begin[:4] if begin[:4] == end[:4] else "", end < today[:7])
    elif last >= first:
        yield from (_month(key, today) for key in months[:-1])


def _month(key: str, today: str) -> Slot:
    return Slot(key, "month", key[:4], key < today[:7], key == today[:7])


def _nth(month: str) -> int:
    """Months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _window(every: Sequence[Slot], now: str) -> tuple[int, int]:
    """Of so many columns the first and the one after the last that are shown: `MOST_MONTHS` months and what stands
    between them, half a year before now among them."""
    months = [n for n, slot in enumerate(every) if slot.kind == "month"]
    if not months:
        return 0, 0
    at = next(n for n, place in enumerate(months) if every[place].key >= now)
    first = max(0, min(at - MOST_MONTHS // 4, len(months) - MOST_MONTHS))
    shown = months[first : first + MOST_MONTHS]
    end = shown[-1] + 1
    closed = end < len(every) and every[end].kind == "year" and every[end].year == every[end - 1].year
    return shown[0], end + closed


def _is_much(side: Sequence[Slot]) -> bool:
    """Whether what stands beside the shown months is gathered in one column: months, or many years."""
    return len(side) > _FAR_YEARS or any(slot.kind != "year" for slot in side)
