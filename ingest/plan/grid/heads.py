"""What the columns of a task table are (表头): by the words of their heads, and by what the cells below hold.

Heads are an open class (责任单位, 建议责任单位（省级部门）, 包保单位, 牵头部门/责任人): what no rule knows is told by
the words in it that ask for something, where the cells below are such things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.base import Cell
from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.units import is_unit
from ingest.plan.grid.names import NOTHING, are_marks, are_persons, are_units, is_time

HEADER_ROWS = 6
"""Rows of a table in which its header ends."""
CHARGED = frozenset(("lead", "support", "responsible", "mark"))
"""Kinds of columns that say who."""
_LONGEST_HEAD = 20
_SENTENCE = re.compile(r"[，。；！？]")
_MOST_CELLS = 0.6
"""The share of a column's cells that must be what its head asks for."""
_LEAST_STAGES = 2
"""Columns of stages (一季度, 二季度) that a table has; one alone heads a target."""
_SERIALS = 2
"""Numbers that count on under no head."""
_ASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lead", ("牵头", "主办", "主责", "第一责任", "主要责任", "首要责任", "抓总", "统筹")),
    ("support", ("配合", "协办", "协同", "协助", "参与", "参加", "支持", "会办", "联办", "协作")),
    ("responsible", ("责任", "承办", "落实", "主管", "属地", "负责", "承担", "实施主体", "分工")),
    ("responsible", ("单位", "部门", "科室", "处室", "股室", "司局")),
    ("responsible", ("包保", "包联", "包抓", "镇街", "乡镇", "街道", "县区")),
    (
        "person",
        (
            "领导",
            "责任人",
            "负责人",
            "牵头人",
            "联系人",
            "经办人",
            "督办人",
            "人员",
            "包联",
            "包保",
            "姓名",
            "长",
            "书记",
            "主任",
            "成员",
            "人",
        ),
    ),
    ("time", ("时限", "时间", "日期", "期限", "年限", "截止", "节点", "工期", "周期", "竣工", "建成", "何时")),
)
"""What words in a column's head ask for, where the cells below agree; the earlier first."""
_ASKS_OTHERWISE = (
    "发文",
    "印发",
    "来文",
    "来源",
    "报送",
    "填报",
    "启动",
    "开始",
    "起始",
    "开工",
    "立项",
    "发布",
    "监督电话",
)
"""Words of heads whose units are in charge of nothing, and whose times end nothing: 来文单位, 启动时间."""


@dataclass(frozen=True)
class TaskGrid:
    """A table: which paragraph of the clean text stands at (row, column); merged cells at each place they cover."""

    cells: dict[tuple[int, int], Paragraph]
    rows: int
    columns: int

    def below(self, header: int, column: int) -> list[Paragraph]:
        """The cells of a column under its head, a merged one once."""
        rows = range(header + 1, self.rows + 1)
        return [*dict.fromkeys(self.cells[row, column] for row in rows if (row, column) in self.cells)]


def grids(clean: Clean) -> Iterator[TaskGrid]:
    """The tables of a text as they stand there."""
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


def read_header(clean: Clean, grid: TaskGrid, lexicon: Lexicon) -> tuple[int, dict[int, str], int]:
    """The last header row, what each column is, and the column of measures; 0 where no header names units."""
    best: tuple[int, dict[int, str]] = (0, {})
    # A worksheet's rows count from its top, where titles stand above the table.
    first = min(row for row, _ in grid.cells)
    for row in range(first, min(grid.rows, first + HEADER_ROWS - 1) + 1):
        kinds = kinds_of(clean, grid, row, lexicon, by_cells=True)
        if len(kinds) > len(best[1]) or (
            best[1] and row == best[0] + 1 and kinds and _is_second_header(grid, row, kinds)
        ):
            best = (row, {**(best[1] if row == best[0] + 1 else {}), **kinds})
    row, kinds = best
    measures = [c for c in range(1, grid.columns + 1) if _asks_for_a_measure(clean, grid, row, c, lexicon)]
    kinds = {c: kind for c, kind in kinds.items() if c not in {*measures}}
    if not set(kinds.values()) & CHARGED:
        return 0, {}, 0
    return row, {**_serials(clean, grid, row), **kinds}, measures[0] if measures else 0


def kinds_of(clean: Clean, grid: TaskGrid, row: int, lexicon: Lexicon, by_cells: bool) -> dict[int, str]:
    """What the cells of a row say that their columns are. Where no rule knows a head, the cells below may."""
    found: dict[int, str] = {}
    stages: list[int] = []
    for column in range(1, grid.columns + 1):
        head = grid.cells.get((row, column))
        if head is not None and head.end > head.start:
            said = clean.folded[head.start : head.end]
            rule = lexicon["column"].whole(said)
            kind = rule.value if rule else _kind_by_cells(clean, grid, row, column, lexicon) if by_cells else None
            found.update({column: kind} if kind else {})
            stages += [column] if lexicon["stage_column"].whole(said) else []
    return {**found, **(dict.fromkeys(stages, "stage") if len(stages) >= _LEAST_STAGES else {})}


def _kind_by_cells(clean: Clean, grid: TaskGrid, row: int, column: int, lexicon: Lexicon) -> str | None:
    """What a column is whose head no rule knows, 建议责任单位（省级部门）: by words in the head and the cells below."""
    head = clean.folded[grid.cells[row, column].start : grid.cells[row, column].end]
    below = [cell for cell in grid.below(row, column) if cell is not grid.cells[row, column]]
    said = [(clean.folded[cell.start : cell.end], cell) for cell in below]
    said = [(words, cell) for words, cell in said if words not in NOTHING and words != head]
    said = [(words, cell) for words, cell in said if not lexicon["ditto"].whole(words)]
    if len(head) > _LONGEST_HEAD or _SENTENCE.search(head) or not said:
        return None
    if is_unit(head, lexicon) and are_marks([words for words, _ in said], lexicon):
        return "mark"
    if any(word in head for word in _ASKS_OTHERWISE):
        return None
    asked = dict.fromkeys(kind for kind, words in _ASKED if any(word in head for word in words))
    return next((kind for kind in asked if _holds(clean, [cell for _, cell in said], kind, lexicon)), None)


_Fit = Callable[[Clean, Paragraph, Lexicon], bool]
_FITS: dict[str, _Fit] = {"time": is_time, "person": are_persons}


def _holds(clean: Clean, cells: list[Paragraph], kind: str, lexicon: Lexicon) -> bool:
    """Whether most cells are what a kind of column holds."""
    fits = _FITS.get(kind, are_units)
    return sum(fits(clean, cell, lexicon) for cell in cells) >= _MOST_CELLS * len(cells)


def _serials(clean: Clean, grid: TaskGrid, header: int) -> dict[int, str]:
    """The column of numbers that count on under no head: `工作任务 | | 具体要求` over `… | 1 | …`."""
    for column in range(1, grid.columns + 1):
        if (header, column) in grid.cells:
            continue
        said = [clean.folded[cell.start : cell.end].rstrip(".、") for cell in grid.below(header, column)]
        if len(said) >= _SERIALS and {*said} == {str(nth) for nth in range(1, len(said) + 1)}:
            return {column: "number"}
    return {}


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
