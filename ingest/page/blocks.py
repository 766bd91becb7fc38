"""A page of a PDF as blocks in reading order, and what printers repeat on every page taken away (页眉、页脚、页码)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from ingest.model import Record
from ingest.page.ink import Box, Char, Ink
from ingest.page.lines import CharRow, Line, lines_of, reading_order, rows_of
from ingest.page.ruled import Grid, Strips, tables_of
from ingest.page.unruled.tables import with_tables

# Running heads and page numbers stand in the outer share of the page's height (GB/T 9704-2012: 37 of 297 mm above).
_MARGIN = 0.13

# A line that only two pages have in common is a running head this near the edge, where a browser prints its own.
_EDGE = 0.06

# More pictures than these on a page are the pieces of a drawing.
_MAX_PICTURES = 100

_DASHES = "\\-\u2010-\u2015－─·•~～|_"
_PAGE_NUMBER = re.compile(
    rf"[{_DASHES}]*(第|Page)?(?P<number>\d{{1,4}})页?((/|／|of|[,，、]?共)?(?P<of>\d{{1,4}})页?)?[{_DASHES}]*"
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d{1,9}")

_Key = tuple[str, bool]


class Columns(Record, frozen=True):
    """Lines that are read one after another; `column` is 0 where the page has one column there, else 1, 2 …"""

    lines: tuple[Line, ...]
    column: int = 0


class PageText(Record, frozen=True):
    """A page: what stands on it in reading order, and lines that run in another direction."""

    number: int
    width: float
    height: float
    blocks: tuple[Columns | Grid, ...]
    turned: tuple[Line, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether no text stands on the page."""
        return not self.blocks and not self.turned


def page_text(ink: Ink, before: PageText | None = None) -> PageText:
    """The page's tables and lines of text, from top to bottom. `before` is the page before, whose table may go on."""
    grids, rest = tables_of(ink.rules, _visible(ink.chars))
    tops = [grid.ys[0] for grid in grids]
    bands: list[list[Char]] = [[] for _ in range(len(grids) + 1)]
    for char in rest:
        bands[bisect_left(tops, char.middle[1]) if tops else 0].append(char)
    above = _strips(before) if before else ()
    blocks: list[Columns | Grid] = []
    for band, grid in zip(bands, [*grids, None], strict=True):
        for found in with_tables(rows_of(band), ink.rules, ink.height, above if not blocks else ()):
            blocks += [found] if isinstance(found, Grid) else _columns(found)
        if grid:
            blocks.append(grid)
    turned = tuple(line for group in ink.turned for line in lines_of(_visible(group)))
    return PageText(ink.number, ink.width, ink.height, tuple(blocks), turned)


def _visible(chars: Iterable[Char]) -> list[Char]:
    """The characters that show something; a blank of any kind (em space, NEL) is said of the character behind it."""
    visible: list[Char] = []
    blank = False
    for char in chars:
        if char.text.isspace():
            blank = True
        else:
            visible.append(msgspec.structs.replace(char, spaced=True) if blank else char)
            blank = False
    return visible


def _columns(rows: Sequence[CharRow]) -> list[Columns]:
    columns = reading_order(rows)
    single = len(columns) == 1
    return [Columns(tuple(lines), 0 if single else place) for place, lines in enumerate(columns, 1)]


def _strips(page: PageText) -> Strips:
    """The strips between the columns of a table without ruling lines that the page ends with."""
    blocks = list(page.blocks)
    if blocks and isinstance(blocks[-1], Columns) and blocks[-1].lines[0].y > (1 - _MARGIN) * page.height:
        blocks.pop()
    return blocks[-1].strips if blocks and isinstance(blocks[-1], Grid) else ()


def without_furniture(pages: Sequence[PageText]) -> list[PageText]:
    """The pages without page numbers, running heads and feet."""
    offset = _numbering(pages)
    repeated = _repeated(pages)
    aside = _repeated_aside(pages)
    return [_cleared(page, offset, repeated, aside) for page in pages]


def _cleared(page: PageText, offset: int | None, repeated: set[_Key], aside: set[str]) -> PageText:
    away = {id(line) for line in _outer(page) if _is_number(line, page, offset) or _key(line, page) in repeated}
    blocks: list[Columns | Grid] = []
    for block in page.blocks:
        if isinstance(block, Grid):
            blocks.append(block)
        elif lines := tuple(line for line in block.lines if id(line) not in away):
            blocks.append(Columns(lines, block.column))
    turned = tuple(line for line in page.turned if not _decorated(line.text) and _plain(line.text) not in aside)
    return PageText(page.number, page.width, page.height, tuple(blocks), turned)


def _outer(page: PageText) -> list[Line]:
    """The outermost three lines in the upper and in the lower margin."""
    lines = [line for block in page.blocks if isinstance(block, Columns) for line in block.lines]
    lines.sort(key=lambda line: line.y)
    above = [line for line in lines[:3] if line.y < _MARGIN * page.height]
    below = [line for line in lines[-3:] if line.y > (1 - _MARGIN) * page.height]
    return above + [line for line in below if line not in above]


def _plain(text: str) -> str:
    return "".join(text.split())


def _decorated(text: str) -> bool:
    """Whether a line is a page number and says so: — 15 —, 第 3 页, 3/12."""
    plain = _plain(text)
    return _PAGE_NUMBER.fullmatch(plain) is not None and not _BARE.fullmatch(plain)


def _is_number(line: Line, page: PageText, offset: int | None) -> bool:
    plain = _plain(line.text)
    if _BARE.fullmatch(plain):
        return offset is not None and int(plain) - page.number == offset
    return _decorated(plain)


def _numbering(pages: Sequence[PageText]) -> int | None:
    """By how much the page numbers printed without dashes run ahead of the pages; None where none are printed."""
    offsets: Counter[int] = Counter()
    for page in pages:
        for line in _outer(page):
            plain = _plain(line.text)
            if _BARE.fullmatch(plain):
                offsets[int(plain) - page.number] += 1
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count > 1 or (len(pages) == 1 and offset == 0) else None


def _key(line: Line, page: PageText) -> _Key:
    """What a running head has in common on all pages: its text without numbers, and whether it stands above."""
    return _DIGITS.sub("#", _plain(line.text)), line.y < page.height / 2


def _repeated(pages: Sequence[PageText]) -> set[_Key]:
    """The lines that stand at one height in the margin of page after page; 附件1, 附件2 … are no such lines."""
    found: dict[_Key, list[tuple[PageText, Line]]] = {}
    for page in pages:
        for line in _outer(page):
            found.setdefault(_key(line, page), []).append((page, line))
    return {key for key, lines in found.items() if key[0][0] not in "附表" and _is_running(lines, key[1], len(pages))}


def _is_running(lines: Sequence[tuple[PageText, Line]], above: bool, pages: int) -> bool:
    """Whether the lines stand at one height and their numbers are the same on all pages, or count the pages."""
    places = [line.y if above else page.height - line.y for page, line in lines]
    if max(places) - min(places) > 6:
        return False
    numbers = zip(*(map(int, _DIGITS.findall(_plain(line.text))) for _, line in lines), strict=True)
    counting = [page.number for page, _ in lines]
    for column in numbers:
        if len(set(column)) > 1 and len({number - page for number, page in zip(column, counting, strict=True)}) > 1:
            return False
    if len(lines) >= max(3, 0.3 * pages):
        return True
    return len(lines) == pages == 2 and max(places) < _EDGE * lines[0][0].height


def _repeated_aside(pages: Sequence[PageText]) -> set[str]:
    """Lines across the page (a watermark, a binding mark) that half of the pages bear."""
    aside = Counter(text for page in pages for text in {_plain(line.text) for line in page.turned})
    return {text for text, count in aside.items() if count >= max(3, 0.5 * len(pages))}


def holes(ink: Ink) -> Iterator[Box]:
    """Pictures on a page that may hold words: wider than three characters and with no text set upon them.

    A picture of words in the middle of a line is how some printers set words whose font they lack.
    """
    em = ink.chars[0].em if ink.chars else 12.0
    large = [box for box in dict.fromkeys(ink.pictures) if box.width > 3 * em and box.height > 0.7 * em]
    points = sorted((y, x) for x, y in (char.middle for char in ink.chars)) if large else []
    for picture in large[:_MAX_PICTURES]:
        first, last = bisect_left(points, (picture.top,)), bisect_right(points, (picture.bottom, picture.x1))
        over = (x for _, x in points[first:last] if picture.x0 <= x <= picture.x1)
        if len(list(islice(over, 3))) < 3:
            yield picture
