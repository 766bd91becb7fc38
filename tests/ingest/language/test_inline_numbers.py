"""Numbers inside a line begin items where a plan was pasted into one line, and nowhere else."""

from __future__ import annotations

import pytest

from ingest.language.clean import fold
from ingest.language.inline_numbers import inline_starts

OUTLINE = (
    "为做好工作，制定本要点。一、夯实基础（一）完善站点。新建三处站点。（市住建局负责）（二）规范管理。建立台账。"
    "（市城管局负责）二、加强监管（三）开展检查。每季度检查一次。（市市场监管局牵头，市公安局配合）"
)
LABELS = (
    "2024年重点任务如下。1.发放补贴，覆盖全部乡镇。责任单位：市人社局。"
    "2.建设零工市场，完善服务功能。责任单位：市人社局、市住建局。"
)
YEARS = (
    "具体措施：1．加强监测预警，完善平台。（市水务局负责）2．2025年6月底前建成两座水库并投入使用。（市水务局牵头，市财政局配合）"
    "3．2025年底前完成改造。（市水务局负责）"
)


def pieces(text: str) -> list[str]:
    cuts = [0, *inline_starts(fold(text)), len(text)]
    return [text[low:high][:6] for low, high in zip(cuts, cuts[1:], strict=False)]


def test_levels_count_on_and_a_heading_needs_no_full_stop() -> None:
    assert pieces(OUTLINE) == [
        "为做好工作，",
        "一、夯实基础",
        "（一）完善站",
        "（二）规范管",
        "二、加强监管",
        "（三）开展检",
    ]


def test_labels_say_who_as_brackets_do() -> None:
    assert pieces(LABELS) == ["2024年重", "1.发放补贴", "2.建设零工"]


def test_an_item_may_begin_with_a_year() -> None:
    assert pieces(YEARS) == ["具体措施：", "1．加强监测", "2．2025", "3．2025"]


@pytest.mark.parametrize(
    "text",
    [
        "（一）加强监管。重点做好以下工作：1.开展检查，覆盖全部企业；2.建立台账，逐项登记；3.通报结果，限期整改到位。（市市场监管局负责）",
        "按照第一、二、三条的要求，认真抓好落实，确保各项工作按时完成。（市教育局负责）切实加强组织领导，强化督促检查。",
        "完成投资1.5亿元、2.3亿元和3.2亿元的项目建设，2.0版平台上线运行，覆盖全市所有县区和乡镇街道。（市发改委负责）",
        "一、夯实基础（一）完善站点。（市住建局负责）",
    ],
)
def test_an_enumeration_inside_one_task_stays_one_task(text: str) -> None:
    assert inline_starts(fold(text)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "（责任单位：市水务局、市财政局）",
        "[责任单位：市水务局]",
        "〔牵头单位：市水务局；配合单位：市财政局〕",
        "（市水务局负责）",
    ],
)
@pytest.mark.parametrize("number", ["（二）", "2.", "（4）", "三、"])
def test_a_number_right_behind_a_statement_begins_an_item(statement: str, number: str) -> None:
    before = "实行改造补贴。凡在年内完成改造的小区，由受益财政给予补贴，补贴标准由主管部门核定并公布，按年结清。"
    line = f"{before}{statement}{number}强化管网养护。"
    assert [line[start:] for start in inline_starts(fold(line))] == [f"{number}强化管网养护。"]


@pytest.mark.parametrize("bracket", ["（含市水务局管理的小区）", "（见附件）", "〔2024〕"])
def test_a_number_behind_another_bracket_begins_none(bracket: str) -> None:
    before = "实行改造补贴。凡在年内完成改造的小区，由受益财政给予补贴，补贴标准由主管部门核定并公布，按年结清"
    assert inline_starts(fold(f"{before}{bracket}（二）强化管网养护。")) == []
