"""Columns that name units which nobody has charged (项目清单、诉求清单): they build a project, or are asked for help.

项目名称 | 建设单位 names the company that builds: a table that names no other unit has no tasks.
建议责任单位（省级部门） names whom a city asks: its rows are read as tasks. A doubt says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.language.clean import Clean, Paragraph
from ingest.language.lexicon import Lexicon
from ingest.plan.grid.heads import CHARGED, HEADER_ROWS, TaskGrid, grids, header_row
from ingest.plan.grid.names import NOTHING

_MOST = 0.5
"""The share of a column's cells that must be companies."""


@dataclass(frozen=True)
class Uncharged:
    """The head of a column whose units nobody has charged, how many rows stand below, and whether they are tasks."""

    head: Paragraph
    rows: int
    are_tasks: bool


def builders(clean: Clean, grid: TaskGrid, header: int, kinds: Mapping[int, str], lexicon: Lexicon) -> frozenset[int]:
    """The columns of a list of projects that name the companies which build them."""
    heads = {c: _said(clean, cell) for c in range(1, grid.columns + 1) if (cell := grid.cells.get((header, c)))}
    if not any(lexicon["head_project"].whole(head) for head in heads.values()):
        return frozenset()
    named = [c for c in _charged(kinds) if lexicon["head_builder"].whole(heads.get(c, ""))]
    return frozenset(c for c in named if _share_of_companies(clean, grid, header, c, lexicon) >= _MOST)


def _charged(kinds: Mapping[int, str]) -> list[int]:
    return [column for column, kind in kinds.items() if kind in CHARGED and kind != "mark"]


def _share_of_companies(clean: Clean, grid: TaskGrid, header: int, column: int, lexicon: Lexicon) -> float:
    said = [words for cell in grid.below(header, column) if (words := _said(clean, cell)) not in NOTHING]
    return sum(lexicon["company"].search(words) is not None for words in said) / max(len(said), 1)


def find_uncharged(clean: Clean, lexicon: Lexicon) -> Iterator[Uncharged]:
    """The tables in which no unit is charged by who issues the plan, though a column names some."""
    for grid in grids(clean):
        first = min(row for row, _ in grid.cells)
        top = {cell for (row, _), cell in grid.cells.items() if row < first + HEADER_ROWS}
        if not any(lexicon[g].whole(_said(clean, cell)) for cell in top for g in ("head_suggested", "head_builder")):
            continue
        header, kinds = header_row(clean, grid, lexicon)
        building, charged = builders(clean, grid, header, kinds, lexicon), _charged(kinds)
        suggested = [c for c in charged if lexicon["head_suggested"].whole(_said(clean, grid.cells[header, c]))]
        if charged and len(charged) == len({*building, *suggested}):
            yield Uncharged(grid.cells[header, charged[0]], grid.rows - header, bool(suggested))


def _said(clean: Clean, cell: Paragraph) -> str:
    return clean.folded[cell.start : cell.end]
