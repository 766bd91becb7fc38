"""The library as a whole on the site (总览视图), and how two units hang together (路径)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.projection import strongest, ways_between
from graph.query import All, OfUnit, PairCount, Query, TaskRow, UnitRow
from ingest.model import Role
from search.questions import find_thing
from web import request as parameters
from web.errors import BadChoice
from web.facts.by_task import ROLES
from web.maps.overview import Overview, kind_of_columns, overview_of
from web.pages.found.ways import RolePair, UnitStep, UnitWay, WaySentence, WaysPage
from web.site.views import library

_SENTENCES = 2


def overview() -> Overview:
    """The whole library: lines of work by plans, regions or years."""
    store, lexicon = library().store, library().lexicon
    plans, units = store.plans(), store.units()
    known = {unit.id: lexicon.register.entries.get(lexicon.canonical(unit.name)) for unit in units}
    systems = {id: entry.system for id, entry in known.items() if entry}
    vague = frozenset(unit.id for unit in units if unit.kind == "collective")
    return overview_of(store.unit_counts(kind_of_columns(plans)), plans, systems, vague)


def ways() -> WaysPage:
    """The shortest ways between the units that `from` and `to` name. Raises what `find_thing` raises, `BadChoice`."""
    said = parameters.text("from"), parameters.text("to")
    if not all(said):
        return WaysPage(None, None, ())
    one, other = (_unit(each) for each in said)
    units = {row.id: row for row in library().store.units()}
    # A collective joins everybody to everybody, and says nothing of who works with whom.
    inside = {id for id, row in units.items() if row.kind != "collective"} | {one.id, other.id}
    pairs = [pair for pair in library().store.pair_counts() if pair.one in inside and pair.other in inside]
    found = () if one.id == other.id else ways_between(pairs, one.id, other.id)
    return WaysPage(one, other, tuple(_way(steps, one, units) for steps in found))


def _unit(said: str) -> UnitRow:
    node = find_thing(said, library().catalog, library().projection)
    if node.kind != "unit":
        raise BadChoice(text=said[:40])
    return library().store.unit(node.id)


def _way(steps: Sequence[PairCount], one: UnitRow, units: dict[str, UnitRow]) -> UnitWay:
    here, told = one, []
    for pair in steps:
        there = units[pair.other if pair.one == here.id else pair.one]
        told.append(_step(here, there))
        here = there
    return UnitWay(tuple(told), min(pair.weight for pair in steps))


def _step(one: UnitRow, other: UnitRow) -> UnitStep:
    store = library().store
    tasks = store.tasks(store.select(Query(All((OfUnit((one.id,)), OfUnit((other.id,))))), limit=0).ids)
    shared = [(task, roles) for task in tasks if {one.id, other.id} <= (roles := strongest(task)).keys()]
    counts = Counter((roles[one.id], roles[other.id]) for _, roles in shared)
    # Who leads whom says most.
    shared.sort(key=lambda each: "lead" not in (each[1][one.id], each[1][other.id]))
    pairs = sorted(counts, key=lambda pair: (-counts[pair], ROLES.index(pair[0]), ROLES.index(pair[1])))
    return UnitStep(
        one, other, len(shared), tuple(RolePair(*pair, counts[pair]) for pair in pairs),
        tuple(_said(task, roles[one.id], roles[other.id]) for task, roles in shared[:_SENTENCES]),
    )  # fmt: skip


def _said(task: TaskRow, one: Role, other: Role) -> WaySentence:
    return WaySentence(task.id, task.plan_id, task.plan_title, task.section, task.text, one, other)
