"""What kind of file some bytes are (文件种类): what they begin with says more than the file's name does.

A file named .doc is often a web page, a docx or an RTF that some system wrote under that name: it is read as what it
is.
"""

from __future__ import annotations

import re
from pathlib import Path

from ingest.errors import LockedFile
from ingest.files.zip import SafeZip, open_zip
from ingest.readers.formats import FORMAT_OF, FORMATS, KIND_OF_SUFFIX

_HEAD = 2048
_ZIP, _OLE, _UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"\xff\xfe", b"\xfe\xff")

# Systems write tables and letters as bare mark-up; in a text or Markdown file a tag may stand first by right.
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"\s*<(?:head|meta|style|body|table|div|p|span)\b", re.IGNORECASE)
_OFFICE_XML = re.compile(r'<\?mso-application\s+progid="(Word|Excel)\.', re.IGNORECASE)
_WEB_ARCHIVE = re.compile(r"(?:MIME-Version|From|Subject|Date):.*?\nContent-Type:\s*multipart/related", re.I | re.S)


def kind_of(data: bytes, name: str, path: str) -> str:
    """A kind of `FORMATS`; else the ending of the file's name.

    `path` is the file for errors. Raises LockedFile where a password guards it, DamagedFile for a broken zip.
    """
    suffix = Path(name).suffix.lower()
    claimed = KIND_OF_SUFFIX.get(suffix, suffix)
    if data.startswith(_ZIP):
        return _in_zip(data, path, claimed) or claimed
    if data.startswith(_OLE):
        return _in_compound_file(data, claimed, path)
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n")
    found = next((row.kind for row in FORMATS if start.startswith(row.begins)), "")
    return found or _in_mark_up(_head(data), claimed) or _old_name_of_text(data, claimed)


def _in_zip(data: bytes, path: str, claimed: str) -> str:
    container = open_zip(data, path)
    names = [each.lower() for each in container.names]
    # A folder called word/ makes no document of a bundle; every document says what its parts are.
    if claimed == "zip" and not {"[content_types].xml", "ofd.xml", "mimetype"} & set(names):
        return claimed
    held = (row.kind for row in FORMATS if row.part and any(each.startswith(row.part) for each in names))
    return next(held, "") or _said_by_itself(container)


def _said_by_itself(container: SafeZip) -> str:
    """By the file `mimetype`, the first of every OpenDocument file (ISO/IEC 26300-3, 3.3)."""
    if container.find("mimetype") is None:
        return ""
    said = container.read("mimetype")[:_HEAD].decode("latin-1").strip()
    return next((row.kind for row in FORMATS if row.says and said.startswith(row.says)), "")


def _in_compound_file(data: bytes, claimed: str, path: str) -> str:
    """By the streams that its directory names; where it holds both, an embedded one, the file's name decides."""
    if _utf16("EncryptedPackage") in data:
        raise LockedFile(path=path)
    held = [row.kind for row in FORMATS if any(_utf16(stream) in data for stream in row.streams)]
    # Another name's reader would find no file of its own here; a document is what offices write most.
    if claimed in held:
        return claimed
    return next(iter(held), claimed if claimed in FORMAT_OF and FORMAT_OF[claimed].streams else "doc")


def _utf16(text: str) -> bytes:
    """How a compound file's directory writes a stream's name, its end included."""
    return f"{text}\0".encode("utf-16-le")


def _head(data: bytes) -> str:
    """The beginning of the bytes, its ASCII legible."""
    if data.startswith(_UTF16):
        return data[:_HEAD].decode("utf-16", "replace")
    return data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _in_mark_up(head: str, claimed: str) -> str:
    if claimed in ("txt", "eml"):
        return ""
    if office := _OFFICE_XML.search(head):
        return {"word": "doc", "excel": "xml"}[office[1].lower()]
    if _WEB_ARCHIVE.match(head):
        return "mht"
    old = claimed in ("doc", "xls")
    return "html" if _PAGE.match(head) or (old and _MARKUP.match(head)) else ""


def _old_name_of_text(data: bytes, claimed: str) -> str:
    """Plain text that carries the name of an old format is text."""
    return "txt" if claimed in ("doc", "xls", "rtf") and b"\x00" not in data[:_HEAD] else claimed
