"""What every store must do: the tasks that a query means are those that plain Python finds by looking at each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.query.selection import (
    ANYHOW,
    HAS_KINDS,
    PREDICATES,
    AimsAt,
    All,
    Among,
    BadQuery,
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
    Select,
    Some,
    Where,
    predicates_of,
)
from graph.store import Store
from ingest.model import Plan, Source
from tests.support.factories import a_milestone, a_plan, a_section, a_task, resolve, some_plans
from tests.support.graph_stores import OpeningAt
from tests.support.plain_selection import PLAIN, PlainLibrary


@dataclass(frozen=True)
class Filled:
    """A store, the plans in it, and the same library in plain Python."""

    store: Store
    plans: tuple[Plan, ...]
    plain: PlainLibrary


def food_safety() -> tuple[Source, Plan]:
    section = a_section(
        "校园食品安全",
        a_task(
            "推广明厨亮灶",
            lead=["食药监分局"],
            support=["住建局（交通运输局）", "教育局"],
            by={"11月底前": "2021-11-30"},
            targets={"覆盖率达到95%以上": ("覆盖率", 95.0, "%")},
            cites=[("民法典", None, "implement")],
        ),
        a_task("开展巡查", responsible=["各乡镇（街道）", "教育局"], every={"每季度": "quarter"}, people=["张大海"]),
        a_task("强化宣传", responsible=["相关部门"]),
        a_task("培训", lead=["城关镇人民政府"], count={"全年不少于2次": 2}),
        a_task("联合检查", lead=["交通运输局"], support=["住建局（交通运输局）"]),
        a_milestone("8月底前完成", about=0, by={"8月底前": "2021-08-31"}),
        a_milestone("年底前完成", by={"年底前": "2021-12-31"}),
    )
    return a_plan(
        section, a_task("交通整治", lead=["交通运输局"], people=["李明"]), cites=[("条例", "国发〔2018〕1号")]
    )


@pytest.fixture(scope="module")
def filled(opening_at: OpeningAt, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder: Path = tmp_path_factory.mktemp("select")
    store, _ = opening_at(folder / "library")(resolve, "1")
    saved = [store.save(*pair).plan for pair in (*some_plans(3, tasks=12), food_safety())]
    yield Filled(store, tuple(saved), PlainLibrary(saved, resolve, store))
    store.close()


def every_predicate(of: Filled) -> list[Where]:
    units = [row.id for row in of.store.units()]
    documents = [row.id for row in of.store.documents()]
    plan = of.plans[-1]
    town = next(id for id in units if "城关镇" in id)
    hat = next(id for id in units if id.endswith("交通运输局"))
    return [
        OfUnit((units[0],)),
        OfUnit((units[0], units[1]), roles=("lead",)),
        OfUnit((hat,), via=("hat",)),
        OfUnit((hat,), roles=("support",), via=("own", "hat")),
        OfUnit((town,), via=("own", "hat", "member", "collective")),
        OfUnit(("nobody",)),
        OfPerson(("张大海",)),
        Cites((documents[0],)),
        Cites(tuple(documents), roles=("implement",)),
        FallsDue("2021-08-01", "2021-11-30"),
        FallsDue("11-01", "12-31"),
        FallsDue("", "12-31", levels=("own", "linked", "item")),
        FallsDue(last="2021-08-31"),
        FallsDue("2021-09-01", "2021-09-30", levels=ANYHOW),
        FallsDue("2021-10-01", "2021-10-31", levels=("again",)),
        FallsDue("09-30", "12-31", levels=("own", "again")),
        Recurs(("quarter",)),
        Recurs(("year", "month")),
        AimsAt("覆盖"),
        AimsAt("", ">=", 95.0),
        AimsAt("覆盖率", "<", 95.0),
        InSection((plan.sections[0].id,)),
        InPlan((plan.id,)),
        OfYear((2021, 2015)),
        OfRegion(("焦作市",)),
        OfRegion(("第1区", "第2区")),
        Among((plan.tasks[0].id, "nothing")),
        *(kind(each) for each in HAS_KINDS for kind in (Has, Lacks)),
    ]


def asked(of: Filled, where: Where) -> list[str]:
    return [*of.store.select(Query(where), limit=0).ids]


def test_every_predicate_alone_and_denied_means_what_it_says(filled: Filled) -> None:
    for predicate in every_predicate(filled):
        for where in (predicate, Not(predicate)):
            assert set(asked(filled, where)) == filled.plain.of(where), where


def test_nearly_every_predicate_finds_something_here_and_not_everything(filled: Filled) -> None:
    found = [len(asked(filled, each)) for each in every_predicate(filled)]
    assert sum(0 < each < len(filled.plain.tasks) for each in found) > 0.7 * len(found)


def test_every_pair_of_predicates_means_both(filled: Filled) -> None:
    for one, other in itertools.combinations(every_predicate(filled), 2):
        for where in (All((one, other)), All((one, Not(other)))):
            assert set(asked(filled, where)) == filled.plain.of(where), where


def test_any_tree_means_what_plain_python_finds(filled: Filled) -> None:
    leaves = st.sampled_from(every_predicate(filled))
    trees = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: Some(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=6,
    )

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(trees)
    def compared(where: Where) -> None:
        assert set(asked(filled, where)) == filled.plain.of(where)

    compared()


def test_the_tables_of_predicates_are_one_list(filled: Filled) -> None:
    assert {*PLAIN} | {Says, OfSystem} == {*PREDICATES}
    assert {type(each) for where in every_predicate(filled) for each in predicates_of(where)} == {*PLAIN}


@pytest.mark.parametrize("where", [Says("食品"), OfSystem(("农业",)), All((Not(Says("食品")),))])
def test_words_must_be_settled_before_a_store_is_asked(filled: Filled, where: Where) -> None:
    with pytest.raises(BadQuery):
        asked(filled, where)


def test_a_tree_that_nobody_would_write_is_refused(filled: Filled) -> None:
    deep: Where = Has("lead")
    for _ in range(40):
        deep = Not(deep)
    for where in (deep, All(tuple(Has("lead") for _ in range(300)))):
        with pytest.raises(BadQuery):
            asked(filled, where)


def test_tasks_come_in_the_order_of_plans_or_of_their_days(filled: Filled) -> None:
    plan = filled.plans[-1]
    here = InPlan((plan.id,))
    assert asked(filled, here) == [task.id for task in plan.tasks]
    by_day = filled.store.select(Query(Has("deadline"), order="due"), limit=None)
    days = [
        min(day.due for day in row.days if day.due and day.level != "item" and day.kind == "by") for row in by_day.rows
    ]
    assert days == sorted(days)


def test_a_part_of_a_list_is_given_in_rows_and_all_of_it_in_ids(filled: Filled) -> None:
    found = filled.store.select(Query(), offset=3, limit=2)
    assert [row.id for row in found.rows] == [*found.ids[3:5]]
    assert len(found.ids) == len(filled.plain.tasks)


def test_a_row_has_all_that_is_said_of_the_task(filled: Filled) -> None:
    (row,) = filled.store.select(Query(All((AimsAt("覆盖率"), OfRegion(("焦作市",)))))).rows
    plan = filled.plans[-1]
    task = next(each for each in plan.tasks if each.id == row.id)
    where = (plan.id, 2021, "焦作市示范区", task.section_id, task.span)
    assert (row.plan_id, row.year, row.region, row.section_id, row.span) == where
    assert [(party.name, party.role) for party in row.parties] == [
        ("食药监分局", "lead"), ("住建局", "support"), ("教育局", "support"),
    ]  # fmt: skip
    assert [(day.due, day.level) for day in row.days if day.level != "item"] == [
        ("2021-11-30", "own"), ("2021-08-31", "linked"),
    ]  # fmt: skip
    assert [(aim.subject, aim.value) for aim in row.aims] == [("覆盖率", 95.0)]
    assert [(basis.title, basis.role) for basis in row.bases] == [("民法典", "implement")]


def test_what_tasks_have_is_counted_and_those_who_have_most_come_first(filled: Filled) -> None:
    ids = asked(filled, InPlan((filled.plans[-1].id,)))
    units = filled.store.tally(ids, "unit")
    education = next(each for each in units if each.label == "教育局")
    assert (len(education.tasks), education.lead, education.responsible, education.support) == (2, 0, 1, 1)
    assert [len(each.tasks) for each in units[:3]] == [3, 2, 2]
    leading = filled.store.tally(ids, "unit", roles=("lead",))
    assert {each.label for each in leading} == {"食药监分局", "城关镇人民政府", "交通运输局"}
    assert [(each.key, len(each.tasks)) for each in filled.store.tally(ids, "month")] == [
        ("2021-08", 1),
        ("2021-11", 1),
    ]
    assert [each.label for each in filled.store.tally(ids, "document")] == ["民法典"]
    for by in ("plan", "region", "year"):
        (only,) = filled.store.tally(ids, by)
        assert set(only.tasks) == set(ids)


@pytest.mark.parametrize(
    ("month", "again"),
    [("2021-06", {"巡查"}), ("2021-07", set()), ("2021-09", {"巡查"}), ("2021-12", {"巡查", "培训"})],
)
def test_a_duty_that_recurs_falls_due_in_the_last_month_of_each_of_its_periods(
    filled: Filled, month: str, again: set[str]
) -> None:
    where = All((InPlan((filled.plans[-1].id,)), FallsDue(f"{month}-01", f"{month}-30", levels=("again",))))
    last = All((InPlan((filled.plans[-1].id,)), FallsDue(f"{month}-30", f"{month}-31", levels=("again",))))
    asked_for = where if month != "2021-12" else last
    found = filled.store.select(Query(asked_for)).rows
    assert {row.text.partition("，")[0].removeprefix("开展") for row in found} == again


def test_by_deadline_the_first_of_the_days_that_are_asked_for_comes_first(filled: Filled) -> None:
    here = InPlan((filled.plans[-1].id,))
    autumn = FallsDue("2021-09-01", "2021-11-30", levels=ANYHOW)
    found = filled.store.select(Query(All((here, autumn)), order="due")).rows
    assert [row.text[:4] for row in found] == ["开展巡查", "推广明厨"]
    august = filled.store.select(Query(All((here, Has("deadline"))), order="due")).rows
    assert [row.text[:4] for row in august] == ["推广明厨"]


@pytest.mark.parametrize("by", ["unit", "document", "plan", "month", "region", "year"])
def test_what_is_counted_is_what_each_thing_finds(filled: Filled, by: Select) -> None:
    condition: dict[str, Callable[[str], Where]] = {
        "unit": lambda key: OfUnit((key,)),
        "document": lambda key: Cites((key,)),
        "plan": lambda key: InPlan((key,)),
        "month": lambda key: FallsDue(f"{key}-01", f"{key}-31"),
        "region": lambda key: OfRegion((key,)),
        "year": lambda key: OfYear((int(key),)),
    }
    some = sorted({*[*filled.plain.of(Has("unit"))][::2], *(task.id for task in filled.plans[-1].tasks)})
    for ids in (None, some, []):
        every = {each.task.id for each in filled.plain.tasks} if ids is None else {*ids}
        counts = filled.store.counted(ids, by)
        assert bool(counts) == bool(every)
        assert [each.tasks for each in counts] == sorted((each.tasks for each in counts), reverse=True)
        for each in counts:
            assert each.tasks == len(filled.plain.of(condition[by](each.key)) & every), each


def test_a_task_that_names_a_unit_by_its_name_and_by_a_nameplate_counts_once(filled: Filled) -> None:
    ids = asked(filled, InPlan((filled.plans[-1].id,)))
    for counts in (filled.store.counted(ids, "unit"), filled.store.counted(None, "unit")):
        transport = next(each for each in counts if each.key == "焦作市示范区-交通运输局")
        assert (transport.label, transport.detail) == ("交通运输局", "焦作市示范区")
        assert transport.tasks == 3
    tally = next(each for each in filled.store.tally(ids, "unit") if each.key == "焦作市示范区-交通运输局")
    assert (len(tally.tasks), tally.lead, tally.support) == (3, 2, 2)


@pytest.mark.parametrize("by", ["task", "target", "deadline"])
def test_what_nobody_chooses_from_is_not_counted(filled: Filled, by: Select) -> None:
    with pytest.raises(BadQuery):
        filled.store.counted(None, by)
