"""The sentence that an answer says of itself is read again as the same query."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query import (
    ANYHOW,
    FIRM,
    HAS_KINDS,
    NAMED,
    PREDICATES,
    AimsAt,
    All,
    Among,
    Cites,
    FallsDue,
    Has,
    InPlan,
    InSection,
    Lacks,
    Not,
    OfPerson,
    OfRegion,
    OfSystem,
    OfUnit,
    OfYear,
    Query,
    Recurs,
    Says,
    Some,
    Where,
)
from graph.query.questions import Via
from graph.query.selection import Order, Select
from ingest.model import CitationRole, Period, Role
from web.queries.sentence import query_said
from web.words.catalogue import load_translations
from web.words.conditions import sentence

UNITS = {"东县-教育局": "教育局（东县）", "西县-各乡": "各乡镇（街道）（西县）", "东县-或局": "地方或有关局（东县）"}
PLANS = {"a1": "2021年食品安全工作要点", "b2": "关于印发〔2021〕1号方案的通知", "c3": "城乡建设（2024—2026年）"}
DOCUMENTS = {"民法典": "中华人民共和国民法典", "条例": "食品安全法实施条例（修订）", "意见": "关于安全或健康的意见"}
SECTIONS = {"a1.1": "（一）校园", "a1.2": "第三条 党政同责", "b2.1": "1.重点任务"}
CALLED = {"unit": UNITS, "plan": PLANS, "cites": DOCUMENTS, "section": SECTIONS}

TEXT = st.text(alphabet="校园食品安全95%a. 12-（）", min_size=1, max_size=8).map(str.strip).filter(bool)
"""Words without the signs that part a sentence (；〔〕或且), which nothing in it could tell from its own."""
DAY = st.dates(min_value=date(2000, 1, 1)).map(lambda day: day.isoformat())
NUMBER = st.floats(-1e9, 1e9).map(lambda number: round(number, 3))


def label_of(name: str, id: str) -> str:
    return CALLED.get(name, {}).get(id, id)


def ids_of(name: str) -> dict[str, str]:
    return {label: id for id, label in CALLED.get(name, {}).items()}


def some(allowed: object, least: int = 0) -> st.SearchStrategy[tuple[object, ...]]:
    """Some of the values, in their order."""
    values = list(allowed) if isinstance(allowed, dict | tuple) else list(get_args(allowed))
    return st.lists(st.sampled_from(values), min_size=least, unique=True).map(
        lambda said: tuple(sorted(said, key=values.index))
    )


LEVELS = [FIRM, ANYHOW, ("own",), ("item",), ("again",), ("own", "item"), (*FIRM, "item")]
DUE = (
    st.builds(FallsDue, DAY, DAY | st.just("")) | st.builds(FallsDue, st.just(""), DAY)
    | st.builds(FallsDue, DAY.map(lambda day: day[5:]), DAY.map(lambda day: day[5:]))
    | st.builds(FallsDue, DAY, DAY, st.sampled_from(LEVELS))
)  # fmt: skip
PREDICATE: dict[type, st.SearchStrategy[Where]] = {
    OfUnit: st.builds(OfUnit, some(UNITS, 1), some(Role), some(Via, 1) | st.just(NAMED)),
    OfPerson: st.builds(OfPerson, st.lists(TEXT, min_size=1, max_size=2).map(tuple)),
    OfSystem: st.builds(OfSystem, st.lists(TEXT, min_size=1, max_size=2).map(tuple)),
    OfRegion: st.builds(OfRegion, st.lists(TEXT, min_size=1, max_size=2).map(tuple)),
    Cites: st.builds(Cites, some(DOCUMENTS, 1), some(CitationRole)),
    FallsDue: DUE,
    Recurs: st.builds(Recurs, some(Period, 1)),
    AimsAt: st.builds(AimsAt, TEXT, st.sampled_from([">=", "<=", ">", "<", "="]), NUMBER)
    | st.builds(AimsAt, TEXT),
    Has: st.builds(Has, st.sampled_from(HAS_KINDS)),
    Lacks: st.builds(Lacks, st.sampled_from(HAS_KINDS)),
    InSection: st.builds(InSection, some(SECTIONS, 1)),
    InPlan: st.builds(InPlan, some(PLANS, 1)),
    OfYear: st.builds(OfYear, st.lists(st.integers(1900, 2100), min_size=1, max_size=3).map(tuple)),
    Says: st.builds(Says, TEXT),
}  # fmt: skip
"""Each predicate but `Among`: ids of tasks are no words, and a sentence says only how many they are."""
LEAF = st.one_of(*PREDICATE.values())
PART = st.recursive(
    LEAF | LEAF.map(Not),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Some(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Not(All(tuple(parts))))
    ),
    max_leaves=5,
)
QUERIES = st.builds(
    Query, st.lists(PART, max_size=4).map(lambda parts: All(tuple(parts))), st.sampled_from(get_args(Select)),
    st.sampled_from(get_args(Order)), some(Role), st.none() | st.integers(0, 999), st.none() | st.integers(0, 999),
)  # fmt: skip


@given(QUERIES)
def test_a_sentence_leads_back_to_its_query(query: Query) -> None:
    assert query_said(sentence(query, label_of), ids_of) == query


@given(QUERIES)
def test_a_sentence_in_english_does_so_too(query: Query) -> None:
    english = load_translations("en").gettext
    assert query_said(sentence(query, label_of, english), ids_of, english) == query


def test_every_predicate_but_a_list_of_tasks_is_said() -> None:
    assert {*PREDICATE} == {*PREDICATES} - {Among}
    assert query_said(sentence(Query(Among(("t1", "t2"))), label_of), ids_of) is None


@pytest.mark.parametrize(
    "said",
    [
        "教育局负责什么", "任务", "任务：教育局", "任务：单位 火星局（东县）", "任务：到期 2021-13",
        "单位（主抓）：全部任务",
        "任务：条件 〔单位 教育局（东县）", "任务：文件年度 去年", "任务：写有 好", "",
        "任务：到期 2021-99-01至2021-99-30", "任务：到期 2021-02-30以前", "任务：到期 各文件年度的13-01至13-31",
        "任务：文件年度 ²⁰²¹",
    ],
)  # fmt: skip
def test_other_words_are_no_sentence(said: str) -> None:
    assert query_said(said, ids_of) is None


@given(st.text(alphabet="任务单位：；或且〔〕不 到期字词全部2021-", max_size=40))
def test_any_words_can_be_read(said: str) -> None:
    query_said(said, ids_of)
