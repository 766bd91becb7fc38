"""A library in one file, and back (备份、恢复): consistent while others read and write, whole or not there at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.errors import LibraryDamaged, LibraryReadOnly, NoLibrary, RestoreFailed
from graph.sqlite import checksums, private
from graph.sqlite.connection import connect, sync_folder, transaction, translated
from graph.sqlite.upkeep.checking import MADE_AGAIN, require_sound
from graph.sqlite.upkeep.seal import SEAL

LIBRARY = "library.sqlite"
"""The library's file in its folder."""

_ENDINGS = ("-wal", "-shm", "")


def copy_library(connection: sqlite3.Connection, target: Path) -> None:
    """Copies the library as it is at one moment to a file of its own, in place of a file of that name.

    The copy is read whole before it gets its name: of a damaged library there is no backup, and an earlier one stays.
    Raises `LibraryDamaged`, `LibraryReadOnly`, `DiskFull`. A copy that was killed leaves at most `<target>.part`.
    """
    with named_when_sound(target) as part:
        _copy_pages(connection, part)


@contextmanager
def named_when_sound(target: Path) -> Iterator[Path]:
    """A file to fill, which is checked, synced and named."""
    part = target.with_name(f"{target.name}.part")
    try:
        _remove(part)
        try:
            with translated(target):
                yield part
            require_sound(part)
            _sync_file(part)
            os.replace(part, target)
        finally:
            _remove(part)
        sync_folder(target.parent)
    except LibraryDamaged as error:
        # What is damaged is what was copied, not the copy that is gone.
        raise LibraryDamaged(path=str(target), reason=str(error.params["reason"])) from error
    except OSError as error:
        raise LibraryReadOnly(path=str(target)) from error


def _copy_pages(connection: sqlite3.Connection, target: Path) -> None:
    """Page by page, whatever they hold, to a file for its owner alone."""
    try:
        private.make_file(target)
    except OSError as error:
        raise LibraryReadOnly(path=str(target)) from error
    with translated(target), closing(sqlite3.connect(target, isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def restore_library(backup: Path, folder: Path) -> Path | None:
    """Puts a backup in the place of the folder's library; the writer's lock must be held.

    The backup's record is read whole before anything is touched, and again where it was put. A library that others read
    is replaced in one transaction, and counts on from its own generation, so that an index notices. What was there
    before stays beside it as `library.before-restore-N.sqlite`; a damaged one is moved there as it is. Returns that
    file. Raises `NoLibrary`, `NotALibrary`, `LibraryDamaged` where the backup is not sound, `RestoreFailed`.
    """
    if not backup.is_file():
        raise NoLibrary(path=str(backup))
    require_sound(backup, but_for=MADE_AGAIN)
    path, prepared = folder / LIBRARY, folder / "restoring.sqlite"
    private.keep_library(folder)
    try:
        _remove(prepared)
        with closing(connect(backup)) as source:
            _copy_pages(source, prepared)
        require_sound(prepared, but_for=MADE_AGAIN)
        _sync_file(prepared)
        kept = _put_in_place(prepared, path)
    finally:
        _remove(prepared)
    try:
        require_sound(path, but_for=MADE_AGAIN)
    except LibraryDamaged as error:
        raise RestoreFailed(path=str(path), reason=str(error.params["reason"]), kept=str(kept or "")) from error
    return kept


def discard(kept: Path) -> None:
    """Removes the library that a restored one took the place of. Raises `LibraryReadOnly`."""
    try:
        _remove(kept)
    except OSError as error:
        raise LibraryReadOnly(path=str(kept)) from error


def _put_in_place(prepared: Path, path: Path) -> Path | None:
    """Returns where the library that was there is kept."""
    (path.parent / SEAL).unlink(missing_ok=True)
    if not path.exists():
        os.replace(prepared, path)
        sync_folder(path.parent)
        return None
    try:
        current = connect(path, writing=True)
    except LibraryDamaged:
        kept = _moved_aside(path)
        os.replace(prepared, path)
        sync_folder(path.parent)
        return kept
    with closing(current):
        kept = _free_name(path)
        _copy_pages(current, kept)
        _sync_file(kept)
        _count_on(prepared, current)
        with translated(path), closing(connect(prepared)) as ready:
            ready.backup(current)
    return kept


def _count_on(prepared: Path, current: sqlite3.Connection) -> None:
    """Makes all that the restored library holds, and lacks, newer than anything the present one ever said."""
    here, highest = _said_by(current)
    with closing(connect(prepared, writing=True)) as connection, transaction(connection, prepared):
        own = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()[0]
        generation = max(highest, int(own)) + 1
        connection.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (str(generation),))
        connection.execute("UPDATE plan SET generation = ?", (generation,))
        connection.executemany(
            "INSERT OR REPLACE INTO removed SELECT ?1, 'plan', ?2 WHERE ?1 NOT IN (SELECT id FROM plan)",
            [(plan_id, generation) for plan_id in here],
        )
        checksums.sum_record(connection)


def _said_by(current: sqlite3.Connection) -> tuple[list[str], int]:
    """The plans and the generation of the library that is replaced; none where they cannot be read."""
    try:
        here = [row[0] for row in current.execute("SELECT id FROM plan NOT INDEXED")]
        highest = int(current.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError, ValueError):
        return [], 0
    return here, highest


def _moved_aside(path: Path) -> Path:
    kept = _free_name(path)
    for ending in _ENDINGS:
        old = path.with_name(path.name + ending)
        if old.exists():
            os.replace(old, kept.with_name(kept.name + ending))
            private.keep_file(kept.with_name(kept.name + ending))
    return kept


def _remove(path: Path) -> None:
    for ending in _ENDINGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _free_name(path: Path) -> Path:
    nth = 1
    while (free := path.with_name(f"{path.stem}.before-restore-{nth}{path.suffix}")).exists():
        nth += 1
    return free


def _sync_file(path: Path) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())
