"""The body of a .docx as blocks in reading order: numbers in front of paragraphs, notes and text boxes after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from ingest.readers.docx.blocks import DocxBlock, DocxParagraph, DocxTable, struck_in
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.runs import GatheredText, RunReader
from ingest.readers.docx.styles import Styles, heading_level, hides, next_label
from ingest.readers.docx.tables import cells_of, read_table, rows_of
from ingest.readers.docx.xml import W, unwrapped

NoteKey = tuple[str, str]
"""`footnote` or `endnote`, and the note's id."""


class BodyReader:
    """Reads the stories of one document, which share styles and counters."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict[NoteKey, Element]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = dict(notes)
        self._endnotes: list[Element] = []

    def blocks(self, parent: Element) -> Iterator[DocxBlock]:
        """What `parent` (a body, a cell, a text box, a note) holds, in order."""
        runs = RunReader(self._styles)
        line = GatheredText()
        for child in unwrapped(parent):
            if child.tag == W + "p":
                read = runs.read(child)
                line.add(read)
                if self._ends(child, line, says="".join(read.parts).strip() != ""):
                    yield self._paragraph(line)
                    line = GatheredText()
            elif child.tag == W + "tbl":
                rows = rows_of(child)
                cells = [cell for row in rows for cell in cells_of(row)]
                if len(cells) == 1 or _is_a_frame(rows, cells):
                    # Lines around text, not a table.
                    for cell in cells:
                        yield from self.blocks(cell)
                else:
                    yield self._table(child, rows)
        if line.parts or line.hidden or line.struck or line.boxes or line.notes:
            yield self._paragraph(line)

    def endnotes(self) -> Iterator[DocxBlock]:
        """The endnotes (尾注) that the blocks read so far refer to: they are shown at the end of the document."""
        while self._endnotes:
            yield from self.blocks(self._endnotes.pop(0))

    def _table(self, element: Element, rows: list[Element]) -> DocxTable:
        kept = set(map(id, rows))
        struck = [_words(row) for row in unwrapped(element) if row.tag == W + "tr" and id(row) not in kept]

        def cell(found: Element) -> tuple[DocxBlock, ...]:
            blocks = tuple(self.blocks(found))
            struck.append(struck_in(blocks))
            return blocks

        table = read_table(rows, cell)
        return replace(table, struck="".join(struck))

    def _ends(self, paragraph: Element, line: GatheredText, *, says: bool) -> bool:
        """Puts the number in front of what `line` has gathered, and says whether the paragraph ends here.

        A deleted mark joins its text to the next paragraph, which gives the whole its number; a hidden mark
        (样式分隔符) joins a heading, number and all, to the text that runs on. A hidden paragraph has no number.
        """
        properties = paragraph.find(W + "pPr")
        mark = None if properties is None else properties.find(W + "rPr")
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            return False
        hidden_mark = bool(hides(mark))
        if hidden_mark and not says:
            return False
        line.level = heading_level(properties, self._styles) or line.level
        line.number(next_label(properties, self._styles, self._numbering))
        return not hidden_mark

    def _paragraph(self, line: GatheredText) -> DocxParagraph:
        return DocxParagraph(
            text="".join(line.parts),
            bare=line.bare,
            hidden="".join(line.hidden),
            struck="".join(line.struck),
            level=line.level,
            boxes=tuple(block for box in line.boxes for block in self.blocks(box)),
            notes=tuple(block for note in line.notes for block in self._note(note)),
        )

    def _note(self, key: NoteKey) -> Iterator[DocxBlock]:
        # Taken out, so that a note that refers to itself ends.
        element = self._notes.pop(key, None)
        if element is None:
            return
        if key[0] == "endnote":
            self._endnotes.append(element)
        else:
            yield from self.blocks(element)


_FRAME_ROWS = 4
_INNER_ROWS, _INNER_COLUMNS = 2, 3


def _is_a_frame(rows: Sequence[Element], cells: Sequence[Element]) -> bool:
    """Whether a table only lays out what it holds: a few cells, and in one of them a table of rows and columns."""
    inner = [rows_of(child) for cell in cells for child in unwrapped(cell) if child.tag == W + "tbl"]
    whole = any(len(each) >= _INNER_ROWS and len(cells_of(each[0])) >= _INNER_COLUMNS for each in inner)
    return whole and len(rows) <= _FRAME_ROWS and len(cells) <= 2 * len(rows)


def _words(deleted: Element) -> str:
    """What a deleted row said."""
    return "".join(each.text or "" for each in deleted.iter() if each.tag in (W + "t", W + "delText"))
