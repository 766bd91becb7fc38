"""The right wing (右翼): with whom a unit works, on what basis, and by when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from graph.query import TaskRow, UnitRow
from ingest.model import Role
from web.facts.by_task import ROLES
from web.maps.matrix.making import MatrixData
from web.maps.months.slots import slot_of
from web.maps.wings.tree import Wing

Relation = Literal["led", "leads", "joint", "third", "beside"]
"""它牵头，参与的单位 · 牵头它的单位 · 和它共同牵头的单位 · 同受别家牵头的单位 · 无牵头、共同承担."""
RELATIONS: tuple[Relation, ...] = get_args(Relation)

ROWS, LEAST = 18, 2
"""Rows of the wing that the first view shows, and how many of each relation it shows at least."""
TIMES = 4
"""Times that it shows: by when a unit has to act is told at first sight."""
_FEW = 3
"""Relations whose boxes take no rows from each other."""


def around(data: MatrixData, held: Mapping[str, tuple[Role, bool]]) -> list[Wing]:
    """The right wing; `held` has the unit's role on each task by the task's id."""
    tasks = [task for task in data.tasks if task.id in held]
    found = [*_relations(data, tasks, held)]
    if documents := _documents(tasks):
        found.append(Wing("documents", "documents", "", _all(documents), children=documents))
    if times := _times(tasks):
        found.append(Wing("times", "times", "", _all(times), children=times))
    _share(found)
    return found


def _relations(data: MatrixData, tasks: Sequence[TaskRow], held: Mapping[str, tuple[Role, bool]]) -> Iterator[Wing]:
    shared: dict[tuple[Relation, str], dict[str, Role]] = defaultdict(dict)
    for task in tasks:
        is_led = any(party.role == "lead" for party in task.parties)
        for party in sorted(task.parties, key=lambda each: -ROLES.index(each.role)):
            if party.unit_id != data.first and party.unit_id in data.units:
                shared[_relation(held[task.id][0], party.role, is_led), party.unit_id][task.id] = party.role
    named = Counter(name for name, _ in {(data.units[unit].name, unit) for _, unit in shared})
    for relation in RELATIONS:
        units = [
            _unit(relation, data.units[unit], by_task, named)
            for (own, unit), by_task in shared.items()
            if own == relation
        ]
        units.sort(key=lambda wing: (wing.collective, -len(wing.tasks), wing.thing))
        if units:
            yield Wing(relation, "relation", "", _all(units), children=units)


def _relation(own: Role, other: Role, is_led: bool) -> Relation:
    """What a unit is to the other on a task; `is_led` where anybody leads it."""
    if own == "lead":
        return "joint" if other == "lead" else "led"
    if other == "lead":
        return "leads"
    return "third" if is_led else "beside"


def _unit(relation: Relation, unit: UnitRow, by_task: Mapping[str, Role], named: Mapping[str, int]) -> Wing:
    """A unit that shares tasks; its place stands beside a name that two of them bear."""
    counted = Counter(by_task.values())
    label = f"{unit.name}（{unit.region}）" if named[unit.name] > 1 and unit.region else unit.name
    counts = counted["lead"], counted["responsible"], counted["support"]
    collective = unit.kind == "collective"
    return Wing(f"{relation}|{unit.id}", "unit", label, tuple(by_task), unit.id, counts=counts, collective=collective)


def _documents(tasks: Sequence[TaskRow]) -> list[Wing]:
    """The documents that tasks cite, those that more of them cite first."""
    by: dict[str, dict[str, None]] = defaultdict(dict)
    names: dict[str, str] = {}
    for task in tasks:
        for basis in task.bases:
            by[basis.document_id][task.id] = None
            names.setdefault(basis.document_id, f"《{basis.title}》" if basis.title else basis.number or "")
    found = [Wing(f"document|{id}", "document", names[id], tuple(own), id) for id, own in by.items()]
    return sorted(found, key=lambda wing: (-len(wing.tasks), wing.label))


def _times(tasks: Sequence[TaskRow]) -> list[Wing]:
    """Months, years (年内), and what has no day, in their order."""
    by: dict[str, dict[str, None]] = defaultdict(dict)
    for task in tasks:
        for day in task.days:
            by[slot_of(day)][task.id] = None
    return [Wing(f"time|{slot}", "time", slot, tuple(by[slot]), slot) for slot in sorted(by, key=_in_time)]


def _in_time(slot: str) -> tuple[bool, str]:
    """2026-03 before 2026, which is 2026年内, before 定期 and 无日期."""
    return not slot[0].isdigit(), slot if len(slot) != 4 else f"{slot}-99"


def _all(wings: Sequence[Wing]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for wing in wings for id in wing.tasks))


def _share(groups: Sequence[Wing]) -> None:
    """How many of each group are shown first: units in proportion, documents and times where there is room."""
    relations = [wing for wing in groups if wing.kind == "relation"]
    dated = sum(min(TIMES, len(wing.children)) for wing in groups if wing.kind == "times")
    room = ROWS - (len(groups) - len(relations)) - dated - 2 * max(0, len(relations) - _FEW)
    whole = sum(len(wing.children) for wing in relations)
    for wing in relations:
        wing.open = True
        if whole > room:
            wing.first = max(LEAST, min(len(wing.children), round(room * len(wing.children) / whole)))
    used = dated + sum(len(wing.shown) + (wing.rest >= 2) for wing in relations)
    for wing in groups:
        if wing.kind == "times":
            wing.open, wing.first = True, TIMES
        elif wing.kind != "relation":
            wing.open = used + len(wing.children) <= ROWS
            used += len(wing.children) if wing.open else 1
            wing.first = 2 * ROWS if len(wing.children) > 2 * ROWS else 0
