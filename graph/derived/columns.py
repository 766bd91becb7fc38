"""The text of tables.sql, which names every column, and of all that decides what the tables hold."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_MAKERS = ("derived/rows.py", "derived/deadlines.py", "derived/documents.py", "derived/gaps.py", "sqlite/checksums.py")


def tables_sql() -> str:
    """The tables' own text."""
    return _text("sqlite/tables.sql")


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """The names of each table's columns."""
    found: dict[str, tuple[str, ...]] = {}
    for name, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\)(?: WITHOUT ROWID)?;", tables_sql(), re.S):
        parts = re.sub(r"PRIMARY KEY \(.*?\)", "", body).split(",")
        found[name] = tuple(words[0].strip('"') for part in parts if (words := part.split()))
    return found


def made_by(*others: str) -> str:
    """The text of everything that decides what the tables hold, and of other files beside it; part of the stamp."""
    return tables_sql() + "".join(map(_text, (*_MAKERS, *others)))


def _text(name: str) -> str:
    return (Path(__file__).resolve().parents[1] / name).read_text(encoding="utf-8")
