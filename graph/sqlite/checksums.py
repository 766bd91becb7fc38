"""Checksums of what SQLite keeps (校验): of each version in the record, and of each plan's rows in the tables.

They are written in the transaction that writes what they are of, from what then stands in the tables, so that reading
the same again must give the same. They find what changed by itself (a disk, a copy), not what somebody meant to change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from graph.derived.rows import TABLES

OF_LIBRARY = ""
"""Stands for a plan's id in the sums of what belongs to no plan."""

OF_PLAN, OF_META, OF_REMOVED, OF_DECISIONS = 0, 0, 1, 2
"""Stand for a version in the sum of a plan's own row, and of the library's three tables without plans."""

_SIZE = 16


def is_summed(connection: sqlite3.Connection) -> bool:
    """Whether the library is of a schema that has sums of its record."""
    return _has_table(connection, "record_sum")


def has_table_sums(connection: sqlite3.Connection) -> bool:
    """Whether the tables are of a kind that has sums."""
    return _has_table(connection, "checksum")


def of_version(connection: sqlite3.Connection, plan_id: str, version: int) -> bytes:
    """A version with its files, but for their bytes, which have their own SHA-256."""
    files = ", ".join(f'"{name}"' for name in _columns(connection, "source") if name != "data")
    key = (plan_id, version)
    return _digest(
        [
            *connection.execute("SELECT * FROM version WHERE plan_id = ? AND number = ?", key),
            *connection.execute(f"SELECT {files} FROM source WHERE plan_id = ? AND version = ? ORDER BY sha256", key),
        ]
    )


def of_plan(connection: sqlite3.Connection, plan_id: str) -> bytes:
    """A plan's own row, and which versions it has."""
    return _digest(
        [
            *connection.execute("SELECT * FROM plan WHERE id = ?", (plan_id,)),
            *connection.execute("SELECT number FROM version WHERE plan_id = ? ORDER BY number", (plan_id,)),
        ]
    )


def of_meta(connection: sqlite3.Connection) -> bytes:
    """The library's own values."""
    return _digest(connection.execute("SELECT * FROM meta ORDER BY name"))


def of_decisions(connection: sqlite3.Connection) -> bytes:
    """The log of decisions, whole: it is short. That of a library from before there was any is empty."""
    there = _has_table(connection, "decision")
    return _digest(connection.execute("SELECT * FROM decision ORDER BY number") if there else ())


def of_removed(rows: Iterable[object]) -> int:
    """Rows of `removed`, as a number that counts each row for itself: a commit changes few of many."""
    return sum(int.from_bytes(_digest([row])) for row in rows)


def of_tables(connection: sqlite3.Connection, plan_id: str) -> bytes:
    """A plan's rows in all tables that answer questions."""
    return _digest(_rows_of_plan(connection, plan_id))


def sum_version(connection: sqlite3.Connection, plan_id: str, version: int) -> None:
    """Notes the sum of a version that was written, and that of its plan."""
    _note(connection, plan_id, version, of_version(connection, plan_id, version))
    sum_plan(connection, plan_id)


def sum_plan(connection: sqlite3.Connection, plan_id: str) -> None:
    """Notes the sum of a plan's row that was written."""
    _note(connection, plan_id, OF_PLAN, of_plan(connection, plan_id))


def forget_plan(connection: sqlite3.Connection, plan_id: str) -> None:
    """Forgets the sums of a plan that was deleted from the record."""
    connection.execute("DELETE FROM record_sum WHERE plan_id = ?", (plan_id,))


def sum_meta(connection: sqlite3.Connection) -> None:
    """Notes the sum of the library's own values that were written."""
    _note(connection, OF_LIBRARY, OF_META, of_meta(connection))


def sum_decisions(connection: sqlite3.Connection) -> None:
    """Notes the sum of the log of decisions that was written."""
    _note(connection, OF_LIBRARY, OF_DECISIONS, of_decisions(connection))


def removed_sum(connection: sqlite3.Connection) -> int:
    """The noted sum of `removed`."""
    row = connection.execute(
        "SELECT digest FROM record_sum WHERE plan_id = ? AND version = ?", (OF_LIBRARY, OF_REMOVED)
    ).fetchone()
    return int.from_bytes(row[0]) if row else 0


def note_removed(connection: sqlite3.Connection, total: int) -> None:
    """Notes the sum of `removed`."""
    _note(connection, OF_LIBRARY, OF_REMOVED, (total % (1 << 8 * _SIZE)).to_bytes(_SIZE))


def sum_record(connection: sqlite3.Connection) -> None:
    """Notes all sums of the record anew, after a step that wrote to all of it."""
    if not is_summed(connection):
        return
    connection.execute("DELETE FROM record_sum")
    for plan_id, number in connection.execute("SELECT plan_id, number FROM version").fetchall():
        _note(connection, plan_id, number, of_version(connection, plan_id, number))
    for (plan_id,) in connection.execute("SELECT id FROM plan").fetchall():
        sum_plan(connection, plan_id)
    sum_meta(connection)
    sum_decisions(connection)
    note_removed(connection, of_removed(connection.execute("SELECT * FROM removed")))


def sum_tables(connection: sqlite3.Connection, plan_id: str) -> None:
    """Notes the sum of a plan's rows that were written."""
    connection.execute("INSERT OR REPLACE INTO checksum VALUES (?, ?)", (plan_id, of_tables(connection, plan_id)))


def forget_tables(connection: sqlite3.Connection, plan_id: str) -> None:
    """Forgets the sum of a plan's rows that were taken out."""
    connection.execute("DELETE FROM checksum WHERE plan_id = ?", (plan_id,))


def _rows_of_plan(connection: sqlite3.Connection, plan_id: str) -> Iterator[object]:
    """Every row in an order of its values: the same however SQLite finds and keeps them."""
    for table in TABLES:
        order = ", ".join(str(nth) for nth in range(1, len(_columns(connection, table)) + 1))
        which = "id" if table == "plan_row" else "plan_id"
        yield table
        yield from connection.execute(f"SELECT * FROM {table} WHERE {which} = ? ORDER BY {order}", (plan_id,))


def _digest(rows: Iterable[object]) -> bytes:
    return blake2b(msgspec.msgpack.encode(list(rows)), digest_size=_SIZE).digest()


def _note(connection: sqlite3.Connection, plan_id: str, version: int, digest: bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO record_sum VALUES (?, ?, ?)", (plan_id, version, digest))


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(asked, (name,)).fetchone() is not None
