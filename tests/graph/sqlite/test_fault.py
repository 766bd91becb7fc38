"""A SQLite that may damage a library is told of, once, by the command that serves it."""

from __future__ import annotations

import sqlite3

import pytest

from graph.sqlite.upkeep.fault import sqlite_fault
from web.cli.console import tell_sqlite_fault


@pytest.mark.parametrize(
    "version",
    [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 49, 2), (3, 50, 6), (3, 51, 0), (3, 51, 2)],
)
def test_these_have_the_fault(version: tuple[int, int, int]) -> None:
    assert sqlite_fault(version)


@pytest.mark.parametrize(
    "version",
    [(3, 6, 23), (3, 44, 6), (3, 44, 7), (3, 50, 7), (3, 50, 8), (3, 51, 3), (3, 52, 0), (3, 53, 0), (4, 0, 0)],
)
def test_these_do_not(version: tuple[int, int, int]) -> None:
    assert not sqlite_fault(version)


@pytest.mark.parametrize(
    ("version", "library", "told"),
    [
        ((3, 51, 2), "data/library", 1),
        ((3, 51, 2), "sqlite:data/library", 1),
        ((3, 51, 2), "neo4j://neo4j:secret@127.0.0.1:7687/neo4j", 0),
        ((3, 51, 3), "data/library", 0),
    ],
)
def test_one_sentence_says_so_where_the_library_is_kept_by_sqlite(
    version: tuple[int, int, int], library: str, told: int,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
    tell_sqlite_fault(library)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == told
    assert all("3.51.2" in line and "3.51.3" in line for line in said)
