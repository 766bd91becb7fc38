"""Characters of a page → lines of text in reading order (行), justified or not.

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
    return [line_of(row) for row in rows_of(chars)]


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


def line_of(row: CharRow) -> Line:
    """The line that the characters of a row form."""
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


def between(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: a blank between Latin words, nothing beside Chinese."""
    if not before or not after or is_cjk(before[-1]) or is_cjk(after[0]):
        return ""
    return " " if before[-1].isalnum() and after[0].isalnum() else ""


_NUMBERED = re.compile(
    r"(第[一二三四五六七八九十百零〇\d]+[章节条]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、"
    r"|[（(]?\d{1,3}[）)]|\d{1,3}[.．、](?!\d)|[①-⑳])"
)


def begins_numbered(text: str) -> bool:
    """Whether a line begins like a heading or numbered point: 一、 （一） 1. （1） ① 第一条."""
    return _NUMBERED.match(text) is not None
