"""What every store must do (graph/store.py): the questions that are tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from graph.query.questions import Duty
from graph.store import Store
from ingest.model import Doubt, Span
from tests.support.factories import a_milestone, a_plan, a_section, a_source, a_task

if TYPE_CHECKING:
    pass


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


# Documents


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
