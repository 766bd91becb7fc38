"""Footnotes at the foot of a PDF's page stand beside the text, which goes on without them on the next page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.support.pdf_writer import FONT, LEFT, drawn, lines, read, text_page

BEGUN = "（一）推进管网改造。加快推进老旧小区供水管网改造，年底前完成改造三十五公里，新建泵站两座，完善沿线各项"
REST = "设施，加强管理养护。（市水务局牵头，市财政局配合）"


def page(*paragraphs: str, foot: tuple[str, ...] = (), size: float = 10) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        text_page(*paragraphs)(canvas)
        canvas.setFont(FONT, size)
        for n, said in enumerate(foot):
            canvas.drawString(LEFT, 110 - 13 * n, said)

    return draw


NOTES = [
    ("①老旧小区指2000年以前建成的小区。",),
    ("[1] 老旧小区指2000年以前建成的小区，由市住建局负责", "认定。"),
    ("* 老旧小区：2000年以前建成的小区。", "* 泵站：二次供水的泵站。"),
    ("注：老旧小区指2000年以前建成的小区。",),
    ("1老旧小区指2000年以前建成的小区。",),
]


@pytest.mark.parametrize("foot", NOTES)
def test_a_paragraph_goes_on_over_the_notes_of_its_page(foot: tuple[str, ...]) -> None:
    said = lines(read(drawn(page("一、重点任务", BEGUN, foot=foot), page(f"~{REST}"))))
    assert said[:2] == ["一、重点任务", BEGUN + REST]
    assert "".join(said[2:]).replace(" ", "") == "".join(foot).replace(" ", "")


@pytest.mark.parametrize("foot", [("老旧小区指2000年以前建成的小区。",), ("松河市人民政府办公室印发",)])
def test_small_type_without_a_mark_stays_where_it_stands(foot: tuple[str, ...]) -> None:
    said = lines(read(drawn(page("一、重点任务", BEGUN, foot=foot), page(f"~{REST}"))))
    assert said[2] == foot[0]


def test_a_point_in_the_type_of_the_text_is_no_note() -> None:
    said = lines(read(drawn(page("一、重点任务", BEGUN, foot=("①修建泵站。",), size=16), page(f"~{REST}"))))
    assert said[2] == "①修建泵站。"
