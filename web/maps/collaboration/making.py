"""From tasks to the collaboration map (成协作图): which units are shown, in which boxes, with which lines. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from graph.projection import (
    SharedWork,
    backbone,
    communities,
    distances,
    shared_work,
    strengths,
    strongest,
)
from graph.query import TaskRow, UnitRow
from ingest.model import Record
from web.maps.collaboration.places import PAD, PILL, Point, places_in
from web.maps.collaboration.treemap import Area, treemap
from web.maps.collaboration.untangle import untangled
from web.maps.picture import Counts, cut, em, places_beside
from web.maps.state import key_of

MOST_LINES = 80
"""Lines that the first view shows."""


class Room(Record, frozen=True):
    """How much a map may draw: units at most, and the picture's size. Pixels are those of standard type: a picture that
    is smaller than its window is shown larger, with larger type and fewer names."""

    units: int
    w: float
    h: float


ROOM, LARGE_ROOM = Room(60, 1380.0, 620.0), Room(36, 1080.0, 520.0)
"""In standard type, where more than sixty names cannot be read, and in large type."""
_TITLE, _EDGE = 34.0, 12.0
_LEAST_BOX = 9000.0
"""The area of a box in square pixels besides that of its pills."""
_FONT, _SMALL = 13.0, 12.0
_KEPT = 12
"""Maps that are kept."""
_LONGEST = 16.0
"""Ems of a name that a pill shows."""


class UnitPill(Record, frozen=True):
    """A unit's pill: its name, its place where the name stands twice, its centre and width in pixels, its tasks by
    role, how many it shares, and the number of its box."""

    unit: UnitRow
    label: str
    place: str
    x: float
    y: float
    w: float
    counts: Counts
    strength: int
    group: int

    @property
    def key(self) -> str:
        return key_of(self.unit.id)

    @property
    def total(self) -> int:
        return sum(self.counts)


class Community(Record, frozen=True):
    """A box: whose region ("" for several), the units named in its title, how many it has, how many are shown."""

    region: str
    named: tuple[str, ...]
    area: Area
    units: int
    shown: int


class Collaboration(Record, frozen=True):
    """The map: `pairs` are all lines between units that are shown, of which those of `least` tasks and more are drawn,
    and the strongest of each unit (`kept`). `steps` are the numbers of tasks that lines stand for.

    `lines` is how many there are in all. Of `named` units that the tasks name, `units` share a task with another; the
    boxes have `boxed` of these, the others belong to communities of which nobody is shown.
    """

    spots: tuple[UnitPill, ...]
    pairs: tuple[SharedWork, ...]
    groups: tuple[Community, ...]
    units: int
    lines: int
    least: int
    steps: tuple[int, ...]
    kept: frozenset[tuple[str, str]]
    named: int
    room: Room

    @property
    def boxed(self) -> int:
        return sum(group.units for group in self.groups)

    def drawn(self, least: int = 0) -> tuple[SharedWork, ...]:
        """The lines that stand for so many tasks, and the strongest of each unit."""
        bound = least or self.least
        return tuple(pair for pair in self.pairs if pair.weight >= bound or (pair.one, pair.other) in self.kept)


def collaboration(
    tasks: Sequence[TaskRow], units: Mapping[str, UnitRow], about: str = "", room: Room = ROOM
) -> Collaboration:
    """The map of some tasks; around a unit it is `about`, which is left out itself: all work with it."""
    named = {party.unit_id for task in tasks for party in task.parties}
    return _made(tuple(tasks), tuple(row for id, row in units.items() if id in named), about, room)


@lru_cache(maxsize=_KEPT)
def _made(tasks: tuple[TaskRow, ...], rows: tuple[UnitRow, ...], about: str, room: Room) -> Collaboration:
    """The same, kept for the next look at it: what is selected or hidden changes no place."""
    units = {row.id: row for row in rows}
    every = shared_work(tasks, units.keys(), about)
    strength = strengths(every)
    kept = sorted(strength, key=lambda unit: (-strength[unit], unit))[: room.units]
    shown = set(kept)
    inside = tuple(pair for pair in every if pair.one in shown and pair.other in shown)
    members = _gathered(communities(every, {unit: units[unit].region for unit in strength}, shown), shown)
    groups = [[unit for unit in kept if unit in set(part)] for part in members]
    beside = places_beside([(unit, units[unit].name, units[unit].region) for unit in kept])
    wide = {unit: _wide(units[unit].name, beside[unit]) for unit in kept}
    boxes = _boxes(groups, units, wide, Area(0.0, 0.0, room.w, room.h))
    inner = {
        n: places_in(_room(boxes[n]), {unit: wide[unit] for unit in groups[n]}, distances(inside, groups[n]))
        for n in boxes
    }
    _mirror(inner, boxes, inside)
    bone, steps = backbone(inside), tuple(sorted({pair.weight for pair in inside}))
    least = next((step for step in steps if _count(inside, step, bone) <= MOST_LINES), steps[-1] if steps else 1)
    lines = [(pair.one, pair.other) for pair in inside if pair.weight >= least or (pair.one, pair.other) in bone]
    places = untangled([*inner.values()], wide, lines)
    loads = _loads(tasks)
    spots = tuple(
        UnitPill(
            units[unit], cut(units[unit].name, _LONGEST), beside[unit], *_rounded(places[unit]), wide[unit],
            loads[unit], strength[unit], at,
        )
        for at, n in enumerate(boxes)
        for unit in inner[n]
    )  # fmt: skip
    titles = tuple(_community(members[n], groups[n], units, boxes[n]) for n in boxes)
    named = len({unit for unit in loads if unit in units and unit != about})
    return Collaboration(spots, inside, titles, len(strength), len(every), least, steps, bone, named, room)


def _gathered(members: Sequence[tuple[str, ...]], shown: set[str]) -> list[tuple[str, ...]]:
    """The communities, all of which only one unit is shown as one: a box for each would part nothing from nothing."""
    alone = [part for part in members if len(shown.intersection(part)) == 1]
    if len(alone) < 2:
        return [*members]
    return [*(part for part in members if part not in alone), tuple(unit for part in alone for unit in part)]


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _count(pairs: Sequence[SharedWork], least: int, bone: frozenset[tuple[str, str]]) -> int:
    return sum(pair.weight >= least or (pair.one, pair.other) in bone for pair in pairs)


def _loads(tasks: Sequence[TaskRow]) -> dict[str, Counts]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for task in tasks:
        for unit, role in strongest(task).items():
            found[unit][role] += 1
    return {unit: (own["lead"], own["responsible"], own["support"]) for unit, own in found.items()}


def _wide(name: str, place: str) -> float:
    return min(em(name), _LONGEST) * _FONT + 24 + (em(place) * _SMALL + 6 if place else 0)


def _boxes(
    groups: Sequence[Sequence[str]], units: Mapping[str, UnitRow], wide: Mapping[str, float], whole: Area
) -> dict[int, Area]:
    """A box for each community that shows anybody; those of one region side by side."""
    size = {
        n: sum((wide[unit] + PAD) * (PILL + 22) for unit in group) + _LEAST_BOX
        for n, group in enumerate(groups) if group
    }  # fmt: skip
    by_region: dict[str, list[int]] = defaultdict(list)
    for n in sorted(size, key=lambda n: (-size[n], n)):
        by_region[units[groups[n][0]].region].append(n)
    regions = sorted(by_region, key=lambda region: (-sum(size[n] for n in by_region[region]), region))
    outer = treemap([sum(size[n] for n in by_region[region]) for region in regions], whole)
    found: dict[int, Area] = {}
    for region, area in zip(regions, outer, strict=True):
        found |= zip(by_region[region], treemap([size[n] for n in by_region[region]], area), strict=True)
    return {n: area.inset(6.0) for n, area in found.items()}


def _room(box: Area) -> Area:
    """What a box has for pills: all but its title and edges."""
    return Area(box.x + _EDGE, box.y + _TITLE, max(1.0, box.w - 2 * _EDGE), max(PILL, box.h - _TITLE - _EDGE))


def _mirror(inner: dict[int, dict[str, Point]], boxes: Mapping[int, Area], pairs: Sequence[SharedWork]) -> None:
    """Turns each box the way that makes the lines to other boxes shortest; twice over all, the largest first."""
    at = {unit: n for n, own in inner.items() for unit in own}
    outward: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for pair in pairs:
        if at[pair.one] != at[pair.other]:
            outward[at[pair.one]].append((pair.one, pair.other, pair.weight))
            outward[at[pair.other]].append((pair.other, pair.one, pair.weight))
    for n in [*outward, *outward]:
        room = _room(boxes[n])
        turned = [_turned(inner[n], room, across, over) for across in (False, True) for over in (False, True)]
        costs = [
            sum(weight * math.dist(way[own], inner[at[other]][other]) for own, other, weight in outward[n])
            for way in turned
        ]
        inner[n] = turned[costs.index(min(costs))]


def _turned(places: Mapping[str, Point], room: Area, across: bool, over: bool) -> dict[str, Point]:
    return {
        unit: (2 * room.x + room.w - x if across else x, 2 * room.y + room.h - y if over else y)
        for unit, (x, y) in places.items()
    }


def _community(members: Sequence[str], shown: Sequence[str], units: Mapping[str, UnitRow], box: Area) -> Community:
    clear = sorted(shown, key=lambda unit: units[unit].kind == "collective")
    regions = {units[unit].region for unit in members}
    return Community(
        regions.pop() if len(regions) == 1 else "",
        tuple(units[unit].name for unit in clear[:2]),
        box,
        len(members),
        len(shown),
    )
