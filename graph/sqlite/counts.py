"""How many rows each table of a plan's has, in SQLite."""

from __future__ import annotations

import sqlite3

from graph.derived.rows import TABLES


def table_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows by table."""
    return {table: int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]) for table in TABLES}
