"""A row is kept whole: what its task column does not hold stays with the task, and is read where it says more."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.reading import CellText
from tests.support.task_tables import Rows, plan_of

WORK = ("实施城区主干道白改黑工程，同步改造雨污管网。", "新建两条支路并完善交通信号灯等附属设施。")


def table(head: str, cells: tuple[str | CellText, str | CellText | None]) -> Rows:
    one, other = cells
    return [
        ("序号", head, "实施路径", "责任单位"),
        ("1", one, WORK[0], "市住建局"),
        ("2", other, WORK[1], "市交通运输局"),
    ]


@pytest.mark.parametrize("heading", ["道路提升（2项）", "交通畅通工程", "一、基础设施"])
def test_the_merged_heading_of_several_rows_stays_with_each(heading: str, lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, table("重点举措", (CellText(2, heading, rows=2), None)))
    assert [task.text for task in plan.tasks] == [*WORK]
    assert [[(cell.head, cell.text) for cell in task.cells][1] for task in plan.tasks] == 2 * [("重点举措", heading)]
    assert [task.targets for task in plan.tasks] == [(), ()]


@pytest.mark.parametrize("head", ["任务来源", "备注", "政策依据", "重点举措"])
def test_a_document_cited_beside_the_task_is_its_own(head: str, lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, table(head, ("《松河市城市更新条例》", "市委全会部署")))
    assert [[each.title for each in task.citations] for task in plan.tasks] == [["松河市城市更新条例"], []]
    assert plan.citations == ()


@pytest.mark.parametrize("head", ["预期成效", "建设规模", "年度目标要求"])
def test_how_much_and_by_when_is_read_beside_the_task(head: str, lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, table(head, ("10月底前改造道路12公里", "新建支路2条")))
    assert [[each.due for each in task.deadlines] for task in plan.tasks] == [["2024-10-31"], []]
    assert [[each.value for each in task.targets] for task in plan.tasks] == [[12.0], [2.0]]


@pytest.mark.parametrize("head", ["备注", "情况说明", "资金来源"])
def test_a_day_in_a_remark_is_told_where_the_row_states_none(head: str, lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, table(head, ("10月底前完成", "无")))
    told = [(doubt.code, doubt.params) for doubt in plan.doubts]
    assert told == [("day-beside-task", {"text": "10月底前", "head": head})]
    rows = [(*row, "完成时限" if at == 0 else "9月底前") for at, row in enumerate(table(head, ("10月底前完成", "无")))]
    assert plan_of(lexicon, rows).doubts == ()


def test_every_cell_points_at_its_words(lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, table("重点举措", ("道路 提升", "支路")))
    assert [len(task.cells) for task in plan.tasks] == [4, 4]
    assert all(cell.span.start < cell.span.end for task in plan.tasks for cell in task.cells)
    assert plan.tasks[0].cells[1].text == "道路提升"


def test_a_task_of_the_running_text_has_no_cells(lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, "一、重点任务", "（一）改造管网。改造老旧管网35公里。（市水务局负责）")
    assert [task.cells for task in plan.tasks] == [()]
