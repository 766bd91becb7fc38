"""What kind of file some bytes are (文件种类): what they begin with says more than the file's name does.

A file named .doc is often a web page, a docx or an RTF that some system wrote under that name: it is read as what it
is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import LockedFile
from ingest.files.zip import open_zip

TEXT_SUFFIXES = (".txt", ".md", ".text")
KINDS: Mapping[str, str] = {
    **dict.fromkeys((*TEXT_SUFFIXES, ""), "txt"),
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".html": "html",
    ".htm": "html",
    ".doc": "doc",
    ".dot": "doc",
    ".wps": "doc",
    ".rtf": "rtf",
    ".xls": "xls",
    ".et": "xls",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"), "image"),
}
"""The kind that the ending of a name claims."""

_HEAD = 2048
_ZIP, _OLE, _UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"\xff\xfe", b"\xfe\xff")
_BEGINNINGS = (
    ("pdf", b"%PDF-"), ("rtf", b"{\\rtf"), ("image", b"\x89PNG\r\n"), ("image", b"\xff\xd8\xff"),
    ("image", b"II*\x00"), ("image", b"MM\x00*"), ("image", b"GIF87a"), ("image", b"GIF89a"),
)  # fmt: skip
_PARTS = (("docx", "word/"), ("xlsx", "xl/"), ("ofd", "ofd.xml"))
"""Where a container keeps what it is about."""
_STREAMS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book")}
"""The streams that Word and Excel (97 to 2003), WPS and ET write into a compound file."""

# Systems write tables and letters as bare mark-up; in a text or Markdown file a tag may stand first by right.
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"\s*<(?:head|meta|style|body|table|div|p|span)\b", re.IGNORECASE)
_OFFICE_XML = re.compile(r'<\?mso-application\s+progid="(Word|Excel)\.', re.IGNORECASE)
_WEB_ARCHIVE = re.compile(r"(?:MIME-Version|From|Subject|Date):.*?\nContent-Type:\s*multipart/related", re.I | re.S)


def kind_of(data: bytes, name: str, path: str) -> str:
    """`txt`, `html`, `docx`, `xlsx`, `pdf`, `ofd`, `doc`, `xls`, `rtf`, `mht`, `image`; else the name's ending.

    `path` is the file for errors. Raises LockedFile where a password guards it, DamagedFile for a broken zip.
    """
    suffix = Path(name).suffix.lower()
    claimed = KINDS.get(suffix, suffix)
    if data.startswith(_ZIP):
        return _in_zip(data, path) or claimed
    if data.startswith(_OLE):
        return _in_compound_file(data, claimed, path)
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n")
    found = next((kind for kind, beginning in _BEGINNINGS if start.startswith(beginning)), "")
    return found or _in_mark_up(_head(data), claimed) or _old_name_of_text(data, claimed)


def _in_zip(data: bytes, path: str) -> str:
    names = [each.lower() for each in open_zip(data, path).names]
    return next((kind for kind, part in _PARTS if any(each.startswith(part) for each in names)), "")


def _in_compound_file(data: bytes, claimed: str, path: str) -> str:
    """By the streams that its directory names; where it holds both, an embedded one, the file's name decides."""
    if _utf16("EncryptedPackage") in data:
        raise LockedFile(path=path)
    held = [kind for kind, streams in _STREAMS.items() if any(_utf16(stream) in data for stream in streams)]
    # Another name's reader would find no file of its own here; a document is what offices write most.
    return claimed if claimed in held else next(iter(held), claimed if claimed in _STREAMS else "doc")


def _utf16(text: str) -> bytes:
    """How a compound file's directory writes a stream's name, its end included."""
    return f"{text}\0".encode("utf-16-le")


def _head(data: bytes) -> str:
    """The beginning of the bytes, its ASCII legible."""
    if data.startswith(_UTF16):
        return data[:_HEAD].decode("utf-16", "replace")
    return data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _in_mark_up(head: str, claimed: str) -> str:
    if claimed == "txt":
        return ""
    if office := _OFFICE_XML.search(head):
        return {"word": "doc", "excel": "xls"}[office[1].lower()]
    if _WEB_ARCHIVE.match(head):
        return "mht"
    old = claimed in ("doc", "xls")
    return "html" if _PAGE.match(head) or (old and _MARKUP.match(head)) else ""


def _old_name_of_text(data: bytes, claimed: str) -> str:
    """Plain text that carries the name of an old format is text."""
    return "txt" if claimed in ("doc", "xls", "rtf") and b"\x00" not in data[:_HEAD] else claimed
