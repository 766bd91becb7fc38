"""Opening SQLite so that what was acknowledged stays (WAL, every commit synced), and its errors in our words."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from graph.errors import DiskError, DiskFull, LibraryDamaged, LibraryLocked, LibraryReadOnly, NotALibrary
from ingest.errors import ZerenError

APPLICATION = 0x5A52454E
"""SQLite's application_id of a library: `ZREN`."""

BUSY = 10.0
"""Seconds that SQLite itself waits for another process's commit."""


def connect(path: Path, *, writing: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode (transactions are begun by hand). Readers cannot write.

    Raises `NotALibrary`, `LibraryDamaged`, `LibraryReadOnly`.
    """
    with translated(path):
        if path.exists() and not path.stat().st_size:
            raise LibraryDamaged(path=str(path), reason="empty")
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{_mode(path)}",
            uri=True,
            isolation_level=None,
            timeout=BUSY,
            check_same_thread=False,
        )
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                raise NotALibrary(path=str(path))
            for pragma in (*_ALWAYS, "synchronous = FULL" if writing else "query_only = ON"):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
    return connection


def connect_new(path: Path) -> sqlite3.Connection:
    """A connection to a file that is to become a library, empty yet."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (f"application_id = {APPLICATION}", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


_ALWAYS = ("temp_store = MEMORY", "cache_size = -16000")


def _mode(path: Path) -> str:
    """Read and write where the folder lets us: a reader too may have to bring a log in that a killed writer left.

    In a folder that may not be written there is no room for SQLite's shared memory, and nobody else writes either.
    """
    if os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"


def statements(sql: str) -> list[str]:
    """The statements of a file of SQL whose comments stand on lines of their own."""
    bare = "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    return [statement for statement in bare.split(";") if statement.strip()]


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
    """SQLite's and the decoders' errors as the library's."""
    try:
        yield
    except sqlite3.Error as error:
        ours = _in_our_words(error, path)
        if ours is None:
            raise
        raise ours from error
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LibraryDamaged(path=str(path), reason=type(error).__name__) from error


def _in_our_words(error: sqlite3.Error, path: Path) -> ZerenError | None:
    """None for what no user can mend: a mistake of ours."""
    name = getattr(error, "sqlite_errorname", "") or str(error)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return LibraryDamaged(path=str(path), reason=name)
    if name.startswith("SQLITE_FULL"):
        return DiskFull(path=str(path))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return LibraryReadOnly(path=str(path))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LibraryLocked(path=str(path), holder=0, seconds=round(BUSY))
    if name.startswith("SQLITE_IOERR"):
        return DiskError(path=str(path), reason=name)
    return LibraryDamaged(path=str(path), reason=str(error)) if "malformed" in str(error) else None


def sync_folder(folder: Path) -> None:
    """Makes names in a folder (a file made or renamed) outlive a power cut; Windows needs and knows no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
