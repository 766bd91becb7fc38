"""Keeps what broke a target (留存): as small as it breaks in the same way, what went wrong beside it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from tests.fuzz.child import Outcome, Work
from tests.fuzz.mutate import packed, unpacked
from tests.fuzz.runner import Reader
from tests.fuzz.seeds import CRASHERS

_SECONDS = 60.0
_SMALLEST = 16


def keep(work: Work, outcome: Outcome, reader: Reader, folder: Path = CRASHERS) -> Path:
    """Writes the file, as small as it gets in a minute, to `folder/<target>/<hash>.<ext>`; `<hash>.why` says why."""
    small = _smaller(work, outcome, reader)
    path = folder / work.target / f"{hashlib.sha256(small).hexdigest()[:12]}{Path(work.name).suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(small)
    path.with_suffix(".why").write_text(f"{outcome.kind}: {outcome.key}\nfrom {work.name}\n\n{outcome.what}\n", "utf-8")
    return path


def _smaller(work: Work, outcome: Outcome, reader: Reader) -> bytes:
    end = time.monotonic() + _SECONDS

    def breaks(data: bytes) -> bool:
        found = reader.judge(msgspec.structs.replace(work, data=data))
        return (found.kind, found.key) == (outcome.kind, outcome.key)

    if not breaks(work.data):
        return work.data  # It takes what was read before it, too.
    files = unpacked(work.data)
    if not files or not breaks(packed(files)):
        return cut(work.data, breaks, end)
    for name in sorted(files):
        less = {other: data for other, data in files.items() if other != name}
        if less and time.monotonic() < end and breaks(packed(less)):
            files = less
    for name in sorted(files):
        files[name] = cut(files[name], lambda data, name=name: breaks(packed({**files, name: data})), end)  # type: ignore[misc]
    return packed(files)


def cut(data: bytes, breaks: Callable[[bytes], bool], end: float) -> bytes:
    """Leaves out stretch after stretch, ever shorter ones, whatever is not needed to break."""
    size = len(data) // 2
    while size >= _SMALLEST:
        for at in _places(len(data), size):
            if time.monotonic() >= end:
                return data
            less = data[:at] + data[at + size :]
            if less != data and breaks(less):
                data = less
        size //= 2
    return data


def _places(length: int, size: int) -> Iterator[int]:
    """From the end, so that what is left out moves nothing that is still to be tried."""
    yield from range(length - size, -1, -size)
