"""What a PDF says, page by page: paragraphs, page furniture, columns, turned pages, and what cannot be read."""

from __future__ import annotations

import io
import time

import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ingest.errors import DamagedFile, EmptyFile, UnsupportedFormat
from ingest.page.blocks import holes, page_text
from ingest.page.columns import Columns
from ingest.page.ink import Box, Char, Ink
from tests.support.pdf_writer import (
    FONT,
    HEIGHT,
    LEADING,
    LEFT,
    LONG,
    PER_LINE,
    SIZE,
    TOP,
    WIDTH,
    drawn,
    lines,
    pieces,
    read,
    text_page,
)


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart() -> None:
    reading = read(drawn(text_page("一、总体要求", LONG, "二、重点任务", LONG)))
    assert lines(reading) == ["一、总体要求", LONG, "二、重点任务", LONG]


def test_a_paragraph_that_fills_its_last_line_ends_at_the_indent_of_the_next() -> None:
    full = (LONG * 2)[: PER_LINE * 3 - 2]
    assert lines(read(drawn(text_page(full, LONG, LONG)))) == [full, LONG, LONG]


def test_a_paragraph_runs_on_over_the_page_and_the_page_begins_inside_it() -> None:
    first, rest = pieces(LONG, PER_LINE * 2 - 2)
    reading = read(drawn(text_page(LONG, first, number="— 1 —"), text_page("~" + rest, LONG, number="— 2 —")))
    assert lines(reading) == [LONG, LONG, LONG]
    assert "\f" not in reading.text
    assert reading.text[reading.pages[1].start :].startswith(rest)


def test_pages_between_paragraphs_are_parted_by_a_form_feed() -> None:
    reading = read(drawn(text_page(LONG), text_page(LONG)))
    assert reading.text == f"{LONG}\n\f{LONG}\n"
    assert [page.number for page in reading.pages] == [1, 2]
    assert reading.text[reading.pages[1].start] == LONG[0]


@pytest.mark.parametrize("style", ["— {} —", "－{}－", "- {} -", "第 {} 页", "{}", "{}/3", "第{}页 共3页"])
def test_page_numbers_are_left_out(style: str) -> None:
    reading = read(
        drawn(*(text_page(f"第{'一二三'[page - 1]}条" + LONG, number=style.format(page)) for page in (1, 2, 3)))
    )
    assert lines(reading) == [f"第{number}条" + LONG for number in "一二三"]


def test_a_number_that_does_not_count_the_pages_stays() -> None:
    reading = read(drawn(*(text_page(LONG, number=number) for number in ("2021", "7", "365"))))
    assert [line for line in lines(reading) if line.isdigit()] == ["2021", "7", "365"]


def test_running_heads_are_left_out_even_with_the_page_number_in_them() -> None:
    pages = (
        text_page(f"第{number}条" + LONG, head=f"某市数据局文件 第{page}页")
        for page, number in enumerate("一二三四", 1)
    )
    assert lines(read(drawn(*pages))) == [f"第{number}条" + LONG for number in "一二三四"]


def test_headings_of_annexes_at_the_head_of_each_page_stay() -> None:
    reading = read(drawn(*(text_page(LONG, head=f"附件{page}") for page in (1, 2, 3, 4))))
    assert [line for line in lines(reading) if line.startswith("附件")] == ["附件1", "附件2", "附件3", "附件4"]


def test_a_title_of_two_lines_is_one_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(WIDTH / 2, 780, "某市人民政府办公室关于印发数据局")
        canvas.drawCentredString(WIDTH / 2, 748, "高质量发展实施方案的通知")
        canvas.setFont(FONT, SIZE)
        text_page(LONG, LONG)(canvas)

    assert lines(read(drawn(draw)))[0] == "某市人民政府办公室关于印发数据局高质量发展实施方案的通知"


def test_a_wider_gap_parts_paragraphs_without_indent() -> None:
    def draw(canvas: Canvas) -> None:
        y = TOP
        for _ in range(3):
            for line in pieces(LONG[:54], PER_LINE):
                canvas.drawString(LEFT, y, line)
                y -= LEADING
            y -= LEADING

    assert lines(read(drawn(draw))) == [LONG[:54]] * 3


def test_paragraphs_set_narrow_on_a_wide_page_are_joined() -> None:
    def draw(canvas: Canvas) -> None:
        y = TOP
        for text in (LONG, LONG):
            for place, line in enumerate([text[:16], *(text[n : n + 18] for n in range(16, len(text), 18))]):
                canvas.drawString(LEFT + (0 if place else 2 * SIZE), y, line)
                y -= LEADING

    assert lines(read(drawn(draw))) == [LONG, LONG]


def test_short_lines_of_one_length_are_not_joined() -> None:
    tasks = ["召开动员会（市委办负责）", "印发方案稿（市府办负责）", "组织好检查（督查室负责）"]
    assert lines(read(drawn(text_page(*tasks)))) == tasks
    assert lines(read(drawn(text_page(*("~" + task for task in tasks))))) == tasks


def test_a_notice_of_few_lines_keeps_its_parts_apart() -> None:
    call = "一、加强值班值守。严格执行24小时值班和领导带班制度。（责任单位：党政办）"
    parts = ["各村、各单位：", "现就有关事项通知如下。", call, "联系人：张三", "电话：12345678"]
    assert lines(read(drawn(text_page("~" + parts[0], *parts[1:])))) == parts


def test_points_that_hang_below_their_label_are_read_on() -> None:
    def draw(canvas: Canvas) -> None:
        text_page(LONG, LONG)(canvas)
        canvas.drawString(LEFT + 2 * SIZE, 500, "附件：1." + "重点任务分工" * 4)
        canvas.drawString(LEFT + 6 * SIZE, 471, "方案和责任清单")
        canvas.drawString(LEFT + 5 * SIZE, 442, "2.工作台账")

    assert lines(read(drawn(draw)))[2:] == ["附件：1." + "重点任务分工" * 4 + "方案和责任清单", "2.工作台账"]


def test_words_in_latin_letters_keep_the_blank_at_a_line_end() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, TOP, "推进" + "数字" * 9 + "Open Data")
        canvas.drawString(LEFT, TOP - LEADING, "Hub 建设")

    assert "Open Data Hub" in read(drawn(draw)).text


def test_characters_drawn_twice_to_look_bold_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0.0, 0.4):
            for place, character in enumerate("（一）加强领导"):
                canvas.drawString(LEFT + place * SIZE + shift, TOP, character)

    assert lines(read(drawn(draw))) == ["（一）加强领导"]


def test_spaced_and_disordered_characters_are_read_from_left_to_right() -> None:
    def draw(canvas: Canvas) -> None:
        for place in (3, 0, 2, 1):
            canvas.drawString(LEFT + place * 2.5 * SIZE, TOP, "责任单位"[place])

    assert lines(read(drawn(draw))) == ["责任单位"]


def test_text_outside_the_page_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        text_page(LONG)(canvas)
        canvas.drawString(LEFT, HEIGHT + 200, "页外文字")

    assert lines(read(drawn(draw))) == [LONG]


def test_two_columns_are_read_one_after_the_other_below_what_spans_both() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(WIDTH / 2, 780, "两栏排版的工作方案和任务分工")
        canvas.setFont(FONT, 12)
        for column, sign in enumerate("左右"):
            for row in range(10):
                canvas.drawString(LEFT + column * 230, 740 - row * 20, (sign + LONG)[:17] if row else sign * 17)

    text = "".join(lines(read(drawn(draw))))
    assert text.startswith("两栏排版的工作方案和任务分工" + "左" * 17)
    assert text.rindex("左") < text.index("右")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_read_along_its_text(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(angle)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        canvas.drawString(LEFT, 500, "横排附件的第一行")
        canvas.drawString(LEFT, 460, "第二行")

    assert lines(read(drawn(draw))) == ["横排附件的第一行", "第二行"]


def test_a_page_that_the_file_says_is_turned_reads_the_same() -> None:
    document = pypdfium2.PdfDocument(drawn(text_page(LONG, LONG)))
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    assert lines(read(out.getvalue())) == [LONG, LONG]


def test_a_page_without_text_is_a_doubt_that_names_the_page() -> None:
    def picture(canvas: Canvas) -> None:
        canvas.rect(100, 100, 300, 300, fill=1)

    reading = read(drawn(text_page(LONG), picture, text_page(LONG)))
    (doubt,) = reading.doubts
    assert (doubt.code, doubt.params) == ("page-without-text", {"page": "2"})
    assert doubt.span.start == doubt.span.end == len(LONG) + 1
    assert [page.number for page in reading.pages] == [1, 2, 3]


def spaced_out(text: str, y: float) -> tuple[Char, ...]:
    return tuple(Char(one, 72.0 + 16 * place, 88.0 + 16 * place, y, 16.0) for place, one in enumerate(text))


def test_a_blank_of_any_kind_parts_words_and_is_no_text_itself() -> None:
    assert page_text(Ink(1, WIDTH, HEIGHT, spaced_out("\x85\u2003", 20), (spaced_out("\u2028", 400),))).is_blank
    (block,) = page_text(Ink(1, WIDTH, HEIGHT, spaced_out("牵头\u2003单位", 300))).blocks
    assert isinstance(block, Columns)
    assert [line.text for line in block.lines] == ["牵头 单位"]


def test_a_picture_in_the_place_of_words_is_told_from_one_behind_them() -> None:
    chars = spaced_out("各级各部门要加强组织领导", 300)
    behind, empty, thin = Box(60, 280, 500, 310), Box(60, 400, 500, 500), Box(60, 600, 500, 601)
    assert list(holes(Ink(1, WIDTH, HEIGHT, chars, pictures=(behind, thin, empty, empty)))) == [empty]


def test_a_page_of_pictures_behind_its_words_is_quick() -> None:
    chars = tuple(Char("检", 72.0, 88.0, n / 300, 16.0) for n in range(100_000))
    pictures = tuple(Box(n / 1000, 100, 60 + n / 1000, 800) for n in range(5_000))
    began = time.perf_counter()
    assert list(holes(Ink(1, WIDTH, HEIGHT, chars, pictures=pictures)))
    assert time.perf_counter() - began < 5


def test_a_scan_is_refused_with_its_format_and_a_blank_file_as_empty() -> None:
    def picture(canvas: Canvas) -> None:
        canvas.line(100, 100, 300, 100)

    with pytest.raises(UnsupportedFormat) as scan:
        read(drawn(picture))
    assert scan.value.params == {"path": "plan.pdf", "format": "pdf-scan", "pages": "1"}
    with pytest.raises(EmptyFile):
        read(drawn(lambda canvas: None))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"not a pdf at all"])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedFile):
        read(data)


def test_a_pdf_with_a_password_is_not_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pytest.raises(UnsupportedFormat) as locked:
        read(out.getvalue())
    assert locked.value.params["format"] == "pdf-password"


@pytest.mark.parametrize(
    "paragraph",
    [
        "一、加强供水管网改造，完善设施，确保年底前完成全部任务；建立台账。",
        "（市水务局牵头，市财政局、市住建局配合）",
        "二、推进道路建设：新建人行道，方便群众出行。",
    ],
)
def test_a_font_that_states_no_widths_sets_no_blanks_behind_marks(paragraph: str) -> None:
    def draw(canvas: Canvas) -> None:
        for line, low in enumerate(range(0, len(paragraph), PER_LINE)):
            for nth, sign in enumerate(paragraph[low : low + PER_LINE]):
                canvas.drawString(LEFT + nth * SIZE, TOP - line * LEADING, sign)

    data = drawn(draw)
    without = data.replace(b"/DW 1000", b"/DW    0")
    assert without != data
    assert lines(read(without)) == [paragraph]
