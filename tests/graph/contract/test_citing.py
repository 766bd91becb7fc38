"""What every store must do (graph/store.py): which citations are one document, and who rests on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.errors import UnknownThing
from graph.store import Store
from ingest.model import Plan, Reference, Source
from tests.support.factories import a_milestone, a_plan, a_section, a_source, a_task, resolve

if TYPE_CHECKING:
    from tests.support.graph_stores import Open, OpeningAt


def test_one_document_however_its_title_and_number_are_written(store: Store) -> None:
    store.save(
        *a_plan(
            a_task("甲", cites=[("关于深化改革的意见", "中发〔2019〕17号")]),
            a_task("乙", cites=[("《关于深化改革的意见》", "中发[2019] 17号")]),
            a_task("丙", cites=["关于 深化改革的意见"]),
            a_task("丁", cites=["中华人民共和国民法典"]),
            a_task("戊", cites=["民法典"]),
        )
    )
    assert {(each.id, each.citations) for each in store.documents()} == {("中发-2019-17", 3), ("民法典", 2)}
    assert store.document("关于深化改革的意见").id == "中发-2019-17"


def test_a_task_that_means_a_document_by_words_rests_on_it(store: Store) -> None:
    source, plan = a_plan(
        a_task("甲", cites=[("招商考核方案", "焦政〔2023〕16号")]),
        "根据上述方案公布排名",
        a_task("丙", cites=["招商考核方案"]),
    )
    named, meaning, both = plan.tasks
    back = Reference(
        "上述方案", "招商考核方案", "焦政〔2023〕16号", "implement", rule="called-again", span=meaning.span
    )
    meaning = replace(meaning, facts=(*meaning.facts, back))
    both = replace(both, facts=(*both.facts, replace(back, document_number=None, span=both.span)))
    store.save(source, replace(plan, tasks=(named, meaning, both)))
    citing = store.citing("招商考核方案")
    assert [(each.holder_id, each.role) for each in citing][1] == (meaning.id, "implement")
    assert len(citing) == 3
    assert citing[1].tasks == (meaning.id,)
    assert "上述方案" in citing[1].sentence
    assert store.document("招商考核方案").citations == 3


def test_a_document_in_brackets_is_linked_to_the_one_that_issues_it(store: Store) -> None:
    outer = "办公厅关于印发〈责任制规定〉的通知"
    store.save(
        *a_plan(
            a_task("甲", cites=[(outer, "厅字〔2019〕13号")]), a_task("乙", cites=["责任制规定"]), number="甲〔1〕1号"
        )
    )
    through = {each.through: each.title for each in store.citing("责任制规定")}
    assert through == {"厅字-2019-13": outer, None: "责任制规定"}
    assert [each.through for each in store.citing("厅字-2019-13")] == [None]
    edges = [edge for edge in store.nodes_and_edges().edges if edge.kind == "inner"]
    assert [(each.source, each.target) for each in edges] == [("document:厅字-2019-13", "document:责任制规定")]


def test_a_number_given_to_two_titles_is_a_doubt_and_makes_two_documents(store: Store) -> None:
    store.save(
        *a_plan(
            a_task("甲", cites=[("食品安全规定", "国发〔2019〕1号")]),
            a_task("乙", cites=[("食品安全规定", "国发〔2019〕1号")]),
            a_task("丙", cites=[("道路交通办法", "国发〔2019〕1号")]),
        )
    )
    (doubt,) = store.doubts()
    assert doubt.code == "number-of-two-titles"
    assert doubt.params == {"number": "国发〔2019〕1号", "title": "食品安全规定", "other": "道路交通办法"}
    assert {each.id: each.citations for each in store.documents()} == {"国发-2019-1": 2, "道路交通办法": 1}


def test_a_stub_keeps_its_id_when_its_plan_is_ingested(store: Store) -> None:
    store.save(*a_plan(a_task("甲", cites=[("2020年工作要点", "焦政〔2020〕5号"), "2019年工作要点"])))
    before = {each.id for each in store.documents()}
    _, named = a_plan("一项", number="焦政[2020]5号", title="2020年工作要点")
    _, titled = a_plan("一项", number="焦政〔2019〕9号", title="2019年工作要点")
    store.save(a_source("p"), named)
    store.save(a_source("q"), titled)
    assert {each.id for each in store.documents()} == before
    assert store.document("焦政-2020-5").plan_id == named.id
    assert store.document("2019年工作要点").plan_id == titled.id
    store.remove(named.id)
    assert store.document("焦政-2020-5").plan_id is None


CITED = st.lists(
    st.tuples(
        st.sampled_from(["甲规定", "乙规定", "丙办法"]), st.sampled_from([None, "子〔2020〕1号", "丑〔2021〕2号"])
    ),
    max_size=3,
)


def test_documents_are_the_same_however_the_plans_came_and_went(
    opening_at: OpeningAt, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    titles = ["甲规定", "乙规定", "丙办法", "丁"]

    @settings(max_examples=8 if "neo4j" in request.node.name else 25, deadline=None)
    @given(st.lists(CITED, min_size=1, max_size=5), st.data())
    def holds(cited: list[list[tuple[str, str | None]]], data: st.DataObject) -> None:
        pairs = [
            a_plan(a_task("一项", cites=each), number=f"寅〔2021〕{nth}号", title=titles[nth % 4])
            for nth, each in enumerate(cited)
        ]
        order = data.draw(st.permutations(range(len(pairs))))
        removed = data.draw(st.sets(st.sampled_from(range(len(pairs)))))
        comings: list[Callable[[Store], object]] = [partial(_save, pair=pairs[nth]) for nth in order]
        comings += [partial(_remove, plan=pairs[nth][1]) for nth in sorted(removed)]
        kept: list[Callable[[Store], object]] = [
            partial(_save, pair=pair) for nth, pair in enumerate(pairs) if nth not in removed
        ]
        said = [_said(opening_at(tmp_path_factory.mktemp("library")), steps, titles[:3]) for steps in (comings, kept)]
        assert said[0] == said[1]

    holds()


def _save(store: Store, pair: tuple[Source, Plan]) -> None:
    store.save(*pair)


def _remove(store: Store, plan: Plan) -> None:
    store.remove(plan.id)


def _said(opening: Open, steps: list[Callable[[Store], object]], titles: list[str]) -> tuple[object, ...]:
    """What a library says of its documents after some steps."""
    store, _ = opening(resolve, "1")
    for step in steps:
        step(store)
    drawn = {edge for edge in store.nodes_and_edges().edges if edge.kind in ("cites", "inner", "names")}
    said = (store.documents(), store.doubts(), [_document_of(store, title) for title in titles], drawn)
    store.close()
    return said


def _document_of(store: Store, id: str) -> str | None:
    try:
        return store.document(id).id
    except UnknownThing:
        return None


def test_a_sentence_that_is_cut_says_so(store: Store) -> None:
    _, plan = a_plan(a_task("甲" * 400, cites=["民法典"]), a_task("依照规定", cites=["民法典"]), cites=["民法典"])
    store.save(a_source("前言中说《民法典》" + "乙" * 400), plan)
    said = {each.holder_id: each.sentence for each in store.citing("民法典")}
    assert said[plan.tasks[0].id].startswith("……甲")
    assert said[plan.tasks[0].id].endswith("《民法典》")
    assert said[plan.tasks[1].id] == "依照规定，《民法典》"
    assert said[plan.id].startswith("前言中说《民法典》")
    assert said[plan.id].endswith("乙……")


def test_who_cites_and_whom_that_binds(store: Store) -> None:
    _, plan = a_plan(
        a_section(
            "甲",
            a_task("先做别的。依照规定执行", lead=["食药监分局"], cites=["民法典"]),
            a_task("别的", responsible=["教育局"]),
            a_milestone("按方案推进", about=1, cites=["民法典"]),
            a_milestone("按方案统筹", cites=["民法典"]),
        ),
        cites=["民法典"],
    )
    store.save(a_source("前言中说《民法典》要落实。别的"), plan)
    found = {(each.holder, each.holder_id): each for each in store.citing("民法典")}
    units = {key: [party.name for party in each.parties] for key, each in found.items()}
    own, about, item = plan.tasks[0].id, plan.milestones[0].id, plan.milestones[1].id
    assert units == {
        ("plan", plan.id): [],
        ("task", own): ["食药监分局"],
        ("milestone", about): ["教育局"],
        ("milestone", item): ["食药监分局", "教育局"],
    }
    assert found["task", own].sentence == "依照规定执行，《民法典》"


def test_who_cites_a_document_is_told_role_by_role_and_part_by_part(store: Store) -> None:
    for nth in range(1, 4):
        tasks = [a_task(f"第{each}项落实", lead=["教育局"], cites=["民法典"]) for each in range(nth)]
        store.save(*a_plan(*tasks, number=f"甲〔2021〕{nth}号", cites=["关于印发〈民法典〉的通知"]))
    document = next(each.id for each in store.documents() if each.title == "民法典")
    found, places = store.cited_by(document), store.citing(document)
    assert (found.total, sum(found.roles.values())) == (len(places), len(places)) == (9, 9)
    assert {each.citation_id for each in found.rows} == {each.citation_id for each in places}
    assert [each.role for each in found.rows] == [role for role, count in found.roles.items() for _ in range(count)]
    assert [title for _, title in found.issued_by] == ["关于印发〈民法典〉的通知"]
    parts = [store.cited_by(document, offset=offset, limit=4) for offset in (0, 4, 8)]
    assert tuple(row for part in parts for row in part.rows) == found.rows
    assert {part.total for part in parts} == {9}
    assert store.cited_by(document, offset=99, limit=4).rows == parts[2].rows
