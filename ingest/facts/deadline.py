"""Deadlines (时限): the words, their kind, the day they resolve to and the precision that was given.

`12月底前` is the last day of that month of the plan's year; 年底 is 31 December; `“十四五”期间` ends 2025-12-31; a
count (`全年不少于2次`) and a recurrence (`每季度`) have no day of their own: they fall due at the end of each period.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec.structs import replace

from ingest.facts.days import DayFinder, Precision, year_written
from ingest.facts.kind import Fact, FactEdge, FactKind, Look
from ingest.facts.stretch import Calendar, Stretch
from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon, Rule
from ingest.language.numerals import number_in

DeadlineKind = Literal["by", "recurring", "count", "open"]
Period = Literal["year", "half", "quarter", "two-months", "month", "two-weeks", "week", "day"]

_PERIODS: dict[str, Period] = {
    "年": "year",
    "年度": "year",
    "学年": "year",
    "半年": "half",
    "学期": "half",
    "季度": "quarter",
    "季": "quarter",
    "月": "month",
    "旬": "month",
    "周": "week",
    "星期": "week",
    "天": "day",
    "日": "day",
}
_MONTHS: dict[int, Period] = {1: "month", 2: "two-months", 3: "quarter", 6: "half", 12: "year"}
"""How often by months; of other intervals (每四个月) the words say it."""
_EVERY_OTHER = {"个月": 1, "月": 1, "个季度": 3, "年": 12}
"""Months in what is counted by months."""
_DATE = re.compile(
    r"(?=\d)(?<!\d)(?:(20\d\d)年(?=\d{1,9}月))?(\d{1,2})月(?:(\d{1,2})日|(?<=年\d\d月)|(?=[底末前份]|[上中下]旬))"
)
_PERIODIC = ("year", "half", "quarter", "this-month")
"""Times that reports are about too: 通报上半年工作, 年底考核."""
_CARRIES = ("day", "begins", "month", "month-third", "quarter", "half")
"""Times whose year holds for those behind them in the sentence: 2022年6月底前出台，12月底前实施."""
_IN_LISTS = ("month", "quarter")
"""Times of which one character may say all, before the last of a list: 3、6、9、12月各一次, 一、三季度."""
_SENTENCE_END = re.compile("[。\n]")
_BEFORE = 10
"""Characters in front of a time that can make it none."""
_BEHIND = 20
_CLAUSE = 70
"""Characters behind a time in which its clause may end as a condition: 2025年12月31日前缴清契税的，给予补贴."""


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
    """The deadlines of a stretch in order. A year said once goes on to the end of its sentence."""
    clean, start, end, lexicon = stretch.text, stretch.start, stretch.end, stretch.lexicon
    text = clean.folded
    groups = {"task": "deadline", "progress": "deadline+progress", "field": "deadline+time_field"}
    days, last = DayFinder(stretch.calendar, lexicon.holidays), start
    for rule, match in lexicon[groups[stretch.where]].scan(text, start, end):
        is_stray = match.end() - match.start() < 2 and rule.value not in _IN_LISTS
        if is_stray or stretch.is_closed(clean.span(match.start(), match.start() + 1).start):
            continue
        if (
            stretch.where != "field"
            and rule.value != "open"
            and _is_no_deadline(rule.value, match, start, end, lexicon)
        ):
            continue
        if days.carried is not None and _SENTENCE_END.search(text, last, match.start()):
            days = replace(days, carried=None)
        how = _how(rule, match, stretch)
        deadline = _deadline(clean, rule, match, days, how)
        if stretch.where == "task" and _is_over(deadline, rule.value, match, stretch.calendar):
            continue
        if rule.value in _CARRIES and year_written(match.groupdict()):
            days, last = replace(days, carried=days.year(match.groupdict())), match.end()
        yield deadline


def impossible_dates(text: str) -> Iterator[re.Match[str]]:
    """Dates that no calendar has: 2月30日, 2023年2月29日, 13月底. 2月29日 alone may be one, 36月龄 is none."""
    for found in _DATE.finditer(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        if not month or month > 12 or (day is not None and not 1 <= day <= monthrange(year or 2024, month)[1]):
            yield found


def _is_no_deadline(how: str, match: re.Match[str], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words tell of something else: 2000年底前建成的小区, 较去年底, 三年内无违法记录, 9月底前缴税的，."""
    text, low, high = match.string, match.start(), match.end()
    groups = ["", *(["_period"] if how in _PERIODIC and not match.group().endswith(("前", "内")) else [])]
    groups += ["_term"] if how == "term" else []
    if lexicon["no_deadline_behind_clause"].match(text, high, min(end, high + _CLAUSE)):
        return True
    only_behind = how if how in ("range", "within", "recurring") else None
    if only_behind and lexicon[f"no_deadline_behind_{only_behind}"].match(text, high, min(end, high + _BEHIND)):
        return True
    return any(
        lexicon[f"no_deadline_before{group}"].ending(text, max(start, low - _BEFORE), low) is not None
        or lexicon[f"no_deadline_behind{group}"].match(text, high, min(end, high + _BEHIND)) is not None
        for group in groups
    )


def _is_over(deadline: Deadline, how: str, match: re.Match[str], calendar: Calendar) -> bool:
    """Whether a span of time or 截至 speaks of what was: 2019年1月1日至12月31日 in a plan of 2024.

    A year alone (2026年建成) is a deadline only where it is later than the plan's.
    """
    if deadline.due is None or calendar.year is None:
        return how == "later-year"
    looks_back = how in ("range", "range-years", "begins") or match.group().startswith("截至")
    year = int(deadline.due[:4])
    return year <= calendar.year if how == "later-year" else looks_back and year < calendar.year


def _how(rule: Rule, match: re.Match[str], stretch: Stretch) -> str:
    """How a time resolves: 竣工后3个月内 has no day, and a time field's 30日内 counts from the issue."""
    if rule.value not in ("term", "within"):
        return rule.value
    low = match.start()
    if stretch.lexicon["event"].ending(match.string, max(stretch.start, low - _BEFORE), low) is not None:
        return "within"
    whole_days = rule.value == "within" and not match.group().endswith(("时内", "钟内"))
    return "term" if whole_days and stretch.where == "field" else rule.value


def _deadline(clean: Clean, rule: Rule, match: re.Match[str], days: DayFinder, how: str) -> Deadline:
    kind, due, every, count, precision = _resolve(how, match.groupdict(), days)
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


def _resolve(how: str, said: dict[str, str | None], days: DayFinder) -> _Resolved:
    if how == "open":
        return "open", None, None, None, None
    count = number_in(said.get("n") or "")
    if how == "count":
        return "count", None, "year", count, None
    if how == "monthly":
        return "recurring", None, "month", None, None
    if how == "every-other":
        return "recurring", None, _every_other(said), number_in(said.get("times") or ""), None
    if how == "recurring":
        return "recurring", None, _PERIODS.get(said.get("every") or said.get("every2") or "年", "year"), count, None
    due, precision = days.resolve(how, said)
    return "by", due, None, None, precision


def _every_other(said: dict[str, str | None]) -> Period | None:
    """每两个月, 每三个月, 每两周, 每半个月; None where no period is so long (每五年)."""
    written, unit = said.get("n") or "", said.get("every") or ""
    count = 2 if written == "双" else number_in(written)
    if unit in _EVERY_OTHER:
        return "two-weeks" if count is None else _MONTHS.get(count * _EVERY_OTHER[unit])
    if unit in ("周", "星期", "个星期"):
        return {1: "week", 2: "two-weeks"}.get(count or 0)  # type: ignore[return-value]
    return "day" if count == 1 else None


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
