"""One assignment for many items charges each of them, and is told where it charges none."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan
from ingest.parse import parse_plan
from ingest.readers.read import source_of

HEAD = "宁川市2024年重点工作要点\n宁川市人民政府办公室\n2024年3月1日\n"
ITEMS = "（一）改造管网。改造老旧管网12公里。\n（二）新建泵站。新建泵站2座，6月底前完成。\n"
OTHER = "二、其他\n（一）检查。开展检查。（市教育局负责）\n"
LEAD, CHARGED = [("市水务局", "lead")], [("市水务局", "responsible")]


def read(body: str, lexicon: Lexicon) -> Plan:
    return parse_plan(source_of((HEAD + body).encode(), "plan.txt"), lexicon)


def who(plan: Plan) -> list[list[tuple[str, str]]]:
    return [[(each.mention.text, each.role) for each in task.assignments] for task in plan.tasks]


@pytest.mark.parametrize(
    ("before", "charged"),
    [
        ("一、供水\n以下各项均由市水务局负责。\n", CHARGED),
        ("一、供水\n以下均需市水务局落实，不再列出。\n", CHARGED),
        ("一、供水\n下列任务除注明外，均由市水务局牵头负责。\n", LEAD),
        ("一、供水（以下任务均由市水务局牵头，不再逐一列出）\n", LEAD),
        ("一、供水〔本部分各项任务均由市水务局牵头〕\n", LEAD),
    ],
)
def test_each_item_behind_it_is_charged(before: str, charged: list[tuple[str, str]], lexicon: Lexicon) -> None:
    plan = read(before + ITEMS + OTHER, lexicon)
    assert who(plan) == [charged, charged, [("市教育局", "responsible")]]
    assert [task.text for task in plan.tasks] == ["改造老旧管网12公里。", "新建泵站2座，6月底前完成。", "开展检查。"]
    assert [task.deadlines[0].due for task in plan.tasks[1:2]] == ["2024-06-30"]
    assert len({each.statement for task in plan.tasks[:2] for each in task.assignments}) == 1


@pytest.mark.parametrize(
    "behind", ["本部分各项任务均由市水务局牵头，不再逐一列出。\n", "（本部分任务均由市水务局牵头，不再列出）\n"]
)
def test_a_part_is_charged_from_its_end(behind: str, lexicon: Lexicon) -> None:
    assert who(read(f"一、供水\n{ITEMS}{behind}{OTHER}", lexicon))[:2] == [LEAD, LEAD]


@pytest.mark.parametrize("rest", ["其余由市水务局负责。", "其余任务均由市水务局负责。", "其他各项工作由市水务局负责。"])
def test_the_rest_are_the_items_that_name_nobody(rest: str, lexicon: Lexicon) -> None:
    named = "（三）清淤。清淤河道3公里。（市城管局负责）\n"
    assert who(read(f"一、供水\n{ITEMS}{named}{rest}\n{OTHER}", lexicon))[:3] == [
        CHARGED,
        CHARGED,
        [("市城管局", "responsible")],
    ]


def test_an_item_keeps_who_it_names_and_who_supports_is_led(lexicon: Lexicon) -> None:
    items = "（一）清淤。清淤河道3公里。（市城管局负责）\n（二）巡查。巡查河道。（市林业局配合）\n"
    plan = read(f"一、供水\n以下各项均由市水务局牵头。\n{items}", lexicon)
    assert who(plan) == [[("市城管局", "responsible")], [("市林业局", "support"), *LEAD]]


@pytest.mark.parametrize("rest", ["其余任务由市水务局负责。", "以下各项均由市水务局负责。", "本部分均由市水务局负责。"])
def test_one_that_charges_no_item_is_told(rest: str, lexicon: Lexicon) -> None:
    source = source_of(
        f"{HEAD}一、供水\n{rest}\n（一）清淤。清淤河道3公里。（市城管局负责）\n（二）巡查。巡查河道。（市城管局负责）\n".encode(),
        "plan.txt",
    )
    plan = parse_plan(source, lexicon)
    assert [rest.rstrip("。")] == [span.of(source.text) for span in plan.coverage.unread]


@pytest.mark.parametrize("words", ["以下简称办法。", "以下情况除外。", "其他由此产生的费用自理。"])
def test_words_that_charge_nobody_are_left_alone(words: str, lexicon: Lexicon) -> None:
    plan = read(f"一、供水\n{words}\n{ITEMS}{OTHER}", lexicon)
    assert who(plan) == [[("市教育局", "responsible")]]


THREE = "1.改造村卫生室。\n2.配齐急救设备。\n3.培训全科医生。\n"
FINANCE = "（市财政局负责）\n"


@pytest.mark.parametrize("before", ["以下3项任务均由", "下列三项工作由", "以下三条措施均由"])
def test_counted_items_behind_it_are_charged(before: str, lexicon: Lexicon) -> None:
    assert who(read(f"一、卫生\n{before}市水务局负责。\n{THREE}", lexicon)) == [CHARGED] * 3


def test_no_more_items_are_charged_than_are_counted(lexicon: Lexicon) -> None:
    plan = read(f"一、卫生\n以下两项任务均由市水务局负责。\n{THREE.rstrip()}{FINANCE}", lexicon)
    assert who(plan) == [CHARGED, CHARGED, [("市财政局", "responsible")]]


@pytest.mark.parametrize(("behind", "charged"), [("以上三项由", 3), ("上述3项任务均由", 3), ("以上两项工作由", 2)])
def test_counted_items_above_it_are_charged(behind: str, charged: int, lexicon: Lexicon) -> None:
    plan = read(f"一、卫生\n{THREE}{behind}市水务局负责。\n", lexicon)
    assert who(plan) == [CHARGED] * charged
    assert plan.tasks[-1].text == "培训全科医生"


@pytest.mark.parametrize(
    ("above", "same", "charged"),
    [
        ("责任单位：市水务局", "责任单位：同上", CHARGED),
        ("责任单位：市水务局", "（责任单位与上一项相同）", CHARGED),
        ("（市水务局牵头，市财政局配合）", "（牵头单位、配合单位同上）", [*LEAD, ("市财政局", "support")]),
        ("（市水务局牵头，市财政局配合）", "（牵头单位同上）", LEAD),
        (
            "牵头单位：市水务局\n配合单位：市财政局",
            "牵头单位：市教育局\n配合单位：同上",
            [("市教育局", "lead"), ("市财政局", "support")],
        ),
    ],
)
def test_an_item_may_say_that_it_is_whose_the_one_above_is(
    above: str, same: str, charged: list[tuple[str, str]], lexicon: Lexicon
) -> None:
    plan = read(f"一、供水\n1.改造村镇水厂。\n{above}\n2.更换老旧水表。\n{same}\n", lexicon)
    assert who(plan)[1] == charged
    assert len(plan.tasks) == 2
    assert not [doubt for doubt in plan.doubts if doubt.code == "unread"]


def test_what_says_as_above_under_nobody_is_told(lexicon: Lexicon) -> None:
    plan = read("一、供水\n1.改造村镇水厂。（责任单位同上）\n", lexicon)
    assert not plan.tasks
    assert plan.doubts
