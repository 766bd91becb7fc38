"""One writer at a time (写锁): a lock on a file that the system lets go when its holder dies, however it dies."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from graph.errors import DiskFull, LibraryLocked, LibraryReadOnly

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


WAIT = 10.0
"""Seconds that a second writer waits."""

_LOCKED_BYTE = 1 << 20
_PAUSE = 0.02


class WriterLock:
    """`with lock:` holds the lock for this thread; the same thread may nest it. The file names the holder's pid.

    The file stays when nobody holds it: only the system's lock counts, so a dead holder leaves nothing behind.
    """

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self._path = path
        self._wait = wait
        self._threads = threading.RLock()
        self._depth = 0
        self._file: IO[str] | None = None

    def __enter__(self) -> None:
        """Raises `LibraryLocked` after the wait, `LibraryReadOnly` or `DiskFull` where the file cannot be written."""
        until = time.monotonic() + self._wait
        if not self._threads.acquire(timeout=self._wait):
            raise LibraryLocked(path=str(self._path), holder=os.getpid(), seconds=round(self._wait))
        try:
            if self._depth == 0:
                self._file = self._locked_file(until)
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0 and self._file is not None:
            _let_go(self._file)
            self._file.close()
            self._file = None
        self._threads.release()

    def _locked_file(self, until: float) -> IO[str]:
        file = self._opened()
        with _closing_on_error(file):
            while True:
                try:
                    _take(file)
                    break
                except OSError as busy:
                    if time.monotonic() >= until:
                        holder = self.holder()
                        raise LibraryLocked(path=str(self._path), holder=holder, seconds=round(self._wait)) from busy
                time.sleep(_PAUSE)
            self._sign(file)
        return file

    def _sign(self, file: IO[str]) -> None:
        try:
            file.seek(0)
            file.truncate()
            file.write(f"{os.getpid()}\n")
            file.flush()
        except OSError as error:
            raise self._in_our_words(error) from error

    def _opened(self) -> IO[str]:
        try:
            return open(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii")
        except OSError as error:
            raise self._in_our_words(error) from error

    def _in_our_words(self, error: OSError) -> DiskFull | LibraryReadOnly:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return DiskFull(path=str(self._path)) if full else LibraryReadOnly(path=str(self._path))

    def holder(self) -> int:
        """The process id that the file names, 0 where it names none."""
        try:
            return int(self._path.read_text(encoding="ascii").strip() or 0)
        except (OSError, ValueError):
            return 0


@contextmanager
def _closing_on_error(file: IO[str]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            file.close()
        raise
