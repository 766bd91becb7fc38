"""Task tables (任务分解表) → tasks: one row is one task, its columns known by their header.

序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限, in many designs: titles above the header, headers of two rows,
cells merged over rows. A table without a column of units has no tasks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from operator import attrgetter

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import LONGEST_WRITTEN
from ingest.plan.assignments import Parsed, parse_statement
from ingest.plan.columns import (
    MEASURE,
    NOTHING,
    ROLES,
    WORD,
    TaskColumns,
    TaskGrid,
    columns_of,
    grids,
    is_name,
    new_header,
)
from ingest.plan.outline import Outline
from ingest.plan.statements import Statement, outer_brackets
from ingest.plan.tasks import Draft, TargetCell, section_at

_BRANCHES = ("分行", "支行", "分公司", "支公司")
_LONGEST_HOUSE = 4
"""Characters of a bank's or a company's short name: 人行, 工行, 中国移动."""


def read_tables(clean: Clean, outline: Outline, in_cells: Sequence[Statement], lexicon: Lexicon) -> list[Draft]:
    """The tasks of all tables, with the statements that assign them: cells of units, and what `in_cells` holds, the
    brackets that stand in other cells: 城镇老旧小区改造（牵头单位：区住建局）, merged over the rows that it leads."""
    return [draft for grid in grids(clean) for draft in _rows(clean, grid, outline, in_cells, lexicon)]


@dataclass(frozen=True)
class _Row:
    """A row: its cell in each column that has one, and what the header above it says of the columns."""

    cells: dict[int, Paragraph]
    columns: TaskColumns


def _rows(
    clean: Clean, grid: TaskGrid, outline: Outline, in_cells: Sequence[Statement], lexicon: Lexicon
) -> Iterator[Draft]:
    columns = columns_of(clean, grid, lexicon)
    if columns is None:
        yield from _cells(clean, grid, outline, in_cells)
        return
    for row in range(columns.header + 1, grid.rows + 1):
        if (begun := new_header(clean, grid, row, lexicon)) is not None:
            columns = begun
            continue
        cells = {
            column: grid.cells[row, column] for column in range(1, grid.columns + 1) if (row, column) in grid.cells
        }
        draft = _draft(clean, _Row(cells, columns), outline, in_cells, lexicon)
        if draft is not None:
            yield draft


def _cells(clean: Clean, grid: TaskGrid, outline: Outline, in_cells: Sequence[Statement]) -> Iterator[Draft]:
    """The tasks of a table without a column of units: the text in front of each bracket, in its cell."""
    for cell in dict.fromkeys(grid.cells.values()):
        low = cell.start
        for statement in _inside(cell, in_cells):
            if WORD.search(clean.folded, low, statement.start):
                yield Draft(section_at(outline, cell.start), low, statement.start, (statement,), number="")
            low = statement.end


def _inside(cell: Paragraph, statements: Sequence[Statement]) -> list[Statement]:
    low = bisect_left(statements, cell.start, key=attrgetter("start"))
    return [*takewhile(lambda statement: statement.start < cell.end, islice(statements, low, None))]


def _draft(clean: Clean, row: _Row, outline: Outline, in_cells: Sequence[Statement], lexicon: Lexicon) -> Draft | None:
    """The task of a row; None where it has no text or nobody is charged with it."""
    cells, columns = row.cells, row.columns
    kinds, texts = columns.kinds, columns.texts
    main = cells.get(texts[0])
    if main is None or not WORD.search(clean.folded, main.start, main.end):
        return None
    if len({(paragraph.start, paragraph.end) for paragraph in cells.values()}) < 2:
        return None
    units = {cells[column].start for column, kind in kinds.items() if kind in ROLES and column in cells}
    others = {cell.start: cell for cell in cells.values() if cell.start not in units}
    statements = [statement for cell in others.values() for statement in _inside(cell, in_cells)]
    ends = [statement.start for statement in _inside(main, in_cells)] if main.start in others else []
    done: set[int] = set()
    for column, kind in sorted(kinds.items(), key=lambda item: item[0]):
        cell = cells.get(column)
        if cell is None or cell.start in done or clean.folded[cell.start : cell.end] in NOTHING:
            continue
        if kind in ROLES or kind in ("time", "person"):
            done.add(cell.start)
            statement = _statement(clean, cell, kind, lexicon)
            if statement is not None:
                statements.append(statement)
    if not any(s.parsed.units or s.parsed.people for s in statements):
        return None
    number = next((cells[c] for c, kind in kinds.items() if kind == "number" and c in cells), None)
    stated = cells.get(columns.measure_column)
    in_name = MEASURE.search(clean.folded, main.start, main.end)
    measure = clean.folded[stated.start : stated.end] if stated else in_name["measure"] if in_name else ""
    values = tuple(
        TargetCell(cells[c].start, cells[c].end, columns.measures.get(c) or measure)
        for c in texts[1:]
        if c in cells and cells[c] is not main
    )
    return Draft(
        section_at(outline, main.start),
        main.start,
        min([main.end, *(end for end in ends if end > main.start)]),
        tuple(statements),
        (),
        values,
        clean.said(number.start, number.end) if number else "",
    )


def _statement(clean: Clean, cell: Paragraph, kind: str, lexicon: Lexicon) -> Statement | None:
    if kind == "time":
        return Statement(cell.start, cell.end, Parsed(times=((cell.start, cell.end),), labelled=True))
    if kind == "person":
        people = ((cell.start, cell.end, "责任领导"),)
        return Statement(cell.start, cell.end, Parsed(people=people, labelled=True))
    start, end = cell.start, cell.end
    if outer_brackets(clean.folded[start:end], 0) == [(0, end - start)]:
        start, end = start + 1, end - 1
    lines: list[Parsed] = []
    for low, high in _lines(clean, start, end, lexicon):
        line = parse_statement(clean.folded, low, high, lexicon, ROLES[kind])
        if line is None:
            return None
        lines.append(line)
    parsed = Parsed(
        units=tuple(unit for line in lines for unit in line.units),
        people=tuple(person for line in lines for person in line.people),
        times=tuple(time for line in lines for time in line.times),
        first_leads=any(line.first_leads for line in lines),
        labelled=True,
    )
    return Statement(cell.start, cell.end, parsed)


def _lines(clean: Clean, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The stretches of a units cell that blanks or line breaks part, where each begins and ends as a name does."""
    gaps = [*clean.gaps[bisect_right(clean.gaps, start) : bisect_left(clean.gaps, end)], end]
    pieces = _with_branches(clean.folded, list(pairwise([start, *gaps])))
    if all(is_name(clean.folded[low:high].strip("、，；"), lexicon) for low, high in pieces):
        return pieces
    low, lines = start, []
    for gap in gaps:
        if gap < end and not (
            _ends_name(clean.folded, low, gap, lexicon) and _begins_name(clean.folded, gap, end, lexicon)
        ):
            continue
        lines.append((low, gap))
        low = gap
    return lines


def _with_branches(text: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces, where a branch goes with the house whose name a narrow column broke off: 人行 浙江省分行."""
    whole: list[tuple[int, int]] = []
    for low, high in pieces:
        before = text[whole[-1][0] : low] if whole else ""
        if (
            0 < len(before) <= _LONGEST_HOUSE
            and before[-1] not in "、，；"
            and _first(text[low:high]).endswith(_BRANCHES)
        ):
            low = whole.pop()[0]
        whole.append((low, high))
    return whole


def _first(names: str) -> str:
    return re.split("[、，；]", names)[0]


def _ends_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    name = re.split("[、，；]", text[max(start, end - LONGEST_WRITTEN - 1) : end].rstrip("、，；"))[-1]
    return bool(name) and is_name(name, lexicon)


def _begins_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    name = re.split("[、，；]", text[start : min(end, start + LONGEST_WRITTEN + 1)])[0]
    return len(name) > 2 and is_name(name, lexicon)
