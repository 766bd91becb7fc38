"""From tasks to a matrix (成矩阵): rows, sums and columns in one pass over what the store answers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from graph.projection import parties_once
from graph.query import TaskRow, UnitRow
from ingest.model import Record, Role
from web.facts.by_task import ROLES
from web.maps.matrix.folds import fold
from web.maps.matrix.orders import band_of, in_order
from web.maps.matrix.records import DutyMatrix, MatrixColumn, MatrixRow, MatrixSquare
from web.maps.matrix.tree import MatrixOutline, TreeRow, tree_of, walk
from web.maps.picture import Counts
from web.maps.state import MapState

MOST_COLUMNS, ALL_COLUMNS = 60, 400
"""Units that a matrix shows at first, and where more are asked for (`m-more=columns`)."""
MOST_TASKS = 3000
"""Tasks of a list that a matrix shows."""

_Sums = dict[str, list[int]]


class MatrixData(Record, frozen=True):
    """What the store answers: tasks in their order, outlines of their plans, and units by id. `left_out` tasks of the
    list were not asked for.

    `first` is a unit whose column stands before all others: the one that the matrix is about.
    """

    tasks: tuple[TaskRow, ...]
    outlines: Mapping[str, MatrixOutline]
    units: Mapping[str, UnitRow]
    first: str = ""
    left_out: int = 0


def matrix_of(data: MatrixData, state: MapState) -> DutyMatrix:
    """The matrix of some tasks as the address wants it."""
    tasks = data.tasks
    nodes = tree_of(tasks, data.outlines)
    fold(nodes, state)
    held = {task.id: _held(task, state.roles, data.units) for task in tasks}
    columns = _columns(tasks, held, data, state)
    at = {column.unit.id: n for n, column in enumerate(columns)}
    sums: dict[int, _Sums] = {}
    for node in nodes:
        _add_up(node, held, sums)
    rows = tuple(_rows(nodes, held, sums, at))
    bands = tuple((name, len(tuple(run))) for name, run in groupby(column.band for column in columns) if name)
    named = {party.unit_id for task in tasks for party in task.parties if party.unit_id in data.units}
    most = max((column.total for column in columns), default=1)
    sums_all = sum(data.units[unit].kind != "collective" for own in held.values() for unit in own if unit != data.first)
    return DutyMatrix(rows, columns, bands, len(tasks), len(named), data.left_out, most, sums_all)


def _held(task: TaskRow, roles: Sequence[Role], units: Mapping[str, UnitRow]) -> dict[str, tuple[Role, bool]]:
    """The units on a task, each with its strongest role and whether that is inferred (推定)."""
    own = parties_once(task, roles)
    return {unit: (party.role, not party.stated) for unit, party in own.items() if unit in units}


_Held = Mapping[str, Mapping[str, tuple[Role, bool]]]


def _add_up(node: TreeRow, held: _Held, sums: dict[int, _Sums]) -> _Sums:
    """The tasks of every unit beneath a node, by role; kept for each node on the way."""
    own: _Sums = {}
    if node.task is not None:
        for unit, (role, _) in held[node.task.id].items():
            own[unit] = [int(role == each) for each in ROLES]
    for child in node.children:
        for unit, counts in _add_up(child, held, sums).items():
            mine = own.setdefault(unit, [0, 0, 0])
            for n, count in enumerate(counts):
                mine[n] += count
    sums[id(node)] = own
    return own


def _columns(tasks: Sequence[TaskRow], held: _Held, data: MatrixData, state: MapState) -> tuple[MatrixColumn, ...]:
    loads: dict[str, list[int]] = {}
    rows: dict[str, set[str]] = defaultdict(set)
    for task in tasks:
        for unit, (role, _) in held[task.id].items():
            loads.setdefault(unit, [0, 0, 0])[ROLES.index(role)] += 1
            rows[unit].add(task.id)
    columns = [MatrixColumn(data.units[unit], _counts(load)) for unit, load in loads.items()]
    most = len(columns) if "*" in state.more else ALL_COLUMNS if "columns" in state.more else MOST_COLUMNS
    ordered = in_order(columns, rows, state.order, most)
    ordered.sort(key=lambda column: column.unit.id != data.first)
    if state.order != "level":
        return tuple(ordered)
    return tuple(MatrixColumn(column.unit, column.counts, band_of(column.unit)) for column in ordered)


def _counts(sums: Sequence[int]) -> Counts:
    return sums[0], sums[1], sums[2]


def _rows(
    nodes: Sequence[TreeRow], held: _Held, sums: Mapping[int, _Sums], at: Mapping[str, int]
) -> Iterator[MatrixRow]:
    """The rows from top to bottom. A row is shown where all above it are open."""
    totals = {id(node): _total(node) for node, _ in walk(nodes)}
    shown = [True]
    for node, depth in walk(nodes):
        shown[depth + 1 :] = [shown[depth] and node.open]
        task, (tasks, led, lacking) = node.task, totals[id(node)]
        named = len({party.unit_id for party in task.parties}) if task else 0
        leads = dict.fromkeys(party.name for party in task.parties if party.role == "lead") if task else ()
        yield MatrixRow(
            node.key, "" if node.by_unit else node.id, node.plan_id, depth, node.number, node.title,
            task.text if task else "", tasks, led, tuple(leads), named,
            _squares(node, held, sums[id(node)], at),
            task is None, node.by_unit, node.rest, node.open, shown[depth], lacking,
        )  # fmt: skip


def _squares(node: TreeRow, held: _Held, sums: _Sums, at: Mapping[str, int]) -> tuple[MatrixSquare, ...]:
    if node.task is None:
        found = (MatrixSquare(at[unit], _counts(own)) for unit, own in sums.items() if unit in at)
    else:
        own = held[node.task.id]
        found = (
            MatrixSquare(at[unit], _counts(sums[unit]), role, inferred)
            for unit, (role, inferred) in own.items()
            if unit in at
        )
    return tuple(sorted(found, key=lambda square: square.column))


def _total(node: TreeRow) -> tuple[int, int, int]:
    """Tasks beneath a node, how many of them name who leads, and how many name several units and nobody who leads."""
    if node.task is not None:
        led = any(party.role == "lead" for party in node.task.parties)
        return 1, int(led), int(not led and len({party.unit_id for party in node.task.parties}) > 1)
    below = [_total(child) for child in node.children]
    return sum(tasks for tasks, _, _ in below), sum(led for _, led, _ in below), sum(lacking for *_, lacking in below)
