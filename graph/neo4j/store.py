"""The store on Neo4j: leases, transactions and generations round record, graph and questions.

Many threads may ask one store, and many processes on many machines one database; one process at a time writes. Neo4j
itself shows every reader what was committed last: what a reader sees is one generation because every node says since
and until which generation it holds (graph/neo4j/schema.py).
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from graph.answers.methods import Answer, Answering
from graph.errors import LibraryDamaged, NoLibrary, PlanNotSaved, SnapshotGone
from graph.neo4j import record
from graph.neo4j.backup import copy_library
from graph.neo4j.questions import asking
from graph.neo4j.record import View
from graph.neo4j.rows import drawn_stamp
from graph.neo4j.schema import prepare
from graph.neo4j.server.connection import RETRY, TIMEOUT, Database, Transaction, address_of
from graph.neo4j.server.lease import LEASE, Lease
from graph.neo4j.structure import nodes_and_edges
from graph.neo4j.tables import clear, cover_again, table_counts
from graph.neo4j.writing import Neo4jWriting
from graph.query.questions import Change, Finding, Reread, Saved, Subgraph, VersionRow
from graph.query.row_types import Rows
from graph.record import commits
from graph.record.decisions import Decision
from graph.record.kept import Kept, kept_of
from graph.sqlite.lock import WAIT
from graph.store import Members, Parse, Resolve, Watch, Watched, unminded, unstated, unwatched
from ingest.errors import ZerenError
from ingest.model import Plan, Source

GRACE = 600.0
"""Seconds for which what was replaced is kept for readers that began before."""

_CLEAR_EVERY = 60.0


def open_neo4j_store(
    address: str,
    resolve: Resolve,
    stamp: str,
    *,
    create: bool = True,
    wait: float = WAIT,
    watch: Watch = unwatched,
    members: Members = unstated,
    timeout: float = TIMEOUT,
    retry: float = RETRY,
    lease: float = LEASE,
    grace: float = GRACE,
) -> Neo4jStore:
    """Opens the library in the database at `neo4j://user:password@host:7687/database`, makes it where the database is
    empty, and draws its graph anew where the stamp is another than `stamp` (of rules, lexicon and register). `members`
    is what that states of collectives.

    `wait` for another writer, `timeout` of a transaction, `retry` of a fault that passes, `lease` of the writer's
    lock and `grace` for readers that began before are seconds. Raises `BadAddress`, `DatabaseUnreachable`,
    `DatabaseRefused`, `ForeignGraph`, `NewerLibrary`, `NoLibrary`, `LibraryLocked`.
    """
    database = Database(address_of(address), timeout, retry)
    try:
        prepare(database, create)
        store = Neo4jStore(database, Lease(database, wait, lease), resolve, stamp, watch, members, grace)
        store.renew_tables()
    except BaseException:
        database.close()
        raise
    return store


class Neo4jStore(Answering):
    """`graph.store.Store` over a Neo4j database; made by `open_neo4j_store`."""

    def __init__(
        self,
        database: Database,
        lease: Lease,
        resolve: Resolve,
        stamp: str,
        watch: Watch,
        members: Members,
        grace: float,
    ) -> None:
        super().__init__()
        self._database = database
        self._lease = lease
        self._resolve = resolve
        self._stamp = f"{stamp} {drawn_stamp()}"
        self._watch = watch
        self._members = members
        self._grace = grace
        self._of_thread = threading.local()
        self._seen = ""
        self._cleared = time.monotonic()

    @property
    def database(self) -> Database:
        """The database, for what else is kept in it; the connections are the store's."""
        return self._database

    # The record

    def library_id(self) -> str:
        return self._read(lambda view: str(record.library(view, "id")))

    def generation(self) -> int:
        return self._read(lambda view: view.at)

    def stamp(self) -> str:
        return self._read(lambda view: str(record.library(view, "stamp")))

    def outdated(self) -> bool:
        """Whether the graph was drawn by other rules or another lexicon than this process has."""
        return self.stamp() != self._stamp

    def renew_tables(self) -> None:
        """Draws the graph anew from the record where its stamp is old, a commit for each plan."""
        if not self.outdated():
            return
        with self.writing():
            if not self.outdated():
                return
            plans = self._read(record.plan_ids)
            for done, plan_id in enumerate(plans):
                self._watch("tables", done, len(plans))
                self._commit(partial(Neo4jWriting.draw_again, plan_id=plan_id))
            self._database.write(lambda writing: self._set_stamp(writing, counted=bool(plans)))

    def _set_stamp(self, transaction: Transaction, counted: bool) -> None:
        generation, _ = self._lease.own(transaction)
        cover_again(View(transaction), self._members)
        record.set_library(View(transaction), "stamp", self._stamp)
        if not counted:
            record.set_library(View(transaction), "generation", generation + 1)

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        held: int | None = getattr(self._of_thread, "generation", None)
        if held is not None:
            yield held
            return
        self._of_thread.generation = self._read(lambda view: view.at)
        try:
            yield self._of_thread.generation
        finally:
            self._of_thread.generation = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._lease:
            yield

    def save(self, source: Source, plan: Plan, replace: bool = False) -> Saved:
        with self.writing():
            saved = self._commit(lambda writing: commits.save(writing, source, plan, replace))
        self._after()
        return saved

    def save_all(self, pairs: Sequence[tuple[Source, Plan]], replace: bool = False) -> tuple[Saved | PlanNotSaved, ...]:
        """A commit for each plan: no part of a transaction of Neo4j can be undone alone, and a long one would keep
        the lease from being renewed."""
        with self.writing():
            return commits.save_each(partial(self._save_alone, replace=replace), pairs)

    def _save_alone(self, source: Source, plan: Plan, replace: bool) -> Saved:
        try:
            return self.save(source, plan, replace)
        except ZerenError:
            raise
        except Exception as error:
            raise PlanNotSaved(reason=f"{type(error).__name__}: {error}") from error

    def remove(self, plan_id: str) -> int:
        with self.writing():
            generation = self._commit(lambda writing: commits.remove(writing, plan_id))
        self._after()
        return generation

    def adopt(self, kept: Kept) -> int:
        with self.writing():
            generation = self._commit(lambda writing: commits.adopt(writing, kept))
        self._after()
        return generation

    def adopt_removed(self, ids: Mapping[str, str]) -> int:
        with self.writing():
            return self._commit(lambda writing: commits.adopt_removed(writing, ids))

    def decide(self, decision: Decision) -> Decision:
        with self.writing():
            made = self._commit(lambda writing: commits.decide(writing, decision))
        self._after()
        return made

    def adopt_decisions(self, log: Sequence[Decision]) -> int:
        with self.writing():
            taken = self._commit(lambda writing: commits.adopt_decisions(writing, log))
        self._after()
        return taken

    def decisions(self) -> tuple[Decision, ...]:
        return self._read(record.decisions)

    def reread(self, parse: Parse) -> Iterator[Reread]:
        for plan_id in self._read(record.plan_ids):
            result = self._reread(plan_id, parse)
            if result is not None:
                yield result
        self._after()

    def _reread(self, plan_id: str, parse: Parse) -> Reread | None:
        source = self.source(plan_id)
        read = parse(source)
        if read is None:
            return None
        with self.writing():
            return self._commit(lambda writing: commits.reread(writing, plan_id, source, read))

    def load(self, plan_id: str, version: int | None = None) -> Plan:
        return self._read(lambda view: record.load(view, plan_id, version))

    def source(self, plan_id: str, version: int | None = None, sha256: str | None = None) -> Source:
        return self._read(lambda view: record.load_source(view, plan_id, version, sha256))

    def versions(self, plan_id: str) -> tuple[VersionRow, ...]:
        return self._read(lambda view: record.versions(view, plan_id))

    def changes(self, since: int) -> tuple[Change, ...]:
        return self._read(lambda view: record.changes(view, since))

    def was_removed(self, id: str) -> bool:
        return self._read(lambda view: record.was_removed(view, id))

    def kept(self, plan_id: str) -> Kept:
        with self.snapshot():
            read_as = self._read(lambda view: record.read_as(view, plan_id))
            return kept_of(plan_id, read_as, self)

    def removed(self) -> dict[str, str]:
        return self._read(record.removed)

    def counts(self) -> dict[str, int]:
        return self._read(table_counts)

    def backup(self, target: Path) -> None:
        self._read(lambda view: copy_library(view, target))

    def check(self, watch: Watched = unminded) -> tuple[Finding, ...]:
        return self._read(lambda view: tuple(record.check(view, watch)))

    def examine(self, watch: Watched = unminded) -> tuple[Finding, ...]:
        return self.check(watch)

    # Tables

    def _asked(self, question: Callable[[Rows], Answer]) -> Answer:
        return self._read(lambda view: question(asking(view)))

    def nodes_and_edges(self, plans: Collection[str] | None = None) -> Subgraph:
        return self._read(lambda view: nodes_and_edges(view, plans, view.at, self._members))

    # Transactions

    def close(self) -> None:
        self._database.close()

    def _read(self, question: Callable[[View], Answer]) -> Answer:
        """The answer from the generation that this thread holds, else from the last."""
        held: int | None = getattr(self._of_thread, "generation", None)

        def answer(transaction: Transaction) -> Answer:
            where = transaction.rows(_WHERE)
            if not where:
                raise NoLibrary(path=self._database.address.shown)
            generation, cleared = where[0]
            if held is not None and held < cleared:
                raise SnapshotGone(generation=held)
            return question(View(transaction, generation if held is None else held))

        try:
            return self._database.read(answer)
        except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise LibraryDamaged(path=self._database.address.shown, reason=type(error).__name__) from error

    def _commit(self, does: Callable[[Neo4jWriting], Answer]) -> Answer:
        """One transaction, for who holds the lease."""

        def commit(transaction: Transaction) -> Answer:
            generation, self._seen = self._lease.own(transaction)
            return does(Neo4jWriting(View(transaction), self._resolve, self._members, generation))

        return self._database.write(commit)

    def _after(self) -> None:
        """After a commit: draws all anew where another process has drawn by another lexicon, and clears away."""
        if self._seen != self._stamp:
            self.renew_tables()
        if time.monotonic() - self._cleared >= _CLEAR_EVERY:
            self._cleared = time.monotonic()
            self.clear()

    def clear(self) -> None:
        """Deletes what has been past for longer than the grace."""
        grace = round(self._grace * 1000)
        while self._database.write(lambda transaction: clear(View(transaction), grace)):
            pass


_WHERE = "MATCH (l:Library {name: 'zeren'}) RETURN l.generation, l.cleared"
