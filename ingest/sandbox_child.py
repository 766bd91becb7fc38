"""The child process that reads files for `ingest/sandbox.py`: requests come by its standard input, answers go by its
standard output. `resource` limits what it may take; Windows has no such limits, there only the parent's clock counts.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import traceback
from contextlib import suppress

import msgspec

from .errors import ZerenError
from .read import Converter, source_of
from .sandbox import Answer, Limits, Readable, Refused, Request, Stopped, Unconverted, read_frame, write_frame

if sys.platform != "win32":
    import resource


class _NeedsConversion(Exception):
    """The file is of a kind that only an office program reads."""


def confine(limits: Limits) -> None:
    """Limits this process for good: memory, open files, no byte written to a file."""
    # A module that is loaded late leaves no compiled copy behind.
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        _at_most(resource.RLIMIT_AS, limits.memory)
        _at_most(resource.RLIMIT_NOFILE, limits.files)
        _at_most(resource.RLIMIT_FSIZE, 0)


def allow(seconds: int) -> None:
    """From now on this process may compute for so long; then the system ends it."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


if sys.platform != "win32":

    def _at_most(kind: int, most: int) -> None:
        _, hard = resource.getrlimit(kind)
        # RLIM_INFINITY is -1; macOS knows RLIMIT_AS but does not keep to it, newer ones refuse it.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most) if hard < 0 else (min(most, hard), min(most, hard)))


def _answer(asked: bytes) -> bytes:
    try:
        return msgspec.msgpack.encode(_read(msgspec.msgpack.decode(asked, type=Request)))
    except MemoryError:
        reason = "memory"
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}, {os.path.basename(frame.filename)}:{frame.lineno}"
    # Here what was held while the file was read is let go of.
    return msgspec.msgpack.encode(Stopped(reason))


def _read(request: Request) -> Answer:
    try:
        source = source_of(request.data, request.name, request.path, _converter(request.converted))
    except _NeedsConversion as needed:
        return Unconverted(*needed.args)
    except ZerenError as error:
        return Refused(type(error).__name__, error.params)
    return Readable(msgspec.structs.replace(source, data=b""))


def _converter(converted: bytes | None) -> Converter:
    """Gives what the parent had converted; without it asks for that."""

    def convert(data: bytes, kind: str, path: str) -> bytes:
        if converted is None:
            raise _NeedsConversion(kind)
        return converted

    return convert


def main() -> None:
    """Reads files until the parent closes its end."""
    # Ctrl+C is the parent's to answer; what a library prints must not get between the answers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limits = msgspec.json.decode(sys.argv[1], type=Limits)
    confine(limits)
    while (asked := read_frame(sys.stdin.buffer)) is not None:
        # The parent does not wait that long; where it is gone, nothing is left running.
        allow(2 * limits.seconds)
        write_frame(answers, _answer(asked))


if __name__ == "__main__":
    main()
