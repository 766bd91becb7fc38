"""Fills the tables that answer questions, a plan at a time; rows.py says what their rows hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

import msgspec

from graph.derived.columns import columns, definitions
from graph.derived.documents import NamedPlan, Naming, identify
from graph.derived.rows import TABLES, rows_of
from graph.sqlite import checksums
from graph.sqlite.connection import named_rows
from graph.store import Resolve
from ingest import number_key
from ingest.model import Plan

OF_A_PLAN = (
    "section", "unit", "task", "assignment", "unit_count", "pair_count",
    "person", "milestone", "deadline", "reach", "target", "citation",
    "inner_title", "fact", "gap", "doubt",
)  # fmt: skip
"""Tables whose rows belong to one plan."""


def make_again(connection: sqlite3.Connection) -> None:
    """Drops the tables and makes them empty."""
    for name in columns():
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in definitions():
        connection.execute(statement)


def are_ours(connection: sqlite3.Connection) -> bool:
    """Whether there are tables and columns of today's names, whatever rules filled them."""
    return all(
        [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))] == list(names)
        for table, names in columns().items()
        if table != "checksum"
    )


def fill(connection: sqlite3.Connection, plan: Plan, text: str, resolve: Resolve) -> set[str]:
    """Puts a plan's rows in the place of those it had; `text` is its source's.

    Returns the keys of titles and numbers that came or went, for `identify_documents`.
    """
    gone = empty(connection, plan.id)
    rows: dict[str, list[tuple[str | int | float | None, ...]]] = {}
    for table, row in rows_of(plan, text, resolve):
        rows.setdefault(table, []).append(row)
    for table, several in rows.items():
        places = ", ".join("?" * len(several[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", several)
    connection.execute(_COUNT, (plan.id, 1))
    checksums.sum_tables(connection, plan.id)
    return gone | _keys(connection, plan.id)


def empty(connection: sqlite3.Connection, plan_id: str) -> set[str]:
    """Takes a plan's rows out; the keys of titles and numbers that went with them."""
    gone = _keys(connection, plan_id)
    connection.execute(_COUNT, (plan_id, -1))
    asked = msgspec.json.encode(sorted(gone)).decode()
    connection.execute(
        "DELETE FROM naming WHERE times <= 0 AND title_key IN (SELECT value FROM json_each(?))", (asked,)
    )
    connection.execute("DELETE FROM plan_row WHERE id = ?", (plan_id,))
    for table in OF_A_PLAN:
        connection.execute(f"DELETE FROM {table} WHERE plan_id = ?", (plan_id,))
    checksums.forget_tables(connection, plan_id)
    return gone


def plans_naming(connection: sqlite3.Connection, units: Collection[str]) -> tuple[str, ...]:
    """The ids of the plans that name one of some units."""
    asked = msgspec.json.encode(sorted(units)).decode()
    rows = connection.execute(
        "SELECT DISTINCT plan_id FROM unit WHERE id IN (SELECT value FROM json_each(?)) ORDER BY plan_id", (asked,)
    )
    return tuple(row[0] for row in rows)


def _keys(connection: sqlite3.Connection, plan_id: str) -> set[str]:
    """The keys of the titles and numbers that a plan bears and cites."""
    rows = connection.execute(
        "SELECT title_key, number_key FROM citation WHERE plan_id = ?1 UNION"
        " SELECT title_key, '' FROM inner_title WHERE plan_id = ?1 UNION"
        " SELECT title_key, number_key FROM plan_row WHERE id = ?1",
        (plan_id,),
    )
    return {key for row in rows for key in row if key}


def table_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table of a plan's has."""
    return {table: int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]) for table in TABLES}


def identify_documents(connection: sqlite3.Connection, keys: set[str] | None = None) -> None:
    """Says anew which citations mean one document: all of them, or those that have to do with the given keys."""
    concerned = None if keys is None else _connected(connection, keys)
    asked = {} if concerned is None else {"keys": msgspec.json.encode(sorted(concerned)).decode()}
    some = "1" if concerned is None else "{} IN (SELECT value FROM json_each(:keys))"
    for statement in _FORGET:
        columns = (some.format(name) for name in ("title_key", "id", "number_key"))
        connection.execute(statement.format(*columns), asked)
    namings = named_rows(connection.execute(_NAMINGS.format(some.format("title_key")), asked), Naming)
    which = f"{some.format('title_key')} OR {some.format('number_key')}"
    bearing = f"SELECT id AS plan_id, title_key, number_key FROM plan_row WHERE {which}"
    plans = named_rows(connection.execute(bearing, asked), NamedPlan)
    documents, clashes = identify(namings, plans)
    connection.executemany(
        "INSERT INTO document VALUES (?, ?, ?, ?)",
        [(each.id, each.title, each.number, each.plan_id) for each in documents],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO named VALUES (?, ?, ?)", [(*key, each.id) for each in documents for key in each.keys]
    )
    connection.executemany(
        "INSERT INTO redirect VALUES (?, ?)", [(alias, each.id) for each in documents for alias in each.aliases]
    )
    connection.executemany(
        "INSERT INTO clash VALUES (?, ?, ?, ?)",
        [(number_key(each.number), each.number, each.title, each.other) for each in clashes],
    )


def identify_anew(connection: sqlite3.Connection) -> None:
    """Fills the tables over all plans, which are empty, from the rows of the plans; a check compares with it."""
    for (plan_id,) in connection.execute("SELECT id FROM plan_row").fetchall():
        connection.execute(_COUNT, (plan_id, 1))
    identify_documents(connection)


def _connected(connection: sqlite3.Connection, keys: set[str]) -> set[str]:
    """The keys, and all that citations bring together with them, directly or over others."""
    known: set[str] = set()
    fresh = keys
    while fresh:
        known |= fresh
        rows = connection.execute(_TOGETHER, (msgspec.json.encode(sorted(fresh)).decode(),))
        fresh = {key for row in rows for key in row if key} - known
    return known


_COUNT = """
INSERT INTO naming
SELECT title_key, number_key, 0, title, COALESCE(number, ''), ?2 * COUNT(*) FROM citation WHERE plan_id = ?1
GROUP BY title_key, number_key, title, number
UNION ALL
SELECT title_key, '', 1, title, '', ?2 * COUNT(*) FROM inner_title WHERE plan_id = ?1 GROUP BY title_key, title
ON CONFLICT DO UPDATE SET times = times + excluded.times
"""

_TOGETHER = """
SELECT n.title_key, n.number_key FROM json_each(?1) e JOIN naming n ON n.title_key = e.value AND n.inside = 0
UNION SELECT n.title_key, n.number_key FROM json_each(?1) e JOIN naming n ON n.number_key = e.value AND n.inside = 0
UNION SELECT p.title_key, p.number_key FROM json_each(?1) e JOIN plan_row p ON p.title_key = e.value
UNION SELECT p.title_key, p.number_key FROM json_each(?1) e JOIN plan_row p ON p.number_key = e.value
"""

_FORGET = (
    "DELETE FROM document WHERE id IN (SELECT document_id FROM named WHERE {0})",
    "DELETE FROM named WHERE {0}",
    "DELETE FROM redirect WHERE {1}",
    "DELETE FROM clash WHERE {2}",
)

_NAMINGS = """
SELECT title_key, number_key, MIN(title) AS title, MIN(NULLIF(number, '')) AS number,
       SUM(iif(inside, 0, times)) AS times
FROM naming WHERE {0} GROUP BY inside, title_key, number_key
"""
