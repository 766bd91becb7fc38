"""The records of a workbook in BIFF (MS-XLS 2.4, 记录): what python-calamine does not tell of its cells.

That is: the number of each cell with the format that shows it (40.8 %, 2024年9月, not 0.408 and 45536), hidden rows and
columns, and how far a sheet reaches, before anybody makes room for it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_BOF, _EOF, _BOUND_SHEET, _FILE_PASS, _DATE_MODE = 0x0809, 0x000A, 0x0085, 0x002F, 0x0022
_FORMAT, _STYLE, _STRINGS, _ROW, _COLUMNS = 0x041E, 0x00E0, 0x00FC, 0x0208, 0x007D
_FORMULA, _NUMBER, _RK, _MANY_RK = 0x0006, 0x0203, 0x027E, 0x00BD
_OTHER_CELLS = (0x00FD, 0x0204, 0x0205, 0x00D6)
"""Of strings, errors and truth values: they reach as far as numbers do, what they say is told elsewhere."""

_SIZES, _UNKNOWN = 0x0200, b"\xff\xff"
_BIFF8 = 0x0600
_WORKBOOK, _WORKSHEET = 0x0005, 0x0010
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 0x01


class BookRecords(NamedTuple):
    """What a workbook says of all its sheets."""

    formats: Mapping[int, str]
    styles: tuple[int, ...]
    from_1904: bool
    locked: bool
    sheets: tuple[int, ...]
    """Where the records of each sheet begin, in the order of the sheets."""
    strings: int
    """How many texts it says that its cells share; python-calamine makes room for them before it reads any."""


@dataclass
class SheetRecords:
    """What the records of a sheet say; rows and columns from 1. `numbers`: place → the number and its style."""

    numbers: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0

    def number(self, place: bytes, value: float) -> None:
        """Takes a number from the beginning of its cell: row, column, style."""
        row, column, style = struct.unpack("<HHH", place)
        self.numbers[row + 1, column + 1] = repr(value), style
        self.reach(row, column)

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def book_records(stream: bytes) -> BookRecords:
    """What stands before the first sheet."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    sheets: list[int] = []
    flags: dict[int, bool] = {}
    biff8, strings = True, 0
    for kind, body in _records(stream, 0):
        if kind == _BOF and len(body) >= 2:
            biff8 = struct.unpack_from("<H", body)[0] == _BIFF8
        elif kind == _FORMAT and len(body) >= 5:
            formats[struct.unpack_from("<H", body)[0]] = _format(body, biff8)
        elif kind == _STYLE and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUND_SHEET and len(body) >= 6:
            sheets.append(struct.unpack_from("<I", body)[0])
        elif kind == _STRINGS and len(body) >= 8:
            strings = struct.unpack_from("<I", body, 4)[0]
        elif kind in (_FILE_PASS, _DATE_MODE):
            flags[kind] = kind == _FILE_PASS or body[:1] == b"\x01"
    return BookRecords(
        formats, tuple(styles), flags.get(_DATE_MODE, False), _FILE_PASS in flags, tuple(sheets), strings
    )


def sheet_records(stream: bytes, start: int) -> SheetRecords:
    """What the records from `start` on say, to the end of that sheet."""
    sheet = SheetRecords()
    for kind, body in _records(stream, start):
        take = _TAKERS.get(kind)
        if take is not None:
            try:
                take(sheet, body)
            except struct.error:
                continue  # A record that is cut short says nothing.
    return sheet


def without_sizes(stream: bytes, starts: tuple[int, ...]) -> bytes:
    """The stream, its records of how far a sheet reaches made unknown: python-calamine would make room for what they
    claim. Every other record stays in its place."""
    made, met = bytearray(stream), set[int]()
    for at in starts:
        while at + 4 <= len(stream) and at not in met:
            met.add(at)
            kind, size = struct.unpack_from("<HH", stream, at)
            if kind == _SIZES:
                made[at : at + 2] = _UNKNOWN
            at += 4 + size
    return bytes(made)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream; what stands in a chart inside a sheet is left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        body = stream[start + 4 : start + 4 + size]
        depth += kind == _BOF
        if depth <= 1:
            yield kind, body
        depth -= kind == _EOF
        if kind == _EOF and depth <= 0:
            return
        start += 4 + size


def _format(body: bytes, biff8: bool) -> str:
    if not biff8:
        return body[3 : 3 + body[2]].decode("gb18030", "replace")
    length, wide = struct.unpack_from("<HB", body, 2)
    return (
        body[5 : 5 + 2 * length].decode("utf-16-le", "replace") if wide & 1 else body[5 : 5 + length].decode("latin-1")
    )


def _number(sheet: SheetRecords, body: bytes) -> None:
    sheet.number(body[:6], struct.unpack_from("<d", body, 6)[0])


def _formula(sheet: SheetRecords, body: bytes) -> None:
    # A formula that gives text, a truth value or an error says so where the number would end.
    if body[12:14] != b"\xff\xff":
        _number(sheet, body)
    else:
        sheet.reach(*struct.unpack_from("<HH", body))


def _rk(sheet: SheetRecords, body: bytes) -> None:
    sheet.number(body[:6], _rk_value(struct.unpack_from("<I", body, 6)[0]))


def _many_rk(sheet: SheetRecords, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    for at in range(4, len(body) - 7, 6):
        style, value = struct.unpack_from("<HI", body, at)
        sheet.number(struct.pack("<HHH", row, column, style), _rk_value(value))
        column += 1


def _rk_value(held: int) -> float:
    """A number in 30 bits: a whole one or the upper half of one with a point, perhaps a hundredfold."""
    if held & 2:
        whole = held >> 2
        value = float(whole - (1 << 30) if whole >> 29 else whole)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (held & 0xFFFFFFFC) << 32))[0]
    return value / 100 if held & 1 else value


def _row(sheet: SheetRecords, body: bytes) -> None:
    if struct.unpack_from("<H", body, 12)[0] & _ROW_HIDDEN:
        sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)


def _columns(sheet: SheetRecords, body: bytes) -> None:
    first, last, _, _, flags = struct.unpack_from("<5H", body)
    if flags & _COLUMNS_HIDDEN:
        sheet.hidden_columns.append((first + 1, last + 1))


def _other(sheet: SheetRecords, body: bytes) -> None:
    sheet.reach(*struct.unpack_from("<HH", body))


_TAKERS: Mapping[int, Callable[[SheetRecords, bytes], None]] = {
    _NUMBER: _number, _FORMULA: _formula, _RK: _rk, _MANY_RK: _many_rk, _ROW: _row, _COLUMNS: _columns,
    **dict.fromkeys(_OTHER_CELLS, _other),
}  # fmt: skip
