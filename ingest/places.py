"""Where in its file a character stands (位置): 第 7 页, or 表 2 第 5 行, from the place map of a source."""

from __future__ import annotations

from bisect import bisect_right

from ingest.model import Record, Source


class Place(Record, frozen=True):
    """A place that a reader can find in the file: its page, or the row of its table (on its worksheet); from 1.

    Fields that the file does not have are None or empty: a text has neither pages nor tables.
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    sheet: str = ""


def place_of(source: Source, position: int) -> Place:
    """The place of the character at a position of the source's text."""
    page = bisect_right(source.pages, position, key=lambda each: each.start)
    # Cells stand in the order of the text and do not overlap.
    cell = bisect_right(source.cells, position, key=lambda each: each.span.start)
    number = source.pages[page - 1].number if page else None
    if cell and position < (found := source.cells[cell - 1]).span.end:
        return Place(number, found.table, found.row, found.sheet)
    return Place(number)
