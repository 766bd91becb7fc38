"""Rows of characters → tables without ruling lines, or with level ones alone (无框线表格、三线表).

Pure functions. A table begins at a header (`pdf_table_heads`); its columns are parted by strips between the header's
words that stay empty in every row below, and it ends where a row stands on such a strip, as any line of prose does.
Where its rows begin, `pdf_unruled_rows` finds; what shows none, or hardly fills its columns, is left as text.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ingest.model import Record
from ingest.page.ink import Box, Char
from ingest.page.lines import CharRow, lines_of
from ingest.page.ruled import Grid, GridCell, Strips
from ingest.page.unruled.heads import TableHead, head_at
from ingest.page.unruled.rows import Body, table_rows

# The narrowest strip between two columns, one that is clear even in a table of a single row, and the widest distance
# of baselines in a table, in characters.
_STRIP = 0.2
_CLEAR = 0.35
_FAR = 3.2

# The share of its width in which a comma or full stop has its ink.
_HANGING = 0.45

# Page numbers stand in the lowest share of a page. At its head this many rows may stand above a table that goes on.
_FOOT = 0.1
_RUNNING_HEADS = 2

# A gap inside a line that is read through, in characters.
_UNBROKEN = 0.7

_BEFORE_PAGE, _IN_PAGE = "—-－–·第", frozenset("—-－–·页/共")
"""Signs in front of the number of a page, and behind it: —12—, 第3页/共9页."""


def with_tables(
    rows: Sequence[CharRow], rules: Sequence[Box], height: float, above: Strips = ()
) -> list[Grid | list[CharRow]]:
    """The rows of a page `height` points high in their order, those of each table without ruling lines as a grid.

    `above` are the strips of a table that the page before ends with: one without a header goes on below it.
    """
    blocks: list[Grid | list[CharRow]] = []
    loose: list[CharRow] = []
    index = 0
    while index < len(rows):
        head = head_at(rows, index, len(loose))
        found = None
        begins = not blocks and index <= _RUNNING_HEADS
        if head is not None:
            again = begins and len(above) == len(head.gaps)
            body = _body(rows[head.end :], head.gaps, height)
            found = _table(_Top(rows[head.first : head.end], head, head.gaps), body, rules, 1 if again else 3)
        elif above and begins:
            found = _table(_Top((), None, above), _body(rows[index:], above, height), rules, 3)
        if found is None:
            loose.append(rows[index])
            index += 1
            continue
        grid, count = found
        if head is not None:
            del loose[len(loose) - (index - head.first) :]
            index = head.end
        blocks += [loose, grid] if loose else [grid]
        loose = []
        index += count
    return [*blocks, loose] if loose else blocks


class _Top(Record, frozen=True):
    """What stands above a table's body: its header and the header's rows of characters, or None and none where the
    table goes on from the page before; `strips` are left empty between its columns."""

    rows: Sequence[CharRow]
    head: TableHead | None
    strips: Strips


def _table(above: _Top, body: Body | None, rules: Sequence[Box], filled: int) -> tuple[Grid, int] | None:
    """The table with its header's rows, and how many rows its body has; half of them fill `filled` columns or all."""
    if body is None:
        return None
    top = above.rows
    left = min(row[0].x0 for row in [*top, *body.rows]) - 1
    right = max(char.x1 for row in [*top, *body.rows] for char in row) + 1
    parts = table_rows(body, _levels(rules, left, right))
    over = [part for part in parts if body.over.intersection(part)]
    wide = [part for part in parts if len({c for i in part for c in body.columns(i)}) >= min(filled, body.width)]
    if not wide or 2 * len(wide) < len(parts) - len(over):
        return None
    cells = _head_cells(top, above.head, body) if above.head else []
    first = 1 + max((cell.row + cell.rows - 1 for cell in cells), default=-1)
    for place, part in enumerate(parts, first):
        cells += _row_cells([body.rows[index] for index in part], place, body, part in over)
    ys = _heights(top, first, [[body.rows[index] for index in part] for part in parts])
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid((left, *body.borders, right), ys, tuple(cells), above.strips), sum(map(len, parts))


def _body(below: Sequence[CharRow], strips: Strips, height: float) -> Body | None:
    """The rows that leave a strip empty between all columns, and lines over all columns between such rows."""
    free: list[Strips] = [(strip,) for strip in strips]
    rows: list[CharRow] = []
    over: set[int] = set()
    for index, row in enumerate(below):
        if _ends(rows[-1:], row, height):
            break
        rest = _left_free(free, row)
        if rest is not None:
            free = rest
        elif index - 1 not in over and _is_line(row) and _goes_on(row, below[index + 1 : index + 2], free, height):
            over.add(index)
        else:
            break
        rows.append(row)
    if len(rows) == len(over):
        return None
    return Body(tuple(rows), frozenset(over), _chosen(free, rows[0][0].em))


def _left_free(free: Sequence[Strips], row: CharRow) -> list[Strips] | None:
    """What a row leaves of each strip; None where it closes one.

    One strip may bear a comma or full stop that hangs out of its cell (标点溢出边界), whose ink is its left half.
    """
    least = _STRIP * row[0].em
    rest = [_emptied(spaces, row) for spaces in free]
    closed = [place for place, spaces in enumerate(rest) if not _is_open(spaces, least)]
    if len(closed) == 1:
        spaces = free[closed[0]]
        rest[closed[0]] = _emptied(spaces, row, max(spaces, key=_wide)[1])
        closed = [place for place in closed if not _is_open(rest[place], least)]
    return None if closed else rest


def _emptied(spaces: Strips, row: CharRow, column: float = math.inf) -> Strips:
    """What a row leaves of the empty spaces. Before a column that begins at `column` a comma takes half its width."""
    for place, char in enumerate(row):
        end = char.x1
        if column < math.inf and char.text in "，。、；：":
            after = row[place + 1].x0 if place + 1 < len(row) else column
            end = char.x0 + _HANGING * (char.x1 - char.x0) if after > column - 0.1 * char.em else end
        if spaces and spaces[0][0] < end and char.x0 < spaces[-1][1]:
            cut = [piece for x0, x1 in spaces for piece in ((x0, min(x1, char.x0)), (max(x0, end), x1))]
            spaces = tuple(piece for piece in dict.fromkeys(cut) if piece[1] > piece[0])
    return spaces


def _is_open(spaces: Strips, least: float) -> bool:
    return any(_wide(space) >= least for space in spaces)


def _chosen(free: Sequence[Strips], em: float) -> Strips:
    """Of each strip the first space that is clear, else the widest.

    Cells are set from the left, below a word that may stand in the middle: what follows a space is the next column's.
    """
    return tuple(
        next((space for space in spaces if _wide(space) > _CLEAR * em), max(spaces, key=_wide)) for spaces in free
    )


def _wide(space: tuple[float, float]) -> float:
    return space[1] - space[0]


def _is_line(row: CharRow) -> bool:
    return all(b.x0 - a.x1 < _UNBROKEN * a.em for a, b in pairwise(row))


def _goes_on(row: CharRow, after: Sequence[CharRow], free: Sequence[Strips], height: float) -> bool:
    """Whether the row after `row`, if there is one, leaves all strips open and has text in two columns."""
    if not after or _ends([row], after[0], height):
        return False
    rest = _left_free(free, after[0])
    return rest is not None and len(Body((after[0],), frozenset(), _chosen(rest, row[0].em)).columns(0)) > 1


def _ends(before: Sequence[CharRow], row: CharRow, height: float) -> bool:
    """Whether a row stands too far below the one before, if there is one, or is the page's number."""
    far = any(row[0].y - one[0].y > _FAR * row[0].em for one in before)
    return far or _is_page_number(row, height)


def _is_page_number(row: CharRow, height: float) -> bool:
    text = "".join(char.text for char in row).lstrip(_BEFORE_PAGE)
    numbered = text[:1].isdecimal() and all(sign.isdecimal() or sign in _IN_PAGE for sign in text)
    return row[0].y > (1 - _FOOT) * height and numbered


def _levels(rules: Sequence[Box], left: float, right: float) -> list[float]:
    """Where level lines run over most of the table's width."""
    return [
        rule.top for rule in rules
        if rule.width > rule.height and min(rule.x1, right) - max(rule.x0, left) > 0.6 * (right - left)
    ]  # fmt: skip


def _head_cells(rows: Sequence[CharRow], head: TableHead, body: Body) -> list[GridCell]:
    """The header's cells: one row of them, or two where a word spans two columns."""
    columns: list[list[Char]] = [[] for _ in range(body.width)]
    over: dict[int, list[Char]] = {first: [] for _, first in head.spanning}
    for char in (char for row in rows for char in row):
        middle = char.middle[0]
        span = next((f for w, f in head.spanning if w.x0 <= middle <= w.x1 and _is_first(char, f, rows, body)), None)
        (columns[bisect_right(body.borders, middle)] if span is None else over[span]).append(char)
    spanned = {place for first in over for place in (first, first + 1)}
    depth = 2 if over else 1
    cells = [GridCell(0, first, 1, 2, tuple(lines_of(chars))) for first, chars in over.items()]
    for place, chars in enumerate(columns):
        row, rows_deep = (1, 1) if place in spanned else (0, depth)
        cells.append(GridCell(row, place, rows_deep, 1, tuple(lines_of(chars))))
    return cells


def _is_first(char: Char, first: int, rows: Sequence[CharRow], body: Body) -> bool:
    """Whether a character stands in the topmost line of the two columns that begin with `first`."""
    there = (c.y for row in rows for c in row if first <= bisect_right(body.borders, c.middle[0]) <= first + 1)
    return char.y - min(there) < 0.4 * char.em


def _row_cells(rows: Sequence[CharRow], place: int, body: Body, is_over: bool) -> list[GridCell]:
    chars = [char for row in rows for char in row]
    if is_over:
        return [GridCell(place, 0, 1, body.width, tuple(lines_of(chars)))]
    columns: list[list[Char]] = [[] for _ in range(body.width)]
    for char in chars:
        columns[bisect_right(body.borders, char.middle[0])].append(char)
    return [GridCell(place, column, 1, 1, tuple(lines_of(found))) for column, found in enumerate(columns)]


def _heights(top: Sequence[CharRow], depth: int, parts: Sequence[Sequence[CharRow]]) -> tuple[float, ...]:
    """Where the rows of the grid begin and end: halfway between what stands in them."""
    spans = [(part[0][0].y - part[0][0].em, part[-1][0].y + 0.3 * part[-1][0].em) for part in parts]
    if top:
        start, end = top[0][0].y - top[0][0].em, top[-1][0].y + 0.3 * top[-1][0].em
        step = (end - start) / depth
        spans = [(start + n * step, start + (n + 1) * step) for n in range(depth)] + spans
    between = [(one[1] + two[0]) / 2 for one, two in pairwise(spans)]
    return (spans[0][0], *between, spans[-1][1])
