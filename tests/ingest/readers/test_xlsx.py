"""Workbooks: each sheet's titles and table as they are shown, hidden things kept and said."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import DamagedFile, EmptyFile
from ingest.readers.xlsx.read import read_xlsx
from ingest.readers.xlsx.values import shown
from ingest.reading import Reading
from tests.support.docx_writer import packed

HEADER = ["序号", "重点任务", "责任单位", "完成时限"]


def a_book(*rows: Sequence[object], title: str = "分工") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for one in rows:
        sheet.append(list(one))
    return book, sheet


def saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def read(book: Workbook) -> Reading:
    return read_xlsx(saved(book), "plan.xlsx")


def changed(book: Workbook, changes: Mapping[str, tuple[str, str]]) -> Reading:
    """The reading after replacing text in parts of the written file, for what openpyxl cannot write."""
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in changes.items():
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode())
    return read_xlsx(packed(files), "plan.xlsx")


def test_titles_above_the_header_are_paragraphs_and_the_rest_is_the_table() -> None:
    book, sheet = a_book(
        ["附件2"],
        ["重点任务分工表"],
        ["填报单位：市商务局", None, "日期：2025年1月"],
        HEADER,
        [1, "建设平台", "市商务局", "2025年"],
    )
    sheet.merge_cells("A2:D2")
    reading = read(book)
    assert reading.text == (
        "附件2\n重点任务分工表\n填报单位：市商务局\n日期：2025年1月\n"
        "序号\t重点任务\t责任单位\t完成时限\n1\t建设平台\t市商务局\t2025年\n"
    )
    assert {(cell.table, cell.sheet) for cell in reading.cells} == {(1, "分工")}
    assert (reading.cells[-1].row, reading.cells[-1].column) == (5, 4)


def test_merged_cells_stand_at_their_first_row_within_what_is_used() -> None:
    book, sheet = a_book(HEADER, ["一", "甲", "市商务局", "6月"], [None, "乙", None, "7月"])
    sheet.merge_cells("A2:A1000")
    sheet.merge_cells("C2:C3")
    reading = read(book)
    assert reading.text.split("\n")[1:3] == ["一\t甲\t市商务局\t6月", "\t乙\t\t7月"]
    assert [cell.rows for cell in reading.cells if cell.row == 2] == [2, 1, 2, 1]


def test_what_lies_under_a_merged_cell_is_left_out_with_a_doubt() -> None:
    book, _ = a_book(HEADER, ["一", "甲", "乙", "丙"])
    reading = changed(
        book,
        {"xl/worksheets/sheet1.xml": ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B2:C2"/></mergeCells>')},
    )
    assert reading.text.endswith("一\t甲\t\t丙\n")
    assert [(doubt.code, doubt.params["text"]) for doubt in reading.doubts] == [("covered-cells", "乙")]


def test_a_header_of_two_rows_begins_the_table() -> None:
    header = ["序号", "任务", "责任单位"], [None, None, "牵头", "配合"]
    book, sheet = a_book(["任务分工"], *header, [1, "甲", "乙", "丙"])
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C2:D2")
    assert read(book).text == "任务分工\n序号\t任务\t责任单位\n\t\t牵头\t配合\n1\t甲\t乙\t丙\n"


def test_sheets_are_parted_by_form_feeds_and_named_in_their_cells() -> None:
    book, _ = a_book(HEADER, [1, "甲", "乙", "丙"])
    book.create_sheet("空")
    other = book.create_sheet("附表")
    other.append(HEADER)
    reading = read(book)
    assert reading.text.count("\f") == 1
    assert [cell.sheet for cell in reading.cells][-1] == "附表"
    assert not reading.pages


def test_hidden_rows_columns_and_sheets_are_kept_with_a_doubt() -> None:
    book, sheet = a_book(HEADER, *([n, "甲", "乙", "丙"] for n in range(1, 5)))
    for number in (3, 4):
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["D"].hidden = True
    second = book.create_sheet("内部")
    second.append(HEADER)
    second.sheet_state = "veryHidden"
    reading = read(book)
    doubts = {doubt.code: doubt for doubt in reading.doubts}
    assert doubts["hidden-row"].params == {"sheet": "分工", "row": "3-4"}
    assert doubts["hidden-row"].span.of(reading.text) == "2\t甲\t乙\t丙\n3\t甲\t乙\t丙\n"
    assert doubts["hidden-column"].params == {"sheet": "分工", "column": "4"}
    assert doubts["hidden-sheet"].params == {"sheet": "内部"}
    assert "\n4\t甲" in reading.text
    assert "\f序号" in reading.text


def test_line_breaks_in_a_cell_stay_inside_it() -> None:
    book, _ = a_book(HEADER, [1, "建设\n平台\t系统", "市商务局、\n市财政局", "6月"])
    assert read(book).text.split("\n")[1] == "1\t建设 平台 系统\t市商务局、 市财政局\t6月"


def test_text_with_formatted_runs_is_whole() -> None:
    book, _ = a_book(HEADER, [1, CellRichText("建设", TextBlock(InlineFont(b=True), "平台")), "乙", "丙"])
    assert "1\t建设平台\t乙" in read(book).text


def test_dates_and_numbers_are_written_as_they_are_shown() -> None:
    book, sheet = a_book(HEADER, [1, 0.408, 1234.5, datetime.date(2025, 6, 30)])
    for place, code in {"B2": "0.0%", "C2": '#,##0.00"万元"', "D2": 'yyyy"年"m"月"'}.items():
        sheet[place].number_format = code
    assert read(book).text.split("\n")[1] == "1\t40.8%\t1,234.50万元\t2025年6月"


def test_built_in_formats_of_the_chinese_edition_are_dates() -> None:
    book, sheet = a_book(HEADER, [1, "甲", "乙", 45838])
    sheet["D2"].number_format = "0"
    reading = changed(book, {"xl/styles.xml": ('numFmtId="1"', 'numFmtId="57"')})
    assert reading.text.split("\n")[1] == "1\t甲\t乙\t2025年6月"


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("12", "General", "12"),
        ("0.30000000000000004", "General", "0.3"),
        ("2.6749999999999998", "0.00", "2.68"),
        ("-5", "0_);(0)", "(5)"),
        ("-5", "0.0", "-5.0"),
        ("0", '#,##0;-#,##0;"-"', "-"),
        ("3", "[DBNum1][$-804]General", "三"),
        ("44197", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二一年一月一日"),
        ("44197.5", "yyyy/m/d h:mm", "2021/1/1 12:00"),
        ("44197", "aaaa", "星期五"),
        ("0.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("12", '"第"0"项"', "第12项"),
        ("1.25", "# ?/?", "1.25"),
        ("没有", "0", "没有"),
        ("1e999", "0", "1e999"),
        ("-1", "yyyy", "-1"),
    ],
)
def test_a_number_format_shows_a_number(stored: str, code: str, text: str) -> None:
    assert shown(stored, code) == text


STORED = st.one_of(st.text(max_size=12), st.floats().map(repr))
CODE = st.text('0#?.,%;@"\\[]_*yYmdhs年E+-/! General', max_size=20)


@given(STORED, CODE)
@settings(max_examples=200)
def test_no_number_and_no_format_breaks_a_cell(stored: str, code: str) -> None:
    assert len(shown(stored, code)) < 600


def test_formulas_give_the_value_that_was_saved_with_them() -> None:
    book, _ = a_book(HEADER, [1, "=1+1", "=2+2", "6月"])
    reading = changed(book, {"xl/worksheets/sheet1.xml": ("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")})
    assert "1\t2\t\t6月" in reading.text
    assert [(doubt.code, doubt.params["row"], doubt.params["column"]) for doubt in reading.doubts] == [
        ("formula-without-value", "2", "3")
    ]


def test_a_sheet_without_a_table_is_paragraphs() -> None:
    book, _ = a_book(["一、总体要求"], ["（一）目标"])
    reading = read(book)
    assert reading.text == "一、总体要求\n（一）目标\n"
    assert not reading.cells


def test_header_rows_that_come_again_are_left_out() -> None:
    book, _ = a_book(HEADER, [1, "甲", "乙", "丙"], HEADER, [2, "丁", "戊", "己"])
    reading = read(book)
    assert reading.text.count("序号") == 1
    assert reading.cells[-1].row == 4


def test_a_sheet_that_claims_a_million_rows_is_quick() -> None:
    book, sheet = a_book(HEADER, [1, "甲", "乙", "丙"])
    sheet.cell(1_048_576, 16_384).number_format = "0.00"
    began = time.perf_counter()
    reading = changed(
        book,
        {
            "xl/worksheets/sheet1.xml": (
                "</sheetData>",
                '</sheetData><mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>',
            )
        },
    )
    assert time.perf_counter() - began < 5
    assert reading.text.endswith("1\t甲\t乙\t丙\n")


def test_five_thousand_rows_are_quick() -> None:
    book, _ = a_book(HEADER, *([n, "加强食品安全监管", "市市场监管局", "2025年底前"] for n in range(5000)))
    data = saved(book)
    began = time.perf_counter()
    reading = read_xlsx(data, "plan.xlsx")
    assert time.perf_counter() - began < 10
    assert reading.cells[-1].row == 5001


def test_a_sheet_that_is_named_again_and_again_is_read_once() -> None:
    book, _ = a_book(HEADER, *[[n, "检查", "市商务局", "2025年"] for n in range(500)])
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    named = f'<sheet xmlns:r="{relationships}" name="分工" sheetId="1" r:id="rId1"/>'
    began = time.perf_counter()
    assert changed(book, {"xl/workbook.xml": ("</sheets>", named * 500 + "</sheets>")}) == read(book)
    assert time.perf_counter() - began < 10


def test_many_hidden_columns_are_quick_and_a_column_hidden_twice_is_one_doubt() -> None:
    book, sheet = a_book(["序号", *["单位"] * 3_000], [1, *["市商务局"] * 3_000])
    sheet.column_dimensions["B"].hidden = True
    hidden = '<col min="9000" max="9000" hidden="1"/>' * 20_000 + '<col min="2" max="4" hidden="1"/>' * 2
    began = time.perf_counter()
    reading = changed(book, {"xl/worksheets/sheet1.xml": ("<cols>", f"<cols>{hidden}")})
    assert [doubt.params["column"] for doubt in reading.doubts] == ["2-4", "2"]
    assert time.perf_counter() - began < 10


def test_a_format_of_any_number_is_no_format() -> None:
    book, sheet = a_book(HEADER, [1.5, "检查", "市商务局", "2025年"])
    sheet["A2"].number_format = "0.00"
    reading = changed(book, {"xl/styles.xml": ('numFmtId="2"', f'numFmtId="{"9" * 5_000}"')})
    assert "1.5\t检查" in reading.text


def test_what_shows_nothing_or_is_no_workbook_is_refused() -> None:
    with pytest.raises(EmptyFile):
        read(a_book()[0])
    with pytest.raises(DamagedFile):
        read_xlsx(packed({"xl/workbook.xml": b"<workbook/>"}), "plan.xlsx")
    book, _ = a_book(HEADER)
    with pytest.raises(DamagedFile):
        changed(book, {"xl/worksheets/sheet1.xml": ("<worksheet ", "<!DOCTYPE worksheet><worksheet ")})


def test_more_text_than_a_plan_can_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.sheets.write.MAX_TEXT", 1000)
    book, _ = a_book(HEADER, *(["任" * 100] * 4 for _ in range(3)))
    with pytest.raises(DamagedFile) as refused:
        read(book)
    assert refused.value.params["reason"] == "too-much-text"


def test_notes_and_the_signature_below_a_table_are_paragraphs() -> None:
    below = ([None, "注：第一位为牵头单位"], [None, None, None, "2024年3月1日"])
    book, _ = a_book(HEADER, [1, "改革", "市数据局", "6月"], *below)
    reading = read(book)
    assert reading.text.endswith("6月\n注：第一位为牵头单位\n2024年3月1日\n")
    assert max(cell.row for cell in reading.cells) == 2


def dated(head: str, *cells: tuple[object, str], title: str = "分工") -> Reading:
    """A table whose last column holds these values in these number formats, below a line of text."""
    book, sheet = a_book([head], HEADER, *([n, "检查", "市商务局", None] for n in range(len(cells))), title=title)
    for row, (value, code) in enumerate(cells, 3):
        sheet[f"D{row}"].value = value
        sheet[f"D{row}"].number_format = code
    return read(book)


def shown_in_last_column(reading: Reading) -> list[str]:
    return [line.rpartition("\t")[2] for line in reading.text.splitlines() if "检查" in line]


def test_a_date_without_its_year_is_shown_as_it_is_where_the_year_stands_above_the_table() -> None:
    reading = dated("2024年任务分解表", (datetime.date(2024, 9, 30), "m/d"), (datetime.date(2024, 6, 1), 'm"月"d"日"'))
    assert shown_in_last_column(reading) == ["9/30", "6月1日"]
    assert not reading.doubts


def test_a_date_kept_with_another_year_than_the_sheet_says_is_a_doubt() -> None:
    cells = (datetime.date(2025, 3, 31), "m/d"), (datetime.date(2024, 3, 31), "m/d"), (45658, 'm"月底前"')
    reading = dated("2024年任务分解表", *cells)
    assert shown_in_last_column(reading) == ["3/31", "3/31", "1月底前"]
    assert [(doubt.code, doubt.params["row"], doubt.params["year"]) for doubt in reading.doubts] == [
        ("hidden-year", "3", "2025"),
        ("hidden-year", "5", "2025"),
    ]
    assert reading.doubts[0].span.of(reading.text) == "0\t检查\t市商务局\t3/31\n"


def test_the_year_is_written_out_where_the_sheet_says_none() -> None:
    day = datetime.date(2024, 9, 30)
    reading = dated("任务分解表", (day, "m/d"), (day, 'm"月"d"日"'), (day, "m-d"), (day, 'm"月底前"'))
    assert shown_in_last_column(reading) == ["2024/9/30", "2024年9月30日", "2024年9月30日", "2024年9月底前"]
    assert not reading.doubts
    assert shown_in_last_column(dated("任务分解表", (day, "m/d"), title="2024年")) == ["9/30"]


def test_a_month_that_may_be_october_is_a_doubt_and_a_measure_is_none() -> None:
    reading = dated(
        "分解表", (2024.6, "General"), (2024.1, "General"), ("2024.10", "@"), ("2023.1", "@"), (2025.1, "0.0")
    )
    assert shown_in_last_column(reading) == ["2024.6", "2024.1", "2024.10", "2023.1", "2025.1"]
    assert [(doubt.code, doubt.params["text"]) for doubt in reading.doubts] == [
        ("october-or-january", "2024.1"),
        ("october-or-january", "2025.1"),
    ]
    assert not dated("分解表", (2024.1, "0.00")).doubts
    assert not dated("产值（万元）", (2024.1, "General"), (356.2, "General")).doubts


@pytest.mark.parametrize(
    ("code", "text"),
    [("m/d/yy", "2024/9/30"), ("d-mmm", "9月30日"), ("mmm-yy", "2024年9月"), ("d-mmm-yy", "2024/9/30"),
     ("yy.m.d", "2024.9.30"), ('yy"年"m"月"', "2024年9月"), ("dd/mm/yyyy", "2024/9/30"),
     ("m/d/yy h:mm", "2024/9/30")],
)  # fmt: skip
def test_a_date_in_an_order_that_no_plan_uses_is_shown_in_the_usual_one(code: str, text: str) -> None:
    assert shown("45565", code) == text
