"""Days in a column of times, in the forms that sheets bring: 9/30, 20241130, the number that Excel keeps a day as."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import source_of


def due(cell: str, lexicon: Lexicon, head: str = "完成时限") -> list[tuple[str, str | None]]:
    """The words and the day of each deadline that a cell of a column says, in a plan of 2024."""
    rows = (
        f"序号\t重点任务\t责任单位\t{head}",
        f"1\t完成管网改造。\t市水务局\t{cell}",
        "2\t修订预案。\t市应急局\t6月底前",
    )
    text = "松河市2024年重点工作任务分解表\n" + "\n".join(rows) + "\n"
    first = parse_plan(source_of(text.encode(), "plan.txt"), lexicon).tasks[0]
    return [(each.text, each.due) for each in first.deadlines]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12/31", "2024-12-31"), ("9/30", "2024-09-30"), ("06/05", "2024-06-05"), ("9/30前", "2024-09-30"),
        ("20241130", "2024-11-30"), ("20250228", "2025-02-28"), ("20240601", "2024-06-01"),
        ("45657", "2024-12-31"), ("45473", "2024-06-30"), ("46022", "2025-12-31"), ("2024/9/30", "2024-09-30"),
    ],
)  # fmt: skip
def test_a_day_of_a_sheet_is_the_day_that_it_means(cell: str, day: str, lexicon: Lexicon) -> None:
    assert due(cell, lexicon) == [(cell, day)]


@pytest.mark.parametrize("cell", ["完成1/3", "1/2", "12345", "45657万元", "20241330"])
def test_a_fraction_an_amount_and_a_number_are_no_day(cell: str, lexicon: Lexicon) -> None:
    assert [day for _, day in due(cell, lexicon) if day] == (["2024-01-02"] if cell == "1/2" else [])


def test_a_number_outside_a_column_of_times_is_no_day(lexicon: Lexicon) -> None:
    assert due("45657", lexicon, head="备注") == due("12/31", lexicon, head="投资额") == []
