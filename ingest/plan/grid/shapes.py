"""Tables of other shapes as rows under heads (横表、卡片、续表): what they are, laid out as `columns.py` reads it.

- a card: 任务名称 | … over 牵头单位 | …, one small table a task, or card under card in one table
- a table on its side: the heads stand in the first column, each further column is a task
- a table that goes on in the next one, which has no header of its own: cut by a paragraph, on another sheet (续表)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.plan.grid.columns import WORD, TaskColumns, columns_of
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
    for grid in grids(clean):
        table = _read(clean, grid, lexicon)
        if table.columns is None and before is not None and (on := _carried_on(clean, before, grid, lexicon)):
            table = on
        if table.columns is not None:
            before = table
        yield table


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


def _carried_on(clean: Clean, before: TaskTable, grid: TaskGrid, lexicon: Lexicon) -> TaskTable | None:
    """The table under the header of the one before it, where it has as many columns, with cells of their kinds."""
    columns = before.columns
    if columns is None or not _reaches(grid, columns, before.grid.columns):
        return None
    first = min(row for row, _ in grid.cells)
    charged = [column for column, kind in columns.kinds.items() if kind in CHARGED and kind != "mark"]
    who = [cell for column in charged for cell in _saying(clean, grid, first, column)]
    tasks = [cell for cell in _saying(clean, grid, first, columns.texts[0]) if WORD.search(clean.folded, cell.start)]
    fit = sum(are_units(clean, cell, lexicon) for cell in who)
    if not who or not tasks or fit < _MOST_CELLS * len(who):
        return None
    return TaskTable(grid, before.heads, replace(columns, header=first - 1))


def _reaches(grid: TaskGrid, columns: TaskColumns, width: int) -> bool:
    """Whether a table is as wide as the one before it, or but for last columns in which nothing stands (备注)."""
    needed = [columns.texts[0], *(column for column, kind in columns.kinds.items() if kind in CHARGED)]
    return max(min(needed), _LEAST_HEADS, min(width, max(needed))) <= grid.columns <= width


def _saying(clean: Clean, grid: TaskGrid, first: int, column: int) -> list[Paragraph]:
    return [cell for cell in grid.below(first - 1, column) if clean.folded[cell.start : cell.end] not in NOTHING]
