"""Duties listed by unit: a task a numbered point or sentence, the unit on each."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Task
from ingest.parse import parse_plan
from tests.support.factories import a_source

HEAD = "松河市2024年任务分工方案\n\n一、任务分工\n"


def read(text: str, lexicon: Lexicon) -> tuple[Task, ...]:
    return parse_plan(a_source(f"{HEAD}{text}\n"), lexicon).tasks


def said(task: Task) -> tuple[str, str, str]:
    (assignment,) = task.assignments
    return task.text, assignment.mention.text, assignment.role


@pytest.mark.parametrize(
    "text",
    [
        "市水务局：负责管网改造。\n市财政局：负责资金保障。",
        "市水务局：负责管网改造。市财政局：负责资金保障。",
        "1.市水务局。负责管网改造。\n2.市财政局。负责资金保障。",
        "（一）市水务局\n管网改造。\n（二）市财政局\n资金保障。",
        "市水务局：\n1.负责管网改造。\n市财政局：\n1.负责资金保障。",
    ],
)
def test_each_unit_has_what_stands_behind_its_name(text: str, lexicon: Lexicon) -> None:
    first, second = read(text, lexicon)
    assert said(first) == ("管网改造。", "市水务局", "responsible")
    assert said(second) == ("资金保障。", "市财政局", "responsible")
    assert {first.form, second.form} == {"duties"}


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("市民政局牵头任务（2项）", "lead"),
        ("市民政局配合任务（2项）", "support"),
        ("市民政局负责的任务", "responsible"),
        ("市民政局（2项）", "responsible"),
    ],
)
def test_a_heading_gives_its_unit_and_role_to_the_points_below(heading: str, role: str, lexicon: Lexicon) -> None:
    tasks = read(f"（一）{heading}\n1.新建社区食堂8个。\n2.改造敬老院3所。", lexicon)
    assert [said(task) for task in tasks] == [
        ("新建社区食堂8个。", "市民政局", role),
        ("改造敬老院3所。", "市民政局", role),
    ]


def test_a_duty_says_its_role_itself(lexicon: Lexicon) -> None:
    tasks = read("市文旅局：牵头编制旅游规划；配合做好文物普查。", lexicon)
    assert [said(task) for task in tasks] == [
        ("编制旅游规划", "市文旅局", "lead"),
        ("文物普查。", "市文旅局", "support"),
    ]


@pytest.mark.parametrize("text", ["市水务局：张大海\n市财政局：李明", "抄送：市水务局。", "市水务局：你局来文收悉"])
def test_what_stands_behind_a_name_and_is_no_work_is_no_duty(text: str, lexicon: Lexicon) -> None:
    assert read(text, lexicon) == ()
