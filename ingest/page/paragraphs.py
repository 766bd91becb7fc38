"""Lines → paragraphs, over columns and pages (段落).

A line goes on into the next one unless the page shows that it ended: by the room it leaves, by the indent of what
follows, by a wider gap, by another size. Pure functions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from ingest.model import Record
from ingest.page.blocks import PageText
from ingest.page.columns import Columns
from ingest.page.lines import Line, begins_numbered

# In characters: an indent that begins a paragraph, one so deep that it hangs below the line before, spare room at
# the end of a line, and how far from the left margin a line with hanging ones below it may begin.
_INDENT = 1.2
_HANGING = 2.6
_SPARE = 0.8
_FEW_LINES = 8
_CLOSING = tuple("）)〕]］】")
_FAR = 6.0

# A gap this much wider than usual parts paragraphs; a title's lines lie up to this many characters apart.
_WIDE_GAP = 1.35
_TITLE_GAP = 2.2

# No text is set narrower than this share of the room that equal margins leave.
_SHORT = 0.85

# Type this much larger than the body's is a title.
_TITLE = 1.15


class Measure(Record, frozen=True):
    """What is usual where a line stands: left and right margin, distance of baselines, size of the body's type."""

    left: float
    right: float
    leading: float
    em: float


NOWHERE = Measure(0.0, 0.0, 0.0, 12.0)
"""The measure of a line that stands for itself: at the side of a page, or across it."""


class Placed(Record, frozen=True):
    """A line with its page and with what is usual there."""

    page: int
    line: Line
    measure: Measure


def measures(pages: Sequence[PageText]) -> dict[tuple[int, int], Measure]:
    """The measure of each block of lines, by page number and the block's place on the page."""
    blocks = [
        ((page.number, place), (round(page.width), page.number % 2, block.column), block.lines)
        for page in pages
        for place, block in enumerate(page.blocks)
        if isinstance(block, Columns)
    ]
    body = _body_size(line for _, _, lines in blocks for line in lines)
    shared: dict[tuple[int, int, int], list[tuple[Line, ...]]] = {}
    for _, like, lines in blocks:
        shared.setdefault(like, []).append(lines)
    usual = {
        like: _measure(_enough(together, shared, like), body, 0 if like[2] else like[0])
        for like, together in shared.items()
    }
    return {
        key: _measure([lines], body) if like[2] and len(lines) >= 5 else _with_leading(usual[like], lines)
        for key, like, lines in blocks
    }


def _enough(
    lines: Sequence[tuple[Line, ...]],
    shared: Mapping[tuple[int, int, int], Sequence[tuple[Line, ...]]],
    like: tuple[int, int, int],
) -> Sequence[tuple[Line, ...]]:
    """The lines of all pages of one side; with the other's where there are few: a last page with a date."""
    if sum(map(len, lines)) >= _FEW_LINES:
        return lines
    width, side, column = like
    return [*lines, *shared.get((width, 1 - side, column), [])]


def _body_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(2 * line.em) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _measure(blocks: Sequence[Sequence[Line]], body: float, width: int = 0) -> Measure:
    """What the blocks have in common.

    On a page of `width` points where all lines are short, and none goes on at the margin, the margins are equal.
    """
    lines = [line for block in blocks for line in block]
    plain = [line for line in lines if line.em < _TITLE * body] or lines
    left = _outermost(sorted(line.x0 for line in plain), body)
    right = -_outermost(sorted(-line.x1 for line in plain), body)
    if right < _SHORT * (width - left) and not _wraps(blocks, left, right, body):
        right = _SHORT * (width - left)
    gaps = [round(below.y - above.y) for block in blocks for above, below in pairwise(block) if below.y > above.y]
    return Measure(left, right, _leading(gaps, body), body)


def _wraps(blocks: Sequence[Sequence[Line]], left: float, right: float, em: float) -> bool:
    """Whether two indented lines, or more, reach `right` and are followed by one at the left margin."""
    wrapped = sum(
        abs(one.x1 - right) < em and one.x0 - left > _INDENT * em > 2 * abs(two.x0 - left)
        for block in blocks
        for one, two in pairwise(block)
        if not begins_numbered(two.text)
    )
    return wrapped > 1


def _outermost(ends: list[float], em: float) -> float:
    """The first place where an eighth of the lines, and two at least, begin within a character of one another."""
    enough = max(2, len(ends) // 8)
    for index, end in enumerate(ends):
        near = ends[index : bisect_right(ends, end + em)]
        if len(near) >= enough:
            return median(near)
    return ends[0]


def _leading(gaps: Sequence[int], body: float) -> float:
    return float(Counter(gaps).most_common(1)[0][0]) if len(gaps) > 3 else 1.8 * body


def _with_leading(usual: Measure, lines: Sequence[Line]) -> Measure:
    gaps = [round(below.y - above.y) for above, below in pairwise(lines)]
    return Measure(usual.left, usual.right, _leading(gaps, usual.em), usual.em) if len(gaps) > 5 else usual


def goes_on(before: Placed, after: Placed) -> bool:
    """Whether the line `after` belongs to the paragraph that `before` ends."""
    one, two = before.line, after.line
    if not 0.88 < two.em / one.em < 1.14:
        return False
    together = before.page == after.page and two.y > one.y
    if one.em > _TITLE * before.measure.em:
        return together and two.y - one.y < _TITLE_GAP * one.em and not begins_numbered(two.text)
    if together and two.y - one.y > _WIDE_GAP * before.measure.leading:
        return False
    if one.x1 + two.head + _SPARE * one.em <= before.measure.right:
        return False
    if begins_numbered(two.text) and _ends_sentence(one.text):
        return False
    indent = (two.x0 - after.measure.left) / two.em
    if indent <= _INDENT:
        return True
    return _hangs(before, indent) and not begins_numbered(two.text)


def _hangs(before: Placed, indent: float) -> bool:
    """Whether a deeply indented line goes on with the one before: hanging points (附件：1.…), a centred addressee.

    Behind a bracket that closes, （市财政局负责）, it is the signature.
    """
    if before.line.text.rstrip()[-1:] in _CLOSING:
        return False
    near = before.line.x0 - before.measure.left < _FAR * before.line.em
    return indent > _HANGING and near and not _ends_sentence(before.line.text)


def _ends_sentence(text: str) -> bool:
    return text.rstrip("”’」』）)")[-1:] in tuple("。；！？：;!?:")
