"""What every store must do (graph/store.py): nodes, edges, neighbours and paths."""

from __future__ import annotations

import pytest

from graph.errors import UnknownThing
from graph.paths import path_between
from graph.store import Store, Structure
from ingest.model import Plan, Source
from tests.support.factories import a_milestone, a_plan, a_section, a_source, a_task, some_plans

NEW_YEAR = {"12月底前": "2021-12-31"}


def test_the_graph_has_every_kind_of_fact_and_whole_edges(store: Store, structure: Structure) -> None:
    store.save(
        *a_plan(
            a_section(
                "甲",
                a_task("完善", lead=["住建局（交通运输局）"], people=["张明"], by=NEW_YEAR, cites=["民法典"]),
                a_task("指标", support=["食安委成员单位"], targets={"达到95%": ("覆盖率", 95.0, "%")}),
                a_milestone("进度", about=0, by={"年底前": "2021-12-31"}),
            )
        )
    )
    whole = store.nodes_and_edges()
    keys = {node.key for node in whole.nodes}
    assert all(edge.source in keys and edge.target in keys for edge in whole.edges)
    assert {edge.kind for edge in whole.edges} == {
        *("contains", "leads", "supports", "cites", "due", "aims_at", "about", "hat", "member_of", "in_charge"),
    }
    (person,) = (node for node in whole.nodes if node.kind == "person")
    assert person.label == "张明"
    far = structure.neighbourhood("unit:焦作市示范区-住建局", depth=9)
    assert person.key not in {node.key for node in far.nodes}, "private, unless it is asked about itself"
    assert structure.neighbourhood(person.key).nodes[0] == person


def test_neighbours_are_what_is_within_some_steps(store: Store, structure: Structure) -> None:
    _, plan = a_plan(a_task("甲", lead=["教育局"], support=["公安分局"]), a_task("乙", lead=["公安分局"]))
    store.save(a_source("x"), plan)
    near = structure.neighbourhood("unit:焦作市示范区-教育局")
    assert [node.key for node in near.nodes] == ["unit:焦作市示范区-教育局", f"task:{plan.tasks[0].id}"]
    assert [edge.kind for edge in near.edges] == ["leads"]
    farther = {node.key for node in structure.neighbourhood("unit:焦作市示范区-教育局", depth=2).nodes}
    assert "unit:焦作市示范区-公安分局" in farther
    assert f"task:{plan.tasks[1].id}" not in farther
    cut = structure.neighbourhood("unit:焦作市示范区-教育局", depth=3, limit=2)
    assert (len(cut.nodes), cut.cut) == (2, True)


def test_a_shortest_path_leads_over_shared_tasks(store: Store, structure: Structure) -> None:
    _, plan = a_plan(
        a_section("一", a_task("甲", lead=["教育局"], support=["公安分局"])),
        a_section("二", a_task("乙", lead=["公安分局"], cites=["民法典"])),
    )
    store.save(a_source("x"), plan)
    store.save(*a_plan(a_task("丙", lead=["税务局"]), number="乙〔2021〕9号", region="别区"))
    path = structure.path("unit:焦作市示范区-教育局", "document:民法典")
    assert path is not None
    assert [node.kind for node in path.nodes] == ["unit", "task", "unit", "task", "document"]
    assert [edge.kind for edge in path.edges] == ["leads", "supports", "leads", "cites"]
    assert structure.path("unit:焦作市示范区-教育局", "unit:别区-税务局") is None
    with pytest.raises(UnknownThing):
        structure.path("unit:nobody", "document:民法典")


def test_the_graph_follows_the_record(store: Store, structure: Structure) -> None:
    source, plan = a_plan(a_task("甲", lead=["教育局"]))
    store.save(source, plan)
    assert structure.neighbourhood("unit:焦作市示范区-教育局").generation == store.generation()
    store.remove(plan.id)
    with pytest.raises(UnknownThing):
        structure.neighbourhood("unit:焦作市示范区-教育局")


def test_a_part_of_the_graph_holds_what_its_plans_point_to(store: Store) -> None:
    pairs: list[tuple[Source, Plan]] = some_plans(3, tasks=4)
    for source, plan in pairs:
        store.save(source, plan)
    part = store.nodes_and_edges([pairs[1][1].id])
    assert {node.plan_id for node in part.nodes} <= {pairs[1][1].id, None}
    assert {node.id for node in part.nodes if node.kind == "task"} == {task.id for task in pairs[1][1].tasks}
    assert all(
        edge in store.nodes_and_edges().edges for edge in part.edges if edge.kind in ("leads", "supports", "cites")
    )  # fmt: skip


def test_a_guess_or_the_outline_joins_only_what_nothing_else_does(store: Store, structure: Structure) -> None:
    """教育局 and 税务局 are of one collective by its name alone, and share a partner in stated tasks."""
    units = a_task("甲", responsible=["食安委成员单位"]), a_task("乙", lead=["教育局"], support=["公安分局"])
    store.save(*a_plan(*units, a_task("丙", lead=["公安分局"], support=["税务局"]), a_task("丁", lead=["科技局"])))
    stated = structure.path("unit:焦作市示范区-教育局", "unit:焦作市示范区-税务局")
    assert stated is not None
    assert [edge.kind for edge in stated.edges] == ["leads", "supports", "leads", "supports"]
    guessed = structure.path("unit:焦作市示范区-教育局", "unit:焦作市示范区-科技局")
    assert guessed is not None
    assert {edge.kind for edge in guessed.edges} == {"member_of"}


def test_a_path_says_each_step_with_its_place(store: Store, structure: Structure) -> None:
    source, plan = a_plan(
        a_task("甲", lead=["教育局"], support=["公安分局"]), a_task("乙", lead=["公安分局"], cites=["民法典"])
    )
    store.save(source, plan)
    ends = [node for node in store.nodes_and_edges().nodes if node.label in ("教育局", "民法典")]
    found = path_between(store, structure, *sorted(ends, key=lambda node: node.kind, reverse=True))
    assert [(step.kind, step.forward) for step in found.steps] == [
        ("leads", True), ("supports", False), ("leads", True), ("cites", True),
    ]  # fmt: skip
    for step, task in zip(found.steps, (plan.tasks[0], plan.tasks[0], plan.tasks[1]), strict=False):
        assert step.evidence is not None
        assert step.evidence.span in {each.statement for each in task.assignments}
        assert step.evidence.words == "".join(step.evidence.span.of(source.text).split())
    assert found.steps[-1].evidence is not None
    assert found.steps[-1].evidence.span == plan.tasks[1].citations[0].span
