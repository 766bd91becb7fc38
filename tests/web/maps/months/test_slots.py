"""Where a task stands in time: one place each, and nothing looks more exact than its words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.query import TaskDay, TaskRow
from ingest.model import Span
from tests.support.map_rows import a_task, some_data
from web.maps.months.making import time_map
from web.maps.months.slots import MOST_MONTHS, nearest, slot_of, slots_of

TODAY = "2026-05-20"


def a_day(due: str | None, precision: str | None = "day", kind: str = "by", level: str = "own") -> TaskDay:
    return TaskDay("d", "", kind, due, None, None, precision, level, "", Span(0, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "slot"),
    [
        (a_day("2026-06-30"), "2026-06"),
        (a_day("2026-06-30", "month"), "2026-06"),
        (a_day("2026-12-31", "year"), "2026"),
        (a_day(None, None, "open"), "open"),
        (a_day(None, None), "open"),
        (a_day(None, None, "recurring"), "often"),
        (a_day("2026-12-31", "year", "count"), "often"),
    ],
)
def test_a_deadline_stands_where_its_words_allow(day: TaskDay, slot: str) -> None:
    assert slot_of(day) == slot


def test_a_tasks_own_deadline_counts_before_that_of_its_section_and_the_earliest_of_these() -> None:
    own, late, above = a_day("2026-09-30"), a_day("2026-11-30"), a_day("2026-03-31", level="item")
    assert nearest([above, late, own]) == "2026-09"
    assert nearest([above, a_day(None, None, "open")]) == "2026-03"
    assert nearest([a_day(None, None, "recurring")]) == "often"
    assert nearest([]) == "none"


def test_months_stand_without_a_gap_and_a_year_is_closed_by_what_names_it_alone() -> None:
    keys = [slot.key for slot in slots_of(["2025-11", "2026-02", "2025", "2027", "often", "none"], TODAY)]
    assert keys == ["2025-11", "2025-12", "2025", "2026-01", "2026-02", "2027", "often", "none"]


def test_too_many_months_are_gathered_before_and_after_those_around_today() -> None:
    slots = slots_of(["2019-01", "2026-06", "2031-12"], TODAY)
    months = [slot for slot in slots if slot.kind == "month"]
    assert len(months) == MOST_MONTHS
    assert any(slot.now for slot in months)
    assert (slots[0].key, slots[-1].key) == ("before", "after")


months = st.dates().map(date.isoformat)
tasks = st.lists(st.one_of(st.none(), months, st.just("")), min_size=1, max_size=25)


@given(tasks, months)
def test_every_task_stands_in_one_slot(days: list[str | None], today: str) -> None:
    made = time_map(some_data(*(_task(n, day) for n, day in enumerate(days))), today)
    assert sorted(id for ids in made.in_slot for id in ids) == sorted(f"任务{n}" for n in range(len(days)))
    assert [sum(own) for own in made.sums] == [len(ids) for ids in made.in_slot]
    assert made.tasks == len(days)
    for row in made.rows:
        assert all(cell.total <= len(made.in_slot[cell.slot]) for cell in row.cells)


def _task(n: int, day: str | None) -> TaskRow:
    task = a_task(f"任务{n}", "1", "牵民政局")
    if day is None:
        return task
    return replace(task, days=(a_day(day) if day else a_day(None, None, "open"),))
