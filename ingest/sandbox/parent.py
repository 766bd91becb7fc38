"""Reading a stranger's file (隔离读取): in a child process that can reach nothing, within limits of memory and time.

A file that loops, eats memory or breaks its reader ends the child and nothing else; the next file gets a new one. One
child (`ingest/sandbox/child.py`) reads many files, so that each need not pay for a start of Python. It gets the bytes
of a file and gives back what it read and the plan that it made of it, or why not. LibreOffice, which has to write, is
started from here, in a cage of its own (`ingest/files/convert.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from ingest import errors
from ingest.errors import FileTooHard, FileTooLarge, ManyFiles, ZerenError
from ingest.files.bytes import LIMIT, file_bytes
from ingest.files.convert import convert
from ingest.model import Plan, Source
from ingest.readers.bundles import PackedFile, the_only_file
from ingest.readers.formats import FORMAT_OF
from ingest.readers.pdf.ocr import ocr_is_installed
from ingest.sandbox.protocol import (
    ChildAnswer,
    Isolation,
    Limits,
    Readable,
    Refused,
    Request,
    Setup,
    Stopped,
    ToParse,
    ToRead,
    Unconverted,
    Unpacked,
    read_frame,
    write_frame,
)

_HOME = Path(__file__).resolve().parents[2]
_NEEDED = ("LD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")
"""All that a Python may need of its environment to start; no secret is kept in these."""

_ANSWERS: msgspec.msgpack.Decoder[ChildAnswer] = msgspec.msgpack.Decoder(ChildAnswer)
_ISOLATION = msgspec.msgpack.Decoder(Isolation)
Said = TypeVar("Said")


_FOR_OCR = Limits(memory=3 << 30, seconds=300)
"""What reading a file may take where pages of it may have to be recognised."""


def _limits() -> Limits:
    return _FOR_OCR if ocr_is_installed() else Limits()


class Sandbox:
    """Reads files in a child process, one at a time, until it is closed. Not for several threads at once.

    Plans are made with the lexicon of a folder and the office's own units, as by `load_lexicon`.
    """

    def __init__(
        self, limits: Limits | None = None, lexicon: Path | None = None, local_units: Path | None = None
    ) -> None:
        self._setup = Setup(limits or _limits(), _absolute(lexicon), _absolute(local_units))
        self._child: _Child | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Starts the child, which gets ready while the parent does something else."""
        self._child = self._child or _Child(self._setup)

    def isolation(self) -> Isolation:
        """What holds of the child; nothing where it does not start."""
        self.start()
        assert self._child is not None
        return self._child.isolation()

    def read(self, path: Path, limit: int = LIMIT) -> Source:
        """As `ingest.readers.read.read_source`; raises FileTooHard besides."""
        return self.source_of(file_bytes(path, limit), path.name, str(path))

    def source_of(self, data: bytes, name: str, path: str | None = None) -> Source:
        """As `ingest.readers.read.source_of`; raises FileTooHard besides."""
        return self._read(ToRead(name, path or name, data, plan=False)).source

    def read_plan(self, path: Path, limit: int = LIMIT) -> tuple[Source, Plan]:
        """A file's source and its plan, as `read_source` and `parse_plan`; raises FileTooHard besides."""
        return self.plan_of(file_bytes(path, limit), path.name, str(path))

    def plan_of(self, data: bytes, name: str, path: str | None = None) -> tuple[Source, Plan]:
        """As `read_plan`, of a file's bytes."""
        return self._pair(self._read(ToRead(name, path or name, data, plan=True)))

    def plans_in(self, path: Path, limit: int = LIMIT) -> Iterator[tuple[str, tuple[Source, Plan] | ZerenError]]:
        """The name and the plan of a file, or of each file in a bundle, or why there is none."""
        try:
            data = file_bytes(path, limit)
            answer = self._ask(ToRead(path.name, str(path), data, plan=True))
            if not isinstance(answer, Unpacked):
                yield path.name, self._pair(self._answered(answer, ToRead(path.name, str(path), data, plan=True)))
                return
        except ZerenError as error:
            yield path.name, error
            return
        if not answer.files:
            yield path.name, ManyFiles(path=str(path), count=0, names="")
        for held in self._without_note(answer.files, str(path)):
            shown = f"{path.name} › {held.name}"
            try:
                yield shown, self._inside(held, shown, limit)
            except ZerenError as error:
                yield shown, error

    def _without_note(self, files: tuple[PackedFile, ...], path: str) -> tuple[PackedFile, ...]:
        """The files without a mail's own words where others are there and it states no responsibility."""
        if len(files) < 2 or self._setup.lexicon is None:
            return files
        return tuple(held for held in files if not held.is_body or self._states_anything(held, path))

    def _states_anything(self, held: PackedFile, path: str) -> bool:
        try:
            _, plan = self.plan_of(held.data, held.name, path)
        except ZerenError:
            return True
        return bool(plan.tasks) or plan.coverage.total > 0

    def _inside(self, held: PackedFile, shown: str, limit: int) -> tuple[Source, Plan]:
        """The plan of one file of a bundle, within the limits of any file."""
        if held.error:
            raise _error(Refused(held.error, held.params), shown)
        if len(held.data) > limit:
            raise FileTooLarge(path=shown, bytes=len(held.data), limit=limit)
        return self._pair(self._read(ToRead(held.name, shown, held.data, plan=True)))

    def _pair(self, read: Readable) -> tuple[Source, Plan]:
        assert read.plan is not None
        return read.source, read.plan

    def parse(self, source: Source) -> Plan:
        """As `ingest.parse.parse_plan`; raises FileTooHard besides."""
        answer = self._ask(ToParse(msgspec.structs.replace(source, data=b"")))
        if isinstance(answer, Readable) and answer.plan is not None:
            return answer.plan
        raise _error(answer, source.name)

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _read(self, request: ToRead) -> Readable:
        return self._answered(self._ask(request), request)

    def _answered(self, answer: ChildAnswer, request: ToRead) -> Readable:
        """What the child read at last: the one file of a bundle, what LibreOffice made of a file."""
        if isinstance(answer, Unpacked):
            only = the_only_file(self._without_note(answer.files, request.path), request.path)
            request = ToRead(only.name, f"{request.path} › {only.name}", only.data, request.plan)
            answer = self._ask(request)
        if isinstance(answer, Unconverted) and (target := _converted_to(answer.kind)):
            converted = convert(request.data, answer.kind, target, request.path)
            answer = self._ask(msgspec.structs.replace(request, converted=converted))
        if isinstance(answer, Readable) and (answer.plan is not None) == request.plan:
            return msgspec.structs.replace(answer, source=msgspec.structs.replace(answer.source, data=request.data))
        raise _error(answer, request.path)

    def _ask(self, request: Request) -> ChildAnswer:
        child = self._child = self._child or _Child(self._setup)
        used = child.used
        answer = child.ask(request)
        if isinstance(answer, Stopped):
            self.close()
            # It may have been what earlier files left in memory.
            if used and answer.reason != "timeout":
                return self._ask(request)
        return answer


class _Child:
    """A running child process."""

    def __init__(self, setup: Setup) -> None:
        # The user's folder must not lend the child its modules (-P).
        command = [sys.executable, "-P", "-m", "ingest.sandbox.child", msgspec.json.encode(setup).decode()]
        self._process = subprocess.Popen(
            command, cwd=os.path.abspath(os.sep), env=_environment(), close_fds=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._seconds = setup.limits.seconds
        self._late = False
        self._isolation: Isolation | None = None
        self.used = False

    def isolation(self) -> Isolation:
        """What it said when it was ready, before it got any file; nothing where it never was."""
        if self._isolation is None:
            greeting = self._told(_ISOLATION)
            self._isolation = greeting if isinstance(greeting, Isolation) else Isolation()
        return self._isolation

    def ask(self, request: Request) -> ChildAnswer:
        """What the child says of a file, or that it was ended or ended by itself."""
        self.isolation()
        self.used = True
        return self._told(_ANSWERS, msgspec.msgpack.encode(request))

    def _told(self, expected: msgspec.msgpack.Decoder[Said], asked: bytes | None = None) -> Said | Stopped:
        timer = threading.Timer(self._seconds, self._stop)
        timer.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            if asked is not None:
                write_frame(self._process.stdin, asked)
            return expected.decode(read_frame(self._process.stdout) or b"")
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


def _environment() -> dict[str, str]:
    """Where Python and our modules are, and nothing else: the parent's environment may hold passwords."""
    paths = [str(_HOME), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, paths)), "PYTHONUTF8": "1"}


def _absolute(path: Path | None) -> str | None:
    return None if path is None else os.path.abspath(path)


def _converted_to(kind: str) -> str | None:
    """What LibreOffice makes of a kind. The child is not believed: it may be a kind that it made up."""
    row = FORMAT_OF.get(kind)
    return row.becomes if row and row.by_office else None


def _error(answer: ChildAnswer, path: str) -> ZerenError:
    if isinstance(answer, Refused):
        kind = getattr(errors, answer.error, None)
        if isinstance(kind, type) and issubclass(kind, ZerenError):
            return kind(**answer.params)
    return FileTooHard(path=path, reason=answer.reason if isinstance(answer, Stopped) else "crash")
