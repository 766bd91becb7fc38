"""Ruling lines and characters of a page → its tables, cell by cell (表格).

Pure functions. Lines that touch form a grid; two neighbouring fields of the grid are one cell where no line parts
them, so merged cells need no guessing. What looks like a grid and is none (a flow chart, a frame) stays text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.model import Record
from ingest.page.ink import Box, Char
from ingest.page.lines import Line, lines_of

# Lines nearer than this many points are one line, and ends nearer than this touch.
_NEAR = 3.0

# A side of a field is ruled where lines cover this share of it.
_COVERED = 0.6

# More crossings than this are a drawing.
_MAX_CROSSINGS = 100_000

# So are more grids on one page.
_MAX_GRIDS = 40


class GridCell(Record, frozen=True):
    """A cell of a table on one page: rows and columns count from 0, `lines` are its text."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its characters, without blanks or breaks: what two cells are compared by."""
        return "".join("".join(line.text.split()) for line in self.lines)


Strips = tuple[tuple[float, float], ...]
"""Where empty strips between columns begin and end, in points, from left to right."""


class Grid(Record, frozen=True):
    """A table on one page: where its columns and rows begin and end, in points, and its cells, row by row.

    `strips` are those between the words of its header where its columns are not ruled.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    strips: Strips = ()

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def tables_of(rules: Sequence[Box], chars: Sequence[Char]) -> tuple[list[Grid], list[Char]]:
    """The page's tables from top to bottom, and the characters that stand in none of them."""
    level = _joined([Box(r.x0, m, r.x1, m) for r in rules if r.width >= r.height for m in [(r.top + r.bottom) / 2]])
    upright = _joined([Box(r.top, m, r.bottom, m) for r in rules if r.height > r.width for m in [(r.x0 + r.x1) / 2]])
    if len(level) < 2 or not upright or len(level) * len(upright) > _MAX_CROSSINGS:
        return [], list(chars)
    tables: list[Grid] = []
    rest = list(chars)
    for rows, columns in _touching(level, upright)[:_MAX_GRIDS]:
        outline = _outline(rows, columns)
        if outline is None:
            continue
        inside = [char for char in rest if outline.box.holds(*char.middle)]
        grid = _filled(outline, inside)
        if grid is not None:
            tables.append(grid)
            rest = [char for char in rest if not outline.box.holds(*char.middle)]
    return sorted(tables, key=lambda grid: grid.ys[0]), rest


def _joined(lines: list[Box]) -> list[Box]:
    """Level lines at one height that touch or overlap, as one line each. (Upright ones come with x and y exchanged.)"""
    joined: list[Box] = []
    lines.sort(key=lambda line: (round(line.top / _NEAR), line.x0))
    for line in lines:
        last = joined[-1] if joined else None
        if last and abs(last.top - line.top) < _NEAR and line.x0 <= last.x1 + _NEAR and line.x1 >= last.x0 - _NEAR:
            joined[-1] = Box(min(last.x0, line.x0), last.top, max(last.x1, line.x1), last.top)
        else:
            joined.append(line)
    return [line for line in joined if line.width > _NEAR]


def _touching(level: list[Box], upright: list[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Groups of level and upright lines that hang together."""
    group = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, row in enumerate(level):
        for j, column in enumerate(upright):
            x, y = column.top, row.top
            if row.x0 - _NEAR <= x <= row.x1 + _NEAR and column.x0 - _NEAR <= y <= column.x1 + _NEAR:
                group[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Box], list[Box]]] = {}
    for i, row in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(column)
    return [found for found in groups.values() if found[0] and found[1]]


class _Outline(Record, frozen=True):
    """A grid without text: its lines, and for each field which sides below and to the right of it are ruled."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    below: tuple[tuple[bool, ...], ...]
    right: tuple[tuple[bool, ...], ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0] - 1, self.ys[0] - 1, self.xs[-1] + 1, self.ys[-1] + 1)


def _outline(level: list[Box], upright: list[Box]) -> _Outline | None:
    """The grid that the lines form, open sides closed; None where it has neither two columns nor two rows."""
    xs = _places([line.top for line in upright], [end for line in level for end in (line.x0, line.x1)])
    ys = _places([line.top for line in level], [end for line in upright for end in (line.x0, line.x1)])
    if len(xs) < 3 or len(ys) < 2:
        return None
    below = tuple(_ruled(level, y, xs) for y in ys[1:])
    right = zip(*(_ruled(upright, x, ys) for x in xs[1:]), strict=True)
    return _Outline(xs, ys, below, tuple(right))


def _places(lines: Iterable[float], ends: Iterable[float]) -> tuple[float, ...]:
    """Where lines stand, near ones as one, with the outermost ends of the lines across them."""
    ordered = sorted([*lines, min(ends := list(ends)), max(ends)])
    places = [ordered[0]]
    for place in ordered[1:]:
        if place - places[-1] > _NEAR:
            places.append(place)
    return tuple(places)


def _ruled(lines: list[Box], at: float, places: Sequence[float]) -> tuple[bool, ...]:
    """Which of the fields between `places` have a line along their side at `at`."""
    near = [line for line in lines if abs(line.top - at) <= _NEAR]
    return tuple(
        sum(max(0.0, min(end, line.x1) - max(start, line.x0)) for line in near) >= _COVERED * (end - start)
        for start, end in pairwise(places)
    )


def _filled(outline: _Outline, chars: list[Char]) -> Grid | None:
    """The grid with its text; None where it is no table: empty, one field, or mostly fields that are no rectangles."""
    owners = _owners(outline)
    cells = sorted(set(owners.values()))
    if not chars or len(cells) < 2 or max(columns for _, _, _, columns in cells) > 60:
        return None
    inside: dict[tuple[int, int, int, int], list[Char]] = {cell: [] for cell in cells}
    for char in chars:
        x, y = char.middle
        row = min(max(bisect_right(outline.ys, y) - 1, 0), len(outline.ys) - 2)
        column = min(max(bisect_right(outline.xs, x) - 1, 0), len(outline.xs) - 2)
        inside[owners[row, column]].append(char)
    if sum(1 for found in inside.values() if found) < 2:
        return None
    found = tuple(GridCell(*cell, tuple(lines_of(inside[cell]))) for cell in cells)
    return Grid(outline.xs, outline.ys, found)


def _owners(outline: _Outline) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """For each field (row, column) the cell (row, column, rows, columns) that it belongs to; empty for a drawing."""
    rows, columns = len(outline.ys) - 1, len(outline.xs) - 1
    seen: set[tuple[int, int]] = set()
    owners: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    odd = 0.0
    for row in range(rows):
        for column in range(columns):
            if (row, column) in seen:
                continue
            fields = _open_to(outline, row, column)
            seen |= fields
            top, bottom = min(r for r, _ in fields), max(r for r, _ in fields)
            first, last = min(c for _, c in fields), max(c for _, c in fields)
            if len(fields) == (bottom - top + 1) * (last - first + 1):
                cell = (top, first, bottom - top + 1, last - first + 1)
                owners.update((field, cell) for field in fields)
            else:
                odd += _area(outline, fields)
                owners.update((field, (*field, 1, 1)) for field in fields)
    whole = (outline.xs[-1] - outline.xs[0]) * (outline.ys[-1] - outline.ys[0])
    return owners if odd < 0.3 * whole else {}


def _open_to(outline: _Outline, row: int, column: int) -> set[tuple[int, int]]:
    """The fields that can be reached from one field without crossing a line."""
    reached, edge = {(row, column)}, [(row, column)]
    while edge:
        r, c = edge.pop()
        steps = []
        if r + 1 < len(outline.ys) - 1 and not outline.below[r][c]:
            steps.append((r + 1, c))
        if r and not outline.below[r - 1][c]:
            steps.append((r - 1, c))
        if c + 1 < len(outline.xs) - 1 and not outline.right[r][c]:
            steps.append((r, c + 1))
        if c and not outline.right[r][c - 1]:
            steps.append((r, c - 1))
        for step in steps:
            if step not in reached:
                reached.add(step)
                edge.append(step)
    return reached


def _area(outline: _Outline, fields: set[tuple[int, int]]) -> float:
    xs, ys = outline.xs, outline.ys
    return sum((xs[c + 1] - xs[c]) * (ys[r + 1] - ys[r]) for r, c in fields)
