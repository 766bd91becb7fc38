"""The web of relations: what hangs on a thing, that opening moves nothing, that nothing is lost without a word."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.query import TaskBasis, TaskRow, UnitRow
from tests.support.map_rows import a_task, a_unit
from web.maps.explore.growing import MOST, RING, Explored, TasksOf, explored, whole_web
from web.maps.explore.rings import FEW_TASKS, Thing, ring_of
from web.maps.explore.sectors import crossed, through
from web.maps.networks.records import PILL_HIGH
from web.maps.state import MapState, key_of

MIDDLE = Thing("unit", "单位0局", "单位0局")


@cache
def a_library(tasks: int = 500, units: int = 70, seed: int = 1) -> tuple[list[TaskRow], dict[str, UnitRow]]:
    """Tasks of units that lead by turns, each third resting on one of seven documents."""
    chance = random.Random(seed)
    names = [f"单位{n}局" for n in range(units)]
    found = []
    for n in range(tasks):
        lead = names[min(chance.randrange(units), chance.randrange(units))]
        others = sorted({names[chance.randrange(units)] for _ in range(chance.randrange(1, 5))} - {lead})
        row = a_task(f"任务{n}", "1", f"牵{lead}", *(f"配{name}" for name in others))
        bases = (TaskBasis(f"c{n}", f"文{n % 7}", f"第{n % 7}号规划", None, "basis"),) if n % 3 == 0 else ()
        found.append(replace(row, bases=bases))
    return found, {name: a_unit(name) for name in names}


def asked_of(tasks: Sequence[TaskRow]) -> TasksOf:
    def tasks_of(thing: Thing) -> list[TaskRow]:
        if thing.kind == "unit":
            return [row for row in tasks if any(party.unit_id == thing.id for party in row.parties)]
        if thing.kind == "document":
            return [row for row in tasks if any(basis.document_id == thing.id for basis in row.bases)]
        return [row for row in tasks if thing.id in (row.id, row.plan_id)]

    return tasks_of


@cache
def grown(state: MapState, tasks: int = 500, units: int = 70, seed: int = 1) -> Explored:
    rows, known = a_library(tasks, units, seed)
    return explored(MIDDLE, state, asked_of(rows), known)


def overlaps(web: Explored) -> list[tuple[str, str]]:
    return [
        (a.label, b.label)
        for a, b in combinations(web.net.nodes, 2)
        if abs(a.x - b.x) < (a.w + b.w) / 2 and abs(a.y - b.y) < (a.h + b.h) / 2
    ]


def test_a_unit_of_many_tasks_has_its_partners_about_it_and_says_how_many_are_left_out() -> None:
    rows, known = a_library()
    own = asked_of(rows)(MIDDLE)
    web = grown(MapState())
    ring = ring_of(MIDDLE, own, known)
    assert len(own) > FEW_TASKS
    assert len(web.things) == 1 + RING
    assert web.left == len(ring) - RING > 0
    assert [node.label for node in web.net.nodes if node.kind == "rest"] == [f"＋ {web.left}"]
    for tie in web.net.ties:
        if tie.target in web.things and web.things[tie.target].kind == "unit":
            other = web.things[tie.target].id
            shared = [row.id for row in own if any(party.unit_id == other for party in row.parties)]
            assert [*web.held[tie.id]] == shared
            assert tie.weight == len(shared)


def test_a_unit_of_few_tasks_has_these_about_it_in_its_role() -> None:
    rows = [a_task("一", "1", "牵单位0局", "配甲局"), a_task("二", "1", "责单位0局?", "牵甲局")]
    web = explored(MIDDLE, MapState(), asked_of(rows), {name: a_unit(name) for name in ("单位0局", "甲局")})
    said = {(web.things[tie.target].id, tie.kind, tie.inferred) for tie in web.net.ties}
    assert said == {("一", "lead", False), ("二", "responsible", True)}


def test_a_unit_that_a_task_names_twice_has_its_strongest_role_and_what_says_that_one() -> None:
    rows = [a_task("一", "1", "配单位0局?", "牵单位0局"), a_task("二", "1", "牵单位0局?", "配单位0局")]
    known = {"单位0局": a_unit("单位0局")}
    web = explored(MIDDLE, MapState(), asked_of(rows), known)
    assert [(tie.kind, tie.inferred) for tie in web.net.ties] == [("lead", False), ("lead", True)]
    for row, inferred in zip(rows, (False, True), strict=True):
        (tie,) = explored(Thing("task", row.id, row.text), MapState(), asked_of([row]), known).net.ties[:1]
        assert (tie.kind, tie.inferred) == ("lead", inferred)


def test_a_task_has_its_units_its_documents_and_its_plan_about_it() -> None:
    rows, known = a_library()
    row = rows[0]
    web = explored(Thing("task", row.id, row.text), MapState(), asked_of(rows), known)
    kinds = sorted((thing.kind, thing.id) for thing in web.things.values() if thing.kind != "task")
    units = sorted(("unit", party.unit_id) for party in row.parties)
    assert kinds == [("document", "文0"), ("plan", "plan"), *units]
    assert web.left == 0


def opened(count: int, more: bool = False, every: bool = False) -> list[MapState]:
    """States in which one node after another was opened, the last first."""
    states = [MapState(all=every)]
    for n in range(count):
        web = grown(states[-1])
        shut = [node.key for node in web.net.nodes if node.ring == "shut"]
        ring = (*states[-1].ring, shut[(7 * n) % len(shut)])
        states.append(replace(states[-1], ring=ring, more=(key_of(MIDDLE.id),) if more else ()))
    return states


def test_opening_moves_nothing_that_stands() -> None:
    webs = [grown(state) for state in opened(3)]
    for before, after in zip(webs, webs[1:], strict=False):
        places = {node.key: (node.x, node.y, node.w) for node in after.net.nodes}
        assert all(places[node.key] == (node.x, node.y, node.w) for node in before.net.nodes)
        assert len(after.net.nodes) > len(before.net.nodes)


@settings(deadline=None, max_examples=6)
@given(st.integers(20, 200), st.integers(5, 70), st.integers(0, 100))
def test_no_name_stands_on_another(tasks: int, units: int, seed: int) -> None:
    first = grown(MapState(), tasks, units, seed)
    ring = tuple(node.key for node in first.net.nodes if node.ring == "shut")[:2]
    web = grown(MapState(ring=ring), tasks, units, seed)
    assert not overlaps(web)
    assert all(web.net.x <= node.x - node.w / 2 for node in web.net.nodes)
    assert all(node.y + node.h / 2 <= web.net.y + web.net.h for node in web.net.nodes)


def test_the_first_ring_has_no_line_through_a_name_and_none_that_cross() -> None:
    web = grown(MapState())
    at = web.net.by_key
    for tie in web.net.ties:
        one, other = at[tie.source], at[tie.target]
        ends = (one.x, one.y), (other.x, other.y)
        assert not any(through(*ends, node) for node in at.values() if node.key not in (tie.source, tie.target))  # type: ignore[arg-type]
    lines = [((at[t.source].x, at[t.source].y), (at[t.target].x, at[t.target].y)) for t in web.net.ties]
    assert not any(crossed(*one, *other) for one, other in combinations(lines, 2))


def test_more_than_can_be_read_is_asked_for_first() -> None:
    state = opened(4, more=True)[-1]
    web = grown(state)
    assert len(web.things) == MOST
    assert web.cut > 0
    assert web.left >= web.cut
    agreed = grown(replace(state, all=True))
    assert len(agreed.things) > MOST
    assert agreed.cut == 0


def test_a_node_moved_by_hand_stands_where_it_was_put_and_the_others_keep_off() -> None:
    first = grown(MapState())
    key = first.net.nodes[3].key
    web = grown(MapState(moved=((key, 40.0, 90.0),)))
    assert (web.net.by_key[key].x, web.net.by_key[key].y) == (40.0, 90.0)
    assert not overlaps(web)


def test_the_way_between_two_is_drawn_with_what_stands_on_it() -> None:
    rows = [a_task(f"{n}", "1", "牵单位0局", f"配乙{n}局") for n in range(FEW_TASKS + 1)]
    rows += [a_task("远", "1", "牵乙0局", "配丙局")]
    known = {party.unit_id: a_unit(party.unit_id) for row in rows for party in row.parties}
    far = [Thing("unit", "乙0局", "乙0局"), Thing("task", "远", "做好远。"), Thing("unit", "丙局", "丙局")]
    web = explored(MIDDLE, MapState(), asked_of(rows), known, far)
    assert {thing.key for thing in far} <= set(web.things)
    kinds = {(web.things[tie.source].id, web.things[tie.target].id): tie.kind for tie in web.net.ties}
    assert (kinds["远", "乙0局"], kinds["远", "丙局"]) == ("lead", "support")
    assert web.way == tuple(thing.key for thing in far)


def test_every_task_is_drawn_where_nothing_is_put_together() -> None:
    rows, known = a_library(400)
    plan = Thing("plan", "plan", "要点")
    web = whole_web(plan, rows, known)
    assert sum(thing.kind == "task" for thing in web.things.values()) == len(rows)
    roles = {(tie.source, tie.target) for tie in web.net.ties if tie.kind in ("lead", "support")}
    assert len(roles) == sum(len(row.parties) for row in rows)
    named = [node for node in web.net.nodes if node.h == PILL_HIGH and not node.main]
    assert not [
        (a.label, b.label)
        for a, b in combinations(named, 2)
        if abs(a.x - b.x) < (a.w + b.w) / 2 and abs(a.y - b.y) < (a.h + b.h) / 2
    ]


@pytest.mark.parametrize("more", [4, 10])
def test_three_thousand_nodes_are_the_most_and_the_rest_is_told(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.maps.explore.growing.MOST_WHOLE", 50)
    rows, known = a_library(45 + more)
    web = whole_web(Thing("plan", "plan", "要点"), rows, known)
    assert len(web.net.nodes) == 50
    assert web.left == max(0, len(rows) - 49)
