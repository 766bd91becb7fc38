""".xls and .et (Excel 5 to 2003, MS-XLS) → reading text: python-calamine reads texts and merged ranges, our own code
the numbers as they are shown and what is hidden.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from itertools import zip_longest

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ingest.errors import DamagedFile, LockedFile
from ingest.readers.sheets.cells import Range, Sheet
from ingest.readers.sheets.write import write_book
from ingest.readers.xls.compound import CompoundFile, with_stream
from ingest.readers.xls.records import BookRecords, SheetRecords, book_records, sheet_records, without_sizes
from ingest.readers.xlsx.values import format_of, hidden_year, shown
from ingest.reading import Reading

MAX_CELLS = 8_000_000
"""python-calamine makes room for each cell between the first and the last one, about 30 bytes each."""

_LEAST_STRING = 3
"""Bytes of a text that says nothing: its length and its kind."""

_Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_xls(data: bytes, name: str) -> Reading:
    """The reading text of an .xls, `name` its file for errors. `Cell.sheet` names the sheet of a cell.

    Doubts as `write_book` says. Raises LockedFile, DamagedFile, EmptyFile.
    """
    stream = CompoundFile(data, name).stream("Workbook", "Book")
    if stream is None:
        raise DamagedFile(path=name, reason="missing-part", part="Workbook")
    book = book_records(stream)
    if book.locked:
        raise LockedFile(path=name)
    if book.strings * _LEAST_STRING > len(stream):
        raise DamagedFile(path=name, reason="damaged-part", part="Workbook")
    records = [sheet_records(stream, start) for start in dict.fromkeys(book.sheets)]
    if sum(each.rows * each.columns for each in records) > MAX_CELLS:
        raise DamagedFile(path=name, reason="too-many-cells")
    safe = with_stream(without_sizes(stream, book.sheets), "Workbook")
    return write_book(_sheets(safe, book, records, name), name)


def _sheets(data: bytes, book: BookRecords, records: list[SheetRecords], name: str) -> Iterator[Sheet]:
    """The worksheets in their order: what calamine reads, with what the records say of the same sheet."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as opened:
            for index, (told, held) in enumerate(zip_longest(opened.sheets_metadata, records)):
                if told is not None and told.typ == SheetTypeEnum.WorkSheet:
                    sheet = Sheet(told.name, told.visible != SheetVisibleEnum.Visible)
                    yield _sheet(sheet, opened.get_sheet_by_index(index), book, held or SheetRecords())
    except PasswordError as error:
        raise LockedFile(path=name) from error
    except CalamineError as error:
        raise DamagedFile(path=name, reason="damaged-part", part="Workbook") from error
    # What Rust gives up on (PanicException) is no Exception of Python's.
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedFile(path=name, reason="damaged-part", part="Workbook") from error


def _sheet(sheet: Sheet, read: CalamineSheet, book: BookRecords, held: SheetRecords) -> Sheet:
    for row, values in enumerate(read.to_python(skip_empty_area=False), 1):
        for column, value in enumerate(values, 1):
            text = value if isinstance(value, str) else _plain(value)
            if text.strip() and (row, column) not in held.numbers:
                sheet.rows.setdefault(row, {})[column] = text
    for (row, column), (stored, style) in held.numbers.items():
        code = format_of(book.styles[style] if style < len(book.styles) else 0, book.formats)
        text = shown(stored, code, from_1904=book.from_1904)
        if text.strip():
            sheet.rows.setdefault(row, {})[column] = text
            sheet.number((row, column), text, hidden_year(stored, code, from_1904=book.from_1904))
    for (first_row, first_column), (last_row, last_column) in read.merged_cell_ranges or ():
        if first_row <= last_row and first_column <= last_column:
            sheet.merged.append(Range(first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    sheet.hidden_rows |= held.hidden_rows
    sheet.hidden_columns += held.hidden_columns
    return sheet.in_order()


def _plain(value: _Value) -> str:
    """A value whose number no record gave, as it is kept."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date):
        return f"{value.year}/{value.month}/{value.day}"
    return f"{value:g}" if isinstance(value, float) else str(value)
