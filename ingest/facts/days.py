"""Which day a time resolves to (时限的日期): from what a pattern found to the last day that the words allow.

`12月底前` is the last day of that month of the plan's year, `国庆节前` is 30 September; a term (两年内) begins with
the issue of the plan. What no calendar tells (汛期前) has no day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal

from ingest.base import Record
from ingest.facts.stretch import Calendar
from ingest.language.numerals import number_in
from ingest.language.tables.holidays import Holidays

Precision = Literal["day", "month", "quarter", "half", "year", "period"]

_FIVE_YEAR_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_THIRDS = {"上": 10, "中": 20, "中上": 20}
_NEXT_YEAR = ("明", "次", "翌")
_DAYS_OF = {"日": 1, "天": 1, "周": 7, "星期": 7, "个星期": 7}
_MONTHS_OF = {"个月": 1, "年": 12}
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the numbers that Excel keeps days as."""
_LONGEST_TERM = 50
"""Years of a term; what is longer is no term of a plan."""

Said = Mapping[str, str | None]


class DayFinder(Record, frozen=True):
    """The calendar by which the times of a place are told. `carried` is a year said before in the same sentence."""

    calendar: Calendar
    holidays: Holidays
    carried: int | None = None

    def resolve(self, how: str, said: Said) -> tuple[date | None, Precision | None]:
        """The last day and how precisely the words give it; None where they give none (2月30日前, 汛期前)."""
        way = _WAYS.get(how)
        return (None, None) if way is None else way(self, said)

    def year(self, said: Said) -> int | None:
        """The year that is said, else the one carried, else that of the plan."""
        written = year_written(said)
        number = number_in(written) if written else None
        if number is not None:
            return number if number > 99 else 2000 + number
        base = self.calendar.year
        if written in _NEXT_YEAR:
            return base + 1 if base else None
        return base if written else self.carried or base

    def _whole_year(self, said: Said) -> tuple[date | None, Precision | None]:
        year = self.year(said)
        return (date(year, 12, 31), "year") if year else (None, None)

    def _half(self, said: Said) -> tuple[date | None, Precision | None]:
        year = self.year(said)
        month = 12 if said.get("half") == "下" else 6
        return (_month_end(year, month), "half") if year else (None, None)

    def _quarter(self, said: Said) -> tuple[date | None, Precision | None]:
        year, quarter = self.year(said), _number(said, "quarter") or 4
        return (_month_end(year, 3 * quarter), "quarter") if year else (None, None)

    def _month(self, said: Said) -> tuple[date | None, Precision | None]:
        year, month = self.year(said), _number(said, "month") or 12
        return (_month_end(year, month), "month") if year else (None, None)

    def _third(self, said: Said) -> tuple[date | None, Precision | None]:
        year, month = self.year(said), _number(said, "month") or 12
        if not year:
            return None, None
        last = _THIRDS.get(said.get("third") or "")
        return (date(year, month, last) if last else _month_end(year, month)), "day"

    def _day(self, said: Said) -> tuple[date | None, Precision | None]:
        year, month, day = self.year(said), _number(said, "month") or 12, _number(said, "day") or 1
        return (_date(year, month, day), "day") if year else (None, None)

    def _range(self, said: Said) -> tuple[date | None, Precision | None]:
        """The end of `2024年11月至次年3月`; without a year of its own in the year where it begins, or the next."""
        first, month = _number(said, "from_month") or 1, _number(said, "month")
        begins = self.year({"year": said.get("from_year")})
        if begins is None:
            return None, None
        stated = said.get("year")
        if stated and stated in _NEXT_YEAR:
            year = begins + 1
        elif stated and stated.isdigit():
            year = int(stated)
        else:
            year = begins + (month is not None and month < first)
        fields = {**said, "year": str(year), "month": str(month or first)}
        how = "day" if said.get("day") else "month-third" if said.get("third") else "month"
        return self.resolve(how, fields)

    def _five_years(self, said: Said) -> tuple[date | None, Precision | None]:
        return date(_FIVE_YEAR_END[said.get("five") or "四"], 12, 31), "period"

    def _this_month(self, said: Said) -> tuple[date | None, Precision | None]:
        """本月底前, 月底前: the month of issue; 次月 and 当月 speak of a month that comes again."""
        issued, which = self.calendar.issued_on, said.get("which") or "本"
        if issued is None or which in ("当", "次"):
            return None, None
        first = _later(date(issued.year, issued.month, 1), 1) if which.startswith("下") else issued
        day = _number(said, "day")
        if day:
            return _date(first.year, first.month, day), "day"
        return _month_end(first.year, first.month), "month"

    def _festival(self, said: Said) -> tuple[date | None, Precision | None]:
        """春节前: the day before the next one after the issue of the plan, or before that of the year that is said."""
        name, year = said.get("festival") or "", self.year(said)
        if year_written(said) or self.calendar.issued_on is None:
            day = self.holidays.day_of(name, year) if year else None
        else:
            day = self.holidays.next_day_of(name, self.calendar.issued_on)
        return (day - timedelta(days=1), "day") if day else (None, None)

    def _from_issue(self, said: Said) -> tuple[date | None, Precision | None]:
        """印发之日起30日内, 两年内: counted from the date of issue."""
        issued = self.calendar.issued_on
        unit = said.get("unit") or said.get("unit2") or ""
        count = _number(said, "n") or 0
        if issued is None:
            return None, "day"
        if said.get("half"):
            return (_later(issued, 6) if unit == "年" else issued + timedelta(days=15)), "day"
        if unit in _MONTHS_OF:
            months = count * _MONTHS_OF[unit]
            return (_later(issued, months) if months <= 12 * _LONGEST_TERM else None), "day"
        if unit.endswith("工作日"):
            return self.holidays.after_working_days(issued, count), "day"
        return issued + timedelta(days=count * _DAYS_OF.get(unit, 1)), "day"


def _serial(_: DayFinder, said: Said) -> tuple[date | None, Precision | None]:
    """45657, the number that Excel keeps a day as."""
    return _FIRST_DAY + timedelta(days=_number(said, "serial") or 0), "day"


_WAYS: dict[str, Callable[[DayFinder, Said], tuple[date | None, Precision | None]]] = {
    "year": DayFinder._whole_year,
    "later-year": DayFinder._whole_year,
    "range-years": DayFinder._whole_year,
    "half": DayFinder._half,
    "quarter": DayFinder._quarter,
    "month": DayFinder._month,
    "month-third": DayFinder._third,
    "day": DayFinder._day,
    "begins": DayFinder._day,
    "range": DayFinder._range,
    "serial": _serial,
    "five-year": DayFinder._five_years,
    "this-month": DayFinder._this_month,
    "festival": DayFinder._festival,
    "from-issue": DayFinder._from_issue,
    "term": DayFinder._from_issue,
}


def year_written(said: Said) -> str | None:
    """The year as the words have it: 2025, 二〇二五, 明; None where they have none."""
    return next((said[name] for name in ("year", "year2", "year3", "year4") if said.get(name)), None)


def _number(said: Said, name: str) -> int | None:
    written = said.get(name)
    return number_in(written.replace("廿", "二十")) if written else None


def _date(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
