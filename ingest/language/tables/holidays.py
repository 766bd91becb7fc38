"""Which day a festival falls on and which days are worked (节日、工作日), from the table `data/lexicon/calendar.toml`.

The table holds for certain years; of others it says nothing, and what asks for such a day gets none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Holidays:
    """Days by name and year, and the days on which the week is not as weeks are."""

    named: Mapping[str, Mapping[int, date]] = field(repr=False)
    off: frozenset[date] = field(repr=False)
    worked: frozenset[date] = field(repr=False)
    years: frozenset[int]
    """Those whose working days are known."""

    def day_of(self, name: str, year: int) -> date | None:
        """春节 of 2025 is 2025-01-29; None of a year that the table does not reach."""
        return self.named.get(name, {}).get(year)

    def next_day_of(self, name: str, since: date) -> date | None:
        """The first day of that name from `since` on."""
        days = (self.day_of(name, year) for year in (since.year, since.year + 1))
        return next((day for day in days if day is not None and day >= since), None)

    def after_working_days(self, start: date, count: int) -> date | None:
        """The last of `count` working days that follow `start`; None where the table does not reach so far."""
        day = start
        while count:
            day += timedelta(days=1)
            if day.year not in self.years:
                return None
            count -= (day.weekday() < 5 and day not in self.off) or day in self.worked
        return day


_FIRST, _LAST = 2000, 2050
"""Years of which days with a fixed date are told."""


def holidays_of(table: Mapping[str, Any]) -> Holidays:
    """The table as it stands in the file; an empty one knows no day. Raises `ValueError` where a day is none."""
    first = int(table.get("first_year", _FIRST))
    named = {
        name: {year: _day(year, said) for year in range(_FIRST, _LAST + 1)}
        for name, said in table.get("fixed", {}).items()
    }
    for name, days in table.get("lunar", {}).items():
        named[name] = {first + place: _day(first + place, said) for place, said in enumerate(days)}
    off, worked = (_days(table.get(group, {})) for group in ("off", "worked"))
    return Holidays(named, off, worked, frozenset(day.year for day in off))


def _days(years: Mapping[str, str]) -> frozenset[date]:
    return frozenset(_day(int(year), said) for year, days in years.items() for said in days.split())


def _day(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_day}")
