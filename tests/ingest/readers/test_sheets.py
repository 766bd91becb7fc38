"""Sheets of other programs: .xls, .et and .ods say what the same workbook says as .xlsx; .csv is a sheet of text."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from ingest.errors import DamagedFile, EmptyFile, LockedFile, ZerenError
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.delimited import read_csv
from ingest.readers.ods.read import read_ods
from ingest.readers.read import read_source, source_of
from ingest.readers.xls import read as xls
from ingest.readers.xls.compound import CompoundFile, with_stream
from ingest.readers.xls.read import read_xls
from tests.conftest import ROOT
from tests.fuzz.mutate import packed, unpacked

SAMPLES = ROOT / "tests" / "samples"
NUMBERS = SAMPLES / "numbers.xlsx"
XLS, ODS = (NUMBERS.with_suffix(f".{kind}").read_bytes() for kind in ("xls", "ods"))


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_workbook_says_the_same_in_every_format(kind: str) -> None:
    other, same = read_source(NUMBERS.with_suffix(f".{kind}")), read_source(NUMBERS)
    assert other.text == same.text
    assert other.cells == same.cells
    assert other.doubts == same.doubts
    assert "40.8%\t9/30" in other.text
    assert {doubt.code for doubt in other.doubts} == {
        "hidden-row",
        "hidden-column",
        "hidden-sheet",
        "october-or-january",
    }


def test_a_sheet_of_wps_is_read_without_an_office_program() -> None:
    source = source_of(XLS, "分工.et")
    assert (source.media, source.text) == ("et", read_source(NUMBERS).text)


# -- .xls


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_a_workbook_with_a_password_is_said_to_have_one() -> None:
    at = XLS.index(record(0x0022, b"\0\0"))
    assert isinstance(_refused(XLS[:at] + record(0x002F, b"\0\0") + XLS[at + 6 :]), LockedFile)


def test_a_workbook_that_counts_from_1904_says_the_same_days_of_its_own() -> None:
    at = XLS.index(record(0x0022, b"\0\0"))
    reading = read_xls(XLS[:at] + record(0x0022, b"\1\0") + XLS[at + 6 :], "plan.xls")
    assert "2028年12月" in reading.text


@pytest.mark.parametrize(("held", "value"), [(struct.pack("<H", 65535), 65535 + 1), (struct.pack("<H", 60000), 60001)])
def test_a_sheet_that_reaches_too_far_is_refused_before_room_is_made_for_it(
    held: bytes, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xls, "MAX_CELLS", 100_000)
    at = XLS.index(struct.pack("<HH", 9, 5), XLS.index(record(0x0208, b"")[:2]))
    error = _refused(XLS[:at] + held + XLS[at + 2 :])
    assert isinstance(error, DamagedFile)
    assert error.params["reason"] == "too-many-cells", value


@pytest.mark.parametrize("end", [100, 512, 600, 3000, 5000])
def test_an_xls_that_is_cut_short_is_refused(end: int) -> None:
    assert isinstance(_refused(XLS[:end]), DamagedFile)


def _refused(data: bytes) -> ZerenError:
    with pytest.raises(ZerenError) as caught:
        read_xls(data, "plan.xls")
    return caught.value


def test_a_chain_of_sectors_that_leads_into_itself_ends() -> None:
    table = struct.unpack_from("<I", XLS, 76)[0]
    at = (table + 1) * 512
    circle = b"".join(struct.pack("<I", 0) for _ in range(128))
    assert isinstance(_refused(XLS[:at] + circle + XLS[at + 512 :]), DamagedFile)


@pytest.mark.parametrize("size", [0, 10, 4096, 4097, 5_000_000])
def test_a_stream_that_is_put_into_a_new_file_comes_out_as_it_was(size: int) -> None:
    stream = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    made = with_stream(stream, "Workbook")
    held = CompoundFile(made, "plan.xls").stream("Workbook")
    assert held is not None
    assert held[:size] == stream
    assert not held[size:].strip(b"\0")


# -- .ods


def ods(rows: str, styles: str = "", columns: str = "", style: str = "s") -> bytes:
    """A sheet of these rows, in the container of a real one."""
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in (
        ("table", "table"), ("text", "text"), ("office", "office"), ("style", "style")))  # fmt: skip
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="分工" table:style-name="{style}">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({**unpacked(ODS), "content.xml": content.encode()})


def ods_row(*cells: str, of_row: str = "") -> str:
    return f"<table:table-row {of_row}>{''.join(_ods_cell(cell) for cell in cells)}</table:table-row>"


def _ods_cell(cell: str) -> str:
    inside = cell if cell.startswith("<") else f"<text:p>{cell}</text:p>"
    return inside if inside.startswith("<table:") else f"<table:table-cell>{inside}</table:table-cell>"


HEAD = ods_row("序号", "任务", "责任单位", "完成时限")


def read(data: bytes) -> str:
    return read_ods(data, "plan.ods").text


def test_blanks_spans_and_breaks_in_a_cell_of_an_ods() -> None:
    said = "<text:p>市<text:span>教育</text:span>局<text:s text:c='2'/>市公安局<text:line-break/>县</text:p>"
    said += "<text:p>乡</text:p>"
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    note = f"<table:table-cell>{note}<text:p>甲</text:p></table:table-cell>"
    assert read(ods(HEAD + ods_row("1", note, said, "6月"))).endswith("1\t甲\t市教育局 市公安局 县 乡\t6月\n")


def test_repeated_cells_and_rows_stand_for_as_many() -> None:
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>甲</text:p></table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    same = ods_row("1", twice, "6月", of_row='table:number-rows-repeated="2"')
    assert read(ods(HEAD + same + empty)) == "序号\t任务\t责任单位\t完成时限\n" + "1\t甲\t甲\t6月\n" * 2


def test_merged_cells_of_an_ods_reach_over_their_rows() -> None:
    merged = '<table:table-cell table:number-rows-spanned="2"><text:p>市商务局</text:p></table:table-cell>'
    covered = "<table:covered-table-cell/>"
    reading = read_ods(ods(HEAD + ods_row("1", "甲", merged, "6月") + ods_row("2", "乙", covered, "7月")), "plan.ods")
    assert reading.text.endswith("1\t甲\t市商务局\t6月\n2\t乙\t\t7月\n")
    assert [cell.rows for cell in reading.cells if cell.row == 2] == [1, 1, 2, 1]


def test_what_an_ods_hides_is_read_with_a_doubt() -> None:
    hides = '<style:style style:name="s"><style:table-properties table:display="false"/></style:style>'
    rows = HEAD + ods_row("1", "甲", "乙", "丙", of_row='table:visibility="filter"')
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    reading = read_ods(ods(rows, hides, columns), "plan.ods")
    assert [(doubt.code, *doubt.params.values()) for doubt in reading.doubts] == [
        ("hidden-row", "分工", "2"),
        ("hidden-column", "分工", "2"),
        ("hidden-sheet", "分工"),
    ]


@pytest.mark.parametrize(
    ("day", "text", "read_as"),
    [
        ("2024-09-30", "9/30", "2024/9/30"),
        ("2024-09-30", "09/30/24", "2024/9/30"),
        ("2024-06-01", "6月1日", "2024年6月1日"),
    ],
)
def test_a_day_of_an_ods_is_a_day(day: str, text: str, read_as: str) -> None:
    kept = f'office:value-type="date" office:date-value="{day}"'
    cell = f"<table:table-cell {kept}><text:p>{text}</text:p></table:table-cell>"
    assert read(ods(HEAD + ods_row("1", "甲", "乙", cell))).endswith(f"\t{read_as}\n")


def test_an_ods_with_a_password_or_without_cells_is_refused() -> None:
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(LockedFile):
        read_ods(packed({**unpacked(ODS), "META-INF/manifest.xml": manifest}), "plan.ods")
    with pytest.raises(EmptyFile):
        read_ods(ods(""), "plan.ods")
    with pytest.raises(DamagedFile):
        read_ods(packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "plan.ods")


# -- .csv

TABLE = [
    ["序号", "工作任务", "牵头单位", "完成时限"],
    ["1", "新建学校", "县教育局", "6月底前"],
    ["2", "改造管网", "县水务局", "10月底前"],
]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_in_text_is_read_whatever_parts_its_fields(mark: str, encoding: str, lexicon: Lexicon) -> None:
    lines = ["石浦县2024年重点任务分解表" + mark * 3, *(mark.join(row) for row in TABLE)]
    source = source_of("\r\n".join(lines).encode(encoding), "plan.csv")
    assert source.text == "石浦县2024年重点任务分解表\n" + "".join("\t".join(row) + "\n" for row in TABLE)
    plan = parse_plan(source, lexicon)
    assert [(task.text, task.assignments[0].mention.text, task.deadlines[0].due) for task in plan.tasks] == [
        ("新建学校", "县教育局", "2024-06-30"),
        ("改造管网", "县水务局", "2024-10-31"),
    ]


def test_quoted_fields_hold_marks_and_line_breaks() -> None:
    data = '序号,任务,责任单位\n1,"改造管网，,\n保供水","县水务局,县财政局"\n'.encode()
    assert read_csv(data, "plan.csv").text == "序号\t任务\t责任单位\n1\t改造管网，, 保供水\t县水务局,县财政局\n"


def test_a_quotation_mark_that_is_never_closed_swallows_no_row() -> None:
    data = '序号,任务,责任单位\n1,"改造管网,县水务局\n2,新建学校,县教育局\n'.encode()
    assert read_csv(data, "plan.csv").text.count("\n") == 3


def test_excel_is_told_the_mark_in_a_line_that_is_no_row() -> None:
    assert read_csv("sep=;\r\n序号;任务,内容\r\n1;甲,乙\r\n".encode(), "plan.csv").text == "序号\t任务,内容\n1\t甲,乙\n"


def test_a_number_of_a_csv_may_have_lost_its_zero() -> None:
    reading = read_csv("序号,任务,完成时限\n1,甲,2024.1\n2,乙,2024.9\n".encode(), "plan.csv")
    assert [(doubt.code, doubt.params["text"]) for doubt in reading.doubts] == [("october-or-january", "2024.1")]


def test_more_fields_than_a_plan_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.delimited.MAX_FIELDS", 10)
    with pytest.raises(DamagedFile):
        read_csv(b"a,b,c\n" * 4, "plan.csv")


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("table.*.od[st]")))
def test_an_opendocument_file_is_known_under_any_name(name: str, tmp_path: Path) -> None:
    if name.endswith("ods"):
        assert source_of((SAMPLES / name).read_bytes(), "plan.docx").media == "ods"
    else:
        assert (SAMPLES / name).read_bytes()[:2] == b"PK"
