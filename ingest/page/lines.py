"""Characters of a page → lines of text in reading order (行): one column or two, justified or not.

Pure functions. A blank is written only where the page shows one: between Latin words, or where a gap between Chinese
characters is clearly wider than the others of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from ingest.model import Record
from ingest.page.ink import Char
from ingest.reading import is_cjk

CLOSING = "，。、；：！？）》〉」』】〕”’％%‰…,.;:!?)]}"

# A line is one as long as the next baseline is not this share of a character lower.
_SAME_LINE = 0.42

# A gap between Chinese characters this much wider than usual, in characters, is a blank; so is one between Latin
# letters of this width, or any where the file has a blank.
_BLANK = 0.4
_LATIN_BLANK = 0.15

# The narrowest gap, in characters, that can part two columns, and the narrowest column.
_GUTTER = 1.2
_COLUMN = 8.0


CharRow = list[Char]
"""Characters on one baseline, from left to right."""


class Line(Record, frozen=True, gc=False):
    """A line: text, left and right end, baseline and size in points, and how wide its first unbreakable piece is."""

    text: str
    x0: float
    x1: float
    y: float
    em: float
    head: float

    @property
    def middle(self) -> float:
        """Halfway between its ends."""
        return (self.x0 + self.x1) / 2


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines that the characters form, from top to bottom."""
    return [_line(row) for row in rows_of(chars)]


def reading_order(rows: Sequence[CharRow]) -> list[list[Line]]:
    """The lines of a page in the order in which they are read, a list for each column that is read on its own.

    On a page in two columns these are, from top to bottom: what spans both, the left column, the right one.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return [[_line(row) for row in rows]] if rows else []
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
    return [lines_of(block) for block in [*blocks, left, right] if block]


def rows_of(chars: Iterable[Char]) -> list[CharRow]:
    """Characters grouped by baseline, each row from left to right, characters drawn twice taken once."""
    rows: list[CharRow] = []
    last: Char | None = None
    for char in sorted(chars, key=_by_baseline):
        if last is None or char.y - last.y > _SAME_LINE * min(char.em, last.em):
            rows.append([])
        rows[-1].append(char)
        last = char
    return [_once(sorted(row, key=_by_place)) for row in rows]


_by_baseline = attrgetter("y")
_by_place = attrgetter("x0")


def _once(row: CharRow) -> CharRow:
    """The row without the second stroke of characters that are drawn twice, a hair apart, to look bold."""
    kept: CharRow = []
    for char in row:
        near = 0.2 * char.em
        if not (kept and char.x0 - kept[-1].x0 < near) or not any(
            other.text == char.text and char.x0 - other.x0 < near and abs(char.y - other.y) < near
            for other in kept[-2:]
        ):
            kept.append(char)
    return kept


def _line(row: CharRow) -> Line:
    wide = [is_cjk(char.text) for char in row]
    usual = _usual_gap(row, wide)
    pieces = [row[0].text]
    for place, (before, after) in enumerate(pairwise(row)):
        gap = (after.x0 - before.x1) / max(before.em, after.em)
        if wide[place] or wide[place + 1]:
            parted = gap > usual + _BLANK
        else:
            parted = gap > _LATIN_BLANK or (after.spaced and gap > 0)
        if parted:
            pieces.append(" ")
        pieces.append(after.text)
    text = "".join(pieces)
    em = median(char.em for char in row)
    return Line(text, row[0].x0, max(char.x1 for char in row[-3:]), median(c.y for c in row), em, _head(row))


def _usual_gap(row: CharRow, wide: Sequence[bool]) -> float:
    """The gap, in characters, that justified or spaced text of this row has between its Chinese characters."""
    gaps = [(b.x0 - a.x1) / a.em for n, (a, b) in enumerate(pairwise(row)) if wide[n] and wide[n + 1]]
    return max(median(gaps), 0.0) if gaps else 0.0


def _head(row: CharRow) -> float:
    """Width in points of what cannot be parted at the row's beginning: a character or word, and what must follow it."""
    end = 1
    while end < len(row) and _sticks(row[end - 1], row[end]):
        end += 1
    return row[end - 1].x1 - row[0].x0


def _sticks(before: Char, after: Char) -> bool:
    if after.text in CLOSING or before.text in "（《〈「『【〔“‘([{":
        return True
    return not is_cjk(before.text) and not is_cjk(after.text) and after.x0 - before.x1 < _LATIN_BLANK * after.em


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


_NUMBERED = re.compile(
    r"(第[一二三四五六七八九十百零〇\d]+[章节条]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、"
    r"|[（(]?\d{1,3}[）)]|\d{1,3}[.．、](?!\d)|[①-⑳])"
)


def begins_numbered(text: str) -> bool:
    """Whether a line begins like a heading or numbered point: 一、 （一） 1. （1） ① 第一条."""
    return _NUMBERED.match(text) is not None
