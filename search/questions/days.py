"""The days that a question means (时间): 12月底前, 三季度, 2021年6月到9月. Pure; "this year" is a parameter."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from ingest.model import Record, Span

_MONTHS = {word: n for n, word in enumerate([*"一二三四五六七八九十", "十一", "十二"], 1)}
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(?P<year>20\d\d|今|本|当|去|明)年)?"
_BEFORE = r"(?P<before>(?:之|以)?前)?"

_PATTERNS = tuple(
    re.compile(_YEAR + pattern)
    for pattern in (
        rf"(?P<month>{_MONTH})月(?P<day>\d{{1,2}})[日号]{_BEFORE}",
        rf"(?P<month>{_MONTH})月?份?(?:到|至|-|—|~)(?P<last>{_MONTH})月份?底?",
        rf"(?P<month>{_MONTH})月份?[底末内]?{_BEFORE}",
        rf"第?(?P<quarter>[一二三四1-4])季度[底末内]?{_BEFORE}",
        rf"(?P<half>[上下])半年[底末内]?{_BEFORE}",
        rf"(?:年?[底末]|年内|全年){_BEFORE}",
    )
)
_WHOLE_YEAR = re.compile(rf"(?P<year>20\d\d|今|本|去|明)年(?:度|[底末内])?{_BEFORE}")
_ISO = re.compile(r"(?P<start>\d{4}-\d\d-\d\d)\s*(?:\.\.|到|至|~)\s*(?P<end>\d{4}-\d\d-\d\d)")


class Days(Record, frozen=True):
    """From `start` to `end` (ISO dates, both included), said by the words in `span` of the question.

    `assumed_year` is the year that was taken because the question names none.
    """

    start: str
    end: str
    span: Span
    assumed_year: int | None


class YearNeeded(Exception):
    """The words name a time of a year, and no year is known."""


def find_days(question: str, year: int | None) -> Days | None:
    """The first time that a question names; with 前 it begins with the year. None where there is none.

    `year` stands for a year that is not named and for 今年. Raises `YearNeeded` where one is needed and there is none.

    >>> days = find_days("12月底前要完成什么", 2021)
    >>> days.start, days.end, days.assumed_year
    ('2021-01-01', '2021-12-31', 2021)
    """
    iso = _ISO.search(question)
    if iso and _is_date(iso["start"]) and _is_date(iso["end"]):
        start, end = sorted((iso["start"], iso["end"]))  # said the wrong way round, they mean the same days
        return Days(start, end, Span(*iso.span()), None)
    for pattern in (*_PATTERNS, _WHOLE_YEAR):
        for found in pattern.finditer(question):
            said = found.groupdict()
            which, assumed = _year(said["year"], year)
            limits = _limits(said, which)
            if limits:
                start = date(which, 1, 1) if said.get("before") else limits[0]
                return Days(start.isoformat(), limits[1].isoformat(), Span(*found.span()), assumed)
    return None


def _year(said: str | None, year: int | None) -> tuple[int, int | None]:
    if said and said.isdigit():
        return int(said), None
    if year is None:
        raise YearNeeded
    shifted = year + {"去": -1, "明": 1}.get(said or "", 0)
    return shifted, shifted


def _limits(said: dict[str, str | None], year: int) -> tuple[date, date] | None:
    """First and last day; None for a day that no calendar has."""
    first, last = 1, 12
    if month := said.get("month"):
        first = _month(month)
        last = _month(said.get("last") or month)
    elif quarter := said.get("quarter"):
        last = 3 * _month(quarter)
        first = last - 2
    elif half := said.get("half"):
        first, last = (1, 6) if half == "上" else (7, 12)
    end = date(year, last, monthrange(year, last)[1])
    if day := said.get("day"):
        if not 1 <= int(day) <= end.day:
            return None
        return date(year, first, int(day)), date(year, first, int(day))
    return (date(year, first, 1), end) if first <= last else None


def _month(said: str) -> int:
    return int(said) if said.isdigit() else _MONTHS[said]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
