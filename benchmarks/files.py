"""Reading files of each kind beside the bare text extraction of a library: what place maps and paragraphs cost.

One plan is written as every kind of file. On our side: bytes → reading text with its place map. Beside it: what
the library that knows the kind gives by itself, text in the file's own order.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import docx
import pypdfium2
from lxml import etree
from openpyxl import Workbook, load_workbook
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

from benchmarks.plans import seed_plan
from benchmarks.timing import Figure, medians
from ingest.language.lexicon import Lexicon
from ingest.readers.read import read_source, source_of

RUNS = 5
GOAL = 1.5
"""Times as long as the bare extraction that reading should take at most."""
_FONT, _COLUMNS, _LINES = "STSong-Light", 28, 22
_CELLS = 6
"""Columns of a sheet."""


@dataclass(frozen=True)
class Sample:
    """A file, its size in pages or rows, and the library's own extraction of its text."""

    name: str
    data: bytes
    size: int
    measured_in: str
    library: str
    bare: Callable[[bytes], object]


def measure(lexicon: Lexicon) -> Iterator[Figure]:
    """For each kind of file: pages or rows a second, and how many times as long as the bare extraction it takes."""
    paragraphs = [line.strip() for line in read_source(seed_plan()).text.splitlines() if line.strip()]
    for sample in _samples(paragraphs):
        ours, theirs = medians(RUNS, partial(source_of, sample.data, sample.name), partial(sample.bare, sample.data))
        size = f"{sample.size / ours:,.0f} {sample.measured_in}/s"
        against = f"{ours / theirs:.2f} × {sample.library} ({sample.size / theirs:,.0f}); goal {GOAL:g}"
        yield Figure(sample.name, size, against)


def _samples(paragraphs: Sequence[str]) -> Iterator[Sample]:
    pages = _pages(paragraphs)
    yield Sample("plan.txt", "\n".join(paragraphs).encode(), len(pages), "pages", "decode", bytes.decode)
    yield Sample("plan.html", _html(paragraphs), len(pages), "pages", "selectolax text()", _bare_html)
    yield Sample("plan.docx", _docx(paragraphs), len(pages), "pages", "python-docx", _bare_docx)
    yield Sample("plan.pdf", _pdf(pages), len(pages), "pages", "pypdfium2 get_text_range()", _bare_pdf)
    yield Sample("plan.ofd", _ofd(pages), len(pages), "pages", "lxml, TextCode in order", _bare_ofd)
    rows = [[str(n), *(paragraphs[(n + k) % len(paragraphs)][:40] for k in range(_CELLS - 1))] for n in range(2000)]
    yield Sample("plan.xlsx", _xlsx(rows), len(rows), "rows", "openpyxl", _bare_xlsx)


def _pages(paragraphs: Sequence[str]) -> list[list[str]]:
    """The lines of each page, of 22 lines of 28 characters (GB/T 9704-2012 5.2.3)."""
    lines = [
        text[start : start + _COLUMNS]
        for text in ("　　" + paragraph for paragraph in paragraphs)
        for start in range(0, len(text), _COLUMNS)
    ]
    return [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]


# -- the plan as each kind of file


def _html(paragraphs: Sequence[str]) -> bytes:
    inside = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f'<html><head><meta charset="utf-8"></head><body><div>{inside}</div></body></html>'.encode()


def _docx(paragraphs: Sequence[str]) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _pdf(pages: Sequence[Sequence[str]]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    for lines in pages:
        canvas.setFont(_FONT, 16)
        for place, text in enumerate(lines):
            said = text.lstrip("　")
            canvas.drawString(74 + 16 * (len(text) - len(said)), 740 - 28 * place, said)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def _ofd(pages: Sequence[Sequence[str]]) -> bytes:
    """After GB/T 33190-2016: a TextObject a line, an offset for each character; millimetres."""
    listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    document = f"<ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
    files = {
        "OFD.xml": f"<ofd:OFD {_OFD}>{root}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}>{document}</ofd:Document>",
    }
    for number, lines in enumerate(pages):
        objects = "".join(_ofd_line(text, 37 + 9.8 * place) for place, text in enumerate(lines))
        layer = f'<ofd:Layer ID="1" Type="Body">{objects}</ofd:Layer>'
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {_OFD}><ofd:Content>{layer}</ofd:Content></ofd:Page>"
        )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _ofd_line(text: str, y: float) -> str:
    said = text.lstrip("　")
    x = 28 + 5.6 * (len(text) - len(said))
    steps = f'DeltaX="g {len(said) - 1} 5.6"' if len(said) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="5.6" Boundary="{x:g} {y - 5.6:g} 170 7.3">'
        f'<ofd:TextCode X="0" Y="5.6" {steps}>{said}</ofd:TextCode></ofd:TextObject>'
    )


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


# -- the libraries' own extraction


def _bare_html(data: bytes) -> str:
    return LexborHTMLParser(data).text()


def _bare_docx(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def _bare_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\f".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _bare_ofd(data: bytes) -> str:
    tag = "{http://www.ofdspec.org/2016}TextCode"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        contents = (archive.read(name) for name in archive.namelist() if name.endswith("Content.xml"))
        return "\f".join("\n".join(each.text or "" for each in etree.fromstring(page).iter(tag)) for page in contents)


def _bare_xlsx(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data), read_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join("\t".join("" if value is None else str(value) for value in row) for row in rows)
