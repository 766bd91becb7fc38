"""Words that stand upright beside level ones: heads of narrow columns turned by a right angle, read in their cells.

Pure functions. A character that stands in a cell of a table belongs to it however it is turned.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import structs

from ingest.page.ink import Char, Ink
from ingest.page.lines import Line, between, lines_of
from ingest.page.ruled import Grid, GridCell

_Place = tuple[int, int]


def with_turned(grids: Sequence[Grid], ink: Ink) -> tuple[list[Grid], list[list[Char]]]:
    """The tables with the turned characters that stand in their cells, and the groups of those that stand in none."""
    held: dict[_Place, list[list[Char]]] = {}
    others: list[list[Char]] = []
    for number, group in enumerate(ink.turned):
        angle = ink.angles[number] if number < len(ink.angles) else 45
        rest: list[Char] = []
        cells: dict[_Place, list[Char]] = {}
        for char in group:
            place = None if angle % 90 else _cell_of(grids, *_upright(char, angle, ink))
            (rest if place is None else cells.setdefault(place, [])).append(char)
        others.append(rest)
        for place, chars in cells.items():
            held.setdefault(place, []).append(chars)
    return [_filled(grid, number, held) for number, grid in enumerate(grids)], others


def _upright(char: Char, angle: int, ink: Ink) -> tuple[float, float]:
    """Where the middle of a turned character stands on the page as it is read."""
    x, y = char.middle
    if angle == 90:
        return y, ink.height - x
    if angle == 270:
        return ink.width - y, x
    return ink.width - x, ink.height - y


def _cell_of(grids: Sequence[Grid], x: float, y: float) -> _Place | None:
    """The table and the cell in it, each by its place in its list, that a point stands in."""
    for number, grid in enumerate(grids):
        if grid.box.holds(x, y):
            row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
            column = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
            for place, cell in enumerate(grid.cells):
                if cell.row <= row < cell.row + cell.rows and cell.column <= column < cell.column + cell.columns:
                    return number, place
    return None


def _filled(grid: Grid, number: int, held: dict[_Place, list[list[Char]]]) -> Grid:
    cells = [
        structs.replace(cell, lines=(*cell.lines, *(_as_line(grid, cell, chars) for chars in held[number, place])))
        if (number, place) in held
        else cell
        for place, cell in enumerate(grid.cells)
    ]
    return structs.replace(grid, cells=tuple(cells))


def _as_line(grid: Grid, cell: GridCell, chars: list[Char]) -> Line:
    """What stands turned in a cell, as one line in its middle."""
    lines = lines_of(chars)
    text = ""
    for line in lines:
        text += between(text, line.text) + line.text
    em = lines[0].em
    middle = (grid.xs[cell.column] + grid.xs[cell.column + cell.columns]) / 2
    height = (grid.ys[cell.row] + grid.ys[cell.row + cell.rows]) / 2
    return Line(text, middle - em / 2, middle + em / 2, height, em, em)
