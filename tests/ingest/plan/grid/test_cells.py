"""What a cell of units, times and persons says, however it is written."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Task
from tests.support.task_tables import plan_of, who

WORK = "更换老旧供水管网，降低漏损率。"
OTHER = "组织开展山洪灾害隐患巡查。"


def task_of(cell: str, lexicon: Lexicon, head: str = "责任单位") -> Task:
    table = [("序号", "重点任务", head), ("1", WORK, cell), ("2", OTHER, "市应急局")]
    return plan_of(lexicon, table).tasks[0]


def units_of(cell: str, lexicon: Lexicon, head: str = "责任单位") -> list[str]:
    return [name for _, name in who(task_of(cell, lexicon, head))]


@pytest.mark.parametrize(
    "cell",
    [
        "1.市住建局\n2.市财政局\n3.各县（市、区）人民政府",
        "①市住建局\n②市财政局\n③各县（市、区）人民政府",
        "（1）市住建局 （2）市财政局 （3）各县（市、区）人民政府",
        "1、市住建局；2、市财政局；3、各县（市、区）人民政府",
    ],
)
def test_numbers_in_front_of_names_are_no_part_of_them(cell: str, lexicon: Lexicon) -> None:
    assert units_of(cell, lexicon) == ["市住建局", "市财政局", "各县（市、区）人民政府"]


@pytest.mark.parametrize(
    ("cell", "units", "people"),
    [
        ("市应急局 李明", ["市应急局"], ["李明"]),
        ("市应急局/王小芳", ["市应急局"], ["王小芳"]),
        ("市应急局\n欧阳修远", ["市应急局"], ["欧阳修远"]),
        ("市应急局（李明）", ["市应急局"], ["李明"]),
        ("市应急局 张大海副局长\n市水务局 刘卫东", ["市应急局", "市水务局"], ["张大海副局长", "刘卫东"]),
    ],
)
def test_a_person_behind_a_unit_is_kept_apart(cell: str, units: list[str], people: list[str], lexicon: Lexicon) -> None:
    for head in ("责任单位", "责任单位及责任人", "责任部门/责任人"):
        task = task_of(cell, lexicon, head)
        assert [name for _, name in who(task)] == units
        assert [person.name for person in task.people] == people


@pytest.mark.parametrize("unit", ["安监站", "党政办", "金融办", "高新区", "武装部", "和平区政府"])
def test_a_unit_is_not_taken_for_a_person(unit: str, lexicon: Lexicon) -> None:
    assert units_of(f"市应急局 {unit}", lexicon) == ["市应急局", unit]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("张大海、王五", ["张大海", "王五"]),
        ("张大海 王五 赵六七", ["张大海", "王五", "赵六七"]),
        ("张 三", ["张三"]),
        ("李明 副县长", ["李明副县长"]),
    ],
)
def test_persons_in_a_column_of_their_own_are_parted(cell: str, people: list[str], lexicon: Lexicon) -> None:
    table = [("序号", "重点任务", "责任单位", "责任领导"), ("1", WORK, "市水务局", cell)]
    assert [person.name for person in plan_of(lexicon, table).tasks[0].people] == people


@pytest.mark.parametrize("ditto", ["同上", "〃", "“", "″"])
def test_a_cell_that_says_ditto_means_the_one_above(ditto: str, lexicon: Lexicon) -> None:
    table = [
        ("序号", "重点任务", "牵头单位", "配合单位", "完成时限"),
        ("1", WORK, "市水务局", "市住建局", "9月底前"),
        ("2", OTHER, ditto, ditto, ditto),
        ("3", "清理河道。", ditto, "市财政局", ditto),
    ]
    plan = plan_of(lexicon, table)
    assert [who(task) for task in plan.tasks] == [
        [("lead", "市水务局"), ("support", "市住建局")],
        [("lead", "市水务局"), ("support", "市住建局")],
        [("lead", "市水务局"), ("support", "市财政局")],
    ]
    assert [[each.due for each in task.deadlines] for task in plan.tasks] == 3 * [["2024-09-30"]]
    assert plan.tasks[1].cells[2].text == ditto


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("省人力资源社会\n保障厅", ["省人力资源社会保障厅"]),
        ("市农业农\n村局、市水务局", ["市农业农村局", "市水务局"]),
        ("市文化广电\n旅游局", ["市文化广电旅游局"]),
        ("市财政局、市市场监督\n管理局", ["市财政局", "市市场监督管理局"]),
        ("人行\n某某省分行", ["人行某某省分行"]),
        ("市财政局\n市教育局", ["市财政局", "市教育局"]),
    ],
)
def test_a_name_that_a_narrow_column_broke_is_one(cell: str, units: list[str], lexicon: Lexicon) -> None:
    assert units_of(cell, lexicon) == units


@pytest.mark.parametrize(
    "cell",
    [
        "牵头单位：市水务局；配合单位：市住建局、市财政局；完成时限：6月底前",
        "牵头单位 市水务局\n配合单位 市住建局、市财政局\n完成时限 6月底前",
        "牵头部门：市水务局\n配合部门：市住建局、市财政局\n完成时间：6月底前",
    ],
)
def test_labels_in_a_cell_give_the_roles(cell: str, lexicon: Lexicon) -> None:
    for head in ("责任分工", "责任单位"):
        task = task_of(cell, lexicon, head)
        assert who(task) == [("lead", "市水务局"), ("support", "市住建局"), ("support", "市财政局")]
        assert [each.due for each in task.deadlines] == ["2024-06-30"]


@pytest.mark.parametrize("head", ["任务及责任", "主要内容和分工", "事项"])
def test_labels_behind_the_task_in_its_cell_assign_it(head: str, lexicon: Lexicon) -> None:
    table = [
        ("序号", head),
        ("1", f"{WORK}牵头单位：市水务局；配合单位：市住建局；完成时限：12月底前"),
        ("2", f"{OTHER}\n责任单位：市应急局"),
    ]
    plan = plan_of(lexicon, table)
    assert [(task.section, task.text, who(task)) for task in plan.tasks] == [
        ("1", WORK, [("lead", "市水务局"), ("support", "市住建局")]),
        ("2", OTHER, [("responsible", "市应急局")]),
    ]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("一港五谷（鹿城区政府、龙湾区政府）", ["一港五谷", "鹿城区政府", "龙湾区政府"]),
        ("市水务局、五大片区（东城区政府、西城区政府）", ["市水务局", "五大片区", "东城区政府", "西城区政府"]),
        ("市农业农村局（市乡村振兴局）", ["市农业农村局（市乡村振兴局）"]),
        ("各乡镇（街道）", ["各乡镇（街道）"]),
    ],
)
def test_a_nickname_stands_for_the_units_in_its_brackets(cell: str, units: list[str], lexicon: Lexicon) -> None:
    assert units_of(cell, lexicon) == units


def test_glued_names_are_parted_where_all_are_known(lexicon: Lexicon) -> None:
    table = [
        ("整治行业", "责任单位"),
        ("烟花爆竹", "派出所 工商质监所"),
        ("网吧和歌舞娱乐场所", "文化站 派出所工商质监所"),
        ("政务中心", "省政府国资委"),
    ]
    assert [[name for _, name in who(task)] for task in plan_of(lexicon, table).tasks] == [
        ["派出所", "工商质监所"],
        ["文化站", "派出所", "工商质监所"],
        ["省政府国资委"],
    ]
