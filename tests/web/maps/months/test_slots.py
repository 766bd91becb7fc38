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
from web.maps.months.making import LATE, time_map
from web.maps.months.slots import MOST_MONTHS, nearest, place_of, slot_of, slots_of

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
    assert nearest([above, late, own]) == ("2026-09", "2026-09-30")
    assert nearest([above, a_day(None, None, "open")]) == ("2026-03", "2026-03-31")
    assert nearest([a_day(None, None, "recurring")]) == ("often", "")
    assert nearest([]) == ("none", "")


def keys_of(used: list[str], today: str = TODAY) -> list[str]:
    return [slot.key for slot in slots_of(used, today)]


def test_months_stand_without_a_gap_and_a_year_is_closed_by_what_names_it_alone() -> None:
    assert keys_of(["2025-11", "2026-02", "2025", "2027", "often", "none"]) == [
        "2025-11", "2025-12", "2025", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2027", "often", "none",
    ]  # fmt: skip


def test_this_month_is_told_also_where_nothing_falls_due_and_only_a_month_is_now() -> None:
    slots = slots_of(["2026-03", "2026-07", "2026"], TODAY)
    assert [slot.key for slot in slots if slot.now] == ["2026-05"]
    assert [slot.key for slot in slots if slot.past] == ["2026-03", "2026-04"]


def test_half_a_year_and_more_without_a_deadline_is_one_column_and_less_is_not() -> None:
    assert keys_of(["2026-05", "2026-12"]) == ["2026-05", "2026-06/2026-11", "2026-12"]
    assert "2026-06" in keys_of(["2026-05", "2026-11"])
    assert keys_of(["2024", "2023-02", "2026-05"]) == [
        "2023-02", "2023-03/2024-12", "2024", "2025-01/2026-04", "2026-05",
    ]  # fmt: skip


def test_too_many_months_are_gathered_before_and_after_those_around_today() -> None:
    used = [f"{year}-{month:02}" for year in range(2024, 2030) for month in range(1, 13)]
    slots = slots_of(used, TODAY)
    months = [slot for slot in slots if slot.kind == "month"]
    assert len(months) == MOST_MONTHS
    assert any(slot.now for slot in months)
    assert (slots[0].key, slots[-1].key) == ("<2025-11", ">2027-10")


def test_what_is_earlier_stands_left_of_all_that_is_later_also_where_only_a_year_is_named() -> None:
    used = ["2020", "2031", *(f"{year}-{month:02}" for year in (2025, 2026, 2027) for month in range(1, 13))]
    slots = slots_of(used, TODAY)
    assert [slot.key for slot in slots if slot.kind != "month"] == ["<2025-11", ">2027-10"]
    assert {place_of(each, slots) for each in ("2020", "2025-01", "2025-10")} == {0}
    assert {place_of(each, slots) for each in ("2027-11", "2031")} == {len(slots) - 1}
    few = keys_of(["2020", "2031", "2026-04"])
    assert few == ["2020", "2026-04", "2026-05", "2031"]
    many = keys_of([*map(str, range(2010, 2016)), "2026-04"])
    assert many == ["<2026-04", "2026-04", "2026-05"]


def test_what_recurs_has_no_date_in_the_row_as_in_the_head() -> None:
    days = [a_day("2026-06-30"), a_day(None, None, "recurring"), a_day(None, None, "open"), a_day("2026-12-31", "year")]
    tasks = [replace(a_task(f"任务{n}", "1", "牵民政局"), days=(day,)) for n, day in enumerate(days)]
    made = time_map(some_data(*tasks, a_task("任务9", "1", "牵民政局", "配财政局")), TODAY)
    assert (made.dated, made.tasks) == (2, 5)
    assert [(row.unit.name, row.dated, row.total) for row in made.rows] == [("民政局", 2, 5), ("财政局", 0, 1)]
    assert [(slot.key, count) for slot, count in made.told] == [("2026-05", 0), ("often", 1), ("open", 1), ("none", 1)]


@pytest.mark.parametrize(
    ("due", "precision", "late"),
    [("2026-05-19", "day", 1), ("2026-05-20", "day", 0), ("2026-04-30", "month", 1), ("2026-05-31", "month", 0),
     ("2025-12-31", "year", 1), ("2026-12-31", "year", 0)],
)  # fmt: skip
def test_a_task_is_late_when_its_day_is_over(due: str, precision: str, late: int) -> None:
    task = replace(a_task("任务", "1", "牵民政局"), days=(a_day(due, precision),))
    made = time_map(some_data(task, a_task("别的", "1", "牵民政局")), TODAY)
    assert (len(made.late), made.rows[0].late) == (late, late)
    assert made.picked(LATE, made.rows[0]) == made.late == (("任务",) if late else ())


def test_a_cell_is_the_tasks_of_its_unit_in_its_slot() -> None:
    tasks = [replace(a_task(f"任务{n}", "1", f"牵{unit}"), days=(a_day("2026-06-30"),))
             for n, unit in enumerate(("民政局", "财政局", "民政局"))]  # fmt: skip
    made = time_map(some_data(*tasks), TODAY)
    assert made.picked("2026-06", made.rows[0]) == ("任务0", "任务2")
    assert made.picked("2026-06", None) == ("任务0", "任务1", "任务2")
    assert made.picked("2030-01", None) is None


months = st.dates().map(date.isoformat)
tasks = st.lists(st.one_of(st.none(), months, st.just("")), min_size=1, max_size=25)


@given(tasks, months)
def test_every_task_stands_in_one_slot(days: list[str | None], today: str) -> None:
    made = time_map(some_data(*(_task(n, day) for n, day in enumerate(days))), today)
    assert sorted(id for ids in made.in_slot for id in ids) == sorted(f"任务{n}" for n in range(len(days)))
    assert [sum(own) for own in made.sums] == [len(ids) for ids in made.in_slot]
    assert made.tasks == len(days)
    when = [slot.key.strip("<>")[:7] for slot in made.slots if slot.kind in ("month", "empty", "before", "after")]
    assert when == sorted(when)
    for row in made.rows:
        assert row.total == sum(cell.total for cell in row.cells)
        assert all(cell.total <= len(made.in_slot[cell.slot]) for cell in row.cells)


def _task(n: int, day: str | None) -> TaskRow:
    task = a_task(f"任务{n}", "1", "牵民政局")
    if day is None:
        return task
    return replace(task, days=(a_day(day) if day else a_day(None, None, "open"),))
