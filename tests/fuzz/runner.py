"""Feeds a target until its time is up (运行): nasty files, seeds, what broke it before, and seeds damaged by chance."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import TracebackType

import msgspec

from ingest.sandbox.protocol import Limits, read_frame, write_frame
from tests.conftest import ROOT
from tests.fuzz.child import Outcome, Work
from tests.fuzz.mutate import mutate
from tests.fuzz.seeds import PARSE, seeds

LIMITS = Limits(memory=1 << 30, seconds=10, files=32)
"""What reading one file may take: 1 GB, 10 seconds of computing."""

_PATIENCE = 6
"""How much longer than it may compute the child is waited for: other programs run too."""


class Reader:
    """A child process that reads files in an empty folder; a new one where the last one died."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="zeren-fuzz-")

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()
        self._folder.cleanup()

    def judge(self, work: Work) -> Outcome:
        """What comes of one file: as the child says, or `hang`, `crash` or `memory` where it died of it."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(self._limits.seconds * _PATIENCE, process.kill)
        timer.start()
        try:
            write_frame(process.stdin, msgspec.msgpack.encode(work))
            outcome = msgspec.msgpack.decode(read_frame(process.stdout) or b"", type=Outcome)
        except (OSError, msgspec.DecodeError):
            process.wait()
            # 24 is SIGXCPU, 9 SIGKILL: by the timer, or by the system for want of memory.
            kind = "hang" if process.returncode in (-24, -9) else "crash"
            outcome = Outcome(kind, work.name, f"the child ended by {process.returncode}")
        finally:
            timer.cancel()
        if left := os.listdir(self._folder.name):
            outcome = Outcome("wrote", "wrote", f"left in its folder: {left}")
        if outcome.kind in ("hang", "crash", "memory", "wrote"):
            self._end()
        return outcome

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "tests.fuzz.child", msgspec.json.encode(self._limits).decode()]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": self._folder.name, "TMPDIR": self._folder.name}
        return subprocess.Popen(
            command, cwd=self._folder.name, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@dataclass
class Report:
    """What a run did: files read, refused by their codes, and the first file of each fault."""

    target: str
    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    faults: dict[str, tuple[Work, Outcome]] = field(default_factory=dict)

    def take(self, work: Work, outcome: Outcome, seconds: float) -> None:
        """Counts one file in."""
        self.files += 1
        self.outcomes[outcome.kind if outcome.kind != "refused" else f"refused {outcome.key}"] += 1
        self.slowest = max(self.slowest, (seconds, work.name))
        if outcome.is_fault:
            self.faults.setdefault(f"{outcome.kind} {outcome.key}", (work, outcome))


def try_all(target: str, files: dict[str, bytes], reader: Reader, report: Report) -> None:
    """Reads each of these files."""
    for name, data in files.items():
        _try(Work(target, name, data), reader, report)


def fuzz(target: str, seconds: float, seed: int, reader: Reader, report: Report) -> None:
    """Reads damaged seeds for so long. The same seed damages in the same way, as far as the time reaches."""
    end = time.monotonic() + seconds
    for work in damaged(target, seed):
        if time.monotonic() >= end:
            break
        _try(work, reader, report)


def damaged(target: str, seed: int) -> Iterator[Work]:
    """Seeds damaged by chance, without end."""
    random = Random(f"{target} {seed}")
    files = seeds(target)
    while True:
        name = random.choice(sorted(files))
        suffix = Path(name).suffix.lstrip(".")
        kind = suffix if target == PARSE else target
        yield Work(target, name, mutate(files[name], kind, random))


def _try(work: Work, reader: Reader, report: Report) -> None:
    began = time.monotonic()
    outcome = reader.judge(work)
    report.take(work, outcome, time.monotonic() - began)
