"""Pages of a PDF that are turned, by the file's own word (/Rotate), by their text, or both: read as they are held."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.ingest.page.test_unruled import HEAD, TASKS, WIDTHS, many, unruled, written
from tests.support.pdf_writer import FONT, HEIGHT, LONG, WIDTH, drawn, flowing, lines, pieces, read, table, text_page

ANGLES = (90, 180, 270)
SHORT = [HEAD, *([text[:6] for text in row] for row in TASKS)]
FILES = {
    "prose": (drawn(text_page(LONG, LONG)), [LONG, LONG]),
    "ruled table": (flowing(table([list(row) for row in SHORT], widths=WIDTHS)), written(*SHORT)),
    "table without lines": (flowing(unruled([HEAD, *many(14)], widths=WIDTHS)), written(HEAD, *many(14))),
}


def rotated(data: bytes, angle: int) -> bytes:
    """The file with /Rotate on each page."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(angle)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def columns(canvas: Canvas) -> None:
    """Two columns below a title that spans both."""
    canvas.setFont(FONT, 20)
    canvas.drawCentredString(WIDTH / 2, 640, "两栏排版的工作方案")
    canvas.setFont(FONT, 12)
    for column, sign in enumerate("左右"):
        for row in range(10):
            canvas.drawString(90 + column * 225, 600 - row * 20, sign * 16)
        canvas.drawString(90 + column * 225, 400, sign)


def turned(draw: Callable[[Canvas], None], angle: int) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(angle)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        draw(canvas)

    return page


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("kind", FILES)
def test_what_the_file_says_of_a_page_turns_nothing(kind: str, angle: int) -> None:
    data, expected = FILES[kind]
    assert lines(read(rotated(data, angle))) == expected


@pytest.mark.parametrize("rotate", [0, *ANGLES])
@pytest.mark.parametrize("angle", [0, *ANGLES])
def test_two_columns_on_a_turned_page_are_read_one_after_the_other(angle: int, rotate: int) -> None:
    reading = read(rotated(drawn(turned(columns, angle)), rotate))
    assert lines(reading) == ["两栏排版的工作方案", "左" * 161, "右" * 161]


def test_an_annex_across_the_page_follows_upright_pages() -> None:
    def annex(canvas: Canvas) -> None:
        canvas.setPageSize(landscape(A4))
        canvas.setFont(FONT, 14)
        for column in (0, 1):
            for row, text in enumerate(2 * pieces(LONG, 20, 22)):
                canvas.drawString(60 + column * 380 + (0 if row % 3 else 28), 520 - 24 * row, text)

    assert lines(read(drawn(text_page(LONG, LONG), annex))) == [LONG] * 6
