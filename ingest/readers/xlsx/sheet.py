"""One worksheet of a .xlsx (工作表): the text of each cell that shows something, merged ranges, what is hidden.

The sheet is streamed, so that its size is that of what it says: a million styled empty rows leave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from ingest.errors import DamagedFile
from ingest.files.opc import integer
from ingest.files.zip import SafeZip, checked_xml
from ingest.readers.xlsx.values import S, is_struck, shown

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_PIECE = 1 << 20
"""Bytes that the parser is fed at a time."""

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


@dataclass(frozen=True)
class Range:
    """A merged range, rows and columns from 1, its ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """`rows`: row → column → text, in order, cells that show something alone. `hidden_columns` as (first, last).
    `uncounted` are the places of formulas whose value the file does not hold. `struck` is what a line is drawn
    through, which is in none of the rows."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncounted: list[tuple[int, int]] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)


def read_strings(container: SafeZip, part: str | None) -> tuple[tuple[str, ...], dict[int, str]]:
    """The shared strings of a workbook, and what is struck through in some of them. Raises DamagedFile."""
    strings: list[str] = []
    struck: dict[int, str] = {}
    for element in _streamed(container, part, "si") if part is not None else ():
        if gone := _struck(element):
            struck[len(strings)] = gone
        strings.append(_text(element))
    return tuple(strings), struck


def read_sheet(container: SafeZip, part: str, book: Book) -> Sheet:
    """Reads one worksheet. Raises DamagedFile."""
    sheet = Sheet()
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
    sheet.rows = {row: _in_order(cells) for row, cells in sorted(sheet.rows.items())}
    return sheet


def _in_order(cells: dict[int, str]) -> dict[int, str]:
    return cells if len(cells) == 1 else dict(sorted(cells.items()))


def _streamed(container: SafeZip, part: str, *names: str) -> Iterator[Element]:
    """The elements of these names, one at a time; each is emptied, and let go by its parent, after its turn."""
    wanted = frozenset(S + name for name in names)
    parents: list[Element] = []
    try:
        for event, element in _events(checked_xml(container.read(part), container.name, part)):
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            if element.tag in wanted:
                yield element
                if parents:
                    parents[-1].clear()
    except (ParseError, ValueError, LookupError) as error:
        raise DamagedFile(path=container.name, reason="bad-xml", part=part) from error


def _events(data: bytes) -> Iterator[tuple[str, Element]]:
    """The start and end of each element, as `iterparse` gives them from a file."""
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    events = cast("Callable[[], Iterator[tuple[str, Element]]]", parser.read_events)
    for start in range(0, len(data), _PIECE):
        # A tag that goes on is read from its beginning again: pieces of 16 KB would take minutes for a long one.
        parser.feed(data[start : start + _PIECE])
        yield from events()
    parser.close()
    yield from events()


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
    style = integer(cell.get("s", "0"), 0)
    code = book.formats[style] if 0 <= style < len(book.formats) else "General"
    return shown(value, code, from_1904=book.from_1904) if value else ""


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
