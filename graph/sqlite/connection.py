"""Opening SQLite so that what was acknowledged stays (WAL, every commit synced), and its errors in our words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from graph.errors import (
    DiskError,
    DiskFull,
    LibraryClosed,
    LibraryDamaged,
    LibraryLocked,
    LibraryReadOnly,
    NotALibrary,
)
from graph.query.row_types import RowOf
from graph.query.texts import decoded
from graph.sqlite import private
from ingest.errors import ZerenError

APPLICATION = 0x5A52454E
"""SQLite's application_id of a library: `ZREN`."""

BUSY = 10.0
"""Seconds that SQLite itself waits for another process's commit."""

_ROOM = 1 << 16
"""Bytes without which SQLite has no room for its shared memory."""

_STILL = "mode=ro&immutable=1"
"""Reads the file alone: no log, no shared memory, no locks."""


class Connection(sqlite3.Connection):
    """A connection; `still` is what the file was when it was opened without locks, see `connect`."""

    still: tuple[int, ...] | None = None


def connect(path: Path, *, writing: bool = False) -> Connection:
    """A connection in autocommit mode (transactions are begun by hand). Readers cannot write.

    Where there is no room or right for SQLite's shared memory (a full disk, a folder that may not be written), a reader
    reads the file without it. Nobody may write meanwhile: `require_still` says whether somebody did.
    Raises `NotALibrary`, `LibraryDamaged`, `LibraryReadOnly`, `LibraryClosed`, `DiskFull`.
    """
    with translated(path):
        if path.exists() and not path.stat().st_size:
            raise LibraryDamaged(path=str(path), reason="empty")
        mode = _mode(path)
        try:
            return _opened(path, mode, writing)
        except sqlite3.OperationalError as error:
            if writing or mode == _STILL or has_log(path) or not _wants_room(error):
                raise
            return _opened(path, _STILL, writing)


def _opened(path: Path, mode: str, writing: bool) -> Connection:
    still = _state(path) if mode == _STILL else None
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        timeout=BUSY,
        check_same_thread=False,
        factory=Connection,
    )
    connection.still = still
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise NotALibrary(path=str(path))
        for pragma in (*_ALWAYS, "synchronous = FULL" if writing else "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _wants_room(error: sqlite3.Error) -> bool:
    wanted = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_READONLY")
    return getattr(error, "sqlite_errorname", "").startswith(wanted)


def is_still(connection: Connection, path: Path) -> bool:
    """Whether a file that is read without locks is as it was when it was opened."""
    return connection.still is None or (connection.still == _state(path) and not has_log(path))


def require_still(connection: Connection, path: Path) -> None:
    """Raises `LibraryLocked` where somebody wrote to a file that is read without locks: what was read may be half."""
    if not is_still(connection, path):
        raise LibraryLocked(path=str(path), holder=0, seconds=0)


def _state(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def has_log(path: Path) -> bool:
    """Whether commits stand in SQLite's log that are not yet in the file."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def connect_new(path: Path) -> sqlite3.Connection:
    """A connection to a file that is to become a library, empty yet and its owner's alone."""
    private.make_file(path)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (f"application_id = {APPLICATION}", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


_ALWAYS = ("temp_store = MEMORY", "cache_size = -16000", "secure_delete = ON")
"""What is deleted is overwritten: not every build of SQLite does so by itself, and `remove` must leave no text
behind."""


def _mode(path: Path) -> str:
    """Read and write where the folder lets us: a reader too may have to bring a log in that a killed writer left.

    In a folder that may not be written there is no room for SQLite's shared memory, and nobody else writes either.
    """
    if os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if has_log(path) else _STILL


def named_rows(cursor: sqlite3.Cursor, row: type[RowOf]) -> list[RowOf]:
    """The rows of a query as records, by the names of their columns."""
    return decoded([column[0] for column in cursor.description], cursor, row)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction for writing: all of it is kept, or after any error nothing."""
    with translated(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's, the system's and the decoders' errors as the library's."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # Mistakes of ours, which no user can mend.
    except sqlite3.Error as error:
        raise _in_our_words(error, path) from error
    except PermissionError as error:
        raise LibraryClosed(path=str(error.filename or path)) from error
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LibraryDamaged(path=str(path), reason=type(error).__name__) from error


def _in_our_words(error: sqlite3.Error, path: Path) -> ZerenError:
    """What SQLite does not name is damage too: our statements fit every table that we made."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return DiskFull(path=str(path))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _no_rights(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LibraryLocked(path=str(path), holder=0, seconds=round(BUSY))
    if name.startswith("SQLITE_IOERR"):
        return DiskFull(path=str(path)) if _is_full(path) else DiskError(path=str(path), reason=name)
    return LibraryDamaged(path=str(path), reason=name if name.startswith(_NAMED) else str(error))


_NAMED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def _no_rights(path: Path) -> LibraryClosed | LibraryReadOnly:
    closed = os.path.exists(path) and not os.access(path, os.R_OK)
    return LibraryClosed(path=str(path)) if closed else LibraryReadOnly(path=str(path))


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        return False


def sync_folder(folder: Path) -> None:
    """Makes names in a folder (a file made or renamed) outlive a power cut; Windows needs and knows no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
