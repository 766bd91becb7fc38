"""A query and its address say the same."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.questions import Via
from graph.query.selection import (
    ANYHOW,
    HAS_KINDS,
    PREDICATES,
    AimsAt,
    All,
    Among,
    Cites,
    DueLevel,
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
    Order,
    Query,
    Recurs,
    Says,
    Select,
    Some,
    Where,
    conjuncts,
)
from ingest.model import CitationRole, Period, Role
from web.errors import BadChoice
from web.queries.address import _FIELDS, _READ, NAMES, parameters_of, query_of

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(
    lambda text: text.strip() or "甲"
)
IDS = st.lists(TEXT, min_size=1, max_size=3, unique=True).map(tuple)


def some(values: object, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the values of a Literal, in their order."""
    allowed = get_args(values)
    return st.lists(st.sampled_from(allowed), min_size=least, unique=True).map(
        lambda found: tuple(each for each in allowed if each in found)
    )


DAYS = st.dates(min_value=__import__("datetime").date(2000, 1, 1)).map(lambda day: day.isoformat())
PREDICATE: dict[type, st.SearchStrategy[Where]] = {
    OfUnit: st.builds(OfUnit, IDS, some(Role), some(Via, 1)),
    OfPerson: st.builds(OfPerson, IDS),
    OfSystem: st.builds(OfSystem, IDS),
    Cites: st.builds(Cites, IDS, some(CitationRole)),
    FallsDue: st.builds(FallsDue, DAYS | st.just(""), DAYS | st.just(""), some(DueLevel, 1))
    | st.builds(FallsDue, DAYS.map(lambda day: day[5:]), DAYS.map(lambda day: day[5:])),
    Recurs: st.builds(Recurs, some(Period, 1)),
    AimsAt: st.builds(AimsAt, TEXT, st.just(">="), st.integers(0, 10_000).map(float)) | st.builds(AimsAt, TEXT),
    Has: st.builds(Has, st.sampled_from(HAS_KINDS)),
    Lacks: st.builds(Lacks, st.sampled_from(HAS_KINDS)),
    InSection: st.builds(InSection, IDS),
    InPlan: st.builds(InPlan, IDS),
    OfYear: st.builds(OfYear, st.lists(st.integers(1900, 2100), min_size=1, max_size=3).map(tuple)),
    OfRegion: st.builds(OfRegion, IDS),
    Says: st.builds(Says, TEXT),
    Among: st.builds(Among, IDS),
}
LEAF = st.one_of(*PREDICATE.values())
TREE = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts)))
        | st.lists(inner, max_size=3).map(lambda parts: Some(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=6,
)
QUERIES = st.builds(
    Query, TREE, st.sampled_from(get_args(Select)), st.sampled_from(get_args(Order)), some(Role),
    st.none() | st.integers(0, 999), st.none() | st.integers(0, 999),
)  # fmt: skip


@given(QUERIES)
def test_an_address_leads_back_to_its_query(query: Query) -> None:
    back = query_of(parameters_of(query))
    assert conjuncts(back.where) == conjuncts(query.where)
    assert (back.select, back.order, back.roles, back.least, back.most) == (
        query.select, query.order, query.roles, query.least, query.most,
    )  # fmt: skip


def test_every_predicate_has_a_name_and_is_read_again() -> None:
    assert set(_FIELDS) == set(PREDICATES) == set(PREDICATE)
    assert {name for name, _ in _FIELDS.values()} == set(_READ) == set(NAMES)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (OfUnit(("焦作市-教育局",), ("lead",)), {"unit": ("焦作市-教育局:lead",)}),
        (Not(OfUnit(("甲",))), {"-unit": ("甲",)}),
        (All((OfUnit(("甲",)), OfUnit(("乙",)))), {"unit": ("甲", "乙")}),
        (FallsDue("2021-11-01", "2021-11-30"), {"due": ("2021-11",)}),
        (FallsDue("2021-11-01", "2021-11-30", ANYHOW), {"due": ("2021-11:any",)}),
        (FallsDue("2021-11-01", "2021-11-30", ("own", "again")), {"due": ("2021-11:own:again",)}),
        (FallsDue("", "2021-11-30"), {"due": ("..2021-11-30",)}),
        (FallsDue("01-01", "12-31"), {"due": ("01-01..12-31",)}),
        (AimsAt("覆盖率", ">=", 95.0), {"target": ("覆盖率>=95",)}),
        (All((Lacks("lead"), Says("食品 安全"))), {"lacks": ("lead",), "q": ("食品 安全",)}),
    ],
)
def test_addresses_can_be_read_by_people(where: Where, said: dict[str, tuple[str, ...]]) -> None:
    assert parameters_of(Query(where)) == said


def test_a_list_of_units_by_those_who_lead_most_is_said() -> None:
    query = Query(All(), "unit", "most", ("lead",), 1, 5)
    assert parameters_of(query) == {
        "of": ("unit",),
        "sort": ("most",),
        "least": ("1",),
        "most": ("5",),
        "in": ("lead",),
    }


@pytest.mark.parametrize(
    "said",
    [
        {"unit": ["甲:boss"]}, {"due": ["soon"]}, {"lacks": ["everything"]}, {"every": ["fortnight"]}, {"of": ["x"]},
        {"sort": ["x"]}, {"year": ["21"]}, {"least": ["many"]}, {"target": ["a>b"]}, {"where": ["{"]}, {"in": ["x"]},
        {"cites": ["a:x"]}, {"where": ["[" * 9999]}, {"year": ["²⁰²¹"]}, {"due": ["2021-１１"]},
        {"due": ["2021-02-30"]},
    ],
)  # fmt: skip
def test_what_says_nothing_is_refused(said: dict[str, list[str]]) -> None:
    with pytest.raises(BadChoice):
        query_of(said)
