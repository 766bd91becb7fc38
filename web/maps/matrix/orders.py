"""In which order the columns of a matrix stand (列的次序). Collectives (泛指) always come last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.query import UnitRow
from web.maps.matrix.records import MatrixColumn
from web.maps.state import ColumnOrder

BANDS = ("国家", "省", "市", "县", "乡", "未定", "泛指")
"""Runs of columns by level: that of the unit, 未定 where the text does not tell it, 泛指 for collectives."""
_TAIL = 3
"""Columns to the left that a neighbour is chosen by."""


def band_of(unit: UnitRow) -> str:
    """The run of columns that a unit belongs to."""
    return "泛指" if unit.kind == "collective" else unit.level or "未定"


def in_order(
    columns: Sequence[MatrixColumn], rows: Mapping[str, set[str]], order: ColumnOrder, most: int
) -> list[MatrixColumn]:
    """The columns with most tasks, as many as are shown, in an order; `columns` come as the text names them.

    `rows` has the tasks of each unit by its id.
    """
    first = {column.unit.id: n for n, column in enumerate(columns)}
    ranked = sorted(columns, key=lambda each: (each.collective, -each.total, -each.counts[0], first[each.unit.id]))
    kept = ranked[:most]
    if order == "text":
        kept.sort(key=lambda each: (each.collective, first[each.unit.id]))
    elif order == "near":
        clear = [each for each in kept if not each.collective]
        kept = [*_near(clear, rows), *kept[len(clear) :]]
    elif order == "level":
        kept.sort(key=lambda each: BANDS.index(band_of(each.unit)))
    return kept


def _near(columns: Sequence[MatrixColumn], rows: Mapping[str, set[str]]) -> list[MatrixColumn]:
    """Units that share tasks side by side: a chain that begins with the busiest, and goes on with whoever shares most
    with the last ones, counted over the lesser of both loads."""
    chain, left = list(columns[:1]), list(columns[1:])
    while left:
        tail = [rows[each.unit.id] for each in chain[-_TAIL:]]

        def likeness(each: MatrixColumn, tail: Sequence[set[str]] = tail) -> tuple[float, int]:
            own = rows[each.unit.id]
            shared = ((n + 1) * len(own & other) / (1 + min(len(own), len(other))) for n, other in enumerate(tail))
            return sum(shared), len(own)

        best = max(left, key=likeness)
        chain.append(best)
        left.remove(best)
    return chain
