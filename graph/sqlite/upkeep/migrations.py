"""From an older schema of the record to today's, step by step, each step one transaction, a backup before the first.

The tables that answer questions need no step: they are made again whenever their own text changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from graph.derived.columns import statements
from graph.errors import LibraryDamaged, NewerLibrary
from graph.sqlite import checksums
from graph.sqlite.connection import connect, transaction
from graph.sqlite.upkeep.backup import copy_library

MIGRATIONS: tuple[str, ...] = (
    # Checksums of the record.
    """
CREATE TABLE record_sum (
    plan_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (plan_id, version)
) WITHOUT ROWID;
""",
    # Plans hold their facts in one list. `ingest.model.from_json` reads those of before too; an earlier Zeren, which
    # would find no facts in today's, must not open the library.
    "",
    # The log of what persons decided about units.
    "CREATE TABLE decision (number INTEGER PRIMARY KEY, decision TEXT NOT NULL);",
)
"""SQL from schema n to n + 1, where n counts from 1. After each step the record's checksums are made anew."""


def schema_of(connection: sqlite3.Connection) -> int:
    """The library's schema version."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def current_schema(steps: Sequence[str] = MIGRATIONS) -> int:
    """The schema version that the last step leads to."""
    return len(steps) + 1


def is_current(connection: sqlite3.Connection, path: Path, steps: Sequence[str] = MIGRATIONS) -> bool:
    """Whether no step is left to do.

    Raises `NewerLibrary` where the library is ahead of this Zeren, `LibraryDamaged` where no Zeren gave it its schema.
    """
    found, known = schema_of(connection), current_schema(steps)
    if found < 1:
        raise LibraryDamaged(path=str(path), reason=f"schema {found}")
    if found > known:
        raise NewerLibrary(path=str(path), found=found, known=known)
    return found == known


def migrate(path: Path, steps: Sequence[str] = MIGRATIONS) -> None:
    """Takes the library to today's schema; the writer's lock must be held.

    The backup is `library.schema-1.sqlite` beside it, of the schema that was found; an earlier one is kept.
    """
    connection = connect(path, writing=True)
    try:
        if is_current(connection, path, steps):
            return
        backup = path.with_name(f"{path.stem}.schema-{schema_of(connection)}{path.suffix}")
        if not backup.exists():
            copy_library(connection, backup)
        for found in range(schema_of(connection), current_schema(steps)):
            with transaction(connection, path):
                for statement in statements(steps[found - 1]):
                    connection.execute(statement)
                checksums.sum_record(connection)
                connection.execute(f"PRAGMA user_version = {found + 1}")
    finally:
        connection.close()
