"""A file → its source text (读取): what kind of file it is, its bytes within bounds, its text and place map."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.convert import CONVERTED, convert, find_office
from ingest.errors import (
    BinaryFile,
    EmptyFile,
    FileTooLarge,
    ScannedFile,
    SecretFile,
    UnknownEncoding,
    UnreadableFile,
    UnsupportedFormat,
)
from ingest.kinds import KINDS, kind_of
from ingest.model import Source
from ingest.read_docx import read_docx
from ingest.read_html import read_html
from ingest.read_ofd import read_ofd
from ingest.read_pdf import read_pdf
from ingest.read_text import read_text
from ingest.read_xlsx import read_xlsx
from ingest.reading import Reading

LIMIT = 20 * 1024 * 1024
"""Bytes of a file, unless the caller sets another limit."""

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
    """Reads a file. Raises a child of `ZerenError` that says what is wrong with it."""
    try:
        if not path.is_file():
            raise UnreadableFile(path=str(path), reason="not-a-file" if path.exists() else "missing")
        size = path.stat().st_size
        if size > limit:
            raise FileTooLarge(path=str(path), bytes=size, limit=limit)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path=str(path), reason=error.strerror or "error") from error
    return source_of(data, path.name, str(path))


def suffixes() -> frozenset[str]:
    """Endings of the names of files that can be read on this machine: the old formats where they can be converted."""
    readable = {"txt", *_READERS, *(CONVERTED if find_office() else ())}
    return frozenset(suffix for suffix, kind in KINDS.items() if suffix and kind in readable)


def source_of(data: bytes, name: str, path: str | None = None) -> Source:
    """The source of a file's bytes, read as the kind that they are. Raises a child of `ZerenError`.

    What is converted to be read stays in the source as it came: its bytes, its hash, its name.
    """
    shown = path or name
    if not data:
        raise EmptyFile(path=shown)
    kind = kind_of(data, name, shown)
    reading = _read(data, kind, shown)
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


def _read(data: bytes, kind: str, path: str) -> Reading:
    if kind == "txt":
        return read_text(decode(data, path))
    if kind == "image":
        raise ScannedFile(path=path, format=kind)
    if kind in CONVERTED:
        data, kind = convert(data, kind, path), CONVERTED[kind]
    if kind not in _READERS:
        raise UnsupportedFormat(path=path, format=kind)
    return _READERS[kind](data, path)


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
