"""OFD files: text by the places of its characters, lines joined into paragraphs over pages."""

from __future__ import annotations

import time
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import DamagedFile, EmptyFile, UnsupportedFormat
from ingest.page.ink import MAX_CHARACTERS
from ingest.readers.ofd.ink import MAX_PATH, expanded, page_ink
from ingest.readers.ofd.package import OfdPage
from ingest.readers.ofd.read import read_ofd
from ingest.reading import Reading
from tests.fuzz.mutate import unpacked
from tests.support.docx_writer import packed
from tests.support.ofd_writer import EM, LEFT, TOP, composite, line, ofd, paragraphs, ruled_table

LONG = "到二〇二五年底前，建成统一的食品安全监管平台，实现从田头到餐桌的全过程监管，责任落实到人。"
SECOND = "各县区要建立健全工作机制，及时研究解决重大问题，重大情况及时报告市政府。"


def read(data: bytes) -> Reading:
    return read_ofd(data, "plan.ofd")


def test_the_lines_of_a_paragraph_are_joined() -> None:
    assert read(ofd([paragraphs("一、总体要求", LONG, SECOND)])).text == f"一、总体要求\n{LONG}\n{SECOND}\n"


def test_objects_are_read_by_their_place_whatever_their_order() -> None:
    objects = [line("第二行在下面。", LEFT, 60), line("第一行在上面。", LEFT, 40)]
    assert read(ofd(["".join(objects)])).text == "第一行在上面。\n第二行在下面。\n"


def test_offsets_may_be_said_once_for_many_characters() -> None:
    said = line("食品安全监管2025", LEFT, 50, code='DeltaX="g 6 5.6 g 3 2.8"')
    assert read(ofd([said])).text == "食品安全监管2025\n"
    assert expanded("1 g 3 2.5 4", 9) == [1, 2.5, 2.5, 2.5, 4, 4, 4, 4, 4]
    assert expanded("g 999999999999 1", 3) == [1, 1, 1]
    assert expanded("g x", 3) == []


def test_a_text_without_offsets_runs_on() -> None:
    assert read(ofd([line("市商务局牵头 A B", LEFT, 50, code='ID="2"')])).text == "市商务局牵头 A B\n"


def test_characters_may_stand_in_objects_of_their_own() -> None:
    spread = "".join(line(one, LEFT + EM * place, 50) for place, one in enumerate("由市公安局负责"))
    assert read(ofd([spread])).text == "由市公安局负责\n"


def test_words_stay_parted_and_spaced_chinese_stays_whole() -> None:
    wide = line("工作方案", LEFT, 40, code='DeltaX="g 3 11.2"')
    assert read(ofd([wide + line("Zeren reads plans", LEFT, 60)])).text == "工作方案\nZeren reads plans\n"


def test_a_matrix_and_glyph_transforms_leave_the_text_where_it_stands() -> None:
    halved = (
        '<ofd:TextObject ID="1" Font="1" Size="11.2" Boundary="28 40 150 9" CTM="0.5 0 0 0.5 0 0">'
        '<ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>4460</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="2"><ofd:Glyphs>1 2</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:TextCode X="0" Y="11.2" DeltaX="g 2 11.2">财政局</ofd:TextCode></ofd:TextObject>'
    )
    assert read(ofd([line("市", LEFT - EM, 40 + EM) + halved])).text == "市财政局\n"


def test_a_further_text_code_begins_where_it_says() -> None:
    said = (
        '<ofd:TextObject ID="1" Font="1" Size="5.6" Boundary="28 40 150 9"><ofd:TextCode X="0" Y="5" DeltaX="5.6">牵头'
        '</ofd:TextCode><ofd:TextCode X="11.2" DeltaX="5.6">\n   单位\n</ofd:TextCode></ofd:TextObject>'
    )
    assert read(ofd([said])).text == "牵头单位\n"


def test_a_paragraph_that_breaks_over_a_page_is_joined_and_pages_keep_their_place() -> None:
    words = "第一页的最后一段没有写完，" + LONG
    pages = [paragraphs(LONG, words[:54], top=150), paragraphs(SECOND)]
    pages[1] = line(words[54:], LEFT, TOP) + paragraphs(SECOND, top=TOP + 9.8)
    reading = read(ofd(pages))
    assert reading.text == f"{LONG}\n{words}\n{SECOND}\n"
    assert [page.number for page in reading.pages] == [1, 2]
    assert reading.text[reading.pages[1].start :].startswith(words[54:])


def test_page_numbers_and_running_heads_are_left_out() -> None:
    numbers = range(1, 5)
    pages = [paragraphs(f"第{n}章内容", SECOND, top=50) + line(f"— {n} —", 95, 275, em=4.9) for n in numbers]
    reading = read(ofd(pages, templates=[line("某市人民政府公报", 70, 20, em=4.0)]))
    assert "—" not in reading.text
    assert "公报" not in reading.text
    assert [f"第{number}章内容\n{SECOND}\n" for number in numbers] == reading.text.split("\f")


def test_template_pages_give_text_that_is_no_running_head() -> None:
    assert read(ofd([paragraphs("正文内容", top=120)], templates=[line("审批表", 90, 90)])).text == "审批表\n正文内容\n"


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    rows = [["序号", "任务", "责任单位"], ["1", "建设平台", "市商务局"], ["2", "开展检查", ""]]
    reading = read(ofd([ruled_table(rows)]))
    assert reading.text == "序号\t任务\t责任单位\n1\t建设平台\t市商务局\n2\t开展检查\t\n"
    assert reading.cells[5].span.of(reading.text) == "市商务局"


def test_a_page_drawn_on_its_side_is_read_upright() -> None:
    turned = "".join(
        f'<ofd:TextObject ID="1" Font="1" Size="5.6" Boundary="{150 - 10 * place} 30 9 200" CTM="0 1 -1 0 0 0">'
        f'<ofd:TextCode X="0" Y="0" DeltaX="g {len(text) - 1} 5.6">{text}</ofd:TextCode></ofd:TextObject>'
        for place, text in enumerate(("一、横排页面", "这一行在标题之后。"))
    )
    assert read(ofd([turned])).text == "一、横排页面\n这一行在标题之后。\n"


def test_other_namespaces_and_nested_blocks_are_read() -> None:
    block = f"<ofd:PageBlock><ofd:PageBlock>{line('嵌套内容', LEFT, 50)}</ofd:PageBlock></ofd:PageBlock>"
    assert read(ofd([block], namespace='xmlns:ofd="http://www.ofdspec.org"')).text == "嵌套内容\n"


def test_what_a_composite_object_draws_is_read_where_it_is_drawn() -> None:
    inner, outer = line("第二行", 10, 40) + composite(1, x=0, y=60, scale=0.5), line("第三行", 20, 40)
    drawn = line("第一行", LEFT, 20) + composite(0, x=18, y=10)
    assert read(ofd([drawn], units=[inner, outer])).text == "第一行\n第二行\n第三行\n"


def test_a_composite_object_that_draws_itself_comes_to_an_end() -> None:
    said = "".join(line(f"正文第{n}次", LEFT, 10 * n) for n in range(1, 4))
    assert "正文第1次" in read(ofd([composite(0)], units=[said + composite(0, x=60) + composite(7)])).text
    with pytest.raises(DamagedFile) as caught:
        read(ofd([composite(0) * 300], units=[composite(0) * 300]))
    assert caught.value.params["reason"] == "too-many-tags"


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The file with the text of one of its parts replaced."""
    files = unpacked(data)
    assert old.encode() in files[part]
    return packed({**files, part: files[part].replace(old.encode(), new.encode())})


def test_a_document_or_page_that_is_named_again_and_again_is_read_once() -> None:
    root, page = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>", 'BaseLoc="Pages/Page_0/Content.xml"/>'
    written = ofd([paragraphs(LONG)])
    again = "".join(f"<ofd:DocRoot>{'./' * n}Doc_0/{'./' * n}Document.xml</ofd:DocRoot>" for n in range(500))
    assert read(changed(written, "OFD.xml", root, again)) == read(written)
    pages = page + "".join(f'<ofd:Page ID="9" BaseLoc="{"./" * n}Pages/Page_0/Content.xml"/>' for n in range(500))
    reading = read(changed(written, "Doc_0/Document.xml", page, pages))
    assert (reading.text.replace("\f", ""), len(reading.pages)) == (f"{LONG}\n", 501)


def test_a_template_page_named_twice_is_drawn_once_and_a_full_one_not_without_end() -> None:
    template, used = line("审批表", 90, 90), '<ofd:Template TemplateID="900" ZOrder="Background"/>'
    written = ofd([paragraphs("正文内容", top=120)], templates=[template])
    assert read(changed(written, "Doc_0/Pages/Page_0/Content.xml", used, used * 500)) == read(written)
    with pytest.raises(DamagedFile) as caught:
        read(ofd([line("正文", LEFT, 50)] * 60, templates=["<ofd:Layer/>" * 20_000]))
    assert caught.value.params["reason"] == "too-many-tags"


def test_what_one_object_draws_is_bounded() -> None:
    began = time.perf_counter()
    spread = line("检查" * 200_000, LEFT, 50, code='DeltaX="g 3 1"')
    reading = read(ofd([spread + line("甲" + " " * 100_000 + "乙\n", LEFT, 250)]))
    assert len(reading.text) <= MAX_CHARACTERS + 1
    assert [doubt.code for doubt in reading.doubts] == ["page-too-full"]
    path = f'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 {"L 9 0 L 0 0 " * 200_000}'
    drawn = page_ink(OfdPage(210, 297, (fromstring(_plain(f"{path}</ofd:AbbreviatedData></ofd:PathObject>")),)), 1)
    assert len(drawn.rules) <= MAX_PATH
    assert time.perf_counter() - began < 10


def _plain(objects: str) -> str:
    return f"<Page><Content><Layer>{objects.replace('ofd:', '')}</Layer></Content></Page>"


def test_a_size_may_be_spelt_small() -> None:
    assert read(ofd([line("牵头单位", LEFT, 50).replace("Size=", "size=")])).text == "牵头单位\n"


def test_what_is_not_visible_is_not_read() -> None:
    assert read(ofd([line("可见", LEFT, 50) + line("不可见", LEFT, 70, extra='Visible="false"')])).text == "可见\n"


def test_characters_that_only_the_font_knows_are_a_doubt() -> None:
    reading = read(ofd([line("局\ue000\ue001", LEFT, 50)]))
    assert reading.text == "局\n"
    assert [(doubt.code, doubt.params) for doubt in reading.doubts] == [
        ("characters-without-text", {"page": "1", "count": "2"})
    ]


def test_a_page_without_text_is_a_doubt_and_a_scan_is_refused() -> None:
    picture = '<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="3"/>'
    assert [doubt.params for doubt in read(ofd([line("正文", LEFT, 50), picture])).doubts] == [{"pages": "2"}]
    with pytest.raises(UnsupportedFormat) as scan:
        read(ofd([picture]))
    assert scan.value.params["format"] == "ofd-scan"
    with pytest.raises(EmptyFile):
        read(ofd([""]))


def test_what_is_no_ofd_is_refused() -> None:
    with pytest.raises(DamagedFile):
        read(packed({"word/document.xml": b"<a/>"}))
    with pytest.raises(DamagedFile):
        read(packed({"OFD.xml": b"<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}))
    with pytest.raises(DamagedFile):
        read(packed({"OFD.xml": b"<!DOCTYPE OFD><OFD/>"}))


NUMBER = st.sampled_from(["0", "5.6", "-3", "nan", "inf", "1e300", "x", "g", "g 9 1", ""])


@given(size=NUMBER, box=st.lists(NUMBER, max_size=5), matrix=st.lists(NUMBER, max_size=7), deltas=st.lists(NUMBER))
@settings(max_examples=60)
def test_no_number_breaks_a_page(size: str, box: list[str], matrix: list[str], deltas: list[str]) -> None:
    path = f"M {' L '.join(deltas)} C B"
    odd = (
        f'<ofd:TextObject Size="{size}" Boundary="{" ".join(box)}" CTM="{" ".join(matrix)}"><ofd:TextCode X="{size}" '
        f'DeltaX="{" ".join(deltas)}" DeltaY="{" ".join(deltas)}">奇怪的数</ofd:TextCode></ofd:TextObject>'
        f'<ofd:PathObject Boundary="{" ".join(box)}"><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>'
    )
    assert "正常的一行。" in read(ofd([line("正常的一行。", LEFT, 250) + odd])).text


def test_a_hundred_pages_are_quick() -> None:
    page = paragraphs(*[LONG, SECOND] * 5)
    began = time.perf_counter()
    assert len(read(ofd([page] * 100)).pages) == 100
    assert time.perf_counter() - began < 15
