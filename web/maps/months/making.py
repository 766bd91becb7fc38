"""From tasks to the time map (成时间图): how many tasks of each unit stand in each slot, and in all. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from graph.projection import strongest
from graph.query import UnitRow
from ingest.model import Record
from web.facts.by_task import ROLES
from web.maps.matrix.making import MatrixData
from web.maps.matrix.records import quarters
from web.maps.months.slots import CLOSING, Slot, nearest, place_of, slots_of
from web.maps.picture import Counts
from web.maps.state import key_of

MOST_UNITS, ALL_UNITS = 40, 400
"""Units that are shown at first, and where more are asked for (`m-more=units`)."""
LATE = "late"
"""What a selection calls the tasks whose day is over, as it calls a column by the key of its slot."""


class MonthCell(Record, frozen=True):
    """Tasks of a unit in a slot, by role; `slot` counts columns from 0."""

    slot: int
    counts: Counts

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def led(self) -> int:
        return quarters(self.counts[0], self.total)


class MonthRow(Record, frozen=True):
    """A unit with its cells and the ids of its tasks: how many stand in a month or a year (`dated`), and of how many
    of these the day is over (`late`; no plan says what is done)."""

    unit: UnitRow
    cells: tuple[MonthCell, ...]
    tasks: tuple[str, ...]
    dated: int
    late: int

    @property
    def total(self) -> int:
        return len(self.tasks)

    @property
    def key(self) -> str:
        return key_of(self.unit.id)


class TimeMap(Record, frozen=True):
    """Slots, units that have most in them, and tasks by slot. `sums` are tasks, each counted once: those somebody leads
    and those nobody does; `units` and `tasks` count what there is, `dated` tasks that stand in a month or a year,
    `late` are the ids of those of these whose day is over."""

    slots: tuple[Slot, ...]
    rows: tuple[MonthRow, ...]
    sums: tuple[tuple[int, int], ...]
    in_slot: tuple[tuple[str, ...], ...]
    units: int
    tasks: int
    dated: int
    late: tuple[str, ...]

    def picked(self, key: str, row: MonthRow | None) -> tuple[str, ...] | None:
        """The ids of the tasks of a slot, or of all that are late, those of one unit where its row is given; None
        where no slot is called so."""
        named = {LATE: self.late, **{slot.key: ids for slot, ids in zip(self.slots, self.in_slot, strict=True)}}
        own = frozenset(row.tasks) if row else None
        ids = named.get(key)
        return ids if ids is None or own is None else tuple(id for id in ids if id in own)

    @property
    def told(self) -> tuple[tuple[Slot, int], ...]:
        """What a sentence tells of: this month, and what has no place in time, each with its tasks."""
        counted = zip(self.slots, map(sum, self.sums), strict=True)
        return tuple((slot, count) for slot, count in counted if slot.now or slot.key in CLOSING)

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
        return max((sum(own) for slot, own in zip(self.slots, self.sums, strict=True) if slot.key not in CLOSING),
                   default=1) or 1  # fmt: skip


def time_map(data: MatrixData, today: str, most: int = MOST_UNITS) -> TimeMap:
    """The time map of some tasks on an ISO day; `most` units at most have a row."""
    found = {task.id: nearest(task.days) for task in data.tasks}
    slots = slots_of(sorted({slot for slot, _ in found.values()}), today)
    at = {slot: place_of(slot, slots) for slot in {slot for slot, _ in found.values()}}
    late = {id for id, (_, day) in found.items() if day and day < today}
    counts: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    held: dict[str, list[str]] = defaultdict(list)
    sums, members = [[0, 0] for _ in slots], [list[str]() for _ in slots]
    for task in data.tasks:
        slot = at[found[task.id][0]]
        sums[slot][not any(party.role == "lead" for party in task.parties)] += 1
        members[slot].append(task.id)
        for unit, role in strongest(task).items():
            if unit in data.units:
                counts[unit][slot][ROLES.index(role)] += 1
                held[unit].append(task.id)
    rows = [_row(data.units[unit], own, slots, (held[unit], late)) for unit, own in counts.items()]
    ranked = sorted(
        rows, key=lambda row: (row.unit.id != data.first, row.unit.kind == "collective", -row.dated, -row.total)
    )
    return TimeMap(
        slots, tuple(ranked[:most]), tuple((led, unled) for led, unled in sums), tuple(tuple(own) for own in members),
        len(rows), len(data.tasks), sum(slot[0].isdigit() for slot, _ in found.values()),
        tuple(task.id for task in data.tasks if task.id in late),
    )  # fmt: skip


def _row(
    unit: UnitRow, own: Mapping[int, Sequence[int]], slots: Sequence[Slot], tasks: tuple[Sequence[str], Set[str]]
) -> MonthRow:
    """A row; `tasks` are the ids of the unit's, and those of all that are late."""
    cells = tuple(MonthCell(slot, (each[0], each[1], each[2])) for slot, each in sorted(own.items()))
    dated = sum(cell.total for cell in cells if slots[cell.slot].key not in CLOSING)
    held, late = tasks
    return MonthRow(unit, cells, tuple(held), dated, sum(id in late for id in held))
