"""A list of projects and a list of requests charge nobody: the first has no tasks, of both a doubt says so."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan
from ingest.reading import CellText
from tests.support.task_tables import Rows, plan_of, said, who

TASKS: Rows = [("序号", "具体任务", "牵头部门"), ("1", "新建污水处理厂一座。", "市水务局")]


def told(plan: Plan, code: str) -> list[tuple[str, str]]:
    return [(each.params["head"], each.params["rows"]) for each in plan.doubts if each.code == code]


def left_out(plan: Plan) -> list[tuple[str, str]]:
    return told(plan, "table-left-out")


@pytest.mark.parametrize(
    ("heads", "wish"),
    [
        (("工作举措", "政策诉求", "建议责任单位（省级部门）"), "支持申报国家级训练场"),
        (("恳请事项", "具体诉求", "建议责任单位"), "给予资金补助"),
        (("工作内容", "需省级支持事项", "建议牵头部门"), "出台算力券政策"),
        (("工作任务", "具体内容", "恳请支持部门"), "恳请省里支持建设枢纽节点"),
    ],
)
def test_whom_somebody_asks_has_a_task_and_a_doubt_says_so(heads: tuple[str, ...], wish: str, lexicon: Lexicon) -> None:
    rows = [(str(n), f"建设训练场{n}座", wish, unit) for n, unit in ((1, "省发展改革委"), (2, "省财政厅、省科技厅"))]
    plan = plan_of(lexicon, TASKS, "附件2", "清单", [("序号", *heads), *rows])
    assert [[unit for _, unit in who(task)] for task in plan.tasks][1:] == [["省发展改革委"], ["省财政厅", "省科技厅"]]
    assert told(plan, "units-suggested") == [(heads[2], "2")]


def test_a_suggested_unit_beside_one_that_is_charged_is_no_doubt(lexicon: Lexicon) -> None:
    table: Rows = [("序号", "任务", "责任单位", "建议配合单位"), ("1", "新建水厂一座。", "市水务局", "省水利厅")]
    assert told(plan_of(lexicon, table), "units-suggested") == []


@pytest.mark.parametrize("head", ["建设单位", "项目单位", "业主单位", "承建单位", "申报单位"])
def test_the_company_that_builds_a_project_is_charged_with_nothing(head: str, lexicon: Lexicon) -> None:
    table: Rows = [
        ("序号", "项目名称", head, "建设期限"),
        ("1", "算力中心项目", "松河甲科技有限公司", "2025-2028"),
        ("2", "数据港项目", "乙数据集团", "2024-2026"),
        ("3", "训练场项目", "松河新城管委会", "2024-2026"),
    ]
    plan = plan_of(lexicon, TASKS, table)
    assert [task.text for task in plan.tasks] == ["新建污水处理厂一座。"]
    assert left_out(plan) == [(head, "3")]


def test_an_office_beside_the_company_has_the_task(lexicon: Lexicon) -> None:
    table: Rows = [
        ("序号", "项目名称", "建设内容", "建设单位", "建设期限", "责任单位"),
        ("1", "算力中心项目", "建设三千卡算力中心。", "松河甲科技有限公司", "2025-2028", "市经信局"),
        ("2", "数据港项目", "建设数据港一座。", "乙数据集团", "2024-2026", "市数据局"),
    ]
    plan = plan_of(lexicon, table)
    assert said(plan) == [
        ("建设三千卡算力中心。", [("responsible", "市经信局")], ["2028-12-31"]),
        ("建设数据港一座。", [("responsible", "市数据局")], ["2026-12-31"]),
    ]
    assert left_out(plan) == []


@pytest.mark.parametrize("head", ["建设单位", "业主单位", "责任单位"])
def test_offices_that_build_are_charged(head: str, lexicon: Lexicon) -> None:
    table: Rows = [("序号", "项目名称", head), ("1", "新建公厕两座", "市城管局"), ("2", "新建学校一所", "市教育局")]
    assert [who(task)[0][1] for task in plan_of(lexicon, table).tasks] == ["市城管局", "市教育局"]


@pytest.mark.parametrize(
    "other",
    [
        [("序号", "园区", "区县"), ("1", "松河软件园", "东城区"), ("2", "柏溪数谷", "柏溪县")],
        [("名次", "园区", "所在地"), ("1", "松河软件园", "东城区"), ("2", "柏溪数谷", "柏溪县")],
        [("编号", "企业名称", "所在区"), ("1", "松河集团", "东城区"), ("2", "柏溪数据公司", "柏溪县")],
    ],
)
def test_a_table_with_a_head_of_its_own_does_not_go_on_the_one_before(other: Rows, lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, TASKS, "附件2", "重点园区清单", other)
    assert [task.text for task in plan.tasks] == ["新建污水处理厂一座。"]


@pytest.mark.parametrize(
    ("between", "number", "goes_on"),
    [
        ("附件2 园区清单", "1", False),
        ("附件2 任务清单", "2", True),
        ("附表（续）", "1", True),
        ("（接上页）", "1", True),
    ],
)
def test_an_annex_between_two_tables_parts_them(between: str, number: str, goes_on: bool, lexicon: Lexicon) -> None:
    plan = plan_of(lexicon, TASKS, between, [(number, "松河软件园", "市经信局")])
    assert len(plan.tasks) == 1 + goes_on


@pytest.mark.parametrize(
    "group",
    [
        ("一", CellText(2, "特色赛道（AI+农业）", columns=3)),
        ("二", "特色赛道", "特色赛道", "特色赛道"),
        (CellText(1, "三、提升治理", columns=4),),
        (None, CellText(2, "赋能民生服务", columns=2), ""),
    ],
)
def test_a_row_merged_over_the_units_heads_the_rows_below(group: tuple[str | CellText, ...], lexicon: Lexicon) -> None:
    table: Rows = [
        ("序号", "具体任务", "责任单位", "完成时限"),
        group,
        ("1", "新建污水处理厂一座。", "市水务局", "12月底"),
    ]
    plan = plan_of(lexicon, table)
    assert said(plan) == [("新建污水处理厂一座。", [("responsible", "市水务局")], ["2024-12-31"])]
    assert [each.code for each in plan.doubts] == []
