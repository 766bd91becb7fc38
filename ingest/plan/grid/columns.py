"""The columns of a task table (任务分解表的列): what its header says, and which of them holds the tasks.

The task is what differs from row to row, is not merged and is the longest, whatever its head is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import has_chinese, is_chinese
from ingest.plan.grid.heads import CHARGED, TaskGrid, kinds_of, read_header
from ingest.plan.grid.uncharged import builders

_LEAST_HEADER = 4
"""Columns that a header names where it stands in the middle of a table."""
_IN_WORDS = 4
"""Chinese characters in a row that say something in words."""
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
_MORE = ("目标", "指标", "成效", "成果", "效果", "规模", "要求", "措施", "举措", "内容", "任务", "安排", "计划")
_NAMES = ("名称", "领域", "类别", "分类", "类型", "项目", "章节", "单位")
"""Words in the heads of columns that say how much of the task, and of those that name it."""
_LONGEST_HEADING, _TIMES_LONGER = 20, 2.0
"""Characters of a cell that may be the heading of the task beside it, and how much longer that must then be."""
_MOST_ROWS = 0.8
"""The share of rows in which a column of tasks has a cell of its own."""


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
    """What the columns of a table are; None where its header names no units, or but the companies that build."""
    header, kinds, measure_column = read_header(clean, grid, lexicon)
    if not header:
        return None
    built = builders(clean, grid, header, kinds, lexicon)
    kinds = {column: "remark" if column in built else kind for column, kind in kinds.items()}
    if not set(kinds.values()) & CHARGED:
        return None
    texts = _text_columns(clean, grid, kinds, header)
    heads = {c: grid.cells.get((header, c)) for c in texts[1:]}
    found = {c: measure_in(clean.folded[head.start : head.end], lexicon) for c, head in heads.items() if head}
    return TaskColumns(header, kinds, texts, {c: measure for c, measure in found.items() if measure}, measure_column)


def measure_in(head: str, lexicon: Lexicon) -> str:
    """The unit of measure at the end of a head, 亿元 of 到位资金（亿元）; "" where none stands there."""
    found = lexicon["measure_of_column"].search(head)
    return found[1]["measure"] if found else ""


def new_header(clean: Clean, grid: TaskGrid, row: int, lexicon: Lexicon) -> TaskColumns | None:
    """The columns from a row on that begins another table in the same grid, with a header of its own."""
    kinds = kinds_of(clean, grid, row, lexicon, by_cells=False)
    if len(kinds) < _LEAST_HEADER or not set(kinds.values()) & CHARGED or "text" not in kinds.values():
        return None
    return TaskColumns(row, kinds, _text_columns(clean, grid, kinds, row), {}, 0)


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
    return [told, *(c for c in sorted(targets) if c != told)]


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
        own = [cell for cell in dict.fromkeys(cells) if has_chinese(clean.folded, cell.start, cell.end)]
        length = sum(cell.end - cell.start for cell in own) / max(len(own), 1)
        return cls(length, len(own) >= _MOST_ROWS * len(rows), len({*own}) < len(cells))


def says_more(head: str) -> bool:
    """Whether a column beside the task says how much of it and by when, 预期成效, 建设规模: no name, no remark."""
    return any(word in head for word in _MORE) and not any(word in head for word in (*_ASIDES, *_NAMES))


def is_heading(grid: TaskGrid, header: int, column: int) -> bool:
    """Whether some cell of a column is merged over rows: its cells head what stands beside them."""
    return any(cell.cell is not None and cell.cell.rows > 1 for cell in grid.below(header, column))


def _is_aside(clean: Clean, grid: TaskGrid, header: int, column: int) -> bool:
    """Whether a column holds what is said beside a task: remarks, grounds, progress so far."""
    head = grid.cells.get((header, column))
    said = clean.folded[head.start : head.end] if head else ""
    return not said or any(word in said for word in _ASIDES)


def _has_words(clean: Clean, grid: TaskGrid, column: int, header: int) -> bool:
    """Whether most cells of a column say something in words: 招商重点, not 8, ≥10, —."""
    cells = [grid.cells[row, column] for row in range(header + 1, grid.rows + 1) if (row, column) in grid.cells]
    return 2 * sum(_says_words(clean.folded[cell.start : cell.end]) for cell in cells) > len(cells)


def _says_words(text: str) -> bool:
    return any(chinese and len([*run]) >= _IN_WORDS for chinese, run in groupby(text, is_chinese))
