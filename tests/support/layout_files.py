"""Writes a plan's paragraphs and tables as a file: text, web page, Word, workbook, PDF, OFD (文件)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from html import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph as PdfParagraph  # type: ignore[import-untyped]

from tests.support import ofd_writer
from tests.support.layouts import Block, Cell, Paragraph, Table
from tests.support.pdf_writer import FONT

Writer = Callable[[Sequence[Block]], bytes]

_INDENT = "　　"


# -- text


def txt(blocks: Sequence[Block]) -> bytes:
    """A paragraph a line, indented by two characters."""
    lines = [_INDENT + block.text for block in blocks if isinstance(block, Paragraph)]
    return "\n".join(lines).encode()


def wrapped_txt(blocks: Sequence[Block]) -> bytes:
    """GB 18030, lines broken at 28 characters, a page number after each 22 lines: copied out of a PDF."""
    lines: list[str] = []
    for block in blocks:
        assert isinstance(block, Paragraph)
        for line in _lines(block, 28):
            lines.append(line)
            if len(lines) % 23 == 22:
                lines.append(f"— {len(lines) // 23 + 1} —")
    return "\r\n".join(lines).encode("gb18030")


def _lines(paragraph: Paragraph, width: int) -> list[str]:
    """The lines of a paragraph that is indented, centred or set right in a column of `width` characters."""
    room = width - int(_width(paragraph.text))
    before = {"left": 2, "centre": max(room // 2, 0), "right": max(room - 2, 0)}[paragraph.place]
    return _broken("　" * before + paragraph.text, width)


def _width(text: str) -> float:
    """In full-width characters; a Latin letter or digit takes half of one."""
    return sum(0.5 if one.isascii() else 1.0 for one in text)


def _broken(text: str, width: int) -> list[str]:
    """The lines of a text: a number stays whole, no line begins with a mark that closes (行首禁则)."""
    lines = [""]
    for word in re.findall(r"[0-9A-Za-z.,%]+|.", text):
        if _width(lines[-1] + word) > width:
            # A mark takes the character before it along.
            taken = lines[-1][-1] if word in "，。、；：）》〉”〕】］]" else ""
            lines[-1] = lines[-1].removesuffix(taken)
            lines.append(taken)
        lines[-1] += word
    return lines


# -- web page


def html(blocks: Sequence[Block]) -> bytes:
    """A page of a government site: navigation, the document, the site's foot."""
    inside = "\n".join(_html_block(block) for block in blocks)
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>平川市人民政府</title></head><body>'
        '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>'
        f'<div class="content" id="zoom">{inside}</div>'
        '<div class="footer"><p>主办：平川市人民政府办公室</p><p>网站标识码：4100000000</p></div></body></html>'
    ).encode()


def _html_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f'<p style="text-align:{block.place.replace("centre", "center")}">{_INDENT}{escape(block.text)}</p>'
    rows = (f"<tr>{''.join(_td(cell) for cell in row if cell is not None)}</tr>" for row in block.rows)
    return f"<table>{''.join(rows)}</table>"


def _td(cell: Cell) -> str:
    return f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{"<br>".join(map(escape, cell.text.splitlines()))}</td>'


# -- Word


def word(blocks: Sequence[Block]) -> bytes:
    """A .docx by python-docx."""
    document = docx.Document()
    align = WD_ALIGN_PARAGRAPH
    places = {"left": align.JUSTIFY, "centre": align.CENTER, "right": align.RIGHT}
    for block in blocks:
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text).alignment = places[block.place]
            continue
        table = document.add_table(len(block.rows), len(block.rows[0]))
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    last = table.cell(row + cell.rows - 1, column + cell.columns - 1)
                    table.cell(row, column).merge(last).text = cell.text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


# -- workbook


def workbook(blocks: Sequence[Block]) -> bytes:
    """A .xlsx by openpyxl: paragraphs are rows above the table, merged over its width."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    width = max(len(block.rows[0]) for block in blocks if isinstance(block, Table))
    row = 1
    for block in sorted(blocks, key=lambda block: isinstance(block, Table)):
        if isinstance(block, Paragraph):
            sheet.cell(row, 1, block.text)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
            continue
        for cells in block.rows:
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    sheet.cell(row, column, cell.text)
                    if cell.rows > 1 or cell.columns > 1:
                        sheet.merge_cells(
                            start_row=row,
                            end_row=row + cell.rows - 1,
                            start_column=column,
                            end_column=column + cell.columns - 1,
                        )
            row += 1
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


# -- PDF

_PLACES = {"left": TA_JUSTIFY, "centre": TA_CENTER, "right": TA_RIGHT}
_COLUMNS = {5: [40, 62, 190, 120, 63], 6: [34, 56, 165, 85, 85, 50], 7: [34, 56, 145, 65, 65, 65, 50]}
"""Widths of a table's columns in points, by their count."""


def pdf(blocks: Sequence[Block]) -> bytes:
    """A .pdf by reportlab: justified paragraphs, ruled tables, `— 1 —` at the foot of each page."""
    held = io.BytesIO()
    story = [_pdf_paragraph(block) if isinstance(block, Paragraph) else _pdf_table(block) for block in blocks]
    document = SimpleDocTemplate(held, leftMargin=60, rightMargin=60, topMargin=90, bottomMargin=90)
    document.build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return held.getvalue()


def _page_number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 14)
    canvas.drawCentredString(297, 50, f"— {document.page} —")


def _pdf_paragraph(block: Paragraph) -> PdfParagraph:
    indent = 32 if block.place == "left" else 0
    style = ParagraphStyle(
        "body",
        fontName=FONT,
        fontSize=16,
        leading=28,
        wordWrap="CJK",
        firstLineIndent=indent,
        alignment=_PLACES[block.place],
    )
    return PdfParagraph(escape(block.text), style)


def _pdf_table(table: Table) -> LongTable:
    body = ParagraphStyle("cell", fontName=FONT, fontSize=10, leading=14, wordWrap="CJK")
    everywhere = (0, 0), (-1, -1)
    styles: list[tuple[object, ...]] = [("GRID", *everywhere, 0.5, colors.black), ("VALIGN", *everywhere, "TOP")]
    rows: list[list[object]] = []
    for down, cells in enumerate(table.rows):
        texts = ("" if cell is None else "<br/>".join(map(escape, cell.text.splitlines())) for cell in cells)
        rows.append([PdfParagraph(text, body) if text else "" for text in texts])
        styles.extend(
            ("SPAN", (across, down), (across + cell.columns - 1, down + cell.rows - 1))
            for across, cell in enumerate(cells)
            if cell is not None and (cell.rows > 1 or cell.columns > 1)
        )
    return LongTable(rows, colWidths=_COLUMNS[len(rows[0])], repeatRows=table.header, style=TableStyle(styles))


# -- OFD

_PAGE_LINES = 22
_CELL_EM, _CELL_LEADING = 4.0, 5.5


def ofd(blocks: Sequence[Block]) -> bytes:
    """A .ofd by the tests' own writer: a TextObject a line, ruled tables, page numbers."""
    return ofd_writer.ofd(ofd_pages(blocks))


def ofd_pages(blocks: Sequence[Block]) -> list[str]:
    """The objects of each page."""
    pages: list[str] = []
    here = ""
    y = ofd_writer.TOP
    bottom = ofd_writer.TOP + ofd_writer.LEADING * _PAGE_LINES

    def turn() -> None:
        nonlocal here, y
        pages.append(here + ofd_writer.line(f"— {len(pages) + 1} —", 97, 280, em=4.9))
        here, y = "", ofd_writer.TOP

    for block in blocks:
        if isinstance(block, Paragraph):
            for text in _lines(block, ofd_writer.COLUMNS):
                if y > bottom:
                    turn()
                said = text.lstrip("　")
                here += ofd_writer.line(said, ofd_writer.LEFT + ofd_writer.EM * (len(text) - len(said)), y)
                y += ofd_writer.LEADING
            continue
        for group in _groups(block):
            height = sum(_height(row) for row in group)
            if y + height > bottom + 5:
                turn()
            here += _ofd_rows(group, y - 5)
            y += height
        y += 12
    turn()
    return pages


_Row = tuple[Cell | None, ...]


def _groups(table: Table) -> list[list[_Row]]:
    """The rows of a table, those that merged cells hold together as one group."""
    groups: list[list[_Row]] = []
    held = 0
    for row in table.rows:
        if held:
            groups[-1].append(row)
        else:
            groups.append([row])
        held = max(held, *(cell.rows for cell in row if cell is not None)) - 1
    return groups


def _widths(row: _Row) -> list[float]:
    points = _COLUMNS[len(row)]
    return [each * 160 / sum(points) for each in points]


def _cell_lines(cell: Cell, width: float) -> list[str]:
    room = int((width - 2) / _CELL_EM)
    return [line for text in cell.text.splitlines() for line in _broken(text, room)]


def _height(row: _Row) -> float:
    widths = _widths(row)
    lines = [
        len(_cell_lines(cell, sum(widths[place : place + cell.columns])))
        for place, cell in enumerate(row)
        if cell is not None and cell.rows == 1
    ]
    return max(lines, default=1) * _CELL_LEADING + 2.5


def _ofd_rows(rows: Sequence[_Row], top: float) -> str:
    """A group of rows with the lines around each cell, merged ones whole."""
    objects: list[str] = []
    widths, heights = _widths(rows[0]), [_height(row) for row in rows]
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            if cell is None:
                continue
            x0, y0 = ofd_writer.LEFT + sum(widths[:across]), top + sum(heights[:down])
            width = sum(widths[across : across + cell.columns])
            y1 = y0 + sum(heights[down : down + cell.rows])
            objects += [ofd_writer.rule(x0, y, x0 + width, y) for y in (y0, y1)]
            objects += [ofd_writer.rule(x, y0, x, y1) for x in (x0, x0 + width)]
            objects += [
                ofd_writer.line(said, x0 + 1, y0 + 5 + nth * _CELL_LEADING, em=_CELL_EM)
                for nth, said in enumerate(_cell_lines(cell, width))
            ]
    return "".join(objects)


PROSE_FILES: dict[str, Writer] = {"plan.txt": txt, "wrapped.txt": wrapped_txt}
FILES: dict[str, Writer] = {"plan.html": html, "plan.docx": word, "plan.pdf": pdf, "plan.ofd": ofd}
TABLE_FILES: dict[str, Writer] = {"plan.xlsx": workbook}
"""The writers by the name of the file: for plans without tables, for any, for those that are tables."""
