"""What every store must do (graph/store.py): what a person decided about units stands above the rules."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from graph.errors import BadDecision, UnknownThing
from graph.record.decisions import Decision, leads_to
from graph.store import Store
from ingest.model import Unit
from tests.support.factories import a_plan, a_task
from tests.support.graph_everything import everything

FOOD, TRADE = "焦作市示范区-食药监分局", "焦作市示范区-商务局"
SIGNED = Decision("undo", "2026-12-01T08:00:00+00:00", "王敏", "机构改革前后是一个单位")


def merging(store: Store, unit: str, into: str) -> Decision:
    body = store.unit(into)
    whole = Unit(body.id, body.name, body.kind, body.level, body.region, ())
    return replace(SIGNED, kind="merge-units", unit=unit, into=whole)


@pytest.fixture
def filled(store: Store) -> Store:
    store.save(*a_plan(a_task("检查食堂", lead=["食药监分局"], support=["教育局"]), title="一号方案", number=None))
    store.save(*a_plan(a_task("检查市场", lead=["商务局"]), title="二号方案", number=None))
    store.save(*a_plan(a_task("检查饭店", lead=["食药监分局"]), title="三号方案", number=None))
    return store


def tasks_of(store: Store, unit: str) -> list[str]:
    return sorted(duty.text for duty in store.duties_of(unit))


def answers(store: Store) -> dict[str, object]:
    """All answers, but for those that say in which generation they hold."""
    counted = {"record", "changes", "nodes and edges", "plans"}
    drawn = store.nodes_and_edges()
    return {name: found for name, found in everything(store).items() if name not in counted} | {
        "nodes": drawn.nodes, "edges": drawn.edges,
    }  # fmt: skip


def test_two_units_that_are_one_answer_as_one_with_all_their_names(filled: Store) -> None:
    kept = filled.decide(merging(filled, FOOD, TRADE))
    assert (kept.number, filled.decisions()) == (1, (kept,))
    assert tasks_of(filled, TRADE) == ["检查市场", "检查食堂", "检查饭店"]
    assert {"食药监分局", "商务局"} <= {*filled.unit(TRADE).names}
    with pytest.raises(UnknownThing):
        filled.unit(FOOD)
    assert leads_to(FOOD, filled.decisions()) == TRADE
    assert filled.check() == ()


def test_an_undone_decision_leaves_every_answer_as_it_was(filled: Store) -> None:
    before = answers(filled)
    filled.decide(merging(filled, FOOD, TRADE))
    assert answers(filled) != before
    filled.decide(replace(SIGNED, undone=1))
    assert answers(filled) == before
    assert [each.kind for each in filled.decisions()] == ["merge-units", "undo"]


def test_a_unit_that_is_another_in_one_plan_is_that_plans_own(filled: Store) -> None:
    plan = next(row.id for row in filled.plans() if row.title == "三号方案")
    filled.decide(replace(SIGNED, kind="split-unit", unit=FOOD, plan=plan))
    assert tasks_of(filled, FOOD) == ["检查食堂"]
    (own,) = (unit.id for unit in filled.units(plan))
    assert own != FOOD
    assert tasks_of(filled, own) == ["检查饭店"]


def test_a_decision_outlives_a_new_plan_a_new_version_and_another_reading(filled: Store) -> None:
    filled.decide(merging(filled, FOOD, TRADE))
    filled.save(*a_plan(a_task("检查药店", lead=["食药监分局"]), title="四号方案", number=None))
    filled.save(
        *a_plan(
            a_task("检查饭店和食堂", lead=["食药监分局"]),
            a_task("公示", lead=["食药监分局"]),
            title="三号方案",
            number=None,
        )
    )
    assert tasks_of(filled, TRADE) == ["公示", "检查市场", "检查药店", "检查食堂", "检查饭店和食堂"]


def test_merged_twice_leads_to_the_last(filled: Store) -> None:
    filled.decide(merging(filled, FOOD, TRADE))
    filled.decide(merging(filled, TRADE, "焦作市示范区-教育局"))
    assert leads_to(FOOD, filled.decisions()) == "焦作市示范区-教育局"
    assert {*tasks_of(filled, "焦作市示范区-教育局")} == {"检查市场", "检查食堂", "检查饭店"}


def test_undoing_the_first_of_two_merges_leaves_the_second(filled: Store) -> None:
    filled.decide(merging(filled, FOOD, TRADE))
    filled.decide(merging(filled, TRADE, "焦作市示范区-教育局"))
    filled.decide(replace(SIGNED, undone=1))
    assert tasks_of(filled, FOOD) == ["检查食堂", "检查饭店"]
    assert {*tasks_of(filled, "焦作市示范区-教育局")} == {"检查市场", "检查食堂"}


def test_a_unit_that_was_split_off_after_a_merge_is_itself_again_once_that_is_undone(filled: Store) -> None:
    before = answers(filled)
    filled.decide(merging(filled, FOOD, TRADE))
    plan = next(row.id for row in filled.plans() if row.title == "三号方案")
    filled.decide(replace(SIGNED, kind="split-unit", unit=TRADE, plan=plan))
    filled.decide(replace(SIGNED, undone=1))
    assert tasks_of(filled, FOOD) == ["检查食堂", "检查饭店"]
    filled.decide(replace(SIGNED, undone=2))
    assert answers(filled) == before


def test_what_cannot_be_is_refused_and_nothing_is_kept(filled: Store) -> None:
    before = filled.generation()
    with pytest.raises(BadDecision):
        filled.decide(merging(filled, FOOD, FOOD))
    with pytest.raises(BadDecision):
        filled.decide(replace(SIGNED, undone=1))
    with pytest.raises(UnknownThing):
        filled.decide(replace(merging(filled, FOOD, TRADE), unit="焦作市-没有的局"))
    elsewhere = next(row.id for row in filled.plans() if row.title == "二号方案")
    with pytest.raises(BadDecision):
        filled.decide(replace(SIGNED, kind="split-unit", unit=FOOD, plan=elsewhere))
    assert (filled.decisions(), filled.generation()) == ((), before)


def test_units_are_not_merged_in_a_ring(filled: Store) -> None:
    back = merging(filled, TRADE, FOOD)
    filled.decide(merging(filled, FOOD, TRADE))
    with pytest.raises(BadDecision):
        filled.decide(back)


def test_another_library_takes_the_log_over_where_its_own_says_nothing_else(filled: Store) -> None:
    made = replace(merging(filled, FOOD, TRADE), number=1)
    assert filled.adopt_decisions((made,)) == 1
    assert filled.adopt_decisions((made,)) == 0
    assert len(tasks_of(filled, TRADE)) == 3
    with pytest.raises(BadDecision):
        filled.adopt_decisions((replace(made, why="另一个理由"),))
