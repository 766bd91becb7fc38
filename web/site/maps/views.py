"""From a request to a map (图谱视图): whose tasks, in which view, with what selected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from graph import RemovedThing, UnknownThing
from graph.query import All, InPlan, Lacks, OfUnit, Query, Where
from ingest.model import Record
from web import request as parameters
from web.facts.by_task import ROLES
from web.maps.frame import MapFrame, MapSubject, sums_of, view_of
from web.maps.matrix.making import MOST_TASKS, MatrixData, matrix_of
from web.maps.matrix.painting import CellPainter, overview, pillar
from web.maps.matrix.records import DutyMatrix
from web.maps.matrix.tree import MatrixOutline
from web.maps.state import MANY_KEYS, MAP_KEYS, MapState, state_of
from web.maps.strip import Selected, StripList, StripTask, selected_in, strip_list, strip_task
from web.queries.address import address_of
from web.site.task_views import list_meant
from web.site.views import library, unit_now
from web.words.phrases import INFERRED, ROLE_MARKS
from web.words.wording import ROLES as ROLE_WORDS

_OUTLINES = 30
"""Plans of a list whose sections are rows; those of more plans have their tasks beneath their titles."""


_OF_CONTROLS = ("m-open", "m-all", "m-fold", "m-order", "m-sel", "m-task", "m-unit", "m-roles", "page")
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
    return state_of({name: value for name, value in values.items() if value}, parameters.texts(MANY_KEYS[0]))


def plan_map(id: str) -> MapFrame:
    """The map of a plan. Raises `UnknownThing`, `RemovedThing`."""
    store = library().store
    header = store.load(id).header
    query = Query(InPlan((id,)))
    ids = store.select(query, limit=0).ids
    return _frame(MapOf("plan", id, header.title, query, ids, header.document_number or header.issuer or ""))


def unit_map(id: str) -> MapFrame:
    """The map of a unit. Raises `UnknownThing`."""
    store, id = library().store, unit_now(id)
    query = Query(OfUnit((id,)))
    return _frame(MapOf("unit", id, store.unit(id).name, query, store.select(query, limit=0).ids, first=id))


def list_map() -> MapFrame:
    """The map of the list that the address means. Raises `BadChoice` in the API."""
    query, ids, title = list_meant()
    return _frame(MapOf("tasks", "", title, query, ids))


def _frame(of: MapOf) -> MapFrame:
    now = state()
    made = matrix_of(_data(of), now)
    unled = address_of(Query(All((*_parts(of.query.where), Lacks("lead")))))
    joined = "&" if "?" in unled else "?"
    chosen = selected_in(made, now)
    return MapFrame(
        of.subject, of.id, of.title, of.source, view_of(of.subject, now), now, sums_of(made), made,
        _strip(made, chosen, of.first) if chosen else None, f"{unled}{joined}m-view=matrix", of.first,
        chosen.sel if chosen else "",
    )  # fmt: skip


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


def _strip(made: DutyMatrix, chosen: Selected, first: str) -> StripTask | StripList | None:
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
    """What the template of a map gets besides the frame: its rows with their cells, and the whole in small."""
    marks = {role: gettext(ROLE_MARKS[role]) for role in ROLES}
    words = {role: gettext(ROLE_WORDS[role]) for role in ROLES}
    painter = CellPainter(frame.matrix, marks, words, gettext(INFERRED), frame.sel)
    return {
        "map": frame, "map_rows": painter.rows(), "whole": painter.whole, "small": overview(frame.matrix),
        "hidden": _hidden(frame), "pillar": pillar,
        "units_named": {each.unit.id: each.unit.name for each in frame.matrix.columns},
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
