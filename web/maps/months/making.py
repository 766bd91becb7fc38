"""From tasks to the time map (成时间图): how many tasks of each unit stand in each slot, and in all. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.query import UnitRow
from ingest.model import Record
from web.facts.by_task import ROLES
from web.maps.matrix.making import MatrixData
from web.maps.months.slots import Slot, nearest, slots_of
from web.maps.picture import Counts
from web.maps.state import key_of

MOST_UNITS, ALL_UNITS = 40, 400
"""Units that are shown at first, and where more are asked for (`m-more=units`)."""
_DATELESS = ("open", "none")


class MonthCell(Record, frozen=True):
    """Tasks of a unit in a slot, by role; `slot` counts columns from 0."""

    slot: int
    counts: Counts

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def led(self) -> int:
        """Quarters of the sum that the unit leads, at least one where it leads any."""
        return -(-4 * self.counts[0] // self.total) if self.total else 0


class MonthRow(Record, frozen=True):
    """A unit with its cells; `dated` are its tasks that stand in a month or year, or recur."""

    unit: UnitRow
    cells: tuple[MonthCell, ...]
    dated: int

    @property
    def key(self) -> str:
        return key_of(self.unit.id)


class TimeMap(Record, frozen=True):
    """Slots, units that have most in them, and tasks by slot. `sums` are tasks, each counted once: those somebody leads
    and those nobody does; `units` and `tasks` count what there is, `dated` tasks that stand in a month or a year."""

    slots: tuple[Slot, ...]
    rows: tuple[MonthRow, ...]
    sums: tuple[tuple[int, int], ...]
    in_slot: tuple[tuple[str, ...], ...]
    units: int
    tasks: int
    dated: int

    def cells_of(self, row: MonthRow) -> list[MonthCell | None]:
        """A unit's cells, None where it has nothing."""
        found: list[MonthCell | None] = [None] * len(self.slots)
        for cell in row.cells:
            found[cell.slot] = cell
        return found

    @property
    def twice(self) -> frozenset[str]:
        """Names that two rows bear: their places stand beside them."""
        named = Counter(row.unit.name for row in self.rows)
        return frozenset(name for name, count in named.items() if count > 1)

    @property
    def most(self) -> int:
        """The most tasks of a slot that is a time."""
        return max((sum(own) for slot, own in zip(self.slots, self.sums, strict=True) if slot.key not in _DATELESS),
                   default=1)  # fmt: skip


def time_map(data: MatrixData, today: str, most: int = MOST_UNITS) -> TimeMap:
    """The time map of some tasks on an ISO day; `most` units at most have a row."""
    where = {task.id: nearest(task.days) for task in data.tasks}
    slots = slots_of(sorted(set(where.values())), today)
    at = _places(where.values(), slots)
    counts: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    sums, members = [[0, 0] for _ in slots], [list[str]() for _ in slots]
    for task in data.tasks:
        slot = at[where[task.id]]
        sums[slot][not any(party.role == "lead" for party in task.parties)] += 1
        members[slot].append(task.id)
        strongest: dict[str, int] = {}
        for party in task.parties:
            if party.unit_id in data.units:
                role = ROLES.index(party.role)
                strongest[party.unit_id] = min(role, strongest.get(party.unit_id, role))
        for unit, role in strongest.items():
            counts[unit][slot][role] += 1
    rows = [_row(data.units[unit], own, slots) for unit, own in counts.items()]
    ranked = sorted(rows, key=lambda row: (row.unit.id != data.first, row.unit.kind == "collective", -row.dated))
    dated = sum(slot[0].isdigit() for slot in where.values())
    return TimeMap(
        slots, tuple(row for row in ranked if row.dated)[:most], tuple((led, unled) for led, unled in sums),
        tuple(tuple(own) for own in members), len(rows), len(data.tasks), dated,
    )  # fmt: skip


def _places(used: Iterable[str], slots: Sequence[Slot]) -> dict[str, int]:
    """The column of every slot; months that are not shown stand in 更早 or 更晚."""
    known = {slot.key: n for n, slot in enumerate(slots)}
    first = next((slot.key for slot in slots if slot.kind == "month"), "")
    return {key: known[key] if key in known else known["before" if key < first else "after"] for key in set(used)}


def _row(unit: UnitRow, own: Mapping[int, Sequence[int]], slots: Sequence[Slot]) -> MonthRow:
    cells = tuple(MonthCell(slot, (each[0], each[1], each[2])) for slot, each in sorted(own.items()))
    return MonthRow(unit, cells, sum(cell.total for cell in cells if slots[cell.slot].key not in _DATELESS))
