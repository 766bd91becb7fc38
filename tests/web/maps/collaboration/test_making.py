"""The collaboration map: no names on each other, few crossings, nobody without a line, the same in every process."""

from __future__ import annotations

import math
import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.projection import SharedWork, shared_work, ways_between
from graph.query import TaskRow, UnitRow
from tests.support.map_rows import a_task, a_unit
from web.maps.collaboration.making import MOST_LINES, ROOM, Collaboration, collaboration
from web.maps.collaboration.places import PILL, Point
from web.maps.collaboration.treemap import Area, treemap


def a_network(units: int, tasks: int, seed: int = 1) -> tuple[list[TaskRow], dict[str, UnitRow]]:
    """Units that mostly work with those next to them, some of long names, one a collective."""
    chance = random.Random(seed)
    names = [f"单位{n}{'和相关事务管理' if n % 7 == 0 else ''}局" for n in range(units)] + ["各县区"]
    found = []
    for n in range(tasks):
        first = chance.randrange(units)
        near = {(first + chance.choice((1, 2, 3, 5, units // 2))) % units for _ in range(chance.randrange(1, 4))}
        found.append(a_task(f"任务{n}", "1", f"牵{names[first]}", *(f"配{names[at]}" for at in sorted(near - {first}))))
    return found, {name: a_unit(name) for name in names}


def crossings(made: Collaboration, places: dict[str, Point]) -> int:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    found = 0
    for a, b in combinations(made.drawn(), 2):
        if len({a.one, a.other, b.one, b.other}) == 4:
            p, q, r, s = places[a.one], places[a.other], places[b.one], places[b.other]
            found += side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
    return found


def test_sixty_units_stand_apart_and_their_lines_cross_far_less_than_on_a_circle() -> None:
    made = collaboration(*a_network(90, 500))
    places = {spot.unit.id: (spot.x, spot.y) for spot in made.spots}
    circle = {
        id: (math.cos(2 * math.pi * n / len(places)), math.sin(2 * math.pi * n / len(places)))
        for n, id in enumerate(sorted(places))
    }
    assert len(made.spots) == ROOM.units
    assert made.units > ROOM.units
    assert len(made.drawn()) <= MOST_LINES
    assert crossings(made, places) <= 0.4 * crossings(made, circle)
    assert not [
        (one.unit.name, other.unit.name)
        for one, other in combinations(made.spots, 2)
        if abs(one.x - other.x) < (one.w + other.w) / 2 and abs(one.y - other.y) < PILL
    ]


@settings(deadline=None, max_examples=15)
@given(st.integers(2, 30), st.integers(1, 60), st.integers(0, 10_000))
def test_every_unit_that_is_shown_has_its_strongest_line(units: int, tasks: int, seed: int) -> None:
    made = collaboration(*a_network(units, tasks, seed))
    joined = {unit for pair in made.drawn(least=10_000) for unit in (pair.one, pair.other)}
    assert joined == {spot.unit.id for spot in made.spots}
    assert all(pair.weight == len(set(pair.tasks)) for pair in made.pairs)


def test_around_a_unit_it_stands_not_itself() -> None:
    tasks = [a_task("一", "1", "牵甲局", "配乙局", "配丙局"), a_task("二", "1", "牵乙局", "配甲局")]
    made = collaboration(tasks, {name: a_unit(name) for name in ("甲局", "乙局", "丙局")}, about="甲局")
    assert {(pair.one, pair.other, pair.tasks) for pair in made.pairs} == {("丙局", "乙局", ("一",))}


def test_who_leads_whom_is_counted_in_both_directions() -> None:
    tasks = [
        a_task("一", "1", "牵甲局", "配乙局"),
        a_task("二", "1", "牵乙局", "责甲局"),
        a_task("三", "1", "责甲局", "责乙局"),
    ]
    (pair,) = shared_work(tasks, {"甲局", "乙局"})
    assert (pair.one, pair.tasks, pair.leads, pair.led) == ("乙局", ("一", "二", "三"), 1, 1)


def test_of_two_shortest_ways_the_one_whose_weakest_link_is_stronger_comes_first() -> None:
    pairs = [
        SharedWork("乙", "甲", ("1", "2", "3")), SharedWork("丁", "乙", ("4",)),
        SharedWork("丙", "甲", ("5", "6")), SharedWork("丁", "丙", ("7", "8")),
    ]  # fmt: skip
    found = ways_between(pairs, "甲", "丁")
    assert [[pair.weight for pair in way] for way in found] == [[2, 2], [3, 1]]
    assert ways_between(pairs, "甲", "戊") == ()


@given(st.lists(st.floats(1, 1e4), min_size=1, max_size=12).map(lambda sizes: sorted(sizes, reverse=True)))
def test_rectangles_fill_the_whole_and_are_as_large_as_asked(sizes: list[float]) -> None:
    whole = Area(0, 0, 1380, 620)
    areas = treemap(sizes, whole)
    scale = whole.w * whole.h / sum(sizes)
    for size, area in zip(sizes, areas, strict=True):
        assert math.isclose(area.w * area.h, size * scale, rel_tol=1e-6)
        assert area.x >= -1e-6
        assert area.x + area.w <= whole.w + 1e-3
        assert area.y + area.h <= whole.h + 1e-3
