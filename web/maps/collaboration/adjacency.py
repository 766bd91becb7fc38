"""Who works with whom as a table (协作矩阵): units by units, in the order of their boxes, in the matrix's records."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from web.maps.collaboration.making import Collaboration, UnitPill
from web.maps.matrix.records import DutyMatrix, MatrixColumn, MatrixRow, MatrixSquare


def adjacency(made: Collaboration, titles: Sequence[str]) -> DutyMatrix:
    """The table: in a cell the tasks that two units share, as those that the row's unit leads, those that neither or
    both lead, and those that the column's leads; on the diagonal the unit's own tasks by role.

    `titles` are those of the boxes. A row over the units of a box has its title, a unit's row its tasks in `leads`.
    """
    order = [pill for _, run in groupby(_ordered(made), key=lambda pill: pill.group) for pill in run]
    at = {pill.unit.id: n for n, pill in enumerate(order)}
    squares: dict[str, list[MatrixSquare]] = {
        pill.unit.id: [MatrixSquare(at[pill.unit.id], pill.counts, own=True)] for pill in order
    }
    for pair in made.pairs:
        neither = pair.weight - pair.leads - pair.led
        squares[pair.one].append(MatrixSquare(at[pair.other], (pair.leads, neither, pair.led)))
        squares[pair.other].append(MatrixSquare(at[pair.one], (pair.led, neither, pair.leads)))
    rows: list[MatrixRow] = []
    bands: list[tuple[str, int]] = []
    for number, run in groupby(order, key=lambda pill: pill.group):
        pills = [*run]
        bands.append((titles[number], len(pills)))
        rows.append(_heading(number, titles[number], pills))
        rows += [_row(pill, squares[pill.unit.id]) for pill in pills]
    columns = tuple(MatrixColumn(pill.unit, pill.counts) for pill in order)
    most = max((column.total for column in columns), default=1)
    return DutyMatrix(tuple(rows), columns, tuple(bands), len(order), made.units, 0, most)


def _ordered(made: Collaboration) -> list[UnitPill]:
    """By box and, in a box, whoever shares most first; collectives last."""
    return sorted(
        made.spots, key=lambda pill: (pill.group, pill.unit.kind == "collective", -pill.strength, pill.unit.id)
    )


def _heading(number: int, title: str, pills: Sequence[UnitPill]) -> MatrixRow:
    return MatrixRow(
        f"box{number}", "", "", 0, "", title, "", sum(pill.total for pill in pills),
        sum(pill.counts[0] for pill in pills), (), len(pills), (), group=True, open=True,
    )  # fmt: skip


def _row(pill: UnitPill, squares: Sequence[MatrixSquare]) -> MatrixRow:
    name = f"{pill.unit.name} {pill.place}".strip()
    own = tuple(sorted(squares, key=lambda square: square.column))
    return MatrixRow(
        pill.key, pill.unit.id, "", 1, "", "", name, pill.total, pill.counts[0], (str(pill.total),), 1, own, group=False
    )
