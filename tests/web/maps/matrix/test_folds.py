"""Which rows stand open: those that the address names, else as many headings as a screen holds."""

from __future__ import annotations

import pytest

from tests.support.map_rows import a_section, a_task, data_of, some_data
from tests.support.web_library import Addresses
from web.errors import BadChoice
from web.library import Library
from web.maps.matrix.folds import FIRST_ROWS
from web.maps.matrix.making import MatrixData, matrix_of
from web.maps.state import MapState, state_of


@pytest.fixture
def seed(site_library: Library, addresses: Addresses) -> MatrixData:
    return data_of(site_library, addresses.plan)


def test_the_first_view_opens_headings_while_a_screen_holds_them(seed: MatrixData) -> None:
    made = matrix_of(seed, MapState())
    assert 15 <= made.shown_rows <= FIRST_ROWS < len(made.rows)
    assert all(not row.shown or row.depth < 2 for row in made.rows)


def test_a_small_plan_is_open_from_the_first() -> None:
    sections = (a_section("一"), a_section("二"))
    tasks = [a_task(f"{n}", "一" if n % 2 else "二", "责甲局") for n in range(8)]
    made = matrix_of(some_data(*tasks, sections=sections), MapState())
    assert made.shown_rows == len(made.rows) == 10


def test_the_address_opens_rows_by_their_keys_all_but_those_or_none(seed: MatrixData) -> None:
    all_open = matrix_of(seed, state_of({"m-all": "1"}))
    assert all_open.shown_rows == len(all_open.rows)
    none = matrix_of(seed, state_of({"m-all": "0"}))
    assert {row.depth for row in none.rows if row.shown} == {0}
    first = next(row for row in none.rows if row.group)
    one = matrix_of(seed, state_of({"m-open": first.key}))
    assert [row.key for row in one.rows if row.open] == [first.key]
    others = matrix_of(seed, state_of({"m-all": "1", "m-open": first.key}))
    assert [row.key for row in others.rows if row.group and not row.open] == [first.key]


def test_a_row_is_shown_where_every_row_above_it_is_open(seed: MatrixData) -> None:
    for state in (MapState(), MapState(all=True), MapState(none=True)):
        above: list[bool] = []
        for row in matrix_of(seed, state).rows:
            above[row.depth :] = []
            assert row.shown == all(above)
            above.append(row.open)


def test_keys_of_rows_are_short_and_each_its_own(seed: MatrixData) -> None:
    keys = [row.key for row in matrix_of(seed, MapState()).rows]
    assert len(keys) == len(set(keys))
    assert all(len(key) == 8 and key.isascii() for key in keys)


@pytest.mark.parametrize("values", [{"m-order": "size"}, {"m-all": "yes"}, {"m-least": "-1"}])
def test_a_value_that_a_key_cannot_have_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(BadChoice):
        state_of(values)


def test_a_role_that_is_none_is_refused_and_no_role_means_all() -> None:
    with pytest.raises(BadChoice):
        state_of({}, ["lead", "boss"])
    assert state_of({}, []).roles == state_of({}, ["support", "lead", "responsible"]).roles


@pytest.mark.parametrize("before", [{}, {"m-all": "1"}, {"m-all": "0"}])
def test_a_row_that_is_turned_is_the_only_one_that_changes(seed: MatrixData, before: dict[str, str]) -> None:
    was = {row.key: row.open for row in matrix_of(seed, state_of(before)).rows if row.group}
    turned = [*was][2]
    now = {row.key: row.open for row in matrix_of(seed, state_of({**before, "m-fold": turned})).rows if row.group}
    assert {key for key in was if was[key] != now[key]} == {turned}
