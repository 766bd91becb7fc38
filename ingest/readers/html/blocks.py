"""Elements of a web page → paragraphs and tables in document order (段落、表格). Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest.model import Record
from ingest.readers.html.page import WebPage
from ingest.reading import CellText, paragraph_text

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_BLANKS = re.compile(r"[ \u00a0\u2002-\u200a]+")

# A table is only there for the looks where one cell holds this share of its text, and so many characters.
_LAYOUT_SHARE = 0.75
_LAYOUT_TEXT = 400

# No table of a plan is wider; beyond it what cells span is not followed.
_MAX_COLUMNS = 100

Skip = Callable[[int], bool]
"""Says of the element at a place whether it and all that is in it is left out."""


class HtmlTable(Record, frozen=True):
    """A table: for each row the cells that begin in it."""

    rows: tuple[tuple[CellText, ...], ...]


def blocks(page: WebPage, start: int, end: int, skip: Skip) -> Iterator[str | HtmlTable]:
    """Paragraphs (never empty) and data tables of `[start, end)` in document order.

    A table that only places things on the page gives what stands in its cells.
    """
    parts: list[str] = []
    edges: list[int] = []
    index = start
    while index < end:
        element = page.elements[index]
        while edges and index >= edges[-1]:
            edges.pop()
            yield from _paragraphs(parts)
        if skip(index):
            index = page.ends[index]
            continue
        if element.tag == "table" and (table := _table(page, index, skip)):
            yield from _paragraphs(parts)
            yield table
            index = page.ends[index]
            continue
        if element.block or element.tag in _BLOCKS:
            yield from _paragraphs(parts)
            edges.append(page.ends[index])
        elif element.text:
            parts.append(element.text)
        index += 1
    yield from _paragraphs(parts)


def _paragraphs(parts: list[str]) -> Iterator[str]:
    text = _BLANKS.sub(" ", paragraph_text("".join(parts)))
    parts.clear()
    if text.strip():
        yield text.strip()


def _table(page: WebPage, index: int, skip: Skip) -> HtmlTable | None:
    """The table that begins at `index`, or None where it is there only for the looks of the page."""
    end = page.ends[index]
    if any(page.elements[inner].tag == "table" for inner in range(index + 1, end)):
        return None
    rows = _rows(page, index, skip)
    lengths = [len(cell.text) for row in rows for cell in row]
    wide = max((cell.column + cell.columns - 1 for row in rows for cell in row), default=0)
    if wide < 2 or sum(1 for length in lengths if length) < 2:
        return None
    if max(lengths) > _LAYOUT_TEXT and max(lengths) > _LAYOUT_SHARE * sum(lengths):
        return None
    return HtmlTable(rows)


def _rows(page: WebPage, table: int, skip: Skip) -> tuple[tuple[CellText, ...], ...]:
    """The rows as HTML lays them out: a cell takes the first place that no cell from above reaches down to."""
    trs = [i for i in range(table + 1, page.ends[table]) if page.elements[i].tag == "tr" and not skip(i)]
    reach: dict[int, int] = {}
    rows: list[tuple[CellText, ...]] = []
    for number, tr in enumerate(trs):
        cells: list[CellText] = []
        column = 1
        for cell in _children(page, tr):
            element = page.elements[cell]
            if element.tag not in ("td", "th") or skip(cell):
                continue
            while reach.get(column, 0) > number:
                column += 1
            wide = 1
            while wide < min(element.columns, _MAX_COLUMNS) and reach.get(column + wide, 0) <= number:
                wide += 1
            high = min(element.rows or len(trs), len(trs) - number) if column < _MAX_COLUMNS else 1
            reach.update(dict.fromkeys(range(column, column + wide), number + high))
            cells.append(CellText(column, _inner_text(page, cell, skip), high, wide))
            column += wide
        rows.append(tuple(cells))
    return tuple(rows)


def _children(page: WebPage, index: int) -> Iterator[int]:
    child = index + 1
    while child < page.ends[index]:
        yield child
        child = page.ends[child]


def _inner_text(page: WebPage, cell: int, skip: Skip) -> str:
    """What stands in a cell, a line for each paragraph."""
    return "\n".join(block for block in blocks(page, cell + 1, page.ends[cell], skip) if isinstance(block, str))
