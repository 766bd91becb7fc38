"""Heads of narrow columns that are turned by a right angle, in the cells in which they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.support.pdf_writer import FONT, LEFT, LONG, TOP, Ruled, drawn, lines, read, ruled, text_page

HEADS = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"]
ROWS = [["1", "改造老旧管网", "市水务局", "市住建局", "12月底前"], ["2", "开展巡查", "市应急局", "市林业局", "9月底前"]]
WIDTHS = [30.0, 160.0, 80.0, 80.0, 80.0]


def with_turned(angle: int, *turned: int, broken: bool = False) -> Callable[[Canvas], None]:
    """A ruled table whose heads of some columns run up (90) or down (270), in two lines where they are broken."""

    def draw(canvas: Canvas) -> None:
        level: list[list[str] | None] = [[] if place in turned else [head] for place, head in enumerate(HEADS)]
        rows: Ruled = [(80, level)]
        rows += [(24, [[text] for text in row]) for row in ROWS]
        ruled(rows, WIDTHS)(canvas)
        canvas.setFont(FONT, 12)
        for place in turned:
            middle = LEFT + sum(WIDTHS[:place]) + WIDTHS[place] / 2
            parts = [HEADS[place][:2], HEADS[place][2:]] if broken else [HEADS[place]]
            for number, part in enumerate(parts):
                canvas.saveState()
                canvas.translate(middle, TOP - 40)
                canvas.rotate(angle)
                canvas.drawCentredString(0, 2 - 14 * number, part)
                canvas.restoreState()

    return draw


@pytest.mark.parametrize("angle", [90, 270])
@pytest.mark.parametrize("turned", [(0,), (2, 3), (0, 2, 3, 4)])
def test_turned_heads_are_read_in_their_cells(angle: int, turned: tuple[int, ...]) -> None:
    assert lines(read(drawn(with_turned(angle, *turned)))) == ["\t".join(row) for row in [HEADS, *ROWS]]


@pytest.mark.parametrize("angle", [90, 270])
def test_a_turned_head_in_two_lines_is_one(angle: int) -> None:
    assert lines(read(drawn(with_turned(angle, 2, 4, broken=True))))[0] == "\t".join(HEADS)


def test_what_stands_turned_beside_a_table_follows_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        with_turned(90, 2)(canvas)
        canvas.rotate(90)
        canvas.drawString(300, -560, "装订线以内")

    assert lines(read(drawn(draw))) == ["\t".join(row) for row in [HEADS, *ROWS]] + ["装订线以内"]


def test_turned_words_of_a_page_without_a_table_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        text_page(LONG)(canvas)
        canvas.rotate(90)
        canvas.drawString(300, -560, "附件二")

    assert lines(read(drawn(draw))) == [LONG, "附件二"]
