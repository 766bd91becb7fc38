"""What hangs on a thing (一圈): on a task its units, documents and plan; on anything else its tasks or, where these are
many, the units and documents of them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.projection import parties_once, strongest
from graph.query import TaskRow, UnitRow
from ingest.model import Record
from web.maps.networks.records import NetworkKind, TieKind
from web.maps.state import key_of

FEW_TASKS = 12
"""Tasks that stand on the ring of a unit, document or plan themselves; of more the units and documents stand there."""


class Thing(Record, frozen=True):
    """What may stand in the middle: a unit, a task, a document or a plan; what it is called, and its place."""

    kind: NetworkKind
    id: str
    label: str
    place: str = ""
    collective: bool = False

    @property
    def key(self) -> str:
        return key_of(f"document:{self.id}" if self.kind == "document" else self.id)

    @property
    def name(self) -> str:
        """Its name for the address: its kind and id."""
        return f"{self.kind}:{self.id}"


class Hanging(Record, frozen=True):
    """A thing on a ring: how it hangs on what is in the middle of that, and by which tasks.

    On `leads` of them the middle leads and the other does not, on `led` the other way round.
    """

    thing: Thing
    kind: TieKind
    tasks: tuple[str, ...]
    leads: int = 0
    led: int = 0
    inferred: bool = False


def a_task(row: TaskRow) -> Thing:
    return Thing("task", row.id, row.text, row.plan_title)


def a_unit(row: UnitRow) -> Thing:
    return Thing("unit", row.id, row.name, row.region, row.kind == "collective")


def ring_of(
    middle: Thing, tasks: Sequence[TaskRow], units: Mapping[str, UnitRow], whole: bool = False
) -> tuple[Hanging, ...]:
    """What hangs on a thing with these tasks, the most first; with `whole` its tasks stand there, however many."""
    if middle.kind == "task":
        return tuple(hanging for row in tasks if row.id == middle.id for hanging in of_task(row, units))
    if whole or len(tasks) <= FEW_TASKS:
        return tuple(_task_of(middle, row) for row in tasks)
    found = [*_units(middle, tasks, units), *_documents(middle, tasks)]
    return tuple(sorted(found, key=lambda each: (each.thing.collective, -len(each.tasks), each.thing.id)))


def of_task(row: TaskRow, units: Mapping[str, UnitRow], without: str = "") -> Iterator[Hanging]:
    """The units of a task, the documents that it cites, and its plan; `without` a unit or document of that id."""
    for unit, party in parties_once(row).items():
        if unit in units and unit != without:
            yield Hanging(a_unit(units[unit]), party.role, (row.id,), inferred=not party.stated)
    for id, title in _bases(row):
        if id != without:
            yield Hanging(Thing("document", id, title), "cites", (row.id,))
    yield Hanging(Thing("plan", row.plan_id, row.plan_title), "has", (row.id,))


def _bases(row: TaskRow) -> Iterator[tuple[str, str]]:
    """The documents that a task cites, each once, by its title or its number."""
    named: dict[str, str] = {}
    for basis in row.bases:
        named.setdefault(basis.document_id, f"《{basis.title}》" if basis.title else basis.number or basis.document_id)
    yield from named.items()


def _task_of(middle: Thing, row: TaskRow) -> Hanging:
    if middle.kind != "unit":
        return Hanging(a_task(row), "cites" if middle.kind == "document" else "has", (row.id,))
    party = parties_once(row).get(middle.id)
    role, stated = (party.role, party.stated) if party else ("responsible", True)
    return Hanging(a_task(row), role, (row.id,), inferred=not stated)


def _units(middle: Thing, tasks: Sequence[TaskRow], units: Mapping[str, UnitRow]) -> Iterator[Hanging]:
    """The units on the tasks of a thing; of a unit with who leads whom."""
    ids: dict[str, list[str]] = defaultdict(list)
    leads: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in tasks:
        roles = strongest(row)
        own = roles.get(middle.id) if middle.kind == "unit" else None
        for unit, role in roles.items():
            if unit in units and unit != middle.id:
                ids[unit].append(row.id)
                leads[unit][0] += own == "lead" != role
                leads[unit][1] += own is not None and role == "lead" != own
    kind: TieKind = "shared" if middle.kind == "unit" else "cites" if middle.kind == "document" else "has"
    for unit, own_ids in ids.items():
        yield Hanging(a_unit(units[unit]), kind, tuple(own_ids), leads[unit][0], leads[unit][1])


def _documents(middle: Thing, tasks: Sequence[TaskRow]) -> Iterator[Hanging]:
    ids: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, str] = {}
    for row in tasks:
        for id, title in _bases(row):
            if middle.kind != "document" or id != middle.id:
                ids[id].append(row.id)
                titles.setdefault(id, title)
    for id, own in ids.items():
        yield Hanging(Thing("document", id, titles[id]), "cites", tuple(own))
