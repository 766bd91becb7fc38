"""Ruled tables in a PDF: merged cells, repeated headers, rows and cells that break over a page."""

from __future__ import annotations

from collections import Counter

import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph  # type: ignore[import-untyped]

from ingest.page.joined import TablePart, whole_table
from ingest.page.lines import Line
from ingest.page.ruled import Grid, GridCell
from ingest.reading import Reading
from tests.support.pdf_writer import (
    BODY,
    FONT,
    LEFT,
    LONG,
    Ruled,
    drawn,
    flowing,
    lines,
    pieces,
    read,
    ruled,
    table,
    text_page,
)


def cells(reading: Reading) -> dict[tuple[int, int, int], str]:
    return {(cell.table, cell.row, cell.column): cell.span.of(reading.text) for cell in reading.cells}


def test_a_table_is_read_row_by_row_with_its_merged_cells_written_once() -> None:
    rows: list[list[object]] = [
        ["序号", "重点任务", "责任单位", ""],
        ["", "", "牵头单位", "配合单位"],
        ["1", "推进改革", "市数据局", "市财政局"],
        ["2", "加强监管", "市公安局", ""],
    ]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 0), (3, 0)), ("SPAN", (3, 2), (3, 3))]
    reading = read(flowing(table(rows, *spans, widths=[40, 160, 100, 100])))
    assert lines(reading) == [
        "序号\t重点任务\t责任单位",
        "\t\t牵头单位\t配合单位",
        "1\t推进改革\t市数据局\t市财政局",
        "2\t加强监管\t市公安局",
    ]
    spanning = {cell.span.of(reading.text): (cell.rows, cell.columns) for cell in reading.cells}
    assert spanning["序号"] == (2, 1)
    assert spanning["责任单位"] == (1, 2)
    assert spanning["市财政局"] == (2, 1)


def test_a_name_that_a_narrow_column_breaks_over_lines_is_one_name() -> None:
    unit = "市农业农村局、市人力资源社会保障局"
    reading = read(flowing(table([["任务", "单位"], ["一", Paragraph(unit, BODY)]], widths=[100, 72])))
    assert cells(reading)[1, 2, 2] == unit


def test_text_above_and_below_a_table_keeps_its_place() -> None:
    style = ParagraphStyle("body", fontName=FONT, fontSize=16, leading=29)
    middle = table([["序号", "任务"], ["1", "推进改革"]], widths=[60, 200])
    data = flowing(Paragraph("表前", style), middle, Paragraph("表后", style))
    assert lines(read(data)) == ["表前", "序号\t任务", "1\t推进改革", "表后"]


def test_header_rows_repeated_on_each_page_are_left_out_and_the_table_goes_on() -> None:
    rows: list[list[object]] = [["序号", "任务", "责任单位"]]
    rows += [[str(n), f"第{n}项任务", "市数据局"] for n in range(1, 90)]
    reading = read(flowing(table(rows, widths=[60, 200, 120]), size=landscape(A4)))
    assert len(reading.pages) > 3
    assert {cell.table for cell in reading.cells} == {1}
    assert [line.split("\t")[0] for line in lines(reading)] == ["序号", *map(str, range(1, 90))]


HEAD: tuple[float, list[list[str] | None]] = (20, [["序号"], ["任务"], ["责任单位"]])
ROW_WIDTHS = [40.0, 198.0, 78.0]


def test_a_row_that_breaks_over_a_page_is_made_whole() -> None:
    task = pieces(LONG[:61], 16, 16, 16)
    first: Ruled = [
        HEAD,
        (20, [["1"], ["推进改革。"], ["市数据局"]]),
        (37, [["2"], task[:2], ["市人力资源社", "会保障局、市"]]),
    ]
    second: Ruled = [HEAD, (37, [[], task[2:], ["财政局"]]), (20, [["3"], ["加强监管。"], ["市公安局"]])]
    reading = read(drawn(ruled(first, ROW_WIDTHS), ruled(second, ROW_WIDTHS)))
    assert lines(reading) == [
        "序号\t任务\t责任单位",
        "1\t推进改革。\t市数据局",
        f"2\t{LONG[:61]}\t市人力资源社会保障局、市财政局",
        "3\t加强监管。\t市公安局",
    ]
    assert reading.text[reading.pages[1].start] == "3"


def test_a_row_without_running_number_that_breaks_mid_word_is_made_whole() -> None:
    widths = ROW_WIDTHS[1:]
    task = pieces(LONG[:48], 16, 16)
    first: Ruled = [(20, [["任务"], ["责任单位"]]), (37, [task[:2], ["市发展改革委"]])]
    second: Ruled = [(20, [task[2:], []]), (20, [["加强监管。"], ["市公安局"]])]
    reading = read(drawn(ruled(first, widths), ruled(second, widths)))
    assert lines(reading) == ["任务\t责任单位", f"{LONG[:48]}\t市发展改革委", "加强监管。\t市公安局"]


def test_rows_that_end_with_their_page_stay_apart() -> None:
    widths = ROW_WIDTHS[1:]
    first: Ruled = [(20, [["任务"], ["责任单位"]]), (20, [["推进改革"], ["市发展改革委"]])]
    second: Ruled = [(20, [["加强监管"], ["市公安局"]]), (20, [["完善制度"], ["市司法局"]])]
    reading = read(drawn(ruled(first, widths), ruled(second, widths)))
    assert lines(reading)[1:] == ["推进改革\t市发展改革委", "加强监管\t市公安局", "完善制度\t市司法局"]


def test_a_merged_cell_that_goes_on_over_the_page_reaches_down_to_its_last_row() -> None:
    widths = [70.0, 150.0, 100.0]
    first: Ruled = [
        (20, [["领域"], ["任务"], ["责任单位"]]),
        (20, [["医疗健康"], ["第一项"], ["市卫生健康委"]]),
        (20, [None, ["第二项"], ["市医保局"]]),
    ]
    second: Ruled = [
        (20, [[], ["第三项"], ["市民政局"]]),
        (20, [None, ["第四项"], ["市残联"]]),
        (20, [["教育"], ["第五项"], ["市教育局"]]),
    ]
    reading = read(drawn(ruled(first, widths), ruled(second, widths)))
    reach = {cell.span.of(reading.text): (cell.row, cell.rows) for cell in reading.cells if cell.column == 1}
    assert reach == {"领域": (1, 1), "医疗健康": (2, 4), "教育": (6, 1)}


def test_two_merged_cells_that_meet_at_the_page_end_stay_two() -> None:
    widths = [70.0, 150.0]
    first: Ruled = [(20, [["领域"], ["任务"]]), (20, [["医疗"], ["第一项。"]]), (20, [None, ["第二项。"]])]
    second: Ruled = [(20, [["教育"], ["第三项。"]]), (20, [None, ["第四项。"]])]
    reading = read(drawn(ruled(first, widths), ruled(second, widths)))
    assert [cell.span.of(reading.text) for cell in reading.cells if cell.column == 1] == ["领域", "医疗", "教育"]


def test_a_frame_around_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(LEFT - 5, 600, 450, 180)
        text_page("信息公开选项", "主动公开")(canvas)

    reading = read(drawn(draw))
    assert lines(reading) == ["信息公开选项", "主动公开"]
    assert reading.cells == ()


def test_no_chinese_character_is_lost_or_added() -> None:
    rows: list[list[object]] = [["序号", "任务"]]
    rows += [[str(n), Paragraph(f"第{n}项：{LONG}", BODY)] for n in range(1, 9)]
    data = flowing(table(rows, widths=[40, 300]))
    document = pypdfium2.PdfDocument(data)
    bare = "".join(page.get_textpage().get_text_range() for page in document)
    assert chinese(read(data).text) == chinese(bare)


def chinese(text: str) -> Counter[str]:
    return Counter(character for character in text if "\u4e00" <= character <= "\u9fff")


@pytest.mark.parametrize(
    "wide", ["市发展和改革委员会市经信局", "市发展和改革委员会、市经信、", "市卫生健康委员会、市残联，"]
)
def test_text_set_wider_on_another_page_parts_no_name(wide: str) -> None:
    def page(number: int, *names: str) -> TablePart:
        texts = [["1", "2"], list(names)]
        cells = [
            GridCell(row, column, 1, 1, tuple(_set(text, 3 + 100 * column, 20 + 40 * row + 14 * n) for n, text in told))
            for row, line in enumerate(texts)
            for column, each in enumerate(line)
            for told in [list(enumerate(each.split("|")))]
        ]
        return TablePart(number, Grid((0.0, 100.0, 232.0), (0.0, 40.0, 100.0), tuple(cells)))

    rows = whole_table([page(1, "甲", "市图灵人工智能高等研究|院"), page(2, "乙", wide + "|市财政局")])
    assert "市图灵人工智能高等研究院" in [cell.text for row in rows for cell in row.cells]


def _set(text: str, x: float, y: float) -> Line:
    return Line(text, x, x + 10.0 * len(text), y, 10.0, 10.0)
