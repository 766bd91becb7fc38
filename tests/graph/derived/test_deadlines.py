"""How a deadline reaches a task, and on which days what recurs falls due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.derived.deadlines import due_days, in_force, period_ends, reached, task_deadlines, tasks_below
from ingest.model import Period
from tests.support.factories import a_milestone, a_plan, a_section, a_task

PERIODS: list[Period] = ["year", "half", "quarter", "month", "week", "day"]


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("year", ["2021-12-31"]),
        ("half", ["2021-06-30", "2021-12-31"]),
        ("quarter", ["2021-06-30", "2021-09-30", "2021-12-31"]),
    ],
)
def test_periods_that_end_before_the_plan_was_issued_are_not_due(every: Period, days: list[str]) -> None:
    assert due_days(every, "2021-05-24", "2021-12-31", "2021-01-01", "2021-12-31") == days


def test_february_ends_when_it_ends() -> None:
    assert period_ends("month", date(2024, 2, 1), date(2024, 3, 1)) == [date(2024, 2, 29)]


def test_a_week_ends_on_sunday() -> None:
    assert period_ends("week", date(2021, 5, 24), date(2021, 6, 6)) == [date(2021, 5, 30), date(2021, 6, 6)]


DAYS = st.dates(date(1999, 1, 1), date(2031, 12, 31))


@settings(max_examples=100)
@given(st.sampled_from(PERIODS), DAYS, st.integers(0, 800), st.integers(0, 800))
def test_two_spans_side_by_side_hold_what_the_whole_holds(every: Period, first: date, one: int, two: int) -> None:
    middle = first + timedelta(days=one)
    last = middle + timedelta(days=two)
    parts = period_ends(every, first, middle) + period_ends(every, middle + timedelta(days=1), last)
    assert parts == period_ends(every, first, last)


@settings(max_examples=60)
@given(st.sampled_from(PERIODS), DAYS)
def test_every_day_lies_in_one_period_of_each_kind(every: Period, day: date) -> None:
    assert len(period_ends(every, day, day + timedelta(days=366))) >= 1


def test_a_plan_is_in_force_from_its_issue_to_the_end_of_its_year() -> None:
    header = a_plan("一项", issued_on="2021-05-24")[1].header
    assert in_force(header) == ("2021-05-24", "2021-12-31")
    assert in_force(replace(header, year=2022)) == ("2022-01-01", "2022-12-31")
    assert in_force(replace(header, year=None)) == ("2021-05-24", "2021-12-31")
    assert in_force(replace(header, year=None, issued_on=None)) is None


def test_the_nearest_fixed_deadline_counts_and_open_ones_only_where_there_is_no_other() -> None:
    _, plan = a_plan(
        a_section(
            "甲",
            a_task("自有", by={"12月底前": "2021-12-31"}),
            a_task("进度", open=["适时"]),
            a_task("本项"),
            a_milestone("关于进度", about=1, count={"全年2次": 2}),
            a_milestone("关于本项", about=2, open=["有序推进"]),
            a_milestone("全项", every={"每季度": "quarter"}),
        ),
        a_section("乙", a_task("只说适时"), a_milestone("乙项", open=["适时"])),
        a_section("丙", a_task("什么也没说")),
    )
    assert [task_deadlines(plan)[task.id] for task in plan.tasks] == ["own", "linked", "item", "open", "none"]


def test_a_clause_about_no_task_holds_for_the_sections_beneath_its_own() -> None:
    _, plan = a_plan(
        a_section("上", a_milestone("全章完成", by={"年底前": "2021-12-31"})),
        a_section("下", "甲", "乙"),
        a_section("旁", "丙"),
    )
    above, below, _ = plan.sections
    nested = replace(plan, sections=(above, replace(below, parent=above.id), plan.sections[2]))
    (found,) = reached(nested)
    assert (found[0], found[4]) == ("item", tuple(task.id for task in plan.tasks[:2]))
    assert tasks_below(nested)[above.id] == tasks_below(nested)[below.id]


def test_a_row_that_repeats_a_task_gives_it_its_deadline() -> None:
    _, plan = a_plan(a_section("甲", "开展抽检"), a_section("表", a_task("抽检", by={"12月底前": "2021-12-31"})))
    body, row = plan.tasks
    linked = replace(plan, tasks=(body, replace(row, same_as=body.id)))
    assert [each[4] for each in reached(linked)] == [(body.id,)]
    assert task_deadlines(linked)[body.id] == "own"
