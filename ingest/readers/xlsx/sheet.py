"""One worksheet of a .xlsx (工作表): the text of each cell that shows something, merged ranges, what is hidden.

The sheet is streamed, so that its size is that of what it says: a million styled empty rows leave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.files.opc import integer
from ingest.files.zip import SafeZip
from ingest.readers.sheets.cells import MAX_COLUMN, MAX_ROW, Range, Sheet
from ingest.readers.sheets.xml import xml_events
from ingest.readers.xlsx.values import S, hidden_year, is_struck, shown

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ON = frozenset(("1", "true", "on"))


@dataclass(frozen=True)
class Book:
    """What the sheets of a workbook share: strings, the number format of each cell style, the first day of dates, the
    styles that are struck through, and what is struck through inside of strings."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool = False
    struck: frozenset[int] = frozenset()
    struck_strings: Mapping[int, str] = field(default_factory=dict)


def read_strings(container: SafeZip, part: str | None) -> tuple[tuple[str, ...], dict[int, str]]:
    """The shared strings of a workbook, and what is struck through in some of them. Raises DamagedFile."""
    strings: list[str] = []
    struck: dict[int, str] = {}
    for element in _streamed(container, part, "si") if part is not None else ():
        if gone := _struck(element):
            struck[len(strings)] = gone
        strings.append(_text(element))
    return tuple(strings), struck


def read_sheet(container: SafeZip, part: str, book: Book, sheet: Sheet) -> Sheet:
    """Fills the sheet with what the worksheet shows. Raises DamagedFile."""
    last = 0
    for element in _streamed(container, part, "row", "col", "mergeCell"):
        if element.tag == S + "row":
            last = _row(element, last, sheet, book)
        elif element.tag == S + "col":
            if element.get("hidden") in _ON or element.get("width") == "0":
                sheet.hidden_columns.append((integer(element.get("min"), 0), integer(element.get("max"), 0)))
        else:
            merged = _range(element.get("ref", ""))
            if merged is not None:
                sheet.merged.append(merged)
    return sheet.in_order()


def _streamed(container: SafeZip, part: str, *names: str) -> Iterator[Element]:
    """The elements of these names, one at a time; each is emptied, and let go by its parent, after its turn."""
    wanted = frozenset(S + name for name in names)
    parents: list[Element] = []
    for event, element in xml_events(container, part):
        if event == "start":
            parents.append(element)
            continue
        parents.pop()
        if element.tag in wanted:
            yield element
            if parents:
                parents[-1].clear()


def _row(element: Element, last: int, sheet: Sheet, book: Book) -> int:
    """Takes one row, numbered after the `last` one where it has no number. Gives its number."""
    row = integer(element.get("r"), last + 1)
    if not 1 <= row <= MAX_ROW:
        return last
    cells: dict[int, str] = {}
    column = 0
    for cell in element.iter(S + "c"):
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        if column > MAX_COLUMN:
            continue
        text = _shown(cell, book)
        if gone := _gone(cell, text, book):
            sheet.struck.append(gone)
        if integer(cell.get("s", "0"), 0) in book.struck:
            continue
        if text.strip():
            cells[column] = text
            if cell.get("t", "n") == "n":
                stored = cell.findtext(S + "v", "")
                year = hidden_year(stored, _code(cell, book), from_1904=book.from_1904)
                sheet.number((row, column), text, year)
        elif cell.find(S + "f") is not None and cell.get("t", "n") == "n" and not cell.findtext(S + "v"):
            sheet.uncounted.append((row, column))
    if cells:
        sheet.rows.setdefault(row, cells).update(cells)
        if element.get("hidden") in _ON or element.get("ht") == "0":
            sheet.hidden_rows.add(row)
    return row


def _shown(cell: Element, book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        return "" if inline is None else _text(inline)
    value = cell.findtext(S + "v", "")
    if kind == "s":
        index = integer(value, -1)
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value)
    if kind != "n":
        return _unescaped(value)
    return shown(value, _code(cell, book), from_1904=book.from_1904) if value else ""


def _code(cell: Element, book: Book) -> str:
    """The number format of a cell."""
    style = integer(cell.get("s", "0"), 0)
    return book.formats[style] if 0 <= style < len(book.formats) else "General"


def _text(element: Element) -> str:
    """The text of a string with or without formatted runs, but not its pronunciation (`rPh`)."""
    parts = [child.findtext(S + "t", "") for child in element if child.tag == S + "r" and not _is_struck(child)]
    return _unescaped(element.findtext(S + "t", "") + "".join(parts))


def _is_struck(run: Element) -> bool:
    return is_struck(run.find(S + "rPr"))


def _struck(element: Element) -> str:
    """What of a string with formatted runs is struck through."""
    return _unescaped("".join(run.findtext(S + "t", "") for run in element.findall(S + "r") if _is_struck(run)))


def _gone(cell: Element, text: str, book: Book) -> str:
    """What is struck through in a cell that shows `text`: all of it by its style, or some of its runs."""
    if integer(cell.get("s", "0"), 0) in book.struck:
        return text
    inline = cell.find(S + "is")
    if inline is not None:
        return _struck(inline)
    return book.struck_strings.get(integer(cell.findtext(S + "v", ""), -1), "") if cell.get("t") == "s" else ""


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _range(reference: str) -> Range | None:
    start, _, end = reference.partition(":")
    first, last = _REFERENCE.fullmatch(start), _REFERENCE.fullmatch(end)
    if first is None or last is None:
        return None
    found = Range(int(first[2]), _column(first[1]), int(last[2]), _column(last[1]))
    return found if found.top <= found.bottom and found.left <= found.right else None
