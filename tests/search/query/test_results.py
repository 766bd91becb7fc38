"""Hits, highlights and facets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ingest.model import Span
from search.catalog import Catalog
from search.index.fields import Entry
from search.index.tree import Mark
from search.query.filters import Filters
from search.query.results import highlight, page_highlight
from search.words.analyzer import fold, folded
from tests.support.factories import a_milestone, a_plan, a_section, a_task
from tests.support.search_library import Where, a_catalog
from tests.support.search_places import Sharing

OPINION = ("关于抽检的意见", "中发〔2019〕17号")
BY_MAY, BY_DECEMBER = {"5月底前": "2021-05-31"}, {"12月底前": "2021-12-31"}


@pytest.fixture
def catalog(sharing: Sharing) -> Catalog:
    return sharing(a_small_library)


def a_small_library(where: Where) -> Catalog:
    return a_catalog(
        where,
        a_plan(
            a_section(
                "抽检监测",
                a_task("开展 食品\n抽检", lead=["食药监分局"], support=["卫健委"], by=BY_MAY),
                a_task("公布抽检结果", responsible=["食药监分局"], cites=["民法典", OPINION]),
                a_milestone("年底前完成抽检", by=BY_DECEMBER, about=1),
            ),
            a_section("宣传", a_task("组织宣传周", lead=["人社局"])),
        ),
    )


def texts(catalog: Catalog, text: str = "", **filters: object) -> list[str]:
    chosen = Filters(kind=("task",), **filters)  # type: ignore[arg-type]
    return sorted(hit.entry.text for hit in catalog.search(text, chosen).hits)


def unit_id(catalog: Catalog, name: str) -> str:
    return next(row.id for row in catalog.store.units() if row.name == name)


def test_marks_stand_on_the_original_characters_of_text_and_source(catalog: Catalog) -> None:
    hit = next(hit for hit in catalog.search("食品抽检").hits if hit.entry.kind == "task")
    assert [mark.of(hit.entry.text) for mark in hit.marks] == ["食品\n抽检"]
    source = catalog.store.source(hit.entry.plan)
    assert [mark.of(source.text) for mark in hit.page_marks] == ["食品\n抽检"]
    assert [mark.of(hit.entry.section) for mark in hit.section_marks] == ["抽检"]


def test_an_alias_is_marked_as_it_is_written(catalog: Catalog) -> None:
    (hit,) = (hit for hit in catalog.search("人力资源和社会保障局").hits if hit.entry.kind == "task")
    source = catalog.store.source(hit.entry.plan)
    assert [mark.of(source.text) for mark in hit.page_marks] == ["人社局"]


@given(st.text("食品安全 \n", max_size=30), st.lists(st.text("食品安全", min_size=1, max_size=3), max_size=4))
def test_marks_are_sorted_apart_and_hold_what_was_sought(text: str, strings: list[str]) -> None:
    spans = highlight(fold(text), [Mark(tuple(strings))])
    assert all(folded(text[one.end : other.start]) for one, other in pairwise(spans))
    assert all(any(string in folded(span.of(text)) for string in strings) for span in spans)
    assert bool(spans) == any(string in folded(text) for string in strings)


def test_words_are_marked_only_where_the_string_does_not_stand() -> None:
    mark = Mark(("食品安全",), ("食品", "安全"))
    assert highlight(fold("食品安全，食品"), [mark]) == (Span(0, 4),)
    assert highlight(fold("食品，安全"), [mark]) == (Span(0, 2), Span(3, 5))


@pytest.mark.parametrize(
    "query", ["中发[2019]17号", "中发（2019）17号", "《关于抽检的意见》", "《中华人民共和国民法典》"]
)
def test_a_number_or_title_finds_the_task_that_cites_it(catalog: Catalog, query: str) -> None:
    kinds = {hit.entry.kind for hit in catalog.search(query).hits}
    assert kinds == {"task", "document"}
    assert texts(catalog, query) == ["公布抽检结果，《民法典》，《关于抽检的意见》（中发〔2019〕17号）"]


@pytest.mark.parametrize("query", ["发〔2019〕17号", "中发〔2019〕1号", "中发〔2019〕7号", "《民法》", "《关于抽检》"])
def test_a_part_of_a_number_or_title_finds_nothing(catalog: Catalog, query: str) -> None:
    assert catalog.search(query).total == 0


def test_the_plans_own_number_finds_it(catalog: Catalog) -> None:
    assert [hit.entry.kind for hit in catalog.search("焦示食安[2021]1号").hits] == ["plan"]


def test_filters_choose_by_unit_role_section_document_and_day(catalog: Catalog) -> None:
    office, health = unit_id(catalog, "食药监分局"), unit_id(catalog, "卫健委")
    first, second = "开展 食品\n抽检，5月底前", "公布抽检结果，《民法典》，《关于抽检的意见》（中发〔2019〕17号）"
    assert texts(catalog, unit=(office,)) == sorted([first, second])
    assert texts(catalog, unit=(office,), role=("lead",)) == [first]
    assert texts(catalog, unit=(health,), role=("lead",)) == []
    assert texts(catalog, "宣传", role=("lead",)) == ["组织宣传周"]
    assert texts(catalog, document=("民法典",)) == [second]
    assert texts(catalog, document=("中发-2019-17",)) == [second]
    assert texts(catalog, due_from="2021-05-01", due_to="2021-05-31") == [first]
    assert texts(catalog, due_to="2021-05-30") == []
    section = catalog.search("宣传周").hits[0].entry.section_id
    assert texts(catalog, section=(section,)) == ["组织宣传周"]
    assert texts(catalog, plan=("another",)) == []


def test_a_linked_deadline_reaches_its_task_and_the_clause_is_found_too(catalog: Catalog) -> None:
    found = catalog.search("", Filters(due_from="2021-12-01", due_to="2021-12-31"))
    assert {(hit.entry.kind, hit.entry.text[:6]) for hit in found.hits} == {
        ("task", "公布抽检结果"), ("milestone", "年底前完成抽"),
    }  # fmt: skip


def test_facets_count_tasks(catalog: Catalog) -> None:
    facets = catalog.search("").facets
    assert {(value.label, value.count) for value in facets.unit} == {("食药监分局", 2), ("卫健委", 1), ("人社局", 1)}
    assert {(value.value, value.count) for value in facets.role} == {("lead", 2), ("support", 1), ("responsible", 1)}
    assert {(value.value, value.count) for value in facets.month} == {("2021-05", 1), ("2021-12", 1)}
    assert {(value.label, value.count) for value in facets.section} == {("抽检监测", 2), ("宣传", 1)}
    assert {(value.value, value.count) for value in facets.document} == {("民法典", 1), ("中发-2019-17", 1)}
    assert [value.count for value in facets.plan] == [3]


def test_a_units_roles_are_counted_where_it_is_chosen_and_a_roles_units_where_that_is(catalog: Catalog) -> None:
    (support,) = (value.value for value in catalog.search("").facets.unit if value.label == "卫健委")
    found = catalog.search("", Filters(unit=(support,)))
    assert [(value.value, value.count) for value in found.facets.role] == [("support", 1)]
    leads = catalog.search("", Filters(role=("lead",))).facets
    assert {(value.label, value.count) for value in leads.unit} == {("食药监分局", 1), ("人社局", 1)}
    for value in leads.unit:
        assert catalog.search("", Filters(unit=(value.value,), role=("lead",))).kinds["task"] == value.count


def test_a_facets_value_filters_down_to_its_count(catalog: Catalog) -> None:
    facets = catalog.search("").facets
    for value in facets.unit:
        assert catalog.search("", Filters(kind=("task",), unit=(value.value,))).total == value.count
    for value in facets.document:
        assert catalog.search("", Filters(kind=("task",), document=(value.value,))).total == value.count


def test_pages_follow_each_other_without_gap(catalog: Catalog) -> None:
    whole = [hit.entry.id for hit in catalog.search("抽检", limit=100).hits]
    paged = [hit.entry.id for offset in range(0, 20, 2) for hit in catalog.search("抽检", offset=offset, limit=2).hits]
    assert paged == whole


def test_a_unit_that_two_plans_name_is_one_hit(library: Where) -> None:
    catalog = a_catalog(
        library,
        a_plan(a_task("甲", lead=["食药监分局"])),
        a_plan(a_task("乙", lead=["食药监分局"]), number="焦示食安〔2022〕1号"),
    )
    assert catalog.search("食药监分局").kinds == {"unit": 1, "task": 2}


def test_noise_inside_a_sentence_does_not_keep_its_words_from_being_marked() -> None:
    page = "加强食品\n— 3 —\n安全监管"
    entry = Entry("task", "t", "p", "", "", "", "加强食品安全监管", Span(10, 10 + len(page)), page, "")
    marks = page_highlight(entry, (Mark(("食品安全",)),))
    assert [Span(each.start - 10, each.end - 10).of(page) for each in marks] == ["食品\n— 3 —\n安全"]
    assert page_highlight(replace(entry, page=""), (Mark(("食品安全",)),)) == ()
