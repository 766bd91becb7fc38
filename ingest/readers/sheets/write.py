"""A sheet → reading text (写出): title rows as paragraphs, then the table, then notes and the signature."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from ingest.errors import DamagedFile, EmptyFile
from ingest.model import Span
from ingest.readers.repeated_rows import repeated_rows
from ingest.readers.sheets.cells import Range, Sheet
from ingest.readers.sheets.years import lost_tens, other_years, write_years, years_said
from ingest.reading import CellText, Reading, ReadingBuilder, cell_text

# More than these are no plan: characters and TABs of one workbook, rows that merged ranges reach over.
MAX_TEXT = 20_000_000
MAX_MERGED_ROWS = 5_000_000

_BEGINNING = 40
"""Characters of what was left out that a doubt says."""

_LABELS = ("：", ":")


@dataclass(frozen=True)
class SheetRow:
    """A row that shows something: its number in the sheet, its cells from left to right, the columns they reach over
    together with the cells from above."""

    number: int
    cells: tuple[CellText, ...]
    width: int


def write_book(sheets: Iterable[Sheet], name: str) -> Reading:
    """The reading text of a workbook, `name` its file for errors; sheets that show nothing are passed over.

    Doubts: `hidden-sheet` (sheet), `hidden-row` (sheet, row: `5` or `5-9`), `hidden-column` (sheet, column: `3` or
    `3-4`): kept in the text; `covered-cells` (sheet, text): left out, as a merged cell lies over them; `struck-text`
    (text): left out;
    `formula-without-value` (sheet, row, column, count); `hidden-year`, `october-or-january` (sheet, row, column, text).
    Raises DamagedFile, EmptyFile.
    """
    builder = ReadingBuilder()
    shown = (sheet for sheet in sheets if sheet.rows or sheet.uncounted or sheet.struck)
    for number, sheet in enumerate(shown, start=1):
        builder.begin_page(number)
        start = builder.length
        _write_sheet(builder, sheet, name)
        if sheet.hidden:
            builder.doubt("hidden-sheet", {"sheet": sheet.title}, Span(start, builder.length))
    reading = builder.done()
    if not reading.text.strip():
        raise EmptyFile(path=name)
    # A sheet is no page: its name stands in its cells.
    return msgspec.structs.replace(reading, pages=())


def _write_sheet(builder: ReadingBuilder, sheet: Sheet, name: str) -> None:
    if builder.length + _size(sheet) > MAX_TEXT:
        raise DamagedFile(path=name, reason="too-much-text")
    rows, covered = _placed(sheet, name)
    first = _first_of_table(rows)
    said = years_said([sheet.title, *(cell.text for row in rows[:first] for cell in row.cells)])
    if sheet.numbers and not said:
        write_years(sheet)
        rows, covered = _placed(sheet, name)
    end = _end_of_table(rows, first)
    spans = _write_paragraphs(builder, rows[:first])
    if first < len(rows):
        builder.begin_table(sheet.title)
        spans |= _write_table(builder, rows[first:end])
    spans |= _write_paragraphs(builder, rows[end:])
    _doubt_hidden(builder, sheet, spans)
    _doubt_dates(builder, sheet, said, spans)
    if covered:
        builder.doubt("covered-cells", {"sheet": sheet.title, "text": cell_text(covered)})
    for text in sheet.struck:
        if words := cell_text(text)[:_BEGINNING]:
            builder.doubt("struck-text", {"text": words})
    if sheet.uncounted:
        row_number, column = sheet.uncounted[0]
        builder.doubt(
            "formula-without-value",
            {"sheet": sheet.title, "row": str(row_number), "column": str(column), "count": str(len(sheet.uncounted))},
        )


def _doubt_dates(builder: ReadingBuilder, sheet: Sheet, said: frozenset[int], spans: dict[int, Span]) -> None:
    def told(row: int, column: int) -> dict[str, str]:
        return {"sheet": sheet.title, "row": str(row), "column": str(column), "text": sheet.rows[row][column]}

    for row, column, year in other_years(sheet, said):
        if row in spans:
            builder.doubt("hidden-year", told(row, column) | {"year": str(year)}, spans[row])
    for row, column in lost_tens(sheet):
        if row in spans:
            builder.doubt("october-or-january", told(row, column), spans[row])


def _write_paragraphs(builder: ReadingBuilder, rows: Sequence[SheetRow]) -> dict[int, Span]:
    """Writes what stands above or below a table. Gives where each row stands in the text."""
    spans: dict[int, Span] = {}
    for row in rows:
        start = builder.length
        for cell in row.cells:
            builder.paragraph(cell.text)
        spans[row.number] = Span(start, builder.length)
    return spans


def _size(sheet: Sheet) -> int:
    """Characters that the sheet's text takes at most. One shared string may stand in every cell."""
    return sum(max(cells) + sum(map(len, cells.values())) for cells in sheet.rows.values())


def _write_table(builder: ReadingBuilder, rows: Sequence[SheetRow]) -> dict[int, Span]:
    """Writes the rows of a table, each under its number in the sheet. Gives where each stands in the text."""
    repeated = repeated_rows([[cell.text for cell in row.cells] for row in rows])
    spans: dict[int, Span] = {}
    written = 0
    for index, row in enumerate(rows):
        for _ in range(row.number - written - 1):
            builder.row(())
        start = builder.length
        builder.row(() if index in repeated else row.cells)
        spans[row.number] = Span(start, builder.length)
        written = row.number
    return spans


def _placed(sheet: Sheet, name: str) -> tuple[list[SheetRow], str]:
    """The rows with merged cells resolved, and the beginning of what stands covered under merged cells."""
    numbers = list(sheet.rows)
    last_column = max((max(cells) for cells in sheet.rows.values()), default=0)
    reaching = _reaching(sheet.merged, numbers, name)
    rows: list[SheetRow] = []
    covered: list[str] = []
    for number, texts in sheet.rows.items():
        ranges = sorted(reaching.get(number, []), key=lambda known: known.left)
        lefts = [known.left for known in ranges]
        cells: list[CellText] = []
        width = sum(min(known.right, last_column) - known.left + 1 for known in ranges if known.left <= last_column)
        for column, text in texts.items():
            place = bisect_right(lefts, column) - 1
            merged = ranges[place] if place >= 0 and column <= ranges[place].right else None
            if merged is None:
                cells.append(CellText(column, text))
                width += 1
            elif (merged.top, merged.left) == (number, column):
                bottom = min(merged.bottom, numbers[-1])
                columns = min(merged.right, last_column) - column + 1
                cells.append(CellText(column, text, bottom - number + 1, columns))
            elif len(covered) < 3:
                covered.append(text)
        if cells:
            rows.append(SheetRow(number, tuple(cells), width))
    return rows, " ".join(covered)[:40]


def _reaching(merged: Iterable[Range], numbers: list[int], name: str) -> dict[int, list[Range]]:
    """The merged ranges that reach over each of the rows that show something."""
    reaching: dict[int, list[Range]] = {}
    total = 0
    for known in merged:
        reached = numbers[bisect_left(numbers, known.top) : bisect_right(numbers, known.bottom)]
        total += len(reached)
        if total > MAX_MERGED_ROWS:
            raise DamagedFile(path=name, reason="too-many-merged-rows")
        for number in reached:
            reaching.setdefault(number, []).append(known)
    return reaching


def _first_of_table(rows: Sequence[SheetRow]) -> int:
    """The index of the header row: the first row of several cells, none of them a filled-in label such as 填报单位：,
    that reaches over half of the columns. Titles stand above it. Beyond the last row where there is no table."""
    used = {cell.column for row in rows for cell in row.cells}
    several = [index for index, row in enumerate(rows) if len(row.cells) > 1]
    for index in several:
        labelled = sum(1 for cell in rows[index].cells if any(mark in cell.text for mark in _LABELS))
        if 2 * rows[index].width >= len(used) and 2 * labelled < len(rows[index].cells):
            return index
    return several[0] if several else len(rows)


def _end_of_table(rows: Sequence[SheetRow], first: int) -> int:
    """The index behind the table's last row: rows of one cell each below it are its notes and the signature."""
    end = len(rows)
    while end > first + 1 and _stands_below(rows[end - 1]):
        end -= 1
    if end == len(rows):
        return end
    # A row of one cell beside a merged one is a row of the table.
    reached = max(row.number + cell.rows for row in rows[first:end] for cell in row.cells)
    return end if reached <= rows[end].number else len(rows)


def _stands_below(row: SheetRow) -> bool:
    alone = len(row.cells) == 1 and row.cells[0].rows == 1
    return alone or all("：" in cell.text or ":" in cell.text for cell in row.cells)


def _doubt_hidden(builder: ReadingBuilder, sheet: Sheet, spans: dict[int, Span]) -> None:
    """A doubt for each run of hidden rows, and for each run of hidden columns, that show something."""
    hidden = [number for number in spans if number in sheet.hidden_rows]
    runs: list[list[int]] = []
    for number in hidden:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        span = Span(spans[run[0]].start, spans[run[-1]].end)
        builder.doubt("hidden-row", {"sheet": sheet.title, "row": _run(run[0], run[-1])}, span)
    used = sorted({column for cells in sheet.rows.values() for column in cells})
    for first, last in dict.fromkeys(sheet.hidden_columns):
        if bisect_left(used, first) < bisect_right(used, last):
            builder.doubt("hidden-column", {"sheet": sheet.title, "column": _run(first, min(last, used[-1]))})


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
