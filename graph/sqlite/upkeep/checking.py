"""Reading a library whole (核对): every page, every plan and file of the record, every row of the tables."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from graph.derived.columns import definitions, one_spelling
from graph.derived.rows import TABLES
from graph.derived.stamp import tables_stamp
from graph.errors import LibraryDamaged
from graph.query.questions import Finding
from graph.sqlite import checksums, record
from graph.sqlite.connection import connect
from graph.sqlite.tables import identify_anew
from graph.store import Watched, unminded
from ingest.errors import ZerenError

_BROKEN = (sqlite3.Error, zlib.error, msgspec.MsgspecError, ZerenError, ValueError, TypeError, OverflowError)
"""What damaged bytes become when they are read as what they were."""

MADE_AGAIN = frozenset({"tables", "documents"})
"""Findings about what can be made again from the record."""

_MOST = 10
"""Findings about pages that are told."""


def check_file(path: Path, watch: Watched = unminded) -> tuple[Finding, ...]:
    """What of a library's file is not as it was written. Raises what `connect` raises."""
    connection = connect(path)
    try:
        connection.execute("BEGIN")
        return check(connection, watch)
    except sqlite3.Error as error:
        return (Finding("pages", "", str(error)),)
    finally:
        connection.close()


def require_sound(path: Path, but_for: frozenset[str] = frozenset()) -> None:
    """Reads a file whole. Raises `LibraryDamaged` for the first finding of another kind than `but_for`."""
    for found in check_file(path):
        if found.code not in but_for:
            raise LibraryDamaged(path=str(path), reason=said(found))


def said(found: Finding) -> str:
    """A finding in short, as the reason of an error."""
    return " ".join(filter(None, (found.code, found.about, found.detail)))


def check(connection: sqlite3.Connection, watch: Watched = unminded) -> tuple[Finding, ...]:
    """All findings about what a connection sees; inside a transaction, of one generation."""
    try:
        found = [*_pages(connection), *_record(connection, watch)]
        if checksums.has_table_sums(connection):
            found += _tables(connection)
        return tuple(found)
    except _BROKEN as error:
        return (*_pages(connection), Finding("record", "", str(error)))


def _pages(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
            if line != "ok":
                yield Finding("pages", "", " ".join(str(line).split()))
    except sqlite3.Error as error:
        yield Finding("pages", "", str(error))


def _record(connection: sqlite3.Connection, watch: Watched) -> Iterator[Finding]:
    if (schema := connection.execute("PRAGMA user_version").fetchone()[0]) < 1:
        yield Finding("record", "schema", str(schema))
    noted = _noted(connection)
    versions = connection.execute("SELECT plan_id, number FROM version ORDER BY 1, 2").fetchall()
    plans = [row[0] for row in connection.execute("SELECT id FROM plan ORDER BY 1")]
    for done, key in enumerate(versions):
        watch(done, len(versions))
        yield from _version(connection, key, noted)
    if noted is None:
        return
    there = {*versions, *((plan_id, checksums.OF_PLAN) for plan_id in plans)}
    for plan_id in plans:
        if noted.get((plan_id, checksums.OF_PLAN)) != checksums.of_plan(connection, plan_id):
            yield Finding("plan", plan_id)
    for plan_id in sorted({key[0] for key in noted.keys() - there if key[0] != checksums.OF_LIBRARY}):
        yield Finding("plan", plan_id)
    if noted.get((checksums.OF_LIBRARY, checksums.OF_META)) != checksums.of_meta(connection):
        yield Finding("record", "meta")
    decisions = checksums.of_decisions(connection)
    if noted.get((checksums.OF_LIBRARY, checksums.OF_DECISIONS), decisions) != decisions:
        yield Finding("record", "decisions")
    gone = checksums.of_removed(connection.execute("SELECT * FROM removed NOT INDEXED"))
    if (gone - checksums.removed_sum(connection)) % (1 << 128):
        yield Finding("record", "removed")


def _noted(connection: sqlite3.Connection) -> dict[tuple[str, int], bytes] | None:
    """The sums that the record has; None in a library from before there were any."""
    if not checksums.is_summed(connection):
        return None
    rows = connection.execute("SELECT plan_id, version, digest FROM record_sum")
    return {(plan_id, version): digest for plan_id, version, digest in rows}


def _version(
    connection: sqlite3.Connection, key: tuple[str, int], noted: dict[tuple[str, int], bytes] | None
) -> Iterator[Finding]:
    """A version: its sum, its reading decoded, each of its files against its SHA-256."""
    plan_id, number = key
    try:
        if noted is not None and noted.get(key) != checksums.of_version(connection, plan_id, number):
            yield Finding("plan", plan_id, str(number))
            return
        record.load(connection, plan_id, number)
        files = connection.execute("SELECT sha256 FROM source WHERE plan_id = ? AND version = ?", key).fetchall()
        for (digest,) in files:
            data = record.load_source(connection, plan_id, number, digest).data
            if hashlib.sha256(data).hexdigest() != digest:
                yield Finding("plan", plan_id, f"{number} SHA-256 {digest}")
    except _BROKEN as error:
        yield Finding("plan", plan_id, f"{number} {type(error).__name__}")


def _tables(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Each plan's rows against their sum; tables over all plans against what is made again from the rows.

    Tables that another Zeren made are not read: it had others, and they are made again before anybody asks them.
    """
    if not _made_by_this_program(connection):
        return
    try:
        noted = dict(connection.execute("SELECT plan_id, digest FROM checksum").fetchall())
        plans = {row[0] for row in connection.execute("SELECT id FROM plan")}
        for plan_id in sorted(plans | noted.keys()):
            if plan_id not in plans or noted.get(plan_id) != checksums.of_tables(connection, plan_id):
                yield Finding("tables", plan_id)
        if not (_stated(connection) and _documents_agree(connection)):
            yield Finding("documents", "")
    except _BROKEN as error:
        yield Finding("tables", "", str(error))


def _made_by_this_program(connection: sqlite3.Connection) -> bool:
    return record.meta(connection, "stamp").endswith(f" {tables_stamp()}")


def _stated(connection: sqlite3.Connection) -> bool:
    """Whether tables and indexes are those of tables.sql, but for blanks."""
    there = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return set(definitions()) <= {one_spelling(str(row[0])) for row in there}


def _documents_agree(connection: sqlite3.Connection) -> bool:
    """Identifies documents anew in tables of a moment that hide the library's, and compares."""
    over_all = [
        (name, statement)
        for statement in definitions()
        if (name := _table_of(statement)) and name not in {*TABLES, "checksum"}
    ]
    only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")
    try:
        for _, statement in over_all:
            connection.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        identify_anew(connection)
        return not any(_differ(connection, name) for name, _ in over_all)
    finally:
        for name, _ in over_all:
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute(f"PRAGMA query_only = {only}")


def _table_of(statement: str) -> str | None:
    found = re.search(r"CREATE TABLE (\w+)", statement)
    return found[1] if found else None


def _differ(connection: sqlite3.Connection, name: str) -> bool:
    sides = (f"main.{name}", f"temp.{name}")
    counts = {connection.execute(f"SELECT COUNT(*) FROM {side}").fetchone()[0] for side in sides}
    more = connection.execute(f"SELECT * FROM {sides[0]} EXCEPT SELECT * FROM {sides[1]} LIMIT 1").fetchone()
    return len(counts) > 1 or more is not None
