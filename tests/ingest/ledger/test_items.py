"""A numbered item for which nobody is named is told, where others name units or where the whole plan names none."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import source_of

HEAD = "{title}\n宁川市人民政府办公室\n2024年3月1日\n"
NAMED = "（一）监督。开展食品安全监督检查。（市教育局负责）\n（二）检查。开展校园周边检查。（市公安局负责）\n"


def without_unit(body: str, lexicon: Lexicon, title: str = "宁川市2024年重点工作要点") -> list[str]:
    source = source_of((HEAD.format(title=title) + body).encode(), "plan.txt")
    return [d.span.of(source.text) for d in parse_plan(source, lexicon).doubts if d.code == "no-unit"]


@pytest.mark.parametrize(
    "item", ["宣讲。开展食品安全知识宣讲活动。", "培训。举办管理人员培训班两期。", "新建文化礼堂三座"]
)
def test_an_item_that_names_nobody_beside_others_that_do_is_told(item: str, lexicon: Lexicon) -> None:
    found = without_unit(f"一、重点任务\n{NAMED}（三）{item}\n", lexicon)
    assert [each[:3] for each in found] == ["（三）"]


@pytest.mark.parametrize("title", ["宁川市2024年重点工作要点", "宁川市供水实施方案", "宁川市蓝天保卫行动计划"])
def test_each_item_of_a_plan_that_names_nobody_is_told(title: str, lexicon: Lexicon) -> None:
    body = "一、重点任务\n（一）开展监督检查。全面检查食堂。\n（二）开展知识宣讲。走进全市校园。\n"
    assert len(without_unit(body, lexicon, title)) == 2


@pytest.mark.parametrize(
    "body",
    [
        "一、总体要求\n（一）指导思想。坚持以人民为中心。\n（二）基本原则。坚持预防为主、综合治理。\n",
        "二、保障措施\n（一）加强组织领导。各部门要高度重视。\n（二）强化督促检查。定期开展督促检查。\n",
        "三、附则\n（一）本方案由市水务局解释。\n（二）本方案自发布之日起施行。\n",
    ],
)
def test_parts_that_say_why_and_how_are_not_told(body: str, lexicon: Lexicon) -> None:
    assert without_unit(f"一、重点任务\n{NAMED}{body}", lexicon) == []


@pytest.mark.parametrize("title", ["宁川市供水管理办法", "宁川市关于开展会议的通知", "市长在经济工作会议上的讲话"])
def test_what_is_no_plan_is_not_asked_who_does_it(title: str, lexicon: Lexicon) -> None:
    body = "一、开展监督检查。全面检查食堂。\n二、开展知识宣讲。走进全市校园。\n"
    assert without_unit(body, lexicon, title) == []
