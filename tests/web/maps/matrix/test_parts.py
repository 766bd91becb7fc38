"""A matrix wider than a sheet stands in parts: every column once, every row in each, levels whole where they fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.map_rows import a_task, some_data
from web.maps.matrix.making import matrix_of
from web.maps.matrix.parts import SHEET, parts_of
from web.maps.matrix.records import DutyMatrix
from web.maps.state import MapState


def made_of(province: int, city: int, vague: int, order: str = "level") -> DutyMatrix:
    names = [
        *(f"省{n}厅" for n in range(province)),
        *(f"市{n}局" for n in range(city)),
        *(f"各{n}县" for n in range(vague)),
    ]
    tasks = [a_task(f"任务{n}", "1", f"牵{name}", "责共同局") for n, name in enumerate(names)]
    return matrix_of(some_data(*tasks), MapState(order=order, more=("*",), all=True))  # type: ignore[arg-type]


def test_what_fits_a_sheet_has_no_parts() -> None:
    assert parts_of(made_of(20, 20, 5)) == ()


def test_levels_stay_whole_where_they_fit_and_a_long_one_is_parted() -> None:
    assert [part.bands for part in parts_of(made_of(40, 29, 20))] == [(("省", 40),), (("市", 30), ("泛指", 20))]
    assert [len(part.columns) for part in parts_of(made_of(0, 129, 0))] == [60, 60, 10]


@given(st.integers(0, 70), st.integers(1, 70), st.integers(0, 70), st.sampled_from(["level", "load"]))
def test_every_column_and_every_mark_stands_in_one_part(province: int, city: int, vague: int, order: str) -> None:
    whole = made_of(province, city, vague, order)
    parts = parts_of(whole)
    if parts:
        assert tuple(column for part in parts for column in part.columns) == whole.columns
        assert all(0 < len(part.columns) <= SHEET for part in parts)
        assert all(len(part.rows) == len(whole.rows) for part in parts)
    for n, row in enumerate(whole.rows):
        said = [(part.columns[square.column].unit.id, square.role) for part in parts for square in part.rows[n].squares]
        assert not parts or said == [(whole.columns[square.column].unit.id, square.role) for square in row.squares]
