"""Doubts about the rows of tables (表格存疑): a 序号 that skips, a numbered row that names nobody where others do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from ingest.contacts import excerpt
from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.ledger.sheets import LedgerSheet, sheets_of
from ingest.ledger.words import LONGEST, LedgerWords
from ingest.model import Doubt

_MOST_MISSING = 3
"""Numbers that a row left out, or a page cut off; where more are missing the numbers count something else."""
_FEWEST = 3
_CHARGES = ("lead", "support", "any")


def row_doubts(clean: Clean, lexicon: Lexicon) -> Iterator[Doubt]:
    """The doubts of all tables, table by table."""
    if any(paragraph.cell is not None for paragraph in clean.paragraphs):
        for sheet in sheets_of(clean, LedgerWords(clean.folded, lexicon)):
            numbers = _numbers(sheet)
            yield from _skipped(clean, numbers)
            yield from _without_unit(clean, sheet, numbers)


def _numbers(sheet: LedgerSheet) -> dict[int, tuple[int, Paragraph]]:
    """Of each row with a number in the first column: the number, and its cell."""
    found: dict[int, tuple[int, Paragraph]] = {}
    for row, cells in sheet.rows.items():
        column, first = cells[0]
        said = sheet.said(first).rstrip(".、")
        if column == 1 and said.isdecimal() and len(said) < 4:
            found[row] = (int(said), first)
    return found if len(found) >= _FEWEST else {}


def _skipped(clean: Clean, numbers: dict[int, tuple[int, Paragraph]]) -> Iterator[Doubt]:
    known = {number for number, _ in numbers.values()}
    for (before, _), (after, cell) in pairwise(numbers.values()):
        missing = {*range(before + 1, after)}
        if 0 < len(missing) <= _MOST_MISSING and missing.isdisjoint(known):
            yield Doubt("numbering-gap", {"before": str(before), "after": str(after)}, clean.span(cell.start, cell.end))


def _without_unit(clean: Clean, sheet: LedgerSheet, numbers: dict[int, tuple[int, Paragraph]]) -> Iterator[Doubt]:
    asked: set[int] = set()
    filled: defaultdict[int, set[int]] = defaultdict(set)
    named: set[int] = set()
    last = max(sheet.rows, default=0)
    for (row, column), cell in sheet.cells.items():
        if cell.cell is not None and cell.end > cell.start:
            rows = range(row, min(row + cell.cell.rows, last + 1))
            named.update(rows if (row, column) in sheet.named else ())
            for reached in rows:
                filled[reached].add(column)
    for row, cells in sheet.rows.items():
        if row in sheet.head_rows:
            asked = {column for column, asks in sheet.head_rows[row].items() if asks in _CHARGES}
        elif asked and row in numbers and row not in named and asked.isdisjoint(filled[row]):
            longest = max((cell for _, cell in cells), key=lambda cell: cell.end - cell.start)
            end = min(longest.end, longest.start + LONGEST)
            said = excerpt(clean.said(longest.start, end), 0, 80)
            yield Doubt("no-unit", {"text": said}, clean.span(longest.start, end))
