"""What holds for every text: it is read without error, its facts stand where they say, layout changes none of them."""

from __future__ import annotations

import codecs
import hashlib
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source, from_json, to_json
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from ingest.reading import CellText, ReadingBuilder
from tests.conftest import ROOT
from tests.support.scoring import misplaced

PLANS = sorted([*(ROOT / "tests" / "corpus").glob("*/*.txt"), *(ROOT / "data" / "plans").glob("*.txt")])
WRAPPED = [path for path in PLANS if path.stem in ("000_3fa5fd6deccc4e95", "court-city-2023")]
"""Plans whose lines are broken at a page's width."""

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

SAYINGS = [
    *("一、总体要求", "（一）加强监管。", "1.开展检查。", "（1）", "①", "第一章 ", "附件2", "附件：", "工作进度："),
    *("责任单位：", "牵头单位：", "配合单位：", "完成时限：", "责任领导：张明华", "市教育局", "各乡镇（街道）", "下同"),
    *("区住建局（交通运输局）", "各市、县人民政府", "（市教育局牵头，市公安局配合）", "〔责任单位：市教育局〕"),
    *("列第一位者为牵头单位，下同", "会同", "分别负责", "等部门", "12月底前", "每季度至少1次", "全年不少于2次"),
    *("“十四五”期间", "2月30日前", "印发之日起30日内", "适时", "按时间节点", "达到40.8%以上", "4批次/千人"),
    *("20至30个", "超30万元以上", "１２３", "补助最高不超过300万元", "1,200人次", "《关于〈办法〉的通知》"),
    *("《中共中央 国务院意见》（中发〔2019〕17号）", "修订", "根据", "关于印发", "的通知", "2021年5月24日", "现将"),
    *("焦示食安〔2021〕1号", "各有关部门：", "第 3 页 共 9 页", "\n— 3 —\n", "\n\n", "\r\n", "\t", " ", "　"),
    *"。；，、",
]
MARKS = (
    "（）()〔〕［］【】《》〈〉“”：；，。、·—-/%％.0123456789０９ \t\n\r\f　\u200b\ufeff𠮷Aaé"
    "一二三十年月日前底每季度局委办市区县各等负责牵头配合"
)
anything = st.one_of(
    st.lists(st.sampled_from(SAYINGS), max_size=40).map("".join),
    st.text(alphabet=MARKS, max_size=120),
    st.lists(st.one_of(st.sampled_from(SAYINGS), st.text(alphabet=MARKS, max_size=6)), max_size=30).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
)


def a_source(text: str) -> Source:
    data = text.encode()
    return Source(name="plan.txt", media="txt", data=data, sha256=hashlib.sha256(data).hexdigest(), text=text)


def facts(plan: Plan, lexicon: Lexicon) -> Any:
    """All that is printed of a plan, without the places and how many characters are what."""
    return _without_places(extract(plan, lexicon))


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(each) for key, each in value.items() if key not in ("start", "end", "classes")}
    return [_without_places(each) for each in value] if isinstance(value, list) else value


def read(data: bytes, lexicon: Lexicon) -> Plan:
    return parse_plan(source_of(data, "plan.txt"), lexicon)


@quick
@given(text=anything)
def test_any_text_is_read_and_every_fact_stands_where_it_says(text: str, lexicon: Lexicon) -> None:
    plan = parse_plan(a_source(text), lexicon)
    assert misplaced(extract(plan, lexicon), text) == []
    assert from_json(to_json(plan)) == plan
    assert 0 <= plan.coverage.consumed <= plan.coverage.total


@quick
@given(text=anything)
def test_ids_are_distinct_and_every_link_leads_somewhere(text: str, lexicon: Lexicon) -> None:
    plan = parse_plan(a_source(text), lexicon)
    ids = [each.id for group in (plan.sections, plan.tasks, plan.milestones) for each in group]
    sections, tasks = {section.id for section in plan.sections}, {task.id for task in plan.tasks}
    assert len(set(ids)) == len(ids)
    assert {section.parent for section in plan.sections} <= {None, *sections}
    assert {task.section_id for task in plan.tasks} | {clause.section_id for clause in plan.milestones} <= sections
    assert {clause.task for clause in plan.milestones} | {task.same_as for task in plan.tasks} <= {None, *tasks}


@quick
@given(text=anything)
def test_every_span_lies_in_the_text(text: str, lexicon: Lexicon) -> None:
    plan = parse_plan(a_source(text), lexicon)
    spans = [
        *(evidence.span for evidence in plan.header.evidence),
        *(doubt.span for doubt in plan.doubts),
        *(span for section in plan.sections for span in (section.span, section.heading)),
        *(span for task in plan.tasks for span in task.statements),
        *plan.coverage.unread,
    ]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


COLUMNS = ["序号", "重点任务", "责任单位", "牵头单位", "配合单位", "完成时限", "/", ""]
CELLS = st.one_of(
    st.sampled_from([*COLUMNS, *(said for said in SAYINGS if "—" not in said)]), st.text(alphabet=MARKS, max_size=12)
)


@quick
@example(tables=[[["《"]], [["》"]]], between="0", reach=1)
@given(
    tables=st.lists(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6), max_size=3),
    between=anything,
    reach=st.integers(1, 3),
)
def test_any_table_is_read_and_every_fact_stands_where_it_says(
    tables: list[list[list[str]]], between: str, reach: int, lexicon: Lexicon
) -> None:
    builder = ReadingBuilder()
    for table in tables:
        builder.paragraph(between)
        builder.begin_table()
        builder.row([CellText(n, said) for n, said in enumerate(["序号", "重点任务", "责任单位", "完成时限"], 1)])
        for cells in table:
            builder.row([CellText(n, said, rows=reach if n == 3 else 1) for n, said in enumerate(cells, 1)])
    reading = builder.done()
    source = Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells)
    plan = parse_plan(source, lexicon)
    assert misplaced(extract(plan, lexicon), reading.text) == []
    assert from_json(to_json(plan)) == plan


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_is_the_same_after_a_trip_through_json(path: Path, lexicon: Lexicon) -> None:
    plan = read(path.read_bytes(), lexicon)
    assert from_json(to_json(plan)) == plan
    assert to_json(from_json(to_json(plan))) == to_json(plan)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_line_ends_and_a_byte_order_mark_change_no_fact(path: Path, lexicon: Lexicon) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    unix = text.replace("\r\n", "\n")
    wanted = facts(read(unix.encode(), lexicon), lexicon)
    assert facts(read(unix.replace("\n", "\r\n").encode(), lexicon), lexicon) == wanted
    assert facts(read(codecs.BOM_UTF8 + unix.encode(), lexicon), lexicon) == wanted
    assert facts(read(unix.encode("utf-16"), lexicon), lexicon) == wanted


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
@few
@given(seed=st.integers(0, 10**6))
def test_blanks_between_chinese_characters_change_no_fact(path: Path, seed: int, lexicon: Lexicon) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    chance = random.Random(seed)
    blanked = re.sub(r"(?<=[一-鿿])(?=[一-鿿])", lambda _: " " if chance.random() < 0.02 else "", text)
    assert facts(read(blanked.encode(), lexicon), lexicon) == facts(read(text.encode(), lexicon), lexicon)


@pytest.mark.parametrize("path", WRAPPED, ids=lambda path: path.stem)
@settings(few, max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_page_numbers_between_wrapped_lines_change_no_fact(path: Path, seed: int, lexicon: Lexicon) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    chance = random.Random(seed)
    # A line that is full and does not end its sentence goes on in the next.
    numbered = re.sub(
        r"(?<=[^\n]{26}[一-鿿，、])\n(?=\n?[一-鿿]{2})",
        lambda _: f"\n\n— {chance.randint(1, 40)} —\n\n" if chance.random() < 0.1 else "\n",
        text,
    )
    assert facts(read(numbered.encode(), lexicon), lexicon) == facts(read(text.encode(), lexicon), lexicon)
