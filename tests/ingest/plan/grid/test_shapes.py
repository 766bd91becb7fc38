"""Tables of other shapes are read as rows: cards, tables on their side, tables that go on in the next one."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.reading import CellText
from tests.support.task_tables import Rows, plan_of, said, who

PIPES = "更换老旧供水管网，降低漏损率。"
PATROL = "组织开展山洪灾害隐患巡查。"
ROAD = "打通两条断头路并完善标志标线。"


@pytest.mark.parametrize(
    "labels",
    [
        ("任务名称", "牵头单位", "配合单位", "完成时限"),
        ("工作任务", "主办单位", "协办单位", "办结时限"),
        ("重点事项", "主责部门", "参与部门", "截止日期"),
    ],
)
def test_one_small_table_a_task_is_a_card(labels: tuple[str, ...], lexicon: Lexicon) -> None:
    def card(*values: str) -> Rows:
        return [*zip(labels, values, strict=True)]

    plan = plan_of(
        lexicon,
        card(PIPES, "市水务局", "市住建局、市财政局", "12月底前"),
        card(PATROL, "市应急局", "市林业局", "9月底前"),
    )
    assert said(plan) == [
        (PIPES, [("lead", "市水务局"), ("support", "市住建局"), ("support", "市财政局")], ["2024-12-31"]),
        (PATROL, [("lead", "市应急局"), ("support", "市林业局")], ["2024-09-30"]),
    ]


def test_cards_stand_under_one_another_in_one_table(lexicon: Lexicon) -> None:
    table = [
        ("任务名称", PIPES),
        ("牵头单位", "市水务局"),
        ("完成时限", "12月底前"),
        ("任务名称", PATROL),
        ("牵头单位", "市应急局"),
        ("完成时限", "9月底前"),
    ]
    assert said(plan_of(lexicon, table)) == [
        (PIPES, [("lead", "市水务局")], ["2024-12-31"]),
        (PATROL, [("lead", "市应急局")], ["2024-09-30"]),
    ]


def test_a_card_has_two_labels_a_row(lexicon: Lexicon) -> None:
    table: Rows = [
        (CellText(1, "重点工作台账（一）", columns=4),),
        ("工作任务", CellText(2, PIPES, columns=3)),
        ("牵头单位", "市水务局", "配合单位", "市住建局"),
        ("建设地点", "老城区", "完成时限", "12月底前"),
    ]
    plan = plan_of(lexicon, table)
    assert said(plan) == [(PIPES, [("lead", "市水务局"), ("support", "市住建局")], ["2024-12-31"])]
    assert [(cell.head, cell.text) for cell in plan.tasks[0].cells] == [
        ("工作任务", PIPES),
        ("牵头单位", "市水务局"),
        ("配合单位", "市住建局"),
        ("建设地点", "老城区"),
        ("完成时限", "12月底前"),
    ]


@pytest.mark.parametrize("heads", [("重点任务", "牵头单位", "完成时限"), ("工作内容", "牵头部门", "办结时间")])
def test_a_table_on_its_side_has_a_column_a_task(heads: tuple[str, ...], lexicon: Lexicon) -> None:
    columns = [(PIPES, "市水务局", "12月底前"), (PATROL, "市应急局", "9月底前"), (ROAD, "市住建局", "6月底前")]
    table = [*zip(heads, *columns, strict=True)]
    assert said(plan_of(lexicon, table)) == [
        (PIPES, [("lead", "市水务局")], ["2024-12-31"]),
        (PATROL, [("lead", "市应急局")], ["2024-09-30"]),
        (ROAD, [("lead", "市住建局")], ["2024-06-30"]),
    ]


HEAD = ("序号", "重点任务", "牵头单位", "完成时限")
FIRST = ("1", PIPES, "市水务局", "12月底前")
SECOND = ("2", PATROL, "市应急局、市林业局", "9月底前")


@pytest.mark.parametrize("between", [(), ("（续表）",), ("以下任务由各单位自行组织。", "单位：万元")])
def test_a_table_without_a_header_goes_on_under_the_one_before(between: tuple[str, ...], lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, [HEAD, FIRST], *between, [SECOND, ("3", ROAD, "市住建局", "6月底前")])
    assert [(task.section, *who(task)) for task in plan.tasks] == [
        ("1", ("lead", "市水务局")),
        ("2", ("lead", "市应急局"), ("lead", "市林业局")),
        ("3", ("lead", "市住建局")),
    ]
    assert [cell.head for cell in plan.tasks[2].cells] == [*HEAD]


def test_a_table_goes_on_without_last_columns_in_which_nothing_stands(lexicon: Lexicon) -> None:
    table = [(*HEAD, "备注"), (*FIRST, "省级任务")]
    plan = plan_of(lexicon, table, [SECOND])
    assert [task.section for task in plan.tasks] == ["1", "2"]


@pytest.mark.parametrize(
    "other",
    [
        [("1", "城区水厂", "日供水5万吨", "已建成")],
        [("名称", "规模", "现状"), ("城区水厂", "日供水5万吨", "已建成")],
        [("2023年", "12", "15", "18"), ("2024年", "13", "16", "20")],
    ],
)
def test_a_table_that_says_nothing_of_units_does_not_go_on(other: Rows, lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, [HEAD, FIRST], "基本情况", other)
    assert [task.section for task in plan.tasks] == ["1"]


@pytest.mark.parametrize(
    ("legend", "marks", "expected"),
    [
        ("注：★为牵头单位，√为配合单位", ("★", "√"), ("lead", "support")),
        ("说明：●表示牵头，○表示配合。", ("●", "○"), ("lead", "support")),
        ("▲：主办单位；△：协办单位", ("▲", "△"), ("lead", "support")),
        ("", ("√", "√"), ("responsible", "responsible")),
        ("", ("牵头", "配合"), ("lead", "support")),
    ],
)
def test_marks_under_names_of_units_give_roles(
    legend: str, marks: tuple[str, str], expected: tuple[str, str], lexicon: Lexicon
) -> None:
    one, other = marks
    table: Rows = [
        ("序号", "工作任务", "市水务局", "市财政局", "市林业局", "完成时限"),
        ("1", PIPES, one, other, None, "12月底前"),
        ("2", PATROL, other, None, one, "9月底前"),
        *([("", legend)] if legend else []),
    ]
    plan = plan_of(lexicon, table)
    lead, support = expected
    assert [who(task) for task in plan.tasks] == [
        [(lead, "市水务局"), (support, "市财政局")],
        [(support, "市水务局"), (lead, "市林业局")],
    ]


@pytest.mark.parametrize(
    ("heads", "days"),
    [
        (("一季度", "二季度", "三季度", "四季度"), ("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31")),
        (("第一季度", "第二季度", "第三季度", "第四季度"), ("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31")),
        (("3月", "6月", "9月", "12月"), ("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31")),
    ],
)
def test_columns_of_stages_are_milestones_of_the_task(
    heads: tuple[str, ...], days: tuple[str, ...], lexicon: Lexicon
) -> None:
    table = [
        ("序号", "工作任务", *heads, "责任单位"),
        ("1", PIPES, "完成设计", "完成招标", "开工建设", "—", "市水务局"),
        ("2", PATROL, "制定方案", "5月底前开展巡查", "完成整改", "总结验收", "市应急局"),
    ]
    plan = plan_of(lexicon, table)
    assert [task.text for task in plan.tasks] == [PIPES, PATROL]
    milestones = [(each.text, each.task, [d.due for d in each.deadlines]) for each in plan.milestones]
    one, other = (task.id for task in plan.tasks)
    assert milestones == [
        ("完成设计", one, [days[0]]),
        ("完成招标", one, [days[1]]),
        ("开工建设", one, [days[2]]),
        ("制定方案", other, [days[0]]),
        ("5月底前开展巡查", other, ["2024-05-31"]),
        ("完成整改", other, [days[2]]),
        ("总结验收", other, [days[3]]),
    ]


SIDES = [
    ("序号", "任务", "单位"),
    ("序号", "重点任务", "责任单位"),
    ("重点任务", "牵头单位"),
    ("工作任务", "牵头单位", "完成时限"),
]


@pytest.mark.parametrize("heads", SIDES)
def test_tables_side_by_side_are_read_one_after_the_other(heads: tuple[str, ...], lexicon: Lexicon) -> None:
    days = {"完成时限": "6月底"}

    def cells(number: str, task: str, unit: str) -> tuple[str, ...]:
        return tuple(
            number if head == "序号" else unit if head.endswith("单位") else days.get(head, task) for head in heads
        )

    rows = [
        heads * 2,
        cells("1", PIPES, "市水务局") + cells("3", ROAD, "市城管局"),
        cells("2", PATROL, "市应急局") + ("",) * len(heads),
    ]
    found = [(task, [unit for _, unit in units]) for task, units, _ in said(plan_of(lexicon, rows))]
    assert found == [(PIPES, ["市水务局"]), (PATROL, ["市应急局"]), (ROAD, ["市城管局"])]


@pytest.mark.parametrize("heads", SIDES)
@pytest.mark.parametrize("half", [False, True])
def test_tables_side_by_side_go_on_in_the_next_one(heads: tuple[str, ...], half: bool, lexicon: Lexicon) -> None:
    days = {"完成时限": "6月底"}

    def cells(number: str, task: str, unit: str) -> tuple[str, ...]:
        return tuple(
            number if head == "序号" else unit if head.endswith("单位") else days.get(head, task) for head in heads
        )

    first = [heads * 2, cells("1", PIPES, "市水务局") + cells("2", ROAD, "市城管局")]
    last = ("",) * len(heads) if half else cells("4", "改造老旧小区并完善配套设施。", "市住建局")
    plan = plan_of(lexicon, first, [cells("3", PATROL, "市应急局") + last])
    found = [unit for _, units, _ in said(plan) for _, unit in units]
    assert found == ["市水务局", "市城管局", "市应急局"] + ["市住建局"] * (not half)
    assert not plan.coverage.unread


def test_a_head_that_comes_twice_beside_one_task_parts_no_table(lexicon: Lexicon) -> None:
    rows = [
        ("重点任务", "责任单位", "完成时限", "责任单位", "完成时限"),
        (PIPES, "市水务局", "6月底", "市住建局", "9月底"),
    ]
    assert len(said(plan_of(lexicon, rows))) == 1
