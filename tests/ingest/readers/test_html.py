"""What a web page of a government site says: 公文要素, paragraphs and tables, without the site around them."""

from __future__ import annotations

from collections import Counter
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import DamagedFile, EmptyFile, UnknownEncoding
from ingest.readers.html.read import read_html
from ingest.reading import Reading

PROSE = "各级各部门要加强组织领导，明确责任分工，细化工作措施，确保各项任务落到实处。（市发展改革委牵头，市财政局配合）"


def read(markup: str, codec: str = "utf-8") -> Reading:
    return read_html(markup.encode(codec), "plan.html")


def lines(markup: str) -> list[str]:
    return read(markup).text.splitlines()


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>某市人民政府</title></head><body>{body}</body></html>"


def test_paragraphs_end_where_the_page_breaks_the_line() -> None:
    body = f"<div><p>　　一、要求</p><p>{PROSE}</p>二、任务<br>（一）推进<b>改革</b>。<div>（二）加强监管。</div></div>"
    assert lines(page(body)) == ["一、要求", PROSE, "二、任务", "（一）推进改革。", "（二）加强监管。"]


def test_breaks_in_the_markup_are_no_blanks_between_chinese_characters() -> None:
    assert lines(page("<p>确保各项任务\n      落到实处，发展 AI\n   Agent&nbsp;&nbsp;应用。</p>")) == [
        "确保各项任务落到实处，发展 AI Agent 应用。"
    ]


def test_entities_and_characters_beyond_the_first_plane_are_read() -> None:
    assert lines(page("<p>&ldquo;两新&rdquo;&#12298;方案&#x300B;𠮷林&amp;吉林，</p>")) == ["“两新”《方案》𠮷林&吉林，"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_is_found_whatever_it_is(codec: str) -> None:
    named = "gb2312" if codec.startswith("gb") else "utf-8"
    assert read(page(f"<p>{PROSE}</p>", f'<meta charset="{named}">'), codec).text == PROSE + "\n"


def test_a_page_that_names_the_wrong_encoding_is_read_by_its_bytes() -> None:
    assert read(page(f"<p>{PROSE}</p>", '<meta charset="gb2312">')).text == PROSE + "\n"


def test_characters_that_gb18030_keeps_apart_are_no_private_ones() -> None:
    assert read_html("<p>䶮，".encode("gb18030") + b"\xfe\x59\xa6\xd9</p>", "x").text == "䶮，\u9fb4\ufe10\n"


def test_bytes_in_no_encoding_are_refused_and_a_single_bad_one_is_a_doubt() -> None:
    with pytest.raises(UnknownEncoding):
        read_html(b"<p>" + bytes(range(128, 256)) * 40, "x")
    good = page(f"<p>{PROSE * 40}</p>").encode()
    reading = read_html(good.replace("组织".encode(), b"\xe7", 1), "x")
    assert [(doubt.code, doubt.params) for doubt in reading.doubts] == [("undecodable-bytes", {"count": "1"})]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var 责任 = '某单位，';</script>",
        "<style>p::after{content:'责任，'}</style>",
        "<p style='color:red; DISPLAY : none'>隐藏的文字，不显示。</p>",
        "<div hidden><p>隐藏的文字，不显示。</p></div>",
        "<span style='visibility:hidden'>隐藏的文字，</span>",
        "<!-- 注释，不显示。 -->",
        "<nav><a>首页，导航</a></nav>",
        "<footer>主办：某市人民政府，地址：某路1号</footer>",
        "<div class='share-bar'>分享到：微信，微博</div>",
        "<div id='comments'>网友评论，支持！</div>",
        "<div class='crumbs'>当前位置：首页，政务公开</div>",
        "<p>扫一扫在手机打开当前页</p>",
        "<p>【打印】 【关闭】</p>",
        "<p>上一篇：另一个通知</p>",
        "<form><select><option>请选择，</option></select><input value='搜索，'></form>",
        "<iframe>不支持，框架</iframe>",
    ],
)
def test_what_is_hidden_or_belongs_to_the_site_is_left_out(hidden: str) -> None:
    assert lines(page(f"<div class='main'><p>{PROSE}</p>{hidden}<p>{PROSE}</p></div>")) == [PROSE, PROSE]


def test_links_beside_the_document_are_left_out_and_links_in_it_stay() -> None:
    side = "".join(f"<li><a href='{n}'>关于推进第{n}项改革工作，做好服务的通知</a></li>" for n in range(30))
    body = f"<div><ul>{side}</ul></div><div class='art'><p>按照<a>《实施方案》</a>要求，落实。</p><p>{PROSE}</p></div>"
    assert lines(page(body)) == ["按照《实施方案》要求，落实。", PROSE]


def test_a_class_that_sounds_like_a_menu_but_holds_the_document_stays() -> None:
    assert lines(page(f"<div class='banner'><p>{PROSE}</p><p>{PROSE}</p></div>")) == [PROSE, PROSE]


def test_the_title_above_the_document_is_read_once() -> None:
    title = "某市人民政府办公室关于印发实施方案的通知"
    outside = f"<div><h1>{title}</h1></div><div id='zoom'><p>{PROSE}</p></div>"
    inside = f"<h1>{title}</h1><div id='zoom'><p>{title}</p><p>{PROSE}</p></div>"
    assert lines(page(outside)) == lines(page(inside)) == [title, PROSE]


TABLE = (
    "<table><tr><td><b>索 引 号：</b></td><td>0001/2018-00212</td><td><b>发文机关：</b></td><td>国务院</td></tr>"
    "<tr><td>发文字号：</td><td>国发〔2018〕39号</td><td>主 题 词：</td><td></td></tr></table>"
)
LIST = (
    "<ul><li><span>索 引 号：</span>0001/2018-00212</li><li>发文机关：<span>国务院</span></li>"
    "<li><span>发文字号</span><span>国发〔2018〕39号</span></li></ul>"
)
RUN_IN = "<div>索引号：0001/2018-00212　发文机关：国务院　【发文字号】：国发〔2018〕39号</div>"


@pytest.mark.parametrize("block", [TABLE, LIST, RUN_IN])
def test_the_block_of_document_elements_comes_first_a_line_each(block: str) -> None:
    assert lines(page(f"<div>{block}</div><div id='zoom'><p>{PROSE}</p></div>")) == [
        "索引号：0001/2018-00212",
        "发文机关：国务院",
        "发文字号：国发〔2018〕39号",
        PROSE,
    ]


def test_a_table_that_lists_documents_is_no_such_block() -> None:
    table = "<table><tr><th>文件名称</th><th>文号</th></tr><tr><td>实施方案</td><td>国发〔2018〕39号</td></tr></table>"
    assert lines(page(f"<p>{PROSE}</p>{table}")) == [PROSE, "文件名称\t文号", "实施方案\t国发〔2018〕39号"]


def test_merged_cells_stand_at_their_first_row_and_say_how_far_they_reach() -> None:
    reading = read(
        page(
            "<table><thead><tr><th rowspan=2>序号</th><th colspan=2>责任单位</th></tr>"
            "<tr><th>牵头</th><th>配合</th></tr></thead>"
            "<tr><td>1</td><td rowspan=0><p>市数</p><p>据局</p></td><td>市财政局 </td></tr>"
            "<tr><td>2</td><td>市\n  公安局</td></tr></table>"
        )
    )
    assert reading.text == "序号\t责任单位\n\t牵头\t配合\n1\t市数 据局\t市财政局\n2\t\t市公安局\n"
    cells = {cell.span.of(reading.text): (cell.row, cell.column, cell.rows, cell.columns) for cell in reading.cells}
    assert cells["序号"] == (1, 1, 2, 1)
    assert cells["责任单位"] == (1, 2, 1, 2)
    assert cells["市数 据局"] == (3, 2, 2, 1)
    assert cells["市公安局"] == (4, 3, 1, 1)


def test_a_table_that_only_places_the_text_gives_paragraphs() -> None:
    inner = "<table><tr><th>任务</th><th>单位</th></tr><tr><td>改革</td><td>市数据局</td></tr></table>"
    body = f"<table><tr><td></td><td><p>{PROSE}</p>{inner}<p>{PROSE}</p></td></tr></table>"
    assert lines(page(body)) == [PROSE, "任务\t单位", "改革\t市数据局", PROSE]


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(EmptyFile):
        read(page("<script>var a;</script><p> </p>"))


@pytest.mark.parametrize("tag", ["div", "b", "font", "span", "table><tr><td", "ul><li"])
def test_ten_thousand_levels_are_read(tag: str) -> None:
    assert lines(f"<{tag}>" * 10_000 + PROSE) == [PROSE]


@pytest.mark.parametrize(("page", "reason"), [
    ("<div>" * 100_000 + PROSE, "too-deep"),
    ("<div>" * 100_000 + PROSE + "</div>" * 100_000, "too-deep"),
    ("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + PROSE, "too-many-attributes"),
])  # fmt: skip
def test_what_would_take_the_parser_hours_is_refused(page: str, reason: str) -> None:
    with pytest.raises(DamagedFile) as refused:
        read_html(page.encode(), "page.html")
    assert refused.value.params["reason"] == reason


def test_tags_that_are_never_closed_do_not_nest() -> None:
    page = "<p>" + "<br>" * 30_000 + "<p>二" * 30_000 + PROSE + "<img src=a>" * 30_000
    assert read_html(page.encode(), "page.html").text.endswith(f"二{PROSE}\n")


def test_cells_that_claim_to_span_everything_do_not_blow_up_the_table() -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=1000>甲</td>" * 20 + "</tr>"
    reading = read(page(f"<table>{row * 40}</table>"))
    assert reading.text.count("甲") == 800
    assert len(reading.text) < 200_000


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text("一二三四五六七八九十、，。（）责任单位市局0123456789abc", min_size=1, max_size=30),
        min_size=1,
        max_size=12,
    )
)
def test_every_character_of_the_paragraphs_is_read_in_order(paragraphs: list[str]) -> None:
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    assert Counter(read(page(body)).text) == Counter("".join(text + "\n" for text in paragraphs))
    assert lines(page(body)) == paragraphs


@pytest.mark.parametrize(
    "cell",
    [
        "二、市水务局的任务",
        "改造管网，修复道路。",
        "<div>改造管网，修复道路。</div>",
        "<p>改造管网。</p><p>修复道路。</p>",
    ],
)
def test_a_table_whose_marks_all_stand_in_one_cell_is_read_whole(cell: str) -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>建设训练场{n}座</td><td>市发改委</td><td>12月底</td></tr>" for n in range(1, 9)
    )
    head = "<tr><td>序号</td><td>任务</td><td>责任单位</td><td>时限</td></tr>"
    table = f"<table>{head}{rows}<tr><td>9</td><td>{cell}</td><td>市水务局</td><td>6月底</td></tr></table>"
    said = lines(page(f"<h1>松河市任务清单</h1>{table}"))
    assert said[0] == "松河市任务清单"
    assert [line.split("\t")[0] for line in said[1:]] == ["序号", *map(str, range(1, 10))]


def test_a_document_in_a_cell_of_the_site_is_still_told_from_its_frame() -> None:
    frame = f"<table><tr><td>首页</td><td>要闻</td></tr><tr><td><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>"
    assert lines(page(frame)) == [PROSE, PROSE]
