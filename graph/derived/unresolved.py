"""Units that the register does not know (未登记的单位), with what they may mean: pure, over the rows of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.query.questions import UnitRow
from ingest.language import Register
from ingest.model import Record


class Unresolved(Record, frozen=True):
    """A unit whose name the register does not have: on how many tasks it stands, and names that it may be a form of."""

    unit_id: str
    name: str
    region: str
    tasks: int
    suggestions: tuple[str, ...]


def unresolved(units: Iterable[UnitRow], register: Register, limit: int = 3) -> Iterator[Unresolved]:
    """The organisations that no entry of the register names, those on most tasks first; `limit` suggestions each."""
    rows = [(unit.lead + unit.responsible + unit.support, unit) for unit in units if unit.kind == "organization"]
    for tasks, unit in sorted(rows, key=lambda row: (-row[0], row[1].name)):
        if register.entry_of(unit.name) is None:
            yield Unresolved(unit.id, unit.name, unit.region, tasks, register.suggest(unit.name, limit))
