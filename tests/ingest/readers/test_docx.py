"""Word files: what Word shows, in reading order, with automatic numbers written out."""

from __future__ import annotations

import io
import time

import pytest
from docx import Document
from docx.document import Document as WordDocument

from ingest.errors import DamagedFile, EmptyFile, UnsupportedFormat
from ingest.model import Cell
from ingest.readers.docx.read import read_docx
from ingest.reading import Reading
from tests.support.docx_writer import docx, levels, numbered, numbering, p, packed, r, row, table, tc


def read(data: bytes) -> Reading:
    return read_docx(data, "plan.docx")


def lines(body: str, **parts: str) -> list[str]:
    return read(docx(body, parts)).text.split("\n")[:-1]


def saved(document: WordDocument) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def grid(reading: Reading) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.span.of(reading.text)) for cell in reading.cells]


def test_paragraphs_and_tables_come_in_document_order() -> None:
    document = Document()
    document.add_paragraph("一、总体要求")
    filled = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("任务", "责任单位", "建设平台", "市商务局")):
        filled.cell(place // 2, place % 2).text = text
    document.add_paragraph("二、保障措施")
    reading = read(saved(document))
    assert reading.text == "一、总体要求\n任务\t责任单位\n建设平台\t市商务局\n二、保障措施\n"
    assert reading.cells[3] == Cell(1, 2, 2, reading.cells[3].span)
    assert reading.cells[3].span.of(reading.text) == "市商务局"


def test_merged_cells_are_written_once_and_say_how_far_they_reach() -> None:
    document = Document()
    filled = document.add_table(rows=3, cols=3)
    for place in range(9):
        filled.cell(place // 3, place % 3).text = f"{place}格"
    filled.cell(1, 0).merge(filled.cell(2, 0)).text = "医疗健康"
    filled.cell(0, 1).merge(filled.cell(0, 2)).text = "单位"
    reading = read(saved(document))
    assert reading.text == "0格\t单位\n医疗健康\t4格\t5格\n\t7格\t8格\n"
    assert (1, 2, 1, 2, "单位") in grid(reading)
    assert (2, 1, 2, 1, "医疗健康") in grid(reading)


def test_headers_and_footers_are_left_out() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "某市人民政府"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.add_paragraph("正文")
    assert read(saved(document)).text == "正文\n"


@pytest.mark.parametrize(
    ("form", "text", "third"),
    [
        ("chineseCounting", "%1、", "三、"),
        ("chineseCountingThousand", "第%1条", "第三条"),
        ("japaneseCounting", "（%1）", "（三）"),
        ("decimal", "%1．", "3．"),
        ("decimalEnclosedCircle", "%1", "③"),
        ("ideographTraditional", "%1、", "丙、"),
    ],
)
def test_automatic_numbers_stand_in_front_of_their_paragraphs(form: str, text: str, third: str) -> None:
    found = lines("".join(numbered("任务") for _ in range(3)), numbering=numbering(levels((form, text))))
    assert found[2] == f"{third}任务"


def test_a_number_ending_in_a_latin_mark_is_parted_from_the_year_after_it() -> None:
    assert lines(numbered("2025年底前完成"), numbering=numbering(levels(("decimal", "%1.")))) == ["1. 2025年底前完成"]


def test_deeper_levels_start_over_under_each_heading_and_show_the_levels_above() -> None:
    listed = numbering(levels(("chineseCounting", "%1、"), ("decimal", "%1.%2、")))
    body = numbered("甲") + numbered("子", 1) + numbered("丑", 1) + numbered("乙") + numbered("寅", 1)
    assert lines(body, numbering=listed) == ["一、甲", "一.1、子", "一.2、丑", "二、乙", "二.1、寅"]


def test_legal_style_writes_the_levels_above_in_plain_digits() -> None:
    listed = numbering(levels(("chineseCounting", "%1、"), ("decimal", "%1.%2、"), inside={1: "<w:isLgl/>"}))
    assert lines(numbered("甲") + numbered("子", 1), numbering=listed)[1] == "1.1、子"


def test_a_level_may_go_on_counting_under_the_next_heading() -> None:
    never = {1: '<w:lvlRestart w:val="0"/>'}
    listed = numbering(levels(("chineseCounting", "%1、"), ("decimal", "（%2）"), inside=never))
    body = numbered("甲") + numbered("子", 1) + numbered("乙") + numbered("丑", 1)
    assert lines(body, numbering=listed) == ["一、甲", "（1）子", "二、乙", "（2）丑"]


def test_a_list_counts_on_from_its_sister_unless_it_starts_over() -> None:
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = numbered("甲", list_id=1) + numbered("乙", list_id=2) + numbered("丙", list_id=3) + numbered("丁", list_id=3)
    listed = numbering(levels(("chineseCounting", "%1、")), "", "", over)
    assert lines(body, numbering=listed) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_style_gives_its_paragraphs_a_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/></w:style>'
    )
    tied = {0: '<w:pStyle w:val="h1"/>', 1: '<w:pStyle w:val="h2"/>'}
    listed = numbering(levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), inside=tied))
    heading, inner = '<w:pStyle w:val="h1"/>', '<w:pStyle w:val="h2"/>'
    off = inner + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", properties=heading) + p("子", properties=inner) + p("无号", properties=off)
    assert lines(body, numbering=listed, styles=styles) == ["一、甲", "（一）子", "无号"]


def test_bullets_are_no_numbers_and_empty_numbered_paragraphs_leave_no_line() -> None:
    listed = numbering(levels(("bullet", "●"), ("decimal", "%2、")))
    assert lines(numbered("要点") + numbered("", 1) + numbered("后", 1), numbering=listed) == ["要点", "2、后"]


def test_a_column_of_automatic_numbers_is_filled_in() -> None:
    body = table(row("序号", "任务"), *(row(tc(numbered("")), text) for text in ("甲", "乙")))
    assert lines(body, numbering=numbering(levels(("decimal", "%1")))) == ["序号\t任务", "1\t甲", "2\t乙"]


def test_tracked_changes_are_taken_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>市工商局</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo>"
    assert lines(p("由", deleted, f"<w:ins>{r('市市场监管局')}</w:ins>", moved, "负责")) == ["由市市场监管局新处负责"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_under_one_number() -> None:
    gone = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    body = p("上半", properties=gone) + numbered("下半") + numbered("后")
    assert lines(body, numbering=numbering(levels(("decimal", "%1、")))) == ["1、上半下半", "2、后"]


def test_a_deleted_row_is_gone() -> None:
    rows = row("甲", "乙") + row("丙", "丁", properties="<w:del/>") + row("戊", "己")
    assert lines(table(rows)) == ["甲\t乙", "戊\t己"]


def test_a_heading_with_a_hidden_mark_runs_on_into_its_text() -> None:
    hidden_mark = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:specVanish/><w:vanish/></w:rPr>'
    heading = p("加强监管。", properties=hidden_mark)
    body = heading + p("开展检查。") + numbered("后")
    listed = numbering(levels(("chineseCounting", "（%1）")))
    assert lines(body, numbering=listed) == ["（一）加强监管。开展检查。", "（二）后"]


def test_hidden_text_is_left_out_with_a_doubt() -> None:
    styles = '<w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    by_style = '<w:rStyle w:val="secret"/>'
    body = p("显示", r("批注稿", "<w:vanish/>"), r("内部", by_style), r("文字", by_style + '<w:vanish w:val="0"/>'))
    reading = read(docx(body, {"styles": styles}))
    assert reading.text == "显示文字\n"
    assert [(doubt.code, doubt.params) for doubt in reading.doubts] == [("hidden-text", {"text": "批注稿内部"})]


def test_a_hidden_row_is_left_out_with_a_doubt() -> None:
    reading = read(docx(table(row("甲", "乙"), row("丙", "丁", properties="<w:hidden/>"))))
    assert reading.text == "甲\t乙\n"
    assert [doubt.params["text"] for doubt in reading.doubts] == ["丙丁"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    inside = f"<w:txbxContent>{p('框内文字')}</w:txbxContent>"
    drawn = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{inside}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(p("段落", f"<w:r>{drawn}</w:r>", "继续") + p("后")) == ["段落继续", "框内文字", "后"]
    old = f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    assert lines(p("段落", old)) == ["段落", "框内文字"]


def test_footnotes_and_endnotes_follow_the_document() -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="1"/></w:r>'
    body = p("指标", *marks) + p("后")
    separator = f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
    footnotes = f'{separator}<w:footnote w:id="2">{p("脚注")}</w:footnote>'
    endnotes = f'<w:endnote w:id="1">{p("尾注")}</w:endnote>'
    assert lines(body, footnotes=footnotes, endnotes=endnotes) == ["指标", "后", "脚注", "尾注"]


def test_footnotes_of_a_table_follow_the_document() -> None:
    noted = tc(p("市商务局", '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    footnotes = f'<w:footnote w:id="2">{p("列第一位者牵头")}</w:footnote>'
    assert lines(table(row("甲", noted)) + p("后"), footnotes=footnotes) == ["甲\t市商务局", "后", "列第一位者牵头"]


def mark(kind: str) -> str:
    """One of the marks of a field: begin, separate, end."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_fields_are_read_by_their_result() -> None:
    code = "<w:r><w:instrText>REF 某处</w:instrText></w:r>"
    body = p("见", mark("begin"), code, r("未算"), mark("separate"), "附件1", mark("end"), "。")
    assert lines(body) == ["见附件1。"]
    assert lines(p("共", f'<w:fldSimple w:instr="NUMPAGES">{r("8")}</w:fldSimple>', "页")) == ["共8页"]


def test_a_table_of_contents_is_left_out() -> None:
    code = '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    first = p(mark("begin"), code, mark("separate"), "一、总体要求\t3")
    body = first + p("二、措施\t5", mark("end")) + p("一、总体要求")
    assert lines(body) == ["一、总体要求"]


def test_links_content_controls_and_inserted_rows_are_seen_through() -> None:
    linked = p("按", f"<w:hyperlink>{r('《办法》')}</w:hyperlink>", "执行")
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件内')}</w:sdtContent></w:sdt>"
    wrapped = table(f"<w:sdt><w:sdtContent>{row('甲', '乙')}</w:sdtContent></w:sdt>", row("丙", "丁"))
    assert lines(linked + control + wrapped) == ["按《办法》执行", "控件内", "甲\t乙", "丙\t丁"]


def test_a_soft_line_break_ends_a_line_except_inside_a_sentence() -> None:
    soft, tab = "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"
    body = p("牵头单位：市商务局", soft, "配合单位：市财政局、", soft, "市公安局", tab, "完成")
    assert lines(body) == ["牵头单位：市商务局", "配合单位：市财政局、市公安局 完成"]


def _tasks() -> str:
    return table(
        row("序号", "重点任务", "责任单位"), row("1", "改造管网。", "市水务局"), row("2", "巡查。", "市应急局")
    )


@pytest.mark.parametrize(
    "body",
    [
        table(row(tc("任务分解表")), row(tc(_tasks()))),
        table(row(tc("附件"), tc(_tasks()))),
        table(row(tc("任务分解表"), tc("2024年")), row(tc(_tasks()), tc("注"))),
    ],
)
def test_a_table_in_a_cell_is_a_table_where_the_outer_one_only_lays_it_out(body: str) -> None:
    reading = read(docx(body))
    assert [[cell.span.of(reading.text) for cell in reading.cells if cell.row == at] for at in (1, 2, 3)] == [
        ["序号", "重点任务", "责任单位"],
        ["1", "改造管网。", "市水务局"],
        ["2", "巡查。", "市应急局"],
    ]


def test_a_small_table_in_a_cell_of_a_larger_one_stays_in_its_cell() -> None:
    inner = table(row("牵头单位", "市水务局"), row("配合单位", "市住建局"))
    rows = [row("1", "改造管网。", tc(inner)), row("2", "巡查。", "市应急局")]
    reading = read(docx(table(row("序号", "重点任务", "责任分工"), *rows)))
    assert len(reading.cells) == 9


def test_a_frame_of_one_cell_is_no_table() -> None:
    reading = read(docx(table(row(tc(p("标题") + p("正文"))))))
    assert reading.text == "标题\n正文\n"
    assert not reading.cells


def test_a_table_inside_a_cell_is_written_into_that_cell() -> None:
    inner = table(row("内一", "内二"))
    reading = read(docx(table(row("甲", tc(p("外") + inner)))))
    assert [text for *_, text in grid(reading)] == ["甲", "外 内一 内二"]


def test_header_rows_that_come_again_are_left_out() -> None:
    header = row("序号", "任务")
    reading = read(docx(table(header, row("1", "甲"), header, row("2", "乙"))))
    assert reading.text == "序号\t任务\n1\t甲\n2\t乙\n"
    assert reading.cells[-1].row == 4


def test_a_table_that_goes_on_under_its_repeated_header_is_one_table() -> None:
    header = row("序号", "任务")
    reading = read(docx(table(header, row("1", "甲")) + p() + table(header, row("2", "乙"))))
    assert reading.text == "序号\t任务\n1\t甲\n2\t乙\n"
    assert {cell.table for cell in reading.cells} == {1}
    parted = read(docx(table(header, row("1", "甲")) + p("附件2") + table(header, row("2", "乙"))))
    assert {cell.table for cell in parted.cells} == {1, 2}


def test_pages_are_those_that_word_noted() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    rows = row("甲", "乙") + row(tc(p(turn, "丙")), "丁")
    reading = read(docx(p("第一段") + p(turn, "第二段") + p("第三", turn, "段") + table(rows)))
    assert reading.text == "第一段\n\f第二段\n第三段\n甲\t乙\n\f丙\t丁\n"
    places = [(page.number, reading.text[page.start]) for page in reading.pages]
    assert places == [(1, "第"), (2, "第"), (3, "段"), (4, "丙")]


def test_a_strict_file_reads_like_a_transitional_one() -> None:
    body, parts = numbered("任务") + p("正文"), {"numbering": numbering(levels(("chineseCounting", "%1、")))}
    assert read(docx(body, parts, strict=True)) == read(docx(body, parts))


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(UnsupportedFormat) as old:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert old.value.params["format"] == "ole"
    with pytest.raises(DamagedFile):
        read(packed({"readme.txt": b"hello"}))
    with pytest.raises(EmptyFile):
        read(docx(p()))


def test_long_chains_of_deleted_marks_and_wide_spans_stay_quick() -> None:
    chain = p("字", properties="<w:rPr><w:del/></w:rPr>") * 20_000
    wide = table(row(tc("甲", '<w:gridSpan w:val="2000000000"/>'), "乙", properties='<w:gridBefore w:val="99999999"/>'))
    began = time.perf_counter()
    reading = read(docx(chain + p("末") + wide))
    assert time.perf_counter() - began < 10
    assert len(reading.text) < 21_000


def test_fields_inside_fields_without_end_stay_quick() -> None:
    inside = mark("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + mark("separate") + r("字")
    instruction = "<w:r><w:instrText>TOC and so on </w:instrText></w:r>" * 50_000
    began = time.perf_counter()
    reading = read(docx(p(inside * 12_000) + p(mark("begin") + instruction + mark("separate") + r("目录"))))
    assert reading.text == "字" * 12_000 + "\n"
    assert time.perf_counter() - began < 10


def test_a_number_of_any_length_and_styles_without_end_stay_quick() -> None:
    start = f'<w:start w:val="{"9" * 4000}"/>'
    listed = numbering(levels(("chineseCounting", "长" * 100_000 + "%1"), inside={0: start}))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)
    )
    body = p("正文", properties='<w:pStyle w:val="s0"/>') * 2_000 + numbered("任务") * 2_000
    began = time.perf_counter()
    assert len(read(docx(body, {"numbering": listed, "styles": styles})).text) < 200_000
    assert time.perf_counter() - began < 10
