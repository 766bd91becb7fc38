"""The pages of a PDF or an OFD → its reading text: paragraphs and tables made whole over pages."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.errors import EmptyFile, ScannedFile
from ingest.model import Record
from ingest.page.blocks import PageText, holes
from ingest.page.columns import Columns
from ingest.page.furniture import notes_apart, without_furniture
from ingest.page.ink import MAX_CHARACTERS, Ink
from ingest.page.joined import TablePart, carries_on, whole_table
from ingest.page.lines import between
from ingest.page.paragraphs import NOWHERE, Placed, goes_on, measures
from ingest.page.ruled import Grid
from ingest.page.scans import all_scanned, is_scan, page_list
from ingest.reading import Reading, ReadingBuilder

MAX_PAGES = 3000
"""Pages that are read of one file; the rest is left out with a doubt."""

MAX_TOTAL = 4_000_000
"""Characters that are read of one file: about 4,000 pages of a plan, half a minute."""

_GOES_ON = frozenset(("续", "续表", "续上表", "续前表", "接上表", "上接", "表续"))

# What a table's cell costs, in characters.
_CELL = 10

SCANNED = "scanned-pages"
"""The doubt about pages that are pictures."""

Passage = list[Placed] | list[TablePart]
"""A paragraph, or a table with its share of each page."""


class PageDoubt(Record, frozen=True):
    """What a page withholds: the doubt's code and its parameters."""

    page: int
    code: str
    params: dict[str, str]


def cost_of_tables(page: PageText) -> int:
    """What the tables of a page cost to read, in characters, beside their text."""
    return _CELL * sum(len(block.cells) for block in page.blocks if isinstance(block, Grid))


def whole_reading(pages: Sequence[PageText], doubts: Sequence[PageDoubt]) -> Reading:
    """The reading of a file of these pages, without their furniture (页眉, 页脚), each doubt at its page."""
    return _written(_passages(notes_apart(without_furniture(pages))), len(pages), _scans_as_one(doubts))


def _scans_as_one(doubts: Sequence[PageDoubt]) -> list[PageDoubt]:
    """The doubts, those of scanned pages as one that names them all, at the first."""
    scans = [doubt.page for doubt in doubts if doubt.code == SCANNED]
    if not scans:
        return list(doubts)
    together = PageDoubt(scans[0], SCANNED, {"pages": page_list(scans)})
    return [together, *(doubt for doubt in doubts if doubt.code != SCANNED)]


def refuse_scan(pages: Sequence[PageText], doubts: Sequence[PageDoubt], drawn: bool, name: str, kind: str) -> None:
    """Raises ScannedFile where all pages are pictures, whatever little is set on them, EmptyFile where there is
    nothing.

    `drawn` says that something is drawn on a page, `kind` is the format (`pdf`).
    """
    blank = [page.number for page in pages if page.is_blank]
    scans = [doubt.page for doubt in doubts if doubt.code == SCANNED]
    if all_scanned(scans, blank, len(pages)):
        raise ScannedFile(path=name, format=f"{kind}-scan", pages=page_list(scans))
    if len(blank) == len(pages):
        if drawn:
            raise ScannedFile(path=name, format=f"{kind}-scan", pages=page_list(blank))
        raise EmptyFile(path=name)


def page_doubts(ink: Ink, page: PageText) -> list[PageDoubt]:
    """What the page with this ink withholds; `page` is what was read of it."""
    where = {"page": str(ink.number)}
    if is_scan(ink):
        return [PageDoubt(ink.number, "scanned-pages", where)]
    if page.is_blank:
        return [PageDoubt(ink.number, "page-without-text", where)]
    found = [PageDoubt(ink.number, "picture-without-text", where) for _ in list(holes(ink))[:1]]
    if ink.mute:
        found.append(PageDoubt(ink.number, "characters-without-text", {**where, "count": str(ink.mute)}))
    if len(ink.chars) >= MAX_CHARACTERS:
        found.append(PageDoubt(ink.number, "page-too-full", where))
    return found


def _passages(pages: Sequence[PageText]) -> list[Passage]:
    """Paragraphs and tables in reading order, each whole; lines that run another way follow their page."""
    usual = measures(pages)
    passages: list[Passage] = []
    paragraph: list[Placed] = []
    table: list[TablePart] = []
    for page in pages:
        for place, block in enumerate(page.blocks):
            if isinstance(block, Columns):
                if table and _says_that_it_goes_on(block):
                    continue
                table = []
                for line in block.lines:
                    placed = Placed(page.number, line, usual[page.number, place])
                    if not (paragraph and goes_on(paragraph[-1], placed)):
                        paragraph = []
                        passages.append(paragraph)
                    paragraph.append(placed)
            else:
                paragraph = []
                part = TablePart(page.number, block)
                if not (table and table[-1].page == page.number - 1 and carries_on(table[-1].grid, block)):
                    table = []
                    passages.append(table)
                table.append(part)
        passages += [[Placed(page.number, line, NOWHERE)] for line in page.turned]
    return passages


def _says_that_it_goes_on(block: Columns) -> bool:
    """Whether nothing stands there but the words above the next share of a table: 续表, （续）, 续表2."""
    if len(block.lines) > 1:
        return False
    said = "".join(block.lines[0].text.split()).strip("（）()：:0123456789一二三四五六七八九十-")
    return said in _GOES_ON


def _written(passages: Sequence[Passage], pages: int, doubts: Sequence[PageDoubt]) -> Reading:
    writer = _Writer(doubts)
    for passage in passages:
        if isinstance(passage[0], Placed):
            writer.paragraph([placed for placed in passage if isinstance(placed, Placed)])
        else:
            writer.table([part for part in passage if isinstance(part, TablePart)])
    return writer.done(pages)


class _Writer:
    """Writes passages and turns the pages that they stand on."""

    def __init__(self, doubts: Sequence[PageDoubt]) -> None:
        self.builder = ReadingBuilder()
        self.page = 0
        self.doubts: dict[int, list[PageDoubt]] = {}
        for doubt in doubts:
            self.doubts.setdefault(doubt.page, []).append(doubt)

    def paragraph(self, lines: Sequence[Placed]) -> None:
        """Writes a paragraph, joined over the pages that it runs over."""
        text = ""
        for placed in lines:
            self._turn_to(placed.page)
            self.builder.write(between(text, placed.line.text) + placed.line.text)
            text = placed.line.text
        self.builder.end_paragraph()

    def table(self, parts: Sequence[TablePart]) -> None:
        """Writes a table; a row stands on the page that it begins on."""
        self.builder.begin_table()
        for row in whole_table(parts):
            self._turn_to(row.page)
            self.builder.row(row.cells)

    def done(self, pages: int) -> Reading:
        """The reading, with the pages after the last text."""
        self.builder.end_paragraph()
        self._turn_to(pages)
        return self.builder.done()

    def _turn_to(self, page: int) -> None:
        while self.page < page:
            self.page += 1
            self.builder.begin_page(self.page)
            for doubt in self.doubts.get(self.page, ()):
                self.builder.doubt(doubt.code, doubt.params)
