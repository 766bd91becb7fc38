"""Scans: a file of pictures says that it is one and on which pages; a few scanned pages are named."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ingest.errors import EmptyFile, ScannedFile
from ingest.page.scans import page_list
from ingest.readers.docx.read import read_docx
from tests.support.docx_writer import docx, p
from tests.support.pdf_writer import FONT, HEIGHT, LONG, WIDTH, drawn, lines, read, text_page

# A grey picture of one dot, drawn as large as the page.
DOT = b"P6 1 1 255 \x80\x80\x80"

Page = Callable[[Canvas], None]


def scan(said: str = "", strips: int = 1) -> Page:
    """A page that is a picture, in one piece or in strips, with a few words set below it."""

    def draw(canvas: Canvas) -> None:
        for strip in range(strips):
            picture = ImageReader(io.BytesIO(DOT[:-1] + bytes([128 + strip])))
            canvas.drawImage(picture, 0, HEIGHT / strips * strip, WIDTH, HEIGHT / strips)
        canvas.setFont(FONT, 10)
        canvas.drawString(80, 30, said)

    return draw


def told(*pages: Page) -> list[tuple[str, dict[str, str]]]:
    return [(doubt.code, doubt.params) for doubt in read(drawn(*pages)).doubts]


@pytest.mark.parametrize("one", [scan(), scan(strips=8), scan("— 2 —"), scan("扫描全能王 创建")])
def test_scanned_pages_amid_text_are_named_once(one: Page) -> None:
    text = text_page(LONG)
    assert told(text, one, text, one, one) == [("scanned-pages", {"pages": "2、4-5"})]


@pytest.mark.parametrize("said", ["", "扫描全能王 创建", "- 1 -"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_file_of_scans_is_refused_with_its_pages(count: int, said: str) -> None:
    with pytest.raises(ScannedFile) as refused:
        read(drawn(*[scan(said)] * count))
    assert refused.value.params["pages"] == ("1" if count == 1 else f"1-{count}")


def test_a_picture_behind_a_page_of_text_is_no_scan() -> None:
    def draw(canvas: Canvas) -> None:
        scan()(canvas)
        canvas.setFont(FONT, 16)
        text_page(LONG)(canvas)

    assert (told(draw), lines(read(drawn(draw)))) == ([], [LONG])


def test_a_small_picture_beside_text_is_no_scan() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(io.BytesIO(DOT)), 80, 80, 200, 200)
        text_page("一、总体要求")(canvas)

    assert [code for code, _ in told(draw)] == ["picture-without-text"]


@pytest.mark.parametrize(
    ("numbers", "said"), [([3], "3"), ([2, 1], "1-2"), ([1, 2, 3, 7, 9, 10], "1-3、7、9-10"), ([], "")]
)
def test_pages_are_listed_in_runs(numbers: list[int], said: str) -> None:
    assert page_list(numbers) == said


@pytest.mark.parametrize("picture", ["<w:r><w:drawing/></w:r>", "<w:r><w:pict/></w:r>"])
def test_a_word_file_of_pictures_alone_is_a_scan(picture: str) -> None:
    with pytest.raises(ScannedFile):
        read_docx(docx(p(picture)), "plan.docx")
    with pytest.raises(EmptyFile):
        read_docx(docx(p("")), "plan.docx")
