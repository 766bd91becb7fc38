"""Number, issuer and title are read from the forms in which web pages and joint documents write them."""

from __future__ import annotations

import pytest

from ingest.header.read import read_header
from ingest.language.clean import clean
from ingest.language.lexicon import load_lexicon
from ingest.model import Header, Source
from ingest.reading import CellText, ReadingBuilder
from tests.conftest import LEXICON

SHIPPED = load_lexicon(LEXICON)

BODY = "各县人民政府：\n现将《2024年管网改造方案》印发给你们。\n一、重点任务\n（一）修路。建设道路。（市交通局负责）\n"
NOTICE = "松河市人民政府办公室关于印发2024年管网改造方案的通知\n"


def header(text: str) -> Header:
    return read_header(clean(Source("plan.txt", "txt", b"", "", text)), SHIPPED)[0]


BLOCKS = [
    f"文号 ∣ 松政办发〔2024〕17号 ∣ 索引号 ∣ 0001/2024-11\n{NOTICE}",
    f"文号 | 松政办发〔2024〕17号 | 索引号 |\n{NOTICE}",
    f"索引号：0001 │ 文号：松政办发﹝2024﹞17号\n{NOTICE}",
    f"文  号 松政办发〔2024〕17号\n{NOTICE}",
    f"松政办发﹝2024﹞17号\n{NOTICE}",
    f"索 引 号：\t0001-00012\t主题分类：\t水利\n标　　题：\t{NOTICE}发文字号：\t松政办发〔2024〕17号\n",
    f"索引号\n0001\n主题分类\n水利\n标题\n{NOTICE}发文字号\n松政办发〔2024〕17号\n发文机关\n松河市人民政府办公室\n",
    f"索引号：\n0001\n发文机关：\n松河市人民政府办公室\n发文字号：\n松政办发〔2024〕17号\n有效性：\n有效\n{NOTICE}",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_a_page_gives_the_number_and_is_no_title(block: str) -> None:
    read = header(block + BODY)
    assert read.title == "2024年管网改造方案"
    assert read.document_number == "松政办发〔2024〕17号"
    assert read.issuer == "松河市人民政府办公室"


def test_a_block_in_a_table_of_the_document_is_read() -> None:
    builder = ReadingBuilder()
    builder.begin_table()
    rows = (
        ("索引号", "0001", "发文机关", "松河市水务局"),
        ("发文字号", "松水发〔2024〕3号", "成文日期", "2024年4月10日"),
    )
    for row in rows:
        builder.row([CellText(n, said) for n, said in enumerate(row, 1)])
    for line in ("2024年管网改造方案", "一、重点任务", "（一）修路。建设道路。（市交通局负责）"):
        builder.paragraph(line)
    reading = builder.done()
    read = read_header(
        clean(Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells)), SHIPPED
    )[0]
    assert (read.document_number, read.issuer, read.issued_on) == ("松水发〔2024〕3号", "松河市水务局", "2024-04-10")
    assert read.title == "2024年管网改造方案"


JOINT = ["松河市水务局", "松河市财政局", "松河市住房和城乡建设局", "松河市生态环境局", "国家税务总局松河市税务局"]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_all_that_sign_issue_it(count: int) -> None:
    signed = "\n".join(JOINT[:count])
    body = f"一、任务\n（一）修路。{'加快建设道路，完善沿线设施，加强管理养护。' * 4}\n"
    read = header(f"松河市2024年管网改造方案\n{body}{signed}\n2024年4月10日\n")
    assert read.issuer == "、".join(JOINT[:count])
    assert read.region.name == "松河市"


@pytest.mark.parametrize("number", ["松水发〔2024〕3号\n", ""])
@pytest.mark.parametrize("count", [2, 3])
def test_offices_above_the_title_are_no_title(number: str, count: int) -> None:
    above = "\n".join(JOINT[:count])
    read = header(f"{above}\n{number}2024年管网改造方案\n一、任务\n（一）修路。加快建设。\n")
    assert (read.title, read.issuer) == ("2024年管网改造方案", "、".join(JOINT[:count]))


def test_an_office_whose_name_begins_a_title_of_two_lines_stays_in_it() -> None:
    read = header("松河市水务局\n关于印发2024年管网改造方案的通知\n各县水务局：\n一、任务\n（一）修路。加快建设。\n")
    assert (read.title, read.issuer) == ("2024年管网改造方案", "松河市水务局")


@pytest.mark.parametrize(
    ("short", "full", "region"),
    [
        ("省住房城乡建设厅", "松河省住房和城乡建设厅", "松河省"),
        ("市水务局", "松河市水务局", "松河市"),
        ("县乡村振兴局", "柏溪县乡村振兴局", "柏溪县"),
        ("区人民政府办公室", "松河市东城区人民政府办公室", "松河市东城区"),
    ],
)
def test_an_office_that_does_not_say_of_which_place_is_told_by_its_signature(
    short: str, full: str, region: str
) -> None:
    read = header(
        f"{short}关于印发2024年工作要点的通知\n{BODY.partition('一、')[0]}{full}\n2024年4月10日\n一、修路。\n"
    )
    assert (read.issuer, read.region.name) == (full, region)


@pytest.mark.parametrize("office", ["省住房城乡建设厅", "市城乡规划局", "县住房和城乡建设局"])
def test_town_and_country_are_no_region(office: str) -> None:
    assert header(f"{office}关于印发2024年工作要点的通知\n{BODY}").region.name == ""


@pytest.mark.parametrize(
    "heading", ["一、有序去库存", "（一）建立机制", "第一章 总则", "1.开展收购", "六、推进房地产健康发展"]
)
def test_the_first_heading_of_a_text_without_a_title_is_none(heading: str) -> None:
    text = clean(Source("plan.txt", "txt", b"", "", f"{heading}\n（一）修路。建设道路。（市交通局负责）\n"))
    assert read_header(text, SHIPPED, "plan")[0].title == "plan"


@pytest.mark.parametrize(
    "opening",
    [
        "《松河市若干措施（试行）》（松政办发〔2022〕22号）发挥了积极作用。为做好工作，现印发给你们，请认真贯彻执行。",
        "《松河市住房条例》施行以来，成效明显。经市政府同意，现将有关事项通知如下。",
        "《松河市住房保障规划》实施以来发挥了积极作用。现就有关事项通知如下。",
    ],
)
def test_a_paragraph_that_opens_with_a_document_is_no_title(opening: str) -> None:
    signed = "松河市人民政府办公室\n2024年4月10日\n（此件公开发布）\n全文如下\n"
    text = "松河市促进楼市平稳健康发展若干措施\n一、修路。建设道路。\n"
    read = header(f"{opening}\n{signed}{text}")
    assert (read.title, read.issuer) == ("松河市促进楼市平稳健康发展若干措施", "松河市人民政府办公室")


@pytest.mark.parametrize(
    "number",
    ["（松政办发〔2024〕17号）", "(松政办发〔2024〕17号)", "松政办发〔2024〕17号", "文号：松政办发〔2024〕17号"],
)
def test_a_number_in_brackets_under_the_title_is_its_number(number: str) -> None:
    read = header(f"{NOTICE}{number}\n{BODY}")
    assert (read.title, read.document_number) == ("2024年管网改造方案", "松政办发〔2024〕17号")


def test_a_field_that_says_nothing_does_not_hold_the_next_label() -> None:
    read = header(f"文件编号：\t统一编号：\t\n发布机构：松河市人民政府办公室\n{NOTICE}{BODY}")
    assert (read.document_number, read.issuer) == (None, "松河市人民政府办公室")


@pytest.mark.parametrize("count", [8, 11, 12, 16])
def test_many_that_sign_in_lines_of_their_own_all_issue_it(count: int) -> None:
    signers = [f"松河省第{n}厅" for n in "一二三四五六七八九十甲乙丙丁戊己"][:count]
    lines = "\n".join(signers)
    read = header(f"关于印发2024年管网改造方案的通知\n{BODY.partition('一、')[0]}{lines}\n2024年4月10日\n一、修路。\n")
    assert read.issuer == "、".join(signers)


@pytest.mark.parametrize(
    "head",
    [
        "松河省发展和改革委员会松河省财政厅\n文件松河省水利厅松河省商务厅\n",
        "松河省发展和改革委员会\n松河省财政厅\n文件\n松河省水利厅\n松河省商务厅\n",
        "松河省发展和改革委员会文件\n松河省财政厅松河省水利厅松河省商务厅\n",
    ],
)
def test_a_letterhead_in_columns_names_each_office(head: str) -> None:
    read = header(f"{head}松发改〔2025〕3号\n关于印发2024年管网改造方案的通知\n{BODY}")
    assert read.issuer == "松河省发展和改革委员会、松河省财政厅、松河省水利厅、松河省商务厅"


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("2026年松河省重点任务清单", "松河省"),
        ("2024年度柏溪县工作要点", "柏溪县"),
        ("关于进一步促进全市楼市健康发展的若干措施", ""),
        ("落实省领导防汛批示分工方案", ""),
        ("贯彻落实省政府常务会议精神任务清单", ""),
    ],
)
def test_the_place_in_a_title_is_told_from_what_stands_before_it(title: str, region: str) -> None:
    assert header(f"{title}\n一、重点任务\n（一）修路。建设道路。（交通局负责）\n").region.name == region
