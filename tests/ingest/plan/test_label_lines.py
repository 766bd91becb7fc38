"""Lines of labels below an item: with a gap for a colon, beside notes, with persons."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Task
from ingest.parse import parse_plan
from ingest.readers.read import source_of

HEAD = "宁川市2024年重点工作要点\n宁川市人民政府办公室\n2024年3月1日\n一、法治\n（一）建设法律服务站。\n"


def read(lines: str, lexicon: Lexicon) -> Plan:
    return parse_plan(source_of(f"{HEAD}{lines}\n".encode(), "plan.txt"), lexicon)


def who(task: Task) -> list[tuple[str, str]]:
    return [(each.mention.text, each.role) for each in task.assignments]


@pytest.mark.parametrize(
    ("lines", "units", "people"),
    [
        ("责任领导 赵敏  责任单位 市司法局  完成时限 6月底前", [("市司法局", "responsible")], ["赵敏"]),
        ("责任单位 市司法局  责任人 赵敏", [("市司法局", "responsible")], ["赵敏"]),
        ("牵头单位 研究生院 人事处\n分管领导 刘伟", [("研究生院", "lead"), ("人事处", "lead")], ["刘伟"]),
        ("包联领导 孙涛副市长  牵头单位 市国资委  配合单位 市审计局", [("市国资委", "lead"), ("市审计局", "support")],
         ["孙涛"]),
        ("分管院领导：刘伟副院长\n责任单位：科研处", [("科研处", "responsible")], ["刘伟"]),
    ],
)  # fmt: skip
def test_labels_without_a_colon_stand_in_pairs(
    lines: str, units: list[tuple[str, str]], people: list[str], lexicon: Lexicon
) -> None:
    (task,) = read(lines, lexicon).tasks
    assert task.text == "建设法律服务站"
    assert who(task) == units
    assert [each.name for each in task.people] == people


@pytest.mark.parametrize(
    "lines",
    [
        "责任单位：市司法局\n备注：所需资金由市级安排",
        "责任单位：市司法局\n资金来源：中央预算内投资",
        "注：与调解中心一并建设\n责任单位：市司法局",
    ],
)
def test_a_note_beside_them_is_not_the_work(lines: str, lexicon: Lexicon) -> None:
    (task,) = read(lines, lexicon).tasks
    assert (task.text, who(task)) == ("建设法律服务站", [("市司法局", "responsible")])


@pytest.mark.parametrize("joint", ["和", "以及", "及"])
def test_names_on_the_lines_below_may_be_joined(joint: str, lexicon: Lexicon) -> None:
    (task,) = read(f"责任单位：市司法局\n市公安局{joint}各县（市、区）人民政府", lexicon).tasks
    assert [name for name, _ in who(task)] == ["市司法局", "市公安局", "各县（市、区）人民政府"]


@pytest.mark.parametrize(
    "said",
    [
        "（责任单位：**市司法局**、市公安局，加粗的为牵头单位）",
        "（责任单位：★市司法局、市公安局，标★的为牵头单位）",
        "（市司法局总牵头并汇总，市公安局按职责分工负责）",
        "（主抓单位：市司法局；责任单位：市公安局）",
    ],
)
def test_who_leads_is_said_in_other_words(said: str, lexicon: Lexicon) -> None:
    (task,) = read(said, lexicon).tasks
    assert who(task) == [("市司法局", "lead"), ("市公安局", "responsible")]


@pytest.mark.parametrize("body", ["农业银行宁川分行", "中国石化宁川营业部", "北方航标局", "红石矿业"])
def test_a_body_without_its_level_is_read_or_told(body: str, lexicon: Lexicon) -> None:
    plan = read(f"（二）部门分工\n市司法局：负责矫正。\n{body}：负责安排人员值守。", lexicon)
    named = [name for task in plan.tasks for name, _ in who(task)]
    assert body in named or [doubt for doubt in plan.doubts if doubt.code == "unread"]


@pytest.mark.parametrize(
    ("names", "units"),
    [
        ("研究生院 人事处 纪委办 公室", ["研究生院", "人事处", "纪委办公室"]),
        ("校长办 公室 教务处", ["校长办公室", "教务处"]),
        ("市水务局 市防汛指 挥部", ["市水务局", "市防汛指挥部"]),
        ("市城管局 市环卫中 心", ["市城管局", "市环卫中心"]),
    ],
)
def test_a_blank_inside_a_word_parts_no_unit(names: str, units: list[str], lexicon: Lexicon) -> None:
    (task,) = read(f"责任单位：{names}", lexicon).tasks
    assert [name for name, _ in who(task)] == units


@pytest.mark.parametrize(
    "line",
    [
        "责任人：李明 联系电话：0371-12345678",
        "责任人：李明　电话：13800000000",
        "责任领导：李明 联系人：赵敏 联系电话：0371-12345678",
    ],
)
def test_whom_to_ring_up_is_no_part_of_who_is_charged(line: str, lexicon: Lexicon) -> None:
    (task,) = read(line, lexicon).tasks
    assert [each.name for each in task.people] == ["李明"]
    assert not task.assignments


DAYS = {"2024.9.15": "2024-09-15", "2024/12/20": "2024-12-20", "2024-6-30": "2024-06-30", "2024年9月15日": "2024-09-15"}


@pytest.mark.parametrize("said", DAYS)
@pytest.mark.parametrize(
    "line",
    [
        "1.拆除厂房。完成时限：{}；责任单位：市司法局。",
        "1.拆除厂房。完成时间：{}，责任单位：市司法局",
        "1.拆除厂房。\n完成时间：{}；责任单位：市司法局。",
        "1.拆除厂房。\n办结时限：{}。责任领导：李明；责任单位：市司法局。",
        "1.拆除厂房。整改时限：{}。（责任单位：市司法局）",
        "1.拆除厂房。完成时限：{}（市司法局牵头）",
    ],
)
def test_a_time_field_in_front_of_who_is_charged_is_a_deadline(line: str, said: str, lexicon: Lexicon) -> None:
    plan = read(line.format(said), lexicon)
    (task,) = plan.tasks
    assert task.text.rstrip("。") == "拆除厂房"
    assert [name for name, _ in who(task)] == ["市司法局"]
    assert [(each.text, each.due) for each in task.deadlines] == [(said, DAYS[said])]
    assert not plan.coverage.unread


@pytest.mark.parametrize("said", DAYS)
@pytest.mark.parametrize(
    "line",
    [
        "1.拆除厂房。（市司法局）完成时限：{}。",
        "1.拆除厂房。完成时限：{}；加强管理。责任单位：市司法局",
        "1.拆除厂房（完成时限：{}）。责任单位：市司法局。",
        "1.拆除厂房，整改期限：{}，逐户建立台账。（市司法局牵头）",
    ],
)
def test_a_time_field_among_other_words_is_a_deadline(line: str, said: str, lexicon: Lexicon) -> None:
    (task,) = read(line.format(said), lexicon).tasks
    assert [(each.text, each.due) for each in task.deadlines] == [(said, DAYS[said])]


@pytest.mark.parametrize("who_leads", ["陈平 副区长", "陈 平 副区长", "副区长 陈平", "区委常委、副区长 陈平"])
def test_a_name_and_an_office_that_a_blank_parts_are_one_person(who_leads: str, lexicon: Lexicon) -> None:
    (task,) = read(f"责任领导：{who_leads}\n责任单位：市司法局", lexicon).tasks
    assert [each.name.replace(" ", "") for each in task.people] == ["陈平"]
