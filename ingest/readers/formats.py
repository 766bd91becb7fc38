"""The table of file formats (文件格式): what each is called, how its bytes are told from others, and who reads it.

`FORMATS` is all that has to change for a new format, besides its reader. A reader is imported when the first file of
its format is read: a text file loads no library for PDF. This is the one file where readers are imported late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ingest.reading import Reading

Reader = Callable[[bytes, str], Reading]
"""The bytes of a file and its name for errors → its reading text. Raises a `ZerenError`."""


class FileFormat(NamedTuple):
    """A format of files. What has no reader and becomes nothing is known, and refused."""

    kind: str
    suffixes: tuple[str, ...] = ()
    """The endings of names that claim it, in lower case."""
    reader: Callable[[], Reader] | None = None
    """Imports the reader and returns it."""
    becomes: str | None = None
    """The kind that it has to be converted to, or saved as, before it is read."""
    bundle: bool = False
    """Whether it holds files, each of which is read for itself (`ingest/readers/bundles.py`)."""
    by_office: bool = True
    """Whether LibreOffice converts it."""
    begins: tuple[bytes, ...] = ()
    """What its files begin with."""
    part: str | None = None
    """For a zip container: how the name of one of its parts begins, in lower case."""
    says: str | None = None
    """For a zip container: how what it says of itself, in its file `mimetype`, begins."""
    streams: tuple[str, ...] = ()
    """For a compound file (OLE): the names of the streams that its programs write."""


def _txt() -> Reader:
    from ingest.readers.text import read_text

    return read_text


def _docx() -> Reader:
    from ingest.readers.docx.read import read_docx

    return read_docx


def _xlsx() -> Reader:
    from ingest.readers.xlsx.read import read_xlsx

    return read_xlsx


def _xls() -> Reader:
    from ingest.readers.xls.read import read_xls

    return read_xls


def _ods() -> Reader:
    from ingest.readers.ods.read import read_ods

    return read_ods


def _csv() -> Reader:
    from ingest.readers.delimited import read_csv

    return read_csv


def _pdf() -> Reader:
    from ingest.readers.pdf.read import read_pdf

    return read_pdf


def _ofd() -> Reader:
    from ingest.readers.ofd.read import read_ofd

    return read_ofd


def _html() -> Reader:
    from ingest.readers.html.read import read_html

    return read_html


_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")

FORMATS: tuple[FileFormat, ...] = (
    FileFormat("docx", (".docx",), _docx, part="word/"),
    FileFormat("xlsx", (".xlsx",), _xlsx, part="xl/"),
    FileFormat("xls", (".xls", ".et"), _xls, streams=("Workbook", "Book")),
    FileFormat("ods", (".ods",), _ods, says="application/vnd.oasis.opendocument.spreadsheet"),
    FileFormat("csv", (".csv", ".tsv"), _csv),
    FileFormat("pdf", (".pdf",), _pdf, begins=(b"%PDF-",)),
    FileFormat("ofd", (".ofd",), _ofd, part="ofd.xml"),
    FileFormat("html", (".html", ".htm"), _html),
    FileFormat("txt", (".txt", ".md", ".text", ""), _txt),
    FileFormat("doc", (".doc", ".dot", ".wps"), becomes="docx", streams=("WordDocument",)),
    FileFormat("rtf", (".rtf",), becomes="docx", begins=(b"{\\rtf",)),
    FileFormat("odt", (".odt",), becomes="docx", says="application/vnd.oasis.opendocument.text"),
    # What Excel 2003 wrote as XML, under any name.
    FileFormat("xml", becomes="xlsx"),
    FileFormat("zip", (".zip",), bundle=True),
    FileFormat("eml", (".eml",), bundle=True),
    # LibreOffice takes a web archive for plain text.
    FileFormat("mht", becomes="docx", by_office=False),
    FileFormat("image", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"), begins=_PICTURES),
)
"""In the order in which people are told what can be read. `ingest/readers/kinds.py` tells mark-up apart by itself."""

FORMAT_OF: Mapping[str, FileFormat] = {row.kind: row for row in FORMATS}
"""Each format by its kind."""

KIND_OF_SUFFIX: Mapping[str, str] = {suffix: row.kind for row in FORMATS for suffix in row.suffixes}
"""The kind that the ending of a name claims."""

READABLE: tuple[str, ...] = tuple(row.kind for row in FORMATS if row.reader)
"""The kinds that are read as they are."""


def load_readers() -> None:
    """Imports every reader, for a process that will not be able to open files any more."""
    for row in FORMATS:
        if row.reader:
            row.reader()
