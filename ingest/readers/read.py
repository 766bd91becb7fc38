"""A file → its source text (读取): what kind of file it is, its bytes within bounds, its text and place map."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from ingest.errors import BinaryFile, EmptyFile, ScannedFile, SecretFile, UnknownEncoding, UnsupportedFormat
from ingest.files.bytes import LIMIT, file_bytes
from ingest.files.convert import CONVERTED, convert, find_office
from ingest.files.encodings import decode_mixed
from ingest.files.kinds import KINDS, kind_of
from ingest.model import Doubt, Source, Span
from ingest.readers.docx.read import read_docx
from ingest.readers.html.read import read_html
from ingest.readers.ofd.read import read_ofd
from ingest.readers.pdf.read import read_pdf
from ingest.readers.text import read_text
from ingest.readers.xlsx.read import read_xlsx
from ingest.reading import Reading

Converter = Callable[[bytes, str, str], bytes]
"""Bytes of a kind in `CONVERTED`, that kind, the file for errors → bytes of the kind that it names (see `convert`)."""

_READERS: Mapping[str, Callable[[bytes, str], Reading]] = {
    "docx": read_docx,
    "xlsx": read_xlsx,
    "pdf": read_pdf,
    "ofd": read_ofd,
    "html": read_html,
}
_MARK = re.compile(r"^\s*(?:绝密|机密|秘密)\s*(?:★.{0,12})?\s*$|(?:绝密|机密|秘密)\s*★")
_MARK_LINES = 10
_PRIVATE_USE = {0xE5E5: "　", 0xE7C7: "ḿ", 0xE7C8: "ǹ"} | {
    # What Python 3.11's gb18030 leaves in the private use area (GB 18030-2005 A6D9–A6F3, FE59 …).
    0xE78D: "︐",
    0xE78E: "︒",
    0xE78F: "︑",
    0xE790: "︓",
    0xE791: "︔",
    0xE792: "︕",
    0xE793: "︖",
    0xE794: "︗",
    0xE795: "︘",
    0xE796: "︙",
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶",
    0xE82C: "龷",
    0xE832: "龸",
    0xE843: "龹",
    0xE854: "龺",
    0xE864: "龻",
}


def read_source(path: Path, limit: int = LIMIT) -> Source:
    """Reads a file of one's own in this process; a stranger's is read by `ingest.sandbox.parent`. Raises a
    `ZerenError`."""
    return source_of(file_bytes(path, limit), path.name, str(path))


def suffixes() -> frozenset[str]:
    """Endings of the names of files that can be read on this machine: the old formats where they can be converted."""
    readable = {"txt", *_READERS, *(CONVERTED if find_office() else ())}
    return frozenset(suffix for suffix, kind in KINDS.items() if suffix and kind in readable)


def source_of(data: bytes, name: str, path: str | None = None, converter: Converter = convert) -> Source:
    """The source of a file's bytes, read as the kind that they are. Raises a child of `ZerenError`.

    What is converted to be read stays in the source as it came: its bytes, its hash, its name.
    """
    shown = path or name
    if not data:
        raise EmptyFile(path=shown)
    kind = kind_of(data, name, shown)
    reading = _read(data, kind, shown, converter)
    if not reading.text.strip():
        raise EmptyFile(path=shown)
    refuse_secret(reading.text, shown)
    suffix = Path(name).suffix.lower()
    return Source(
        name=name,
        media=suffix.lstrip(".") if suffix and KINDS.get(suffix) == kind else kind,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        text=reading.text,
        pages=reading.pages,
        cells=reading.cells,
        doubts=reading.doubts,
    )


def _read(data: bytes, kind: str, path: str, converter: Converter) -> Reading:
    if kind == "txt":
        return _read_text(data, path)
    if kind == "image":
        raise ScannedFile(path=path, format=kind)
    if kind in CONVERTED:
        data, kind = converter(data, kind, path), CONVERTED[kind]
    if kind not in _READERS:
        raise UnsupportedFormat(path=path, format=kind)
    return _READERS[kind](data, path)


def _read_text(data: bytes, path: str) -> Reading:
    """The reading of a text; where its encodings are mixed, a doubt counts the bytes that are not in that of most."""
    try:
        return read_text(decode(data, path))
    except UnknownEncoding:
        mixed = decode_mixed(data)
        if mixed is None or not _looks_chinese(mixed.text):
            raise
    reading = read_text(mixed.text.translate(_PRIVATE_USE))
    said = {"count": str(mixed.count), "encoding": mixed.encoding}
    return replace(reading, doubts=(*reading.doubts, Doubt("mixed-encodings", said, Span(mixed.start, mixed.start))))


def decode(data: bytes, path: str) -> str:
    """The text of the bytes: UTF-8, UTF-16 with a mark, GB 18030. Raises `BinaryFile` or `UnknownEncoding`."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16", path)
    if b"\x00" in data[:8192]:
        guess = _unmarked_utf16(data)
        if guess is None:
            raise BinaryFile(path=path)
        return _decoded(data, guess, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decoded(data, "gb18030", path).translate(_PRIVATE_USE)
        if not _looks_chinese(text):
            raise UnknownEncoding(path=path) from None
    if sum(map(text.count, map(chr, [*range(1, 9), *range(14, 27)]))) * 20 > len(text):
        raise BinaryFile(path=path)
    return text


def _decoded(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnknownEncoding(path=path) from None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: its line feeds and digits have a zero byte at one side."""
    even, odd = data[0:8192:2].count(0), data[1:8192:2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > 4 * min(even, odd):
        encoding = "utf-16-be" if even > odd else "utf-16-le"
        return encoding if _looks_chinese(data[:8192].decode(encoding, "replace")) else None
    return None


def _looks_chinese(text: str) -> bool:
    """Whether most of what is not ASCII is Chinese in daily use: foreign encodings read as GB 18030 are not."""
    foreign = [c for c in text[:20000] if ord(c) > 127]
    usual = sum(
        "\u4e00" <= c <= "\u9fa5"
        or c in "，。、；：？！“”‘’（）《》〈〉〔〕【】—…·　①②③④⑤⑥⑦⑧⑨⑩％～"
        or "！" <= c <= "～"
        for c in foreign
    )
    # Hanzi that other encodings turn into are mostly outside GB 2312; of traditional ones six of ten are in it.
    hanzi = "".join(c for c in foreign if "\u4e00" <= c <= "\u9fa5")
    daily = len(hanzi.encode("gb2312", "ignore")) // 2
    return not foreign or (usual * 10 >= len(foreign) * 9 and daily * 2 >= len(hanzi))


def refuse_secret(text: str, path: str) -> None:
    """Raises `SecretFile` where the header's first ten lines carry a security mark (GB/T 9704-2012 7.2.2)."""
    lines = [line for line in text[:4000].splitlines() if line.strip()]
    for number, line in enumerate(lines[:_MARK_LINES], 1):
        if found := _MARK.search(line):
            raise SecretFile(path=path, mark=found.group().strip(), line=number)
