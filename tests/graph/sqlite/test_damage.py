"""Damage, a full disk, a folder closed, backups: the library says what is wrong, and what was there stays there."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.errors import (
    DiskError,
    DiskFull,
    LibraryDamaged,
    LibraryReadOnly,
    NewerLibrary,
    NoLibrary,
    NotALibrary,
)
from graph.sqlite.connection import connect, transaction
from graph.sqlite.store import SqliteStore, open_store, restore
from graph.sqlite.upkeep.backup import LIBRARY
from graph.sqlite.upkeep.migrations import MIGRATIONS
from ingest.errors import ZerenError
from tests.support import graph_child
from tests.support.factories import a_plan, resolve, some_plans
from tests.support.graph_process import answers, child_that, ended_well, opened

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder with a library that the user `nobody` may read and not write."""
    folder = Path(tempfile.mkdtemp())
    store = opened(folder)
    store.save(*a_plan("一项任务"))
    store.close()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(does: Callable[[], None]) -> bool:
    def dropped() -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        does()

    return ended_well(child_that(dropped))


def test_a_library_in_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written(closed_folder: Path) -> None:
    def read_and_write() -> None:
        store = opened(closed_folder)
        assert len(store.plans()) == 1
        with pytest.raises(LibraryReadOnly):
            store.save(*a_plan("二项任务"))
        assert len(store.plans()) == 1
        store.close()
        stale = opened(closed_folder, stamp="2")
        assert stale.outdated()
        assert len(stale.plans()) == 1

    assert as_nobody(read_and_write)


def test_no_library_can_be_made_in_a_read_only_folder(closed_folder: Path) -> None:
    def make() -> None:
        with pytest.raises(LibraryReadOnly):
            opened(closed_folder / "new")

    assert as_nobody(make)


def damage_page(path: Path) -> None:
    """Overwrites the middle of the file, page by page."""
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.seek(size // 8 // 4096 * 4096)
        file.write(b"\xff" * (size * 3 // 4))


def test_a_damaged_library_is_said_to_be_damaged_and_never_overwritten(tmp_path: Path) -> None:
    store = opened(tmp_path)
    for source, plan in graph_child.PAIRS:
        store.save(source, plan)
    store.close()
    damage_page(tmp_path / LIBRARY)
    before = (tmp_path / LIBRARY).read_bytes()
    for does in (lambda each: each.check(), lambda each: each.save(*a_plan("一项"))):
        with pytest.raises(LibraryDamaged):
            use(tmp_path, does)
    assert (tmp_path / LIBRARY).read_bytes() == before


def use(folder: Path, does: Callable[[SqliteStore], object]) -> None:
    store = opened(folder)
    try:
        does(store)
    finally:
        store.close()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LIBRARY).write_bytes(content)
    with pytest.raises(LibraryDamaged):
        opened(tmp_path)
    assert (tmp_path / LIBRARY).read_bytes() == content


def test_a_bit_that_flipped_in_a_stored_plan_is_found(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.save(*a_plan("一项"))
    with transaction(connection := connect(tmp_path / LIBRARY, writing=True), tmp_path):
        connection.execute("UPDATE version SET plan = zeroblob(40)")
    connection.close()
    (found,) = store.check()
    assert (found.code, found.about) == ("plan", a_plan("一项")[1].id)
    store.close()


def test_another_programs_database_is_no_library(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / LIBRARY)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(NotALibrary):
        opened(tmp_path)


def test_a_library_of_a_newer_schema_is_not_touched(tmp_path: Path) -> None:
    open_store(tmp_path, resolve, "1", migrations=(*MIGRATIONS, graph_child.STEP)).close()
    with pytest.raises(NewerLibrary):
        restore(tmp_path / LIBRARY, tmp_path / "other")
    with pytest.raises(NewerLibrary) as refused:
        opened(tmp_path)
    assert (refused.value.params["found"], refused.value.params["known"]) == (len(MIGRATIONS) + 2, len(MIGRATIONS) + 1)


def test_every_commit_is_synced_and_readers_cannot_write(tmp_path: Path) -> None:
    opened(tmp_path).close()
    writer, reader = connect(tmp_path / LIBRARY, writing=True), connect(tmp_path / LIBRARY)
    full = 2
    assert writer.execute("PRAGMA synchronous").fetchone() == (full,)
    assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM meta")
    writer.close()
    reader.close()


def test_where_there_is_no_library_none_is_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        open_store(tmp_path / "none", resolve, "1", create=False)
    assert not (tmp_path / "none").exists()


def test_a_full_disk_is_said_and_nothing_of_the_plan_is_kept(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.save(*a_plan("一项"))
    said = answers(store)
    store.close()
    big, plan = some_plans(1, tasks=400)[0]

    def save_beyond_the_limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        limited = opened(tmp_path)
        with pytest.raises((DiskFull, DiskError)):
            limited.save(big, plan)
        assert answers(limited) == said
        limited.close()

    assert ended_well(child_that(save_beyond_the_limit))
    again = opened(tmp_path)
    assert answers(again) == said
    assert again.save(big, plan).outcome == "new"
    again.close()


def test_a_database_without_room_is_a_full_disk(tmp_path: Path) -> None:
    opened(tmp_path).close()
    connection = connect(tmp_path / LIBRARY, writing=True)
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(DiskFull), transaction(connection, tmp_path):
        connection.execute("CREATE TABLE big AS SELECT zeroblob(1000000)")
    connection.close()


def test_a_backup_made_while_others_write_is_restored_whole(tmp_path: Path) -> None:
    store = opened(tmp_path / "library")
    for source, plan in graph_child.PAIRS:
        store.save(source, plan)
    said = answers(store)
    store.backup(tmp_path / "backup.sqlite")
    store.remove(graph_child.PAIRS[0][1].id)
    assert restore(tmp_path / "backup.sqlite", tmp_path / "elsewhere") is None
    elsewhere = opened(tmp_path / "elsewhere")
    assert answers(elsewhere) == said
    elsewhere.close()
    store.close()


def test_restoring_over_a_library_in_use_keeps_what_was_there_and_tells_its_readers(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    store = opened(folder)
    store.save(*graph_child.PAIRS[0])
    said = answers(store)
    store.backup(tmp_path / "backup.sqlite")
    store.save(*graph_child.PAIRS[1])
    seen, before = store.generation(), answers(store)
    kept = restore(tmp_path / "backup.sqlite", folder)
    assert kept is not None
    assert store.generation() > seen
    assert answers(store)[:7] == said[:7]
    assert {(each.plan_id, each.removed) for each in store.changes(seen)} == {
        (graph_child.PAIRS[0][1].id, False),
        (graph_child.PAIRS[1][1].id, True),
    }
    store.close()
    assert restore(kept, tmp_path / "again") is None
    again = opened(tmp_path / "again")
    assert answers(again) == before
    again.close()


def test_a_backup_restores_a_damaged_library_and_the_damaged_file_is_kept(tmp_path: Path) -> None:
    store = opened(tmp_path / "library")
    store.save(*a_plan("一项"))
    said = answers(store)
    store.backup(tmp_path / "backup.sqlite")
    store.close()
    (tmp_path / "library" / LIBRARY).write_bytes(b"broken" * 1000)
    kept = restore(tmp_path / "backup.sqlite", tmp_path / "library")
    assert kept is not None
    assert kept.read_bytes() == b"broken" * 1000
    again = opened(tmp_path / "library")
    assert answers(again) == said
    again.close()


def test_a_broken_backup_is_refused_and_the_library_stays(tmp_path: Path) -> None:
    store = opened(tmp_path / "library")
    store.save(*a_plan("一项"))
    said = answers(store)
    (tmp_path / "backup.sqlite").write_bytes(b"broken" * 1000)
    with pytest.raises(ZerenError):
        restore(tmp_path / "backup.sqlite", tmp_path / "library")
    with pytest.raises(NoLibrary):
        restore(tmp_path / "nothing.sqlite", tmp_path / "library")
    assert answers(store) == said
    store.close()


def test_a_backup_into_a_closed_folder_says_so(tmp_path: Path) -> None:
    store = opened(tmp_path / "library")
    with pytest.raises(LibraryReadOnly) as refused:
        store.backup(tmp_path / "missing" / "backup.sqlite")
    cause = refused.value.__cause__
    assert isinstance(cause, sqlite3.Error) or (isinstance(cause, OSError) and cause.errno == errno.ENOENT)
    store.close()
