"""Where a deadline stands in time (时段): in a month, in a year alone, or in neither.

A deadline that names only a year (2027年底前 is a day, 2027年完成 is not) stands in that year's 年内, not in December:
nothing looks more exact than its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from graph.query import TaskDay
from ingest.model import Record

SlotKind = Literal["month", "year", "before", "after", "often", "open", "none"]
"""一个月, 年内, 更早, 更晚, 定期, 无日期 (“及时”), 未写."""

MOST_MONTHS = 24
_LEVELS = ("own", "linked", "item")


class Slot(Record, frozen=True):
    """A column of time: its key (2026-03, 2026, `before` …), the year that it stands under, past or now."""

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
    if day.kind in ("recurring", "count"):
        return "often"
    if day.due is None:
        return "open"
    return day.due[:4] if day.precision == "year" else day.due[:7]


def nearest(days: Sequence[TaskDay]) -> str:
    """The one slot that a task stands in: its own deadline before its section's, the earliest first, `none` without."""
    found = sorted((_LEVELS.index(day.level), day.due or "9999", slot_of(day)) for day in days)
    dated = [slot for _, _, slot in found if slot[0].isdigit()]
    return (dated or [slot for _, _, slot in found] or ["none"])[0]


def slots_of(used: Sequence[str], today: str) -> tuple[Slot, ...]:
    """The columns for these slots: months without a gap, each year closed by its 年内, then what has no month.

    `today` is an ISO day. At most `MOST_MONTHS` months are shown, those around today where there are more.
    """
    dated = sorted({slot for slot in used if slot[0].isdigit()}, key=lambda slot: (slot[:4], slot[5:] or "99"))
    months = _months([slot for slot in dated if len(slot) == 7], today[:7])
    years = [slot for slot in dated if len(slot) == 4]
    found: list[Slot] = []
    for month in months:
        found.append(Slot(month, "month", month[:4], month < today[:7], month == today[:7]))
        if (month == months[-1] or month.endswith("-12")) and month[:4] in years:
            found.append(_year(month[:4], today))
    shown = {slot.key for slot in found}
    found += [_year(year, today) for year in years if year not in shown and (not months or year > months[-1][:4])]
    found[:0] = [_year(year, today) for year in years if months and year < months[0][:4]]
    if any(len(slot) == 7 and months and slot < months[0] for slot in dated):
        found.insert(0, Slot("before", "before", past=True))
    if any(len(slot) == 7 and months and slot > months[-1] for slot in dated):
        found.append(Slot("after", "after"))
    rest: tuple[SlotKind, ...] = ("often", "open", "none")
    return (*found, *(Slot(key, key) for key in rest if key in used))


def _year(year: str, today: str) -> Slot:
    return Slot(year, "year", year, year < today[:4], year == today[:4])


def _months(used: Sequence[str], now: str) -> list[str]:
    """All months from the first to the last that is used; of too many those from half a year before now on."""
    if not used:
        return []
    every = _between(used[0], used[-1])
    if len(every) <= MOST_MONTHS:
        return every
    at = next((n for n, month in enumerate(every) if month >= now), len(every))
    start = max(0, min(at - 6, len(every) - MOST_MONTHS))
    return every[start : start + MOST_MONTHS]


def _between(first: str, last: str) -> list[str]:
    count = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    begin = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(begin, begin + min(count, 12 * 200))]
