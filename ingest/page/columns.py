"""Text in two columns (双栏) → the order in which it is read: the left column, then the right one.

Pure functions. A page in two columns shows an empty strip over most of its height. Where columns stand below a page's
title or between full lines, few lines are enough if they are set like prose: filled to the strip, broken amid
sentences, on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.model import Record
from ingest.page.ink import Char
from ingest.page.lines import CharRow, Line, line_of, lines_of

# The narrowest gap, in characters, that can part two columns, and the narrowest column.
_GUTTER = 1.2
_COLUMN = 8.0

# So few lines in two columns are known by how they are set.
_FEWEST = 3

# A line that leaves less room than this, in characters, fills its column.
_FULL = 2.5

# So many rows may stand in one column alone, where the other has a gap between paragraphs.
_ALONE = 2

_Strip = tuple[float, float]


class Columns(Record, frozen=True):
    """Lines that are read one after another; `column` is 0 where the page has one column there, else 1, 2 …"""

    lines: tuple[Line, ...]
    column: int = 0


def reading_order(rows: Sequence[CharRow]) -> list[Columns]:
    """The lines of a page in the order in which they are read.

    On a page in two columns these are, from top to bottom: what spans both, the left column, the right one.
    """
    gutter, runs = _gutter(rows), list(_runs_in_columns(rows))
    if gutter is not None:
        clear = sum(not _crosses(row, gutter) for row in rows)
        if 10 * sum(end - first for first, end, _ in runs) < 7 * clear:
            return _parted(rows, gutter)
    found: list[Columns] = []
    begun = 0
    for first, end, x in runs:
        found += _whole(rows[begun:first])
        left = [char for row in rows[first:end] for char in row if char.x1 <= x]
        right = [char for row in rows[first:end] for char in row if char.x1 > x]
        found += [Columns(tuple(lines_of(left)), 1), Columns(tuple(lines_of(right)), 2)]
        begun = end
    return found + _whole(rows[begun:])


def _whole(rows: Sequence[CharRow]) -> list[Columns]:
    return [Columns(tuple(map(line_of, rows)))] if rows else []


def _parted(rows: Sequence[CharRow], gutter: float) -> list[Columns]:
    """The lines of a page whose columns stand beside the gutter, a number for each part."""
    blocks: list[list[Char]] = []
    left: list[Char] = []
    right: list[Char] = []
    for row in rows:
        crossing = _crosses(row, gutter)
        if crossing and (left or right):
            blocks += [left, right]
            left, right = [], []
        if crossing:
            blocks.append(row)
        else:
            left += [char for char in row if char.x1 <= gutter]
            right += [char for char in row if char.x1 > gutter]
    parts = [lines_of(block) for block in [*blocks, left, right] if block]
    single = len(parts) == 1
    return [Columns(tuple(lines), 0 if single else place) for place, lines in enumerate(parts, 1)]


def _runs_in_columns(rows: Sequence[CharRow]) -> Iterator[tuple[int, int, float]]:
    """Runs of rows that stand in two columns: the first, the one behind the last, where the strip between them is."""
    first = 0
    while first < len(rows):
        strip = _widest(rows[first])
        end = place = first + 1
        while strip and place < len(rows) and place - end <= _ALONE:
            narrowed = _through(rows[place], strip)
            if narrowed:
                strip, end = narrowed, place + 1
            elif not _beside(rows[place], strip):
                break
            place += 1
        if strip and end - first >= _FEWEST and _is_prose(rows[first:end], strip):
            end = _with_rest(rows, end, strip)
            yield first, end, (strip[0] + strip[1]) / 2
        first = end


def _beside(row: CharRow, strip: _Strip) -> bool:
    """Whether a row stands on one side of the strip."""
    return row[-1].x1 <= strip[1] or row[0].x0 >= strip[0]


def _with_rest(rows: Sequence[CharRow], end: int, strip: _Strip) -> int:
    """The row behind the columns, where one goes on below the other.

    The left one does as far as its lines fill the column, and one more amid a sentence; a shorter line is one of the
    page again.
    """
    last = [char for char in rows[end - 1] if char.x1 <= strip[0] + 1]
    behind = end
    for place in range(end, len(rows)):
        row = rows[place]
        if row[0].x0 < strip[0] and row[-1].x1 > strip[1]:
            break
        if (
            row[0].x0 >= strip[0]
            or row[-1].x1 > strip[0] - _FULL * row[0].em
            or (_is_broken(last, strip) and place == behind)
        ):
            behind = place + 1
        last = row if row[0].x0 < strip[0] else []
    return behind


def _is_broken(row: CharRow, strip: _Strip) -> bool:
    """Whether a line fills the left column and breaks amid a sentence."""
    return bool(row) and row[-1].x1 > strip[0] - _FULL * row[0].em and row[-1].text not in _ENDS


def _widest(row: CharRow) -> _Strip | None:
    """The widest gap in a row, where it is wide enough to part columns."""
    gaps = [(a.x1, b.x0) for a, b in pairwise(row) if b.x0 - a.x1 > _GUTTER * a.em]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _through(row: CharRow, strip: _Strip) -> _Strip | None:
    """What of the strip goes on through a row that has text on both sides; None where text stands in the way."""
    for a, b in pairwise(row):
        start, end = max(a.x1, strip[0]), min(b.x0, strip[1])
        if end - start > _GUTTER * a.em:
            return start, end
    return None


def _is_prose(rows: Sequence[CharRow], strip: _Strip) -> bool:
    """Whether the text on both sides of the strip is set in lines that go on in the next one of their side."""
    left = [[char for char in row if char.x1 <= strip[0] + 1] for row in rows]
    right = [[char for char in row if char.x0 >= strip[1] - 1] for row in rows]
    sides = [[part for part in side if part] for side in (left, right)]
    return all(_flows(side) for side in sides)


def _flows(side: Sequence[CharRow]) -> bool:
    """Whether lines are as wide as a column, begin at one margin or an indent from it, and break amid sentences."""
    if len(side) < _FEWEST:
        return False
    begin, edge = min(row[0].x0 for row in side), max(row[-1].x1 for row in side)
    em = side[0][0].em
    if edge - begin < _COLUMN * em:
        return False
    aligned = sum(abs(row[0].x0 - begin - indent * em) < em for row in side for indent in (0, 2))
    filled = [row for row in side[:-1] if row[-1].x1 > edge - _FULL * em]
    broken = [row for row in filled if row[-1].text not in _ENDS]
    marked = sum(any(char.text in _MARKS for char in row) for row in side)
    return aligned >= len(side) and bool(broken) and 3 * len(filled) >= len(side) and 2 * marked >= len(side)


_ENDS = frozenset("。；：！？.;:")
_MARKS = frozenset("，。；：！？、")


def _gutter(rows: Sequence[CharRow]) -> float | None:
    """Where the empty strip between two columns of text stands, or None on a page in one column."""
    if len(rows) < 5:
        return None
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    inner = left + 0.3 * (right - left), left + 0.7 * (right - left)
    gaps = [
        (a.x1, b.x0)
        for row in rows
        for a, b in pairwise(row)
        if b.x0 - a.x1 > _GUTTER * a.em and inner[0] < (a.x1 + b.x0) / 2 < inner[1]
    ]
    if len(gaps) < 5:
        return None
    edge, x = max(end for end, _ in gaps), median((start + end) / 2 for start, end in gaps)
    em = median(row[0].em for row in rows)
    filled = [end for end, start in gaps if end < x < start and end > edge - 2.5 * em]
    wide = x - left > _COLUMN * em and right - x > _COLUMN * em
    clear = [row for row in rows if not _crosses(row, x)]
    if wide and 2 * len(filled) > len(gaps) and 10 * len(gaps) > 6 * len(clear) and 2 * len(clear) > len(rows):
        return x
    return None


def _crosses(row: CharRow, x: float) -> bool:
    """Whether text of the row stands on the gutter, or runs over it without a gap."""
    if any(char.x0 < x < char.x1 for char in row):
        return True
    return any(a.x1 <= x <= b.x0 and b.x0 - a.x1 < _GUTTER * a.em for a, b in pairwise(row))
