"""A plan in traditional characters is read as one in simplified ones, and quoted as it is written."""

from __future__ import annotations

import pytest

from ingest.language.clean import clean, fold
from ingest.language.lexicon import Lexicon
from ingest.language.tables.script import one_for_one
from ingest.model import Plan
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from ingest.resolution import resolve

PLANS = [
    ("責任單位：省財政廳、省商務廳", {("省財政廳", "responsible"), ("省商務廳", "responsible")}),
    ("牽頭單位：市發展改革委；配合單位：市經信局", {("市發展改革委", "lead"), ("市經信局", "support")}),
    ("（縣農業農村局牽頭，縣衛生健康委配合）", {("縣農業農村局", "lead"), ("縣衛生健康委", "support")}),
    ("由區應急管理局負責，區財政局協助。", {("區應急管理局", "responsible"), ("區財政局", "support")}),
]


def plan_text(statement: str) -> str:
    return f"2024年重點工作責任分解\n\n一、重點任務\n\n1.完善績效評價和激勵約束機制。\n\n{statement}\n"


def read(text: str, lexicon: Lexicon) -> Plan:
    return parse_plan(source_of(text.encode(), "計劃.txt"), lexicon)


@pytest.mark.parametrize(("statement", "expected"), PLANS)
def test_who_is_charged_is_read_and_named_as_written(
    statement: str, expected: set[tuple[str, str]], lexicon: Lexicon
) -> None:
    source = source_of(plan_text(statement).encode(), "計劃.txt")
    plan = parse_plan(source, lexicon)
    said = [assignment for task in plan.tasks for assignment in task.assignments]
    assert {(each.mention.text, each.role) for each in said} == expected
    assert all(each.mention.span.of(source.text) == each.mention.text for each in said)


def test_the_unit_is_the_one_of_the_register(lexicon: Lexicon) -> None:
    written = [read(plan_text(each), lexicon) for each in ("責任單位：省衛健委", "责任单位：省卫健委")]
    (one,), (other,) = (resolve(plan, lexicon).units for plan in written)
    assert (one.name, one.level) == (other.name, other.level)
    assert "省衛健委" in one.names


def test_the_first_unit_leads_but_where_a_lead_is_marked(lexicon: Lexicon) -> None:
    text = (
        "2024年重點工作\n\n1.過緊日子。\n\n責任單位：省財政廳牽頭，省商務廳（除標註爲“牽頭”單位外，列第一位的爲牽頭或彙總單位，下同）\n\n"
        "2.用好專項債券。\n\n責任單位：省財政廳、省科技廳\n"
    )
    plan = read(text, lexicon)
    assert [[(a.mention.text, a.role, a.stated_by is None) for a in task.assignments] for task in plan.tasks] == [
        [("省財政廳", "lead", True), ("省商務廳", "responsible", True)],
        [("省財政廳", "lead", False), ("省科技廳", "responsible", True)],
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("牽頭單位", "牵头单位"),
        ("省文化廣電和旅遊廳", "省文化广电和旅游厅"),
        ("發佈啓動爲衆", "发布启动为众"),
        ("落實顯著成效", "落实显著成效"),
    ],
)
def test_each_character_is_folded_to_one(written: str, plain: str) -> None:
    assert fold(written) == one_for_one(written) == plain


@pytest.mark.parametrize("text", ["乾隆年间瞭望塔", "责任单位：市教育局", "", "ABC 123"])
def test_a_text_in_simplified_characters_stays_as_it_is(text: str) -> None:
    assert one_for_one(text) is text


def test_the_way_back_leads_to_the_characters_written() -> None:
    source = source_of("牽頭  單位：\n省財政廳".encode(), "計劃.txt")
    text = clean(source)
    at = text.folded.index("省财政厅")
    assert text.span(at, at + 4).of(source.text) == "省財政廳"
