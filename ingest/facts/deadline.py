"""Deadlines (时限): the words, their kind, the day they resolve to and the precision that was given.

`12月底前` is the last day of that month of the plan's year; 年底 is 31 December; `“十四五”期间` ends 2025-12-31; a
count (`全年不少于2次`) and a recurrence (`每季度`) have no day of their own: they fall due at the end of each period.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from ingest.facts.kind import Fact, FactEdge, FactKind, Look
from ingest.facts.stretch import Calendar, Stretch
from ingest.language.clean import Clean
from ingest.language.lexicon import Rule

DeadlineKind = Literal["by", "recurring", "count", "open"]
Precision = Literal["day", "month", "quarter", "half", "year", "period"]
Period = Literal["year", "half", "quarter", "month", "week", "day"]

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
_PERIODS: dict[str, Period] = {
    "年": "year",
    "年度": "year",
    "半年": "half",
    "学期": "half",
    "季度": "quarter",
    "季": "quarter",
    "月": "month",
    "周": "week",
    "旬": "month",
    "天": "day",
    "日": "day",
}
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the numbers that Excel keeps days as."""
_FIVE_YEAR_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_DATE = re.compile(
    r"(?<!\d)(?:(20\d\d)年(?=\d{1,9}月))?(\d{1,2})月(?:(\d{1,2})日|(?<=年\d\d月)|(?=[底末前份]|[上中下]旬))"
)
_NOT_A_DEADLINE = re.compile(
    r"(?:建成|竣工|投用|登记|出台|生产|年|自|从|以来|以后|底|之后|起)?(?:的|之后|以后|以来|起|至|—|-|～|建成的|竣工的|以前的|前建成|前竣工|前取得|前登记)"
)


class Deadline(Fact, frozen=True):
    """时限: the words, what kind they are, the date (ISO) they resolve to and the precision that was given."""

    text: str
    kind: DeadlineKind
    due: str | None
    every: Period | None
    min_count: int | None
    precision: Precision | None

    @property
    def words(self) -> str:
        return self.text

    @property
    def same(self) -> tuple[object, ...]:
        return self.kind, self.due, self.every, self.min_count


def find_deadlines(stretch: Stretch) -> Iterator[Deadline]:
    """The deadlines of a stretch in order."""
    clean, start, end = stretch.text, stretch.start, stretch.end
    text = clean.folded
    groups = {"task": "deadline", "progress": "deadline+progress", "field": "deadline+time_field"}
    for rule, match in stretch.lexicon[groups[stretch.where]].scan(text, start, end):
        if rule.value != "open" and stretch.where != "field" and _is_no_deadline(text, match, end):
            continue
        if match.end() - match.start() < 2:
            continue
        deadline = _deadline(clean, rule, match, stretch.calendar)
        if not stretch.is_closed(deadline.span.start):
            yield deadline


def impossible_dates(text: str) -> Iterator[re.Match[str]]:
    """Dates that no calendar has: 2月30日, 2023年2月29日, 13月底. 2月29日 alone may be one, 36月龄 is none."""
    for found in _DATE.finditer(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        if not month or month > 12 or (day is not None and not 1 <= day <= monthrange(year or 2024, month)[1]):
            yield found


def _is_no_deadline(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the words tell of something else: 2000年底前建成的小区, 2019年1月1日至12月31日, 每年2份/千人."""
    return _NOT_A_DEADLINE.match(text, match.end(), min(end, match.end() + 8)) is not None


def _deadline(clean: Clean, rule: Rule, match: re.Match[str], calendar: Calendar) -> Deadline:
    said = match.groupdict()
    kind, due, every, count, precision = _resolve(rule.value, said, calendar)
    low, high = match.span()
    if clean.folded[low] == "（":
        low, high = low + 1, high - 1
    return Deadline(
        text=clean.said(low, high),
        kind=kind,
        due=due.isoformat() if due else None,
        every=every,
        min_count=count,
        precision=precision,
        rule=rule.id,
        span=clean.span(low, high),
    )


_Resolved = tuple[DeadlineKind, date | None, Period | None, int | None, Precision | None]


def _resolve(how: str, said: dict[str, str | None], calendar: Calendar) -> _Resolved:
    if how == "open":
        return "open", None, None, None, None
    if how == "count":
        return "count", None, "year", _count(said.get("n")), None
    if how == "monthly":
        return "recurring", None, "month", None, None
    if how == "recurring":
        return "recurring", None, _PERIODS.get(said.get("every") or "年", "year"), _count(said.get("n")), None
    return ("by", *_day(how, said, calendar))


def _day(how: str, said: dict[str, str | None], calendar: Calendar) -> tuple[date | None, None, None, Precision | None]:
    year = _year(said.get("year") or said.get("year2"), calendar)
    if how == "from-issue":
        return _from_issue(said, calendar), None, None, "day"
    if how == "serial":
        return _FIRST_DAY + timedelta(days=int(said.get("serial") or 0)), None, None, "day"
    if how == "within":
        return None, None, None, None
    if how == "five-year":
        return date(_FIVE_YEAR_END[said.get("five") or "四"], 12, 31), None, None, "period"
    if year is None:
        return None, None, None, None
    month = int(said.get("month") or 12)
    if how == "day":
        last = monthrange(year, month)[1]
        day = int(said.get("day") or last)
        return (date(year, month, day) if day <= last else None), None, None, "day"
    if how == "month-third":
        last = {"上": 10, "中": 20}.get(said.get("third") or "", monthrange(year, month)[1])
        return date(year, month, last), None, None, "day"
    if how == "half":
        return (date(year, 6, 30) if said.get("half") == "上" else date(year, 12, 31)), None, None, "half"
    if how == "quarter":
        quarter = said.get("quarter") or "4"
        month = 3 * (_DIGITS.get(quarter) or int(quarter))
        return _month_end(year, month), None, None, "quarter"
    if how == "year":
        return date(year, 12, 31), None, None, "year"
    return _month_end(year, month), None, None, "month"


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(said: str | None, calendar: Calendar) -> int | None:
    if said and said.isdigit():
        return int(said)
    base = calendar.year
    return base + 1 if base and said in ("明", "次") else base


def _from_issue(said: dict[str, str | None], calendar: Calendar) -> date | None:
    if calendar.issued_on is None:
        return None
    count = int(said.get("n") or 0)
    if said.get("unit") == "个月":
        month = calendar.issued_on.month - 1 + count
        year, month = calendar.issued_on.year + month // 12, month % 12 + 1
        return date(year, month, min(calendar.issued_on.day, monthrange(year, month)[1]))
    if said.get("unit") == "个工作日":
        return _working_days(calendar.issued_on, count)
    return calendar.issued_on + timedelta(days=count)


def _working_days(start: date, count: int) -> date:
    """Monday to Friday; public holidays differ from year to year and are not known offline."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _count(said: str | None) -> int | None:
    if said is None:
        return None
    return int(said) if said.isdigit() else _DIGITS.get(said)


DEADLINE = FactKind(
    Deadline,
    find_deadlines,
    plural="deadlines",
    zh="时限",
    en="Deadline",
    edge=FactEdge("due", "时限", "is due"),
    look=Look("#7A5900", "#f8f0d8", "#e3bf58", "#332b14", "dashed"),
    plain=False,
)
