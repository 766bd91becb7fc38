"""Tables of a .docx: cells placed in the grid, merged cells counted once (gridSpan, vMerge, hMerge)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from ingest.files.opc import integer
from ingest.readers.docx.blocks import DocxBlock, DocxRow, DocxTable, TableCell, flattened, hidden_in, notes_of
from ingest.readers.docx.xml import W, child_value, is_on, unwrapped

# Word's own limit.
MAX_COLUMNS = 63

CellReader = Callable[[Element], tuple[DocxBlock, ...]]


def rows_of(table: Element) -> list[Element]:
    """The rows (`w:tr`) of a table that are still there when tracked changes are accepted."""
    rows = (row for row in unwrapped(table) if row.tag == W + "tr")
    return [row for row in rows if row.find(f"{W}trPr/{W}del") is None]


def cells_of(row: Element) -> list[Element]:
    """The cells (`w:tc`) of a row."""
    return [cell for cell in unwrapped(row) if cell.tag == W + "tc"]


def read_table(rows: list[Element], read: CellReader) -> DocxTable:
    """The table of these rows; `read` gives the blocks of a `w:tc`. It is called in reading order."""
    grid = _Grid(read)
    for row in rows:
        grid.add_row(row)
    return grid.table()


@dataclass
class _Place:
    """Where a vertically merged cell begins: the row, and its place among the row's cells."""

    row: int
    index: int


class _Grid:
    def __init__(self, read: CellReader) -> None:
        self._read = read
        self._rows: list[list[TableCell]] = []
        self._headers: list[bool] = []
        self._hidden: list[str] = []
        self._notes: list[DocxBlock] = []
        self._open: dict[int, _Place] = {}

    def add_row(self, row: Element) -> None:
        """Adds a `w:tr`. What stands in a hidden row, or in the covered part of a merged cell, is hidden text."""
        properties = row.find(W + "trPr")
        hidden = properties is not None and is_on(properties.find(W + "hidden"))
        column = 1 + _bounded(child_value(properties, "gridBefore"), 0)
        reaching: dict[int, _Place] = {}
        self._rows.append([])
        self._headers.append(properties is not None and is_on(properties.find(W + "tblHeader")))
        for element in cells_of(row):
            settings = element.find(W + "tcPr")
            width = max(1, _bounded(child_value(settings, "gridSpan"), 1))
            place = self._cell(element, settings, column, width, hidden)
            if place is not None:
                reaching[column] = place
            column += width
        self._open = reaching

    def table(self) -> DocxTable:
        """The table of the rows added so far."""
        rows = (DocxRow(tuple(cells), header) for cells, header in zip(self._rows, self._headers, strict=True))
        return DocxTable(tuple(rows), "".join(self._hidden), tuple(self._notes))

    def _cell(self, element: Element, settings: Element | None, column: int, width: int, hidden: bool) -> _Place | None:
        """Adds one cell. Gives where it begins if the next row may go on with it."""
        cells = self._rows[-1]
        merge = _merge(settings, "vMerge")
        above = self._open.get(column)
        if merge == "continue" and above is not None:
            begun = self._rows[above.row][above.index]
            self._rows[above.row][above.index] = replace(begun, rows=begun.rows + 1)
            self._hidden.extend(flattened(self._read(element)))
            return above
        if _merge(settings, "hMerge") == "continue" and cells:
            cells[-1] = replace(cells[-1], columns=cells[-1].columns + width)
            self._hidden.extend(flattened(self._read(element)))
            return None
        self._own_cell(element, column, width, hidden)
        return None if merge is None else _Place(len(self._rows) - 1, len(cells) - 1)

    def _own_cell(self, element: Element, column: int, width: int, hidden: bool) -> None:
        blocks = self._read(element)
        lines = flattened(blocks)
        self._hidden.append(hidden_in(blocks))
        self._notes.extend(notes_of(blocks))
        if hidden:
            self._hidden.extend(lines)
        self._rows[-1].append(TableCell(column, "" if hidden else "\n".join(lines), width))


def _merge(settings: Element | None, name: str) -> str | None:
    """`restart`, `continue` (the default where nothing is said), or None for a cell that is not merged."""
    merge = None if settings is None else settings.find(W + name)
    return None if merge is None else merge.get(W + "val", "continue")


def _bounded(text: str | None, default: int) -> int:
    return min(max(integer(text, default), 0), MAX_COLUMNS)
