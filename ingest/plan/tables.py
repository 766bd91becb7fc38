"""Task tables (任务分解表) → tasks: one row is one task, its columns known by their header.

序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限, in many designs: titles above the header, headers of two rows,
cells merged over rows. A table without a column of units has no tasks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from operator import attrgetter

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import LONGEST_WRITTEN, is_unit
from ingest.model import Cell, Role
from ingest.plan.assignments import Parsed, parse_statement
from ingest.plan.outline import Outline
from ingest.plan.statements import Statement, outer_brackets
from ingest.plan.tasks import Draft, TargetCell, section_at

_ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}
_HEADER_ROWS = 6
"""Rows of a table in which its header ends."""
_LEAST_HEADER = 4
"""Columns that a header names where it stands in the middle of a table."""
_WORD = re.compile(r"[一-鿿]")
"""What a task has at the least; a row of field codes (XH, JTCS) is none."""
_PLACE = re.compile(r"[一-鿿]{1,5}[县区市州旗]")
_IN_WORDS = re.compile(r"[一-鿿]{4}")
_MEASURE = re.compile(r"（(?:单位：)?(?P<measure>[%‰]|[一-鿿/]{1,6})）$")
"""A column's unit of measure, at the end of its head: 到位资金（亿元）."""
_ASKED = (
    ("lead", ("牵头", "主办", "主责")),
    ("support", ("配合", "协办", "协同", "协助", "参与")),
    (
        "responsible",
        ("责任单位", "责任部门", "责任科室", "责任股室", "责任处室", "承办", "落实单位", "主管部门", "属地"),
    ),
    ("responsible", ("单位", "部门", "科室")),
    ("time", ("时限", "时间", "日期", "期限")),
)
"""What words in a column's head ask for, where the cells below agree; the earlier first."""
_LONGEST_HEAD = 20
_SENTENCE = re.compile(r"[，。；！？]")
_MOST_CELLS = 0.6
"""The share of a column's cells that must be what its head asks for."""
_ASIDES = (
    "备注",
    "说明",
    "依据",
    "来源",
    "资金",
    "投资",
    "进展",
    "进度",
    "情况",
    "现状",
    "问题",
    "标准",
    "地点",
    "主体",
)
"""Words in the heads of columns that say something beside the task."""
_LONGEST_HEADING, _TIMES_LONGER = 20, 2.0
"""Characters of a cell that may be the heading of the task beside it, and how much longer that must then be."""
_MOST_ROWS = 0.8
"""The share of rows in which a column of tasks has a cell of its own."""
_NOTHING = {"", "/", "—", "-", "——", "无", "\\", "／"}


@dataclass(frozen=True)
class _Grid:
    """A table: which paragraph of the clean text stands at (row, column); merged cells at each place they cover."""

    cells: dict[tuple[int, int], Paragraph]
    rows: int
    columns: int


def read_tables(clean: Clean, outline: Outline, in_cells: Sequence[Statement], lexicon: Lexicon) -> list[Draft]:
    """The tasks of all tables, with the statements that assign them: cells of units, and what `in_cells` holds, the
    brackets that stand in other cells: 城镇老旧小区改造（牵头单位：区住建局）, merged over the rows that it leads."""
    return [draft for grid in _grids(clean) for draft in _rows(clean, grid, outline, in_cells, lexicon)]


def _grids(clean: Clean) -> Iterator[_Grid]:
    tables: dict[int, list[tuple[Cell, Paragraph]]] = defaultdict(list)
    for paragraph in clean.paragraphs:
        if paragraph.cell is not None:
            tables[paragraph.cell.table].append((paragraph.cell, paragraph))
    for entries in tables.values():
        places = {
            (row, column): paragraph
            for cell, paragraph in entries
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        yield _Grid(places, max(r for r, _ in places), max(c for _, c in places))


@dataclass(frozen=True)
class _Columns:
    """What the header says: its last row, each column's kind, the columns that hold the task (the main one first).

    `measures` are the units of measure that a column's head states, 签约项目（个）; `measure_column` is the one, headed
    单位, that states each row's, or 0.
    """

    header: int
    kinds: dict[int, str]
    texts: list[int]
    measures: dict[int, str]
    measure_column: int


@dataclass(frozen=True)
class _Row:
    """A row: its cell in each column that has one, and what the header above it says of the columns."""

    cells: dict[int, Paragraph]
    columns: _Columns


def _columns(clean: Clean, grid: _Grid, lexicon: Lexicon) -> _Columns | None:
    """What the columns of a table are; None where it has no header that names units."""
    header, kinds, measure_column = _header(clean, grid, lexicon)
    if not header:
        return None
    texts = _text_columns(clean, grid, kinds, header)
    heads = {c: grid.cells.get((header, c)) for c in texts[1:]}
    found = {c: _MEASURE.search(clean.folded, head.start, head.end) for c, head in heads.items() if head}
    return _Columns(header, kinds, texts, {c: m["measure"] for c, m in found.items() if m}, measure_column)


def _header(clean: Clean, grid: _Grid, lexicon: Lexicon) -> tuple[int, dict[int, str], int]:
    """The last header row, what each column is, and the column of measures; 0 where no header names units."""
    best: tuple[int, dict[int, str]] = (0, {})
    # A worksheet's rows count from its top, where titles stand above the table.
    first = min(row for row, _ in grid.cells)
    for row in range(first, min(grid.rows, first + _HEADER_ROWS - 1) + 1):
        kinds = _kinds(clean, grid, row, lexicon)
        if len(kinds) > len(best[1]) or (
            best[1] and row == best[0] + 1 and kinds and _is_second_header(grid, row, kinds)
        ):
            best = (row, {**(best[1] if row == best[0] + 1 else {}), **kinds})
    row, kinds = best
    measures = [c for c in range(1, grid.columns + 1) if _asks_for_a_measure(clean, grid, row, c, lexicon)]
    kinds = {c: kind for c, kind in kinds.items() if c not in {*measures}}
    if not set(kinds.values()) & {"lead", "support", "responsible"}:
        return 0, {}, 0
    return row, kinds, measures[0] if measures else 0


def _kinds(clean: Clean, grid: _Grid, row: int, lexicon: Lexicon) -> dict[int, str]:
    """What the cells of a row say that their columns are."""
    found: dict[int, str] = {}
    for column in range(1, grid.columns + 1):
        head = grid.cells.get((row, column))
        if head is not None and head.end > head.start:
            rule = lexicon["column"].whole(clean.folded[head.start : head.end])
            kind = rule.value if rule else _kind_by_cells(clean, grid, row, column, lexicon)
            found.update({column: kind} if kind else {})
    return found


def _kind_by_cells(clean: Clean, grid: _Grid, row: int, column: int, lexicon: Lexicon) -> str | None:
    """What a column is whose head no rule knows, 建议责任单位（省级部门）: by words in the head and the cells below."""
    head = clean.folded[grid.cells[row, column].start : grid.cells[row, column].end]
    if len(head) > _LONGEST_HEAD or _SENTENCE.search(head):
        return None
    asked = next((kind for kind, words in _ASKED if any(word in head for word in words)), None)
    below = [grid.cells[r, column] for r in range(row + 1, grid.rows + 1) if (r, column) in grid.cells]
    said = [clean.folded[cell.start : cell.end] for cell in dict.fromkeys(below)]
    said = [words for words in said if words not in _NOTHING and words != head]
    if asked is None or not said:
        return None
    fit = _is_a_time if asked == "time" else _are_units
    return asked if sum(fit(words, lexicon) for words in said) >= _MOST_CELLS * len(said) else None


def _is_a_time(said: str, lexicon: Lexicon) -> bool:
    return lexicon["deadline+time_field"].search(said) is not None


def _are_units(said: str, lexicon: Lexicon) -> bool:
    return all(_is_name(name, lexicon) for name in re.split("[、，；]", said) if name)


def _new_header(clean: Clean, grid: _Grid, row: int, lexicon: Lexicon) -> _Columns | None:
    """The columns from a row on that begins another table in the same grid, with a header of its own."""
    kinds = _kinds(clean, grid, row, lexicon)
    if len(kinds) < _LEAST_HEADER or not set(kinds.values()) & {*_ROLES} or "text" not in kinds.values():
        return None
    return _Columns(row, kinds, _text_columns(clean, grid, kinds, row), {}, 0)


def _asks_for_a_measure(clean: Clean, grid: _Grid, header: int, column: int, lexicon: Lexicon) -> bool:
    """Whether a column headed 单位 holds units of measure (万亩, %) and not organisations."""
    head = grid.cells.get((header, column))
    if head is None or clean.folded[head.start : head.end] not in ("单位", "计量单位", "指标单位"):
        return False
    cells = [grid.cells[row, column] for row in range(header + 1, grid.rows + 1) if (row, column) in grid.cells]
    return not any(is_unit(clean.folded[cell.start : cell.end].split("、")[0], lexicon) for cell in cells)


def _is_second_header(grid: _Grid, row: int, kinds: dict[int, str]) -> bool:
    """Whether a row goes on with a header of two rows: some of its cells are merged down from the row above."""
    return any(
        grid.cells.get((row, c)) is grid.cells.get((row - 1, c)) is not None for c in range(1, grid.columns + 1)
    ) and bool(kinds)


def _rows(
    clean: Clean, grid: _Grid, outline: Outline, in_cells: Sequence[Statement], lexicon: Lexicon
) -> Iterator[Draft]:
    columns = _columns(clean, grid, lexicon)
    if columns is None:
        yield from _cells(clean, grid, outline, in_cells)
        return
    for row in range(columns.header + 1, grid.rows + 1):
        if (begun := _new_header(clean, grid, row, lexicon)) is not None:
            columns = begun
            continue
        cells = {
            column: grid.cells[row, column] for column in range(1, grid.columns + 1) if (row, column) in grid.cells
        }
        draft = _draft(clean, _Row(cells, columns), outline, in_cells, lexicon)
        if draft is not None:
            yield draft


def _cells(clean: Clean, grid: _Grid, outline: Outline, in_cells: Sequence[Statement]) -> Iterator[Draft]:
    """The tasks of a table without a column of units: the text in front of each bracket, in its cell."""
    for cell in dict.fromkeys(grid.cells.values()):
        low = cell.start
        for statement in _inside(cell, in_cells):
            if _WORD.search(clean.folded, low, statement.start):
                yield Draft(section_at(outline, cell.start), low, statement.start, (statement,), number="")
            low = statement.end


def _inside(cell: Paragraph, statements: Sequence[Statement]) -> list[Statement]:
    low = bisect_left(statements, cell.start, key=attrgetter("start"))
    return [*takewhile(lambda statement: statement.start < cell.end, islice(statements, low, None))]


def _text_columns(clean: Clean, grid: _Grid, kinds: dict[int, str], header: int) -> list[int]:
    """The columns that hold the task, the main one first: what is named 任务 or 措施, else what no header names."""
    named = [c for c, kind in kinds.items() if kind == "text"]
    targets = [c for c, kind in kinds.items() if kind == "target"]
    unnamed = [c for c in range(1, grid.columns + 1) if c not in kinds]
    groups = [c for c, kind in kinds.items() if kind == "group"]
    worded = [c for c in targets if _has_words(clean, grid, c, header)]
    # Of 重点任务 | 具体措施 the later is the one that changes from row to row; of 指标 | 目标值 the earlier names it.
    spoken = [c for c in unnamed if _has_words(clean, grid, c, header)]
    main = max(named) if named else min(worded or spoken or targets or unnamed or groups, default=0)
    told = _told_by_cells(clean, grid, header, main, [*named, *groups, *spoken])
    return [told, *(c for c in sorted(targets) if c not in (main, told))]


def _told_by_cells(clean: Clean, grid: _Grid, header: int, main: int, others: Sequence[int]) -> int:
    """The column whose cells are the tasks, where they say so more clearly than its head (重点举措 | 实施路径).

    Heads are an open class. The cell of a task differs from row to row, is not merged and is the longest; one that is
    merged over rows, or short beside it, is their heading.
    """
    size = {c: _Size.of(clean, grid, header, c) for c in {main, *others}}
    fits = [c for c in others if c != main and size[c].is_full and not _is_aside(clean, grid, header, c)]
    longest = max(fits, key=lambda c: size[c].length, default=main)
    heading = size[main].is_merged or size[main].length <= _LONGEST_HEADING
    times = 1 if size[main].is_merged else _TIMES_LONGER
    return longest if heading and size[longest].length > times * size[main].length else main


@dataclass(frozen=True)
class _Size:
    """The cells of a column: their mean length in characters, whether each row has its own, whether some are merged."""

    length: float
    is_full: bool
    is_merged: bool

    @classmethod
    def of(cls, clean: Clean, grid: _Grid, header: int, column: int) -> _Size:
        """Measures a column below the header."""
        rows = range(header + 1, grid.rows + 1)
        cells = [grid.cells[row, column] for row in rows if (row, column) in grid.cells]
        own = [cell for cell in dict.fromkeys(cells) if _WORD.search(clean.folded, cell.start, cell.end)]
        length = sum(cell.end - cell.start for cell in own) / max(len(own), 1)
        return cls(length, len(own) >= _MOST_ROWS * len(rows), len({*own}) < len(cells))


def _is_aside(clean: Clean, grid: _Grid, header: int, column: int) -> bool:
    """Whether a column holds what is said beside a task: remarks, grounds, progress so far."""
    head = grid.cells.get((header, column))
    said = clean.folded[head.start : head.end] if head else ""
    return not said or any(word in said for word in _ASIDES)


def _has_words(clean: Clean, grid: _Grid, column: int, header: int) -> bool:
    """Whether most cells of a column say something in words: 招商重点, not 8, ≥10, —."""
    cells = [grid.cells[row, column] for row in range(header + 1, grid.rows + 1) if (row, column) in grid.cells]
    return 2 * sum(_IN_WORDS.search(clean.folded, cell.start, cell.end) is not None for cell in cells) > len(cells)


def _draft(clean: Clean, row: _Row, outline: Outline, in_cells: Sequence[Statement], lexicon: Lexicon) -> Draft | None:
    """The task of a row; None where it has no text or nobody is charged with it."""
    cells, columns = row.cells, row.columns
    kinds, texts = columns.kinds, columns.texts
    main = cells.get(texts[0])
    if main is None or not _WORD.search(clean.folded, main.start, main.end):
        return None
    if len({(paragraph.start, paragraph.end) for paragraph in cells.values()}) < 2:
        return None
    units = {cells[column].start for column, kind in kinds.items() if kind in _ROLES and column in cells}
    others = {cell.start: cell for cell in cells.values() if cell.start not in units}
    statements = [statement for cell in others.values() for statement in _inside(cell, in_cells)]
    ends = [statement.start for statement in _inside(main, in_cells)] if main.start in others else []
    done: set[int] = set()
    for column, kind in sorted(kinds.items(), key=lambda item: item[0]):
        cell = cells.get(column)
        if cell is None or cell.start in done or clean.folded[cell.start : cell.end] in _NOTHING:
            continue
        if kind in _ROLES or kind in ("time", "person"):
            done.add(cell.start)
            statement = _statement(clean, cell, kind, lexicon)
            if statement is not None:
                statements.append(statement)
    if not any(s.parsed.units or s.parsed.people for s in statements):
        return None
    number = next((cells[c] for c, kind in kinds.items() if kind == "number" and c in cells), None)
    stated = cells.get(columns.measure_column)
    in_name = _MEASURE.search(clean.folded, main.start, main.end)
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
        line = parse_statement(clean.folded, low, high, lexicon, _ROLES[kind])
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
    pieces = list(pairwise([start, *gaps]))
    if all(_is_name(clean.folded[low:high].strip("、，；"), lexicon) for low, high in pieces):
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


def _ends_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    name = re.split("[、，；]", text[max(start, end - LONGEST_WRITTEN - 1) : end].rstrip("、，；"))[-1]
    return bool(name) and _is_name(name, lexicon)


def _begins_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    name = re.split("[、，；]", text[start : min(end, start + LONGEST_WRITTEN + 1)])[0]
    return len(name) > 2 and _is_name(name, lexicon)


def _is_name(name: str, lexicon: Lexicon) -> bool:
    """Of a unit, or of a place that answers for itself: 市中区, 夹江县."""
    return is_unit(name, lexicon) or _PLACE.fullmatch(name) is not None
