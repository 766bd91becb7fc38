"""Words that are struck through or deleted by a tracked change: not read as live, and told."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from ingest.readers.docx.read import read_docx
from ingest.readers.html.read import read_html
from ingest.readers.xlsx.read import read_xlsx
from ingest.reading import Reading
from tests.support.docx_writer import docx, levels, numbered, numbering, p, r, row, table, tc


def word(body: str, **parts: str) -> Reading:
    return read_docx(docx(body, parts), "plan.docx")


def struck(reading: Reading) -> list[str]:
    return [doubt.params["text"] for doubt in reading.doubts if doubt.code == "struck-text"]


@pytest.mark.parametrize("line", ["<w:strike/>", "<w:dstrike/>", '<w:strike w:val="true"/>'])
def test_struck_words_of_a_paragraph_are_left_out_and_told(line: str) -> None:
    reading = word(p("市水务局、", r("市工商局、", line), "市财政局负责"))
    assert (reading.text, struck(reading)) == ("市水务局、市财政局负责\n", ["市工商局、"])


def test_a_line_that_is_switched_off_strikes_nothing() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    body = p("作废的任务", r("，仍然有效", '<w:strike w:val="0"/>'), properties='<w:pStyle w:val="old"/>')
    reading = word(body, styles=styles)
    assert (reading.text, struck(reading)) == ("，仍然有效\n", ["作废的任务"])


def test_a_struck_paragraph_leaves_no_line_and_its_number_is_used_up() -> None:
    gone = numbered("").replace("</w:p>", r("取消的任务。（市民政局负责）", "<w:strike/>") + "</w:p>")
    listed = numbering(levels(("decimal", "%1、")))
    reading = word(numbered("甲") + gone + numbered("乙"), numbering=listed)
    assert (reading.text, struck(reading)) == ("1、甲\n3、乙\n", ["取消的任务。（市民政局负责）"])


def test_a_struck_row_of_a_table_is_no_row_of_the_reading() -> None:
    gone = [tc(p(r(text, "<w:strike/>"))) for text in ("2", "取消的任务", "市民政局")]
    reading = word(table(row("序号", "任务", "责任单位") + row("1", "种树", "市园林局") + row(*gone)))
    assert reading.text == "序号\t任务\t责任单位\n1\t种树\t市园林局\n"
    assert struck(reading) == ["2取消的任务市民政局"]


def test_what_a_tracked_change_deletes_is_told() -> None:
    deleted = "<w:del><w:r><w:delText>市工商局</w:delText></w:r></w:del>"
    gone = row(tc(p(deleted)), "丁", properties="<w:del/>")
    reading = word(p("由", deleted, f"<w:ins>{r('市市场监管局')}</w:ins>", "负责") + table(row("甲", "乙") + gone))
    assert (reading.text, struck(reading)) == ("由市市场监管局负责\n甲\t乙\n", ["市工商局", "市工商局丁"])


def a_sheet(line: bool = True) -> Reading:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "重点任务", "牵头单位", "完成时限"])
    sheet.append([1, "改造管网", "市水务局", "12月底前"])
    sheet.append([2, "取消的任务", "市民政局", 46022])
    sheet.append([3, "种树", CellRichText(TextBlock(InlineFont(strike=line), "市林业局"), "市园林局"), "9月底前"])
    for cell in sheet[3]:
        cell.font = Font(strike=line)
    held = io.BytesIO()
    book.save(held)
    return read_xlsx(held.getvalue(), "plan.xlsx")


def test_struck_cells_and_runs_of_a_sheet_are_left_out_and_told() -> None:
    reading = a_sheet()
    assert (
        reading.text
        == "序号\t重点任务\t牵头单位\t完成时限\n1\t改造管网\t市水务局\t12月底前\n3\t种树\t市园林局\t9月底前\n"
    )
    assert struck(reading) == ["2", "取消的任务", "市民政局", "46022", "市林业局"]
    assert "取消的任务" in a_sheet(line=False).text


@pytest.mark.parametrize(
    "gone",
    [
        "<s>（市民政局负责）</s>",
        "<del><b>（市民政局</b>负责）</del>",
        "<strike>（市民政局负责）</strike>",
        "<span style='color:red; text-decoration: line-through'>（市民政局负责）</span>",
    ],
)
def test_struck_words_of_a_web_page_are_left_out_and_told(gone: str) -> None:
    reading = read_html(f"<html><body><p>开展巡查。{gone}（市应急局负责）</p></body></html>".encode(), "plan.html")
    assert (reading.text, struck(reading)) == ("开展巡查。（市应急局负责）\n", ["（市民政局负责）"])
