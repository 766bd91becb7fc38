"""Headings of a Word file that a style marks and no number: sections of the plan, at the level that they have in it."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import load_lexicon
from ingest.model import Plan
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from tests.conftest import LEXICON
from tests.support.docx_writer import docx, p

SHIPPED = load_lexicon(LEXICON)


def style(key: str, inside: str, name: str = "") -> str:
    named = f'<w:name w:val="{name}"/>' if name else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}">{named}{inside}</w:style>'


STYLES = "".join(
    (
        style("1", "", "heading 1"),
        style("a2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', "节标题"),
        style("a3", '<w:basedOn w:val="a2"/>', "节标题 加粗"),
        style("4", "", "Heading 3"),
    )
)


def styled(text: str, key: str) -> str:
    return p(text, properties=f'<w:pStyle w:val="{key}"/>')


def level(text: str, outline: int) -> str:
    return p(text, properties=f'<w:outlineLvl w:val="{outline}"/>')


def read(*paragraphs: str) -> Plan:
    title = p("松河市2024年重点工作任务分解方案")
    return parse_plan(source_of(docx(title + "".join(paragraphs), {"styles": STYLES}), "plan.docx"), SHIPPED)


def outline(plan: Plan) -> list[tuple[str, str, int]]:
    return [(section.number, section.title, section.level) for section in plan.sections]


WATER = p("改造老旧管网35公里。（市水务局牵头，市住建局配合）")
PATROL = p("组织开展巡查。（市应急局负责）")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (styled("推进管网改造", "a2"), styled("加强巡查", "a2")),
        (styled("推进管网改造", "a3"), styled("加强巡查", "a3")),
        (level("推进管网改造", 1), level("加强巡查", 1)),
    ],
)
def test_headings_without_numbers_are_sections_below_a_numbered_one(one: str, two: str) -> None:
    plan = read(styled("一、重点任务", "1"), one, WATER, two, PATROL)
    assert outline(plan) == [("一", "重点任务", 1), ("", "推进管网改造", 2), ("", "加强巡查", 2)]
    assert [task.text for task in plan.tasks] == ["改造老旧管网35公里。", "组织开展巡查。"]
    assert [task.section_id for task in plan.tasks] == [section.id for section in plan.sections[1:]]


def test_a_plan_whose_headings_have_no_numbers_at_all_has_their_levels() -> None:
    plan = read(
        styled("城市建设", "1"), styled("管网", "a2"), WATER, styled("安全生产", "1"), styled("巡查", "4"), PATROL
    )
    assert outline(plan) == [("", "城市建设", 1), ("", "管网", 2), ("", "安全生产", 1), ("", "巡查", 3)]
    assert [section.parent for section in plan.sections] == [None, plan.sections[0].id, None, plan.sections[2].id]


def test_a_style_whose_headings_are_numbered_gives_their_level() -> None:
    plan = read(styled("一、重点任务", "a2"), styled("（一）管网", "4"), WATER, styled("巡查", "4"), PATROL)
    assert outline(plan) == [("一", "重点任务", 1), ("（一）", "管网", 2), ("", "巡查", 2)]


def test_a_style_above_the_first_numbers_is_for_titles_and_makes_no_section() -> None:
    plan = read(styled("工作任务分解", "1"), styled("一、重点任务", "a2"), WATER)
    assert outline(plan) == [("一", "重点任务", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "组织开展巡查，及时处置险情，做好值班值守。（市应急局负责）",
        "各县区、各部门要加强组织领导，明确责任分工，细化工作措施，健全协调机制，确保各项任务落到实处",
        "牵头单位：市应急局",
    ],
)
def test_text_in_a_style_for_headings_is_text(text: str) -> None:
    titles = [title for _, title, _ in outline(read(styled("一、重点任务", "1"), WATER, styled(text, "a2")))]
    assert text not in titles


def test_an_outline_level_for_body_text_is_none() -> None:
    plan = read(
        styled("一、重点任务", "1"),
        p("推进管网改造", properties='<w:pStyle w:val="a2"/><w:outlineLvl w:val="9"/>'),
        WATER,
    )
    assert outline(plan) == [("一", "重点任务", 1)]
