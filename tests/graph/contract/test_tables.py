"""What every store must do (graph/store.py): the questions that are tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.errors import UnknownThing
from graph.query.questions import Duty
from graph.store import Store
from ingest.model import Doubt, Plan, Source, Span
from tests.support.factories import a_milestone, a_plan, a_section, a_source, a_task, resolve

if TYPE_CHECKING:
    from tests.support.graph_stores import Open, OpeningAt


NEW_YEAR = {"12月底前": "2021-12-31"}


# Units


def duties(found: tuple[Duty, ...]) -> list[tuple[str, str, str]]:
    return [(each.text, each.role, each.via) for each in found]


def test_units_of_one_name_at_two_levels_stay_two_and_next_years_unit_is_the_same(store: Store) -> None:
    store.save(*a_plan(a_task("甲", lead=["区农业农村局"], support=["市农业农村局"]), number="甲〔2021〕1号"))
    store.save(*a_plan(a_task("乙", lead=["农业农村局"]), number="甲〔2022〕1号", issued_on="2022-03-01"))
    rows = {row.region: row for row in store.units()}
    assert set(rows) == {"焦作市", "焦作市示范区"}
    own = rows["焦作市示范区"]
    assert (own.lead, own.support, own.plans, own.names) == (2, 0, 2, ("农业农村局", "区农业农村局"))
    assert store.unit(own.id) == own
    assert [row.name for row in store.units(plan=store.plans()[0].id)] == ["农业农村局"]


def test_duties_can_be_asked_by_role_plan_and_deadline(store: Store) -> None:
    section = a_section(
        "甲",
        a_task("牵头的任务", lead=["食药监分局"], by=NEW_YEAR),
        a_task("配合的任务", lead=["教育局"], support=["食药监分局"]),
        a_task("负责的任务", responsible=["食药监分局"]),
        a_milestone("进度", about=1, by={"11月底前": "2021-11-30"}),
    )
    _, plan = a_plan(section)
    store.save(a_source("x"), plan)
    store.save(*a_plan(a_task("别的任务", lead=["食药监分局"]), number="乙〔2021〕2号"))
    unit = "焦作市示范区-食药监分局"
    texts = [each.text for each in store.duties_of(unit)]
    assert sorted(texts) == sorted(["牵头的任务，12月底前", "配合的任务", "负责的任务", "别的任务"])
    assert [each.text for each in store.duties_of(unit, role="support")] == ["配合的任务"]
    assert [each.text for each in store.duties_of(unit, plan=plan.id, role="lead")] == ["牵头的任务，12月底前"]
    assert [each.text for each in store.duties_of(unit, deadline="linked")] == ["配合的任务"]
    assert {each.text: each.deadline for each in store.duties_of(unit, plan=plan.id)} == {
        "牵头的任务，12月底前": "own",
        "配合的任务": "linked",
        "负责的任务": "none",
    }


def test_a_duty_shows_the_words_that_say_it(store: Store) -> None:
    source, plan = a_plan(a_task("一项任务", lead=["食药监分局"], support=["教育局"]))
    store.save(source, plan)
    (duty,) = store.duties_of("焦作市示范区-教育局")
    assert duty.statement.of(source.text) == "（食药监分局牵头，教育局配合）"
    assert (duty.mention, duty.named, duty.stated, duty.rule) == ("教育局", "教育局", True, "factory")


def test_duties_of_a_second_nameplate_and_of_collectives_are_told_apart(store: Store) -> None:
    store.save(
        *a_plan(
            a_task("甲", lead=["住建局（交通运输局）"]),
            a_task("乙", lead=["交通运输局"]),
            a_task("丙", responsible=["食安委成员单位"]),
            a_task("丁", responsible=["各乡镇（街道）"]),
            a_task("戊", lead=["教育局"], support=["相关部门"]),
            a_task("己", lead=["城关镇人民政府"]),
        )
    )
    assert duties(store.duties_of("焦作市示范区-交通运输局")) == [
        ("乙", "lead", "own"),
        ("甲", "lead", "hat"),
        ("丙", "responsible", "collective"),
    ]
    assert duties(store.duties_of("焦作市示范区-城关镇人民政府")) == [
        ("己", "lead", "own"),
        ("丁", "responsible", "collective"),
    ]
    assert duties(store.duties_of("焦作市示范区-住建局")) == [
        ("甲", "lead", "own"),
        ("丙", "responsible", "collective"),
    ]
    assert store.unit("焦作市示范区-交通运输局").as_hat == 1
    assert store.duties_of("焦作市示范区-交通运输局")[1].named == "住建局"


def test_a_unit_that_a_task_names_itself_is_not_guessed_for_that_task(store: Store) -> None:
    store.save(
        *a_plan(
            a_task("甲", lead=["教育局"], responsible=["食安委成员单位"]),
            a_task("乙", lead=["住建局（交通运输局）"], support=["交通运输局"]),
            a_task("丙", responsible=["食安委成员单位"]),
        )
    )
    guessed = ("丙", "responsible", "collective")
    assert duties(store.duties_of("焦作市示范区-教育局")) == [("甲", "lead", "own"), guessed]
    assert duties(store.duties_of("焦作市示范区-教育局", role="responsible")) == [guessed]
    assert duties(store.duties_of("焦作市示范区-交通运输局")) == [
        ("乙", "support", "own"),
        ("甲", "responsible", "collective"),
        guessed,
    ]


def test_a_hat_belongs_to_the_region_of_the_unit_that_bears_it(store: Store) -> None:
    store.save(*a_plan(a_task("甲", lead=["市发改委（商务局）"])))
    assert store.unit("焦作市-商务局").as_hat == 1


def test_partners_are_named_with_the_tasks_and_both_roles(store: Store) -> None:
    store.save(
        *a_plan(
            a_task("甲", lead=["食药监分局"], support=["教育局", "公安分局"]),
            a_task("乙", lead=["教育局"], support=["食药监分局"]),
            a_task("丙", lead=["公安分局"], support=["教育局"]),
        )
    )
    first, second = store.partners_of("焦作市示范区-食药监分局")
    assert (first.name, [(each.text, each.role, each.partner_role) for each in first.tasks]) == (
        "教育局",
        [("甲", "lead", "support"), ("乙", "support", "lead")],
    )
    assert (second.name, len(second.tasks)) == ("公安分局", 1)


# Documents


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


# Deadlines


def test_each_level_of_deadline_is_told_and_each_clause_listed_once(store: Store) -> None:
    store.save(
        *a_plan(
            a_section(
                "甲",
                a_task("自有时限", lead=["食药监分局"], by=NEW_YEAR),
                a_task("进度时限", lead=["教育局"]),
                a_milestone("完成教育", about=1, by={"年底前": "2021-12-31"}),
                a_milestone("全项完成", by={"11月底前": "2021-11-30"}),
            )
        )
    )
    december = store.due_between("2021-12-01", "2021-12-31")
    assert [(each.level, each.text, [party.name for party in each.parties]) for each in december] == [
        ("own", "12月底前", ["食药监分局"]),
        ("linked", "年底前", ["教育局"]),
    ]
    (item,) = store.due_between("2021-11-30", "2021-11-30")
    assert (item.level, len(item.tasks), item.clause) == ("item", 2, "全项完成，11月底前")
    assert store.due_between("2021-12-01", "2021-12-31", unit="焦作市示范区-教育局") == december[1:]
    assert store.due_between("2021-10-01", "2021-10-31") == ()


def test_counted_and_recurring_duties_fall_due_at_the_end_of_each_period(store: Store) -> None:
    store.save(
        *a_plan(
            a_section("甲", "一项", a_milestone("会商", every={"每季度": "quarter"})),
            a_section("乙", "二项", a_milestone("开会", count={"全年不少于2次": 2})),
            a_section("丙", "三项", a_milestone("编发", every={"每月": "month"})),
            issued_on="2021-05-24",
        )
    )
    found = {each.text: (each.due, each.times) for each in store.due_between("2021-01-01", "2021-12-31")}
    assert found == {"每季度": ("2021-06-30", 3), "全年不少于2次": ("2021-12-31", 1), "每月": ("2021-05-31", 8)}
    assert [each.text for each in store.due_between("2021-09-30", "2021-09-30")] == ["每季度", "每月"]
    assert store.due_between("2022-01-01", "2022-12-31") == ()


def test_what_falls_due_is_told_month_by_month_and_part_by_part(store: Store) -> None:
    store.save(
        *a_plan(
            a_section("甲", a_task("一项", lead=["教育局"]), a_milestone("会商", every={"每季度": "quarter"}, about=0)),
            a_section("乙", a_task("二项", lead=["教育局"], support=["财政局"], by={"9月底前": "2021-09-30"})),
            a_section("丙", a_task("三项", lead=["财政局"], by={"12月底前": "2021-12-31"})),
            issued_on="2021-05-24",
        )
    )
    year = ("2021-01-01", "2021-12-31")
    found = store.due_months(*year)
    assert (found.clauses, found.recurring, found.total) == (3, 1, 5)
    assert [(each.month, each.count) for each in found.months] == [("2021-06", 1), ("2021-09", 2), ("2021-12", 2)]
    september = {each.name: (each.facts, each.tasks) for each in found.months[1].bound}
    assert september == {"教育局": (2, 2), "财政局": (1, 1)}
    assert [each.due[:7] for each in found.rows] == ["2021-06", "2021-09", "2021-09", "2021-12", "2021-12"]
    for each in found.months:
        alone = store.due_between(f"{each.month}-01", f"{each.month}-30" if each.month != "2021-12" else "2021-12-31")
        assert tuple(row for row in found.rows if row.due[:7] == each.month) == alone
    parts = [store.due_months(*year, offset=offset, limit=2) for offset in (0, 2, 4)]
    assert tuple(row for part in parts for row in part.rows) == found.rows
    assert {(part.clauses, part.total) for part in parts} == {(3, 5)}
    assert [[each.month for each in part.months if each.bound] for part in parts][0] == ["2021-06", "2021-09"]
    assert store.due_months(*year, offset=400, limit=2).rows == parts[2].rows
    assert store.due_months(*year, limit=0).rows == ()
    assert store.due_between(*year, limit=2) == store.due_between(*year)[:2]


def test_who_cites_a_document_is_told_role_by_role_and_part_by_part(store: Store) -> None:
    for nth in range(1, 4):
        tasks = [a_task(f"第{each}项落实", lead=["教育局"], cites=["民法典"]) for each in range(nth)]
        store.save(*a_plan(*tasks, number=f"甲〔2021〕{nth}号", cites=["关于印发〈民法典〉的通知"]))
    document = next(each.id for each in store.documents() if each.title == "民法典")
    found, places = store.cited_by(document), store.citing(document)
    assert (found.total, sum(found.roles.values())) == (len(places), len(places)) == (9, 9)
    assert {each.citation_id for each in found.rows} == {each.citation_id for each in places}
    assert [each.role for each in found.rows] == [role for role, count in found.roles.items() for _ in range(count)]
    assert [(each.name, each.facts, each.tasks) for each in found.bound] == [("教育局", 6, 6)]
    assert [title for _, title in found.issued_by] == ["关于印发〈民法典〉的通知"]
    parts = [store.cited_by(document, offset=offset, limit=4) for offset in (0, 4, 8)]
    assert tuple(row for part in parts for row in part.rows) == found.rows
    assert {(part.total, part.bound) for part in parts} == {(9, found.bound)}
    assert store.cited_by(document, offset=99, limit=4).rows == parts[2].rows


def test_gaps_are_told_part_by_part(store: Store) -> None:
    store.save(*a_plan(*(f"第{nth}项任务" for nth in range(5))))
    gaps = store.gaps("deadline-none")
    parts = [store.gaps("deadline-none", offset=offset, limit=2) for offset in (0, 2, 4)]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert tuple(gap for part in parts for gap in part) == gaps


def test_a_table_row_that_repeats_a_task_adds_what_is_new_and_counts_nothing_twice(store: Store) -> None:
    _, plan = a_plan(
        a_section("甲", a_task("开展抽检", lead=["食药监分局"], cites=["民法典"])),
        a_section("表", a_task("抽检", lead=["食药监分局"], support=["教育局"], by=NEW_YEAR, cites=["民法典"])),
    )
    body, row = plan.tasks
    store.save(a_source("x"), replace(plan, tasks=(body, replace(row, same_as=body.id))))
    assert store.plans()[0].tasks == 1
    assert [(each.task_id, each.deadline) for each in store.duties_of("焦作市示范区-食药监分局")] == [(body.id, "own")]
    assert [each.task_id for each in store.duties_of("焦作市示范区-教育局")] == [body.id]
    assert [each.tasks for each in store.due_between("2021-12-31", "2021-12-31")] == [(body.id,)]
    assert store.document("民法典").citations == 1
    assert store.gaps() == ()


# Gaps and doubts


def test_every_gap_has_its_code(store: Store) -> None:
    store.save(
        *a_plan(
            a_section("无牵头", a_task("两家无牵头", responsible=["教育局", "公安分局"], by=NEW_YEAR)),
            a_section("无人", a_task("无人负责", by=NEW_YEAR)),
            a_section("泛指", a_task("只有相关部门", responsible=["相关部门"], by=NEW_YEAR)),
            a_section("无时限", a_task("没有时限", lead=["教育局"])),
            a_section("本项", a_task("本项时限", lead=["教育局"]), a_milestone("完成", by=NEW_YEAR)),
            a_section("适时", a_task("只说适时", lead=["教育局"]), a_milestone("开展", about=0, open=["适时"])),
            a_section("齐全", a_task("什么都有", lead=["教育局"], by=NEW_YEAR)),
        )
    )
    assert [(each.text, each.code) for each in store.gaps()] == [
        ("两家无牵头，12月底前", "no-lead"),
        ("无人负责，12月底前", "no-unit"),
        ("只有相关部门，12月底前", "only-vague"),
        ("没有时限", "deadline-none"),
        ("本项时限", "deadline-item"),
        ("只说适时", "deadline-open"),
    ]
    assert store.gap_counts() == {each.code: 1 for each in store.gaps()}
    assert [each.text for each in store.gaps("no-lead")] == ["两家无牵头，12月底前"]
    assert [party.name for party in store.gaps("no-lead")[0].parties] == ["教育局", "公安分局"]


def test_doubts_of_a_plan_are_kept_with_place_and_parameters(store: Store) -> None:
    _, plan = a_plan("一项", doubts=(Doubt("unread", {"text": "（某局）"}, Span(3, 7)),))
    store.save(a_source("一二三（某局）"), plan)
    (doubt,) = store.doubts(plan.id)
    assert (doubt.plan_id, doubt.code, doubt.params, doubt.span) == (
        plan.id,
        "unread",
        {"text": "（某局）"},
        Span(3, 7),
    )
