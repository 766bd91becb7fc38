"""A file that took over its reader (攻陷的读取进程): what the process that read it can still do, tried act by act."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.attack.rows import Row
from tests.ingest.sandbox.test_isolation import CHANGING, REACHING_OUT, READING, tried
from tests.support.isolation import missing


def reading(seconds: float) -> Iterator[Row]:
    """Reads, changes and reaches out from a confined process, for as long as there is time."""
    end = time.monotonic() + seconds
    lacking = f"this kernel lacks {', '.join(sorted(missing()))}" if missing() else ""
    for what, acts in (("reads files", READING), ("changes files", CHANGING), ("reaches out", REACHING_OUT)):
        yield _row(f"a reader that was taken over {what}", acts, end, lacking)


def _row(attack: str, acts: Mapping[str, str], end: float, lacking: str) -> Row:
    done: list[str] = []
    count = 0
    for name, act in acts.items():
        if time.monotonic() >= end:
            break
        count += 1
        with tempfile.TemporaryDirectory() as folder:
            if tried(act, Path(folder), "confine(Limits())").returncode == 0:
                done.append(name)
    measured = "; ".join(filter(None, [f"did: {', '.join(done)}" if done else "all refused", lacking]))
    return Row(attack, count, len(done), measured)
