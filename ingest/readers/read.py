"""A file → its source text (读取): what kind of file it is, its bytes within bounds, its text and place map."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from ingest.errors import EmptyFile, OldFormat, ScannedFile, SecretFile, UnsupportedFormat
from ingest.files.bytes import LIMIT, file_bytes
from ingest.files.convert import convert, find_office
from ingest.files.signs import plain_signs
from ingest.model import Source
from ingest.readers.bundles import packed_files, the_only_file
from ingest.readers.formats import FORMAT_OF, FORMATS, KIND_OF_SUFFIX
from ingest.readers.kinds import kind_of
from ingest.reading import Reading

Converter = Callable[[bytes, str, str, str], bytes]
"""The bytes of a file, its kind, the kind to make of it, the file for errors → bytes of that kind (see `convert`)."""

_MARK = re.compile(r"^\s*(?:绝密|机密|秘密)\s*(?:★.{0,12})?\s*$|(?:绝密|机密|秘密)\s*★")
"""The mark of a secret (密级, GB/T 9704-2012 7.2.2): 机密★1年."""
_MARK_LINES = 10


def read_source(path: Path, limit: int = LIMIT) -> Source:
    """Reads a file of one's own in this process; a stranger's is read by `ingest.sandbox.parent`. Raises a
    `ZerenError`."""
    return source_of(file_bytes(path, limit), path.name, str(path))


def suffixes() -> frozenset[str]:
    """Endings of the names of files that can be read on this machine: the old formats where they can be converted."""
    office = find_office() is not None
    readable = (row for row in FORMATS if row.reader or row.bundle or (row.becomes and office))
    return frozenset(suffix for row in readable for suffix in row.suffixes if suffix)


def source_of(data: bytes, name: str, path: str | None = None, converter: Converter = convert) -> Source:
    """The source of a file's bytes, read as the kind that they are. Raises a child of `ZerenError`.

    A bundle of one file is that file; one of several raises ManyFiles. What is converted to be read stays in the
    source as it came: its bytes, its hash, its name.
    """
    shown = path or name
    if not data:
        raise EmptyFile(path=shown)
    files = packed_files(data, name, shown)
    if files is not None:
        only = the_only_file(files, shown)
        return source_of(only.data, only.name, f"{shown} › {only.name}", converter)
    kind = kind_of(data, name, shown)
    reading = _read(data, kind, shown, converter)
    if not reading.text.strip():
        raise EmptyFile(path=shown)
    refuse_secret(reading.text, shown)
    suffix = Path(name).suffix.lower()
    return Source(
        name=name,
        media=suffix.lstrip(".") if suffix and KIND_OF_SUFFIX.get(suffix) == kind else kind,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        text=plain_signs(reading.text),
        pages=reading.pages,
        cells=reading.cells,
        doubts=reading.doubts,
        headings=reading.headings,
    )


def _read(data: bytes, kind: str, path: str, converter: Converter) -> Reading:
    row = FORMAT_OF.get(kind)
    if row is not None and row.becomes:
        if not row.by_office:
            raise OldFormat(path=path, format=kind, target=row.becomes)
        data, row = converter(data, kind, row.becomes, path), FORMAT_OF[row.becomes]
    if row is not None and row.reader:
        return row.reader()(data, path)
    raise (
        ScannedFile(path=path, format=kind, pages="1") if kind == "image" else UnsupportedFormat(path=path, format=kind)
    )


def refuse_secret(text: str, path: str) -> None:
    """Raises `SecretFile` where the header's first ten lines carry a security mark (GB/T 9704-2012 7.2.2)."""
    lines = [line for line in text[:4000].splitlines() if line.strip()]
    for number, line in enumerate(lines[:_MARK_LINES], 1):
        if found := _MARK.search(line):
            raise SecretFile(path=path, mark=found.group().strip(), line=number)
