"""Tables that run over several pages → one table (跨页表格).

Pure functions. Header rows that each page repeats are left out; a row or a merged cell that the page's end cut in two
is made whole again. Where the page does not show whether two cells are one, they stay two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import structs

from ingest.model import Record
from ingest.page.lines import CLOSING, Line, between
from ingest.page.ruled import Grid, GridCell
from ingest.reading import CellText

# Column borders of two pages nearer than this many points, and tables whose widths differ by less, are the same.
_NEAR = 4.0

# Points between a border and the text beside it (Word: 0.19 cm), and a little more.
_PADDING = 7.0

# Below a last baseline, in characters, there is room for one more line; above a first one stands no line before it.
_ROOM_BELOW = 1.5
_ROOM_ABOVE = 1.8

# Cells of a table that show what its columns hold.
_SAMPLE = 2000

_NUMBER = re.compile(r"[（(]?\d{1,4}([.\-—]\d{1,3})*[）).、．]?")
_DONE = tuple("。；！？.;!?")
_OPEN = tuple("、，,（(《〈“‘：:—和与及或")


class TablePart(Record, frozen=True):
    """The share of a table that stands on one page."""

    page: int
    grid: Grid


class WholeRow(Record, frozen=True):
    """A row of a whole table: the page that it begins on, and the cells that begin in it."""

    page: int
    cells: tuple[CellText, ...]


class _Cell:
    """A cell that may still grow over a page's end. Rows and columns count from 0, places are in points; `width` is how
    wide its text becomes."""

    def __init__(self, cell: GridCell, grid: Grid, place: tuple[int, int, float], skip: int) -> None:
        self.row, self.rows, self.lines = cell.row - skip, cell.rows, list(cell.lines)
        self.column, self.columns, self.width = place
        self.top, self.bottom = grid.ys[cell.row], grid.ys[cell.row + cell.rows]

    @property
    def text(self) -> str:
        return self._joined(0.0)

    @property
    def said(self) -> str:
        """Its text. A line that breaks although the next word would fit into its width ends with a blank."""
        return self._joined(self.width)

    def _joined(self, width: float) -> str:
        text = ""
        before: Line | None = None
        for line in self.lines:
            broken = before is not None and before.x1 - before.x0 + line.head + line.em / 2 < width
            text += (" " if broken else between(text, line.text)) + line.text
            before = line
        return text

    def reaches(self, row: int) -> bool:
        return self.row + self.rows - 1 == row


def carries_on(before: Grid, after: Grid) -> bool:
    """Whether a table at the head of a page may go on with the one at the foot of the page before."""
    if before.strips or after.strips:
        return _alike(before, after)
    if abs((before.xs[-1] - before.xs[0]) - (after.xs[-1] - after.xs[0])) > _NEAR:
        return False
    ours = {x - before.xs[0] for x in before.xs[1:-1]}
    theirs = [x - after.xs[0] for x in after.xs[1:-1]]
    known = sum(1 for x in theirs if any(abs(x - other) <= _NEAR for other in ours))
    return 2 * known >= min(len(ours), len(theirs)) and known > 0


def _alike(before: Grid, after: Grid) -> bool:
    """Whether two tables without ruling lines have the same header, word for word at the same places."""
    ours, theirs = ([place - grid.strips[0][0] for pair in grid.strips for place in pair] if grid.strips else []
                    for grid in (before, after))  # fmt: skip
    return len(ours) == len(theirs) and all(abs(a - b) <= _NEAR for a, b in zip(ours, theirs, strict=True))


def _aligned(parts: Sequence[TablePart]) -> list[TablePart]:
    """The parts of a table without ruling lines with the borders of the first: each page's text is as wide as it is."""
    xs = parts[0].grid.xs
    return [TablePart(part.page, structs.replace(part.grid, xs=xs)) if part.grid.strips else part for part in parts]


def whole_table(parts: Sequence[TablePart]) -> list[WholeRow]:
    """The rows of a table from its shares on consecutive pages."""
    parts = _aligned(parts)
    table = _Table(_borders([part.grid for part in parts]))
    for part in parts:
        table.add(part)
    return table.rows()


def _borders(grids: Sequence[Grid]) -> list[float]:
    """Every place, from the table's left side, where some page has a border between columns."""
    places = sorted(x - grid.xs[0] for grid in grids for x in grid.xs)
    borders = [places[0]]
    for place in places[1:]:
        if place - borders[-1] > _NEAR:
            borders.append(place)
    return borders


def _widths(grid: Grid) -> dict[tuple[int, int], float]:
    """How wide text becomes in the cells of each column range of one page: between its borders, or as its widest line.

    Another page may have another padding.
    """
    widths: dict[tuple[int, int], float] = {}
    for cell in grid.cells:
        reach = cell.column, cell.columns
        inner = grid.xs[cell.column + cell.columns] - grid.xs[cell.column] - 2 * _PADDING
        widths[reach] = max(widths.get(reach, 0.0), inner, *map(_set_width, cell.lines))
    return widths


def _set_width(line: Line) -> float:
    """How wide a line is, without a mark at its end, which may hang over the margin (标点悬挂)."""
    return line.x1 - line.x0 - (line.em if line.text.endswith(tuple(CLOSING)) else 0.0)


def _reach(grid: Grid, cell: GridCell, borders: Sequence[float]) -> tuple[int, int]:
    """The cell's first column and number of columns, in columns of the whole table."""
    first = _border(borders, grid.xs[cell.column] - grid.xs[0])
    last = _border(borders, grid.xs[cell.column + cell.columns] - grid.xs[0])
    return first, max(last - first, 1)


def _border(borders: Sequence[float], place: float) -> int:
    right = bisect_left(borders, place)
    return min((i for i in (right - 1, right) if 0 <= i < len(borders)), key=lambda i: abs(borders[i] - place))


class _Table:
    """A table that grows page by page."""

    def __init__(self, borders: Sequence[float]) -> None:
        self.borders = borders
        self.cells: list[_Cell] = []
        self.latest: list[_Cell] = []
        self.pages: list[int] = []
        self.head: list[list[tuple[int, int, int, str]]] = []
        self.body = 1

    def add(self, part: TablePart) -> None:
        """Adds what stands on the next page below what is there."""
        grid = part.grid
        shapes = [[_shape(cell) for cell in grid.cells if cell.row == row] for row in range(len(grid.ys) - 1)]
        skip, below = _repeated(self.head, shapes)
        self.body = max(self.body, below)
        if not self.cells:
            self.head = shapes[:6]
        widths = _widths(grid)
        incoming = [
            _Cell(cell, grid, (*_reach(grid, cell, self.borders), widths[cell.column, cell.columns]), skip)
            for cell in grid.cells
            if cell.row >= skip
        ]
        if not incoming:
            return
        last = len(self.pages) - 1
        pairs = self._pairs(incoming, last)
        one_row = self._splits_a_row(pairs)
        base = last if one_row else last + 1
        grown = {id(new) for old, new in pairs if (one_row or self._is_one(old, new)) and _grow(old, new, base)}
        fresh = [cell for cell in incoming if id(cell) not in grown]
        for cell in fresh:
            cell.row += base
        self.cells += fresh
        self.latest = fresh + [old for old, new in pairs if id(new) in grown]
        count = max(cell.row + cell.rows for cell in self.latest)
        self.pages += [part.page] * (count - len(self.pages))

    def _pairs(self, incoming: Sequence[_Cell], last: int) -> list[tuple[_Cell, _Cell]]:
        """The cells above and below the page's end, column by column."""
        foot = {(cell.column, cell.columns): cell for cell in self.latest if cell.reaches(last)}
        top = [cell for cell in incoming if cell.row == 0]
        return [(foot[at], cell) for cell in top for at in [(cell.column, cell.columns)] if at in foot]

    def _splits_a_row(self, pairs: Sequence[tuple[_Cell, _Cell]]) -> bool:
        """Whether the page's end cut a row in two. Pairs must fill the row, else its columns differ."""
        if sum(old.columns for old, _ in pairs) < len(self.borders) - 1 or len(pairs) < 2:
            return False
        number = self._number_column()
        for old, new in pairs:
            if old.column == number and not self._merges(number):
                return not (old.text and new.text) and any(other.text for _, other in pairs)
        both = [(old, new) for old, new in pairs if old.text and new.text]
        return bool(both) and not any(self._is_done(old, new) for old, new in both)

    def _is_one(self, old: _Cell, new: _Cell) -> bool:
        """Whether a merged cell goes on in the rows of the next page."""
        merged = old.rows > 1 or new.rows > 1
        if old.text and new.text:
            return merged and not self._is_done(old, new)
        return merged or (self._merges(old.column) and old.column != self._number_column())

    def _is_done(self, old: _Cell, new: _Cell) -> bool:
        """Whether a cell's text ends above the page's end: because more would have fitted, or by its last character."""
        text, last, first = old.text, old.lines[-1], new.lines[0]
        if old.bottom - last.y > _ROOM_BELOW * last.em or first.y - new.top > _ROOM_ABOVE * first.em:
            return True
        if text.count("（") > text.count("）") or text.endswith(_OPEN):
            return False
        if text.endswith(_DONE):
            return True
        return last.x1 - last.x0 + first.head + 0.3 * last.em <= old.width

    def _number_column(self) -> int:
        """The column of running numbers (序号), -1 where there is none."""
        for column in (0, 1):
            below = [cell for cell in self.cells[:_SAMPLE] if cell.row >= self.body and cell.lines]
            found = ["".join(cell.text.split()) for cell in below if (cell.column, cell.columns) == (column, 1)]
            numbers = sum(1 for text in found if _NUMBER.fullmatch(text))
            if found and 10 * numbers >= 6 * len(found):
                return column
        return -1

    def _merges(self, column: int) -> bool:
        """Whether the column has merged cells below the table's head."""
        return any(cell.column == column and cell.rows > 1 and cell.row >= self.body for cell in self.cells[:_SAMPLE])

    def rows(self) -> list[WholeRow]:
        """The rows with their cells, from left to right."""
        found: list[list[CellText]] = [[] for _ in self.pages]
        for cell in sorted(self.cells, key=lambda cell: cell.column):
            found[cell.row].append(CellText(cell.column + 1, cell.said, cell.rows, cell.columns))
        return [WholeRow(page, tuple(cells)) for page, cells in zip(self.pages, found, strict=True)]


def _grow(old: _Cell, new: _Cell, base: int) -> bool:
    """Adds the cell below the page's end to the one above it."""
    old.lines += new.lines
    old.rows = base + new.row + new.rows - old.row
    old.bottom = new.bottom
    return True


def _shape(cell: GridCell) -> tuple[int, int, int, str]:
    return cell.column, cell.rows, cell.columns, cell.text


def _repeated(head: Sequence[object], shapes: Sequence[object]) -> tuple[int, int]:
    """How many of a page's first rows repeat the table's head, and in which row the head ends.

    The head may begin below a title row. Both are 0 where nothing is repeated.
    """
    best, below = 0, 0
    for start in range(min(3, len(head))):
        same = 0
        while start + same < len(head) and same < len(shapes) and head[start + same] == shapes[same]:
            same += 1
        if same > best:
            best, below = same, start + same
    return best, below
