"""What a site puts around a notice is left out where it is kept or copied; a plan's own words never are."""

from __future__ import annotations

import pytest

from ingest.language.furniture import furniture_lines
from ingest.language.lexicon import Lexicon
from ingest.model import Plan
from ingest.parse import parse_plan
from ingest.readers.read import source_of

TOP = ["首页", "政务公开", "县水务局", "县财政局", "您当前的位置：首页 > 政务公开 > 县政府文件"]
NOTICE = [
    "松河县人民政府办公室关于印发2024年重点工作要点的通知",
    "来源：县政府办 发布时间：2024-04-12",
    "松政办发〔2024〕17号",
    "各乡镇人民政府：",
    "现将《2024年重点工作要点》印发给你们。",
    "松河县人民政府办公室",
    "2024年4月10日",
    "2024年重点工作要点",
    "一、重点任务",
    "（一）推进管网改造。改造老旧管网35公里。（县水务局负责）",
    "（二）整治河道。清理河道8公里。（县财政局负责）",
]
BELOW = {
    "further reading": ["相关阅读", "松河县2023年工作要点政策解读（县应急局）", "一图读懂：《松河县防汛条例》"],
    "annexes and codes": ["附件下载：", "1.任务表.docx", "扫一扫在手机打开当前页", "【打印】【关闭】"],
    "neighbours": ["打印 关闭", "上一篇：关于贯彻落实《水法》的通知", "下一篇：关于做好抗旱工作的通知"],
    "a footer": ["主办单位：松河县人民政府办公室", "承办单位：县大数据局", "联系电话：0371-12345", "豫ICP备05000000号"],
    "a footer on a line": ["版权所有：松河县人民政府 网站标识码：4100000001", "豫公网安备 41000000000000号"],
}


def read(lines: list[str], name: str, lexicon: Lexicon) -> Plan:
    text = "\n".join(lines) + "\n"
    if name.endswith(".html"):
        text = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    return parse_plan(source_of(text.encode(), name), lexicon)


@pytest.mark.parametrize("name", ["plan.txt", "plan.html"])
@pytest.mark.parametrize("below", BELOW)
def test_what_stands_around_a_notice_is_no_part_of_it(below: str, name: str, lexicon: Lexicon) -> None:
    plan = read([*TOP, *NOTICE, *BELOW[below]], name, lexicon)
    assert [(task.section, [a.mention.text for a in task.assignments]) for task in plan.tasks] == [
        ("（一）", ["县水务局"]),
        ("（二）", ["县财政局"]),
    ]
    assert [citation.title for citation in plan.citations] == ["2024年重点工作要点"]
    assert plan.header.title == "2024年重点工作要点"
    assert plan.header.document_number == "松政办发〔2024〕17号"
    assert {section.title for section in plan.sections} == {"重点任务", "推进管网改造", "整治河道"}


KEPT = [
    "扫码支付覆盖所有商户（县商务局负责）",
    "主办单位：县水务局",
    "无障碍环境建设（县住建局）",
    "承办单位：县财政局",
    "1.打印审批结果，方便群众。（县行政审批局负责）",
    "首页",
    "分享到各乡镇的做法由县水务局牵头推广",
]


@pytest.mark.parametrize("line", KEPT)
def test_a_line_that_may_be_the_plans_is_kept(line: str) -> None:
    assert furniture_lines([*NOTICE, line, "三、保障措施"]) == frozenset()


@pytest.mark.parametrize(
    "below",
    [
        ["附件下载：", "1.建设道路5公里（县交通局负责）", "2.建设桥梁2座（县财政局负责）"],
        ["相关阅读", "三、保障措施", "建立台账"],
        ["相关链接", "牵头单位：县水务局"],
        ["上一篇章谋划全局，各部门要抓好落实。"],
    ],
)
def test_tasks_behind_a_mark_are_kept(below: list[str]) -> None:
    assert not {*range(len(NOTICE), len(NOTICE) + len(below))} <= furniture_lines([*NOTICE, *below])
    assert len(NOTICE) + 1 not in furniture_lines([*NOTICE, *below])
