"""Tables pasted as text: where their rows end is told by bars, by numbers, or by what each cell says."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Source
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from ingest.readers.text import read_text

BARS = """松河市2024年重点工作安排
工作任务 | 责任单位 | 完成时限 |
新建公厕2座。 | 市住建局 市城管局 | 10月底前 |
改造管网5公里。 | 市水务局 | 年底前 |
"""
MARKDOWN = """松河市2024年重点工作安排
| 工作任务 | 责任单位 | 完成时限 |
|---|:---:|---|
| 新建公厕2座。 | 市住建局、市城管局 | 10月底前 |
| 改造管网5公里。 | 市水务局 | 年底前 |
"""
BAR_LINES = """松河市2024年重点工作安排
工作任务
|
责任单位
|
完成时限
|
新建公厕2座。
|
市住建局
市城管局
|
10月底前
|
改造管网5公里。
|
市水务局
|
年底前
|
"""
BARS_BEHIND = """松河市2024年重点工作安排
工作任务 |
责任单位 |
完成时限 |
新建公厕2座。 |
市住建局
市城管局 |
10月底前 |
改造管网5公里。 |
市水务局 |
年底前 |
"""
A_LINE_EACH = """松河市2024年重点工作安排
序号

工作任务

责任单位

完成时限

1

新建公厕2座。

市住建局

市城管局

10月底前

2

改造管网5公里。

市水务局

年底前

分享到:
"""


def read(text: str, lexicon: Lexicon) -> list[tuple[str, list[str], list[str]]]:
    reading = read_text(text.encode(), "plan.txt")
    source = Source("plan.txt", "txt", b"", "", reading.text, reading.pages, reading.cells)
    return [
        (task.text, [each.mention.text for each in task.assignments], [each.text for each in task.deadlines])
        for task in parse_plan(source, lexicon).tasks
    ]


@pytest.mark.parametrize("text", [BARS, MARKDOWN, BAR_LINES, BARS_BEHIND, A_LINE_EACH])
def test_each_form_gives_the_same_tasks(text: str, lexicon: Lexicon) -> None:
    assert read(text, lexicon) == [
        ("新建公厕2座。", ["市住建局", "市城管局"], ["10月底前"]),
        ("改造管网5公里。", ["市水务局"], ["年底前"]),
    ]


def test_a_second_piece_of_work_under_one_number_shares_what_it_does_not_state(lexicon: Lexicon) -> None:
    lines = "任务表 序号 任务 责任单位 时限 1 开工建设养老楼。 市民政局 5月底前"
    lines += " 开工建设老年大学。 12月底前 2 新建市场。 市商务局 9月底前"
    text = lines.replace(" ", "\n")
    assert read(text, lexicon) == [
        ("开工建设养老楼。", ["市民政局"], ["5月底前"]),
        ("开工建设老年大学。", ["市民政局"], ["12月底前"]),
        ("新建市场。", ["市商务局"], ["9月底前"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "联系电话 | 12345 | 市教育局 |\n网站 | 主页 | 首页 |\n",
        "序号\n标题\n一、总体要求\n1\n",
        "首页 | 政务公开 | 互动交流\n松河市人民政府\n",
        "一、工作\n|\n二、要求\n|\n",
        "首页 |\n政务公开 |\n互动交流 |\n松河市人民政府\n",
    ],
)
def test_what_has_no_heads_that_assign_is_no_table(text: str) -> None:
    assert read_text(text.encode(), "plan.txt").cells == ()


def test_what_stands_below_the_last_row_is_no_cell() -> None:
    text = A_LINE_EACH + "版权所有：松河市人民政府办公室\n网站标识码：0000000000\n"
    cells = read_text(text.encode(), "plan.txt").cells
    assert max(cell.row for cell in cells) == 3
    assert all("版权" not in cell.span.of(text) and "分享" not in cell.span.of(text) for cell in cells)


@pytest.mark.parametrize("form", [A_LINE_EACH, BARS, MARKDOWN, BAR_LINES, BARS_BEHIND])
def test_a_long_text_behind_the_table_stays_text(form: str, lexicon: Lexicon) -> None:
    behind = "各单位要加强领导，明确分工，抓好落实，确保按期完成。\n" * 40 + "松河市人民政府办公室\n2024年3月1日\n"
    text = form.replace("分享到:\n", "") + behind
    assert [task for task, _, _ in read(text, lexicon)] == ["新建公厕2座。", "改造管网5公里。"]
    cells = read_text(text.encode(), "plan.txt").cells
    assert not any("各单位" in cell.span.of(text) or "人民政府" in cell.span.of(text) for cell in cells)


def test_every_cell_stands_where_it_says() -> None:
    for text in (BARS, MARKDOWN, BAR_LINES, BARS_BEHIND, A_LINE_EACH):
        said = {cell.span.of(text) for cell in read_text(text.encode(), "plan.txt").cells}
        assert {"工作任务", "责任单位", "完成时限", "10月底前", "市水务局"} <= said


@pytest.mark.parametrize(
    "cells",
    [
        "规范公开 1 全面清理行政规范性文件并公布。 办公室 年底前 政策解读 2 持续提升解读质量。 各科室 6月底前",
        "1 规范公开 全面清理行政规范性文件并公布。 办公室 年底前 2 政策解读 持续提升解读质量。 各科室 6月底前",
        "规范公开 1. 全面清理行政规范性文件并公布。 办公室 年底前 2. 持续提升解读质量。 各科室 6月底前",
    ],
)
def test_numbers_that_no_head_asks_for_are_the_rows_numbers(cells: str, lexicon: Lexicon) -> None:
    fields = f"工作任务 具体要求 责任科室 时限要求 {cells}".split(" ")
    text = "松河市2024年工作安排\n" + "".join(f"{field}\n|\n" for field in fields)
    plan = parse_plan(source_of(text.encode(), "plan.txt"), lexicon)
    assert [
        (task.section.rstrip("."), task.text, [a.mention.text for a in task.assignments]) for task in plan.tasks
    ] == [
        ("1", "全面清理行政规范性文件并公布。", ["办公室"]),
        ("2", "持续提升解读质量。", ["各科室"]),
    ]


@pytest.mark.parametrize("bar", ["|", "｜", "│"])
@pytest.mark.parametrize("row", ["王岚 |\n招商部、安商部 |\n全年 |", "王岚|\n招商部\n安商部|\n全年|"])
def test_a_bar_at_the_end_of_a_cell_parts_it_from_the_next(bar: str, row: str, lexicon: Lexicon) -> None:
    heads = "序号 |\n重点工作 |\n责任领导 |\n责任单位 |\n完成时限 |\n"
    text = f"{heads}1 |\n全力服务重大项\n目落地见效。 |\n{row}\n2 |\n盘活存量土地400亩。 |\n李青 |\n改革办 |\n全年 |\n"
    assert read(text.replace("|", bar), lexicon) == [
        ("全力服务重大项目落地见效。", ["招商部", "安商部"], ["全年"]),
        ("盘活存量土地400亩。", ["改革办"], ["全年"]),
    ]
