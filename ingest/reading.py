"""What a reader hands back (阅读文本): the text that offsets index, and where its pages and table cells begin.

Every reader (`read_pdf`, `read_html`, `read_docx` …) writes into a `ReadingBuilder`, so that paragraphs, pages and
tables look the same whatever file they came from: a paragraph ends by LF, a page begins by FF unless a paragraph or
row runs on into it, the cells of a row are parted by TAB. A row has one field for each column of the table's grid;
a field that a merged cell covers is empty, so that column `n` of a row is `row.split("\\t")[n - 1]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Cell, Doubt, Page, Record, Span, StyledHeading

# What no text may hold: control characters, zero-width marks, halves of surrogate pairs.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]+")
_BREAKS = re.compile(r"(?<![^\S\t\n\r\f\v])[^\S\t\n\r\f\v]*[\n\r\f\v\x85\u2028\u2029]\s*")
_BLANKS = re.compile(r"\s+")

# CJK characters and the punctuation that is set as wide as they are.
CJK = (
    "\u2e80-\u2fdf\u3001-\u303f\u3040-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
    "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u24ff"
)


class Reading(Record, frozen=True):
    """阅读文本 with its place map and with what the reader could not settle."""

    text: str
    pages: tuple[Page, ...] = ()
    cells: tuple[Cell, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    headings: tuple[StyledHeading, ...] = ()


class CellText(Record, frozen=True):
    """What one cell says, and where it stands in its row: `column` counts from 1, in columns of the table's grid."""

    column: int
    text: str
    rows: int = 1
    columns: int = 1


def paragraph_text(raw: str) -> str:
    """`raw` on one line: a line break between CJK characters goes, any other break or TAB becomes one blank.

    Blanks inside a line stay as they are in the file; those at its ends go.
    """
    text = _NO_TEXT.sub("", raw)
    if _BREAKS.search(text):
        text = _BREAKS.sub(lambda found: _break_between(text, found.start(), found.end()), text)
    return text.replace("\t", " ").strip()


def cell_text(raw: str) -> str:
    """`raw` as one field of a row: no TAB and no LF; a blank or line break stays as one blank.

    It may be all that parts two names: 市教育局 市公安局.
    """
    return _BLANKS.sub(" ", _NO_TEXT.sub("", raw)).strip()


def _break_between(text: str, start: int, end: int) -> str:
    before, after = text[start - 1 : start], text[end : end + 1]
    return "" if not before or not after or is_cjk(before) or is_cjk(after) else " "


_CJK_CHARACTER = re.compile(f"[{CJK}]")


def is_cjk(character: str) -> bool:
    """Whether a character is Chinese or punctuation set as wide as Chinese."""
    return _CJK_CHARACTER.match(character) is not None


class ReadingBuilder:
    """Writes a reading from its first character to its last.

    >>> builder = ReadingBuilder()
    >>> builder.begin_page(1)
    >>> _ = builder.paragraph("一、总体要求")
    >>> _ = builder.begin_table()
    >>> _ = builder.row([CellText(1, "序号"), CellText(2, "任务")])
    >>> builder.done().text
    '一、总体要求\\n序号\\t任务\\n'
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._open = False
        self._waiting: list[int] = []
        self._pages: list[Page] = []
        self._cells: list[Cell] = []
        self._doubts: list[Doubt] = []
        self._headings: list[StyledHeading] = []
        self._table = 0
        self._row = 0
        self._sheet = ""

    @property
    def length(self) -> int:
        """Characters written so far: the offset of the next one."""
        return self._length

    def begin_page(self, number: int) -> None:
        """What is written next stands on page `number`. Inside an open paragraph no FF is written."""
        self._waiting.append(number)

    def write(self, text: str) -> Span:
        """Adds `text` (already on one line) to the open paragraph, opening one if there is none."""
        if not text:
            return Span(self._length, self._length)
        self._settle_pages()
        self._open = True
        return self._put(text)

    def end_paragraph(self) -> None:
        """Ends the open paragraph by LF; does nothing where none is open."""
        if self._open:
            self._open = False
            self._put("\n")

    def paragraph(self, raw: str) -> Span:
        """Writes one whole paragraph; one without text leaves nothing. Gives the span of its text without LF."""
        self.end_paragraph()
        span = self.write(paragraph_text(raw))
        self.end_paragraph()
        return span

    def begin_table(self, sheet: str = "") -> int:
        """The rows that follow belong to a new table, on worksheet `sheet` if it has one. Gives its number from 1."""
        self.end_paragraph()
        self._table, self._row, self._sheet = self._table + 1, 0, sheet
        return self._table

    def row(self, cells: Sequence[CellText]) -> int:
        """Writes the cells that begin in the table's next row, from left to right. Gives the row's number from 1.

        A row without cells of its own (merged cells from above cover it) counts and writes nothing.
        """
        self.end_paragraph()
        self._row += 1
        if not cells:
            return self._row
        self._settle_pages()
        column = 1
        for cell in cells:
            self._put("\t" * (cell.column - column))
            column = cell.column
            span = self._put(cell_text(cell.text))
            self._cells.append(Cell(self._table, self._row, column, span, cell.rows, cell.columns, self._sheet))
        self._put("\n")
        return self._row

    def doubt(self, code: str, params: dict[str, str], span: Span | None = None) -> None:
        """Records a doubt; without `span` it stands where the next character will."""
        self._doubts.append(Doubt(code, params, span or Span(self._length, self._length)))

    def heading(self, level: int, span: Span) -> None:
        """Says that the paragraph at `span` is a heading of this level, from 1."""
        self._headings.append(StyledHeading(level, span))

    def done(self) -> Reading:
        """The reading. Pages after the last character begin at the end of the text."""
        self.end_paragraph()
        self._settle_pages()
        return Reading(
            "".join(self._parts), tuple(self._pages), tuple(self._cells), tuple(self._doubts), tuple(self._headings)
        )

    def _settle_pages(self) -> None:
        """Gives the pages begun since the last character their place here."""
        for number in self._waiting:
            if self._pages and not self._open:
                self._put("\f")
            self._pages.append(Page(number, self._length))
        self._waiting.clear()

    def _put(self, text: str) -> Span:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)
