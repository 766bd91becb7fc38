"""Brackets of a search, in one another and of either width; those of names are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.catalog import Catalog
from search.query.grouping import grouped
from tests.search.query.test_parse import parsed
from tests.support.factories import a_plan, a_task
from tests.support.search_library import Where, a_catalog
from tests.support.search_places import Sharing


@pytest.fixture
def catalog(sharing: Sharing) -> Catalog:
    return sharing(some_words)


def some_words(where: Where) -> Catalog:
    said = ("食品抽检", "食品检查", "食品宣传", "药品抽检", "药品检查", "药品宣传")
    return a_catalog(
        where,
        a_plan(
            *(a_task(f"{each}工作", lead=["发改委（商务局）"] if each == "药品宣传" else ["教育局"]) for each in said)
        ),
    )


def found(catalog: Catalog, text: str) -> list[str]:
    return sorted(hit.entry.text[:4] for hit in catalog.look(text, limit=50).hits if hit.entry.kind == "task")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("食品 AND (抽检 OR 检查)", ["食品抽检", "食品检查"]),
        ("食品 (抽检 | 检查)", ["食品抽检", "食品检查"]),
        ("（抽检 OR 检查） AND 药品", ["药品抽检", "药品检查"]),
        ("(食品 AND 抽检) OR (药品 AND 宣传)", ["药品宣传", "食品抽检"]),
        ("(食品 抽检) OR (药品 宣传)", ["药品宣传", "食品抽检"]),
        ("食品 NOT (抽检 OR 检查)", ["食品宣传"]),
        ("药品 -(抽检 OR 检查)", ["药品宣传"]),
        ("(食品 AND (抽检 OR (检查 OR 宣传))) NOT 宣传", ["食品抽检", "食品检查"]),
        ("药品 AND (牵头:发改委 OR 抽检)", ["药品宣传", "药品抽检"]),
    ],
)
def test_what_stands_in_brackets_holds_together(catalog: Catalog, text: str, meant: list[str]) -> None:
    assert found(catalog, text) == sorted(meant)


@pytest.mark.parametrize("text", ["发改委（商务局）", "食品（抽检）", "（一）食品", "(食品 抽检)"])
def test_without_an_operator_a_bracket_is_part_of_the_words(text: str) -> None:
    assert grouped(text) == (text, ())


@pytest.mark.parametrize("text", ["发改委（商务局） OR 食品", "食品(抽检) OR 药品", "统战部（民宗局） NOT 食品"])
def test_a_bracket_inside_a_word_is_part_of_it(text: str) -> None:
    assert grouped(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("食品 AND (抽检", "食品 AND 抽检"),
        ("食品) AND 抽检", "食品 AND 抽检"),
        ("() OR 食品", "食品"),
        ("(((((((食品 OR 药品)))))))", "食品 OR 药品"),
    ],
)
def test_brackets_that_group_nothing_are_no_words(catalog: Catalog, text: str, same: str) -> None:
    assert found(catalog, text) == found(catalog, same) != []


@given(st.text(alphabet='食品药检()（） |-"ORAND\x00', max_size=60))
def test_any_brackets_can_be_typed(text: str) -> None:
    parsed(text)
