"""The whole library in one table (总览): lines of work by plans, of many plans by regions or years.

Its size does not grow with the library: at most 48 rows and 40 columns, the rest added up in one. It is added up from
counts that commits keep, so that no task is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from graph.query import PlanRow, UnitCount
from ingest.model import Record
from web.maps.matrix.records import quarters, tone

MOST_ROWS, MOST_COLUMNS = 48, 40
ColumnKind = Literal["plan", "region", "year"]
RowKind = Literal["system", "unknown", "vague", "rest"]


class OverviewColumn(Record, frozen=True):
    """A plan (its id, title and region), a region or a year; the last may stand for `rest` others."""

    key: str
    label: str
    place: str = ""
    rest: int = 0


class OverviewCell(Record, frozen=True):
    """How many tasks units have there, and how many of them they lead."""

    total: int
    lead: int

    @property
    def tone(self) -> int:
        return tone(self.total)

    @property
    def led(self) -> int:
        return quarters(self.lead, self.total)


class OverviewRow(Record, frozen=True):
    """A line of work ("" where no register tells it, `vague` of collectives, `rest` of those left out) with its units
    and a cell for each column."""

    key: str
    units: int
    cells: tuple[OverviewCell, ...]
    kind: RowKind = "system"

    @property
    def total(self) -> int:
        return sum(cell.total for cell in self.cells)


class Overview(Record, frozen=True):
    """The table, what its columns are, and how many plans and tasks there are."""

    by: ColumnKind
    columns: tuple[OverviewColumn, ...]
    rows: tuple[OverviewRow, ...]
    plans: int
    tasks: int


def kind_of_columns(plans: Sequence[PlanRow]) -> ColumnKind:
    """Plans while they have room, else regions, else years."""
    if len(plans) <= MOST_COLUMNS:
        return "plan"
    return "region" if len({plan.region for plan in plans}) <= MOST_COLUMNS else "year"


def overview_of(
    counts: Iterable[UnitCount], plans: Sequence[PlanRow], system_of: Mapping[str, str], vague: frozenset[str]
) -> Overview:
    """The table; `system_of` has the line of work of units by id, `vague` are ids of collectives."""
    by = kind_of_columns(plans)
    cells: dict[tuple[RowKind, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    units: dict[tuple[RowKind, str], set[str]] = defaultdict(set)
    sums: dict[str, int] = defaultdict(int)
    for each in counts:
        system = system_of.get(each.unit_id, "")
        row: tuple[RowKind, str] = (
            ("vague", "") if each.unit_id in vague else ("system", system) if system else ("unknown", "")
        )
        cell = cells[row][each.key]
        total = each.lead + each.responsible + each.support
        cell[0] += total
        cell[1] += each.lead
        sums[each.key] += total
        units[row].add(each.unit_id)
    columns = _columns(by, plans, sums)
    rows = [OverviewRow(key, len(units[kind, key]), _cells(own, columns), kind) for (kind, key), own in cells.items()]
    rows.sort(key=lambda row: (row.kind != "system", -row.total, row.kind, row.key))
    return Overview(by, columns, _bounded(rows), len(plans), sum(plan.tasks for plan in plans))


def _columns(by: ColumnKind, plans: Sequence[PlanRow], sums: Mapping[str, int]) -> tuple[OverviewColumn, ...]:
    if by == "plan":
        ranked = sorted(plans, key=lambda plan: (plan.region, -sums.get(plan.id, 0), plan.id))
        return tuple(OverviewColumn(plan.id, plan.title, plan.region) for plan in ranked)
    keys = sorted(sums, key=lambda key: (-sums[key], key)) if by == "region" else sorted(sums, reverse=True)
    shown = keys if len(keys) <= MOST_COLUMNS else keys[: MOST_COLUMNS - 1]
    found = [OverviewColumn(key, key) for key in shown]
    if len(keys) > len(shown):
        found.append(OverviewColumn("", "", rest=len(keys) - len(shown)))
    return tuple(found)


def _cells(own: Mapping[str, Sequence[int]], columns: Sequence[OverviewColumn]) -> tuple[OverviewCell, ...]:
    kept = {column.key for column in columns if not column.rest}
    others = [each for key, each in own.items() if key not in kept]
    rest = OverviewCell(sum(each[0] for each in others), sum(each[1] for each in others))
    return tuple(rest if column.rest else OverviewCell(*own.get(column.key, (0, 0))) for column in columns)


def _bounded(rows: Sequence[OverviewRow]) -> tuple[OverviewRow, ...]:
    """At most so many rows; the last adds up those that are left out."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows)
    rest = rows[MOST_ROWS - 1 :]
    cells = tuple(
        OverviewCell(sum(cell.total for cell in column), sum(cell.lead for cell in column))
        for column in zip(*(row.cells for row in rest), strict=True)
    )
    return (*rows[: MOST_ROWS - 1], OverviewRow(str(len(rest)), sum(row.units for row in rest), cells, "rest"))
