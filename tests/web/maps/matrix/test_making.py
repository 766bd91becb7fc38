"""A matrix holds every task once, and every sum is what stands beneath it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.query import TaskRow
from tests.support.map_rows import a_section, a_task, data_of, some_data
from tests.support.web_library import Addresses
from web.library import Library
from web.maps.matrix.making import ALL_COLUMNS, MOST_COLUMNS, MatrixData, matrix_of
from web.maps.matrix.records import DutyMatrix, tone
from web.maps.state import ORDERS, MapState

FIRST, ALL = MapState(), MapState(all=True)


@pytest.fixture
def seed(site_library: Library, addresses: Addresses) -> MatrixData:
    return data_of(site_library, addresses.plan)


def require_sums(made: DutyMatrix) -> None:
    tasks = [row for row in made.rows if not row.group]
    assert len(tasks) == len({row.id for row in tasks}) == made.tasks
    for row in made.rows:
        if row.group:
            below = made.beneath(row)
            sums = Counter(
                (square.column, n) for each in below for square in each.squares for n in range(3) if square.counts[n]
            )
            assert sums == {(s.column, n): s.counts[n] for s in row.squares for n in range(3) if s.counts[n]}
            assert (row.tasks, row.led) == (len(below), sum(each.led for each in below))
    for n, column in enumerate(made.columns):
        squares = [square for row in tasks for square in row.squares if square.column == n]
        assert column.counts == tuple(sum(square.counts[at] for square in squares) for at in range(3))
        assert column.total <= made.most


@pytest.mark.parametrize("order", ORDERS)
def test_a_heading_is_the_sum_of_its_tasks_and_a_pillar_that_of_its_column(seed: MatrixData, order: str) -> None:
    made = matrix_of(seed, MapState(order=order))  # type: ignore[arg-type]
    require_sums(made)
    assert made.tasks == len(seed.tasks) > 50
    assert made.units == len(made.columns)


def test_every_task_stands_with_each_of_its_units_in_its_strongest_role(seed: MatrixData) -> None:
    made = matrix_of(seed, ALL)
    rows = {row.id: row for row in made.rows if not row.group}
    for task in seed.tasks:
        drawn = {made.columns[square.column].unit.id: square.role for square in rows[task.id].squares}
        said: dict[str, set[str]] = {}
        for party in task.parties:
            said.setdefault(party.unit_id, set()).add(party.role)
        assert drawn.keys() == said.keys()
        assert all(drawn[unit] in roles for unit, roles in said.items())


def test_who_both_leads_and_supports_is_counted_once_as_the_one_who_leads() -> None:
    made = matrix_of(some_data(a_task("1", "一", "配发改委", "牵发改委", "责财政局?")), ALL)
    assert [(s.role, s.counts, s.inferred) for s in made.rows[0].squares] == [
        ("lead", (1, 0, 0), False), ("responsible", (0, 1, 0), True),
    ]  # fmt: skip


def test_a_heading_over_one_heading_is_one_row_and_a_section_of_one_task_is_that_task() -> None:
    sections = (a_section("一"), a_section("一-1", "一"), a_section("二"), a_section("三"))
    tasks = (
        a_task("a", "一-1", "牵教育局"), a_task("b", "一-1", "责教育局"), a_task("c", "二", "责公安局"),
        a_task("d", "三", "责公安局"), a_task("e", "三", "责公安局"),
    )  # fmt: skip
    made = matrix_of(some_data(*tasks, sections=sections), ALL)
    assert [(row.depth, row.number, row.title, row.group, row.tasks) for row in made.rows] == [
        (0, "一", "标题一 › 一-1标题一-1", True, 2), (1, "", "", False, 1), (1, "", "", False, 1),
        (0, "二", "标题二", False, 1), (0, "三", "标题三", True, 2), (1, "", "", False, 1), (1, "", "", False, 1),
    ]  # fmt: skip
    assert made.rows[3].id == "c"


def test_many_tasks_of_one_heading_are_grouped_by_who_leads_or_is_named_first() -> None:
    tasks = [a_task(f"{n}", "附", "责财政局", "牵发改委") for n in range(20)]
    tasks += [a_task(f"r{n}", "附", "责水利局") for n in range(4)] + [a_task("x", "附", "责民政局"), a_task("y", "附")]
    made = matrix_of(some_data(*tasks, sections=(a_section("附"),)), FIRST)
    groups = [(row.title, row.by_unit, row.rest, row.tasks) for row in made.rows if row.group]
    assert groups == [("发改委", True, False, 20), ("水利局", True, False, 4), ("", True, True, 2)]
    require_sums(made)


def test_twenty_four_tasks_of_one_heading_stay_in_their_order() -> None:
    tasks = [a_task(f"{n}", "附", "责财政局") for n in range(24)]
    made = matrix_of(some_data(*tasks, sections=(a_section("附"), a_section("二"))), ALL)
    assert [row.id for row in made.rows] == [task.id for task in tasks]


@pytest.mark.parametrize("order", ORDERS)
def test_collectives_stand_last_whatever_the_order(order: str) -> None:
    tasks = [a_task(f"{n}", "一", "责各县区", "牵财政局", "责有关部门", "配省教育厅") for n in range(5)]
    made = matrix_of(some_data(*tasks), MapState(order=order))  # type: ignore[arg-type]
    assert [column.collective for column in made.columns] == [False, False, True, True]


def test_columns_by_level_stand_in_bands_from_the_state_to_the_town() -> None:
    tasks = (a_task("1", "一", "责市教育局", "责各县区", "责省教育厅", "责水利局"),)
    assert matrix_of(some_data(*tasks), MapState(order="level")).bands == (("省", 1), ("市", 2), ("泛指", 1))


def test_units_that_share_tasks_stand_side_by_side() -> None:
    tasks = [a_task(f"a{n}", "一", "责甲局", "责丁局") for n in range(5)]
    tasks += [a_task(f"b{n}", "一", "责乙局", "责丙局") for n in range(4)]
    names = [column.unit.name for column in matrix_of(some_data(*tasks), MapState(order="near")).columns]
    assert names == ["甲局", "丁局", "乙局", "丙局"]


def test_the_unit_that_a_matrix_is_about_has_the_first_column() -> None:
    tasks = [a_task(f"{n}", "一", "责甲局", "责乙局") for n in range(5)] + [a_task("x", "一", "责甲局")]
    made = matrix_of(some_data(*tasks, first="乙局"), FIRST)
    assert [column.unit.name for column in made.columns] == ["乙局", "甲局"]
    require_sums(made)


def test_columns_that_are_left_out_are_told_and_shown_on_request() -> None:
    tasks = [a_task(f"{n}", "一", f"责单位{n}", "责财政局") for n in range(MOST_COLUMNS + 9)]
    made = matrix_of(some_data(*tasks), FIRST)
    assert (len(made.columns), made.units) == (MOST_COLUMNS, MOST_COLUMNS + 10)
    more = matrix_of(some_data(*tasks), MapState(more=("columns",)))
    assert len(more.columns) == more.units <= ALL_COLUMNS


def test_roles_that_are_not_drawn_are_not_counted() -> None:
    tasks = (a_task("1", "一", "牵甲局", "责乙局"), a_task("2", "一", "配甲局"))
    made = matrix_of(some_data(*tasks), MapState(all=True, roles=("lead",)))
    assert [(column.unit.name, column.counts) for column in made.columns] == [("甲局", (1, 0, 0))]
    assert (made.tasks, made.units) == (2, 2)


def test_several_plans_are_rows_above_their_sections() -> None:
    tasks = [a_task("1", "一", "责甲局"), *(a_task(f"n{n}", "一", "责甲局", plan="next") for n in range(2))]
    made = matrix_of(some_data(*tasks, sections=(a_section("一"),)), ALL)
    assert [(row.title, row.group, row.tasks) for row in made.rows if row.depth == 0] == [
        ("《next》", True, 2),
        ("《plan》", True, 1),
    ]
    require_sums(made)


@pytest.mark.parametrize(
    ("total", "step"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3), (8, 4), (15, 4), (16, 5), (900, 5)]
)
def test_the_tone_of_a_sum_has_fixed_steps(total: int, step: int) -> None:
    assert tone(total) == step


@pytest.mark.parametrize(
    ("counts", "quarters"), [((0, 5, 0), 0), ((1, 30, 0), 1), ((2, 2, 0), 2), ((3, 1, 0), 3), ((4, 0, 0), 4)]
)
def test_the_share_that_is_led_is_told_in_quarters_and_never_hidden(
    counts: tuple[int, int, int], quarters: int
) -> None:
    tasks = [
        a_task(f"{mark}{n}", "一", f"{mark}甲局")
        for mark, count in zip("牵责配", counts, strict=True)
        for n in range(count)
    ]
    made = matrix_of(some_data(*tasks, a_task("z", "二", "责乙局"), sections=(a_section("一"), a_section("二"))), FIRST)
    assert made.rows[0].squares[0].led == quarters


PARTY = st.tuples(st.sampled_from("牵责配"), st.sampled_from(["甲局", "乙局", "各县区", "省丙厅"])).map("".join)
TASKS = st.lists(
    st.tuples(st.sampled_from(["一", "一-1", "二", "没有这一节"]), st.lists(PARTY, max_size=4)), max_size=60
)


@given(TASKS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_task_is_lost_and_no_sum_is_wrong_whatever_the_plan(
    said: list[tuple[str, list[str]]], open_all: bool
) -> None:
    tasks: list[TaskRow] = [a_task(f"t{n}", section, *parties) for n, (section, parties) in enumerate(said)]
    sections = (a_section("一"), a_section("一-1", "一"), a_section("二"))
    require_sums(matrix_of(some_data(*tasks, sections=sections), MapState(all=open_all)))
