"""Rows of a table that were left out, or for which nobody is named, are told."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Doubt
from ingest.parse import parse_plan
from ingest.readers.read import source_of

HEAD = "宁川市2024年重点任务分解表\n序号\t重点任务\t责任单位\t完成时限\n"


def doubts(rows: str, lexicon: Lexicon) -> list[Doubt]:
    return [
        doubt
        for doubt in parse_plan(source_of(f"{HEAD}{rows}".encode(), "plan.txt"), lexicon).doubts
        if doubt.code in ("numbering-gap", "no-unit")
    ]


def row(number: int | str, unit: str = "市教育局") -> str:
    return f"{number}\t开展第{number}次食堂检查。\t{unit}\t6月底前\n"


@pytest.mark.parametrize(("numbers", "before", "after"), [("1235", "3", "5"), ("1467", "1", "4"), ("1346", "1", "3")])
def test_a_number_that_skips_is_told(numbers: str, before: str, after: str, lexicon: Lexicon) -> None:
    found = doubts("".join(map(row, numbers)), lexicon)
    assert found[0].code == "numbering-gap"
    assert found[0].params == {"before": before, "after": after}


def test_numbers_that_go_on_or_begin_again_are_not_told(lexicon: Lexicon) -> None:
    assert doubts("".join(map(row, "123123")), lexicon) == []


@pytest.mark.parametrize("unit", ["", " ", "　"])
def test_a_numbered_row_that_names_nobody_is_told(unit: str, lexicon: Lexicon) -> None:
    found = doubts(f"{row(1)}{row(2, unit)}{row(3)}{row(4)}", lexicon)
    assert [(doubt.code, doubt.params) for doubt in found] == [("no-unit", {"text": "开展第2次食堂检查。"})]
