"""Heads of columns are an open class: their words say what they ask for, and the cells below whether they hold it."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Task
from tests.support.task_tables import plan_of, who

WORK = ("更换老旧供水管网，降低漏损率。", "组织开展山洪灾害隐患巡查。")
UNITS = ("市水务局、市财政局", "市应急局")


def tasks(heads: tuple[str, ...], columns: list[tuple[str, str]], lexicon: Lexicon) -> tuple[Task, ...]:
    rows = [(str(nth + 1), WORK[nth], *(cells[nth] for cells in columns)) for nth in range(2)]
    return plan_of(lexicon, [("序号", "工作任务", *heads), *rows]).tasks


@pytest.mark.parametrize(
    ("role", "heads"),
    [
        ("lead", ["总牵头单位", "牵头市直部门", "具体牵头单位", "主牵头单位", "首要责任单位", "主办科室"]),
        ("support", ["联办单位", "会办单位", "协同配合单位", "参加单位", "协作部门", "共同配合单位"]),
        (
            "responsible",
            [
                "建议责任单位（省级部门）", "市直责任单位", "整改责任单位", "责任股室", "包保单位", "行业主管部门",
                "属地乡镇", "责任县区", "挂钩单位", "业主单位", "归口管理部门", "由哪个部门负责",
            ],
        ),
    ],
)  # fmt: skip
def test_a_head_gives_its_role_where_units_stand_below(role: str, heads: list[str], lexicon: Lexicon) -> None:
    for head in heads:
        found = tasks((head,), [UNITS], lexicon)
        assert [who(task) for task in found] == [
            [(role, "市水务局"), (role, "市财政局")],
            [(role, "市应急局")],
        ], head


@pytest.mark.parametrize(
    "head",
    [
        "截止日期",
        "办结日期",
        "起止时间",
        "拟投入使用时间",
        "计划竣工",
        "预计建成",
        "实施周期",
        "最迟完成时间",
        "何时完成",
    ],
)
def test_a_head_gives_days_where_times_stand_below(head: str, lexicon: Lexicon) -> None:
    found = tasks(("责任单位", head), [UNITS, ("6月底前", "12月底前")], lexicon)
    assert [[each.due for each in task.deadlines] for task in found] == [["2024-06-30"], ["2024-12-31"]]


@pytest.mark.parametrize(
    "head", ["责任县领导", "包联领导", "分管副县长", "河长", "领办人", "班子成员", "局领导", "经办人"]
)
def test_a_head_gives_persons_where_names_stand_below(head: str, lexicon: Lexicon) -> None:
    found = tasks(("责任单位", head), [UNITS, ("李建国", "王芳")], lexicon)
    assert [[person.name for person in task.people] for task in found] == [["李建国"], ["王芳"]]


@pytest.mark.parametrize("head", ["来文单位", "信息来源部门", "报送单位", "发文机关单位"])
def test_units_that_only_wrote_or_receive_are_in_charge_of_nothing(head: str, lexicon: Lexicon) -> None:
    found = tasks((head, "责任单位"), [("省水利厅", "省应急管理厅"), UNITS], lexicon)
    assert [who(task) for task in found] == [
        [("responsible", "市水务局"), ("responsible", "市财政局")],
        [("responsible", "市应急局")],
    ]


@pytest.mark.parametrize("head", ["启动时间", "开工时间", "立项日期"])
def test_when_work_begins_is_no_deadline(head: str, lexicon: Lexicon) -> None:
    found = tasks(("责任单位", head, "完成时限"), [UNITS, ("5月", "6月"), ("9月底前", "12月底前")], lexicon)
    assert [[each.due for each in task.deadlines] for task in found] == [["2024-09-30"], ["2024-12-31"]]


@pytest.mark.parametrize("head", ["实施单位概况", "责任单位意见", "主管部门审核情况"])
def test_a_head_alone_makes_no_units_of_sentences(head: str, lexicon: Lexicon) -> None:
    found = tasks((head, "责任单位"), [("已经完成现场核查。", "同意报送。"), UNITS], lexicon)
    assert [len(task.assignments) for task in found] == [2, 1]


def test_numbers_that_count_on_without_a_head_number_the_rows(lexicon: Lexicon) -> None:
    table = [
        ("工作任务", None, "具体要求", "责任科室"),
        ("规范公开", "1", "全面清理行政规范性文件并公布目录。", "办公室"),
        ("政策解读", "2", "持续提升政策解读质量，丰富解读形式。", "法规科"),
        ("依申请公开", "3", "依法依规办理政府信息公开申请。", "信息科"),
    ]
    assert [(task.section, who(task)[0][1]) for task in plan_of(lexicon, table).tasks] == [
        ("1", "办公室"),
        ("2", "法规科"),
        ("3", "信息科"),
    ]
