"""A page of a PDF as blocks in reading order, from the places of its characters and lines (版面)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from ingest.model import Record
from ingest.page.columns import Columns, reading_order
from ingest.page.ink import Box, Char, Ink
from ingest.page.lines import Line, lines_of, rows_of
from ingest.page.ruled import Grid, Strips, tables_of
from ingest.page.turned import with_turned
from ingest.page.unruled.tables import with_tables

# Running heads and page numbers stand in the outer share of the longer side of a page.
_MARGIN = 0.13

# More pictures than these on a page are the pieces of a drawing.
_MAX_PICTURES = 100


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


def margin_of(page: PageText) -> float:
    """How far from the upper and lower edge furniture stands, on a page that lies (横向) as on one that stands: 37 of
    297 mm (GB/T 9704-2012)."""
    return _MARGIN * max(page.width, page.height)


def page_text(ink: Ink, before: PageText | None = None) -> PageText:
    """The page's tables and lines of text, from top to bottom. `before` is the page before, whose table may go on."""
    grids, rest = tables_of(ink.rules, _visible(ink.chars))
    grids, aside = with_turned(grids, ink)
    tops = [grid.ys[0] for grid in grids]
    bands: list[list[Char]] = [[] for _ in range(len(grids) + 1)]
    for char in rest:
        bands[bisect_left(tops, char.middle[1]) if tops else 0].append(char)
    above = _strips(before) if before else ()
    blocks: list[Columns | Grid] = []
    for band, grid in zip(bands, [*grids, None], strict=True):
        for found in with_tables(rows_of(band), ink.rules, ink.height, above if not blocks else ()):
            blocks += [found] if isinstance(found, Grid) else reading_order(found)
        if grid:
            blocks.append(grid)
    turned = tuple(line for group in aside for line in lines_of(_visible(group)))
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


def _strips(page: PageText) -> Strips:
    """The strips between the columns of a table without ruling lines that the page ends with."""
    blocks = list(page.blocks)
    if blocks and isinstance(blocks[-1], Columns) and blocks[-1].lines[0].y > page.height - margin_of(page):
        blocks.pop()
    return blocks[-1].strips if blocks and isinstance(blocks[-1], Grid) else ()


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
