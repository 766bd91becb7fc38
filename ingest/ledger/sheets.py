"""What a table looks to assign (像责任的表格): columns of names, cells under or beside 责任单位, rows that break off.

A table is looked at for itself: what its columns are is told by the ledger's own heads and by the cells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.language.clean import Clean, Paragraph
from ingest.ledger.claims import Claim, Governed
from ingest.ledger.words import LONGEST, LedgerWords

_LONGEST_HEAD = 20
_LONGEST_CELL = 100
_WORK = 6
"""Characters that the cells of a column have on average, from which on it says what is to be done."""
_MOST = 0.6
_FEWEST_HEADS = 2
_BARE = 2
"""Characters of a head that may ask for anything: 单位 are units of measure as often."""
_SERIAL = re.compile(r"\d{1,3}[.、]?")
_MARK = re.compile(r"[★☆√✓✔○●◎△▲■□◆Vv]")
_SIGNS = re.compile(r"[，。；！？：]")
_ROLES = ("lead", "support", "any")


@dataclass
class LedgerSheet:
    """A table as the ledger sees it: each cell's paragraph by row and column; merged cells at their first place."""

    words: LedgerWords
    cells: dict[tuple[int, int], Paragraph] = field(default_factory=dict)

    @cached_property
    def rows(self) -> dict[int, list[tuple[int, Paragraph]]]:
        """The cells with text of each row, by their columns; of merged ones where they begin."""
        rows: defaultdict[int, list[tuple[int, Paragraph]]] = defaultdict(list)
        for (row, column), paragraph in sorted(self.cells.items()):
            if paragraph.end > paragraph.start:
                rows[row].append((column, paragraph))
        return dict(rows)

    def said(self, paragraph: Paragraph) -> str:
        """What a cell says."""
        return self.words.text[paragraph.start : paragraph.end]

    def asks(self, paragraph: Paragraph) -> str | None:
        """What a cell asks of its column, if it is a head."""
        if paragraph.end - paragraph.start > _LONGEST_HEAD:
            return None
        rule = self.words.heads.whole(self.said(paragraph))
        return rule.value if rule else None

    def is_named(self, paragraph: Paragraph) -> bool:
        """Whether a cell is a list of names and nothing else."""
        if paragraph.end - paragraph.start > LONGEST:
            return False
        return self.asks(paragraph) not in _ROLES and self.words.are_named(paragraph.start, paragraph.end)

    @cached_property
    def named(self) -> dict[tuple[int, int], Paragraph]:
        """The cells that are names."""
        return {place: cell for place, cell in self.cells.items() if self.is_named(cell)}

    @cached_property
    def head_rows(self) -> dict[int, dict[int, str]]:
        """The rows that are heads, with what they ask of which column."""
        found: dict[int, dict[int, str]] = {}
        for row, cells in self.rows.items():
            asked = {column: asks for column, cell in cells if (asks := self.asks(cell))}
            short = all(c.end - c.start <= _LONGEST_HEAD and not _SIGNS.search(self.said(c)) for _, c in cells)
            if short and len(cells) >= _FEWEST_HEADS and any(asks in _ROLES for asks in asked.values()):
                many = len(asked) >= _FEWEST_HEADS or not any((row, column) in self.named for column, _ in cells)
                found.update({row: asked} if many else {})
        return found

    @cached_property
    def second_heads(self) -> set[int]:
        """The rows into which a cell of a head above them reaches: heads of two rows."""
        return {
            below
            for row in self.head_rows
            for _, cell in self.rows[row]
            for below in range(row + 1, row + _height(cell))
        }

    @cached_property
    def has_work(self) -> bool:
        """Whether some column says what is to be done: a list of addresses has none."""
        lengths: defaultdict[int, list[int]] = defaultdict(list)
        for place, cell in self.cells.items():
            if cell.end > cell.start and place not in self.named and place[0] not in self.head_rows:
                lengths[place[1]].append(_in_chinese(self.said(cell)))
        if any(self.asks(cell) in _ROLES and cell.end - cell.start > _BARE for cell in self.cells.values()):
            return True
        return any(sum(each) >= _WORK * len(each) for each in lengths.values())


def _in_chinese(said: str) -> int:
    """How many characters are Chinese: a telephone number says nothing of what is to be done."""
    return sum("一" <= character <= "龥" for character in said)


def sheets_of(clean: Clean, words: LedgerWords) -> list[LedgerSheet]:
    """The tables of a text, in order."""
    sheets: dict[int, LedgerSheet] = {}
    for paragraph in clean.paragraphs:
        cell = paragraph.cell
        if cell is not None:
            sheet = sheets.setdefault(cell.table, LedgerSheet(words))
            sheet.cells[cell.row, cell.column] = paragraph
    return [*sheets.values()]


def claims_of_sheet(sheet: LedgerSheet) -> Iterator[Claim]:
    """The cells of a table that look to assign something."""
    if not sheet.has_work:
        return
    asked: dict[int, str] = {}
    plain: set[int] = set()
    columns = _columns_of_names(sheet)
    for row, cells in sheet.rows.items():
        if row in sheet.head_rows:
            asked = sheet.head_rows[row]
            plain = {column for column, cell in cells if cell.end - cell.start > _BARE}
            continue
        if row in sheet.second_heads:
            asked = asked | {column: asks for column, cell in cells if (asks := sheet.asks(cell))}
            continue
        if _says_one_thing(sheet, cells):
            continue
        beside: str | None = None
        for column, cell in cells:
            named = (row, column) in sheet.named
            role = asked.get(column) or (beside if named else None)
            if role in _ROLES and (named or (column in plain and _in_chinese(sheet.said(cell)) > 1)):
                yield Claim(cell.start, min(cell.end, cell.start + LONGEST), "cell", role or "any")
            elif named and column in columns and asked.get(column) is None:
                yield Claim(cell.start, cell.end, "cell", "unasked")
            beside = sheet.asks(cell) or (beside if named else None)
    yield from _marked(sheet)


def _says_one_thing(sheet: LedgerSheet, cells: Sequence[tuple[int, Paragraph]]) -> bool:
    """Whether three or more columns of a row say the same: a heading over the rows below, written into each."""
    said = [sheet.said(cell) for _, cell in cells if cell.end > cell.start]
    return len(said) > 2 and max(map(said.count, said)) >= max(3, len(said) - 1)


def _columns_of_names(sheet: LedgerSheet) -> set[int]:
    """The columns most of whose cells are names, of units and not of places alone, under whatever head."""
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (row, column), cell in sheet.cells.items():
        if row not in sheet.head_rows and cell.end > cell.start:
            named = (row, column) in sheet.named
            place = named and sheet.said(cell)[-1] in "市县区镇乡村州旗"
            for n, yes in enumerate((True, named, place)):
                counts[column][n] += yes
    many = {c for c, (every, named, places) in counts.items() if named >= _MOST * every and 2 * places < named}
    certain = {c for (_, c), cell in sheet.named.items() if sheet.words.is_certain(sheet.said(cell))}
    return {c for c in many if counts[c][1] > 1 or c in certain}


def _marked(sheet: LedgerSheet) -> Iterator[Claim]:
    """Units that stand as heads over columns of marks (★ √)."""
    marked = {column for (_, column), cell in sheet.cells.items() if _MARK.fullmatch(sheet.said(cell))}
    for row, cells in sheet.rows.items():
        heads = [cell for column, cell in cells if column in marked and (row, column) in sheet.named]
        if len(heads) >= _FEWEST_HEADS:
            yield from (Claim(cell.start, cell.end, "cell", "unasked") for cell in heads)


def broken_rows(sheet: LedgerSheet) -> Iterator[Claim]:
    """Rows that go on without a number where the others have one: cut by a page, or read as a row of their own."""
    serials = {place for place, cell in sheet.cells.items() if _SERIAL.fullmatch(sheet.said(cell))}
    counts: defaultdict[int, int] = defaultdict(int)
    for _, column in serials:
        counts[column] += 1
    column = max(counts, key=lambda c: (counts[c], -c), default=0)
    numbered = {row for row, c in serials if c == column}
    if len(numbered) < 3:
        return
    covered = {r for row in numbered for r in range(row, row + _height(sheet.cells[row, column]))}
    top = min([*sheet.head_rows, min(numbered)])
    heads = {*sheet.head_rows, *sheet.second_heads}
    body = [row for row in sheet.rows if row > top and row not in heads]
    loose = [row for row in body if row not in covered]
    if len(loose) * 2 > len(body):
        return
    for row in loose:
        cells = [cell for _, cell in sheet.rows[row] if _in_chinese(sheet.said(cell))]
        if len(cells) > 1 or (cells and cells[0].cell and cells[0].cell.columns == 1):
            longest = max(cells, key=lambda cell: cell.end - cell.start)
            yield Claim(longest.start, min(longest.end, longest.start + LONGEST), "row")
            if row - 1 in heads:
                continue
            above = (sheet.cells.get((row - 1, column)) for column, cell in sheet.rows[row] if cell in cells)
            yield from (Claim(c.start, c.end, "row") for c in above if c and 0 < c.end - c.start <= _LONGEST_CELL)


def tasks_elsewhere(sheet: LedgerSheet, tasks: Governed) -> Iterator[Claim]:
    """Cells under 重点任务 or 具体措施 that are no part of a task, in rows whose task is a shorter cell beside them."""
    work: set[int] = set()
    for row, cells in sheet.rows.items():
        if row in sheet.head_rows:
            work = {column for column, asks in sheet.head_rows[row].items() if asks == "work"}
            continue
        taken = [(column, cell) for column, cell in cells if tasks.touches(cell.start, cell.end)]
        if not taken or not work.isdisjoint(column for column, _ in taken):
            continue
        longest = max(cell.end - cell.start for _, cell in taken)
        for column, cell in cells:
            if column in work and _height(cell) == 1 and cell.end - cell.start >= longest:
                yield Claim(cell.start, min(cell.end, cell.start + LONGEST), "row")


def _height(paragraph: Paragraph) -> int:
    return paragraph.cell.rows if paragraph.cell else 1
