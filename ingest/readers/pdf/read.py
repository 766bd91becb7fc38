"""A PDF with a text layer → its reading text (阅读文本): paragraphs and tables made whole over pages."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.errors import DamagedFile, EmptyFile, ScannedFile
from ingest.model import Record
from ingest.page.blocks import Columns, PageText, holes, page_text, without_furniture
from ingest.page.ink import MAX_CHARACTERS, Ink
from ingest.page.joined import Part, carries_on, whole_table
from ingest.page.paragraphs import NOWHERE, Placed, between, goes_on, measures
from ingest.page.ruled import Grid
from ingest.readers.pdf.file import open_pdf, read_ink
from ingest.reading import Reading, ReadingBuilder

MAX_PAGES = 3000
"""Pages that are read of one file; the rest is left out with a doubt."""

MAX_TOTAL = 4_000_000
"""Characters that are read of one file: about 4,000 pages of a plan, half a minute."""

# What a table's cell costs, in characters.
_CELL = 10

Passage = list[Placed] | list[Part]
"""A paragraph, or a table with its share of each page."""


class Problem(Record, frozen=True):
    """What a page withholds: the doubt's code and its parameters."""

    page: int
    code: str
    params: dict[str, str]


def read_pdf(data: bytes, name: str) -> Reading:
    """The reading text of a PDF; `name` is the file's, for messages.

    Doubts: `page-without-text`, `picture-without-text`, `characters-without-text` and `page-too-full` name the page,
    `pages-left-out` the first page that was not read.

    Raises DamagedFile where it is no PDF, ScannedFile for a scan, LockedFile for a PDF that needs a password, EmptyFile
    where there is nothing on any page.
    """
    pages, problems, drawn = _read_pages(data, name)
    if all(page.is_blank for page in pages):
        if drawn:
            raise ScannedFile(path=name, format="pdf-scan")
        raise EmptyFile(path=name)
    kept = without_furniture(pages)
    return _written(_passages(kept), len(pages), problems)


def _read_pages(data: bytes, name: str) -> tuple[list[PageText], list[Problem], bool]:
    """The pages, what they withhold, and whether anything is drawn on them."""
    pages: list[PageText] = []
    problems: list[Problem] = []
    drawn, total = False, 0
    with open_pdf(data, name) as document:
        count = len(document)
        if not count:
            raise DamagedFile(path=name, reason="no pages")
        for number in range(1, count + 1):
            if number > MAX_PAGES or total > MAX_TOTAL:
                problems.append(Problem(number - 1, "pages-left-out", {"page": str(number), "pages": str(count)}))
                break
            ink = read_ink(document, number)
            pages.append(page_text(ink, pages[-1] if pages else None))
            problems += _problems(ink, pages[-1])
            drawn = drawn or bool(ink.pictures or ink.rules)
            total += len(ink.chars) + _CELL * sum(len(b.cells) for b in pages[-1].blocks if isinstance(b, Grid))
    return pages, problems, drawn


def _problems(ink: Ink, page: PageText) -> list[Problem]:
    where = {"page": str(ink.number)}
    if page.is_blank:
        return [Problem(ink.number, "page-without-text", where)]
    found = [Problem(ink.number, "picture-without-text", where) for _ in list(holes(ink))[:1]]
    if ink.mute:
        found.append(Problem(ink.number, "characters-without-text", {**where, "count": str(ink.mute)}))
    if len(ink.chars) >= MAX_CHARACTERS:
        found.append(Problem(ink.number, "page-too-full", where))
    return found


def _passages(pages: Sequence[PageText]) -> list[Passage]:
    """Paragraphs and tables in reading order, each whole; lines that run another way follow their page."""
    usual = measures(pages)
    passages: list[Passage] = []
    paragraph: list[Placed] = []
    table: list[Part] = []
    for page in pages:
        for place, block in enumerate(page.blocks):
            if isinstance(block, Columns):
                table = []
                for line in block.lines:
                    placed = Placed(page.number, line, usual[page.number, place])
                    if not (paragraph and goes_on(paragraph[-1], placed)):
                        paragraph = []
                        passages.append(paragraph)
                    paragraph.append(placed)
            else:
                paragraph = []
                part = Part(page.number, block)
                if not (table and table[-1].page == page.number - 1 and carries_on(table[-1].grid, block)):
                    table = []
                    passages.append(table)
                table.append(part)
        passages += [[Placed(page.number, line, NOWHERE)] for line in page.turned]
    return passages


def _written(passages: Sequence[Passage], pages: int, problems: Sequence[Problem]) -> Reading:
    writer = _Writer(problems)
    for passage in passages:
        if isinstance(passage[0], Placed):
            writer.paragraph([placed for placed in passage if isinstance(placed, Placed)])
        else:
            writer.table([part for part in passage if isinstance(part, Part)])
    return writer.done(pages)


class _Writer:
    """Writes passages and turns the pages that they stand on."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.builder = ReadingBuilder()
        self.page = 0
        self.problems: dict[int, list[Problem]] = {}
        for problem in problems:
            self.problems.setdefault(problem.page, []).append(problem)

    def paragraph(self, lines: Sequence[Placed]) -> None:
        """Writes a paragraph, joined over the pages that it runs over."""
        text = ""
        for placed in lines:
            self._turn_to(placed.page)
            self.builder.write(between(text, placed.line.text) + placed.line.text)
            text = placed.line.text
        self.builder.end_paragraph()

    def table(self, parts: Sequence[Part]) -> None:
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
            for problem in self.problems.get(self.page, ()):
                self.builder.doubt(problem.code, problem.params)
