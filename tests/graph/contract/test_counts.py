"""What every store must do (graph/store.py): counts that commits keep equal what is counted over the tasks."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from graph.query import InPlan, Query, nearest_slot, time_slot
from graph.query.questions import PairCount, UnitCount
from graph.store import CountedBy, Store
from graph.together import shared_work, strongest
from tests.support.factories import a_plan, a_task, some_plans

BY: tuple[CountedBy, ...] = ("plan", "region", "year", "month")


def counted(store: Store, by: CountedBy) -> list[UnitCount]:
    """The same over all tasks, one by one."""
    found: Counter[tuple[str, str, str]] = Counter()
    for task in store.tasks(store.select(Query(), limit=0).ids):
        days = ((day.level, day.due, time_slot(day.kind, day.due, day.precision)) for day in task.days)
        keys = {
            "plan": task.plan_id,
            "region": task.region,
            "year": str(task.year or ""),
            "month": nearest_slot(days)[0],
        }
        found.update((unit, keys[by], role) for unit, role in strongest(task).items())
    pairs = sorted({(unit, key) for unit, key, _ in found})
    return [UnitCount(*pair, *(found[(*pair, role)] for role in ("lead", "responsible", "support"))) for pair in pairs]


def paired(store: Store, plan: str | None = None) -> list[PairCount]:
    ids = store.select(Query(InPlan((plan,))) if plan else Query(), limit=0).ids
    units = {row.id for row in store.units()}
    pairs = shared_work(store.tasks(ids), units)
    return [PairCount(each.one, each.other, each.weight, each.leads, each.led) for each in pairs]


def require_equal(store: Store) -> None:
    for by in BY:
        assert list(store.unit_counts(by)) == counted(store, by)
    assert list(store.pair_counts()) == paired(store)
    for row in store.plans():
        assert list(store.pair_counts(row.id)) == paired(store, row.id)


def test_an_empty_library_counts_nothing(store: Store) -> None:
    assert (store.unit_counts("plan"), store.pair_counts()) == ((), ())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_equal_what_is_counted_after_any_adds_replacements_and_removals(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    pairs = some_plans(5, tasks=5)
    for _ in range(9):
        source, plan = chance.choice(pairs)
        here = {row.id for row in store.plans()}
        if plan.id in here and chance.random() < 0.4:
            store.remove(plan.id)
        else:
            store.save(source, plan, replace=True)
        if chance.random() < 0.4:
            require_equal(store)
    require_equal(store)


def test_a_new_version_counts_in_the_place_of_the_old(store: Store) -> None:
    source, plan = a_plan(a_task("甲", lead=["教育局"], support=["公安分局"]), a_task("乙", lead=["教育局"]))
    store.save(source, plan)
    assert [(each.lead, each.support) for each in store.unit_counts("plan")] == [(0, 1), (2, 0)]
    newer, version = a_plan(a_task("甲", lead=["公安分局"], by={"12月底前": "2021-12-31"}))
    store.save(newer, version, replace=True)
    (one,) = store.unit_counts("month")
    assert (one.unit_id, one.key, one.lead) == ("焦作市示范区-公安分局", "2021-12", 1)
    assert store.pair_counts() == ()
    require_equal(store)


def test_a_unit_counts_once_for_a_task_in_its_strongest_role(store: Store) -> None:
    store.save(*a_plan(a_task("甲", lead=["教育局"], support=["教育局", "税务局"])))
    by = {each.unit_id: (each.lead, each.responsible, each.support) for each in store.unit_counts("plan")}
    assert by["焦作市示范区-教育局"] == (1, 0, 0)
    (pair,) = store.pair_counts()
    assert (pair.tasks, pair.leads + pair.led) == (1, 1)
