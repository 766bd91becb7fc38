"""The child process that reads files for `ingest/sandbox/parent.py`: requests come by its standard input, answers go by
its standard output. Before the first request it says what holds of it, and from then on that holds for good.

Windows has none of this: there only the parent's clock counts.
"""

from __future__ import annotations

import importlib
import math
import os
import signal
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

import msgspec

from ingest.errors import ZerenError
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Source
from ingest.parse import parse_plan
from ingest.readers.bundles import packed_files
from ingest.readers.formats import load_readers
from ingest.readers.pdf.ocr import recogniser
from ingest.readers.read import Converter, source_of
from ingest.sandbox import filter as sandbox_filter
from ingest.sandbox import kernel as sandbox_kernel
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
    Unconverted,
    Unpacked,
    read_frame,
    write_frame,
)

if sys.platform != "win32":
    import resource

_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
"""A PDF without its fonts is read with those of the system: without them it loses characters."""

_LOADED_LATE = ("big5hkscs", "cp437", "gb18030", "gb2312", "gbk", "utf_16", "utf_16_be", "utf_16_le", "utf_8_sig")
"""Codecs that Python loads when they are first used."""

_REQUESTS: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)


class _NeedsConversion(Exception):
    """The file is of a kind that only an office program reads."""


def confine(limits: Limits) -> Isolation:
    """Takes from this process for good what reading does not need, and says what of it could be taken.

    That is: memory beyond bounds, open files, processes, every byte written to a file, every call of the kernel but
    those that compute or read, every file but Python's own, ours and the system's fonts.
    """
    # A module that is loaded late leaves no compiled copy behind.
    sys.dont_write_bytecode = True
    for codec in _LOADED_LATE:
        importlib.import_module(f"encodings.{codec}")
    load_readers()
    recogniser()
    return Isolation(
        limits=limit(limits),
        no_new_privileges=sandbox_kernel.no_new_privileges(),
        landlock=sandbox_kernel.forbid_files({"read": _readable()}),
        # The last, for it also refuses to set up the others.
        seccomp=sandbox_kernel.filter_calls(sandbox_filter.reading(sandbox_kernel.machine(), os.getpid())),
    )


def limit(limits: Limits) -> bool:
    """Limits memory, open files and processes, and lets no byte be written to a file; whether all of it holds."""
    if sys.platform == "win32":
        return False
    kinds = (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    )
    held = [_at_most(kind, most) for kind, most in kinds]
    return all(held) and sys.platform == "linux"


def allow(seconds: int) -> None:
    """From now on this process may compute for so long; then the system ends it."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


if sys.platform != "win32":

    def _at_most(kind: int, most: int) -> bool:
        _, hard = resource.getrlimit(kind)
        # RLIM_INFINITY is -1; macOS knows RLIMIT_AS but does not keep to it, newer ones refuse it.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most) if hard < 0 else (min(most, hard), min(most, hard)))
            return True
        return False


def _readable() -> list[Path]:
    installed = sysconfig.get_paths()
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    return [Path(__file__).resolve().parents[1], *(Path(installed[name]) for name in names), *map(Path, _FONTS)]


def _answer(asked: bytes, lexicon: Lexicon | None) -> bytes:
    try:
        return msgspec.msgpack.encode(_read(_REQUESTS.decode(asked), lexicon))
    except MemoryError:
        reason = "memory"
    except Exception as error:
        reason = _described(error)
    # Here what was held while the file was read is let go of.
    return msgspec.msgpack.encode(Stopped(reason))


def _described(error: Exception) -> str:
    """The exception's name and where it was raised."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f", {os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}" if at else ""
    return f"{type(error).__name__}{place}"


def _read(request: Request, lexicon: Lexicon | None) -> ChildAnswer:
    try:
        if isinstance(request, ToParse):
            return Readable(request.source, _plan(request.source, lexicon))
        files = packed_files(request.data, request.name, request.path) if request.converted is None else None
        if files is not None:
            return Unpacked(files)
        source = source_of(request.data, request.name, request.path, _converter(request.converted))
        bare = msgspec.structs.replace(source, data=b"")
        return Readable(bare, _plan(source, lexicon) if request.plan else None)
    except _NeedsConversion as needed:
        return Unconverted(*needed.args)
    except ZerenError as error:
        return Refused(type(error).__name__, error.params)


def _plan(source: Source, lexicon: Lexicon | None) -> Plan:
    assert lexicon is not None, "started without a lexicon"
    return parse_plan(source, lexicon)


def _converter(converted: bytes | None) -> Converter:
    """Gives what the parent had converted; without it asks for that."""

    def convert(data: bytes, kind: str, target: str, path: str) -> bytes:
        if converted is None:
            raise _NeedsConversion(kind)
        return converted

    return convert


def _lexicon(setup: Setup) -> Lexicon | None:
    local = Path(setup.local_units) if setup.local_units else None
    return load_lexicon(Path(setup.lexicon), local) if setup.lexicon else None


def main() -> None:
    """Reads files until the parent closes its end."""
    # Ctrl+C is the parent's to answer; what a library prints must not get between the answers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    setup = msgspec.json.decode(sys.argv[1], type=Setup)
    lexicon = _lexicon(setup)
    write_frame(answers, msgspec.msgpack.encode(confine(setup.limits)))
    while (asked := read_frame(sys.stdin.buffer)) is not None:
        # The parent does not wait that long; where it is gone, nothing is left running.
        allow(2 * setup.limits.seconds)
        write_frame(answers, _answer(asked, lexicon))


if __name__ == "__main__":
    main()
