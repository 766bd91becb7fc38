"""Collectives of several levels, an organ's groups, and what only looks like a charge: read as one, or told."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan
from ingest.parse import parse_plan
from tests.support.factories import a_source


def read(text: str, lexicon: Lexicon) -> Plan:
    return parse_plan(a_source(f"松河市2024年工作方案\n\n一、重点任务\n{text}\n"), lexicon)


def units(plan: Plan) -> list[tuple[str, str]]:
    return [(a.mention.text, a.role) for task in plan.tasks for a in task.assignments]


@pytest.mark.parametrize(
    "name",
    [
        "各区、县级市政府",
        "各有关区、县级市政府",
        "各县、自治县人民政府",
        "各镇、民族乡政府",
        "市疫情防控指挥部各工作组",
        "市安全生产领导小组各成员单位",
    ],
)
def test_a_collective_is_one_unit(name: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）新建学校5所。（市教育局牵头，市财政局、{name}配合）", lexicon)
    assert units(plan) == [("市教育局", "lead"), ("市财政局", "support"), (name, "support")]


@pytest.mark.parametrize("words", ["结合实际落实", "结合本地实际抓好落实", "结合各自实际负责"])
def test_words_of_how_a_work_is_done_belong_to_no_name(words: str, lexicon: Lexicon) -> None:
    plan = read(f"（一）新建学校5所。（市教育局牵头，各县人民政府{words}）", lexicon)
    assert units(plan) == [("市教育局", "lead"), ("各县人民政府", "responsible")]


@pytest.mark.parametrize(
    "sentence",
    [
        "市环保局组织开展绿色环保行动",
        "绿色行动：市科协组织开展科普展览",
        "市就业局举办招聘大集",
        "市残联组织残疾人志愿者开展公益活动",
        "各社区要相应成立组织机构",
    ],
)
def test_who_organises_something_is_told_where_it_is_no_task(sentence: str, lexicon: Lexicon) -> None:
    plan = read(f"1.{sentence}，营造氛围。", lexicon)
    told = [doubt.params["text"] for doubt in plan.doubts if doubt.code == "unread"]
    assert units(plan) or any(sentence.rpartition("：")[2][:4] in each for each in told)


@pytest.mark.parametrize("sentence", ["市科协成立于1958年", "市环保局组织开展了三次检查", "市水务局组织开展过两次演练"])
def test_what_was_and_who_forms_a_group_is_not_told(sentence: str, lexicon: Lexicon) -> None:
    plan = read(f"1.{sentence}。", lexicon)
    assert not [doubt for doubt in plan.doubts if doubt.code == "unread"]
