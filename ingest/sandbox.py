"""Reading a stranger's file (隔离读取): in a child process with limits on memory, time and files.

A file that loops, eats memory or breaks its reader ends the child and nothing else; the next file gets a new one. One
child (`ingest/sandbox_child.py`) reads many files, so that each need not pay for a start of Python. It gets the bytes
of a file and gives back what it read, or why not; it opens and writes no files itself. LibreOffice, which has to
write, is started from here, with limits of its own (`ingest/convert.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from . import errors
from .convert import convert
from .errors import FileTooHard, ZerenError
from .file_bytes import LIMIT, file_bytes
from .model import Record, Source

_HOME = Path(__file__).resolve().parent.parent
_LENGTH_BYTES = 8
_LONGEST = 1 << 30


class Limits(Record, frozen=True):
    """What reading one file may take: bytes of address space, seconds, files open at a time."""

    memory: int = 1 << 30
    seconds: int = 60
    files: int = 16


class Request(Record, frozen=True):
    """A file to read; `converted` is what LibreOffice made of it, `path` is for errors."""

    name: str
    path: str
    data: bytes
    converted: bytes | None = None


class Readable(Record, frozen=True, tag=True):
    """What was read, without the file's bytes: the parent has them."""

    source: Source


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


Answer = Readable | Unconverted | Refused | Stopped
_ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


class Sandbox:
    """Reads files in a child process, one at a time, until it is closed. Not for several threads at once."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: _Child | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, path: Path, limit: int = LIMIT) -> Source:
        """As `ingest.read.read_source`; raises FileTooHard besides."""
        return self.source_of(file_bytes(path, limit), path.name, str(path))

    def source_of(self, data: bytes, name: str, path: str | None = None) -> Source:
        """As `ingest.read.source_of`; raises FileTooHard besides."""
        request = Request(name, path or name, data)
        answer = self._ask(request)
        if isinstance(answer, Unconverted):
            converted = convert(data, answer.kind, request.path)
            answer = self._ask(msgspec.structs.replace(request, converted=converted))
        if isinstance(answer, Readable):
            return msgspec.structs.replace(answer.source, data=data)
        raise _error(answer, request.path)

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _ask(self, request: Request) -> Answer:
        used = self._child is not None
        child = self._child = self._child or _Child(self._limits)
        answer = child.ask(request)
        if isinstance(answer, Stopped):
            self.close()
            # It may have been what earlier files left in memory.
            if used and answer.reason != "timeout":
                return self._ask(request)
        return answer


class _Child:
    """A running child process."""

    def __init__(self, limits: Limits) -> None:
        # The user's folder must not lend the child its modules (-P).
        command = [sys.executable, "-P", "-m", "ingest.sandbox_child", msgspec.json.encode(limits).decode()]
        paths = os.pathsep.join(filter(None, [str(_HOME), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._seconds = limits.seconds
        self._late = False

    def ask(self, request: Request) -> Answer:
        """What the child says of a file, or that it was ended or ended by itself."""
        timer = threading.Timer(self._seconds, self._stop)
        timer.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            write_frame(self._process.stdin, msgspec.msgpack.encode(request))
            return _ANSWERS.decode(read_frame(self._process.stdout) or b"")
        except (OSError, msgspec.DecodeError):
            # It is gone, or what it says makes no sense.
            return Stopped("timeout" if self._late else "crash")
        finally:
            timer.cancel()

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def _error(answer: Answer, path: str) -> ZerenError:
    if isinstance(answer, Refused):
        kind = getattr(errors, answer.error, None)
        if isinstance(kind, type) and issubclass(kind, ZerenError):
            return kind(**answer.params)
    return FileTooHard(path=path, reason=answer.reason if isinstance(answer, Stopped) else "crash")


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    """Writes bytes with their length before them."""
    pipe.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """What `write_frame` wrote at the other end; None where that end is closed, or says what cannot be."""
    length = int.from_bytes(pipe.read(_LENGTH_BYTES), "big")
    data = pipe.read(length) if length <= _LONGEST else b""
    return data if data and len(data) == length else None
