"""Tables of other shapes as rows under heads (横表、卡片、续表): what they are, laid out as `columns.py` reads it.

- a card: 任务名称 | … over 牵头单位 | …, one small table a task, or card under card in one table
- a table on its side: the heads stand in the first column, each further column is a task
- tables side by side in one, each under the same heads: 序号 | 任务 | 单位 | 序号 | 任务 | 单位
- a table that goes on in the next one, which has no header of its own: cut by a paragraph, on another sheet (续表)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.language.likeness import has_chinese
from ingest.plan.grid.columns import TaskColumns, columns_of
from ingest.plan.grid.heads import CHARGED, HEADER_ROWS, TaskGrid, grids, kinds_of
from ingest.plan.grid.names import NOTHING, are_units

_LEAST_HEADS = 3
"""Heads that a card or a table on its side names."""
_MOST_HEADS = 60
"""Rows of a table on its side: its heads."""
_LONGEST_LABEL = 12
"""Characters of a card's label that no rule knows: 项目地点, 建设规模."""
_KNOWN_LABELS = 0.5
"""The share of a card's labels that rules know."""
_LONGEST_HEAD = 6
"""Characters of a head that no rule knows: 园区, 区县."""
_ANNEX = ("附件", "附表", "附录")
_MOST_CELLS = 0.6
"""The share of cells in a column of units that must be units, where a table goes on under the header before it."""


@dataclass(frozen=True)
class TaskTable:
    """A table of rows under heads: `heads` of columns, from the table before where it goes on. `columns` is None where
    nothing says who."""

    grid: TaskGrid
    heads: dict[int, Paragraph]
    columns: TaskColumns | None


def task_tables(clean: Clean, lexicon: Lexicon) -> Iterator[TaskTable]:
    """The tables of a text, whatever their shape."""
    before: TaskTable | None = None
    beside: list[TaskTable] = []
    for whole in grids(clean):
        parts = _side_by_side(clean, whole, lexicon)
        if len(parts) == 1 and len(beside) > 1 and (on := _carried_on_beside(clean, beside, whole, lexicon)):
            beside = [new if new.columns else old for new, old in zip(on, beside, strict=True)]
            yield from on
            continue
        tables: list[TaskTable] = []
        for grid in parts:
            table = _read(clean, grid, lexicon)
            if table.columns is None and before is not None and (carried := _carried_on(clean, before, grid, lexicon)):
                table = carried
            if table.columns is not None:
                before = table
            tables.append(table)
        beside = tables if any(table.columns for table in tables) else beside
        yield from tables


def _side_by_side(clean: Clean, grid: TaskGrid, lexicon: Lexicon) -> list[TaskGrid]:
    """The tables of which one consists, left to right, where its heads come again; else the table itself."""
    first = min(row for row, _ in grid.cells)
    for row in range(first, min(grid.rows, first + HEADER_ROWS - 1) + 1):
        heads = {
            c: cell for c in range(1, grid.columns + 1) if (cell := grid.cells.get((row, c))) and cell.end > cell.start
        }
        starts = _beginnings([clean.folded[head.start : head.end] for head in heads.values()])
        if len(starts) > 1 and len({*heads.values()}) == len(heads):
            columns = [[*heads][start] for start in starts]
            parts = [_columns(grid, *pair) for pair in pairwise([*columns, grid.columns + 1])]
            kinds = kinds_of(clean, parts[0], row, lexicon, by_cells=True)
            if {*kinds.values()} & CHARGED and _has_text(kinds):
                return parts
    return [grid]


def _beginnings(heads: list[str]) -> list[int]:
    """Where the same heads begin again and again: 0 and 3 of 序号, 任务, 单位, 序号, 任务, 单位."""
    for length in range(2, len(heads) // 2 + 1) if len(heads) <= _MOST_HEADS else ():
        if len(heads) % length == 0 and heads == heads[:length] * (len(heads) // length):
            return [*range(0, len(heads), length)] if len({*heads[:length]}) == length else []
    return []


def _columns(grid: TaskGrid, low: int, high: int) -> TaskGrid:
    """The columns `[low, high)` of a table as a table."""
    cells = {(row, column - low + 1): cell for (row, column), cell in grid.cells.items() if low <= column < high}
    return TaskGrid(cells, grid.rows, high - low)


def _read(clean: Clean, grid: TaskGrid, lexicon: Lexicon) -> TaskTable:
    """A table as it stands, or turned so that its heads stand above its tasks."""
    known = _most_heads(clean, grid, lexicon)
    for turned in (_cards(clean, grid, lexicon), _on_its_side(grid)):
        if turned is None:
            continue
        kinds = kinds_of(clean, turned, 1, lexicon, by_cells=False)
        if len(kinds) >= _LEAST_HEADS and len(kinds) > known and {*kinds.values()} & CHARGED and _has_text(kinds):
            table = _headed(turned, columns_of(clean, turned, lexicon))
            if table.columns is not None and table.columns.header == 1:
                return table
    return _headed(grid, columns_of(clean, grid, lexicon))


def _headed(grid: TaskGrid, columns: TaskColumns | None) -> TaskTable:
    row = columns.header if columns else 0
    heads = {column: head for column in range(1, grid.columns + 1) if (head := grid.cells.get((row, column)))}
    return TaskTable(grid, heads, columns)


def _has_text(kinds: dict[int, str]) -> bool:
    return not {"text", "target", "group"}.isdisjoint(kinds.values())


def _most_heads(clean: Clean, grid: TaskGrid, lexicon: Lexicon) -> int:
    """How many heads that rules know stand in one row at the top."""
    first = min(row for row, _ in grid.cells)
    rows = range(first, min(grid.rows, first + HEADER_ROWS - 1) + 1)
    return max(len({grid.cells[row, c] for c in kinds_of(clean, grid, row, lexicon, by_cells=False)}) for row in rows)


def _on_its_side(grid: TaskGrid) -> TaskGrid | None:
    """The table with rows for columns, from the first row and column that say something."""
    top, left = min(row for row, _ in grid.cells), min(column for _, column in grid.cells)
    if grid.rows - top >= _MOST_HEADS:
        return None
    cells = {(column - left + 1, row - top + 1): cell for (row, column), cell in grid.cells.items()}
    height, width = grid.columns - left + 1, grid.rows - top + 1
    return TaskGrid(cells, height, width) if height > 1 else None


def _cards(clean: Clean, grid: TaskGrid, lexicon: Lexicon) -> TaskGrid | None:
    """Label and value in turn, 任务名称 | … | 牵头单位 | …, as one row a card under the labels of all; None where the
    table is not so. A label that comes again begins another card."""
    cards: list[dict[str, Paragraph]] = [{}]
    heads: dict[str, Paragraph] = {}
    known: dict[int, list[bool]] = {}
    for row in range(1, grid.rows + 1):
        pairs = _labels_and_values(clean, grid, row, lexicon)
        if pairs is None:
            return None
        for nth, (label, value, is_known) in enumerate(pairs):
            said = clean.folded[label.start : label.end]
            if said in cards[-1]:
                cards.append({})
            heads.setdefault(said, label)
            known.setdefault(nth, []).append(is_known)
            cards[-1][said] = value
    # Each column of labels must be one: in a table on its side the second task stands where a label would.
    if len(heads) < _LEAST_HEADS or any(sum(each) < _KNOWN_LABELS * len(each) for each in known.values()):
        return None
    places = {said: column for column, said in enumerate(heads, 1)}
    cells = {(1, places[said]): head for said, head in heads.items()}
    cells |= {(nth, places[said]): value for nth, card in enumerate(cards, 2) for said, value in card.items()}
    return TaskGrid(cells, len(cards) + 1, len(heads))


def _labels_and_values(
    clean: Clean, grid: TaskGrid, row: int, lexicon: Lexicon
) -> list[tuple[Paragraph, Paragraph, bool]] | None:
    """The labels of a row with their values, and whether a rule knows the label; None where it has other cells."""
    cells = [cell for column in range(1, grid.columns + 1) if (cell := grid.cells.get((row, column)))]
    cells = [cell for cell in dict.fromkeys(cells) if cell.end > cell.start]
    if len(cells) == 1 and row == 1:
        return []  # The title of the card.
    pairs: list[tuple[Paragraph, Paragraph, bool]] = []
    label: Paragraph | None = None
    is_known = False
    for cell in cells:
        known = lexicon["column"].whole(clean.folded[cell.start : cell.end]) is not None
        if label is None or known:
            label, is_known = cell, known
            if not known and cell.end - cell.start > _LONGEST_LABEL:
                return None
        else:
            pairs.append((label, cell, is_known))
            label = None
    return pairs if label is None or is_known else None


def _carried_on(
    clean: Clean, before: TaskTable, grid: TaskGrid, lexicon: Lexicon, least: int = _LEAST_HEADS
) -> TaskTable | None:
    """The table under the header of the one before it, where it has as many columns, `least` or more, with cells of
    their kinds."""
    columns = before.columns
    if columns is None or not _reaches(grid, columns, before.grid.columns, least):
        return None
    first = min(row for row, _ in grid.cells)
    if _has_a_head(clean, grid, first, columns, lexicon) or _is_another(clean, before, grid, first):
        return None
    charged = [column for column, kind in columns.kinds.items() if kind in CHARGED and kind != "mark"]
    who = [cell for column in charged for cell in _saying(clean, grid, first, column)]
    tasks = [
        cell
        for cell in _saying(clean, grid, first, columns.texts[0])
        if has_chinese(clean.folded, cell.start, len(clean.folded))
    ]
    fit = sum(are_units(clean, cell, lexicon) for cell in who)
    if not who or not tasks or fit < _MOST_CELLS * len(who):
        return None
    return TaskTable(grid, before.heads, replace(columns, header=first - 1))


def _carried_on_beside(clean: Clean, beside: Sequence[TaskTable], whole: TaskGrid, lexicon: Lexicon) -> list[TaskTable]:
    """The tables of one under the headers of those that stood side by side before it; what the last rows leave empty
    is a table that says nothing. None of them where the first does not go on."""
    widths = [table.grid.columns for table in beside]
    if whole.columns != sum(widths):
        return []
    parts = [_columns(whole, *pair) for pair in pairwise(accumulate(widths, initial=1))]
    found = [
        (part.cells and _carried_on(clean, table, part, lexicon, least=2)) or replace(table, grid=part, columns=None)
        for table, part in zip(beside, parts, strict=True)
    ]
    return found if found[0].columns is not None else []


def _has_a_head(clean: Clean, grid: TaskGrid, first: int, columns: TaskColumns, lexicon: Lexicon) -> bool:
    """Whether the first row is a head, of words that no rule knows or not: 序号 | 园区 | 区县."""
    cells = [grid.cells[first, c] for c in range(1, grid.columns + 1) if (first, c) in grid.cells]
    said = [clean.folded[cell.start : cell.end] for cell in dict.fromkeys(cells) if cell.end > cell.start]
    kinds = [rule.value for each in said if (rule := lexicon["column"].whole(each))]
    if "number" in kinds or len(kinds) >= _LEAST_HEADS:
        return True
    charged = [
        c for c, kind in columns.kinds.items() if kind in CHARGED and kind != "mark" and (first, c) in grid.cells
    ]
    return (
        len(said) >= _LEAST_HEADS
        and all(each.isalpha() and len(each) <= _LONGEST_HEAD for each in said)
        and not any(are_units(clean, grid.cells[first, c], lexicon) for c in charged)
    )


def _is_another(clean: Clean, before: TaskTable, grid: TaskGrid, first: int) -> bool:
    """Whether an annex begins between two tables, and the numbers of the rows do not count on."""
    low, high = max(cell.end for cell in before.grid.cells.values()), min(cell.start for cell in grid.cells.values())
    lines = clean.folded[low:high].split("\n")
    if not any(line.startswith(_ANNEX) and "续" not in line for line in lines):
        return False
    numbers = [column for column, kind in (before.columns.kinds if before.columns else {}).items() if kind == "number"]
    last, next_one = (
        [_numeral(clean, cell) for column in numbers if (cell := cells.get((row, column)))]
        for cells, row in ((before.grid.cells, before.grid.rows), (grid.cells, first))
    )
    return not (last and next_one and last[0] is not None and next_one[0] == last[0] + 1)


def _numeral(clean: Clean, cell: Paragraph) -> int | None:
    said = clean.folded[cell.start : cell.end].rstrip(".、．")
    return int(said) if said.isdecimal() and len(said) < _LEAST_HEADS * 2 else None


def _reaches(grid: TaskGrid, columns: TaskColumns, width: int, least: int) -> bool:
    """Whether a table is as wide as the one before it, or but for last columns in which nothing stands (备注)."""
    needed = [columns.texts[0], *(column for column, kind in columns.kinds.items() if kind in CHARGED)]
    return max(min(needed), least, min(width, max(needed))) <= grid.columns <= width


def _saying(clean: Clean, grid: TaskGrid, first: int, column: int) -> list[Paragraph]:
    return [cell for cell in grid.below(first - 1, column) if clean.folded[cell.start : cell.end] not in NOTHING]
