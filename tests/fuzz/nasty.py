"""Files that are made to hurt (恶意文件), one for each way to do it, reader by reader."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator, Mapping

from tests.fuzz.bundles import nasty_eml, nasty_zip
from tests.fuzz.containers import LAUGHS, containers
from tests.fuzz.mutate import packed
from tests.fuzz.nasty_sheets import nasty_csv, nasty_ods, nasty_xls
from tests.fuzz.seeds import PARSE
from tests.support import ofd_writer
from tests.support.docx_writer import docx, p, row, table

_NESTED, _MANY, _LONG = 10_000, 100_000, 10_000_000
_PLAN = "2024年工作要点\n一、重点任务\n（一）加强监管。检查。（市教育局牵头，市公安局配合）\n工作进度：6月底前完成。\n"


def nasty(target: str) -> dict[str, bytes]:
    """Files that are made to hurt, by what they do; the ending says which reader they are for."""
    if target == PARSE:
        return {f"{name}.txt": text.encode() for name, text in _texts()} | {
            "table.html": _table_page(300, 40).encode(),
            "merged.xlsx": _sheet('<mergeCell ref="A1:C1048576"/>'),
        }
    return {f"{name}.{target}": data for name, data in _NASTY[target]()}


def _texts() -> Iterator[tuple[str, str]]:
    for mark in "（）(《〈〔“【，、；：。\t\u3000":
        yield f"100000-{ord(mark):x}", _PLAN + mark * _MANY + _PLAN
    yield "pairs", _PLAN + "（" * (_MANY // 2) + "市教育局" + "）" * (_MANY // 2)
    yield "titles", _PLAN + "《" * (_MANY // 2) + "意见" + "》" * (_MANY // 2)
    yield "line", _PLAN + "开展检查，" * (_LONG // 15)
    yield "line-of-tasks", _PLAN + "开展检查（市教育局牵头）。" * (_LONG // 1000)
    yield "one-task", _PLAN + "检" * (_LONG // 15) + "（市教育局牵头）。"
    yield "units", _PLAN + "（" + "、".join(f"市第{n}局" for n in range(20_000)) + "负责）"
    yield "same-unit", _PLAN + "责任单位：" + "市教育局、" * 20_000
    yield "deadlines", _PLAN + "6月底前" * 20_000 + "（市教育局牵头）"
    yield "numbers", _PLAN + "达到40.8%以上" * 20_000 + "1" * _MANY + "年（市教育局牵头）"
    yield "headings", _PLAN + "".join(f"（{'一' * (n % 9 + 1)}）加强监管\n" for n in range(20_000))
    yield "tasks", _PLAN + "".join(f"{n}.检查第{n}处。（市教育局牵头）\n" for n in range(5_000))
    yield "progress", _PLAN + "".join(f"工作进度：{n}月底前完成第{n}处检查。\n" for n in range(3_000))
    yield (
        "tasks-and-progress",
        _PLAN
        + "".join(f"{n}.检查第{n}处学校。（市教育局牵头）\n" for n in range(1000))
        + ("工作进度：" + "".join(f"{n % 12}月底前检查第{n}处学校；" for n in range(1000))),
    )
    yield "labels", _PLAN + "责任单位：\n" * 30_000
    yield "blanks", _PLAN + (" " * 1000 + "\n") * 2_000
    yield "short-lines", _PLAN + "检\n" * 100_000
    yield "wrapped", _PLAN + ("检查" * 14 + "\n") * 20_000


def _txt() -> Iterator[tuple[str, bytes]]:
    for name, text in _texts():
        yield name, text.encode()
    yield "nul", b"\0" * 1000
    yield "nul-in-text", _PLAN.encode() + b"\0" + _PLAN.encode()
    yield "lone-surrogates", codecs.BOM_UTF16_LE + "一、".encode("utf-16-le") + b"\x00\xd8" * 1000
    yield "lone-surrogates-utf8", _PLAN.encode() + b"\xed\xa0\x80" * 1000
    yield "half-utf16", codecs.BOM_UTF16_BE + b"\x4e"
    yield "mixed-encodings", _PLAN.encode() + _PLAN.encode("gb18030") * 100
    yield "controls", bytes(range(32)) * 1000


def _docx() -> Iterator[tuple[str, bytes]]:
    yield from containers("word/document.xml", docx(p("一、加强监管。")))
    deep = 40
    yield "nested-tables", docx("<w:tbl><w:tr><w:tc>" * deep + p("检查") + "</w:tc></w:tr></w:tbl>" * deep)
    yield "nested-boxes", docx("<w:p><w:r><w:pict><w:txbxContent>" * 30 + "</w:txbxContent></w:pict></w:r></w:p>" * 30)
    yield "spans", docx(table(row("甲", "乙")).replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="999999999"/>'))
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>'
    yield "spans-long", docx(f"<w:tbl>{f'<w:tr>{wide * 50}</w:tr>' * 500}</w:tbl>")
    yield (
        "before",
        docx(
            '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t>'
            "</w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
    )
    circle = "".join(f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba", "cc"))
    yield "style-circle", docx(p("检查", properties='<w:pStyle w:val="a"/>'), {"styles": circle})
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    yield "note-circle", docx(p(call) * 100, {"footnotes": f'<w:footnote w:id="1">{p(call, "注")}</w:footnote>'})
    yield "paragraphs", docx(p("检查") * 100_000)
    yield "numbers", docx(p("检查", properties='<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>') * 2000, {
        "numbering": '<w:abstractNum w:abstractNumId="0">' + "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="999999999"/><w:numFmt w:val="lowerRoman"/>'
            '<w:lvlText w:val="%1%2%3%4%5%6%7%8%9"/></w:lvl>' for n in range(9)
        ) + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'})  # fmt: skip


def _sheet(after: str, rows: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet, part by part."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"

    def links(*kinds: tuple[str, str]) -> bytes:
        inside = "".join(
            f'<Relationship Id="r{n}" Type="{office}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(kinds)
        )
        return f'<Relationships xmlns="{package}">{inside}</Relationships>'.encode()

    cells = rows or "<row>" + '<c t="inlineStr"><is><t>牵头单位</t></is></c>' * 3 + "</row>"
    return packed({
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                           '<sheet name="分工" sheetId="1" r:id="r0"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": links(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "s.xml")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
                                    f"<mergeCells>{after}</mergeCells></worksheet>".encode(),
        "xl/s.xml": f'<sst xmlns="{main}">{strings}</sst>'.encode(),
    })  # fmt: skip


def _xlsx() -> Iterator[tuple[str, bytes]]:
    yield from containers("xl/workbook.xml", _sheet(""))
    yield from ((f"sheet-{name}", data) for name, data in containers("xl/worksheets/sheet1.xml", _sheet("")))
    merged = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 3000))
    yield "merged", _sheet(merged)
    rows = "".join(f'<row r="{n}"><c t="inlineStr"><is><t>甲</t></is></c></row>' for n in range(1, 5000))
    yield "merged-rows", _sheet(merged, rows)
    far = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="XFD1" t="str"><v>乙</v></c></row>'
    yield "far", _sheet("", far + '<row r="1048576"><c r="XFD1048576" t="str"><v>丙</v></c></row>')
    yield (
        "far-rows",
        _sheet(
            "", "".join(f'<row r="{n}"><c r="XFD{n}" t="str"><v>丙</v></c></row>' for n in range(1, 1_000_000, 1000))
        ),
    )
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 200 + "</row>"
    yield "one-string-everywhere", _sheet("", cells * 20, f"<si><t>{'检查' * 20_000}</t></si>")
    yield "hidden", _sheet('<cols><col min="1" max="999999999" hidden="1"/></cols>', rows)
    yield "rows", _sheet("", "<row><c><v>1</v></c></row>" * 200_000)


def _pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue. Its table of places is left out."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def _pdf_page(content: bytes, resources: bytes = b"", *more: bytes, box: bytes = b"0 0 595 842") -> bytes:
    return _pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> %s >> >>" % (box, resources),
        _stream(content), *more,
    )  # fmt: skip


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    held = zlib.compress(content)
    return b"<< /Filter /FlateDecode %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(held), held)


def _pdf() -> Iterator[tuple[str, bytes]]:
    words = b"BT /F 12 Tf 72 700 Td (plan) Tj ET "
    yield "no-pages", _pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    yield "page-circle", _pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>")
    yield "false-count", _pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")  # fmt: skip
    yield "bomb", _pdf_page(b" " * 100_000_000 + words)
    yield "many-words", _pdf_page(words * 300_000)
    yield "many-lines", _pdf_page(words + b"".join(b"%d 0 m %d 800 l S " % (n % 600, n % 600) for n in range(100_000)))
    grid = b"".join(b"0 %d m 600 %d l S %d 0 m %d 840 l S " % (n * 2, n * 2, n * 2, n * 2) for n in range(400))
    yield "grid", _pdf_page(words + grid)
    yield "far", _pdf_page(b"BT /F 12 Tf 1e30 -1e30 Td (plan) Tj 1e-30 0 0 1e30 0 0 Tm (plan) Tj ET")
    yield "huge-page", _pdf_page(words, box=b"-1e38 -1e38 1e38 1e38")
    yield "no-size", _pdf_page(words, box=b"0 0 0 0")
    yield "brackets", _pdf_page(b"[" * _MANY + words)
    yield "states", _pdf_page(b"q " * _MANY + words)
    yield "deep", b"%PDF-1.7\n1 0 obj\n" + b"[" * _MANY + b"]" * _MANY + b"\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF"
    yield "only-head", b"%PDF-1.7\n"
    yield (
        "filters",
        _pdf_of(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            b"<< /Length 9 /Filter [" + b"/FlateDecode " * 1000 + b"] >>\nstream\nx\nendstream",
        ),
    )


def drawn_without_end() -> dict[str, bytes]:
    """PDFs that only limits stop: forms that draw themselves twice, or twelve of the next, are drawn in PDFium until
    memory ends, before anything can be asked of it."""
    words = b"BT /F 12 Tf 72 700 Td (plan) Tj ET "
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X %d 0 R >> >>"
    circle = _stream(words + b"/X Do /X Do", form % 5)
    chain = [_stream(words + b"/X Do " * 12, form % (6 + n)) for n in range(8)]
    resources = b"/XObject << /X 5 0 R >>"
    return {"circle.pdf": _pdf_page(b"/X Do", resources, circle), "chain.pdf": _pdf_page(b"/X Do", resources, *chain)}


def _ofd() -> Iterator[tuple[str, bytes]]:
    line = ofd_writer.line("一、加强监管", 30, 40)
    yield from containers("OFD.xml", ofd_writer.ofd([line]))
    yield from (
        (f"page-{name}", data) for name, data in containers("Doc_0/Pages/Page_0/Content.xml", ofd_writer.ofd([line]))
    )
    yield "deltas", ofd_writer.ofd([ofd_writer.line("甲" * 1000, 30, 40, code='DeltaX="g 999999999 1e300 g 9 NaN"')])
    yield "size", ofd_writer.ofd([ofd_writer.line("甲", 1e5, 1e5, em=99999.0) + ofd_writer.line("乙", 1, 1, em=1e-9)])
    units = [ofd_writer.composite(n) * 12 + line for n in range(6)]
    yield "composites", ofd_writer.ofd([ofd_writer.composite(0) * 20], units=units)
    yield "characters", ofd_writer.ofd(["".join(ofd_writer.line("检查" * 20, 30, n / 100) for n in range(10_000))])
    yield "rules", ofd_writer.ofd([line + "".join(ofd_writer.rule(0, n / 50, 200, n / 50) for n in range(10_000))])
    many = ("M 0 0 L 100 0 " * _MANY).strip()
    yield (
        "path",
        ofd_writer.ofd(
            [
                f'{line}<ofd:PathObject ID="1" Boundary="0 0 9 9" LineWidth="0.3">'
                f"<ofd:AbbreviatedData>{many}</ofd:AbbreviatedData></ofd:PathObject>"
            ]
        ),
    )
    yield "pages", ofd_writer.ofd([line] * 2000)


def _table_page(rows: int, columns: int) -> str:
    cells = "".join(f"<td rowspan={n % 7} colspan={n % 3}>牵头单位</td>" for n in range(columns))
    return f"<html><body><table>{f'<tr>{cells}</tr>' * rows}</table></body></html>"


def _html() -> Iterator[tuple[str, bytes]]:
    plan = f"<p>{_PLAN}</p>"
    for name, tag in (
        ("div", "<div>"),
        ("table", "<table><tr><td>"),
        ("b", "<b>"),
        ("a", "<a href=x>"),
        ("li", "<li>"),
        ("font", "<font><p>"),
    ):
        yield f"nested-{name}", (f"<html>{plan}" + tag * _NESTED + plan).encode()
    yield "nested-100000", (f"<html>{plan}" + "<div>" * _MANY + plan).encode()
    yield "brackets", ("<html>" + "<" * _MANY + plan).encode()
    yield "line", ("<html><p>" + "检查（市教育局牵头）。" * (_LONG // 33)).encode()
    yield "attributes", ("<html><p " + " ".join(f"a{n}=1" for n in range(_MANY)) + ">" + _PLAN).encode()
    yield "long-class", (f'<html><div class="{"zoom " * 200_000}">{plan}</div>').encode()
    yield "comments", ("<!--" * _MANY + "<html>" + plan).encode()
    yield "entities", ("<html><p>" + "&nbsp;&#0;&#xD800;&#x110000;&bogus;" * 20_000 + _PLAN).encode()
    yield "laughs", LAUGHS.encode()
    yield "spans", ("<html><table>" + "<tr><td rowspan=65534 colspan=1000>甲<td>乙</tr>" * 3000).encode()
    yield "cells", _table_page(2000, 60).encode()
    yield "blocks", ("<html>" + "<p>检查" * 200_000).encode()
    yield "breaks", ("<html><p>检查" + "<br>" * 300_000).encode()
    yield "links", ("<html>" + "<a href=x>检查</a>" * 100_000 + plan).encode()
    yield "nul", b"<html>" + b"\0" * 100_000 + plan.encode()
    yield "utf-16", f"<html>{plan}".encode("utf-16")
    yield "false-charset", f"<html><meta charset=utf-7>{plan}".encode("gb18030")
    yield "hiding", (f'<html><p style="{"display:" * 100_000}">' + plan).encode()
    yield "blanks", (f"<html>{plan}<p>" + " \n" * 1_000_000).encode()


_NASTY: Mapping[str, Callable[[], Iterator[tuple[str, bytes]]]] = {
    "txt": _txt, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "ofd": _ofd, "html": _html,
    "xls": nasty_xls, "ods": nasty_ods, "csv": nasty_csv, "zip": nasty_zip, "eml": nasty_eml,
}  # fmt: skip
