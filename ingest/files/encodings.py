"""Text files that mix encodings (混合编码): most of the bytes are UTF-8 or GB 18030, and some are not.

A paragraph pasted in by an old program, a byte lost on the way: the file is read line by line, each in the encoding
that its bytes are in. No line break is part of a character in either, so lines may be told apart before decoding.
"""

from __future__ import annotations

from codecs import BOM_UTF8

from ingest.base import Record

_LOST_SHARE = 20
"""One byte in so many may be lost; where more are, the file is in another encoding altogether."""


class Mixed(Record, frozen=True):
    """The text, the encoding of most of it, the bytes that are not in it, and the first character of these."""

    text: str
    encoding: str
    count: int
    start: int


def decode_mixed(data: bytes) -> Mixed | None:
    """The text of bytes that are in no one encoding; what is in none is �. None where that is too much of it."""
    lines = data.removeprefix(BOM_UTF8).splitlines(keepends=True)
    tried = [_decoded(lines, "utf-8", "gb18030"), _decoded(lines, "gb18030", "utf-8")]
    lost, mixed = min(tried, key=lambda each: (each[0], each[1].count))
    return mixed if lost * _LOST_SHARE <= len(data) else None


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
