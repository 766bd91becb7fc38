"""The record in SQLite: plans, versions and files as they were ingested. Functions over a connection, no locks."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from graph.derived.columns import statements
from graph.errors import RemovedThing, UnknownThing
from graph.query.questions import Change, SourceRow, VersionRow
from graph.record.decisions import Decision
from graph.record.kept import (
    FileColumns,
    PackedSource,
    counted_tasks,
    now,
    packed_plan,
    packed_source,
    state_of,
    unpacked_plan,
    unpacked_source,
)
from graph.sqlite import checksums
from graph.sqlite.connection import connect_new, named_rows, sync_folder, transaction
from ingest.model import Plan, Source


def create(path: Path, schema: int) -> None:
    """Makes an empty library; it gets its name only when it is whole."""
    part = path.with_name(f"{path.name}.new")
    part.unlink(missing_ok=True)
    connection = connect_new(part)
    try:
        with transaction(connection, part):
            for statement in statements(Path(__file__).with_name("record.sql").read_text(encoding="utf-8")):
                connection.execute(statement)
            meta = {"generation": "0", "library": uuid.uuid4().hex, "stamp": ""}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            checksums.sum_record(connection)
            connection.execute(f"PRAGMA user_version = {schema}")
    finally:
        connection.close()
    os.replace(part, path)
    sync_folder(path.parent)


def meta(connection: sqlite3.Connection, name: str) -> str:
    """A value of the library's own: generation, library, stamp."""
    return str(connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0])


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Sets a value of the library's own."""
    connection.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))
    checksums.sum_meta(connection)


def next_generation(connection: sqlite3.Connection) -> int:
    """Counts a commit and gives its number."""
    generation = int(meta(connection, "generation")) + 1
    set_meta(connection, "generation", str(generation))
    return generation


def answering_version(connection: sqlite3.Connection, plan_id: str) -> int | None:
    """The number of the version that answers, None where the library has no such plan."""
    row = connection.execute("SELECT version FROM plan WHERE id = ?", (plan_id,)).fetchone()
    return None if row is None else int(row[0])


def load(connection: sqlite3.Connection, plan_id: str, version: int | None = None) -> Plan:
    """A plan as stored. Raises `UnknownThing`, `RemovedThing`."""
    number = known_version(connection, plan_id, version)
    row = connection.execute(
        "SELECT plan FROM version WHERE plan_id = ? AND number = ?", (plan_id, number)
    ).fetchone()  # fmt: skip
    if row is None:
        raise UnknownThing(kind="version", id=f"{plan_id} {number}")
    return unpacked_plan(row[0])


def known_version(connection: sqlite3.Connection, plan_id: str, version: int | None) -> int:
    """The version asked for, or the newest. Raises `UnknownThing`, `RemovedThing`."""
    answering = answering_version(connection, plan_id)
    if answering is None:
        raise missing(connection, "plan", plan_id)
    return answering if version is None else version


def missing(connection: sqlite3.Connection, kind: str, id: str) -> UnknownThing | RemovedThing:
    """The error for an id that nothing has (any more)."""
    return RemovedThing(kind=kind, id=id) if was_removed(connection, id) else UnknownThing(kind=kind, id=id)


def was_removed(connection: sqlite3.Connection, id: str) -> bool:
    """Whether a thing of this id was here and is no more."""
    return connection.execute("SELECT 1 FROM removed WHERE id = ?", (id,)).fetchone() is not None


def plan_of_bytes(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The plan whose answering version was read from these bytes."""
    row = connection.execute(
        "SELECT p.id FROM source s JOIN plan p ON p.id = s.plan_id AND p.version = s.version WHERE s.sha256 = ?",
        (sha256,),
    ).fetchone()
    return None if row is None else str(row[0])


def set_aside_of_bytes(connection: sqlite3.Connection, plan_id: str, sha256: str) -> int | None:
    """The version of a plan that was read from these bytes and set aside since it got the one that answers."""
    row = connection.execute(
        "SELECT MAX(s.version) FROM source s JOIN plan p ON p.id = s.plan_id"
        " WHERE s.sha256 = ? AND s.plan_id = ? AND s.version > p.version",
        (sha256, plan_id),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def last_version(connection: sqlite3.Connection, plan_id: str) -> int:
    """The number of a plan's newest version, whether it answers or not; 0 where there is none."""
    row = connection.execute("SELECT MAX(number) FROM version WHERE plan_id = ?", (plan_id,)).fetchone()
    return int(row[0] or 0)


def plan_read_as(connection: sqlite3.Connection, plan_id: str) -> str | None:
    """The id of the stored plan that has this id, or got it when it was last read."""
    row = connection.execute(
        "SELECT id FROM plan WHERE id = ?1 OR read_as = ?1 ORDER BY id = ?1 DESC, id", (plan_id,)
    ).fetchone()
    return None if row is None else str(row[0])


def bytes_of(connection: sqlite3.Connection, plan_id: str, version: int) -> str:
    """The SHA-256 of the file that a version's spans index."""
    row = connection.execute(
        "SELECT sha256 FROM version WHERE plan_id = ? AND number = ?", (plan_id, version)
    ).fetchone()  # fmt: skip
    return str(row[0])


def add_version(
    connection: sqlite3.Connection,
    plan: Plan,
    source: Source,
    number: int,
    added_on: str | None = None,
) -> None:
    """Adds a version that was read from a file; now, unless it was added before."""
    connection.execute(
        "INSERT INTO version VALUES (?, ?, ?, ?, ?)",
        (plan.id, number, packed_plan(plan), source.sha256, added_on or now()),
    )
    checksums.sum_version(connection, plan.id, number)


def answer_with(connection: sqlite3.Connection, plan_id: str, number: int, generation: int, read_as: str) -> None:
    """Says that a version answers from a generation on, and which id the rules give the plan now."""
    connection.execute("INSERT OR REPLACE INTO plan VALUES (?, ?, ?, ?)", (plan_id, number, generation, read_as))
    checksums.sum_plan(connection, plan_id)


def add_source(
    connection: sqlite3.Connection, plan_id: str, version: int, source: Source, added_on: str | None = None
) -> None:
    """Adds a file to a version; now, unless it was added before."""
    connection.execute(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            plan_id,
            version,
            source.sha256,
            source.name,
            source.media,
            len(source.data),
            *packed_source(source),
            added_on or now(),
        ),
    )
    checksums.sum_version(connection, plan_id, version)


def touch(connection: sqlite3.Connection, plan_id: str, generation: int, read_as: str | None) -> None:
    """Says that the plan changed in a generation, and which id the rules give it now, if that may be another."""
    connection.execute(
        "UPDATE plan SET generation = ?, read_as = COALESCE(?, read_as) WHERE id = ?", (generation, read_as, plan_id)
    )
    checksums.sum_plan(connection, plan_id)


def replace_plan(connection: sqlite3.Connection, plan: Plan, number: int) -> None:
    """Puts another reading of the same file in the place of a version's."""
    connection.execute(
        "UPDATE version SET plan = ? WHERE plan_id = ? AND number = ?",
        (packed_plan(plan), plan.id, number),
    )
    checksums.sum_version(connection, plan.id, number)


def delete(connection: sqlite3.Connection, plan_id: str) -> None:
    """Deletes a plan with all its versions and files."""
    for table in ("version", "source"):
        connection.execute(f"DELETE FROM {table} WHERE plan_id = ?", (plan_id,))
    connection.execute("DELETE FROM plan WHERE id = ?", (plan_id,))
    checksums.forget_plan(connection, plan_id)


def decisions(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """The log of decisions, oldest first."""
    rows = connection.execute("SELECT decision FROM decision ORDER BY number").fetchall()
    return tuple(msgspec.json.decode(row[0], type=Decision) for row in rows)


def add_decision(connection: sqlite3.Connection, decision: Decision) -> None:
    """Adds a decision to the log."""
    said = msgspec.json.encode(decision).decode()
    connection.execute("INSERT INTO decision VALUES (?, ?)", (decision.number, said))
    checksums.sum_decisions(connection)


def note_ids(connection: sqlite3.Connection, gone: Mapping[str, str], here: Collection[str], generation: int) -> None:
    """Remembers ids (with their kinds) that went, and forgets that any of those that are here ever went."""
    rows = [(id, kind, generation) for id, kind in gone.items()]
    concerned = msgspec.json.encode([*gone, *here]).decode()
    rest = checksums.removed_sum(connection) - _sum_of_removed(connection, concerned)
    connection.executemany("INSERT OR REPLACE INTO removed VALUES (?, ?, ?)", rows)
    connection.executemany("DELETE FROM removed WHERE id = ?", [(id,) for id in here])
    checksums.note_removed(connection, rest + _sum_of_removed(connection, concerned))


def _sum_of_removed(connection: sqlite3.Connection, ids: str) -> int:
    """The sum of those rows of `removed` that have one of some ids (JSON)."""
    asked = "SELECT r.* FROM (SELECT DISTINCT value FROM json_each(?)) e JOIN removed r ON r.id = e.value"
    return checksums.of_removed(connection.execute(asked, (ids,)))


def load_source(connection: sqlite3.Connection, plan_id: str, version: int | None, sha256: str | None) -> Source:
    """The file that the version's spans index, or another of its files. Raises `UnknownThing`, `RemovedThing`."""
    number = known_version(connection, plan_id, version)
    found = connection.execute(
        "SELECT s.name, s.media, s.sha256, s.data, s.text, s.places FROM source s JOIN version v"
        " ON v.plan_id = s.plan_id AND v.number = s.version"
        " WHERE s.plan_id = ? AND s.version = ? AND s.sha256 = COALESCE(?, v.sha256)",
        (plan_id, number, sha256),
    )
    packed = named_rows(found, PackedSource)
    if not packed:
        raise UnknownThing(kind="source", id=f"{plan_id} {number} {sha256 or ''}".strip())
    return unpacked_source(packed[0])


def versions(connection: sqlite3.Connection, plan_id: str) -> tuple[VersionRow, ...]:
    """All versions, newest first, each with its files, the one that spans index first."""
    answering = known_version(connection, plan_id, None)
    files: dict[int, list[SourceRow]] = {}
    found = connection.execute(
        "SELECT s.version, s.sha256, s.name, s.media, s.size, s.added_on FROM source s JOIN version v"
        " ON v.plan_id = s.plan_id AND v.number = s.version WHERE s.plan_id = ?"
        " ORDER BY s.sha256 <> v.sha256, s.added_on, s.sha256",
        (plan_id,),
    )
    for file in named_rows(found, FileColumns):
        files.setdefault(file.version, []).append(file.row())
    rows = connection.execute(
        "SELECT number, added_on, plan FROM version WHERE plan_id = ? ORDER BY number DESC", (plan_id,)
    )  # fmt: skip
    return tuple(
        VersionRow(number, added_on, counted_tasks(stored), state_of(number, answering), tuple(files.get(number, ())))
        for number, added_on, stored in rows
    )


def changes(connection: sqlite3.Connection, since: int) -> tuple[Change, ...]:
    """Plans saved or removed after a generation, oldest first."""
    rows = connection.execute(
        "SELECT id AS plan_id, generation, 0 AS removed FROM plan WHERE generation > ?1 UNION ALL"
        " SELECT id, generation, 1 FROM removed WHERE kind = 'plan' AND generation > ?1 ORDER BY 2, 1",
        (since,),
    )
    return tuple(named_rows(rows, Change))


def read_as(connection: sqlite3.Connection, plan_id: str) -> str:
    """The id that the rules gave a plan when it was last read. Raises `UnknownThing`, `RemovedThing`."""
    known_version(connection, plan_id, None)
    return str(connection.execute("SELECT read_as FROM plan WHERE id = ?", (plan_id,)).fetchone()[0])


def removed(connection: sqlite3.Connection) -> dict[str, str]:
    """The kinds of ids that were here and are no more."""
    return dict(connection.execute("SELECT id, kind FROM removed ORDER BY id"))


def plan_ids(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The ids of all plans."""
    return tuple(row[0] for row in connection.execute("SELECT id FROM plan ORDER BY id"))
