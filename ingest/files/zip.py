"""The one way to open a zip container (.docx, .xlsx, .ofd): bounded, inside itself, and without XML entities.

The directory is judged before anything is unpacked; what is unpacked can then be no larger than the directory said,
since `zipfile` stops at the declared size. XML is refused where it declares a document type (no entities, nothing
fetched), holds too many tags or nests too deep, so that what reads the tree may recurse.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from ingest.errors import DamagedFile, FileTooLarge, UnsupportedFormat

MAX_ENTRIES = 20_000
MAX_BYTES = 200_000_000
# Deflate reaches 1,032 : 1; real office XML stays below 60 : 1. Small containers may be anything.
MAX_RATIO = 200
RATIO_FREE_BYTES = 20_000_000
# Of one XML file: a hundred times the longest plan.
MAX_XML_BYTES = 64_000_000
# One tag makes about 300 bytes of tree.
MAX_TAGS = 2_000_000
MAX_DEPTH = 150

_PROLOGUE_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

# ISO/IEC 29500 "strict" files carry other names for the same things.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
)


class SafeZip:
    """An opened container. `names` are its files, with `/` between folders; `name` is the user's file, for errors."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._entries = {_plain(entry.filename): entry for entry in archive.infolist() if not entry.is_dir()}
        self._folded = {known.casefold(): known for known in reversed(self._entries)}
        self.name = name
        self.names = tuple(self._entries)

    def find(self, part: str) -> str | None:
        """The container's own spelling of `part` (upper and lower case may differ), None where it is not there."""
        wanted = _plain(part)
        return wanted if wanted in self._entries else self._folded.get(wanted.casefold())

    def read(self, part: str) -> bytes:
        """The bytes of one file. Raises DamagedFile (missing-part, damaged-part)."""
        known = self.find(part)
        if known is None:
            raise DamagedFile(path=self.name, reason="missing-part", part=part)
        try:
            return self._archive.read(self._entries[known])
        except MemoryError:
            raise
        # Broken deflate data raises zlib.error, unknown methods NotImplementedError, short data EOFError.
        except Exception as error:
            raise DamagedFile(path=self.name, reason="damaged-part", part=part) from error

    def xml(self, part: str) -> Element:
        """The root element of one XML file. Raises DamagedFile (missing-part, damaged-part, or as `checked_xml`)."""
        data = checked_xml(self.read(part), self.name, part)
        try:
            root = ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise DamagedFile(path=self.name, reason="bad-xml", part=part) from error
        if not _depth_is_bounded(root):
            raise DamagedFile(path=self.name, reason="too-deep", part=part)
        return root


def open_zip(data: bytes, name: str) -> SafeZip:
    """Opens a container held in memory. `name` is the user's file.

    Raises UnsupportedFormat (format `ole`: an old .doc or .xls under a new name; `encrypted`: it needs a password),
    FileTooLarge, DamagedFile (not-zip, too-many-entries, unsafe-name, too-compressed).
    """
    if data.startswith(_OLE):
        raise UnsupportedFormat(path=name, format="encrypted" if _ENCRYPTED_PACKAGE in data else "ole")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    # A hostile directory can raise struct.error, UnicodeDecodeError or ValueError besides BadZipFile.
    except Exception as error:
        raise DamagedFile(path=name, reason="not-zip") from error
    _judge(archive.infolist(), len(data), name)
    return SafeZip(archive, name)


def _judge(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise DamagedFile(path=name, reason="too-many-entries")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UnsupportedFormat(path=name, format="encrypted")
        if _leaves_container(entry.filename):
            raise DamagedFile(path=name, reason="unsafe-name")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_BYTES:
        raise FileTooLarge(path=name, bytes=unpacked, limit=MAX_BYTES)
    if unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * packed:
        raise DamagedFile(path=name, reason="too-compressed")


def _leaves_container(filename: str) -> bool:
    path = filename.replace("\\", "/")
    return not path or path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def _plain(part: str) -> str:
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/")


def checked_xml(data: bytes, name: str, part: str) -> bytes:
    """`data` with strict OOXML names made usual, if it is XML that may be parsed.

    Raises DamagedFile (bad-xml, doctype, too-many-tags), FileTooLarge.
    """
    if len(data) > MAX_XML_BYTES:
        raise FileTooLarge(path=name, bytes=len(data), limit=MAX_XML_BYTES)
    if data.count(b"<") > MAX_TAGS:
        raise DamagedFile(path=name, reason="too-many-tags", part=part)
    try:
        if _declares_doctype(data):
            raise DamagedFile(path=name, reason="doctype", part=part)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DamagedFile(path=name, reason="bad-xml", part=part) from error
    for strict, usual in _STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    return data


def _declares_doctype(data: bytes) -> bool:
    """Whether a document type stands before the root element, the only place where XML allows one."""
    met: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: met.append(True)
    parser.StartElementHandler = lambda *_: met.append(False)
    try:
        start, size = 0, _PROLOGUE_BYTES
        while start < len(data) and not met:
            parser.Parse(data[start : start + size])
            # A tag that goes on is read from its beginning again: ever longer pieces keep that few times.
            start, size = start + size, 2 * size
    except expat.ExpatError:
        # What is wrong behind the prologue is not for here to say.
        if not met:
            raise
    return met[:1] == [True]


def _depth_is_bounded(root: Element) -> bool:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return True
    return False
