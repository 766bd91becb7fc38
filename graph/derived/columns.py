"""The tables that answer questions, as tables.sql defines them: their statements, and the names of their columns."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_TABLES = Path(__file__).resolve().parents[1] / "sqlite" / "tables.sql"


@cache
def definitions() -> tuple[str, ...]:
    """The statements that make tables and indexes, without comments and in one spelling of blanks."""
    return tuple(map(one_spelling, statements(_TABLES.read_text(encoding="utf-8"))))


def statements(sql: str) -> list[str]:
    """The statements of a file of SQL whose comments stand on lines of their own."""
    bare = "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    return [statement for statement in bare.split(";") if statement.strip()]


def one_spelling(statement: str) -> str:
    """A statement with one blank wherever there are blanks or line breaks."""
    return " ".join(statement.split())


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """The names of each table's columns."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in definitions():
        made = re.fullmatch(r"CREATE TABLE (\w+) \((.*)\)(?: WITHOUT ROWID)?", statement)
        if made:
            parts = re.sub(r"PRIMARY KEY \(.*?\)", "", made[2]).split(",")
            found[made[1]] = tuple(words[0].strip('"') for part in parts if (words := part.split()))
    return found
