"""The whole library in one table: nothing is lost in it, however many lines of work and plans there are."""

from __future__ import annotations

import pytest

from graph.query import PlanRow, UnitCount
from web.maps.overview import MOST_COLUMNS, MOST_ROWS, kind_of_columns, overview_of


def a_plan(n: int, region: str) -> PlanRow:
    return PlanRow(f"p{n}", f"计划{n}", None, None, None, 2020 + n % 4, region, 1, 5, 0, 0, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("plans", "regions", "by"), [(3, 2, "plan"), (40, 40, "plan"), (41, 7, "region"), (90, 60, "year")]
)
def test_columns_are_plans_then_regions_then_years(plans: int, regions: int, by: str) -> None:
    assert kind_of_columns([a_plan(n, f"区{n % regions}") for n in range(plans)]) == by


@pytest.mark.parametrize("lines", [1, 47, 48, 49, 200])
def test_whatever_is_left_out_is_added_up(lines: int) -> None:
    plans = [a_plan(n, "甲区") for n in range(4)]
    counts = [UnitCount(f"u{n}", f"p{n % 4}", n % 3, 1, 2) for n in range(lines)]
    made = overview_of(counts, plans, {f"u{n}": f"条线{n:03}" for n in range(lines)}, frozenset())
    assert len(made.rows) == min(lines, MOST_ROWS)
    assert sum(row.total for row in made.rows) == sum(each.lead + 3 for each in counts)
    assert sum(row.units for row in made.rows) == lines
    for row in made.rows:
        assert len(row.cells) == len(made.columns)


def test_columns_beyond_the_bound_stand_together() -> None:
    plans = [a_plan(n, f"区{n}") for n in range(MOST_COLUMNS + 1)]
    counts = [UnitCount("u", str(1980 + n), 1, 0, 0) for n in range(60)]
    made = overview_of(counts, plans, {"u": "教育"}, frozenset())
    assert len(made.columns) == MOST_COLUMNS
    assert made.columns[-1].rest == 21
    assert made.rows[0].cells[-1].total == 21
    assert made.rows[0].total == 60


def test_collectives_and_units_of_no_register_stand_last_by_name() -> None:
    counts = [UnitCount("各乡镇", "p0", 0, 9, 0), UnitCount("某局", "p0", 0, 8, 0), UnitCount("教育局", "p0", 1, 0, 0)]
    made = overview_of(counts, [a_plan(0, "甲区")], {"教育局": "教育"}, frozenset({"各乡镇"}))
    assert [row.kind for row in made.rows] == ["system", "vague", "unknown"]
