"""The store on SQLite (one folder, one file): locks, transactions and generations round record, tables and questions.

Many threads may ask one store, each over a connection of its own; one process at a time writes.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

from graph import sqlite_questions as ask
from graph import sqlite_record as record
from graph import sqlite_tables as tables
from graph.backup import LIBRARY, copy_library, restore_library
from graph.errors import LibraryReadOnly, NoLibrary
from graph.lock import WAIT, WriterLock
from graph.migrations import MIGRATIONS, current_schema, is_current, migrate
from graph.questions import (
    Change,
    Citing,
    DocumentRow,
    DoubtRow,
    Due,
    Duty,
    Gap,
    GapCode,
    Partner,
    PlanRow,
    Reread,
    Saved,
    Subgraph,
    TargetRow,
    TaskDeadline,
    UnitRow,
    VersionRow,
)
from graph.sqlite_connection import connect, transaction, translated
from graph.sqlite_structure import nodes_and_edges
from graph.store import Parse, Resolve, Watch, unwatched
from ingest.carry import carry_ids
from ingest.identity import short_hash
from ingest.model import Plan, Role, Source

Answer = TypeVar("Answer")


def open_store(
    folder: Path,
    resolve: Resolve,
    stamp: str,
    *,
    create: bool = True,
    wait: float = WAIT,
    migrations: Sequence[str] = MIGRATIONS,
    watch: Watch = unwatched,
) -> SqliteStore:
    """Opens the library in a folder, makes it where there is none, migrates it, and makes its tables anew where their
    stamp is another than `stamp` (of rules, lexicon and register).

    In a folder that may not be written it answers from the tables as they are, see `SqliteStore.outdated`.
    Raises `NoLibrary`, `NotALibrary`, `NewerLibrary`, `LibraryDamaged`, `LibraryReadOnly`, `LibraryLocked`.
    """
    path = folder / LIBRARY
    lock = WriterLock(folder / "library.lock", wait)
    if not path.exists():
        _create(path, lock, create, current_schema(migrations))
    connection = connect(path)
    try:
        if not is_current(connection, path, migrations):
            with lock:
                migrate(path, migrations)
    finally:
        connection.close()
    store = SqliteStore(path, lock, resolve, stamp, watch)
    try:
        store.renew_tables()
    except BaseException:
        store.close()
        raise
    return store


def restore(backup: Path, folder: Path, wait: float = WAIT) -> Path | None:
    """Puts a backup in the place of the folder's library; where that is kept, see `graph.backup.restore_library`.

    Raises also `NewerLibrary`, `LibraryLocked`, `LibraryReadOnly`.
    """
    if backup.is_file():
        _refuse_newer(backup)
    _make_folder(folder)
    with WriterLock(folder / "library.lock", wait):
        return restore_library(backup, folder)


def _refuse_newer(backup: Path) -> None:
    connection = connect(backup)
    try:
        is_current(connection, backup)
    finally:
        connection.close()


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
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryReadOnly(path=str(folder)) from error


@dataclass(eq=False)
class _Handle:
    """A thread's connection for reading; it goes with its thread."""

    connection: sqlite3.Connection


class SqliteStore:
    """`graph.store.Store` over one SQLite file; made by `open_store`."""

    def __init__(self, path: Path, lock: WriterLock, resolve: Resolve, stamp: str, watch: Watch = unwatched) -> None:
        self._path = path
        self._lock = lock
        self._resolve = resolve
        self._stamp = f"{stamp} {short_hash(tables.made_by())}"
        self._watch = watch
        self._of_thread = threading.local()
        self._opened: WeakSet[_Handle] = WeakSet()
        self._writer: sqlite3.Connection | None = None

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
            with self.writing(), self._commit() as writing:
                if record.meta(writing, "stamp") != self._stamp:
                    self._make_tables(writing)
        except LibraryReadOnly:
            if self.stamp() == "":
                raise

    def _make_tables(self, writing: sqlite3.Connection) -> None:
        tables.make_again(writing)
        plans = record.plan_ids(writing)
        for done, plan_id in enumerate(plans):
            self._watch("tables", done, len(plans))
            text = record.load_source(writing, plan_id, None, None).text
            tables.fill(writing, record.load(writing, plan_id), text, self._resolve)
        tables.identify_documents(writing)
        record.set_meta(writing, "stamp", self._stamp)
        record.next_generation(writing)

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        with translated(self._path):
            reading = self._reader()
            outermost = not reading.in_transaction
            if outermost:
                reading.execute("BEGIN")
            try:
                yield int(record.meta(reading, "generation"))
            finally:
                if outermost and reading.in_transaction:
                    reading.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._lock:
            yield

    def save(self, source: Source, plan: Plan) -> Saved:
        with self.writing():
            with self._reading_newest() as reading:
                same = record.plan_of_bytes(reading, source.sha256)
                if same is not None:
                    version = record.known_version(reading, same, None)
                    generation = int(record.meta(reading, "generation"))
                    return Saved("unchanged", record.load(reading, same), version, generation)
            with self._commit() as writing:
                return self._save(writing, source, plan)

    def _save(self, writing: sqlite3.Connection, source: Source, plan: Plan) -> Saved:
        generation = record.next_generation(writing)
        known = record.plan_read_as(writing, plan.id)
        old = None if known is None else record.load(writing, known)
        newest = 0 if old is None else record.known_version(writing, old.id, None)
        if old is not None and record.says_the_same(plan, old):
            record.add_source(writing, old.id, newest, source)
            record.touch(writing, old.id, generation, plan.id)
            return Saved("second-source", old, newest, generation)
        kept = plan if old is None else carry_ids(plan, old)
        number = newest + 1
        record.add_version(writing, kept, source, number, generation, plan.id)
        record.note_ids(writing, old, kept, generation)
        self._fill(writing, kept, source)
        return Saved("new" if old is None else "new-version", kept, number, generation)

    def _fill(self, writing: sqlite3.Connection, plan: Plan, source: Source) -> None:
        """Fills the tables; all of them where another process, with another lexicon, made them meanwhile."""
        if record.meta(writing, "stamp") != self._stamp:
            self._make_tables(writing)
            return
        tables.identify_documents(writing, tables.fill(writing, plan, source.text, self._resolve))

    def remove(self, plan_id: str) -> int:
        with self.writing(), self._commit() as writing:
            old = record.load(writing, plan_id)
            generation = record.next_generation(writing)
            record.note_ids(writing, old, None, generation)
            record.delete(writing, plan_id)
            tables.identify_documents(writing, tables.empty(writing, plan_id))
        return generation

    def reread(self, parse: Parse) -> Iterator[Reread]:
        for plan_id in self._read(record.plan_ids):
            source = self.source(plan_id)
            read = parse(source)
            with self.writing():
                result = self._reread(plan_id, source, read)
            if result is not None:
                yield result

    def _reread(self, plan_id: str, source: Source, read: Plan) -> Reread | None:
        """None where the plan went, or got a newer file, while it was read."""
        with self._reading_newest() as reading:
            version = record.newest_version(reading, plan_id)
            if version is None or record.load_source(reading, plan_id, None, None).sha256 != source.sha256:
                return None
            old = record.load(reading, plan_id)
        new = carry_ids(read, old)
        if new == old:
            return Reread(plan_id, False, (), (), ())
        with self._commit() as writing:
            generation = record.next_generation(writing)
            record.replace_plan(writing, new, version)
            record.touch(writing, plan_id, generation, read.id)
            record.note_ids(writing, old, new, generation)
            self._fill(writing, new, source)
        return _difference(old, new)

    def load(self, plan_id: str, version: int | None = None) -> Plan:
        return self._read(lambda reading: record.load(reading, plan_id, version))

    def source(self, plan_id: str, version: int | None = None, sha256: str | None = None) -> Source:
        return self._read(lambda reading: record.load_source(reading, plan_id, version, sha256))

    def versions(self, plan_id: str) -> tuple[VersionRow, ...]:
        return self._read(lambda reading: record.versions(reading, plan_id))

    def changes(self, since: int) -> tuple[Change, ...]:
        return self._read(lambda reading: record.changes(reading, since))

    def was_removed(self, id: str) -> bool:
        return self._read(lambda reading: record.was_removed(reading, id))

    def backup(self, target: Path) -> None:
        self._read(lambda reading: copy_library(reading, target))

    def check(self) -> None:
        self._read(lambda reading: record.check(reading, self._path))

    # Tables

    def plans(self) -> tuple[PlanRow, ...]:
        return self._read(ask.plans)

    def units(self, plan: str | None = None) -> tuple[UnitRow, ...]:
        return self._ask(plan, lambda reading: ask.units(reading, plan))

    def unit(self, unit_id: str) -> UnitRow:
        return self._read(lambda reading: ask.unit(reading, unit_id))

    def duties_of(
        self,
        unit_id: str,
        role: Role | None = None,
        plan: str | None = None,
        deadline: TaskDeadline | None = None,
    ) -> tuple[Duty, ...]:
        return self._ask(plan, lambda reading: ask.duties_of(reading, unit_id, role, plan, deadline))

    def partners_of(self, unit_id: str, plan: str | None = None) -> tuple[Partner, ...]:
        return self._ask(plan, lambda reading: ask.partners_of(reading, unit_id, plan))

    def documents(self) -> tuple[DocumentRow, ...]:
        return self._read(ask.documents)

    def document(self, document_id: str) -> DocumentRow:
        return self._read(lambda reading: ask.document(reading, document_id))

    def citing(self, document_id: str) -> tuple[Citing, ...]:
        return self._read(lambda reading: ask.citing(reading, document_id))

    def due_between(self, start: str, end: str, plan: str | None = None, unit: str | None = None) -> tuple[Due, ...]:
        return self._ask(plan, lambda reading: ask.due_between(reading, start, end, plan, unit))

    def gaps(self, code: GapCode | None = None, plan: str | None = None) -> tuple[Gap, ...]:
        return self._ask(plan, lambda reading: ask.gaps(reading, code, plan))

    def gap_counts(self, plan: str | None = None) -> dict[GapCode, int]:
        return self._ask(plan, lambda reading: ask.gap_counts(reading, plan))

    def targets(self, plan: str | None = None) -> tuple[TargetRow, ...]:
        return self._ask(plan, lambda reading: ask.targets(reading, plan))

    def doubts(self, plan: str | None = None) -> tuple[DoubtRow, ...]:
        return self._ask(plan, lambda reading: ask.doubts(reading, plan))

    def nodes_and_edges(self, plans: Collection[str] | None = None) -> Subgraph:
        with self.snapshot() as generation:
            return nodes_and_edges(self._reader(), plans, generation)

    # Connections

    def close(self) -> None:
        for handle in self._opened:
            handle.connection.close()
        if self._writer is not None:
            self._writer.close()
        self._opened, self._writer, self._of_thread = WeakSet(), None, threading.local()

    def _read(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with self.snapshot():
            return question(self._reader())

    def _ask(self, plan: str | None, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """The answer to a question that may name a plan, which then must be there."""
        with self.snapshot():
            ask.require_plan(self._reader(), plan)
            return question(self._reader())

    def _reader(self) -> sqlite3.Connection:
        handle: _Handle | None = getattr(self._of_thread, "handle", None)
        if handle is None:
            handle = self._of_thread.handle = _Handle(connect(self._path))
            self._opened.add(handle)
        return handle.connection

    @contextmanager
    def _reading_newest(self) -> Iterator[sqlite3.Connection]:
        """What is there now, whatever snapshot this thread holds; for who holds the lock."""
        with translated(self._path):
            yield self._writing_connection()

    @contextmanager
    def _commit(self) -> Iterator[sqlite3.Connection]:
        """One transaction, for who holds the lock."""
        writing = self._writing_connection()
        with transaction(writing, self._path):
            yield writing

    def _writing_connection(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = connect(self._path, writing=True)
        return self._writer


def _difference(old: Plan, new: Plan) -> Reread:
    before, after = {task.id: task for task in old.tasks}, {task.id: task for task in new.tasks}
    return Reread(
        new.id,
        True,
        tuple(id for id in after if id not in before),
        tuple(id for id in before if id not in after),
        tuple(id for id in after if id in before and after[id] != before[id]),
    )
