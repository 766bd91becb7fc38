"""Times that a question says (时间): 12月底前, 三季度, 2021-08-31之前, 下个月, 30天内. Pure; the clock is a parameter.

A month without a year is of each plan's own year (`12-31`); 今年, 本月, 下季度 and the like go by the clock. A year
alone is the year of plans, unless the question speaks of finishing by then. Whether 2027年前 ends with 2026 or with
2027, and 6月前 with May or with June, offices do not agree: a year is taken to be over before it, a month to be in it,
as the reader takes it; `other` keeps the other reading.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from ingest.model import Record

_MONTHS = {word: n for n, word in enumerate([*"一二三四五六七八九十", "十一", "十二"], 1)}
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_M = r"(?:(?<!\d)(?:1[0-2]|0?[1-9])|十[一二]?|(?<!十)[一二三四五六七八九])"
_YEARS = r"(?P<year>(?:19|20)\d\d年?|今年|本年|去年|明年|前年|后年)"
_Y = rf"(?:{_YEARS}的?)?"
_SEVERAL = r"(?:\d+|[一二三四五六七八九十两]+)(?:个|季|名|位|项)"
_ASIDE = "(?:(?P<before>(?:之|以)?前)|(?P<after>(?:之|以)?后))"
_NO_MONTH = r"(?<!\d)(?<![\d一二三四五六七八九十]月)"
_BEFORE = r"(?:(?P<before>(?:之|以)?前|(?:之|以)内)|(?P<after>(?:之|以)后|后))?"


class Time(Record, frozen=True):
    """A stretch of the question and the days that it says: ISO, or `12-31` of each plan's own year; "" is any.

    `year` is set where only a year is said. `clock` tells that today's date was needed, `other` are the days of a
    second reading. `monthly` is the day of 10号前, which is of no month in particular, `past` tells 逾期半年.
    """

    start: int
    end: int
    text: str
    first: str
    last: str
    year: int | None = None
    clock: bool = False
    other: tuple[str, str] | None = None
    monthly: int | None = None
    past: bool = False


def times_of(text: str, today: date) -> list[Time]:
    """All times of a question, from left to right, the longest at each place."""
    found: dict[int, Time] = {}
    text = _NUMERAL_YEAR.sub(lambda year: year.group().translate(_DIGITS_OF), text)
    for pattern, meaning in _FORMS:
        for match in pattern.finditer(text):
            time = meaning(match, today)
            if time is not None and (match.start() not in found or found[match.start()].end < time.end):
                found[match.start()] = time
    return [*_apart(found[at] for at in sorted(found))]


_NUMERALS, _YEAR = "〇○零一二三四五六七八九", "年"
_NUMERAL_YEAR = re.compile(rf"[{_NUMERALS}]{{4}}(?={_YEAR})")
_DIGITS_OF = str.maketrans(_NUMERALS, "000123456789")


def _apart(times: Iterator[Time]) -> Iterator[Time]:
    end = 0
    for time in times:
        if time.start >= end:
            yield time
            end = time.end


def _time(match: re.Match[str], first: str, last: str, clock: bool = False) -> Time:
    before, after = match.groupdict().get("before"), match.groupdict().get("after")
    whole = len(last) == len("12-31")
    if after:
        return Time(*match.span(), match.group(), first, "12-31" if whole else "", clock=clock)
    return Time(*match.span(), match.group(), ("01-01" if whole else "") if before else first, last, clock=clock)


def _year_of(said: str | None, today: date) -> tuple[int | None, bool]:
    """The year, None for each plan's own, and whether the clock said it."""
    if not said:
        return None, False
    digits = said.rstrip("年")
    if digits.isdigit():
        return int(digits), False
    return today.year + {"去年": -1, "明年": 1, "前年": -2, "后年": 2}.get(said, 0), True


def _span(match: re.Match[str], today: date, limits: tuple[tuple[int, int], tuple[int, int]]) -> Time:
    year, clock = _year_of(match["year"], today)
    (month, day), (last_month, last_day) = limits
    head = f"{year:04}-" if year else ""
    leap = year or 2024
    last_day = min(last_day, monthrange(leap, last_month)[1])
    return _time(match, f"{head}{month:02}-{day:02}", f"{head}{last_month:02}-{last_day:02}", clock)


def _month(said: str) -> int:
    return int(said) if said.isdigit() else _MONTHS[said]


def _day_of_month(match: re.Match[str], today: date) -> Time | None:
    month, day = _month(match["month"]), int(match["day"])
    if not 1 <= day <= monthrange(2024, month)[1]:
        return None
    return _span(match, today, ((month, day), (month, day)))


def _months(match: re.Match[str], today: date) -> Time | None:
    first = _month(match["month"])
    last = _month(match.groupdict().get("until") or match["month"])
    time = _span(match, today, ((first, 1), (last, 31))) if first <= last else None
    if time is None or not match.groupdict().get("before") or match.groupdict().get("end") or first == 1:
        return time
    head, sooner = time.last[:-5], f"{first - 1:02}-{monthrange(2023, first - 1)[1]}"
    return replace(time, other=(time.first, head + sooner))


def _before_year(match: re.Match[str], today: date) -> Time:
    """2027年前 is over with 2026, 2027年后 begins with 2028; the other reading has the year itself in it."""
    year, clock = _year_of(match["year"], today)
    assert year is not None
    if match["after"]:
        return Time(
            *match.span(), match.group(), f"{year + 1:04}-01-01", "", clock=clock, other=(f"{year:04}-01-01", "")
        )
    return Time(*match.span(), match.group(), "", f"{year - 1:04}-12-31", clock=clock, other=("", f"{year:04}-12-31"))


def _by_day(match: re.Match[str], today: date) -> Time | None:
    """10号前: of the month that is said, else the next such day."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    ahead = {"下": 1}.get((match["said"] or "")[:1], 0) or int(not match["said"] and day < today.day)
    first, last = _month_from(today, ahead)
    last = min(last, first.replace(day=min(day, last.day)))
    return Time(*match.span(), match.group(), first.isoformat(), last.isoformat(), clock=True, monthly=day)


def _quarter(match: re.Match[str], today: date) -> Time:
    quarter = _month(match["quarter"])
    return _span(match, today, ((3 * quarter - 2, 1), (3 * quarter, 31)))


def _first_months(match: re.Match[str], today: date, of: int) -> Time | None:
    """前三季度, 前5个月"""
    last = of * round(_many(match["n"]))
    return _span(match, today, ((1, 1), (last, 31))) if 1 <= last <= 12 else None


def _half(match: re.Match[str], today: date) -> Time:
    return _span(match, today, ((1, 1), (6, 30)) if match["half"] == "上" else ((7, 1), (12, 31)))


def _year_end(match: re.Match[str], today: date) -> Time:
    return _span(match, today, ((1, 1), (6, 30) if match["what"] == "中" else (12, 31)))


def _iso_day(match: re.Match[str], _: date) -> Time | None:
    day = _iso(match["day"].replace("/", "-").replace(".", "-"))
    if day is None:
        return None
    return _time(match, day.isoformat(), day.isoformat())


def _iso(text: str) -> date | None:
    try:
        return date(*map(int, text.split("-")))
    except (ValueError, TypeError):
        return None


def _iso_range(match: re.Match[str], _: date) -> Time | None:
    first, last = _iso(match["first"]), _iso(match["last"])
    if first is None or last is None:
        return None
    first, last = sorted((first, last))
    return Time(*match.span(), match.group(), first.isoformat(), last.isoformat())


def _iso_month(match: re.Match[str], _: date) -> Time | None:
    year, month = map(int, match["month"].split("-"))
    if not 1 <= month <= 12:
        return None
    head = f"{year:04}-{month:02}"
    return _time(match, f"{head}-01", f"{head}-{monthrange(year, month)[1]:02}")


def _english_month(match: re.Match[str], _: date) -> Time:
    month = _ENGLISH.index(match["month"]) + 1
    head = f"{match['year']}-" if match["year"] else ""
    last = monthrange(int(match["year"] or 2024), month)[1]
    first = "" if match["by"] in ("before", "by", "until") else f"{head}{month:02}-01"
    until = f"{head}{month:02}-{last:02}"
    if match["by"] == "before" and match["end"] is None and month > 1:
        until = f"{head}{month - 1:02}-{monthrange(int(match['year'] or 2023), month - 1)[1]:02}"
    if match["by"] == "after":
        first, until = until, "" if head else "12-31"
    return Time(*match.span(), match.group(), first or ("" if head else "01-01"), until)


def _english_year(match: re.Match[str], _: date) -> Time:
    """after 2024 begins with 2025; since 2024 with it."""
    year = int(match["year"])
    if match["said"] in ("after", "since"):
        return Time(*match.span(), match.group(), f"{year + (match['said'] == 'after'):04}-01-01", "")
    return Time(*match.span(), match.group(), "", f"{year - (match['said'] == 'before'):04}-12-31")


def _long_past(match: re.Match[str], today: date) -> Time:
    """逾期一年以上: due a year ago or earlier."""
    days = {"年": 365, "月": 30, "周": 7, "星期": 7}.get(match["unit"], 1)
    return Time(
        *match.span(),
        match.group(),
        "",
        (today - timedelta(days=round(_many(match["n"]) * days))).isoformat(),
        clock=True,
        past=True,
    )


def _bare_year(match: re.Match[str], today: date) -> Time:
    year, clock = _year_of(match["year"], today)
    return Time(*match.span(), match.group(), f"{year:04}-01-01", f"{year:04}-12-31", year, clock)


def _relative(match: re.Match[str], today: date) -> Time:
    said = match["said"]
    first, last = _RELATIVE[said](today)
    return Time(*match.span(), match.group(), first.isoformat(), last.isoformat(), clock=True)


def _within(match: re.Match[str], today: date) -> Time:
    many = _many(match["n"])
    days = {"天": 1, "日": 1, "周": 7, "星期": 7, "个月": 30, "月": 30}[match["unit"]]
    last = today + timedelta(days=min(int(many * days), 3650))
    return Time(*match.span(), match.group(), today.isoformat(), last.isoformat(), clock=True)


def _many(said: str) -> float:
    return {"半": 0.5, "两": 2, "几": 3}.get(said) or _number(said)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _MONTHS.get(said, 1)


def _month_from(day: date, months: int) -> tuple[date, date]:
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _quarter_from(day: date, quarters: int) -> tuple[date, date]:
    first_month = (day.month - 1) // 3 * 3 + 1
    first, _ = _month_from(day.replace(day=1, month=first_month), 3 * quarters)
    return first, _month_from(first, 2)[1]


def _week_from(day: date, weeks: int) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * weeks)
    return monday, monday + timedelta(days=6)


_Days = Callable[[date], tuple[date, date]]
_RELATIVE: dict[str, _Days] = {
    **dict.fromkeys(("今天", "当天", "today"), lambda day: (day, day)),
    **dict.fromkeys(("昨天",), lambda day: (day - timedelta(days=1), day - timedelta(days=1))),
    **dict.fromkeys(("明天", "tomorrow"), lambda day: (day + timedelta(days=1), day + timedelta(days=1))),
    **dict.fromkeys(("本周", "这周", "这个星期", "本星期", "this week"), lambda day: _week_from(day, 0)),
    **dict.fromkeys(("下周", "下个星期", "下星期", "next week"), lambda day: _week_from(day, 1)),
    **dict.fromkeys(("上周", "上个星期", "last week"), lambda day: _week_from(day, -1)),
    **dict.fromkeys(
        ("本月", "这个月", "当月", "这月", "本月底", "这个月底", "this month"), lambda day: _month_from(day, 0)
    ),
    **dict.fromkeys(("下个月", "下月", "下个月底", "next month"), lambda day: _month_from(day, 1)),
    **dict.fromkeys(("上个月", "上月", "last month"), lambda day: _month_from(day, -1)),
    **dict.fromkeys(("本季度", "这个季度", "当季", "this quarter"), lambda day: _quarter_from(day, 0)),
    **dict.fromkeys(("下季度", "下个季度", "next quarter"), lambda day: _quarter_from(day, 1)),
    **dict.fromkeys(("上季度", "上个季度", "last quarter"), lambda day: _quarter_from(day, -1)),
}
_Meaning = Callable[[re.Match[str], date], Time | None]
_BY = "(?P<by>before|by|in|during|after|until)"
_PAST = (
    r"(?:逾期|超期|过期)了?(?:超过)?(?P<n>\d{1,3}|[半一两三四五六七八九十])个?"
    "(?P<unit>年|月|天|日|周|星期)(?:以上|多)?"
)
_FROM_NOW = "(?:未来|接下来|今后|近|最近)"
_LONG = r"(?P<n>\d{1,3}|[半一两三四五六七八九十几])个?(?P<unit>天|日|周|星期|个月|月)"
_SAID = "|".join(sorted(map(re.escape, _RELATIVE), key=len, reverse=True))
_FORMS: tuple[tuple[re.Pattern[str], _Meaning], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (rf"{_Y}(?P<month>{_M})月(?P<day>\d{{1,2}})[日号]{_BEFORE}", _day_of_month),
        (rf"{_Y}(?P<month>{_M})月?份?(?:到|至|-|—|~)(?P<until>{_M})月份?底?", _months),
        (rf"{_Y}(?P<month>{_M})月(?!\d{{1,2}}[日号])份?(?P<end>[底末中初])?{_BEFORE}", _months),
        (rf"{_Y}第?(?P<quarter>[一二三四1-4])季度?[底末内]?{_BEFORE}", _quarter),
        (rf"{_Y}q(?P<quarter>[1-4]){_BEFORE}", _quarter),
        (rf"{_Y}(?P<half>[上下])半年[底末内]?{_BEFORE}", _half),
        (rf"(?:{_YEARS}年?|年)(?P<what>[底末终中])" + _BEFORE, _year_end),
        (rf"{_YEARS}年?度?(?:到来)?{_ASIDE}(?!{_SEVERAL})", _before_year),
        (rf"{_Y}前(?P<n>[两二三23])个?季度?", lambda match, today: _first_months(match, today, 3)),
        (rf"{_Y}前(?P<n>\d{{1,2}}|[两一二三四五六七八九十])个月", lambda match, today: _first_months(match, today, 1)),
        (rf"(?P<said>本月|这个月|当月|这月|下个?月)?的?{_NO_MONTH}(?P<day>\d{{1,2}})[日号](?:之|以)?前", _by_day),
        (r"(?P<year>)年内", lambda match, today: _span(match, today, ((1, 1), (12, 31)))),
        (r"(?P<before>before|by|until) ?(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})", _iso_day),
        (r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})" + _BEFORE, _iso_day),
        (r"(?P<first>\d{4}-\d\d?-\d\d?)(?:\.\.|到|至|~|—)(?P<last>\d{4}-\d\d?-\d\d?)", _iso_range),
        (r"(?P<month>\d{4}-(?:0[1-9]|1[0-2]))(?![-\d])" + _BEFORE, _iso_month),
        (rf"{_BY}? ?(?:the )?(?P<end>end of )?(?P<month>{'|'.join(_ENGLISH)}) ?(?P<year>20\d\d)?", _english_month),
        (r"(?P<said>after|since|before|by the end of|by end of|by) ?(?P<year>20\d\d)(?![-\d])", _english_year),
        (_PAST, _long_past),
        (r"(?P<year>(?:19|20)\d\d)年?(?:度|(?=[^\d\-./年月]|$))", _bare_year),
        (r"(?P<year>今年|本年|去年|明年|前年|后年)(?:度|内)?", _bare_year),
        (rf"(?P<said>{_SAID})", _relative),
        (rf"{_FROM_NOW}?{_LONG}(?:之?内|以内)", _within),
        (_FROM_NOW + _LONG, _within),
    )
)  # fmt: skip
