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


COLUMNS = [
    "松河市水务局 松河市财政局\n\n松河市商务局 国家税务总局松河市税务局\n\n中国人民银行松河市分行\n",
    "松河市水务局　松河市财政局\n松河市商务局\n国家税务总局松河市税务局　中国人民银行松河市分行\n",
    "松河市水务局\n松河市财政局\n松河市商务局\n国家税务总局松河市税务局\n中国人民银行松河市分行\n",
]


@pytest.mark.parametrize("head", COLUMNS)
def test_offices_side_by_side_above_a_title_each_issue_it(head: str) -> None:
    body = "各县人民政府：\n一、重点任务\n（一）修路。建设道路。（市交通局负责）\n"
    read = header(f"{head}\n关于完善2024年管网改造政策的通知\n\n{body}")
    assert read.title == "关于完善2024年管网改造政策的通知"
    assert read.issuer == "松河市水务局、松河市财政局、松河市商务局、国家税务总局松河市税务局、中国人民银行松河市分行"
    assert read.region.name == "松河市"


def test_an_office_in_two_lines_speaks_in_the_title_below() -> None:
    read = header("松河市食品安全委员会\n办公室\n关于印发2024年管网改造方案的通知\n" + BODY)
    assert read.issuer == "松河市食品安全委员会办公室"


@pytest.mark.parametrize("place", ["松河市", "柏溪区", "松河省柏溪县", "桑川自治州"])
def test_a_place_in_a_title_is_no_issuer(place: str) -> None:
    read = header(f"{place}关于恢复和扩大消费的若干措施\n一、重点任务\n（一）修路。建设道路。（交通局负责）\n")
    assert (read.issuer, read.title) == (None, f"{place}关于恢复和扩大消费的若干措施")


@pytest.mark.parametrize("verb", ["印发", "转发", "下发"])
def test_the_place_of_what_a_title_issues_is_told(verb: str) -> None:
    assert header(f"关于{verb}柏溪县消费恢复若干措施的通知\n{BODY}").region.name == "柏溪县"


ADDRESSED = [
    ("各县（区）政府（管委会），市直各相关单位：", ("各县（区）政府（管委会）", "市直各相关单位")),
    ("东溪区、西溪区人民政府，南溪新区，市直相关部门：", ("东溪区", "西溪区人民政府", "南溪新区", "市直相关部门")),
    ("各县人民政府，市政府各有关委、办、局：", ("各县人民政府", "市政府各有关委、办、局")),
    ("各乡镇人民政府，县直各委、办、局，各有关单位：", ("各乡镇人民政府", "县直各委、办、局", "各有关单位")),
]


@pytest.mark.parametrize(("line", "names"), ADDRESSED)
@pytest.mark.parametrize(
    "behind", ["\n", "为落实省委、省政府要求，现将有关事项通知如下：\n", "为落实要求，制定本方案。\n"]
)
def test_whom_a_document_is_for_ends_at_the_colon(line: str, names: tuple[str, ...], behind: str) -> None:
    text = f"关于印发2024年管网改造方案的通知\n{line}{behind}一、重点任务\n（一）修路。建设道路。（市交通局负责）\n"
    assert header(text).addressees == names


@pytest.mark.parametrize("short", ["《方案》", "《管网方案》", "《行动计划》"])
@pytest.mark.parametrize("remark", ["（此件公开发布）\n", "（此件主动公开）\n", ""])
def test_the_short_name_of_a_plan_and_a_remark_above_it_are_no_title(short: str, remark: str) -> None:
    notice = "松河市人民政府办公室关于印发松河市管网改造方案的通知\n各县人民政府：\n"
    issues = f"《松河市管网改造方案》（以下简称{short}）已经市人民政府同意，现印发给你们。\n请按照{short}要求执行。\n"
    signed = f"松河市人民政府办公室\n2024年4月10日\n{remark}"
    read = header(f"{notice}{issues}{signed}松河市管网改造方案\n一、重点任务\n（一）修路。建设道路。（市交通局负责）\n")
    assert read.title == "松河市管网改造方案"


@pytest.mark.parametrize("label", ["填报单位", "制表单位", "填报部门"])
def test_the_label_of_who_made_a_sheet_is_nobody_it_is_for(label: str) -> None:
    assert header(f"松河市2024年任务分解表\n{label}：松河市水务局\n一、任务\n（一）修路。加快建设。\n").addressees == ()


@pytest.mark.parametrize("opening", ["为贯彻落实党中央、国务院和省委", "根据市委、市政府", "经市政府、市人大"])
def test_a_sentence_that_ends_with_a_colon_is_nobody_it_is_for(opening: str) -> None:
    text = f"{opening}要求，结合我市实际，制定以下措施，具体如下：\n一、任务\n（一）修路。加快建设。\n"
    assert header(f"松河市2024年管网改造方案\n{text}").addressees == ()


@pytest.mark.parametrize(
    "line",
    [
        "各镇人民政府，市政府各工作部门，各直属机构，驻市垂直单位",
        "为促进柏溪区市场平稳健康发展，8月8日，柏溪区发布《关于促进市场发展举措的通知》",
        "、降低家庭养育成本",
        "根据省政府部署，柏溪区出台关于促进消费的若干措施",
    ],
)
def test_whom_it_is_for_and_a_first_sentence_are_no_title(line: str) -> None:
    text = f"{line}\n一、优化服务\n（一）修路。加快建设。（交通局负责）\n"
    read, _ = read_header(clean(Source("plan.txt", "txt", b"", "", text)), SHIPPED, "方案")
    assert (read.title, read.region.name) == ("方案", "")


@pytest.mark.parametrize("title", ["为民办实事项目清单", "为企业办实事任务分解表"])
def test_a_title_may_say_for_whom(title: str) -> None:
    assert header(f"{title}\n一、优化服务\n（一）修路。加快建设。（交通局负责）\n").title == title


def test_a_sentence_about_a_document_is_nobody_it_is_for() -> None:
    text = "柏溪县人民政府办公室印发了《关于促进消费若干措施的通知》，现对有关内容解读如下：\n一、任务\n（一）修路。\n"
    assert header(text).addressees == ()
