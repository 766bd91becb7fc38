"""A matrix too wide for a sheet of paper, in parts (分幅): each with some of the columns and every row."""

from __future__ import annotations

from itertools import accumulate

from msgspec.structs import replace

from web.maps.matrix.records import DutyMatrix, MatrixRow

SHEET = 60
"""Columns that A3 across takes at 5 mm each, beside the names of rows."""


def parts_of(made: DutyMatrix, most: int = SHEET) -> tuple[DutyMatrix, ...]:
    """The parts, none where the whole fits. Columns of one level stay together where they can."""
    if len(made.columns) <= most:
        return ()
    runs = [width for _, width in made.bands] or [len(made.columns)]
    pieces = [min(most, run - at) for run in runs for at in range(0, run, most)]
    sizes: list[int] = []
    for piece in pieces:
        # Without levels a part is full; a level goes beside the one before it where both fit.
        if sizes and sizes[-1] + piece <= most:
            sizes[-1] += piece
        else:
            sizes.append(piece)
    ends = [*accumulate(sizes)]
    return tuple(_part(made, end - size, end) for size, end in zip(sizes, ends, strict=True))


def _part(made: DutyMatrix, start: int, end: int) -> DutyMatrix:
    bands = [made.columns[n].band for n in range(start, end)] if made.bands else []
    runs = tuple((band, bands.count(band)) for band in dict.fromkeys(bands))
    rows = tuple(_cut(row, start, end) for row in made.rows)
    return replace(made, rows=rows, columns=made.columns[start:end], bands=runs)


def _cut(row: MatrixRow, start: int, end: int) -> MatrixRow:
    kept = (square for square in row.squares if start <= square.column < end)
    return replace(row, squares=tuple(replace(square, column=square.column - start) for square in kept))
