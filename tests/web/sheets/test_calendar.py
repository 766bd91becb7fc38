"""Deadlines of a list as a calendar: the days that Zeren tells, on which a calendar program shows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from graph.query import OfUnit, Query
from graph.sqlite.store import open_store
from graph.store import Store
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from ingest.resolution import resolve
from tests.support.factories import a_plan
from web.sheets.calendar import calendar_of
from web.sheets.records import ListAsked
from web.words.wording import as_is

PLAN = """乐山市人民政府办公室关于印发2026年重点工作任务分工的通知
乐府办发〔2026〕3号
一、稳定工业
（一）8月底前，建立园区台账。（牵头单位：市商务局；配合单位：市统计局）
（二）每季度报送园区运行情况。（牵头单位：市统计局）
（三）每月调度项目。（牵头单位：市统计局）
（四）加强园区管理。（责任单位：市商务局）
2026年1月5日
"""


@pytest.fixture
def store(tmp_path: Path, lexicon: Lexicon) -> Iterator[Store]:
    made = open_store(tmp_path / "library", lambda plan: resolve(plan, lexicon), "1")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    source = read_source(tmp_path / "plan.txt")
    made.save(source, parse_plan(source, lexicon))
    yield made
    made.close()


def calendar(store: Store, query: Query) -> Any:
    ids = store.select(query, limit=0).ids
    made = calendar_of(ListAsked("商务", "2026-12-01", query, ids, store), as_is)
    return icalendar.Calendar.from_ical(made)


def shown(store: Store, said: str) -> list[date]:
    """The days on which a program shows events that say something."""
    events: list[Any] = recurring_ical_events.of(calendar(store, Query())).between((2025, 1, 1), (2028, 1, 1))
    return sorted(event["DTSTART"].dt for event in events if said in event["SUMMARY"])


def test_a_deadline_is_a_whole_day_that_takes_no_time(store: Store) -> None:
    (event,) = (each for each in calendar(store, Query()).walk("VEVENT") if "台账" in each["SUMMARY"])
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 8, 31), date(2026, 9, 1))
    assert event["TRANSP"] == "TRANSPARENT"
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [
        timedelta(days=-7, hours=9), timedelta(days=-1, hours=9),
    ]  # fmt: skip


def test_what_recurs_is_shown_on_the_last_day_of_each_period(store: Store) -> None:
    assert shown(store, "报送") == [date(2026, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]
    assert len(shown(store, "调度")) == 12
    assert date(2026, 2, 28) in shown(store, "调度")


def test_the_title_says_the_role_of_the_lists_unit_and_the_time_behind(store: Store) -> None:
    unit = next(each.id for each in store.units() if each.name.endswith("商务局"))
    (event,) = calendar(store, Query(OfUnit((unit,)))).walk("VEVENT")
    assert event["SUMMARY"] == "【牵头】建立园区台账。（8月底前）"
    assert "统计局" in event["DESCRIPTION"]
    assert "乐府办发〔2026〕3号" in event["DESCRIPTION"]


def test_what_has_no_day_is_counted_in_the_calendars_description(store: Store) -> None:
    assert calendar(store, Query())["X-WR-CALDESC"] == "没有日期的任务 1 项、每天要做的 0 项不在日历里。"


def test_an_event_keeps_its_id_while_the_library_goes_on(store: Store) -> None:
    before = {str(event["UID"]) for event in calendar(store, Query()).walk("VEVENT")}
    store.save(*a_plan("另一项任务"))
    assert {str(event["UID"]) for event in calendar(store, Query()).walk("VEVENT")} == before
    assert len(before) == 3
