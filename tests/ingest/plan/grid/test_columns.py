"""Columns are told by their cells as well as by their heads: heads are an open class."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Source, Task
from ingest.parse import parse_plan
from ingest.reading import CellText, ReadingBuilder

TASKS = (
    "实施城区主干道白改黑工程，同步改造雨污管网，全面提升道路通行能力。",
    "新建两条支路并完善交通信号灯、标志标线等附属设施，打通断头路。",
    "改造老旧小区供水管网，更换智能水表，降低管网漏损。",
)
UNITS = ("市住建局、市水务局", "市交通运输局", "市水务局")
TIMES = ("10月底前", "2024年12月", "年底前")


def tasks(heads: tuple[str, ...], rows: list[list[CellText]], lexicon: Lexicon) -> list[Task]:
    builder = ReadingBuilder()
    builder.paragraph("松河市2024年重点任务清单")
    builder.begin_table()
    builder.row([CellText(n, head) for n, head in enumerate(heads, 1)])
    for row in rows:
        builder.row(row)
    reading = builder.done()
    source = Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells)
    return list(parse_plan(source, lexicon).tasks)


def merged(first: str) -> list[list[CellText]]:
    """Three rows: a number, a cell merged over the first two, the task, time and units."""
    rows = [
        [CellText(1, str(n)), CellText(3, task), CellText(4, time), CellText(5, units)]
        for n, (task, time, units) in enumerate(zip(TASKS, TIMES, UNITS, strict=True), 1)
    ]
    rows[0].insert(1, CellText(2, first, rows=2))
    rows[2].insert(1, CellText(2, "供水保障"))
    return rows


@pytest.mark.parametrize(
    "heads",
    [
        ("序号", "重点举措", "实施路径", "完成时限", "责任单位"),
        ("序号", "重点任务", "实施内容", "完成时限", "责任单位"),
        ("序号", "领域", "简要描述", "拟投入使用时间", "责任单位"),
        ("序号", "章节", "细则内容", "办结日期", "整改责任单位"),
        ("序号", "特色领域", "政策诉求", "截止日期", "建议责任单位（市级部门）"),
        ("序号", "任务名称", "工作内容", "起止时间", "市直责任单位"),
    ],
)
def test_the_task_is_what_differs_from_row_to_row_and_is_longest(heads: tuple[str, ...], lexicon: Lexicon) -> None:
    found = tasks(heads, merged("道路提升（2项）"), lexicon)
    assert [task.text for task in found] == [*TASKS]
    assert [[each.mention.text for each in task.assignments] for task in found] == [
        ["市住建局", "市水务局"],
        ["市交通运输局"],
        ["市水务局"],
    ]
    assert [each.text for task in found for each in task.deadlines] == [*TIMES]
    assert not any(task.targets for task in found), "what a merged heading counts is no target of a row"


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("总牵头单位", "lead"),
        ("主责部门（单位）", "lead"),
        ("协办科室", "support"),
        ("协助部门", "support"),
        ("责任股室", "responsible"),
        ("行业主管部门", "responsible"),
        ("属地乡镇（街道）", "responsible"),
    ],
)
def test_a_head_that_no_rule_knows_is_read_with_the_cells_below(head: str, role: str, lexicon: Lexicon) -> None:
    rows = [[CellText(1, str(n)), CellText(2, task), CellText(3, "市水务局")] for n, task in enumerate(TASKS, 1)]
    found = tasks(("序号", "工作任务", head), rows, lexicon)
    assert [[each.role for each in task.assignments] for task in found] == [[role]] * 3


@pytest.mark.parametrize("head", ["建设单位", "承建部门"])
def test_a_head_alone_makes_no_column_of_units(head: str, lexicon: Lexicon) -> None:
    rows = [[CellText(1, str(n)), CellText(2, task), CellText(3, f"{n}00万元")] for n, task in enumerate(TASKS, 1)]
    assert tasks(("序号", "工作任务", head), rows, lexicon) == []


def test_remarks_are_no_task_however_long(lexicon: Lexicon) -> None:
    rows = [
        [CellText(1, f"任务{n}：修路"), CellText(2, "市交通运输局"), CellText(3, TASKS[n - 1] * 2)] for n in (1, 2, 3)
    ]
    found = tasks(("工作任务", "责任单位", "备注说明"), rows, lexicon)
    assert [task.text for task in found] == ["任务1：修路", "任务2：修路", "任务3：修路"]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("人行 松河市分行、市财政局", ["人行松河市分行", "市财政局"]),
        ("中国移动 松河分公司", ["中国移动松河分公司"]),
        ("农行 松河支行 市商务局", ["农行松河支行", "市商务局"]),
        ("市财政局 市商务局", ["市财政局", "市商务局"]),
    ],
)
def test_a_branch_that_a_narrow_column_broke_off_is_one_name(cell: str, units: list[str], lexicon: Lexicon) -> None:
    rows = [[CellText(1, str(n)), CellText(2, task), CellText(3, cell)] for n, task in enumerate(TASKS, 1)]
    found = tasks(("序号", "工作任务", "责任单位"), rows, lexicon)
    assert [each.mention.text for each in found[0].assignments] == units


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ("农业农村局、商务局等和各有关乡镇政府负责", ["农业农村局", "商务局", "各有关乡镇政府"]),
        ("扶贫办等与各省级人民政府负责", ["扶贫办", "各省级人民政府"]),
        ("财政部、商务部等有关部门负责", ["财政部", "商务部"]),
        ("市财政局商市审计局负责", ["市财政局", "市审计局"]),
    ],
)
def test_and_so_on_with_and_parts_names_and_shang_joins_only_between_two(
    said: str, units: list[str], lexicon: Lexicon
) -> None:
    text = f"工作要点\n一、工作\n（一）开展检查，加强监督管理工作。（{said}）\n"
    plan = parse_plan(Source("plan.txt", "txt", b"", "", text), lexicon)
    assert [each.mention.text for task in plan.tasks for each in task.assignments] == units


@pytest.mark.parametrize(
    ("name", "hat"),
    [
        ("市市场监管（知识产权）局", "知识产权"),
        ("市文化和旅游（文物）局", "文物"),
        ("市住建局（交通运输局）", "交通运输局"),
        ("市教育局", None),
    ],
)
def test_a_second_nameplate_may_stand_inside_the_name(name: str, hat: str | None, lexicon: Lexicon) -> None:
    rows = [[CellText(1, str(n)), CellText(2, task), CellText(3, name)] for n, task in enumerate(TASKS, 1)]
    found = tasks(("序号", "工作任务", "责任单位"), rows, lexicon)
    assert [(each.mention.text, each.mention.hat) for each in found[0].assignments] == [(name, hat)]
