"""Page numbers and running heads on pages that lie (横向), wherever the printer puts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.support.pdf_writer import FONT, TOP, drawn, lines, read, ruled

LYING = landscape(A4)
WIDTHS = [40.0, 166.0, 162.0, 120.0]
HEAD = ["序号", "重点任务", "责任单位", "完成时限"]
ROWS = [["1", "新修两条道路", "市交通局", "12月底前"], ["2", "种植行道树", "市园林局", "10月底前"]]
CUT = ["3", "整修老旧水塔三座，更换管道", "市水务局、市财政局、市住房", "9月底前"]
REST = ["", "和阀门", "城乡建设局", ""]
NEXT = ["4", "开展巡查", "市应急局", "11月底前"]

Page = Callable[[Canvas], None]


def lying(
    *rows: Sequence[str], number: str = "", up: float = 30, above: str = "", widths: list[float] = WIDTHS
) -> Page:
    """A page that lies, with a ruled table from 110 points below its edge and a number `up` millimetres above it."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(0, LYING[1] - 110 - TOP)
        ruled([(24, [[text] for text in row]) for row in rows], widths)(canvas)
        canvas.restoreState()
        canvas.setFont(FONT, 14)
        canvas.drawCentredString(LYING[0] / 2, up * mm, number)
        canvas.drawCentredString(LYING[0] / 2, LYING[1] - 100, above)

    return draw


def whole(*rows: Sequence[str]) -> list[str]:
    return ["\t".join(row) for row in rows]


THREE = whole(HEAD, *ROWS, [*CUT[:1], CUT[1] + REST[1], CUT[2] + REST[2], CUT[3]], NEXT)


@pytest.mark.parametrize("up", [12, 20, 30, 38, 50])
@pytest.mark.parametrize("number", ["- {} -", "— {} —", "第 {} 页", "{}", "{} / 40"])
def test_a_table_on_pages_that_lie_is_one_whatever_the_height_of_their_numbers(number: str, up: float) -> None:
    pages = (
        lying(HEAD, *ROWS, CUT, number=number.format(13), up=up),
        lying(HEAD, REST, NEXT, number=number.format(14), up=up),
    )
    assert lines(read(drawn(*pages, size=LYING))) == THREE


def test_one_page_that_lies_among_standing_ones_loses_its_number_too() -> None:
    def standing(number: int) -> Page:
        def draw(canvas: Canvas) -> None:
            canvas.setPageSize(A4)
            canvas.drawString(100, 700, f"第{'一二三'[number - 1]}部分")
            canvas.drawCentredString(A4[0] / 2, 60, f"- {number} -")

        return draw

    def last(canvas: Canvas) -> None:
        canvas.setPageSize(LYING)
        lying(HEAD, *ROWS, number="- 3 -", up=45)(canvas)

    assert lines(read(drawn(standing(1), standing(2), last))) == ["第一部分", "第二部分", *whole(HEAD, *ROWS)]


@pytest.mark.parametrize("words", ["续表", "（续）", "续表2", "续上表："])
def test_the_words_that_a_table_goes_on_do_not_part_it(words: str) -> None:
    pages = lying(HEAD, *ROWS, CUT, number="13"), lying(HEAD, REST, NEXT, number="14", above=words)
    assert lines(read(drawn(*pages, size=LYING))) == THREE


def test_a_running_head_of_pages_that_lie_is_left_out() -> None:
    rows = [[str(n), f"任务{'甲乙丙丁'[n - 1]}", "市水务局", "年底前"] for n in (1, 2, 3, 4)]
    pages = (lying(HEAD, row, number=f"{n}", above="松河市重点任务汇编") for n, row in enumerate(rows, 5))
    assert lines(read(drawn(*pages, size=LYING))) == whole(HEAD, *rows)


@pytest.mark.parametrize("numbers", [("12", "35"), ("2024", "2025"), ("13", "13")])
def test_a_number_below_a_table_that_does_not_count_the_pages_stays(numbers: tuple[str, str]) -> None:
    ups = (50, 60) if numbers[0] == "2024" else (50, 50)
    pages = (lying(HEAD, ROWS[place], number=numbers[place], up=ups[place]) for place in (0, 1))
    assert [line for line in lines(read(drawn(*pages, size=LYING))) if line.isdigit()] == list(numbers)
