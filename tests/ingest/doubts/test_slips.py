"""A bracket that nobody closed swallows nothing and is told; so is a task that stands in a plan twice."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan
from ingest.parse import parse_plan
from ingest.readers.read import source_of

HEAD = "宁川市2024年重点工作要点\n宁川市人民政府办公室\n2024年3月1日\n一、重点任务\n"
BEHIND = "\n（二）检查。开展学校检查。（市公安局牵头，市教育局配合）\n（三）培训。举办培训班。（市司法局负责）\n"


def read(body: str, lexicon: Lexicon) -> Plan:
    return parse_plan(source_of((HEAD + body).encode(), "plan.txt"), lexicon)


def codes(plan: Plan) -> list[str]:
    return [doubt.code for doubt in plan.doubts if doubt.code in ("unclosed-bracket", "task-twice")]


@pytest.mark.parametrize(
    "item",
    [
        "（一）改造。推进改造（含老旧小区。改造管网35公里。（市水务局负责）",
        "（一）改造。改造管网〔含供水。新建公厕2座。（市水务局负责）",
        "（一）改造。推进改造（分两期，每期一年，\n改造管网35公里。（市水务局负责）",
        "（一）改造。推进改造【含老旧小区，改造管网35公里。（市水务局负责）",
    ],
)
def test_text_behind_a_bracket_that_is_not_closed_is_read_and_the_bracket_told(item: str, lexicon: Lexicon) -> None:
    plan = read(item + BEHIND, lexicon)
    assert [[a.mention.text for a in task.assignments] for task in plan.tasks] == [
        ["市水务局"],
        ["市公安局", "市教育局"],
        ["市司法局"],
    ]
    assert codes(plan) == ["unclosed-bracket"]


@pytest.mark.parametrize(
    "statement",
    ["（市水务局牵头，市财政局配合", "【牵头单位：市水务局；配合单位：市财政局", "〔市水务局牵头，市财政局协助。"],
)
def test_a_statement_that_is_not_closed_ends_with_its_line(statement: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）改造。改造管网35公里。{statement}{BEHIND}", lexicon)
    assert len(plan.tasks) == 3
    assert [(a.mention.text, a.role) for a in plan.tasks[0].assignments] == [
        ("市水务局", "lead"),
        ("市财政局", "support"),
    ]
    assert codes(plan) == ["unclosed-bracket"]


def test_words_in_a_bracket_that_is_not_closed_are_no_units(lexicon: Lexicon) -> None:
    plan = read(f"（一）改造。开展检查（每季度一次，覆盖全部学校。\n整改问题。（市水务局负责）{BEHIND}", lexicon)
    assert [a.mention.text for a in plan.tasks[0].assignments] == ["市水务局"]
    assert plan.tasks[0].text.endswith("整改问题。")


@pytest.mark.parametrize(
    "item",
    [
        "（一）改造。改造管网35公里。（市水务局牵头，市财政局、\n市林业局配合）",
        "（一）改造。改造管网35公里。（1.市水务局；\n2.市财政局；\n3.市林业局）",
        "（一）改造。改造管网（含支管网（老城区）。35公里）。（市水务局、市财政局、市林业局负责）",
    ],
)
def test_a_bracket_that_a_later_line_closes_is_one(item: str, lexicon: Lexicon) -> None:
    plan = read(item + BEHIND, lexicon)
    assert len(plan.tasks[0].assignments) == 3
    assert codes(plan) == []


def test_a_title_that_is_not_closed_leaves_the_next_item_its_own(lexicon: Lexicon) -> None:
    plan = read(f"（一）落实《监督办法要求，开展监督。12月底前完成。（市水务局负责）{BEHIND}", lexicon)
    assert [task.section for task in plan.tasks] == ["（一）", "（二）", "（三）"]
    assert "unclosed-title" in [doubt.code for doubt in plan.doubts]


@pytest.mark.parametrize("again", ["（市公安局负责）", "（市水务局负责）", "（市水务局牵头，市公安局配合）"])
def test_a_task_with_the_words_of_an_earlier_one_is_told_and_both_are_kept(again: str, lexicon: Lexicon) -> None:
    body = f"（一）改造。改造老旧管网35公里。（市水务局负责）\n（二）提升。改造老旧管网35公里。{again}\n"
    plan = read(body, lexicon)
    assert len(plan.tasks) == 2
    assert codes(plan) == ["task-twice"]


def test_tasks_that_differ_in_a_figure_are_two(lexicon: Lexicon) -> None:
    body = "（一）改造。改造老旧管网35公里。（市水务局负责）\n（二）提升。改造老旧管网45公里。（市水务局负责）\n"
    assert codes(read(body, lexicon)) == []
