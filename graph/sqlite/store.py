"""The store on SQLite (one folder, one file): locks, transactions and generations round record, tables and questions.

Many threads may ask one store, each over a connection of its own; one process at a time writes.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from weakref import WeakSet

from graph.answers.methods import Answer, Answering
from graph.derived.stamp import tables_stamp
from graph.errors import (
    DiskError,
    DiskFull,
    LibraryDamaged,
    LibraryLocked,
    LibraryOutdated,
    LibraryReadOnly,
    NoLibrary,
    PlanNotSaved,
)
from graph.query.questions import Change, Finding, Reread, Saved, Subgraph, VersionRow
from graph.query.row_types import Rows
from graph.record import commits
from graph.record.decisions import Decision
from graph.record.kept import Kept, kept_of
from graph.sqlite import private, record, tables
from graph.sqlite.connection import Connection, connect, is_still, require_still, transaction, translated
from graph.sqlite.lock import WAIT, WriterLock
from graph.sqlite.questions import asking
from graph.sqlite.structure import nodes_and_edges
from graph.sqlite.upkeep.backup import LIBRARY, copy_library, restore_library
from graph.sqlite.upkeep.checking import check, said
from graph.sqlite.upkeep.migrations import MIGRATIONS, current_schema, is_current, migrate
from graph.sqlite.upkeep.seal import is_sealed, is_small, seal
from graph.sqlite.upkeep.soundness import Soundness, mended
from graph.sqlite.writing import SqliteWriting
from graph.store import Members, Parse, Resolve, Watch, Watched, unminded, unstated, unwatched
from ingest.model import Plan, Source


def open_store(
    folder: Path,
    resolve: Resolve,
    stamp: str,
    *,
    create: bool = True,
    wait: float = WAIT,
    migrations: Sequence[str] = MIGRATIONS,
    watch: Watch = unwatched,
    members: Members = unstated,
) -> SqliteStore:
    """Opens the library in a folder, makes it where there is none, migrates it, and makes its tables anew where their
    stamp is another than `stamp` (of rules, lexicon and register). `members` is what it states of collectives.

    In a folder that may not be written it answers from the tables as they are, see `SqliteStore.outdated`.
    Raises `NoLibrary`, `NotALibrary`, `NewerLibrary`, `LibraryDamaged`, `LibraryReadOnly`, `LibraryLocked`.
    """
    path = folder / LIBRARY
    lock = WriterLock(folder / "library.lock", wait)
    with translated(path):
        there = path.exists()
    if not there:
        _create(path, lock, create, current_schema(migrations))
    _migrate(path, lock, migrations)
    store = SqliteStore(path, lock, resolve, stamp, watch, members)
    try:
        store.assure()
        store.renew_tables()
    except BaseException:
        store.close()
        raise
    return store


def _migrate(path: Path, lock: WriterLock, migrations: Sequence[str]) -> None:
    """Takes the library to today's schema; where the folder may not be written, steps that only add are not missed."""
    with closing(connect(path)) as connection:
        current = is_current(connection, path, migrations)
    if not current:
        with suppress(LibraryReadOnly), lock:
            migrate(path, migrations)


def restore(backup: Path, folder: Path, wait: float = WAIT) -> Path | None:
    """Puts a backup in the place of the folder's library; where that is kept, see
    `graph.sqlite.upkeep.backup.restore_library`.

    Raises also `NewerLibrary`, `LibraryLocked`, `LibraryReadOnly`.
    """
    if backup.is_file():
        _refuse_newer(backup)
    _make_folder(folder)
    with WriterLock(folder / "library.lock", wait):
        return restore_library(backup, folder)


def _refuse_newer(backup: Path) -> None:
    with closing(connect(backup)) as connection, translated(backup):
        is_current(connection, backup)


def _create(path: Path, lock: WriterLock, create: bool, schema: int) -> None:
    if not create:
        raise NoLibrary(path=str(path.parent))
    _make_folder(path.parent)
    with lock:
        if not path.exists():
            with translated(path):
                record.create(path, schema)


def _make_folder(folder: Path) -> None:
    try:
        private.make_folder(folder)
    except OSError as error:
        raise LibraryReadOnly(path=str(folder)) from error


@dataclass(eq=False)
class _Handle:
    """A thread's connection for reading; it goes with its thread."""

    connection: Connection


class SqliteStore(Answering):
    """`graph.store.Store` over one SQLite file; made by `open_store`."""

    def __init__(
        self, path: Path, lock: WriterLock, resolve: Resolve, stamp: str, watch: Watch, members: Members
    ) -> None:
        super().__init__()
        self._path = path
        self._lock = lock
        self._resolve = resolve
        self._stamp = f"{stamp} {tables_stamp()}"
        self._watch = watch
        self._members = members
        self._of_thread = threading.local()
        self._opened: WeakSet[_Handle] = WeakSet()
        self._writer: sqlite3.Connection | None = None
        self._sound = Soundness()

    # The record

    def library_id(self) -> str:
        return self._read(lambda reading: record.meta(reading, "library"))

    def generation(self) -> int:
        return self._read(lambda reading: int(record.meta(reading, "generation")))

    def stamp(self) -> str:
        return self._read(lambda reading: record.meta(reading, "stamp"))

    def outdated(self) -> bool:
        """Whether the tables were made by other rules or another lexicon than this process has."""
        return self.stamp() != self._stamp

    def renew_tables(self) -> None:
        """Makes the tables anew from the record where their stamp is old and the folder may be written."""
        if not self.outdated():
            return
        try:
            with self.writing(), self._commit(tables_only=True) as writing:
                if writing.outdated():
                    writing.make_tables()
        except LibraryReadOnly:
            if self.stamp() == "":
                raise
            if not self._read(tables.are_ours):
                raise LibraryOutdated(path=str(self._path)) from None

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        with translated(self._path):
            reading = self._reader()
            outermost = not reading.in_transaction
            if outermost:
                self._sound.require()
                reading.execute("BEGIN")
            try:
                yield int(record.meta(reading, "generation"))
            finally:
                if outermost and reading.in_transaction:
                    reading.execute("COMMIT")
            if outermost:
                require_still(reading, self._path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._lock:
            yield

    def save(self, source: Source, plan: Plan, replace: bool = False) -> Saved:
        with self.writing(), self._commit() as writing:
            return commits.save(writing, source, plan, replace)

    def save_all(self, pairs: Sequence[tuple[Source, Plan]], replace: bool = False) -> tuple[Saved | PlanNotSaved, ...]:
        with self.writing(), self._commit() as writing:
            return commits.save_each(partial(writing.save, replace=replace), pairs)

    def remove(self, plan_id: str) -> int:
        with self.writing(), self._commit() as writing:
            return commits.remove(writing, plan_id)

    def adopt(self, kept: Kept) -> int:
        with self.writing(), self._commit() as writing:
            return commits.adopt(writing, kept)

    def adopt_removed(self, ids: Mapping[str, str]) -> int:
        with self.writing(), self._commit() as writing:
            return commits.adopt_removed(writing, ids)

    def decide(self, decision: Decision) -> Decision:
        with self.writing(), self._commit() as writing:
            return commits.decide(writing, decision)

    def adopt_decisions(self, log: Sequence[Decision]) -> int:
        with self.writing(), self._commit() as writing:
            return commits.adopt_decisions(writing, log)

    def decisions(self) -> tuple[Decision, ...]:
        return self._read(record.decisions)

    def reread(self, parse: Parse) -> Iterator[Reread]:
        for plan_id in self._read(record.plan_ids):
            source = self.source(plan_id)
            read = parse(source)
            if read is None:
                continue
            with self.writing(), self._commit() as writing:
                result = commits.reread(writing, plan_id, source, read)
            if result is not None:
                yield result

    def load(self, plan_id: str, version: int | None = None) -> Plan:
        return self._of(plan_id, lambda reading: record.load(reading, plan_id, version))

    def source(self, plan_id: str, version: int | None = None, sha256: str | None = None) -> Source:
        return self._of(plan_id, lambda reading: record.load_source(reading, plan_id, version, sha256))

    def versions(self, plan_id: str) -> tuple[VersionRow, ...]:
        return self._of(plan_id, lambda reading: record.versions(reading, plan_id))

    def changes(self, since: int) -> tuple[Change, ...]:
        return self._read(lambda reading: record.changes(reading, since))

    def was_removed(self, id: str) -> bool:
        return self._read(lambda reading: record.was_removed(reading, id))

    def kept(self, plan_id: str) -> Kept:
        with self.snapshot():
            read_as = self._read(lambda reading: record.read_as(reading, plan_id))
            return kept_of(plan_id, read_as, self)

    def removed(self) -> dict[str, str]:
        return self._read(record.removed)

    def counts(self) -> dict[str, int]:
        return self._read(tables.table_counts)

    def backup(self, target: Path) -> None:
        self._read(lambda reading: copy_library(reading, target))

    def check(self, watch: Watched = unminded) -> tuple[Finding, ...]:
        return self._read(lambda reading: check(reading, watch))

    def examine(self, watch: Watched = unminded) -> tuple[Finding, ...]:
        def checked(reading: sqlite3.Connection) -> tuple[Finding, ...]:
            found = check(reading, watch)
            if not found:
                seal(reading, self._path)
            return found

        found = self._read(checked)
        self._sound.lost = frozenset(each.about for each in found if each.code == "plan")
        self._mend([each for each in found if each.code != "plan"])
        return found

    def assure(self) -> None:
        """Looks whether the library is what was last found sound, and reads it whole where it is not, unless it is
        large. Raises `LibraryDamaged`."""
        if not self._read(lambda reading: not is_small(reading) or is_sealed(reading, self._path)):
            self.examine()

    def _mend(self, found: Sequence[Finding]) -> None:
        """Makes again what can be; else this store answers nothing any more. Raises `LibraryDamaged`."""
        if not found:
            return
        try:
            if any(each.code == "record" for each in found):
                raise LibraryDamaged(path=str(self._path), reason=said(found[0]))
            with self.writing(), self._commit(tables_only=True) as writing:
                self._watch("mending", 0, 1)
                mended(writing)
        except (LibraryDamaged, LibraryReadOnly, DiskFull, DiskError, LibraryLocked) as error:
            self._sound.refuse(self._path, found[0])
            raise LibraryDamaged(path=str(self._path), reason=said(found[0])) from error

    # Tables

    def _asked(self, question: Callable[[Rows], Answer]) -> Answer:
        return self._read(lambda reading: question(asking(reading)))

    def nodes_and_edges(self, plans: Collection[str] | None = None) -> Subgraph:
        with self.snapshot() as generation:
            return nodes_and_edges(self._reader(), plans, generation, self._members)

    # Connections

    def close(self) -> None:
        for handle in self._opened:
            handle.connection.close()
        if self._writer is not None:
            if self._sound.whole:
                seal(self._writer, self._path)
            self._writer.close()
        self._opened, self._writer, self._of_thread = WeakSet(), None, threading.local()

    def _read(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with self.snapshot():
            return question(self._reader())

    def _of(self, plan_id: str, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """An answer out of what the record holds of one plan. Raises `PlanDamaged`."""
        with self._sound.of(self._path, plan_id):
            return self._read(question)

    def _reader(self) -> Connection:
        handle: _Handle | None = getattr(self._of_thread, "handle", None)
        if handle is not None and not handle.connection.in_transaction and not is_still(handle.connection, self._path):
            handle.connection.close()
            handle = None
        if handle is None:
            handle = self._of_thread.handle = _Handle(connect(self._path))
            self._opened.add(handle)
        return handle.connection

    @contextmanager
    def _commit(self, *, tables_only: bool = False) -> Iterator[SqliteWriting]:
        """One transaction, for who holds the lock. Raises `LibraryDamaged` where the record is damaged, before any."""
        if not tables_only:
            self._sound.require_whole(self._path)
        connection = self._writing_connection()
        with transaction(connection, self._path):
            yield SqliteWriting(connection, self._resolve, self._stamp, self._watch)

    def _writing_connection(self) -> sqlite3.Connection:
        if self._writer is None:
            private.keep_library(self._path.parent)
            self._writer = connect(self._path, writing=True)
        return self._writer
