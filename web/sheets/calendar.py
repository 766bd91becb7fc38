"""The deadlines of a list as a calendar (日历, RFC 5545): an event a deadline, in the calendar that a person has.

An event lasts the whole day and takes no time; its id is that of the task and the deadline, so that a calendar that is
subscribed to follows what is read anew. A duty that recurs is one event with its rule, to the end of the plan's year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event, vDuration, vRecur

from graph import due_days, in_force
from graph.query import OfUnit, Query, TaskDay, TaskRow, predicates_of
from ingest.model import Period, Plan, Role
from web.sheets.making import Stored, rows_in, stored_in, timed
from web.sheets.records import ListAsked
from web.words.harmless import harmless
from web.words.wording import ROLES, Translate

_MONTHS: Mapping[Period, int] = {"month": 1, "two-months": 2, "quarter": 3, "half": 6, "year": 12}
_WEEKS: Mapping[Period, int] = {"week": 1, "two-weeks": 2}
_ALARMS = (timedelta(days=-7, hours=9), timedelta(days=-1, hours=9))
"""A week and a day before, at nine in the morning."""

_WHAT = 40
"""Characters of a task in an event's title."""

_NOT_SHOWN = ("没有日期的任务 {open} 项、每天要做的 {daily} 项不在日历里。", "日历里是这张清单的全部时限。")


def calendar_of(asked: ListAsked, translate: Translate) -> bytes:
    """The calendar of a list. Raises `SheetTooLong`."""
    stored, units = stored_in(asked.store), _units_of(asked.query)
    events: list[Event] = []
    undated = daily = 0
    for row in rows_in(asked):
        days = timed(row.days)
        undated += not days
        daily += any(day.every == "day" for day in days)
        events += _events(row, days, stored(row.plan_id), _Said(units, asked, translate))
    made = Calendar()
    made.add("prodid", "-//Zeren//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", harmless(asked.title))
    missing = _NOT_SHOWN[0].format(open=undated, daily=daily) if undated or daily else _NOT_SHOWN[1]
    made.add("x-wr-caldesc", missing)
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


class _Said:
    """What every event of a list says in the same way."""

    def __init__(self, units: Sequence[str], asked: ListAsked, translate: Translate) -> None:
        self._units = units
        self._translate = translate
        self.generation = asked.store.generation()
        self.stamp = datetime.combine(date.fromisoformat(asked.day), datetime.min.time(), UTC)

    def title(self, row: TaskRow, day: TaskDay) -> str:
        """【牵头】建立台账（8月底前）: the role of the list's unit, else who leads; the words of time stand behind."""
        roles = [party.role for party in row.parties if party.unit_id in self._units]
        leads = "、".join(party.name for party in row.parties if party.role == "lead")
        before = f"【{self._translate(ROLES[roles[0]])}】" if roles else f"{leads}：" if leads else ""
        what = (day.clause or row.text).removeprefix(day.text).lstrip("，,、 ")
        cut = what if len(what) <= _WHAT else f"{what[:_WHAT]}…"
        return harmless(f"{before}{cut}（{day.text}）")

    def description(self, row: TaskRow, plan: Plan) -> str:
        """The task's words, its units by role, and where they stand."""
        order: tuple[Role, ...] = ("lead", "responsible", "support")
        units = [
            f"{self._translate(ROLES[role])}：{'、'.join(names)}"
            for role in order
            if (names := [party.name for party in row.parties if party.role == role])
        ]
        number = f"（{plan.header.document_number}）" if plan.header.document_number else ""
        return harmless("\n".join([row.text, *units, f"{plan.header.title}{number} {row.section}"]))


def _events(row: TaskRow, days: Iterable[TaskDay], stored: Stored, said: _Said) -> Iterator[Event]:
    for day in days:
        starts, rule = _when(day, stored.plan)
        if starts is None:
            continue
        event = Event()
        event.add("uid", f"{row.id}.{day.deadline_id}@zeren")
        event.add("sequence", said.generation)
        event.add("dtstamp", said.stamp)
        event.add("dtstart", starts)
        event.add("dtend", starts + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", said.title(row, day))
        event.add("description", said.description(row, stored.plan))
        if rule:
            event.add("rrule", vRecur(rule))
        for before in _ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event["summary"])
            alarm.add("trigger", vDuration(before))
            event.add_component(alarm)
        yield event


def _when(day: TaskDay, plan: Plan) -> tuple[date | None, dict[str, Any]]:
    """The first day of an event and the rule by which it comes again; no day for what is due every day or never."""
    if day.every is None:
        return (date.fromisoformat(day.due) if day.due else None), {}
    force = in_force(plan.header)
    if force is None or day.every == "day":
        return None, {}
    days = [date.fromisoformat(each) for each in due_days(day.every, *force, *force)]
    if not days:
        return None, {}
    if day.every in _WEEKS:
        return days[0], {"freq": "weekly", "interval": _WEEKS[day.every], "until": days[-1]}
    return days[0], {"freq": "monthly", "interval": _MONTHS[day.every], "bymonthday": -1, "until": days[-1]}


def _units_of(query: Query) -> tuple[str, ...]:
    """The units that a list is of."""
    return tuple(id for each in predicates_of(query.where) if isinstance(each, OfUnit) for id in each.ids)
