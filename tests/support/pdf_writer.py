"""Writes small PDFs with reportlab for the tests of reading them: pages of text, ruled tables."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import Flowable, LongTable, SimpleDocTemplate, TableStyle  # type: ignore[import-untyped]

from ingest.readers.pdf.read import read_pdf
from ingest.reading import Reading

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

WIDTH, HEIGHT = A4
LEFT, TOP, SIZE, LEADING = 80.0, 740.0, 16.0, 29.0
PER_LINE = 27

GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 12)]


def drawn(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    """A PDF with a page for each function."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for page in pages:
        canvas.setFont(FONT, SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text_page(*paragraphs: str, number: str = "", head: str = "") -> Callable[[Canvas], None]:
    """A page of justified paragraphs with the first line indented by two characters, 27 characters a line."""

    def draw(canvas: Canvas) -> None:
        y = TOP
        for paragraph in paragraphs:
            rest, x, room = paragraph, LEFT + 2 * SIZE, PER_LINE - 2
            if paragraph.startswith("~"):
                rest, x, room = paragraph[1:], LEFT, PER_LINE
            while rest:
                canvas.drawString(x, y, rest[:room])
                rest, x, room, y = rest[room:], LEFT, PER_LINE, y - LEADING
        canvas.setFont(FONT, 14)
        if number:
            canvas.drawCentredString(WIDTH / 2, 60, number)
        if head:
            canvas.drawCentredString(WIDTH / 2, HEIGHT - 50, head)

    return draw


def flowing(*story: Flowable, size: tuple[float, float] = A4) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=size, topMargin=90, bottomMargin=90).build(list(story))
    return out.getvalue()


def read(data: bytes) -> Reading:
    return read_pdf(data, "plan.pdf")


def lines(reading: Reading) -> list[str]:
    return reading.text.replace("\f", "").splitlines()


def pieces(text: str, *lengths: int) -> list[str]:
    """`text` cut after each of the lengths."""
    found = []
    for length in lengths:
        found.append(text[:length])
        text = text[length:]
    return [*found, text]


LONG = (
    "各级各部门要加强组织领导，明确责任分工，细化工作措施，健全协调机制，"
    "确保各项任务落到实处，取得实效，并及时总结经验加以推广。"
)


def table(rows: list[list[object]], *extra: tuple[object, ...], widths: list[float]) -> LongTable:
    return LongTable(rows, colWidths=widths, repeatRows=1, style=TableStyle([*GRID, *extra]))


BODY = ParagraphStyle("cell", fontName=FONT, fontSize=12, leading=17, wordWrap="CJK")


Ruled = list[tuple[float, list[list[str] | None]]]


def ruled(rows: Ruled, widths: list[float]) -> Callable[[Canvas], None]:
    """A page with a ruled table. Each row has its height and the lines of each cell; None goes on from above."""

    def draw(canvas: Canvas) -> None:
        xs = [LEFT + sum(widths[:place]) for place in range(len(widths) + 1)]
        y = TOP
        canvas.setFont(FONT, 12)
        for height, row in rows:
            for place, cell in enumerate(row):
                if cell is not None:
                    canvas.line(xs[place], y, xs[place + 1], y)
                for number, line in enumerate(cell or []):
                    canvas.drawString(xs[place] + 3, y - 14 - 17 * number, line)
            y -= height
        canvas.line(xs[0], y, xs[-1], y)
        for x in xs:
            canvas.line(x, TOP, x, y)

    return draw
