"""What the reading child is asked and what it answers (约定), and how both pass through a pipe."""

from __future__ import annotations

from typing import IO

from ingest.model import Plan, Record, Source
from ingest.readers.bundles import PackedFile

_LENGTH_BYTES = 8
_LONGEST = 1 << 30


class Limits(Record, frozen=True):
    """What reading one file may take: bytes of address space, seconds, files open at a time."""

    memory: int = 1 << 30
    seconds: int = 60
    files: int = 16


class Setup(Record, frozen=True):
    """What a child is started with; without a folder of the lexicon it makes no plans."""

    limits: Limits
    lexicon: str | None = None
    local_units: str | None = None


class Isolation(Record, frozen=True):
    """What holds of a child (see `ingest/sandbox/kernel.py`): only all of it together is isolation, limits alone are
    not."""

    limits: bool = False
    no_new_privileges: bool = False
    seccomp: bool = False
    landlock: bool = False

    def missing(self) -> tuple[str, ...]:
        """The names of what does not hold."""
        return tuple(name for name in self.__struct_fields__ if not getattr(self, name))


class ToRead(Record, frozen=True, tag=True):
    """A file to read, and to make a plan of where `plan` says so.

    `converted` is what LibreOffice made of it, `path` is for errors.
    """

    name: str
    path: str
    data: bytes
    plan: bool
    converted: bytes | None = None


class ToParse(Record, frozen=True, tag=True):
    """A source that was read before, to make a plan of; it comes without the file's bytes."""

    source: Source


Request = ToRead | ToParse


class Readable(Record, frozen=True, tag=True):
    """What was read, without the file's bytes: the parent has them."""

    source: Source
    plan: Plan | None


class Unpacked(Record, frozen=True, tag=True):
    """The file is a bundle of these: each is to be asked for on its own."""

    files: tuple[PackedFile, ...]


class Unconverted(Record, frozen=True, tag=True):
    """The file is of a kind that has to be converted first."""

    kind: str


class Refused(Record, frozen=True, tag=True):
    """The name and params of a `ZerenError`."""

    error: str
    params: dict[str, str | int]


class Stopped(Record, frozen=True, tag=True):
    """The child is beyond its limits or broke: see `FileTooHard`."""

    reason: str


ChildAnswer = Readable | Unpacked | Unconverted | Refused | Stopped


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    """Writes bytes with their length before them."""
    pipe.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """What `write_frame` wrote at the other end; None where that end is closed, or says what cannot be."""
    length = int.from_bytes(pipe.read(_LENGTH_BYTES), "big")
    data = pipe.read(length) if length <= _LONGEST else b""
    return data if data and len(data) == length else None
