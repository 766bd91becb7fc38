"""Tables in a PDF whose columns no line parts: aligned by place alone, or with level lines only."""

from __future__ import annotations

import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import LongTable, Paragraph, TableStyle  # type: ignore[import-untyped]

from ingest.page.unruled.heads import is_header_word
from tests.support.browser import HOW, a_browser, chromium
from tests.support.pdf_writer import BODY, FONT, LEFT, LONG, TOP, drawn, flowing, lines, read, text_page

HEAD = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"]
TASKS = [
    ["1", "建设一体化公共数据平台，归集公共数据目录3000项以上。", "市数据局", "市财政局、市公安局", "2025年6月底前"],
    ["2", "推进“一件事一次办”改革，" + LONG, "市政务服务管理局", "市直有关部门，各县（市、区）政府", "2025年9月底前"],
    ["3", "加强监管。", "市市场监督管理局", "", "长期坚持"],
    ["4", "规范依申请公开办理。", "市人力资源社会保障局", "市司法局、市城市管理综合行政执法局", "2025年12月底前"],
    ["5", "开展专项整治行动，" + LONG, "市农业农村局", "市水利局", "2025年12月底前"],
]
WIDTHS = [40.0, 180.0, 90.0, 110.0, 80.0]
STYLE = ParagraphStyle("body", fontName=FONT, fontSize=16, leading=29, firstLineIndent=32, wordWrap="CJK")


def unruled(rows: list[list[str]], *style: tuple[object, ...], widths: list[float], repeat: int = 1) -> LongTable:
    """The rows set as a table without lines, cells wrapped."""
    set_rows = [[Paragraph(text, BODY) for text in row] for row in rows]
    at_the_top = ("VALIGN", (0, 0), (-1, -1), "TOP")
    return LongTable(set_rows, colWidths=widths, repeatRows=repeat, style=TableStyle([at_the_top, *style]))


def written(*rows: list[str]) -> list[str]:
    return ["\t".join(row).rstrip("\t") for row in rows]


def many(count: int) -> list[list[str]]:
    return [[str(n), *TASKS[n % len(TASKS)][1:]] for n in range(1, count + 1)]


LINES: dict[str, list[tuple[object, ...]]] = {
    "none, set at the top": [],
    "none, set in the middle": [("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    "none, rows close together": [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)],
    "none, columns close together": [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)],
    "three": [
        ("LINEABOVE", (0, 0), (-1, 0), 1.5, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1.5, colors.black),
    ],
    "below each row": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)],
    "below each row, set in the middle": [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ],
}


@pytest.mark.parametrize("ruling", LINES)
def test_a_table_is_read_cell_by_cell_whatever_its_lines(ruling: str) -> None:
    before, after = Paragraph(LONG, STYLE), Paragraph(LONG, STYLE)
    reading = read(flowing(before, unruled([HEAD, *TASKS], *LINES[ruling], widths=WIDTHS), after))
    assert lines(reading) == [LONG, *written(HEAD, *TASKS), LONG]
    assert {cell.table for cell in reading.cells} == {1}


@pytest.mark.parametrize("ruling", LINES)
@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_goes_on_over_pages_with_and_without_its_header(ruling: str, repeat: int) -> None:
    rows = many(40)
    reading = read(flowing(unruled([HEAD, *rows], *LINES[ruling], widths=WIDTHS, repeat=repeat), size=landscape(A4)))
    assert len(reading.pages) > 3
    assert lines(reading) == written(HEAD, *rows)
    assert {cell.table for cell in reading.cells} == {1}


def test_rows_without_running_numbers_are_parted_by_the_gaps_between_them() -> None:
    rows = [row[1:] for row in [HEAD, *TASKS]]
    assert lines(read(flowing(unruled(rows, widths=WIDTHS[1:])))) == written(*rows)


def test_short_cells_under_words_in_the_middle_of_wide_columns_keep_their_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for row, words in enumerate([HEAD, ["1", "推进改革", "市数据局", "财政局", "6月底"]]):
            for x, width, word in zip((60, 100, 300, 380, 460), (40, 200, 80, 80, 80), words, strict=True):
                shift = (width - 12 * len(word)) / 2 if row == 0 else 2
                canvas.setFont(FONT, 12)
                canvas.drawString(x + shift, TOP - 25 * row, word)

    assert lines(read(drawn(draw))) == written(HEAD, ["1", "推进改革", "市数据局", "财政局", "6月底"])


def test_a_line_over_all_columns_is_a_row_of_its_own() -> None:
    group = ["一、加强数据归集共享和开放利用工作", "", "", "", ""]
    rows = [HEAD, TASKS[0], group, *TASKS[1:]]
    reading = read(flowing(unruled(rows, ("SPAN", (0, 2), (-1, 2)), widths=WIDTHS)))
    assert lines(reading) == written(*rows)


def test_a_group_over_two_columns_of_units_stands_above_their_names() -> None:
    rows = [["序号", "重点任务", "责任单位", "", "完成时限"], ["", "", "牵头单位", "配合单位", ""], *TASKS]
    spans = [("SPAN", (2, 0), (3, 0)), *(("SPAN", (n, 0), (n, 1)) for n in (0, 1, 4))]
    middle = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
    group = ParagraphStyle("centred", parent=BODY, alignment=1)
    rows_set = [[Paragraph(text, group if n < 2 else BODY) for text in row] for n, row in enumerate(rows)]
    reading = read(flowing(LongTable(rows_set, colWidths=WIDTHS, style=TableStyle([middle, *spans]))))
    assert lines(reading) == written(*rows)
    reach = {cell.span.of(reading.text): (cell.rows, cell.columns) for cell in reading.cells if cell.row < 3}
    assert (reach["责任单位"], reach["牵头单位"], reach["序号"]) == ((1, 2), (1, 1), (2, 1))


def test_header_words_that_are_spaced_or_broken_over_lines_are_known() -> None:
    head = ["序 号", "重 点 任 务", "牵头单位", "配合单位", "完成时限"]
    widths = [46.0, 180.0, 90.0, 90.0, 42.0]
    rows = [[*row[:4], "年底前"] for row in TASKS]
    data = flowing(unruled([head, *rows], ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), widths=widths))
    assert lines(read(data)) == written(HEAD, *rows)


HTML = """<html><meta charset="utf-8"><style>
@page {{ size: A4 {turn}; margin: 20mm 15mm }}
body {{ font: 12pt "Noto Serif CJK SC", "Noto Sans CJK SC", SimSun, serif }} p {{ text-indent: 2em; margin: 0 }}
table {{ border: 0; {table} }} td, th {{ {cell} }} tr {{ break-inside: avoid }}
</style><p>{before}</p><table>{rows}</table><p>{before}</p></html>"""
PRINTS = {
    "plain": ("", "", ""),
    "centred": ("landscape", "width: 100%", "text-align: center"),
    "at the top": ("", "width: 100%", "vertical-align: top; padding: 4pt"),
    "lines below": ("", "border-collapse: collapse", "border-bottom: 1px solid black; padding: 3pt 5pt"),
}


@pytest.fixture(scope="module")
def prints() -> dict[str, bytes]:
    """The table as a browser prints it, in each design, over pages."""
    if chromium() is None:
        pytest.skip(HOW)
    # The browser tests may hold a session of Playwright in this thread, which allows one a thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_printed).result()


def _printed() -> dict[str, bytes]:
    found = {}
    with a_browser() as browser:
        page = browser.new_page()
        for name, (turn, table, cell) in PRINTS.items():
            head = "<thead><tr>" + "".join(f"<th>{text}</th>" for text in HEAD) + "</tr></thead>"
            rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in many(22))
            page.set_content(HTML.format(turn=turn, table=table, cell=cell, rows=head + rows, before=LONG))
            found[name] = page.pdf(prefer_css_page_size=True)
    return found


@pytest.mark.parametrize("design", PRINTS)
def test_a_table_without_border_that_a_browser_prints_is_read_cell_by_cell(
    design: str, prints: dict[str, bytes]
) -> None:
    reading = read(prints[design])
    assert len(reading.pages) > 1
    assert lines(reading) == [LONG, *written(HEAD, *many(22)), LONG]


def two_columns(canvas: Canvas) -> None:
    canvas.drawString(LEFT, TOP + 30, "责任单位")
    for column in (0, 1):
        for row in range(12):
            canvas.drawString(LEFT + column * 240, TOP - row * 25, LONG[row : row + 13])


def contents(canvas: Canvas) -> None:
    canvas.drawString(LEFT, TOP, "目 录")
    for row, text in enumerate(["一、总体目标", "二、重点任务", "三、责任单位", "四、完成时限"]):
        canvas.drawString(LEFT, TOP - 30 - row * 30, text)
        canvas.drawString(LEFT + 200, TOP - 30 - row * 30, "……")
        canvas.drawString(LEFT + 400, TOP - 30 - row * 30, str(row + 1))


def signatures(canvas: Canvas) -> None:
    for row, words in enumerate(
        [["牵头单位：", "配合单位：", "联系人："], ["（盖章）", "（盖章）", "张三"], ["2025年", "2025年", "12345678"]]
    ):
        for place, word in enumerate(words):
            canvas.drawString(LEFT + 160 * place, TOP - 30 * row, word)


def formulas(canvas: Canvas) -> None:
    for row, words in enumerate([["指标", "=", "目标", "÷", "任务"], ["x", "=", "a", "÷", "b"]]):
        for place, word in enumerate(words):
            canvas.drawString(LEFT + 60 * place, TOP - 30 * row, word)


def prose_below_words(canvas: Canvas) -> None:
    for place, word in enumerate(["重点任务", "责任单位", "完成时限"]):
        canvas.drawString(LEFT + 150 * place, TOP + 30, word)
    text_page(LONG, LONG)(canvas)


@pytest.mark.parametrize("layout", [two_columns, contents, signatures, formulas, prose_below_words])
def test_what_only_looks_like_columns_is_no_table(layout: object) -> None:
    assert callable(layout)
    assert read(drawn(layout)).cells == ()


WORDS = st.sampled_from(["", "", "1", "推进改革", "市数据局", "责任单位", "完成", "时限", "序号", "重点任务", LONG[:9]])
ROWS = st.one_of(st.lists(WORDS, min_size=4, max_size=4), st.just([LONG[:27], "", "", ""]), st.just(HEAD[:4]))


@settings(max_examples=80, derandomize=True, database=None, deadline=None)
@given(rows=st.lists(ROWS, min_size=2, max_size=14), leading=st.sampled_from([14, 16, 18, 30]))
def test_whatever_stands_below_header_words_no_character_is_lost_or_doubled(
    rows: list[list[str]], leading: int
) -> None:
    rows = [HEAD[:4], *rows]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(60 + 115 * column, 700 - leading * place, text)

    assert Counter("".join(read(drawn(draw)).text.split())) == Counter("".join(map("".join, rows)))


def test_every_header_word_of_the_lexicon_is_known_to_the_reader() -> None:
    rules = tomllib.loads((Path(__file__).resolve().parents[3] / "data/lexicon/tables.toml").read_text("utf-8"))
    examples = [example for rule in rules["column"] for example in rule["examples"]]
    assert [example for example in examples if not is_header_word(example)] == []


@pytest.mark.parametrize("text", ["市数据局", "推进改革", "一、重点任务", "责任单位：", "3", "市财政局、市公安局"])
def test_what_stands_in_the_cells_is_no_header_word(text: str) -> None:
    assert not is_header_word(text)
