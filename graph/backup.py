"""A library in one file, and back (备份、恢复): consistent while others read and write, whole or not there at all."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from graph.errors import LibraryDamaged, LibraryReadOnly, NoLibrary
from graph.sqlite_connection import connect, sync_folder, transaction, translated

LIBRARY = "library.sqlite"
"""The library's file in its folder."""


def copy_library(connection: sqlite3.Connection, target: Path) -> None:
    """Copies the library as it is at one moment to a file of its own, in place of a file of that name.

    Raises `LibraryReadOnly`, `DiskFull`. A copy that was cut short leaves at most `<target>.part`.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with translated(target):
            copy = sqlite3.connect(part, isolation_level=None)
            try:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
        _sync_file(part)
        os.replace(part, target)
        sync_folder(target.parent)
    except OSError as error:
        raise LibraryReadOnly(path=str(target)) from error


def restore_library(backup: Path, folder: Path) -> Path | None:
    """Puts a backup in the place of the folder's library; the writer's lock must be held.

    A library that others read is replaced in one transaction, and counts on from its own generation, so that an index
    notices. What was there before stays beside it as `library.before-restore-N.sqlite`; a damaged one is moved there
    as it is. Returns that file. Raises `NoLibrary`, `NotALibrary`, `LibraryDamaged` where the backup is not sound.
    """
    _check_backup(backup)
    path = folder / LIBRARY
    prepared = folder / "restoring.sqlite"
    source = connect(backup)
    try:
        copy_library(source, prepared)
    finally:
        source.close()
    kept: Path | None = None
    try:
        current = connect(path, writing=True) if path.exists() else None
    except LibraryDamaged:
        current = None
        kept = _moved_aside(path)
    if current is None:
        os.replace(prepared, path)
        sync_folder(folder)
        return kept
    try:
        kept = _free_name(path)
        copy_library(current, kept)
        _count_on(prepared, current)
        with translated(path):
            ready = connect(prepared)
            try:
                ready.backup(current)
            finally:
                ready.close()
    finally:
        current.close()
    prepared.unlink()
    return kept


def _check_backup(backup: Path) -> None:
    if not backup.is_file():
        raise NoLibrary(path=str(backup))
    connection = connect(backup)
    try:
        with translated(backup):
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise LibraryDamaged(path=str(backup), reason=str(found))
    finally:
        connection.close()


def _count_on(prepared: Path, current: sqlite3.Connection) -> None:
    """Makes all that the restored library holds, and lacks, newer than anything the present one ever said."""
    here = [row[0] for row in current.execute("SELECT id FROM plan")]
    highest = current.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()[0]
    connection = connect(prepared, writing=True)
    try:
        with transaction(connection, prepared):
            own = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()[0]
            generation = max(int(highest), int(own)) + 1
            connection.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (str(generation),))
            connection.execute("UPDATE plan SET generation = ?", (generation,))
            connection.executemany(
                "INSERT OR REPLACE INTO removed SELECT ?1, 'plan', ?2 WHERE ?1 NOT IN (SELECT id FROM plan)",
                [(plan_id, generation) for plan_id in here],
            )
    finally:
        connection.close()


def _moved_aside(path: Path) -> Path:
    kept = _free_name(path)
    for ending in ("-wal", "-shm", ""):
        old = path.with_name(path.name + ending)
        if old.exists():
            os.replace(old, kept.with_name(kept.name + ending))
    return kept


def _free_name(path: Path) -> Path:
    nth = 1
    while (free := path.with_name(f"{path.stem}.before-restore-{nth}{path.suffix}")).exists():
        nth += 1
    return free


def _sync_file(path: Path) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())
