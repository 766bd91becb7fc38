"""Rows of a store for tests of maps: tasks with whoever is on them, units, and the outlines of plans."""

from __future__ import annotations

from collections.abc import Mapping

from graph.query import InPlan, Party, Query, TaskRow, UnitRow
from ingest.model import Level, Role, Section, Span
from web.library import Library
from web.maps.matrix.making import MatrixData
from web.maps.matrix.tree import MatrixOutline

ROLE_OF: Mapping[str, Role] = {"牵": "lead", "责": "responsible", "配": "support"}


def a_task(id: str, section: str, *parties: str, plan: str = "plan") -> TaskRow:
    """A task of a section with units, each told as 牵发改委; one that ends in ? is inferred."""
    said = [(each[0], each[1:].removesuffix("?"), not each.endswith("?")) for each in parties]
    on = tuple(Party(name, name, ROLE_OF[mark], stated) for mark, name, stated in said)
    return TaskRow(
        id, plan, f"《{plan}》", None, None, "", f"{plan}.{section}", section, 0, f"做好{id}。", Span(0, 1),
        "none", on, (), (), (),
    )  # fmt: skip


def a_section(id: str, parent: str = "", plan: str = "plan") -> Section:
    """A section whose number is its id."""
    above = f"{plan}.{parent}" if parent else None
    return Section(f"{plan}.{id}", id, f"标题{id}", 1 + id.count("-"), above, Span(0, 1), Span(0, 1))


def some_data(*tasks: TaskRow, sections: tuple[Section, ...] = (), first: str = "") -> MatrixData:
    """Tasks of one plan with its sections; a unit is a collective where its name begins with 各 or 有关."""
    names = dict.fromkeys(party.unit_id for task in tasks for party in task.parties)
    units = {name: a_unit(name) for name in names}
    return MatrixData(tasks, {"plan": MatrixOutline("《plan》", sections)}, units, first)


def a_unit(name: str) -> UnitRow:
    """A unit of a city; a collective where its name begins with 各 or 有关."""
    collective = name.startswith(("各", "有关"))
    level: Level | None = None if collective else "省" if name.startswith("省") else "市"
    return UnitRow(name, name, "collective" if collective else "organization", level, "", (name,), 0, 0, 0, 0, 1)


def data_of(library: Library, plan_id: str) -> MatrixData:
    """What the store answers about a plan of a library."""
    store = library.store
    plan = library.facts(plan_id).plan
    tasks = store.tasks(store.select(Query(InPlan((plan_id,))), limit=0).ids)
    outlines = {plan_id: MatrixOutline(plan.header.title, plan.sections)}
    return MatrixData(tasks, outlines, {row.id: row for row in store.units()})
