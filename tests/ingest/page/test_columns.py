"""Text in two columns that fills no page: below a title, between full lines, with one column longer than the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.support.pdf_writer import FONT, drawn, lines, read

LEFT, RIGHT, SIZE, LEADING = 60.0, 320.0, 12.0, 20.0
PER_LINE = 19

TITLE = "松河市重点工作任务分解方案"
FULL = "现将松河市重点工作任务分解方案印发给你们，请认真组织实施，确保各项任务落到实处。"
ONE = "（一）推进管网改造。改造老旧管网，年底前完成，建立台账，完善机制。（市水务局牵头，市住建局配合）"
TWO = "（二）加强巡查。组织开展巡查，及时处置险情，做好值班值守，严格落实责任制度。（市应急局负责）"
THREE = "（三）修复堤防。修复水毁堤防，疏浚河道，加固险工险段，汛期以前完成。（市水利局、市林业局负责）"


def set_lines(*paragraphs: str) -> list[str]:
    """The lines of a column, indented where a paragraph begins."""
    found: list[str] = []
    for text in paragraphs:
        found.append("　　" + text[: PER_LINE - 2])
        rest = text[PER_LINE - 2 :]
        found += [rest[at : at + PER_LINE] for at in range(0, len(rest), PER_LINE)]
    return found


def page(*parts: str | tuple[Sequence[str], Sequence[str]]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, SIZE)
        y = 760.0
        for part in parts:
            columns = ([part], []) if isinstance(part, str) else part
            for x, column in zip((LEFT, RIGHT), columns, strict=True):
                for number, text in enumerate(column):
                    blank = len(text) - len(text.lstrip("　"))
                    canvas.drawString(x + blank * SIZE, y - LEADING * number, text.lstrip("　"))
            y -= LEADING * max(map(len, columns))

    return draw


@pytest.mark.parametrize(
    ("left", "right"), [((ONE,), (TWO,)), ((ONE, TWO), (THREE,)), ((ONE,), (TWO, THREE)), ((TWO, ONE), (THREE, TWO))]
)
def test_few_lines_in_two_columns_are_read_one_column_after_the_other(
    left: tuple[str, ...], right: tuple[str, ...]
) -> None:
    read_lines = lines(read(drawn(page(TITLE, FULL, (set_lines(*left), set_lines(*right)), "松河市人民政府"))))
    assert read_lines == [TITLE, FULL, *left, *right, "松河市人民政府"]


def test_columns_between_full_lines_are_read_between_them() -> None:
    parts = page(FULL, (set_lines(ONE), set_lines(TWO)), FULL, (set_lines(THREE), set_lines(TWO)), TITLE)
    assert lines(read(drawn(parts))) == [FULL, ONE, TWO, FULL, THREE, TWO, TITLE]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            ["联系人：张某某", "电话：5551234", "传真：5551235", "邮编：450000"],
            ["市水务局", "市住建局", "市财政局", "市林业局"],
        ),
        (["市自然资源和规划局", "市住房和城乡建设局", "市工业和信息化局", "市农业农村局"], ["市水务局"] * 4),
        (["主送：各县区人民政府，", "市直各单位。", "抄送：市委办公室，", "市人大办公室。"], ["甲", "乙", "丙", "丁"]),
    ],
)
def test_entries_side_by_side_are_read_row_by_row(left: list[str], right: list[str]) -> None:
    text = read(drawn(page(TITLE, (left, right)))).text
    places = [text.index(each) for pair in zip(left, right, strict=True) for each in pair[:1]]
    assert places == sorted(places)
    assert text.index(left[-1]) > text.index(right[0])
