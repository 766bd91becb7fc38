"""Task tables (任务分解表) → tasks: one row is one task, its columns known by their header.

序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限, in many designs: titles above the header, headers of two rows,
cells merged over rows, tables that go on in the next one. A table without a column of units has no tasks, but what
brackets and labels in its cells say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import attrgetter

from msgspec.structs import replace

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import has_chinese
from ingest.plan.grid.cells import CellWords, cell_statement, labelled_part, standing_names
from ingest.plan.grid.columns import TaskColumns, is_heading, measure_in, new_header, says_more
from ingest.plan.grid.heads import TaskGrid
from ingest.plan.grid.marks import Legend, mark_statement, read_legend
from ingest.plan.grid.names import NOTHING, ROLES
from ingest.plan.grid.shapes import TaskTable, task_tables
from ingest.plan.outline import Outline, section_at
from ingest.plan.statements import Statement
from ingest.plan.tasks import Draft, HeadedCell, TargetCell


@dataclass(frozen=True)
class _Reader:
    """What all tables of a plan are read with. `in_cells` are the brackets that stand in cells of text."""

    clean: Clean
    outline: Outline
    in_cells: Sequence[Statement]
    lexicon: Lexicon
    legend: Legend

    def says(self, cell: Paragraph) -> str:
        """The words of a cell, folded."""
        return self.clean.folded[cell.start : cell.end]

    def inside(self, cell: Paragraph) -> list[Statement]:
        """The brackets in a cell that assign something."""
        low = bisect_left(self.in_cells, cell.start, key=attrgetter("start"))
        return [*takewhile(lambda statement: statement.start < cell.end, islice(self.in_cells, low, None))]


def read_tables(clean: Clean, outline: Outline, in_cells: Sequence[Statement], lexicon: Lexicon) -> list[Draft]:
    """The tasks of all tables, with the statements that assign them: cells of units, and what `in_cells` holds, the
    brackets that stand in other cells: 城镇老旧小区改造（牵头单位：区住建局）, merged over the rows that it leads."""
    reader = _Reader(clean, outline, in_cells, lexicon, read_legend(clean, lexicon))
    return [draft for table in task_tables(clean, lexicon) for draft in _rows(reader, table)]


@dataclass(frozen=True)
class _Row:
    """A row: its cell in each column that has one, what the header above it says of the columns, and their heads.

    `meant` are the cells that are meant: the one above where a cell says 同上. `headings` are columns of merged cells.
    """

    cells: dict[int, Paragraph]
    meant: dict[int, Paragraph]
    columns: TaskColumns
    heads: dict[int, Paragraph]
    words: CellWords
    headings: frozenset[int]


def _rows(reader: _Reader, table: TaskTable) -> Iterator[Draft]:
    grid, columns, heads = table.grid, table.columns, table.heads
    above: dict[int, Paragraph] = {}
    words = _words(reader, grid, columns)
    header = columns.header if columns else 0
    headings = frozenset(c for c in range(1, grid.columns + 1) if is_heading(grid, header, c))
    for row in range(columns.header + 1 if columns else 1, grid.rows + 1):
        cells = _cells(grid, row)
        if columns is None:
            yield from _without_columns(reader, cells)
            continue
        if (begun := new_header(reader.clean, grid, row, reader.lexicon)) is not None:
            columns, heads = begun, cells
            continue
        above |= {
            column: cell for column, cell in cells.items() if not reader.lexicon["ditto"].whole(reader.says(cell))
        }
        meant = {column: above.get(column, cell) for column, cell in cells.items()}
        draft = _draft(reader, _Row(cells, meant, columns, heads, words, headings))
        if draft is not None:
            yield draft


def _words(reader: _Reader, grid: TaskGrid, columns: TaskColumns | None) -> CellWords:
    """What the cells of units are read with: the names that stand alone in some of them."""
    if columns is None:
        return CellWords(reader.lexicon)
    asked = [column for column, kind in columns.kinds.items() if kind in ROLES]
    cells = (cell for column in asked for cell in grid.below(columns.header, column))
    return CellWords(reader.lexicon, standing_names(reader.clean, cells, reader.lexicon))


def _cells(grid: TaskGrid, row: int) -> dict[int, Paragraph]:
    return {column: cell for column in range(1, grid.columns + 1) if (cell := grid.cells.get((row, column)))}


def _without_columns(reader: _Reader, cells: dict[int, Paragraph]) -> Iterator[Draft]:
    """The tasks of a row without a column of units: the text in front of each bracket and label, in its cell; the
    longest other cell where a label opens the cell."""
    clean = reader.clean
    own = [*dict.fromkeys(cells.values())]
    number = next(
        (clean.said(cell.start, cell.end) for cell in own[:1] if reader.says(cell).rstrip(".、").isdecimal()), ""
    )
    for cell in own:
        low = cell.start
        if cell.cell is not None and cell.cell.row != min(c.cell.row for c in own if c.cell):
            continue  # Merged down from a row above, where it was read.
        for statement in _said_in(reader, cell):
            if has_chinese(clean.folded, low, statement.start):
                yield Draft(
                    section_at(reader.outline, cell.start),
                    low,
                    statement.start,
                    (statement,),
                    number=number,
                    form="cell",
                )
            elif low == cell.start and (text := _longest(reader, [other for other in own if other != cell])):
                yield Draft(
                    section_at(reader.outline, text.start),
                    text.start,
                    text.end,
                    (statement,),
                    number=number,
                    form="cell",
                )
            low = statement.end


def _said_in(reader: _Reader, cell: Paragraph) -> list[Statement]:
    brackets = reader.inside(cell)
    labels = labelled_part(reader.clean, cell, reader.lexicon) if not brackets else None
    return [labels] if labels else brackets


def _longest(reader: _Reader, cells: Sequence[Paragraph]) -> Paragraph | None:
    worded = [cell for cell in cells if has_chinese(reader.clean.folded, cell.start, cell.end)]
    return max(worded, key=lambda cell: cell.end - cell.start, default=None)


def _draft(reader: _Reader, row: _Row) -> Draft | None:
    """The task of a row; None where it has no text or nobody is charged with it."""
    clean, meant, columns = reader.clean, row.meant, row.columns
    main = meant.get(columns.texts[0])
    if main is None or not has_chinese(clean.folded, main.start, main.end):
        return None
    if len({(cell.start, cell.end) for cell in row.cells.values()}) < 2:
        return None
    asked = {meant[column].start for column, kind in columns.kinds.items() if kind in ROLES and column in meant}
    units = asked - {main.start}
    others = {cell.start: cell for cell in meant.values() if cell.start not in units}
    statements = [statement for cell in others.values() for statement in reader.inside(cell)]
    ends = [statement.start for statement in reader.inside(main)] if main.start in others else []
    statements += _of_columns(reader, row, main)
    if not any(s.parsed.units or s.parsed.people for s in statements):
        return None
    number = next((row.cells[c] for c, kind in columns.kinds.items() if kind == "number" and c in row.cells), None)
    draft = Draft(
        section_at(reader.outline, row.cells[columns.texts[0]].start),
        main.start,
        min([main.end, *(end for end in ends if end > main.start)]),
        tuple(statements),
        values=_values(reader, row, main),
        number=clean.said(number.start, number.end) if number else "",
        form="cell",
    )
    beside = dict.fromkeys(_beside(reader, row, main))
    more = tuple(TargetCell(cell.start, cell.end) for cell, tells in beside if tells)
    cited = tuple((cell.start, cell.end) for cell, tells in beside if not tells)
    return replace(draft, values=draft.values + more, cells=_headed(reader, row), cited=cited)


def _of_columns(reader: _Reader, row: _Row, main: Paragraph) -> Iterator[Statement]:
    """What the cells of units, times and persons say, and the marks under the names of units.

    A cell that is the task's own, merged over all columns or said again in each, heads the rows below it.
    """
    done: set[int] = {main.start}
    heading = reader.says(main)
    for column, kind in sorted(row.columns.kinds.items(), key=lambda item: item[0]):
        cell = row.meant.get(column)
        if cell is None or cell.start in done or reader.says(cell) in (*NOTHING, heading):
            continue
        statement = None
        if kind == "mark":
            statement = mark_statement(reader.clean, cell, row.heads[column], reader.legend, reader.lexicon)
        elif kind in ROLES or kind in ("time", "person"):
            done.add(cell.start)
            statement = cell_statement(reader.clean, cell, kind, row.words)
        if statement is not None:
            yield statement


def _values(reader: _Reader, row: _Row, main: Paragraph) -> tuple[TargetCell, ...]:
    """The cells that say how much is to be reached."""
    columns, cells = row.columns, row.cells
    stated = cells.get(columns.measure_column)
    in_name = measure_in(reader.clean.folded[main.start : main.end], reader.lexicon)
    measure = reader.says(stated) if stated else in_name
    return tuple(
        TargetCell(cells[c].start, cells[c].end, columns.measures.get(c) or measure)
        for c in columns.texts[1:]
        if c in cells and cells[c] is not main
    )


_READ_OTHERWISE = {*ROLES, "time", "person", "number", "mark", "stage", "target"}
"""Kinds of columns whose cells say nothing by the way."""


def _beside(reader: _Reader, row: _Row, main: Paragraph) -> Iterator[tuple[Paragraph, bool]]:
    """The cells beside the task that may cite a document (任务来源, 备注, the heading of several rows), and whether
    they say besides when and how much: what is the row's own and no remark."""
    for column, cell in row.cells.items():
        kind = row.columns.kinds.get(column, "")
        if column in row.columns.texts or kind in _READ_OTHERWISE or cell == main:
            continue
        head = reader.says(row.heads[column]) if column in row.heads else ""
        yield cell, column not in row.headings and kind in ("", "text") and says_more(head)


def _headed(reader: _Reader, row: _Row) -> tuple[HeadedCell, ...]:
    """All cells of the row as they stand, each with the head of its column."""
    found: dict[Paragraph, HeadedCell] = {}
    for column, cell in row.cells.items():
        head = row.heads.get(column)
        if cell.end > cell.start and cell != head:
            places = (head.start, head.end) if head else (cell.start, cell.start)
            kind = "" if reader.says(cell) in NOTHING else row.columns.kinds.get(column, "")
            found.setdefault(cell, HeadedCell(*places, cell.start, cell.end, kind))
    return tuple(found.values())
