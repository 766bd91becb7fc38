""".docx (ECMA-376, WordprocessingML) → reading text: what Word shows of the body, tracked changes taken as accepted.

The parts are read directly: automatic numbers, notes, text boxes, tracked changes, content controls and hidden text
are in none of the paragraphs and tables that python-docx hands out. Headers and footers (页眉, 页脚) are not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ingest.errors import DamagedFile, EmptyFile, ScannedFile
from ingest.files.opc import main_part, related
from ingest.files.zip import SafeZip, open_zip
from ingest.model import Span
from ingest.readers.docx.blocks import DocxBlock, DocxParagraph, DocxRow, DocxTable
from ingest.readers.docx.body import BodyReader, NoteKey
from ingest.readers.docx.numbering import Numbering, read_lists
from ingest.readers.docx.runs import PAGE
from ingest.readers.docx.styles import read_styles
from ingest.readers.docx.xml import W
from ingest.readers.repeated_rows import repeated_rows
from ingest.reading import CellText, Reading, ReadingBuilder, cell_text, paragraph_text

# A soft line break after one of these, or before one of those, stands inside a sentence; any other ends a line.
_GOES_ON_AFTER = tuple("，、（(〔［[【《〈“‘—")
_GOES_ON_BEFORE = tuple("，、。；：！？）)〕］]】》〉”’")
_BEGINNING_CHARACTERS = 40
# Separators that Word keeps among the notes.
_NO_NOTES = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read_docx(data: bytes, name: str) -> Reading:
    """The reading text of a .docx, `name` its file for errors.

    Pages are those that Word noted when it last laid the file out; a file without such notes has none. Doubts:
    `hidden-text`, `struck-text` (params: text, its beginning): left out. Raises UnsupportedFormat (an old .doc or a
    file with a password under this name), DamagedFile, FileTooLarge, EmptyFile, ScannedFile where it holds pictures
    alone.
    """
    container = open_zip(data, name)
    part = main_part(container)
    root = container.xml(part)
    body = root.find(W + "body")
    if body is None:
        raise DamagedFile(path=name, reason="missing-part", part="body")
    reader = _reader(container, part)
    writer = _Writer()
    if next(root.iter(W + "lastRenderedPageBreak"), None) is not None:
        writer.begin_page()
    writer.blocks(reader.blocks(body))
    writer.footnotes()
    writer.blocks(reader.endnotes())
    reading = writer.builder.done()
    if not reading.text.strip():
        if any(next(body.iter(picture), None) is not None for picture in (W + "drawing", W + "pict")):
            raise ScannedFile(path=name, format="docx-scan", pages="1")
        raise EmptyFile(path=name)
    return reading


def _reader(container: SafeZip, part: str) -> BodyReader:
    parts = dict(related(container, part).values())

    def root(kind: str) -> Element | None:
        return container.xml(parts[kind]) if kind in parts else None

    notes: dict[NoteKey, Element] = {}
    for kind in ("footnote", "endnote"):
        table = root(kind + "s")
        for element in () if table is None else table.findall(W + kind):
            if element.get(W + "type") not in _NO_NOTES:
                notes[kind, element.get(W + "id", "")] = element
    return BodyReader(read_styles(root("styles")), Numbering(read_lists(root("numbering"))), notes)


class _Writer:
    """Writes blocks into a reading; knows the header of the table written last, in case the next one goes on."""

    def __init__(self) -> None:
        self.builder = ReadingBuilder()
        self._page = 0
        self._header: list[list[str]] = []
        self._notes: list[DocxBlock] = []

    def begin_page(self) -> None:
        self._page += 1
        self.builder.begin_page(self._page)

    def blocks(self, blocks: Iterable[DocxBlock]) -> None:
        for block in blocks:
            if isinstance(block, DocxTable):
                self._table(block)
            else:
                self._paragraph(block)

    def footnotes(self) -> None:
        """Writes the footnotes (脚注) of what was written, behind it: in its midst they would part sentences."""
        while self._notes:
            notes, self._notes = self._notes, []
            self.blocks(notes)

    def _paragraph(self, paragraph: DocxParagraph) -> None:
        start = self.builder.length
        for line in _lines(paragraph.text):
            begun = self.builder.length
            self._line(PAGE * line.count(PAGE) if paragraph.bare else line)
            if paragraph.level is not None and self.builder.length > begun:
                self.builder.heading(paragraph.level, Span(begun, self.builder.length - 1))
        self._unread("hidden-text", paragraph.hidden)
        self._unread("struck-text", paragraph.struck)
        if self.builder.length > start:
            self._header = []
        self.blocks(paragraph.boxes)
        self._notes += paragraph.notes

    def _line(self, line: str) -> None:
        """Writes one line; a page that begins inside of it joins it over the two pages."""
        for index, piece in enumerate(line.split(PAGE)):
            if index:
                self.begin_page()
            self.builder.write(paragraph_text(piece))
        self.builder.end_paragraph()

    def _table(self, table: DocxTable) -> None:
        texts = [[cell_text(cell.text) for cell in row.cells] for row in table.rows]
        repeated = repeated_rows(texts, self._header)
        if not (self._header and repeated and min(repeated) == 0):
            repeated = repeated_rows(texts)
            self._header = texts
            self.builder.begin_table()
        for index, row in enumerate(table.rows):
            self._row(row, written=index not in repeated and any(texts[index]))
        self._unread("hidden-text", table.hidden)
        self._unread("struck-text", table.struck)
        self._notes += table.notes

    def _row(self, row: DocxRow, *, written: bool) -> None:
        """Writes a row. A page that begins at its first character begins before it, any other after it."""
        breaks = max((cell.text.count(PAGE) for cell in row.cells), default=0)
        before = 1 if any(cell.text.startswith(PAGE) for cell in row.cells[:1]) else 0
        for _ in range(before):
            self.begin_page()
        cells = [CellText(cell.column, cell.text.replace(PAGE, ""), cell.rows, cell.columns) for cell in row.cells]
        self.builder.row(cells if written else ())
        for _ in range(breaks - before):
            self.begin_page()

    def _unread(self, code: str, text: str) -> None:
        beginning = paragraph_text(text)[:_BEGINNING_CHARACTERS]
        if beginning:
            self.builder.doubt(code, {"text": beginning})


def _lines(text: str) -> list[str]:
    """The lines that soft line breaks make of a paragraph, without those inside a sentence."""
    lines: list[list[str]] = []
    before = ""
    for piece in text.split("\n"):
        piece = piece.strip(" \t")
        if lines and (before.endswith(_GOES_ON_AFTER) or piece.startswith(_GOES_ON_BEFORE)):
            lines[-1].append(piece)
        else:
            lines.append([piece])
        before = piece
    return ["".join(pieces) for pieces in lines]
