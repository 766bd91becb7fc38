"""From the bytes of a text file to its text (文字编码): UTF-8, UTF-16, GB 18030, Big5, and files that mix two of them.

In a mixed file most of the bytes are UTF-8 or GB 18030, and some are not: a paragraph pasted in by an old program, a
byte lost on the way. It is read line by line, each in the encoding that its bytes are in. No line break is part of a
character in either, so lines may be told apart before decoding.
"""

from __future__ import annotations

from codecs import BOM_UTF8

from msgspec.structs import replace

from ingest.base import Record
from ingest.errors import BinaryFile, UnknownEncoding

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

_LOST_SHARE = 20
"""One byte in so many may be lost; where more are, the file is in another encoding altogether."""


class Mixed(Record, frozen=True):
    """The text, the encoding of most of it, the bytes that are not in it, and the first character of these."""

    text: str
    encoding: str
    count: int
    start: int


def decode(data: bytes, path: str) -> str:
    """The text of the bytes: UTF-8, UTF-16, GB 18030, Big5. Raises `BinaryFile` or `UnknownEncoding`."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in(data, "utf-16", path)
    if b"\x00" in data[:8192]:
        guess = unmarked_utf16(data)
        if guess is None:
            raise BinaryFile(path=path)
        return _in(data, guess, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _in_chinese(data, path)
    if sum(map(text.count, map(chr, [*range(1, 9), *range(14, 27)]))) * 20 > len(text):
        raise BinaryFile(path=path)
    return text


def _in(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnknownEncoding(path=path) from None


def _in_chinese(data: bytes, path: str) -> str:
    """GB 18030, else Big5, by which of them the bytes are Chinese in daily use."""
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding).translate(_PRIVATE_USE)
        except UnicodeDecodeError:
            continue
        if _looks_chinese(text):
            return text
    raise UnknownEncoding(path=path)


def unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: read the other way round, no text is Chinese in daily use.

    Zero bytes alone do not tell: those of digits stand at one side, those of 一 (U+4E00) at the other.
    """
    if len(data) % 2:
        return None
    start = data[:8192]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = start.decode(encoding, "replace")
        if any("\u4e00" <= c <= "\u9fa5" for c in text) and _looks_chinese(text):
            return encoding
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


def decode_mixed(data: bytes) -> Mixed | None:
    """The text of bytes that are in no one encoding; what is in none is �.

    None where that is too much of it, or where the text is not Chinese.
    """
    lines = data.removeprefix(BOM_UTF8).splitlines(keepends=True)
    tried = [_decoded(lines, "utf-8", "gb18030"), _decoded(lines, "gb18030", "utf-8")]
    lost, mixed = min(tried, key=lambda each: (each[0], each[1].count))
    if lost * _LOST_SHARE > len(data) or not _looks_chinese(mixed.text):
        return None
    return replace(mixed, text=mixed.text.translate(_PRIVATE_USE))


def _decoded(lines: list[bytes], main: str, other: str) -> tuple[int, Mixed]:
    """The lines in `main` where they can be, else in `other`, else with � in them; and how many bytes are lost."""
    parts: list[str] = []
    lost = count = length = 0
    start: int | None = None
    for line in lines:
        text = _strict(line, main)
        if text is None:
            start = length if start is None else start
            text = _strict(line, other)
            if text is not None:
                count += sum(byte > 127 for byte in line)
            else:
                text = line.decode(main, "replace")
                kept = len(text.replace("\ufffd", "").encode(main)) if _is_daily(text) else 0
                lost += len(line) - kept
        parts.append(text)
        length += len(text)
    return lost, Mixed("".join(parts), main.upper(), count + lost, start or 0)


def _strict(line: bytes, encoding: str) -> str | None:
    """The line in the encoding, if all its bytes are; UTF-8 read as GB 18030 gives characters that nobody writes."""
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if encoding == "utf-8" or _is_daily(text) else None


def _is_daily(text: str) -> bool:
    """Whether nine in ten characters that are not ASCII are in GB 2312, as those in daily use are."""
    foreign = [character for character in text if ord(character) > 127 and character != "\ufffd"]
    return len("".join(foreign).encode("gb2312", "ignore")) * 10 >= 2 * 9 * len(foreign)
