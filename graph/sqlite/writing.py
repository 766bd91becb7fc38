"""A transaction of SQLite that writes (`graph.record.commits.Writing`): the record and the tables of one generation."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec

from graph.errors import PlanNotSaved
from graph.query.questions import Saved
from graph.record import commits
from graph.record.decisions import Decision, decided
from graph.record.kept import Kept
from graph.sqlite import record, tables
from graph.store import Resolve, Watch
from ingest.model import Plan, Source

_OF_THE_PLAN = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
"""SQLite's errors that come of what is to be written; all others are of the library or the disk."""

_OF_THE_LIBRARY = (sqlite3.Error, zlib.error, msgspec.DecodeError, OSError)


@dataclass
class SqliteWriting:
    """What a commit does, over the writing connection inside its transaction."""

    connection: sqlite3.Connection
    resolve: Resolve
    stamp: str
    watch: Watch
    counted: bool = False

    def save(self, source: Source, plan: Plan, replace: bool = False) -> Saved:
        """Saves one plan of several in a transaction of its own inside this one. Raises `PlanNotSaved`."""
        counted = self.counted
        self.connection.execute("SAVEPOINT plan")
        try:
            saved = commits.save(self, source, plan, replace)
        except Exception as error:
            if isinstance(error, _OF_THE_LIBRARY) and not isinstance(error, _OF_THE_PLAN):
                raise
            self.connection.execute("ROLLBACK TO plan")
            self.connection.execute("RELEASE plan")
            self.counted = counted
            raise PlanNotSaved(reason=f"{type(error).__name__}: {error}") from error
        self.connection.execute("RELEASE plan")
        return saved

    def generation(self) -> int:
        return int(record.meta(self.connection, "generation"))

    def next_generation(self) -> int:
        if self.counted:
            return self.generation()
        self.counted = True
        return record.next_generation(self.connection)

    def plan_of_bytes(self, sha256: str) -> str | None:
        return record.plan_of_bytes(self.connection, sha256)

    def plan_read_as(self, plan_id: str) -> str | None:
        return record.plan_read_as(self.connection, plan_id)

    def set_aside_of_bytes(self, plan_id: str, sha256: str) -> int | None:
        return record.set_aside_of_bytes(self.connection, plan_id, sha256)

    def answering_version(self, plan_id: str) -> int | None:
        return record.answering_version(self.connection, plan_id)

    def last_version(self, plan_id: str) -> int:
        return record.last_version(self.connection, plan_id)

    def bytes_of(self, plan_id: str, version: int) -> str:
        return record.bytes_of(self.connection, plan_id, version)

    def load(self, plan_id: str) -> Plan:
        return record.load(self.connection, plan_id)

    def add_version(self, plan: Plan, source: Source, number: int) -> None:
        record.add_version(self.connection, plan, source, number)
        record.add_source(self.connection, plan.id, number, source)

    def answer_with(self, plan_id: str, number: int, read_as: str) -> None:
        record.answer_with(self.connection, plan_id, number, self.generation(), read_as)

    def keep(self, kept: Kept) -> None:
        for each in kept.versions:
            record.add_version(self.connection, each.plan, each.files[0].source, each.number, each.added_on)
            for file in each.files:
                record.add_source(self.connection, each.plan.id, each.number, file.source, file.added_on)
        self.answer_with(kept.answering.plan.id, kept.answers, kept.read_as)

    def add_source(self, plan_id: str, version: int, source: Source) -> None:
        record.add_source(self.connection, plan_id, version, source)

    def touch(self, plan_id: str, read_as: str | None = None) -> None:
        record.touch(self.connection, plan_id, self.generation(), read_as)

    def replace_plan(self, plan: Plan, version: int) -> None:
        record.replace_plan(self.connection, plan, version)

    def delete(self, plan_id: str) -> None:
        record.delete(self.connection, plan_id)

    def note_ids(self, gone: Mapping[str, str], here: Collection[str]) -> None:
        record.note_ids(self.connection, gone, here, self.generation())

    def decisions(self) -> tuple[Decision, ...]:
        return record.decisions(self.connection)

    def add_decision(self, decision: Decision) -> None:
        record.add_decision(self.connection, decision)

    def plans_naming(self, units: Collection[str]) -> tuple[str, ...]:
        return tables.plans_naming(self.connection, units)

    def text_of(self, plan_id: str) -> str:
        return record.load_source(self.connection, plan_id, None, None).text

    def fill(self, plan: Plan, text: str) -> None:
        """Fills the tables; all of them where another process, with another lexicon, made them meanwhile."""
        if self.outdated():
            self._make_all()
        else:
            tables.identify_documents(self.connection, tables.fill(self.connection, plan, text, self._resolving()))

    def empty(self, plan_id: str) -> None:
        tables.identify_documents(self.connection, tables.empty(self.connection, plan_id))

    def outdated(self) -> bool:
        """Whether the tables were made by other rules or another lexicon than this process has."""
        return record.meta(self.connection, "stamp") != self.stamp

    def make_tables(self) -> None:
        """Makes all tables anew from the record, as a commit of its own."""
        self._make_all()
        self.next_generation()

    def _make_all(self) -> None:
        tables.make_again(self.connection)
        plans, resolve = record.plan_ids(self.connection), self._resolving()
        for done, plan_id in enumerate(plans):
            self.watch("tables", done, len(plans))
            tables.fill(self.connection, record.load(self.connection, plan_id), self.text_of(plan_id), resolve)
        tables.identify_documents(self.connection)
        record.set_meta(self.connection, "stamp", self.stamp)

    def _resolving(self) -> Resolve:
        """The rules' resolution, as persons have decided."""
        return decided(self.resolve, self.decisions())
