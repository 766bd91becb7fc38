"""Damages a file (变异): its bytes, its text, its mark-up, the members of its container, the streams of a PDF."""

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from random import Random
from xml.etree import ElementTree

from ingest.errors import DamagedFile
from ingest.readers.xls.compound import CompoundFile, with_stream

Mutation = Callable[[bytes, Random], bytes]

_NUMBERS = ("0", "-1", "1", "2", "65535", "65536", "1048576", "16384", "2147483648", "99999999999999999999", "1e308",
            "-1e308", "1e-308", "NaN", "Infinity", "0.5", "", " ", "٣", "²", "0x10", "1_000", "９")  # fmt: skip
_NAMES = ("../../../etc/passwd", "/etc/passwd", "C:\\a.xml", "", ".", "..", "word/document.xml", "#", "%00", "a" * 5000)
_VALUES = (*_NAMES, "A1:XFD1048576", "A1:A1048576", "true", "false", "restart", "continue", "s", "inlineStr", "str")
_WORDS = (
    *"（）()〔〕《》〈〉“”【】[]，、；：。 \t\n\r\x0b\x0c\x85\0\ufeff\u200b\u2028\u3000\ue000\ufffd𠮷éßİ٣²½㈠Ⅳ%<>",
    *("责任单位：", "牵头单位：", "配合单位：", "完成时限：", "责任领导：", "工作进度：", "列第一位者为牵头单位，下同"),
    *("市教育局", "各县（区）人民政府", "下同", "会同", "等部门", "分别负责", "牵头", "负责", "机密★1年", "１２"),
    *("12月底前", "2月30日前", "99999999年13月", "每季度至少1次", "达到40.8%以上", "20至30个", "印发之日起30日内"),
    *("一、", "（一）", "1.", "（1）", "①", "附件2", "第九章", "第 3 页 共 9 页", "— 3 —", "焦示食安〔2021〕1号"),
    *("_xD800_", "_x0000_", "\\uD800", "&#xD800;", "&#0;", "&amp;", "]]>"),
)
_MARKUP = re.compile(r"<[^<>]*>|[^<>]+")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PDF_TOKEN = re.compile(rb"/\w+|-?\d+(?:\.\d+)?|<[0-9A-Fa-f]*>|\([^()]*\)|[A-Za-z*']+|<<|>>|\[|\]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LARGEST = 4_000_000
_MOST_ELEMENTS = 100_000


def mutations(reader: str) -> Sequence[Mutation]:
    """The ways in which files of a reader are damaged; the likeliest stand there several times."""
    if reader in ("docx", "xlsx", "ods", "ofd", "zip"):
        return (members, members, members, members, members, container, raw)
    if reader == "pdf":
        return (streams, streams, pdf_tokens, pdf_tokens, raw)
    if reader == "xls":
        return (raw, raw, raw, records, records, records)
    if reader == "html":
        return (page, page, page, text, raw)
    return (text, text, text, text, raw)


def mutate(data: bytes, reader: str, random: Random) -> bytes:
    """`data` damaged once, or a few times over."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        data = random.choice(mutations(reader))(data, random)[:_LARGEST]
    return data


def raw(data: bytes, random: Random) -> bytes:
    """Bytes flipped, cut out, repeated, moved, overwritten."""
    held = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8, 32))):
        at, end = _stretch(len(held), random)
        way = random.randrange(7)
        if way == 0 and held:
            held[min(at, len(held) - 1)] ^= 1 << random.randrange(8)
        elif way == 1:
            del held[at:end]
        elif way == 2:
            held[at:at] = held[at:end]
        elif way == 3:
            held[at:end] = random.randbytes(end - at)
        elif way == 4:
            held[at:at] = random.choice(_WORDS).encode("utf-8", "replace")
        elif way == 5:
            held[at : at + 4] = random.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x01\0\0\0"))
        elif random.random() < 0.3:
            del held[at:]
    return bytes(held)


def text(data: bytes, random: Random) -> bytes:
    """A text's characters, words and lines; sometimes in another encoding."""
    said = "\n".join(_shuffled(data.decode("utf-8", "replace").split("\n"), random))
    for _ in range(random.choice((1, 2, 4, 16, 64))):
        said = _damaged(said, random)
    if random.random() < 0.02:
        said = said[: 200_000 // max(len(said) // 100, 1)] * random.choice((10, 50))
    encoding = random.choice((*["utf-8"] * 20, "utf-8-sig", "gb18030", "gb18030", "utf-16", "utf-16-le", "utf-16-be"))
    return said.encode(encoding, "replace")


def page(data: bytes, random: Random) -> bytes:
    """The tags, attributes and texts of a web page."""
    return markup(data.decode("utf-8", "replace"), random).encode("utf-8", "replace")


def members(data: bytes, random: Random) -> bytes:
    """The mark-up of one or two files inside a container."""
    files = unpacked(data)
    for name in random.sample(sorted(files), min(len(files), random.choice((1, 1, 2)))):
        if random.random() < 0.7:
            files[name] = tree(files[name], random)
        elif random.random() < 0.8:
            files[name] = markup(files[name].decode("utf-8", "replace"), random).encode("utf-8", "replace")
        else:
            files[name] = raw(files[name], random)
    return packed(files) if files else raw(data, random)


def container(data: bytes, random: Random) -> bytes:
    """A container whose files are missing, renamed, exchanged, twice there."""
    files = unpacked(data)
    names = sorted(files)
    if len(names) < 2:
        return raw(data, random)
    one, other = random.sample(names, 2)
    way = random.randrange(5)
    if way == 0:
        del files[one]
    elif way == 1:
        files[random.choice(_NAMES[:-1]) or "x"] = files.pop(one)
    elif way == 2:
        files[one], files[other] = files[other], files[one]
    elif way == 3:
        files[one] = b""
    else:
        files[one.upper()] = files[other]
    return packed(files)


def markup(said: str, random: Random) -> str:
    """Tags taken out, doubled, moved, nested; attributes and texts exchanged for nasty ones."""
    parts: list[str] = _MARKUP.findall(said)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        if not parts:
            break
        at, end = _stretch(len(parts), random)
        way = random.randrange(9)
        if way == 0:
            del parts[at:end]
        elif way == 1 and len(parts) < 100_000:
            parts[at:at] = parts[at:end]
        elif way == 2:
            to = random.randrange(len(parts))
            parts[to:to] = [parts.pop(min(at, len(parts) - 1))]
        elif way == 3:
            parts[at:at] = [random.choice(parts)] * random.choice((1, 2, 30, 200, 3000))
        elif way == 4 and random.random() < 0.05:
            parts[:0] = ['<!DOCTYPE a [<!ENTITY b "c">]>']
        else:
            at = min(at, len(parts) - 1)
            parts[at] = _odd(parts[at], parts, random)
    return "".join(parts)


def tree(data: bytes, random: Random) -> bytes:
    """XML that stays XML: elements taken out, doubled, moved into each other, attributes and texts exchanged."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return raw(data, random)
    elements = list(root.iter())
    for _ in range(random.choice((1, 2, 4, 8, 32))):
        parent, other = random.choice(elements), random.choice(elements)
        way = random.randrange(6)
        if way == 0 and len(parent):
            parent.remove(random.choice(parent))
        elif way == 1 and len(parent):
            parent.extend([copy.deepcopy(random.choice(parent)) for _ in range(random.choice((1, 3, 50)))][:50])
        elif way == 2:
            parent.insert(random.randrange(len(parent) + 1), copy.deepcopy(other))
        elif way == 3 and parent.text:
            parent.text = _NO_XML.sub("", _damaged(parent.text, random))
        elif parent.attrib:
            name = random.choice(sorted(parent.attrib))
            new = random.choice((random.choice(_NUMBERS), random.choice(_VALUES), other.get(name, "")))
            parent.set(name, new)
        if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
            break
    return ElementTree.tostring(root)


def _odd(part: str, parts: Sequence[str], random: Random) -> str:
    """Another tag or text in the place of this one."""
    if not part.startswith("<"):
        return _damaged(part, random)
    found = _ATTRIBUTE.findall(part)
    if not found:
        return random.choice(parts)
    name, old = random.choice(found)
    others = random.choice(parts).split('"')
    new = random.choice((random.choice(_NUMBERS), random.choice((*_VALUES, old * 2)), random.choice(others)))
    return part.replace(f'{name}="{old}"', f'{name}="{new}"', 1)


def streams(data: bytes, random: Random) -> bytes:
    """What a PDF draws: one of its compressed streams is opened, damaged and closed again."""
    places = [found for found in _STREAM.finditer(data) if _inflated(found[1]) is not None]
    if not places:
        return pdf_tokens(data, random)
    place = random.choice(places)
    damaged = zlib.compress(pdf_tokens(_inflated(place[1]) or b"", random))
    return data[: place.start(1)] + damaged + data[place.end(1) :]


def records(data: bytes, random: Random) -> bytes:
    """What a workbook of Excel's old kind says: records taken out, doubled, their numbers exchanged for nasty ones."""
    held, at = [], 0
    try:
        stream = CompoundFile(data, "").stream("Workbook", "Book")
    except DamagedFile:
        stream = None
    while stream and at + 4 <= len(stream):
        size = int.from_bytes(stream[at + 2 : at + 4], "little")
        held.append(bytearray(stream[at : at + 4 + size]))
        at += 4 + size
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        if not held:
            return raw(data, random)
        place, way = random.randrange(len(held)), random.randrange(5)
        if way == 0:
            del held[place]
        elif way == 1:
            held[place:place] = [bytearray(random.choice(held))] * random.choice((1, 2, 50))
        elif way == 2:
            held[place][:2] = random.choice(held)[:2]
        else:
            number = random.choice((b"\0\0", b"\1\0", b"\xff\xff", b"\xff\x7f", b"\x41\0", random.randbytes(2)))
            start = random.randrange(len(held[place]))
            held[place][start : start + 2] = number[: len(held[place]) - start]
    return with_stream(b"".join(held), "Workbook")


def pdf_tokens(data: bytes, random: Random) -> bytes:
    """A PDF's names, numbers and operators, exchanged for each other or for nasty ones."""
    tokens = list(_PDF_TOKEN.finditer(data, 0, 2_000_000))
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        if not tokens:
            break
        token = random.choice(tokens)
        new = random.choice((random.choice(tokens)[0], random.choice(_NUMBERS[:16]).encode()))
        # Of the same length where it can be, so that the places of what follows stay right.
        if random.random() < 0.7:
            new = new[: len(token[0])].ljust(len(token[0]))
        data = data[: token.start()] + new + data[token.end() :]
    return data


def _inflated(stream: bytes) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(stream, 2_000_000)
    except zlib.error:
        return None


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files inside a container; none where it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            small = [entry for entry in archive.infolist() if entry.file_size <= _LARGEST]
            return {entry.filename: archive.read(entry) for entry in small}
    except Exception:
        return {}


def packed(files: Mapping[str, bytes]) -> bytes:
    """A compressed zip of these files, the same at any time of day: a seed repeats a run."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, compresslevel=1)
    return held.getvalue()


def _damaged(said: str, random: Random) -> str:
    at, end = _stretch(len(said), random)
    way = random.randrange(6)
    if way == 0:
        return said[:at] + said[end:]
    if way == 1:
        return said[:end] + said[at:end] * random.choice((1, 1, 2, 50)) + said[end:]
    if way == 2:
        to = random.randrange(len(said) + 1)
        return said[:to] + said[at:end] + said[to:]
    if way == 3:
        return said[:at] + chr(random.choice((random.randrange(32, 0xD800), random.randrange(0x250)))) + said[at:]
    word: str = random.choice(_WORDS)
    return said[:at] + word * random.choice((1, 1, 1, 1, 3, 100)) + said[at:]


def _shuffled(lines: list[str], random: Random) -> list[str]:
    if random.random() < 0.3:
        at, end = _stretch(len(lines), random)
        to = random.randrange(len(lines) + 1)
        lines[to:to] = lines[at:end]
    return lines


def _stretch(length: int, random: Random) -> tuple[int, int]:
    """A place, and the end of a stretch that begins there; short ones are likelier."""
    at = random.randrange(length + 1)
    return at, min(length, at + int(2 ** (random.random() * 10)))
