"""Asks the queries behind the questions, which stand in questions.sql and selecting.sql."""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from pathlib import Path

import msgspec

from graph.query.row_types import RowOf, Rows, TableQuery, Value
from graph.query.texts import query_texts
from graph.sqlite.connection import named_rows

_HERE = Path(__file__).parent
TEXTS = query_texts(_HERE / "questions.sql", _HERE / "selecting.sql")

_OPTIONAL = re.compile(r"\(:(\w+) IS NULL OR ([\w.]+ = :\w+)\)")


@lru_cache(256)
def _narrowed(query: str, given: frozenset[str]) -> str:
    """A query without the conditions on values that are not given: SQLite uses no index for `:x IS NULL OR y = :x`."""
    return _OPTIONAL.sub(lambda optional: optional[2] if optional[1] in given else "1", query)


def asking(connection: sqlite3.Connection) -> Rows:
    """Answers the queries over a connection; a list goes to SQLite as JSON."""

    def rows(query: TableQuery[RowOf], /, **values: Value) -> list[RowOf]:
        asked = {
            name: msgspec.json.encode(value).decode() if isinstance(value, list) else value
            for name, value in values.items()
        }
        given = frozenset(name for name, value in values.items() if value is not None)
        text = _narrowed(TEXTS.text(query.name, given), given)
        return named_rows(connection.execute(text, asked), query.row)

    return rows
