"""Characters of a PDF whose font says nothing of them: not read as what their numbers happen to mean, and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ingest.errors import ScannedFile
from tests.support.pdf_writer import LONG, drawn, lines, read, text_page

SAID, MUTE = "一、总体要求", "改造老旧管网"


def mixed(first: str, second: str) -> Callable[[Canvas], None]:
    """A line in a font of Chinese and one in a font of Japanese characters."""

    def draw(canvas: Canvas) -> None:
        text_page(first)(canvas)
        canvas.setFont("HeiseiMin-W3", 16)
        canvas.drawString(100, 500, second)

    return draw


def unmapped(data: bytes, collection: bytes, encoding: bytes) -> bytes:
    """The file without a word on what the glyphs of a font are: a collection and an encoding that nobody knows."""
    assert collection in data
    assert encoding in data
    return data.replace(collection, b"(" + b"X" * (len(collection) - 2) + b")").replace(
        encoding, b"/Identity-H".ljust(len(encoding))
    )


@pytest.fixture(autouse=True)
def _japanese() -> None:
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))


def test_characters_of_an_unknown_collection_are_told_and_the_others_read() -> None:
    reading = read(unmapped(drawn(mixed(SAID, MUTE)), b"(Japan1)", b"/UniJIS-UCS2-H"))
    assert lines(reading) == [SAID]
    assert [(doubt.code, doubt.params) for doubt in reading.doubts] == [
        ("characters-without-text", {"page": "1", "count": str(len(MUTE))})
    ]


def test_a_page_of_them_has_no_text() -> None:
    pages = text_page(LONG), lambda canvas: mixed("", MUTE)(canvas)
    reading = read(unmapped(drawn(*pages), b"(Japan1)", b"/UniJIS-UCS2-H"))
    assert lines(reading) == [LONG]
    assert [(doubt.code, doubt.params["page"]) for doubt in reading.doubts] == [("page-without-text", "2")]


def test_a_file_of_them_is_refused_like_a_scan() -> None:
    with pytest.raises(ScannedFile):
        read(unmapped(drawn(text_page(LONG)), b"(GB1)", b"/UniGB-UCS2-H"))
