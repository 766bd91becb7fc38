"""Task tables (任务分解表) → tasks: one row is one task, its columns known by their header.

序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限, in many designs: titles above the header, headers of two rows,
cells merged over rows. A table without a column of units has no tasks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from msgspec import structs

from ingest.assignments import Parsed, parse_statement
from ingest.clean import Clean, Paragraph
from ingest.lexicon import Lexicon
from ingest.model import Cell, Role, Task
from ingest.outline import Outline
from ingest.statements import Statement, outer_brackets
from ingest.tasks import Draft, section_at
from ingest.units import prefix_of

_ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "responsible": "responsible"}
_HEADER_ROWS = 6
"""Rows of a table in which its header ends."""
_ALIKE = 0.9
_WORD = re.compile(r"\w.")
"""What a task has at the least."""
_NOTHING = {"", "/", "—", "-", "——", "无", "\\", "／"}


@dataclass(frozen=True)
class _Grid:
    """A table: which paragraph of the clean text stands at (row, column); merged cells at each place they cover."""

    cells: dict[tuple[int, int], Paragraph]
    rows: int
    columns: int


def read_tables(clean: Clean, outline: Outline, lexicon: Lexicon) -> tuple[list[Draft], list[Statement]]:
    """The tasks of all tables, and the statements (cells of units) that assign them."""
    drafts: list[Draft] = []
    statements: list[Statement] = []
    for grid in _grids(clean):
        for draft in _rows(clean, grid, outline, lexicon):
            drafts.append(draft)
            statements.extend(draft.statements)
    return drafts, statements


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


def _header(clean: Clean, grid: _Grid, lexicon: Lexicon) -> tuple[int, dict[int, str]]:
    """The last header row, and what each column is; 0 where the table has no header that names units."""
    best: tuple[int, dict[int, str]] = (0, {})
    # A worksheet's rows count from its top, where titles stand above the table.
    first = min(row for row, _ in grid.cells)
    for row in range(first, min(grid.rows, first + _HEADER_ROWS - 1) + 1):
        kinds: dict[int, str] = {}
        for column in range(1, grid.columns + 1):
            cell = grid.cells.get((row, column))
            rule = lexicon["column"].whole(clean.folded[cell.start : cell.end]) if cell else None
            if rule is not None:
                kinds[column] = rule.value
        if len(kinds) > len(best[1]) or (
            best[1] and row == best[0] + 1 and kinds and _is_second_header(grid, row, kinds)
        ):
            best = (row, {**(best[1] if row == best[0] + 1 else {}), **kinds})
    return best if set(best[1].values()) & {"lead", "support", "responsible"} else (0, {})


def _is_second_header(grid: _Grid, row: int, kinds: dict[int, str]) -> bool:
    """Whether a row goes on with a header of two rows: some of its cells are merged down from the row above."""
    return any(
        grid.cells.get((row, c)) is grid.cells.get((row - 1, c)) is not None for c in range(1, grid.columns + 1)
    ) and bool(kinds)


def _rows(clean: Clean, grid: _Grid, outline: Outline, lexicon: Lexicon) -> Iterator[Draft]:
    header, kinds = _header(clean, grid, lexicon)
    if not header:
        return
    texts = _text_columns(grid, kinds, header)
    for row in range(header + 1, grid.rows + 1):
        cells = {
            column: grid.cells[row, column] for column in range(1, grid.columns + 1) if (row, column) in grid.cells
        }
        draft = _row(clean, cells, kinds, texts, outline, lexicon)
        if draft is not None:
            yield draft


def _text_columns(grid: _Grid, kinds: dict[int, str], header: int) -> list[int]:
    """The columns that hold the task, the main one first: what is named 任务 or 措施, else what no header names."""
    named = [c for c, kind in kinds.items() if kind == "text"]
    targets = [c for c, kind in kinds.items() if kind == "target"]
    unnamed = [c for c in range(1, grid.columns + 1) if c not in kinds]
    groups = [c for c, kind in kinds.items() if kind == "group"]
    # Of 重点任务 | 具体措施 the later is the one that changes from row to row; of 指标 | 目标值 the earlier names it.
    main = max(named) if named else min(targets or unnamed or groups, default=0)
    return [main, *(c for c in sorted(targets) if c != main)]


def _row(
    clean: Clean,
    cells: dict[int, Paragraph],
    kinds: dict[int, str],
    texts: list[int],
    outline: Outline,
    lexicon: Lexicon,
) -> Draft | None:
    main = cells.get(texts[0])
    if main is None or not _WORD.search(clean.folded, main.start, main.end):
        return None
    if len({(paragraph.start, paragraph.end) for paragraph in cells.values()}) < 2:
        return None
    statements: list[Statement] = []
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
    facts = tuple((cells[c].start, cells[c].end) for c in texts[1:] if c in cells and cells[c] is not main)
    return Draft(
        section_at(outline, main.start),
        main.start,
        main.end,
        tuple(statements),
        (),
        facts,
        clean.said(number.start, number.end) if number else "",
    )


def _statement(clean: Clean, cell: Paragraph, kind: str, lexicon: Lexicon) -> Statement | None:
    if kind == "time":
        return Statement(cell.start, cell.end, Parsed(times=[(cell.start, cell.end)], labelled=True))
    if kind == "person":
        people = [(cell.start, cell.end, "责任领导")]
        return Statement(cell.start, cell.end, Parsed(people=people, labelled=True))
    start, end = cell.start, cell.end
    if outer_brackets(clean.folded[start:end], 0) == [(0, end - start)]:
        start, end = start + 1, end - 1
    parsed = parse_statement(clean.folded, start, end, lexicon, _ROLES[kind])
    return Statement(cell.start, cell.end, parsed) if parsed is not None else None


def link_rows(tasks: tuple[Task, ...], body: int) -> tuple[Task, ...]:
    """Links each row to the body task that it repeats: text alike to 0.9 and the same first unit, or the same text
    with another first unit, which is a doubt (`body-and-table`).

    The first `body` tasks are the running text's, the others rows. Only what shares unit or text is compared.
    """
    by_unit: dict[str, list[Task]] = defaultdict(list)
    by_text: dict[str, list[Task]] = defaultdict(list)
    for task in tasks[:body]:
        by_unit[_first_unit(task)].append(task)
        by_text[_letters(task.text)].append(task)
    rows = (
        structs.replace(row, same_as=_repeated(row, [*by_text[_letters(row.text)], *by_unit[_first_unit(row)]]))
        for row in tasks[body:]
    )
    return (*tasks[:body], *rows)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _first_unit(task: Task) -> str:
    mention = task.assignments[0].mention.text if task.assignments else ""
    return mention[len(prefix_of(mention)) :]


def _repeated(row: Task, candidates: list[Task]) -> str | None:
    for task in candidates:
        shorter, longer = sorted((len(row.text), len(task.text)))
        if shorter * 10 >= longer * 8 and SequenceMatcher(None, row.text, task.text, autojunk=False).ratio() >= _ALIKE:
            return task.id
    return None
