"""Responsibility in running text: one task a clause, and nothing where nobody is charged with a piece of work."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Task
from ingest.parse import parse_plan
from tests.support.factories import a_source

HEAD = "松河市2024年重点工作方案\n\n一、重点工作\n（一）水务工作\n"


def read(text: str, lexicon: Lexicon) -> Plan:
    return parse_plan(a_source(f"{HEAD}{text}\n"), lexicon)


def who(task: Task) -> list[tuple[str, str]]:
    return [(each.mention.text, each.role) for each in task.assignments]


@pytest.mark.parametrize(
    ("text", "words", "units"),
    [
        (
            "由市水务局牵头，市财政局配合，9月底前建成泵站3座。",
            "9月底前建成泵站3座",
            [("市水务局", "lead"), ("市财政局", "support")],
        ),
        (
            "管网改造由市水务局会同市住建局等部门落实。",
            "管网改造由市水务局会同市住建局等部门落实",
            [("市水务局", "lead"), ("市住建局", "support")],
        ),
        (
            "由市教育局牵头，会同市卫生健康委开展校园食品安全检查。",
            "开展校园食品安全检查",
            [("市教育局", "lead"), ("市卫生健康委", "support")],
        ),
        (
            "整治占道经营，市城管局为牵头单位，市公安局为配合单位。",
            "整治占道经营，市城管局为牵头单位，市公安局为配合单位",
            [("市城管局", "lead"), ("市公安局", "support")],
        ),
        ("由水务、财政等部门负责清理河道。", "清理河道", [("水务", "responsible"), ("财政", "responsible")]),
    ],
)
def test_a_clause_is_a_task_without_the_names_in_front(
    text: str, words: str, units: list[tuple[str, str]], lexicon: Lexicon
) -> None:
    (task,) = read(text, lexicon).tasks
    assert (task.text, who(task), task.form) == (words, units, "sentence")


@pytest.mark.parametrize(
    "text",
    [
        "市水务局负责管网改造，市城管局负责道路恢复。",
        "市水务局负责管网改造；市城管局负责道路恢复。",
        "管网改造由市水务局负责，道路恢复由市城管局负责。",
        "市水务局负责管网改造。市城管局负责道路恢复。",
    ],
)
def test_each_unit_with_work_of_its_own_has_a_task(text: str, lexicon: Lexicon) -> None:
    first, second = read(text, lexicon).tasks
    assert ("管网改造" in first.text, "道路恢复" in second.text) == (True, True)
    assert who(first) + who(second) == [("市水务局", "responsible"), ("市城管局", "responsible")]


@pytest.mark.parametrize("said", ["此项工作由市水务局负责", "由市水务局负责", "该项任务由市水务局具体落实"])
def test_a_sentence_that_says_only_who_governs_what_stands_before_it(said: str, lexicon: Lexicon) -> None:
    (task,) = read(f"改造老旧管网20公里。{said}。", lexicon).tasks
    assert (task.text, who(task)) == ("改造老旧管网20公里。", [("市水务局", "responsible")])


def test_works_above_are_all_points_of_the_section(lexicon: Lexicon) -> None:
    (task,) = read("1.改造管网30公里。\n2.新建泵站2座。\n以上工作由市水务局牵头。", lexicon).tasks
    assert ("改造管网" in task.text, "新建泵站" in task.text, who(task)) == (True, True, [("市水务局", "lead")])


@pytest.mark.parametrize(
    "text",
    [
        "成立由市水务局牵头、市财政局参加的工作专班。",
        "去年由市水务局牵头完成了管网改造。",
        "市水务局负责人要亲自部署。",
        "形成党委领导、政府负责、部门协同的工作格局。",
        "本方案由市水务局负责解释。",
        "各部门要高度重视，加强组织领导。",
        "市水务局牵头编制的规划已印发。",
    ],
)
def test_what_charges_nobody_is_no_task(text: str, lexicon: Lexicon) -> None:
    assert read(text, lexicon).tasks == ()


def test_sentences_that_a_bracket_governs_add_nothing(lexicon: Lexicon) -> None:
    text = "由市水务局牵头，市财政局配合，建成泵站3座。（市水务局牵头，市财政局配合）"
    (task,) = read(text, lexicon).tasks
    assert (task.form, len(task.assignments)) == ("bracket", 2)


@pytest.mark.parametrize("text", ["由北部片区牵头，年底前完成管网改造。", "由水务系统负责清理河道。"])
def test_what_looks_like_a_charge_and_is_not_read_is_told(text: str, lexicon: Lexicon) -> None:
    plan = read(text, lexicon)
    assert [doubt.code for doubt in plan.doubts if doubt.code == "unread"] == ["unread"]


@pytest.mark.parametrize(
    ("text", "people", "units"),
    [
        ("由王大明副市长牵头，市水务局配合，年底前完成管网改造。", ["王大明"], ["市水务局"]),
        (
            "副市长王大明牵头，市水务局局长李明、市财政局周静处长负责管网改造。",
            ["王大明", "李明", "周静"],
            ["市水务局", "市财政局"],
        ),
        ("管网改造由县委副书记、县长孙国平包案，县水务局负责。", ["孙国平"], ["县水务局"]),
        ("李建国同志负责管网改造，市水务局配合。", ["李建国"], ["市水务局"]),
        ("由王副市长牵头，市水务局配合，年底前完成管网改造。", ["王副市长"], ["市水务局"]),
        ("张副市长牵头，市交通局负责，年底前完成道路修建。", ["张副市长"], ["市交通局"]),
        ("由陈市长担任总指挥，市应急局负责抢险救灾工作。", ["陈市长"], ["市应急局"]),
        ("由市委常委、常务副市长牵头，市发改委具体落实项目建设。", ["常务副市长"], ["市发改委"]),
        ("（十二）由区长牵头，区发改委具体落实项目建设。", ["区长"], ["区发改委"]),
        (
            "成立专班，由县长任组长，分管副县长任副组长，县发改局、县财政局为成员单位。",
            ["县长", "分管副县长"],
            ["县发改局", "县财政局"],
        ),
    ],
)
def test_persons_in_a_sentence_are_people_apart_from_units(
    text: str, people: list[str], units: list[str], lexicon: Lexicon
) -> None:
    (task,) = read(text, lexicon).tasks
    assert [person.name for person in task.people] == people
    assert [each.mention.text for each in task.assignments] == units


@pytest.mark.parametrize(
    "said", ["街道党工委副书记约谈社区书记。", "会议由王市长主持。", "完善班主任负责制，推行院长负责制。"]
)
def test_what_holders_of_an_office_do_besides_is_no_task(said: str, lexicon: Lexicon) -> None:
    assert not read(said, lexicon).tasks


@pytest.mark.parametrize(
    "said",
    [
        "近三年来，市水务局会同市财政局整治河道12条。",
        "过去两年，市公安局牵头查处案件30起。",
        "宁川体育馆由省设计院设计，2019年建成开放。",
        "本办法所称应急水源，是指由市水务局负责启用的水源。",
    ],
)
def test_what_was_done_or_is_defined_charges_nobody(said: str, lexicon: Lexicon) -> None:
    assert not read(said, lexicon).tasks
