"""The columns of a task table (任务分解表的列): what each is, told by its head and by its cells.

Heads are an open class (责任单位, 建议责任单位（省级部门）, 包保单位), so what a head's words ask for is held against
the cells below; and the task is what differs from row to row, is not merged and is the longest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.base import Cell
from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import is_unit
from ingest.model import Role

ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}
WORD = re.compile(r"[一-鿿]")
"""What a task has at the least; a row of field codes (XH, JTCS) is none."""
NOTHING = {"", "/", "—", "-", "——", "无", "\\", "／"}


_HEADER_ROWS = 6
"""Rows of a table in which its header ends."""
_LEAST_HEADER = 4
"""TaskColumns that a header names where it stands in the middle of a table."""
_PLACE = re.compile(r"[一-鿿]{1,5}[县区市州旗]")
_IN_WORDS = re.compile(r"[一-鿿]{4}")
MEASURE = re.compile(r"（(?:单位：)?(?P<measure>[%‰]|[一-鿿/]{1,6})）$")
"""A column's unit of measure, at the end of its head: 到位资金（亿元）."""
_ASKED = (
    ("lead", ("牵头", "主办", "主责")),
    ("support", ("配合", "协办", "协同", "协助", "参与")),
    (
        "responsible",
        ("责任单位", "责任部门", "责任科室", "责任股室", "责任处室", "承办", "落实单位", "主管部门", "属地"),
    ),
    ("responsible", ("单位", "部门", "科室")),
    ("time", ("时限", "时间", "日期", "期限", "起止", "年限", "工期")),
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


@dataclass(frozen=True)
class TaskGrid:
    """A table: which paragraph of the clean text stands at (row, column); merged cells at each place they cover."""

    cells: dict[tuple[int, int], Paragraph]
    rows: int
    columns: int


def grids(clean: Clean) -> Iterator[TaskGrid]:
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
        yield TaskGrid(places, max(r for r, _ in places), max(c for _, c in places))


@dataclass(frozen=True)
class TaskColumns:
    """What the header says: its last row, each column's kind, the columns that hold the task (the main one first).

    `measures` are the units of measure that a column's head states, 签约项目（个）; `measure_column` is the one, headed
    单位, that states each row's, or 0.
    """

    header: int
    kinds: dict[int, str]
    texts: list[int]
    measures: dict[int, str]
    measure_column: int


def columns_of(clean: Clean, grid: TaskGrid, lexicon: Lexicon) -> TaskColumns | None:
    """What the columns of a table are; None where it has no header that names units."""
    header, kinds, measure_column = _header(clean, grid, lexicon)
    if not header:
        return None
    texts = _text_columns(clean, grid, kinds, header)
    heads = {c: grid.cells.get((header, c)) for c in texts[1:]}
    found = {c: MEASURE.search(clean.folded, head.start, head.end) for c, head in heads.items() if head}
    return TaskColumns(header, kinds, texts, {c: m["measure"] for c, m in found.items() if m}, measure_column)


def _header(clean: Clean, grid: TaskGrid, lexicon: Lexicon) -> tuple[int, dict[int, str], int]:
    """The last header row, what each column is, and the column of measures; 0 where no header names units."""
    best: tuple[int, dict[int, str]] = (0, {})
    # A worksheet's rows count from its top, where titles stand above the table.
    first = min(row for row, _ in grid.cells)
    for row in range(first, min(grid.rows, first + _HEADER_ROWS - 1) + 1):
        kinds = _kinds(clean, grid, row, lexicon, by_cells=True)
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


def _kinds(clean: Clean, grid: TaskGrid, row: int, lexicon: Lexicon, by_cells: bool) -> dict[int, str]:
    """What the cells of a row say that their columns are. Where no rule knows a head, the cells below may."""
    found: dict[int, str] = {}
    for column in range(1, grid.columns + 1):
        head = grid.cells.get((row, column))
        if head is not None and head.end > head.start:
            rule = lexicon["column"].whole(clean.folded[head.start : head.end])
            kind = rule.value if rule else _kind_by_cells(clean, grid, row, column, lexicon) if by_cells else None
            found.update({column: kind} if kind else {})
    return found


def _kind_by_cells(clean: Clean, grid: TaskGrid, row: int, column: int, lexicon: Lexicon) -> str | None:
    """What a column is whose head no rule knows, 建议责任单位（省级部门）: by words in the head and the cells below."""
    head = clean.folded[grid.cells[row, column].start : grid.cells[row, column].end]
    if len(head) > _LONGEST_HEAD or _SENTENCE.search(head):
        return None
    asked = next((kind for kind, words in _ASKED if any(word in head for word in words)), None)
    below = [grid.cells[r, column] for r in range(row + 1, grid.rows + 1) if (r, column) in grid.cells]
    said = [clean.folded[cell.start : cell.end] for cell in dict.fromkeys(below)]
    said = [words for words in said if words not in NOTHING and words != head]
    if asked is None or not said:
        return None
    fit = _is_a_time if asked == "time" else _are_units
    return asked if sum(fit(words, lexicon) for words in said) >= _MOST_CELLS * len(said) else None


def _is_a_time(said: str, lexicon: Lexicon) -> bool:
    return lexicon["deadline+time_field"].search(said) is not None


def _are_units(said: str, lexicon: Lexicon) -> bool:
    return all(is_name(name, lexicon) for name in re.split("[、，；]", said) if name)


def new_header(clean: Clean, grid: TaskGrid, row: int, lexicon: Lexicon) -> TaskColumns | None:
    """The columns from a row on that begins another table in the same grid, with a header of its own."""
    kinds = _kinds(clean, grid, row, lexicon, by_cells=False)
    if len(kinds) < _LEAST_HEADER or not set(kinds.values()) & {*ROLES} or "text" not in kinds.values():
        return None
    return TaskColumns(row, kinds, _text_columns(clean, grid, kinds, row), {}, 0)


def _asks_for_a_measure(clean: Clean, grid: TaskGrid, header: int, column: int, lexicon: Lexicon) -> bool:
    """Whether a column headed 单位 holds units of measure (万亩, %) and not organisations."""
    head = grid.cells.get((header, column))
    if head is None or clean.folded[head.start : head.end] not in ("单位", "计量单位", "指标单位"):
        return False
    cells = [grid.cells[row, column] for row in range(header + 1, grid.rows + 1) if (row, column) in grid.cells]
    return not any(is_unit(clean.folded[cell.start : cell.end].split("、")[0], lexicon) for cell in cells)


def _is_second_header(grid: TaskGrid, row: int, kinds: dict[int, str]) -> bool:
    """Whether a row goes on with a header of two rows: some of its cells are merged down from the row above."""
    return any(
        grid.cells.get((row, c)) is grid.cells.get((row - 1, c)) is not None for c in range(1, grid.columns + 1)
    ) and bool(kinds)


def _text_columns(clean: Clean, grid: TaskGrid, kinds: dict[int, str], header: int) -> list[int]:
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


def _told_by_cells(clean: Clean, grid: TaskGrid, header: int, main: int, others: Sequence[int]) -> int:
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
    def of(cls, clean: Clean, grid: TaskGrid, header: int, column: int) -> _Size:
        """Measures a column below the header."""
        rows = range(header + 1, grid.rows + 1)
        cells = [grid.cells[row, column] for row in rows if (row, column) in grid.cells]
        own = [cell for cell in dict.fromkeys(cells) if WORD.search(clean.folded, cell.start, cell.end)]
        length = sum(cell.end - cell.start for cell in own) / max(len(own), 1)
        return cls(length, len(own) >= _MOST_ROWS * len(rows), len({*own}) < len(cells))


def _is_aside(clean: Clean, grid: TaskGrid, header: int, column: int) -> bool:
    """Whether a column holds what is said beside a task: remarks, grounds, progress so far."""
    head = grid.cells.get((header, column))
    said = clean.folded[head.start : head.end] if head else ""
    return not said or any(word in said for word in _ASIDES)


def _has_words(clean: Clean, grid: TaskGrid, column: int, header: int) -> bool:
    """Whether most cells of a column say something in words: 招商重点, not 8, ≥10, —."""
    cells = [grid.cells[row, column] for row in range(header + 1, grid.rows + 1) if (row, column) in grid.cells]
    return 2 * sum(_IN_WORDS.search(clean.folded, cell.start, cell.end) is not None for cell in cells) > len(cells)


def is_name(name: str, lexicon: Lexicon) -> bool:
    """Of a unit, or of a place that answers for itself: 市中区, 夹江县."""
    return is_unit(name, lexicon) or _PLACE.fullmatch(name) is not None
