"""From a request to a map (图谱视图): whose tasks, in which view, with what selected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from flask import g, request
from flask_babel import gettext
from msgspec.structs import replace

from graph import RemovedThing, UnknownThing
from graph.query import All, Cites, InPlan, Lacks, OfUnit, Query, Where
from ingest.model import Record
from web import request as parameters
from web.facts.by_task import ROLES
from web.maps.collaboration.making import LARGE_ROOM, ROOM, collaboration
from web.maps.frame import NETWORKS, PAIRED, MapFrame, MapSubject, sums_of, view_of
from web.maps.matrix.making import MOST_TASKS, MatrixData, matrix_of
from web.maps.matrix.painting import CellPainter, overview, pillar
from web.maps.matrix.parts import parts_of
from web.maps.matrix.records import DutyMatrix
from web.maps.matrix.tree import MatrixOutline
from web.maps.months.making import ALL_UNITS, MOST_UNITS, time_map
from web.maps.months.slots import CLOSING
from web.maps.state import MANY_KEYS, MAP_KEYS, MapState, key_of, state_of
from web.maps.strip import Selected, StripList, StripTask, selected_in, strip_list, strip_of, strip_task
from web.maps.wings.layout import unit_map as wings_of
from web.maps.wings.painting import heading_of, lit_lines, painted_boxes, wing_of
from web.queries.address import address_of
from web.site.asking.lists import list_meant
from web.site.language import slot_words
from web.site.maps.chains import chain_about, lit_in, strip_of_chain
from web.site.maps.networks import drawn_network, strip_of_pair
from web.site.views import library, settings, unit_now
from web.words.phrases import INFERRED, ROLE_MARKS, WING_LABELS
from web.words.wording import ROLES as ROLE_WORDS

_OUTLINES = 30
"""Plans of a list whose sections are rows; those of more plans have their tasks beneath their titles."""


_OF_CONTROLS = ("m-open", "m-all", "m-fold", "m-order", "m-sel", "m-task", "m-unit", "m-roles", "m-least", "m-leads",
    "m-with", "page",
)  # fmt: skip
"""What the controls of a map say themselves."""


class MapOf(Record, frozen=True):
    """What a map is of: a plan, a unit or a list; what it is called, the query that means its tasks, these in order.

    `source` is its plan's number or issuer, `first` the unit whose column stands first.
    """

    subject: MapSubject
    id: str
    title: str
    query: Query
    ids: tuple[str, ...]
    source: str = ""
    first: str = ""


def state() -> MapState:
    """How the address wants the map."""
    values = {name: parameters.text(name) for name in MAP_KEYS}
    said = state_of({name: value for name, value in values.items() if value}, parameters.texts(MANY_KEYS[0]))
    # A table has every unit, however many a picture shows.
    return replace(said, more=("*",)) if request.path.endswith("/map.csv") else said


def plan_map(id: str) -> MapFrame:
    """The map of a plan. Raises `UnknownThing`, `RemovedThing`."""
    store = library().store
    header = store.load(id).header
    query = Query(InPlan((id,)))
    ids = store.select(query, limit=0).ids
    return frame_of(MapOf("plan", id, header.title, query, ids, header.document_number or header.issuer or ""))


def unit_map(id: str) -> MapFrame:
    """The map of a unit. Raises `UnknownThing`."""
    store, id = library().store, unit_now(id)
    query = Query(OfUnit((id,)))
    unit = store.unit(id)
    title = unit.name if unit.name.startswith(unit.region) else f"{unit.region}{unit.name}"
    return frame_of(MapOf("unit", id, title, query, store.select(query, limit=0).ids, first=id))


def list_map() -> MapFrame:
    """The map of the list that the address means. Raises `BadChoice` in the API."""
    query, ids, title = list_meant()
    return frame_of(MapOf("tasks", "", title, query, ids))


def document_map(id: str) -> MapFrame:
    """The map of a document that is cited, over the tasks that cite it. Raises `UnknownThing`."""
    store = library().store
    row = store.document(id)
    query = Query(Cites((row.id,)))
    title = f"《{row.title}》" if row.title != row.number else row.title
    return frame_of(MapOf("document", row.id, title, query, store.select(query, limit=0).ids, row.number or ""))


def frame_of(of: MapOf) -> MapFrame:
    """The map of these tasks as the address wants it."""
    now, data = state(), _data(of)
    view = view_of(of.subject, now)
    # Whoever may be chosen on a network has a column, from which its tasks are told.
    every = replace(now, more=(*now.more, "columns")) if view in NETWORKS else now
    made = matrix_of(data, every)
    wings = wings_of(data, now, _label) if view == "wings" else None
    units = len(data.units) if "*" in now.more else ALL_UNITS if "units" in now.more else MOST_UNITS
    months = time_map(data, settings().today().isoformat(), units) if view == "time" else None
    room = LARGE_ROOM if g.large else ROOM
    together = collaboration(data.tasks, data.units, of.first, room) if view in PAIRED else None
    unled = address_of(Query(All((*_parts(of.query.where), Lacks("lead")))))
    joined = "&" if "?" in unled else "?"
    frame = MapFrame(
        of.subject, of.id, of.title, of.source, view, now, sums_of(made, of.first), made, None,
        f"{unled}{joined}m-view=matrix", of.first, "", wings, months, together,
        chain=chain_about(of.subject, of.id, data.tasks, now) if view == "chain" else None,
    )  # fmt: skip
    return _with_strip(frame)


def _with_strip(frame: MapFrame) -> MapFrame:
    """The frame with what is selected: a box of the wings (`@` and its key), a time (`~`, slot, unit), or a cell."""
    picked = frame.state.sel
    if frame.wings and (wing := wing_of(frame.wings, picked.removeprefix("@"))):
        over = heading_of(frame.wings, wing.key)
        title = f"{wing.number} {wing.label}".strip() if wing.kind != "unit" else over.label if over else ""
        unit = wing.thing if wing.kind == "unit" else ""
        return replace(frame, sel=picked, strip=strip_of(frame.matrix, wing.tasks, title, unit, frame.first))
    if frame.months and picked.startswith("~"):
        slot, _, key = picked[1:].partition(".")
        row = next((row for row in frame.months.rows if row.key == key), None)
        ids = frame.months.picked(slot, row)
        if ids is not None and (row or not key):
            alone = row and all(column.unit.id != row.unit.id for column in frame.matrix.columns)
            title = f"{row.unit.name} · {slot_words(slot)}" if row and alone else slot_words(slot)
            unit = row.unit.id if row else ""
            return replace(frame, sel=picked, strip=strip_of(frame.matrix, ids, title, unit, frame.first))
    if frame.together and (pair := strip_of_pair(frame, frame.together, picked)):
        return replace(frame, sel=picked, strip=pair)
    if frame.chain and (said := strip_of_chain(frame.chain, picked)):
        return replace(frame, sel=picked, strip=said)
    chosen = selected_in(frame.matrix, frame.state)
    strip = strip_in(frame.matrix, chosen, frame.first) if chosen else None
    return replace(frame, sel=chosen.sel if chosen else "", strip=strip)


def _label(code: str) -> str:
    """What a role, a group or a time is called on the map of a unit."""
    if code in WING_LABELS:
        return str(gettext(WING_LABELS[code]))
    return str(gettext(ROLE_WORDS[code])) if code in ROLE_WORDS else slot_words(code)


def _parts(where: Where) -> Sequence[Where]:
    return where.parts if isinstance(where, All) else (where,)


def _data(of: MapOf) -> MatrixData:
    store = library().store
    tasks = store.tasks(of.ids[:MOST_TASKS])
    plans = dict.fromkeys(task.plan_id for task in tasks)
    known = [*plans][:_OUTLINES] if len(plans) <= _OUTLINES else []
    units = store.units(of.id) if of.subject == "plan" else store.units()
    outlines = {}
    for id in known:
        plan = library().facts(id).plan
        outlines[id] = MatrixOutline(plan.header.title, plan.sections)
    return MatrixData(tasks, outlines, {row.id: row for row in units}, of.first, max(0, len(of.ids) - MOST_TASKS))


def strip_in(made: DutyMatrix, chosen: Selected, first: str) -> StripTask | StripList | None:
    """What is selected, in words; None where it is no more there."""
    if chosen.row is None or chosen.row.group:
        return strip_list(made, chosen, first)
    try:
        facts = library().facts(chosen.row.plan_id)
        view = facts.task(chosen.row.id)
        text = library().store.source(chosen.row.plan_id).text
    except (UnknownThing, RemovedThing):
        return None
    unit = made.columns[chosen.column].unit.id if chosen.column is not None else ""
    return strip_task(view, facts, text, unit) if view else None


def painted(frame: MapFrame) -> Mapping[str, object]:
    """What the template of a map gets: the frame, and what its view draws."""
    named = {each.unit.id: each.unit.name for each in frame.matrix.columns}
    return {"map": frame, "hidden": _hidden(frame), "units_named": named, **_drawn(frame)}


def _drawn(frame: MapFrame) -> Mapping[str, object]:
    """What the template of a view gets; that of the web of relations gets its own beside it."""
    if frame.wings:
        wing = wing_of(frame.wings, frame.sel.removeprefix("@"))
        task = next((row.id for row in frame.matrix.rows if row.key == frame.sel.partition(".")[0]), "")
        boxes = painted_boxes(frame.wings, frozenset(wing.tasks if wing else [task] if task else []))
        return {"me_key": key_of(frame.first), "wing_boxes": boxes, "wing_lines": lit_lines(frame.wings, boxes)}
    if frame.together:
        return drawn_network(frame, frame.together)
    if frame.chain:
        return {"chain_lit": lit_in(frame.chain, frame.sel)}
    if frame.months:
        runs = groupby(frame.months.slots, key=lambda slot: (slot.year, "closing" if slot.key in CLOSING else ""))
        return {"month_years": [(year, len([*run]), kind) for (year, kind), run in runs]}
    return {} if frame.view == "net" else _matrix(frame.matrix, frame.sel)


def _matrix(made: DutyMatrix, sel: str) -> Mapping[str, object]:
    """What the template of the matrix gets: its rows with their cells, the whole in small, and parts for paper."""
    marks = {role: gettext(ROLE_MARKS[role]) for role in ROLES}
    words = {role: gettext(ROLE_WORDS[role]) for role in ROLES}
    painter = CellPainter(made, marks, words, gettext(INFERRED), sel)
    parts = [(part, CellPainter(part, marks, words, gettext(INFERRED), "", "paper").rows()) for part in parts_of(made)]
    return {
        "map_rows": painter.rows(), "whole": painter.whole, "small": overview(made), "map_parts": parts,
        "pillar": pillar,
    }  # fmt: skip


def _hidden(frame: MapFrame) -> list[tuple[str, str]]:
    """What a form of the map carries on: all that the address says but what the form's own controls say."""
    kept = [(name, value) for name, values in parameters.conditions().items() for value in values]
    return [(name, value) for name, value in kept if name not in _OF_CONTROLS]


def of_plan(page: Any) -> Mapping[str, object]:
    """What the page of a plan gets besides its context: its map."""
    return painted(plan_map(page.row.id))


def of_unit(page: Any) -> Mapping[str, object]:
    """What the page of a unit gets besides its context: its map, where the address asks for it."""
    if view_of("unit", state()) == "list":
        return {"map": None}
    return painted(unit_map(page.unit.id))


def of_list(page: Any) -> Mapping[str, object]:
    """What a list gets besides its context: the same as a map, where the address asks for it."""
    if view_of("tasks", state()) == "list":
        return {"map": None}
    return painted(list_map())
