"""The web of relations on the site (关系网视图): from `of` and what was opened to a frame with its network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from graph import RemovedThing, UnknownThing
from graph.query import Among, Cites, InPlan, OfUnit, Query, TaskRow, Where
from web import request as parameters
from web.errors import BadChoice
from web.maps.explore.growing import MOST_WHOLE, Explored, explored, whole_web
from web.maps.explore.rings import Thing, a_task, a_unit
from web.maps.frame import MapFrame
from web.maps.networks.choosing import keys_in, lit
from web.maps.networks.records import NetworkPicture, ends_of
from web.maps.networks.vis import vis_network
from web.maps.picture import cut
from web.maps.state import MapState
from web.maps.strip import Selected, StripList, StripTask, strip_of
from web.site.maps.views import MapOf, frame_of, painted, state, strip_in
from web.site.views import library, unit_now

MANY = 300
"""Nodes above which the server draws lines and dots as one each, and no words on dots: a page of them is large."""
_LONGEST = 36.0
"""Ems of a title: that of a task is a whole sentence."""
_KINDS = ("unit", "task", "document", "plan")


def network_map() -> MapFrame:
    """The web about what `of` names, the unit with most tasks where it names nothing. Raises `UnknownThing`,
    `RemovedThing`, `BadChoice`."""
    now, middle = state(), _middle(parameters.text("of"))
    whole = parameters.choice("aggregate", ("off",)) == "off" and middle.kind != "task"
    web = whole_web(middle, _tasks_of(middle, MOST_WHOLE), _units()) if whole else _grown(middle, now)
    of = MapOf("network", middle.name, cut(middle.label, _LONGEST), Query(_where(middle)), web.tasks)
    frame = replace(frame_of(of), explored=web)
    chosen = keys_in(now.sel, web.things)
    return replace(frame, sel=now.sel if chosen else "", strip=_strip(frame, web, chosen))


def _grown(middle: Thing, now: MapState) -> Explored:
    units = _units()
    web = explored(middle, now, _tasks_of, units)
    chosen = keys_in(now.sel, web.things)
    if len(chosen) < 2 or any({tie.source, tie.target} == {*chosen} for tie in web.net.ties):
        return web
    return explored(middle, now, _tasks_of, units, _way(*(web.things[key] for key in chosen)))


def _units() -> Mapping[str, Any]:
    return {row.id: row for row in library().store.units()}


def _middle(said: str) -> Thing:
    """What `unit:…`, `task:…`, `document:…` or `plan:…` names."""
    store = library().store
    kind, _, id = said.partition(":")
    if not said:
        rows = store.units()
        if not rows:
            raise UnknownThing(kind="unit", id="")
        return a_unit(max(rows, key=lambda row: (row.kind != "collective", row.lead + row.responsible + row.support)))
    if kind not in _KINDS:
        raise BadChoice(text=said[:40])
    if store.was_removed(id):
        raise RemovedThing(kind=kind, id=id)
    return _thing(kind, unit_now(id) if kind == "unit" else id)


def _thing(kind: str, id: str) -> Thing:
    """A thing by its id. Raises `UnknownThing`."""
    store = library().store
    if kind == "unit":
        return a_unit(store.unit(id))
    if kind == "document":
        row = store.document(id)
        return Thing("document", id, f"《{row.title}》" if row.title else row.number or id)
    if kind == "plan":
        return Thing("plan", id, store.load(id).header.title)
    found = store.tasks((id,))
    if not found:
        raise UnknownThing(kind=kind, id=id)
    return a_task(found[0])


def _where(thing: Thing) -> Where:
    if thing.kind == "unit":
        return OfUnit((thing.id,), via=("own",))
    if thing.kind == "document":
        return Cites((thing.id,))
    return InPlan((thing.id,)) if thing.kind == "plan" else Among((thing.id,))


def _tasks_of(thing: Thing, most: int = MOST_WHOLE) -> Sequence[TaskRow]:
    store = library().store
    return store.tasks(store.select(Query(_where(thing)), limit=0).ids[:most])


def _way(one: Thing, other: Thing) -> list[Thing]:
    """The things on a shortest way; none where there is none, or where it leads over what this map does not draw."""
    found = library().projection.path(one.name, other.name)
    nodes = found.nodes if found else ()
    return [_thing(node.kind, node.id) for node in nodes] if all(node.kind in _KINDS for node in nodes) else []


def _strip(frame: MapFrame, web: Explored, chosen: Sequence[str]) -> StripTask | StripList | None:
    """The words of what is chosen: a task itself, else the tasks that a node, a line or a way stands for."""
    if not chosen:
        return None
    things = [web.things[key] for key in chosen]
    row_of = {row.id: row for row in frame.matrix.rows if not row.group}
    task = next((row_of[thing.id] for thing in things if thing.kind == "task" and thing.id in row_of), None)
    column = next((n for n, each in enumerate(frame.matrix.columns) if each.unit.id in {t.id for t in things}), None)
    if task and (len(things) == 1 or column is not None):
        return strip_in(frame.matrix, Selected(task, column, frame.sel), "")
    names = [thing.label for thing in things]
    if len(things) == 1:
        return _of_one(frame, web, things[0])
    ids = web.held.get(".".join(chosen)) or web.held.get(".".join(reversed(chosen)), ())
    if not ids:
        between = [web.things[key] for key in web.way]
        title = " → ".join(thing.label[:12] for thing in between) or " … ".join(names)
        return strip_of(frame.matrix, {t.id for t in between if t.kind == "task"}, title, "", "")
    unit = next((thing.id for thing in things if thing.kind == "unit"), "")
    if {thing.kind for thing in things} == {"unit"}:
        return strip_of(frame.matrix, ids, names[0], things[1].id, things[0].id)
    return strip_of(frame.matrix, ids, next(t.label for t in things if t.kind != "unit"), unit, "")


def _of_one(frame: MapFrame, web: Explored, thing: Thing) -> StripList:
    unit = thing.id if thing.kind == "unit" else ""
    ids = web.tasks if unit else web.held.get(thing.key, ())
    return strip_of(frame.matrix, ids, "" if unit else thing.label, unit, "")


def of_network(frame: MapFrame) -> Mapping[str, object]:
    """What the page of the web gets besides its frame."""
    web = frame.explored
    assert web is not None, "a frame of another view"
    chosen = keys_in(frame.sel, web.things)
    shown = lit(web.net, chosen, web.way)
    return {
        **painted(frame), "net": web.net, "net_data": vis_network(web.net, shown, moves=True), "net_ends": ends_of,
        "net_lit": shown, "net_many": _many(web.net) if len(web.net.nodes) > MANY else None,
        "net_chosen": [web.things[key] for key in chosen],
    }  # fmt: skip


def _many(net: NetworkPicture) -> Mapping[str, Any]:
    """All lines of a kind as one path, all dots as another."""
    at, lines = net.by_key, defaultdict[str, list[str]](list)
    for tie in net.drawn:
        one, other = at[tie.source], at[tie.target]
        lines[tie.kind].append(f"M{one.x:g} {one.y:g}L{other.x:g} {other.y:g}")
    dots = [f"M{node.x - 5:g} {node.y - 5:g}h10v10h-10z" for node in net.nodes if not node.label]
    return {"lines": {kind: "".join(paths) for kind, paths in lines.items()}, "dots": "".join(dots)}
