"""Watermarks over and under a page's text: left out, whatever their angle and colour; pale text that counts stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.colors import Color, white  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ingest.readers.ofd.read import read_ofd
from tests.support.ofd_writer import line, ofd
from tests.support.pdf_writer import FONT, HEIGHT, LONG, WIDTH, drawn, lines, read, ruled, text_page

Page = Callable[[Canvas], None]
ROWS = [["序号", "重点任务", "责任单位"], ["1", "改造老旧管网", "市水务局"], ["2", "组织开展巡查", "市应急局"]]
TABLE = ruled([(60, [[text] for text in row]) for row in ROWS], [40, 200, 160])
WRITTEN = ["\t".join(row) for row in ROWS]

SILVER, ROSE, BLACK = Color(0.75, 0.75, 0.75), Color(1, 0.6, 0.6), Color(0, 0, 0)
VEILED = Color(0, 0, 0, alpha=0.12)


def marked(page: Page, words: str, colour: Color, angle: float, size: float = 14, step: float = 110) -> Page:
    """The page below words that are set again and again, aslant or level."""

    def draw(canvas: Canvas) -> None:
        page(canvas)
        canvas.setFont(FONT, size)
        canvas.setFillColor(colour)
        for x in range(0, int(WIDTH), int(step)):
            for y in range(20, int(HEIGHT), int(0.7 * step)):
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(angle)
                canvas.drawString(0, 0, words)
                canvas.restoreState()

    return draw


@pytest.mark.parametrize("colour", [SILVER, ROSE, VEILED, BLACK])
@pytest.mark.parametrize(("angle", "step"), [(30, 110), (45, 60), (-45, 90), (15, 150)])
@pytest.mark.parametrize("words", ["松河政务张三0412", "内部资料请勿外传"])
def test_words_aslant_again_and_again_are_left_out(words: str, angle: float, step: float, colour: Color) -> None:
    assert lines(read(drawn(marked(TABLE, words, colour, angle, step=step)))) == WRITTEN


@pytest.mark.parametrize("colour", [SILVER, ROSE, VEILED, BLACK])
@pytest.mark.parametrize("words", ["松河政务张三0412", "10.3.4.17李四"])
def test_level_words_again_and_again_over_the_text_are_left_out(words: str, colour: Color) -> None:
    prose = text_page("一、总体要求", LONG, "二、重点任务", LONG)
    assert lines(read(drawn(marked(prose, words, colour, 0)))) == ["一、总体要求", LONG, "二、重点任务", LONG]


@pytest.mark.parametrize("words", ["征求意见稿", "草案", "内部资料"])
@pytest.mark.parametrize("angle", [0, 45, 55])
def test_large_pale_words_across_the_page_are_left_out(words: str, angle: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillColor(SILVER)
        canvas.setFont(FONT, 90)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(angle)
        canvas.drawCentredString(0, 0, words)
        canvas.restoreState()
        canvas.setFont(FONT, 16)
        text_page("一、总体要求", LONG, LONG)(canvas)

    assert lines(read(drawn(draw))) == ["一、总体要求", LONG, LONG]


def test_pale_text_that_is_no_watermark_stays() -> None:
    def draw(canvas: Canvas) -> None:
        text_page("一、总体要求", LONG)(canvas)
        canvas.setFillColor(SILVER)
        canvas.setFont(FONT, 16)
        canvas.drawString(80, 500, "（市水务局负责）")

    assert lines(read(drawn(draw)))[-1] == "（市水务局负责）"


def test_white_heads_on_a_coloured_field_stay() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.1, 0.2, 0.6))
        canvas.rect(80, 680, 400, 60, stroke=0, fill=1)
        canvas.setFillColor(white)
        ruled([(60, [[text] for text in ROWS[0]])], [40, 200, 160])(canvas)
        canvas.setFillColor(BLACK)
        canvas.translate(0, -60)
        ruled([(60, [[text] for text in row]) for row in ROWS[1:]], [40, 200, 160])(canvas)

    assert lines(read(drawn(draw))) == WRITTEN


def test_a_unit_that_stands_in_each_row_stays() -> None:
    rows = [["序号", "重点任务", "责任单位"], *([str(n), f"任务{n}", "市发展和改革委员会"] for n in range(1, 9))]
    assert lines(read(drawn(ruled([(24, [[text] for text in row]) for row in rows], [40, 200, 160])))) == [
        "\t".join(row) for row in rows
    ]


def test_a_page_of_a_watermark_alone_says_that_it_has_no_text() -> None:
    reading = read(drawn(text_page(LONG), marked(lambda canvas: None, "松河政务张三0412", SILVER, 30)))
    assert lines(reading) == [LONG]
    assert [(doubt.code, doubt.params["page"]) for doubt in reading.doubts] == [("page-without-text", "2")]


def pale(text: str, x: float, y: float, colour: str) -> str:
    """A line of an OFD in a colour."""
    return line(text, x, y).replace("><ofd:TextCode", f"><ofd:FillColor {colour}/><ofd:TextCode", 1)


@pytest.mark.parametrize("colour", ['Value="200 200 200"', 'Value="0 0 0" Alpha="30"', 'Value="220"'])
def test_level_words_over_the_text_of_an_ofd_are_left_out(colour: str) -> None:
    text: Sequence[str] = [line("一、总体要求", 39, 50), line("（市水务局负责）", 39, 60)]
    tiles = [pale("松河政务张三", 30 + 60 * n, y, colour) for n in range(3) for y in (51, 58, 90)]
    assert read_ofd(ofd(["".join([*tiles, *text])]), "plan.ofd").text == "一、总体要求\n（市水务局负责）\n"
