""".csv and .tsv (RFC 4180 as programs write it) → reading text: one sheet, its rows as a workbook's are written.

Which mark parts the fields is told by the rows: the one that gives most of them the same number of fields.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from ingest.errors import DamagedFile
from ingest.model import Span
from ingest.readers.sheets.cells import MAX_COLUMN, MAX_ROW, Sheet
from ingest.readers.sheets.write import write_book
from ingest.readers.text import decoded
from ingest.reading import Reading

MAX_FIELDS = 1_000_000

_MARKS = ",\t;|，"
_CHINESE = "，"
_HALF, _MOST_ROWS = 0.5, 0.9
"""The share of rows that a mark must part alike; a Chinese comma stands in sentences, too."""
_ROWS_TO_ASK = 200
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""How Excel is told the mark, in a line of its own before the first row."""
_QUOTE = '"'


def read_csv(data: bytes, path: str) -> Reading:
    """The reading text of a table in text; `path` is the file for errors.

    Doubts: `mixed-encodings` as of a text; those of dates as `write_book` says, since a .csv does not tell numbers from
    text. Raises BinaryFile, UnknownEncoding, DamagedFile, EmptyFile.
    """
    text, doubts = decoded(data, path)
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    mark = said[1] if said and said[1] in _MARKS else _mark_of(text)
    try:
        reading = write_book([_sheet(_rows(text, mark), path)], path)
    except csv.Error as error:
        raise DamagedFile(path=path, reason="bad-csv") from error
    placed = tuple(msgspec.structs.replace(doubt, span=Span(0, 0)) for doubt in doubts)
    return msgspec.structs.replace(reading, doubts=placed + reading.doubts)


def _mark_of(text: str) -> str:
    """The mark that gives the most rows one number of fields, of these the one that gives more fields."""

    def score(mark: str) -> tuple[int, int]:
        try:
            rows = [len(row) for row, _ in zip(_rows(text, mark), range(_ROWS_TO_ASK), strict=False)]
        except csv.Error:
            return 0, 0
        fields, count = max(Counter(rows).items(), key=lambda each: (each[0] > 1, each[1]), default=(0, 0))
        enough = fields > 1 and count >= (_MOST_ROWS if mark == _CHINESE else _HALF) * len(rows)
        return (count, fields) if enough else (0, 0)

    return max(_MARKS, key=score)


def _rows(text: str, mark: str) -> Iterator[list[str]]:
    # A quotation mark that is never closed is a sign like others: it would swallow all rows below it.
    lines = io.StringIO(text, newline="")
    if text.count(_QUOTE) % 2:
        return csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE)
    return csv.reader(lines, delimiter=mark)


def _sheet(rows: Iterable[list[str]], path: str) -> Sheet:
    sheet = Sheet()
    kept = 0
    for number, row in enumerate(rows, 1):
        cells = {column: field for column, field in enumerate(row[:MAX_COLUMN], 1) if field.strip()}
        kept += len(cells)
        if kept > MAX_FIELDS or number > MAX_ROW:
            raise DamagedFile(path=path, reason="too-many-cells")
        if cells:
            sheet.rows[number] = cells
        for column, field in cells.items():
            sheet.number((number, column), field.strip(), None)
    return sheet
