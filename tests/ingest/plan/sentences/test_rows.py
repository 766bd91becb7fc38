"""Duties a unit a line: the lines of a row tell of one another what they are."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from tests.support.factories import a_source


def read(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    plan = parse_plan(a_source(f"松河市禁放工作方案\n\n一、总体安排\n{text}\n"), lexicon)
    return [(a.mention.text, task.text) for task in plan.tasks for a in task.assignments]


@pytest.mark.parametrize("mark", ["{}.", "（{}）", "{}、"])
def test_a_line_without_a_role_word_is_a_duty_where_most_of_its_row_are(mark: str, lexicon: Lexicon) -> None:
    duties = ["市卫生局：负责周边秩序的协调。", "市社会办：指导社区做好整治工作。", "市工商局：负责查处非法广告。"]
    text = "\n".join(mark.format(nth) + duty for nth, duty in enumerate(duties, 1))
    assert read(text, lexicon) == [
        ("市卫生局", "周边秩序的协调。"),
        ("市社会办", "指导社区做好整治工作。"),
        ("市工商局", "查处非法广告。"),
    ]


@pytest.mark.parametrize("above", ["其职责分工为：", "各部门任务如下：", "具体分工："])
def test_a_line_above_says_that_duties_follow(above: str, lexicon: Lexicon) -> None:
    text = f"{above}\n市教委：安排各校开展宣传教育。\n市文旅局：制订宣传方案。"
    assert read(text, lexicon) == [("市教委", "安排各校开展宣传教育。"), ("市文旅局", "制订宣传方案。")]


@pytest.mark.parametrize("name", ["商委", "农林委", "街工办"])
def test_an_unknown_name_is_a_unit_among_known_ones(name: str, lexicon: Lexicon) -> None:
    known = ["市教育局：负责宣传教育。", "市公安局：负责日常检查。"]
    assert (name, "协调供销社掌握供销情况。") in read("\n".join([*known, f"{name}：协调供销社掌握供销情况。"]), lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "商委：协调供销社掌握供销情况。",
        "市教育局：张三、李四。\n市公安局：王五、赵六。\n市水务局：孙七。",
        "时间：9月18日上午。\n地点：市民广场东侧。\n主题：展示自我情牵社区。",
        "市教育局：建校八十年的老单位。\n市公安局：成立于上世纪五十年代。",
    ],
)
def test_a_row_that_is_not_of_duties_charges_nobody(text: str, lexicon: Lexicon) -> None:
    assert read(text, lexicon) == []


def test_lines_above_the_last_heading_of_duties_are_read(lexicon: Lexicon) -> None:
    text = "1.市药监局：负责查处违法收售药品。\n2.市园林局：负责树木管护。\n（二）市民政局（1项）\n1.新建社区食堂8个。"
    assert [unit for unit, _ in read(text, lexicon)] == ["市药监局", "市园林局", "市民政局"]


@pytest.mark.parametrize("name", ["各区县政府（地区管委会）", "市城管局（执法大队）", "市林业局（绿化办）"])
def test_a_name_with_its_bracket_stands_in_front_of_a_numbered_duty(name: str, lexicon: Lexicon) -> None:
    text = f"1.市药监局：负责查处违法收售药品。\n2.{name}：负责落实属地管理。\n3.市园林局：负责树木管护。"
    assert (name, "落实属地管理。") in read(text, lexicon)
