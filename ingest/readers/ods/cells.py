"""The rows and cells of one sheet of an .ods (单元格): the text that each shows, over how many it is merged.

A row or cell may stand for many like it (`number-rows-repeated`): what shows nothing is counted and not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.errors import DamagedFile
from ingest.files.opc import integer
from ingest.readers.sheets.cells import MAX_COLUMN, MAX_ROW, Range, Sheet

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

_MOST_REPEATED = 1000
"""Of a cell or row that shows something; programs repeat far more only of what is empty."""
_MOST_CELLS = 2_000_000
_MOST_BLANKS = 100
_DEEPEST = 100
_SPANS = {TABLE + "number-rows-spanned", TABLE + "number-columns-spanned"}
_ABROAD = re.compile(r"[01]?\d/[0-3]?\d/(?:\d\d){1,2}")
"""08/31/24, as a program set to another language shows a day."""
_YEAR = re.compile(r"(\d{4})-\d\d-\d\d")


class SheetCells:
    """Fills a sheet from its rows and columns; `depth` is how deep its table stands, `name` the file for errors."""

    def __init__(self, sheet: Sheet, depth: int, name: str) -> None:
        self.depth = depth
        self._name = name
        self._sheet = sheet
        self._row = 0
        self._column = 0
        self._kept = 0

    def takes(self, element: Element) -> bool:
        """Takes a row or the description of columns; whether it was one."""
        if element.tag == TABLE + "table-row":
            self._take_row(element)
        elif element.tag == TABLE + "table-column":
            self._take_columns(element)
        else:
            return False
        return True

    def done(self) -> Sheet:
        return self._sheet.in_order()

    def _take_columns(self, element: Element) -> None:
        count = _repeated(element, "number-columns-repeated")
        if element.get(TABLE + "visibility", "visible") != "visible":
            self._sheet.hidden_columns.append((self._column + 1, self._column + count))
        self._column += count

    def _take_row(self, element: Element) -> None:
        count = _repeated(element, "number-rows-repeated")
        cells = list(_cells(element))
        hidden = element.get(TABLE + "visibility", "visible") != "visible"
        last = min(self._row + min(count, _MOST_REPEATED), MAX_ROW) if cells else 0
        for row in range(self._row + 1, last + 1):
            for column, cell, text in cells:
                self._take_cell(row, column, cell, text)
            self._sheet.hidden_rows.update([row] if hidden else [])
        self._row += count

    def _take_cell(self, row: int, column: int, cell: Element, text: str) -> None:
        down, right = integer(cell.get(TABLE + "number-rows-spanned"), 1), _repeated(cell, "number-columns-spanned")
        if max(down, 1) * right > 1:
            self._sheet.merged.append(Range(row, column, row + max(down, 1) - 1, column + right - 1))
        if not text and cell.get(TABLE + "formula"):
            self._sheet.uncounted.append((row, column))
        if not text:
            return
        self._kept += 1
        if self._kept > _MOST_CELLS:
            raise DamagedFile(path=self._name, reason="too-many-cells")
        self._sheet.rows.setdefault(row, {})[column] = text
        if cell.get(_OFFICE + "value-type") != "string":
            self._sheet.number((row, column), text, _hidden_year(cell, text))


def _cells(row: Element) -> Iterator[tuple[int, Element, str]]:
    """The cells of a row that show something, reach over others or should show what a formula gives."""
    column = 1
    for cell in row:
        if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            continue
        count = _repeated(cell, "number-columns-repeated")
        text = _shown(cell)
        if text or cell.get(TABLE + "formula") or _SPANS & cell.attrib.keys():
            for place in range(column, min(column + min(count, _MOST_REPEATED), MAX_COLUMN + 1)):
                yield place, cell, text
        column += count


def _shown(cell: Element) -> str:
    """The paragraphs of a cell, but not those of its note; its value where the file holds no text."""
    text = "\n".join(_said(each) for each in cell if each.tag == _TEXT + "p").strip()
    if (day := cell.get(_OFFICE + "date-value", "")) and _ABROAD.fullmatch(text):
        return "/".join(part.lstrip("0") for part in day[:10].split("-"))
    kinds = ("value", "date-value", "time-value", "string-value", "boolean-value")
    return text or next((value for kind in kinds if (value := cell.get(_OFFICE + kind, ""))), "")


def _said(element: Element, depth: int = 0) -> str:
    """The text of a paragraph with its spans and links; `text:s` stands for blanks."""
    if depth > _DEEPEST:
        return "".join(element.itertext())
    parts = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            parts.append(" " * min(max(integer(child.get(_TEXT + "c"), 1), 1), _MOST_BLANKS))
        elif child.tag in (_TEXT + "line-break", _TEXT + "tab"):
            parts.append("\n" if child.tag == _TEXT + "line-break" else " ")
        elif child.tag in (_TEXT + "span", _TEXT + "a"):
            parts.append(_said(child, depth + 1))
        parts.append(child.tail or "")
    return "".join(parts)


def _hidden_year(cell: Element, text: str) -> int | None:
    """The year of a date that is shown without it."""
    kept = _YEAR.match(cell.get(_OFFICE + "date-value", ""))
    return int(kept[1]) if kept and kept[1] not in text and kept[1][2:] not in re.findall(r"\d+", text) else None


def _repeated(element: Element, name: str) -> int:
    return max(integer(element.get(TABLE + name), 1), 1)
