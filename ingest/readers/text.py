"""Plain text (文本) → its reading text: the text itself, and tables whose cells a TAB parts.

Such tables are rows pasted out of a sheet: `序号⇥重点任务⇥牵头单位⇥完成时限` and the rows below it, each with as many
TABs as the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.errors import UnknownEncoding
from ingest.files.encodings import decode, decode_mixed
from ingest.model import Cell, Doubt, Span
from ingest.readers.markdown import without_marks
from ingest.readers.pasted import pasted_tables
from ingest.reading import Reading

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_FEWEST_TABS = 2
_LONGEST_TITLE = 14
"""Characters of a column's title; a line of longer fields is no header."""


def read_text(data: bytes, path: str) -> Reading:
    """The text as it stands and the cells of its tables; `path` is the file for errors.

    Where its encodings are mixed, the doubt `mixed-encodings` (params: count, encoding) counts the bytes that are not
    in that of most. Raises BinaryFile, UnknownEncoding.
    """
    text, doubts = decoded(data, path)
    return _reading(text, *doubts)


def decoded(data: bytes, path: str) -> tuple[str, tuple[Doubt, ...]]:
    """The text of a file's bytes, with the doubt `mixed-encodings` where it is in no one encoding."""
    try:
        return decode(data, path), ()
    except UnknownEncoding:
        mixed = decode_mixed(data)
        if mixed is None:
            raise
    said = {"count": str(mixed.count), "encoding": mixed.encoding}
    return mixed.text, (Doubt("mixed-encodings", said, Span(mixed.start, mixed.start)),)


def _reading(written: str, *doubts: Doubt) -> Reading:
    text = without_marks(written)
    cells = tuple(_cells(text)) if "\t" in text else ()
    return Reading(text, cells=cells or tuple(pasted_tables(text, 1)), doubts=doubts)


def _cells(text: str) -> Iterator[Cell]:
    for number, rows in enumerate(_tables(text), 1):
        for row, line in enumerate(rows, 1):
            start = line.start()
            for column, field in enumerate(line.group().split("\t"), 1):
                if field.strip():
                    yield Cell(number, row, column, Span(start, start + len(field)))
                start += len(field) + 1


def _tables(text: str) -> Iterator[Sequence[re.Match[str]]]:
    """Runs of lines with one number of TABs under a line of short fields."""
    table: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        tabs = line.group().count("\t")
        if table and tabs == table[0].group().count("\t"):
            table.append(line)
            continue
        if len(table) > 1:
            yield table
        table = [line] if tabs >= _FEWEST_TABS and _is_header(line.group()) else []
    if len(table) > 1:
        yield table


def _is_header(line: str) -> bool:
    fields = [field.strip() for field in line.split("\t")]
    return all(0 < len(field) <= _LONGEST_TITLE for field in fields)
