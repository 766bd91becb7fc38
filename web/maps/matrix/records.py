"""What a matrix holds (矩阵): the one record from which its table, list, exports and tests are made."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice, takewhile

from graph.query import UnitRow
from ingest.model import Record, Role
from web.maps.picture import Counts
from web.maps.state import key_of

STEPS = (1, 2, 4, 8, 16)
"""Where the tone of a sum changes: 1, 2–3, 4–7, 8–15, 16 and more. The same on every map, so that maps compare."""


_ENOUGH = 6


def tone(total: int) -> int:
    """The step of a sum, 0 for none."""
    return bisect_right(STEPS, total)


def quarters(led: int, total: int) -> int:
    """How many quarters of a sum are led, at least one where any is."""
    return -(-4 * led // total) if total else 0


class MatrixSquare(Record, frozen=True):
    """What a unit (`column`, counted from 0) has in a row: tasks by role; of one task also its role there.
    `own` is what a unit has by itself, where units stand against units."""

    column: int
    counts: Counts
    role: Role | None = None
    inferred: bool = False
    own: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def tone(self) -> int:
        return tone(self.total)

    @property
    def led(self) -> int:
        return quarters(self.counts[0], self.total)


class MatrixColumn(Record, frozen=True):
    """A unit with its tasks by role. `band` is its level where columns stand by level, "" else."""

    unit: UnitRow
    counts: Counts
    band: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def collective(self) -> bool:
        return self.unit.kind == "collective"

    @property
    def key(self) -> str:
        return key_of(self.unit.id)


class MatrixRow(Record, frozen=True):
    """A row: a heading with the tasks beneath it, or one task.

    `key` names it in the address, `id` is the id of its plan, section or task ("" for a group by unit). `number` and
    `title` are the heading's, `words` those of the task, `tasks` how many it stands for and `led` how many of these
    name who leads (牵头); `leads` are the names on a task,
    `named` is how many units it names in any role, `lacking` how many of its tasks name several units and nobody who
    leads (未写). `by_unit` says that tasks are grouped by who leads them or
    is named first, and `rest` that no single unit is meant (其他单位). `shown` is whether every row above it is open.
    """

    key: str
    id: str
    plan_id: str
    depth: int
    number: str
    title: str
    words: str
    tasks: int
    led: int
    leads: tuple[str, ...]
    named: int
    squares: tuple[MatrixSquare, ...]
    group: bool
    by_unit: bool = False
    rest: bool = False
    open: bool = False
    shown: bool = True
    lacking: int = 0

    @property
    def unled(self) -> bool:
        """Whether it is a task of several units of which none leads (the gap `no-lead`)."""
        return not self.group and self.lacking > 0

    @property
    def ones(self) -> int:
        """Units with one task each: where a heading has six others, a phone tells how many these are, not which."""
        ones = sum(square.total == 1 for square in self.squares)
        return ones if self.group and len(self.squares) - ones >= _ENOUGH else 0


class DutyMatrix(Record, frozen=True):
    """A matrix: all rows in order, also those folded away, and the columns that are shown.

    `tasks` are all tasks, `units` all units that they name, `left_out` those tasks of a list that is too long.
    `bands` are names and widths of runs of columns, `most` the highest sum of a column, `held` the tasks of every
    named unit added up, shown or not.
    """

    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    bands: tuple[tuple[str, int], ...]
    tasks: int
    units: int
    left_out: int
    most: int
    held: int = 0

    @property
    def shown_rows(self) -> int:
        return sum(row.shown for row in self.rows)

    def beneath(self, row: MatrixRow) -> tuple[MatrixRow, ...]:
        """The tasks beneath a heading: all that follow and stand deeper; a task is its own."""
        if not row.group:
            return (row,)
        after = islice(self.rows, self.rows.index(row) + 1, None)
        return tuple(each for each in takewhile(lambda other: other.depth > row.depth, after) if not each.group)
