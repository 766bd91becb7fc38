"""Files that hold files (文件包): a .zip of plans, a mail (.eml) with attachments; each inside is a plan of its own.

Names inside are untrusted: they are shown and tell a kind, never a place on this machine. How many there are, how
large all are together and how deep one stands in another is bounded; what is beyond is refused by name.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage

from ingest.errors import DamagedFile, FileTooLarge, ManyFiles, ZerenError
from ingest.files.zip import open_zip
from ingest.model import Record
from ingest.readers.formats import FORMAT_OF
from ingest.readers.kinds import kind_of

MAX_FILES = 500
MAX_TOGETHER = 100_000_000
MAX_DEPTH = 3

_BODY = "正文"
_OF_SYSTEMS = ("__macosx", "thumbs.db", "desktop.ini")
_LONGEST_NAME = 120


class PackedFile(Record, frozen=True):
    """A file inside another: its name without folders, and its bytes; or why it is not read."""

    name: str
    data: bytes
    error: str = ""
    params: dict[str, str | int] = {}
    is_body: bool = False
    """Whether it is what a mail says itself, often no more than that something is attached."""


def packed_files(data: bytes, name: str, path: str) -> tuple[PackedFile, ...] | None:
    """The files in a bundle, those of a bundle in it among them; None for a file that is no bundle.

    `path` is the file for errors. Raises a `ZerenError` where the bundle itself cannot be read.
    """
    kind = kind_of(data, name, path)
    if not _is_bundle(kind):
        return None
    found: list[PackedFile] = []
    _collect(kind, data, path, found)
    return tuple(found)


def the_only_file(files: tuple[PackedFile, ...], path: str) -> PackedFile:
    """The file of a bundle of one. Raises ManyFiles with the names of several, or of none."""
    if len(files) == 1 and not files[0].error:
        return files[0]
    raise ManyFiles(path=path, count=len(files), names="、".join(each.name for each in files))


def _is_bundle(kind: str) -> bool:
    return kind in FORMAT_OF and FORMAT_OF[kind].bundle


def _collect(kind: str, data: bytes, path: str, found: list[PackedFile], depth: int = 1) -> None:
    held = _in_zip(data, path) if kind == "zip" else _in_mail(data, path)
    for name, inside in held:
        if len(found) >= MAX_FILES:
            raise DamagedFile(path=path, reason="too-many-entries")
        shown = f"{path} › {name}"
        try:
            if not isinstance(inside, bytes):
                raise inside
            together = len(inside) + sum(len(each.data) for each in found)
            if together > MAX_TOGETHER:
                raise FileTooLarge(path=shown, bytes=together, limit=MAX_TOGETHER)
            inner = kind_of(inside, name, shown) if inside else ""
            if _is_bundle(inner) and depth >= MAX_DEPTH:
                raise DamagedFile(path=shown, reason="too-deep")
            if _is_bundle(inner):
                _collect(inner, inside, shown, found, depth + 1)
            else:
                found.append(PackedFile(name, inside, is_body=kind == "eml" and name.startswith(f"{_BODY}.")))
        except ZerenError as error:
            found.append(PackedFile(name, b"", type(error).__name__, error.params))


def _in_zip(data: bytes, path: str) -> Iterator[tuple[str, bytes | ZerenError]]:
    container = open_zip(data, path)
    for part in container.names:
        name = _name(_as_written(part))
        if part.lower().startswith(_OF_SYSTEMS) or name.lower() in _OF_SYSTEMS or name.startswith((".", "~$")):
            continue
        try:
            yield name, container.read(part)
        except ZerenError as error:
            yield name, error


def _as_written(part: str) -> str:
    """A name that a Chinese Windows wrote in GBK, which the standard takes for the letters of IBM's code page 437."""
    try:
        return part.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part


def _in_mail(data: bytes, path: str) -> Iterator[tuple[str, bytes | ZerenError]]:
    """The body of a mail where it says anything, and what is attached."""
    try:
        mail = email.message_from_bytes(data, EmailMessage, policy=email.policy.default)
        held = list(_parts(mail))
    # The parser of the standard library raises whatever it meets in a hostile header.
    except Exception as error:
        raise DamagedFile(path=path, reason="bad-mail") from error
    yield from held


def _parts(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    body = mail.get_body(("plain", "html"))
    if body is not None:
        text = body.get_content()
        if isinstance(text, str) and text.strip():
            yield (
                f"{_BODY}.{'html' if body.get_content_subtype() == 'html' else 'txt'}",
                text.encode("utf-8", "replace"),
            )
    for number, part in enumerate(mail.iter_attachments(), 1):
        inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
        name = _name(part.get_filename() or f"{number}{'.eml' if inner is not None else ''}")
        if inner is not None:
            yield name if name.lower().endswith(".eml") else f"{name}.eml", inner.as_bytes()  # type: ignore[union-attr]
        elif part.get_content_maintype() != "multipart":
            payload = part.get_payload(decode=True)
            yield name, payload if isinstance(payload, bytes) else b""


def _name(given: str) -> str:
    """The last part of a name, without what no name may hold."""
    last = given.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip()
    return shown[-_LONGEST_NAME:] or "?"
