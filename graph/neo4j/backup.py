"""A library of Neo4j in one file: a library of SQLite that holds the same record; its tables are made when opened."""

from __future__ import annotations

from pathlib import Path

from graph.neo4j.record import View, library
from graph.neo4j.schema import seen
from graph.sqlite import checksums
from graph.sqlite import record as sqlite_record
from graph.sqlite.connection import connect, transaction
from graph.sqlite.upkeep.backup import named_when_sound
from graph.sqlite.upkeep.migrations import current_schema

_COLUMNS = {
    "plan": ("Entry", ("id", "version", "generation", "read_as")),
    "version": ("Version", ("plan_id", "number", "plan", "sha256", "added_on")),
    "source": (
        "File",
        ("plan_id", "version", "sha256", "name", "media", "size", "data", "text", "places", "added_on"),
    ),
    "removed": ("Removed", ("id", "kind", "since")),
    "decision": ("Decision", ("number", "decision")),
}
"""Tables of record.sql, with the label and properties that hold their rows."""

_TOGETHER = 50
"""Rows that are fetched at a time: files are large."""


def copy_library(view: View, target: Path) -> None:
    """Copies the record of one generation to a file, in place of a file of that name, once it is read whole.

    Raises `LibraryDamaged`, `LibraryReadOnly`, `DiskFull`.
    """
    with named_when_sound(target) as part:
        sqlite_record.create(part, current_schema())
        _copy(view, part)


def _copy(view: View, path: Path) -> None:
    connection = connect(path, writing=True)
    try:
        with transaction(connection, path):
            for table, (label, names) in _COLUMNS.items():
                places = ", ".join("?" * len(names))
                for node_ids in _groups(view, label):
                    columns = ", ".join(f"n.{name}" for name in names)
                    rows = view.rows(f"MATCH (n:{label}) WHERE elementId(n) IN $ids RETURN {columns}", ids=node_ids)
                    connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
            sqlite_record.set_meta(connection, "library", str(library(view, "id")))
            sqlite_record.set_meta(connection, "generation", str(view.at))
            checksums.sum_record(connection)
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def _groups(view: View, label: str) -> list[list[str]]:
    ids = [row[0] for row in view.rows(f"MATCH (n:{label}) WHERE {seen('n')} RETURN elementId(n)")]
    return [ids[first : first + _TOGETHER] for first in range(0, len(ids), _TOGETHER)]
