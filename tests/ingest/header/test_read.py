"""Number, issuer and title are read from the forms in which web pages and joint documents write them."""

from __future__ import annotations

import pytest

from ingest.header.read import read_header
from ingest.language.clean import clean
from ingest.model import Header, Source
from ingest.reading import CellText, ReadingBuilder

BODY = "各县人民政府：\n现将《2024年管网改造方案》印发给你们。\n一、重点任务\n（一）修路。建设道路。（市交通局负责）\n"
NOTICE = "松河市人民政府办公室关于印发2024年管网改造方案的通知\n"


def header(text: str) -> Header:
    return read_header(clean(Source("plan.txt", "txt", b"", "", text)))[0]


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
    read = read_header(clean(Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells)))[0]
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
