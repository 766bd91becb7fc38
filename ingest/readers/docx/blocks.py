"""The blocks that the body of a .docx is made of, in reading order: paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DocxParagraph:
    """段落: its text with the automatic number in front, LF for a soft line break, `docx_runs.PAGE` for a new page.

    `struck` is what a line is drawn through, `boxes` are its text boxes and `notes` its footnotes, both to be read
    after it. `bare` where there is nothing but the automatic number.
    """

    text: str
    bare: bool = False
    hidden: str = ""
    struck: str = ""
    level: int | None = None
    boxes: tuple[DocxParagraph | DocxTable, ...] = ()
    notes: tuple[DocxParagraph | DocxTable, ...] = ()


@dataclass(frozen=True)
class TableCell:
    """A cell in the table's grid: `column` from 1, `rows` and `columns` say how far it reaches."""

    column: int
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class DocxRow:
    """The cells that begin in a row; `header` where Word repeats the row on each page."""

    cells: tuple[TableCell, ...]
    header: bool = False


@dataclass(frozen=True)
class DocxTable:
    """表格: its rows, what is hidden and what is struck through in it, and the footnotes of its cells."""

    rows: tuple[DocxRow, ...]
    hidden: str = ""
    notes: tuple[DocxParagraph | DocxTable, ...] = ()
    struck: str = ""


DocxBlock = DocxParagraph | DocxTable


def flattened(blocks: tuple[DocxBlock, ...]) -> list[str]:
    """The lines of a cell: its paragraphs, each followed by its text boxes, and nested tables row by row."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, DocxTable):
            lines.extend(" ".join(cell.text for cell in row.cells if cell.text) for row in block.rows)
        else:
            lines.append(block.text)
            lines.extend(flattened(block.boxes))
    return [line for line in lines if line]


def notes_of(blocks: tuple[DocxBlock, ...]) -> tuple[DocxBlock, ...]:
    """The footnotes that blocks and their text boxes refer to, in order."""
    found: list[DocxBlock] = []
    for block in blocks:
        found.extend(block.notes)
        if isinstance(block, DocxParagraph):
            found.extend(notes_of(block.boxes))
    return tuple(found)


def hidden_in(blocks: tuple[DocxBlock, ...]) -> str:
    """What is hidden in blocks and their text boxes."""
    return "".join(
        block.hidden + (hidden_in(block.boxes) if isinstance(block, DocxParagraph) else "") for block in blocks
    )


def struck_in(blocks: tuple[DocxBlock, ...]) -> str:
    """What is struck through in blocks and their text boxes."""
    return "".join(
        block.struck + (struck_in(block.boxes) if isinstance(block, DocxParagraph) else "") for block in blocks
    )
