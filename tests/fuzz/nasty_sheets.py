"""Files that are made to hurt the readers of .xls, .ods and .csv (恶意表格)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.readers.xls.compound import with_stream
from tests.fuzz.containers import containers
from tests.fuzz.mutate import packed

_MANY = 100_000
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def nasty_xls() -> Iterator[tuple[str, bytes]]:
    """Compound files whose chains lie, workbooks whose records do."""
    plain = _book(_text(0, 0), _number(1, 1))
    whole = with_stream(plain, "Workbook")
    yield "far", with_stream(_book(_number(0, 0), _number(65535, 255)), "Workbook")
    yield "far-text", with_stream(_book(*(_text(row, 255) for row in range(0, 65535, 500))), "Workbook")
    yield "many", with_stream(_book(*(_number(n % 65536, n // 65536) for n in range(_MANY))), "Workbook")
    yield "merged", with_stream(_book(_text(0, 0), *[_record(0x00E5, _merged(1000))] * 100), "Workbook")
    yield "no-end", with_stream(plain[:-4], "Workbook")
    yield "parts-in-parts", with_stream(_record(0x0809, struct.pack("<HH", 0x600, 5)) * _MANY, "Workbook")
    yield "sheets-of-one-place", with_stream(_book(_text(0, 0), sheets=5000), "Workbook")
    yield "strings", with_stream(_book(_record(0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))), "Workbook")
    yield "formats", with_stream(_book(_record(0x041E, struct.pack("<HHB", 200, 65535, 1) + b"0" * 60000)), "Workbook")
    yield "numbers", with_stream(_book(*(_number(n, 0, float("nan")) for n in range(100))), "Workbook")
    yield "other-stream", with_stream(plain, "WordDocument")
    for place, name in ((48, "directory"), (60, "small-table"), (68, "more-tables"), (76, "table"), (30, "sectors")):
        yield f"{name}-circle", whole[:place] + bytes(2) + whole[place + 2 :]
        yield f"{name}-beyond", whole[:place] + b"\xff\xff" + whole[place + 2 :]
    yield "table-of-zeros", whole[:-4096] + bytes(4096)
    yield "table-of-ones", whole[:-4096] + struct.pack("<I", 1) * 1024
    yield "header-alone", whole[:512]


def nasty_ods() -> Iterator[tuple[str, bytes]]:
    """Containers that lie, sheets that repeat what they say for good."""
    cell = "<table:table-cell {}><text:p>检查</text:p></table:table-cell>"
    row = "<table:table-row {}>{}</table:table-row>"
    yield from containers("content.xml", _ods(row.format("", cell.format(""))))
    many = 'table:number-rows-repeated="999999999"', 'table:number-columns-repeated="999999999"'
    yield "repeated", _ods(row.format(many[0], cell.format(many[1])))
    yield "repeated-rows", _ods(row.format(many[0], cell.format("")) * 3000)
    spans = 'table:number-rows-spanned="999999999" table:number-columns-spanned="999999999"'
    yield "spans", _ods(row.format("", cell.format(spans) * 50) * 1000)
    yield "repeated-spans", _ods(row.format(many[0], cell.format(f"{spans} {many[1]}")) * 50)
    yield "tables-in-tables", _ods("<table:table>" * 100 + row.format("", cell.format("")) + "</table:table>" * 100)
    for deep in (500, 9000, _MANY):
        said = "<text:span>" * deep + "</text:span>" * deep
        yield f"deep-{deep}", _ods(row.format("", cell.format("").replace("检查", said)))
    yield "blanks", _ods(row.format("", cell.format("").replace("检查", '甲<text:s text:c="999999999"/>乙')))
    yield "long", _ods(row.format("", cell.format("").replace("检查", "检查" * 3_000_000)))
    yield "columns", _ods('<table:table-column table:visibility="collapse"/>' * _MANY + row.format("", cell.format("")))


def nasty_csv() -> Iterator[tuple[str, bytes]]:
    """Tables in text that are none, or far too much of one."""
    head = "序号,工作任务,责任单位\n"
    yield "marks", (head + "," * 5_000_000).encode()
    yield "marks-of-all-kinds", (head + ",;\t|，" * 500_000).encode()
    yield "quotes", (head + '"' * _MANY).encode()
    yield "open-quote", (head + '1,"' + "甲,乙\n" * _MANY).encode()
    yield "pairs", (head + '"甲","""" ' * _MANY).encode()
    yield "fields", (head + "1,2,3\n" * 300_000).encode()
    yield "rows", (head + "1\n" * 1_000_000).encode()
    yield "long-field", (head + "1," + "检查" * 1_000_000).encode()
    yield "long-quoted-field", (head + '1,"' + "检查\n" * 500_000 + '"').encode()
    yield "nul", (head + "1,\0,3\n").encode()
    yield "returns", (head + "1,2\r" * _MANY).encode()
    yield "said-mark", ("sep=\n\n" + head).encode()
    yield "said-quote", ('sep="\n' + head).encode()
    yield "tenths", (head + "2024.1,2024.1\n" * 50_000).encode()


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _book(*cells: bytes, sheets: int = 1) -> bytes:
    """A workbook in BIFF8 whose one sheet (or many at one place) holds these records."""
    end, begin = _record(0x000A, b""), _record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    named = 4 + 6 + 3
    at = len(begin) + named * sheets + len(end)
    sheet = _record(0x0085, struct.pack("<IHBBB", at, 0, 1, 0, ord("a")))
    begins = _record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    return begin + sheet * sheets + end + begins + b"".join(cells) + end


def _number(row: int, column: int, value: float = 1.5) -> bytes:
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _text(row: int, column: int) -> bytes:
    said = "检查".encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, 2, 1) + said)


def _merged(count: int) -> bytes:
    return struct.pack("<H", count) + struct.pack("<HHHH", 0, 65535, 0, 255) * count


def _ods(rows: str) -> bytes:
    content = f"<office:document-content {_SPACES}><office:body><office:spreadsheet><table:table>{rows}</table:table>"
    content += "</office:spreadsheet></office:body></office:document-content>"
    said = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": said, "content.xml": content.encode()})
