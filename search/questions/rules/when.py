"""Rules about time (时间): days due, what is overdue, what recurs, the year of plans."""

from __future__ import annotations

from datetime import timedelta

from graph.query import FIRM, FallsDue, Has, Not, OfYear, Recurs, Says, Some, Where
from ingest.model import Period
from search.questions.parsing import Parsing
from search.questions.times import Time

_PERIODS: dict[str, tuple[Period, ...]] = {"any": ("day", "week", "month", "quarter", "half", "year")}
_THIS_YEAR = ("今年", "本年")
"""What plans say of themselves: a plan's 今年 is its own year."""


_FINISHED = ("完成", "做完", "办结", "完工", "办完")


def overdue(parsing: Parsing) -> None:
    """哪些任务已经逾期了; 有时限但还没逾期的"""
    for at in parsing.of("not"):
        after = parsing.next(at)
        if after is not None and parsing.kind(after) == "due" and parsing.tokens[after].text in _FINISHED:
            parsing.used |= {at, after}
            parsing.where.append(FallsDue("", (parsing.today - timedelta(days=1)).isoformat()))
            parsing.assumed.append("overdue")
    for at in parsing.of("overdue"):
        parsing.used.add(at)
        past = FallsDue("", (parsing.today - timedelta(days=1)).isoformat())
        if parsing.tokens[at].value == "not" or parsing.denied(at):
            parsing.where += [Has("deadline"), Not(past)]
        else:
            parsing.where.append(past)
        parsing.assumed.append("overdue")


def periods(parsing: Parsing) -> None:
    """每季度要做什么; 按年按季的定期任务"""
    said = [parsing.tokens[at].value for at in parsing.of("every")]
    parsing.used |= {*parsing.of("every")}
    exact = tuple(dict.fromkeys(each for each in said if each != "any"))
    if said:
        parsing.where.append(Recurs(exact or _PERIODS["any"]))  # type: ignore[arg-type]


def times(parsing: Parsing) -> None:
    """12月底前要完成什么; 2021年牵头哪些任务; 今年有什么任务; 下个月到期的; 10月1日以后、12月之前到期的;
    每月10日前报什么"""
    asked: list[FallsDue] = []
    for at in parsing.of("time"):
        time = parsing.tokens[at].time
        assert time is not None
        parsing.used.add(at)
        if time.monthly is not None and parsing.of("every"):
            parsing.assumed.append(f"monthly-day:{time.text}")  # What is due again is not kept by its day.
            continue
        due = any(parsing.kind(each) == "due" for each in (parsing.next(at), parsing.next(at, -1)))
        denied = parsing.denied(at)
        predicate: Where
        if time.year is not None and not due and _is_to_come(parsing, time):
            # 2027年的目标: due by then, or said of that year.
            predicate = Some((FallsDue(time.first, time.last, FIRM), Says(f"{time.year}年")))
        elif time.year is not None and not due:
            if time.text.startswith(_THIS_YEAR):
                parsing.assumed.append("this-year")
                continue
            predicate = OfYear((time.year,))
        else:
            predicate = FallsDue(time.first, time.last, FIRM)
            parsing.assumed.append("overdue" if time.past else _assumed(time))
            if time.other is not None and not denied:
                parsing.other_days = (time.text, predicate, FallsDue(*time.other, FIRM))
            if not denied:
                asked.append(predicate)
                continue
        parsing.where.append(Not(predicate) if denied else predicate)
    parsing.where += _together(asked)


def _is_to_come(parsing: Parsing, time: Time) -> bool:
    """Whether a year is none of a plan here, and later than all of them."""
    known = [row.year for row in parsing.names.plans if row.year is not None]
    return time.year is not None and not time.clock and bool(known) and time.year > max(known)


def _assumed(time: Time) -> str:
    if time.clock:
        return "clock"
    return "own-year" if len(time.last or time.first) == len("12-31") else ""


def _together(asked: list[FallsDue]) -> list[FallsDue]:
    """One that only begins and one that only ends are one stretch of time, in which one day must lie."""
    first = next((each for each in asked if not each.last), None)
    last = next((each for each in asked if not each.first), None)
    if first is None or last is None or len(first.first) != len(last.last):
        return asked
    return [*(each for each in asked if each not in (first, last)), FallsDue(first.first, last.last, FIRM)]
