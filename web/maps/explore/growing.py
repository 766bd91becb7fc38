"""The web of relations grown (长出): the middle, its ring, the rings that were opened, the way between two. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from graph.query import TaskRow, UnitRow
from ingest.model import Record
from web.maps.explore.rings import Hanging, Thing, of_task, ring_of
from web.maps.explore.sectors import Stage, Stand, outside, sunflower
from web.maps.networks.records import PILL_HIGH, NetworkNode, NetworkPicture, NetworkTie
from web.maps.networks.tags import tagged
from web.maps.picture import Counts, cut, em
from web.maps.state import MapState

RING, MOST, MOST_ASKED, MOST_WHOLE = 18, 60, 300, 3000
"""Things of a ring at first, things that are shown before somebody is asked, at most then, and with every task."""
_LEAST_W, _LEAST_H, _EDGE = 1100.0, 540.0, 24.0
_LONGEST = {"unit": 14.0, "task": 12.0, "document": 14.0, "plan": 14.0, "rest": 8.0}
"""Ems of the words on a node."""
TasksOf = Callable[[Thing], Sequence[TaskRow]]


class Explored(Record, frozen=True):
    """The web: its network, the key of the middle, its things by key, the tasks that nodes and lines stand for, all
    tasks among these, the keys of opened rings in order; `left` things are not drawn, of which `cut` only because
    there would be too many to read. `way` are the keys on the way between two that are chosen, `whole` says that every
    task is drawn."""

    net: NetworkPicture
    middle: str
    things: Mapping[str, Thing]
    held: Mapping[str, tuple[str, ...]]
    tasks: tuple[str, ...]
    rings: tuple[str, ...]
    left: int
    cut: int
    whole: bool = False
    way: tuple[str, ...] = ()


@dataclass
class _Web:
    """What has grown so far."""

    units: Mapping[str, UnitRow]
    moved: Mapping[str, tuple[float, float]]
    stage: Stage = field(default_factory=Stage)
    things: dict[str, Thing] = field(default_factory=dict)
    ties: dict[str, NetworkTie] = field(default_factory=dict)
    held: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    tasks: dict[str, TaskRow] = field(default_factory=dict)
    rests: dict[str, int] = field(default_factory=dict)
    twice: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        named = Counter(row.name for row in self.units.values())
        self.twice = frozenset(name for name, count in named.items() if count > 1)

    def tie(self, middle: Thing, each: Hanging) -> None:
        """A line between two things, once in either direction."""
        one, other = middle.key, each.thing.key
        for key in (one, other, f"{one}.{other}"):
            self.held[key].update(dict.fromkeys(each.tasks))
        if f"{other}.{one}" not in self.ties:
            self.ties.setdefault(f"{one}.{other}", NetworkTie(
                f"{one}.{other}", one, other, len(each.tasks), each.kind, each.leads, each.led, inferred=each.inferred,
            ))  # fmt: skip


def explored(
    middle: Thing, state: MapState, tasks_of: TasksOf, units: Mapping[str, UnitRow], way: Sequence[Thing] = ()
) -> Explored:
    """The web about a thing as the address wants it; `way` are the things between two that are chosen."""
    web = _Web(units, {key: (x, y) for key, x, y in state.moved})
    web.things[middle.key] = middle
    web.stage.put(middle.key, Stand(*web.moved.get(middle.key, (0.0, 0.0)), *_size(middle, "")))
    left = beyond = 0
    opened: list[str] = []
    most = MOST_ASKED if state.all else MOST
    for key in dict.fromkeys((middle.key, *state.ring)):
        if key in web.things:
            opened.append(key)
            missing, hidden = _open(web, middle.key, key, tasks_of, (most, key in state.more))
            left, beyond = left + missing, beyond + hidden
    _lead(web, middle.key, way, tasks_of)
    return Explored(
        _picture(web, middle.key, opened), middle.key, web.things, {key: tuple(ids) for key, ids in web.held.items()},
        tuple(web.tasks), tuple(opened[1:]), left, beyond, way=tuple(thing.key for thing in way),
    )  # fmt: skip


def _open(web: _Web, main: str, key: str, tasks_of: TasksOf, bound: tuple[int, bool]) -> tuple[int, int]:
    """Opens the ring of a thing; how many of it are not drawn, and how many of these only for want of room."""
    most, every = bound
    middle = web.things[key]
    rows = tasks_of(middle)
    web.tasks |= {row.id: row for row in rows}
    ring = ring_of(middle, rows, web.units)
    new = [each for each in ring if each.thing.key not in web.things]
    wanted = new if every else new[:RING]
    shown = wanted[: max(0, most - len(web.things))]
    sizes: dict[str, tuple[float, float]] = {}
    for thing in (each.thing for each in shown):
        web.things[thing.key] = thing
        if thing.key in web.moved:
            web.stage.put(thing.key, Stand(*web.moved[thing.key], *_size(thing, _place(web, thing))))
        else:
            sizes[thing.key] = _size(thing, _place(web, thing))
    rest = len(new) - len(shown)
    if rest:
        web.rests[key] = rest
        sizes[f"r{key}"] = (em(f"＋ {rest}") * 13 + 24, PILL_HIGH)
    for each in ring:
        if each.thing.key in web.things:
            web.tie(middle, each)
            if each.thing.key not in sizes:
                web.stage.join(key, each.thing.key)
    web.stage.ring(key, sizes, main)
    return rest, len(wanted) - len(shown)


def _lead(web: _Web, main: str, way: Sequence[Thing], tasks_of: TasksOf) -> None:
    """The things on the way between two, each in the sector of the one before it."""
    for one, other in zip(way, way[1:], strict=False):
        rows = {row.id: row for thing in (one, other) if thing.kind == "task" for row in tasks_of(thing)}
        web.tasks |= rows
        if other.key not in web.things:
            web.things[other.key] = other
            web.stage.ring(one.key, {other.key: _size(other, _place(web, other))}, main)
        for row in rows.values():
            for each in of_task(row, web.units):
                task, ends = next(thing for thing in (one, other) if thing.id == row.id), {one.key, other.key}
                if each.thing.key in ends:
                    web.tie(task, each)


def _place(web: _Web, thing: Thing) -> str:
    """The region beside a unit whose name the library has twice: also where one alone is shown, since none may change
    when another comes."""
    return cut(thing.place, 6) if thing.kind == "unit" and thing.label in web.twice else ""


def _size(thing: Thing, place: str) -> tuple[float, float]:
    words = cut(thing.label, _LONGEST[thing.kind])
    return round(em(words) * 13 + 24 + (em(place) * 12 + 6 if place else 0), 1), PILL_HIGH


def _picture(web: _Web, main: str, opened: Sequence[str]) -> NetworkPicture:
    nodes = [_node(web, key, main, opened) for key in web.stage.spots]
    joins = [NetworkTie(f"{key}.r{key}", key, f"r{key}", 1, "has") for key in web.rests]
    x, y, w, h = bounds(nodes)
    return NetworkPicture(tuple(nodes), tagged(nodes, [*web.ties.values(), *joins]), (), w, h, x, y)


def _node(web: _Web, key: str, main: str, opened: Sequence[str]) -> NetworkNode:
    spot = web.stage.spots[key]
    thing = web.things.get(key)
    if thing is None:
        words = f"＋ {web.rests[key[1:]]}"
        return NetworkNode(key, "rest", "", words, spot.x, spot.y, spot.w, words)
    place = _place(web, thing)
    wide = _size(thing, place)[0]
    return NetworkNode(
        key, thing.kind, thing.id, cut(thing.label, _LONGEST[thing.kind]), spot.x, spot.y, wide,
        f"{thing.place} {thing.label}".strip(), place, _counts(web, thing), len(web.held.get(key, ())),
        collective=thing.collective, main=key == main,
        ring="open" if key in opened else "shut",
    )  # fmt: skip


def _counts(web: _Web, thing: Thing) -> Counts:
    """The tasks of a unit by role, in all the library; none for other things."""
    row = web.units.get(thing.id) if thing.kind == "unit" else None
    return (row.lead, row.responsible, row.support) if row else (0, 0, 0)


def bounds(nodes: Iterable[NetworkNode]) -> tuple[float, float, float, float]:
    """Where a picture begins and how large it is, so that all nodes are in it; never smaller than a screen."""
    found = [*nodes]
    left, right = (f(n.x + s * n.w / 2 for n in found) for f, s in ((min, -1), (max, 1)))
    top, bottom = (f(n.y + s * n.h / 2 for n in found) for f, s in ((min, -1), (max, 1)))
    w, h = max(_LEAST_W, right - left + 2 * _EDGE), max(_LEAST_H, bottom - top + 2 * _EDGE)
    return round((left + right - w) / 2, 1), round((top + bottom - h) / 2, 1), round(w, 1), round(h, 1)


def whole_web(middle: Thing, rows: Sequence[TaskRow], units: Mapping[str, UnitRow]) -> Explored:
    """Every task of a thing as a dot, about them its units and documents: nothing is put together."""
    web = _Web(units, {})
    web.things[middle.key] = middle
    ring = ring_of(middle, rows, units, whole=True)
    for each in ring[: MOST_WHOLE - 1]:
        web.things[each.thing.key] = each.thing
        web.tie(middle, each)
    drawn = {row.id: row for row in rows if Thing("task", row.id, "").key in web.things}
    around: dict[str, Hanging] = {}
    for row in drawn.values():
        for each in of_task(row, units, middle.id):
            if each.thing.kind != "plan" and (each.thing.key in around or len(web.things) + len(around) < MOST_WHOLE):
                around.setdefault(each.thing.key, each)
                web.tie(Thing("task", row.id, row.text), each)
    web.tasks = drawn
    _spread(web, middle, [*drawn.values()], [each.thing for each in around.values()])
    web.things |= {each.thing.key: each.thing for each in around.values()}
    nodes = [_dot(web, key, middle.key) for key in web.stage.spots]
    x, y, w, h = bounds(nodes)
    net = NetworkPicture(tuple(nodes), tuple(web.ties.values()), (), w, h, x, y)
    held = {key: tuple(ids) for key, ids in web.held.items()}
    return Explored(net, middle.key, web.things, held, tuple(drawn), (), len(rows) - len(drawn), 0, whole=True)


def _spread(web: _Web, middle: Thing, rows: Sequence[TaskRow], outer: Sequence[Thing]) -> None:
    """Tasks in a disc about the middle, units and documents on circles about these, each near to its tasks."""
    web.stage.put(middle.key, Stand(0.0, 0.0, *_size(middle, "")))
    places = sunflower(len(rows), 24.0)
    at = {row.id: place for row, place in zip(rows, places, strict=True)}
    for row, (x, y) in zip(rows, places, strict=True):
        web.stage.put(Thing("task", row.id, "").key, Stand(x, y, 10.0, 10.0))
    reach = 24.0 * math.sqrt(len(rows) + 2) + 90

    def angle(thing: Thing) -> float:
        own = [at[id] for id in web.held[thing.key] if id in at]
        return (math.atan2(sum(y for _, y in own), sum(x for x, _ in own)) + 2.5 * math.pi) % (2 * math.pi)

    # Half where its tasks are, half even: units on the same tasks would stand on one line.
    ordered = sorted((angle(thing), thing.key, thing) for thing in outer)
    turns = [(own + 2 * math.pi * n / len(ordered)) / 2 - math.pi / 2 for n, (own, _, _) in enumerate(ordered)]
    stands = outside([_size(thing, "") for _, _, thing in ordered], turns, reach)
    for (_, _, thing), stand in zip(ordered, stands, strict=True):
        web.stage.put(thing.key, stand)


def _dot(web: _Web, key: str, main: str) -> NetworkNode:
    node = _node(web, key, main, ())
    if node.kind == "task" and key != main:
        return replace(node, label="", w=10.0, h=10.0, ring="")
    return replace(node, place="", w=web.stage.spots[key].w, ring="")
