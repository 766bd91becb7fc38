"""A process of its own that works on a library, says after each commit that it is done, and can be killed anywhere.

    python -m tests.support.graph_child FOLDER work|migrate|rebuild|same [STATEMENT]

With STATEMENT it kills itself before that SQL statement of its writing connection.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from graph.sqlite import record as sqlite_record
from graph.sqlite import store as sqlite_store
from graph.sqlite.connection import connect, connect_new
from graph.sqlite.store import SqliteStore, open_store
from graph.sqlite.upkeep import migrations
from ingest.model import Plan, Source
from tests.support.factories import a_source, reader, resolve, some_plans

STEP = "ALTER TABLE version ADD COLUMN note TEXT NOT NULL DEFAULT ''; CREATE TABLE remark (id TEXT PRIMARY KEY)"
"""A migration to test with: it changes a table and adds one."""

*PAIRS, BAD = some_plans(6, seed=7, tasks=6)


def work(store: SqliteStore) -> Iterator[None]:
    """Everything that commits: new plans, alone and together, a second file, a new version, reading again, removing.

    Yields after each commit.
    """
    for source, plan in PAIRS[:2]:
        store.save(source, plan)
        yield
    unsound = replace(BAD[1], tasks=(*BAD[1].tasks, *BAD[1].tasks))
    store.save_all([PAIRS[1], PAIRS[2], (BAD[0], unsound), *PAIRS[3:]])
    yield
    first_source, first = PAIRS[0]
    store.save(a_source(first_source.text, "scan.pdf", data=b"%PDF"), first)
    yield
    store.save(*_edited(*PAIRS[1]))
    yield
    reading = reader([*PAIRS[2:], *[_altered(*pair) for pair in PAIRS[2:]], (first_source, first), _edited(*PAIRS[1])])
    for result in store.reread(reading):
        if result.changed:
            yield
    for _, plan in PAIRS[3:]:
        store.remove(plan.id)
        yield
    store.save(*PAIRS[4])
    yield


def rebuild(store: SqliteStore, folder: Path) -> Iterator[None]:
    """Another lexicon's stamp, several times."""
    for stamp in "2345":
        open_store(folder, resolve, stamp).close()
        yield


def _edited(source: Source, plan: Plan) -> tuple[Source, Plan]:
    first, *others = plan.tasks
    return a_source(f"{source.text}\n"), replace(plan, tasks=(replace(first, text=f"{first.text}等"), *others))


def _altered(source: Source, plan: Plan) -> tuple[Source, Plan]:
    """The same file, in which today's rules find two tasks less."""
    return source, replace(plan, tasks=plan.tasks[:4], milestones=())


def kill_before(statement: int) -> None:
    """Makes the process kill itself before that statement of those that write."""
    left = [statement]

    def count(_: str) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(path: Path, *, writing: bool = False) -> sqlite3.Connection:
        connection = connect(path, writing=writing)
        if writing:
            connection.set_trace_callback(count)
        return connection

    def traced_new(path: Path) -> sqlite3.Connection:
        connection = connect_new(path)
        connection.set_trace_callback(count)
        return connection

    sqlite_store.connect = migrations.connect = traced  # type: ignore[attr-defined, assignment]
    sqlite_record.connect_new = traced_new  # type: ignore[attr-defined, assignment]


def main(folder: Path, what: str, statement: int | None) -> None:
    """Does the work and prints a line after each commit."""
    if statement is not None:
        kill_before(statement)
    steps = (*migrations.MIGRATIONS, STEP) if what == "migrate" else migrations.MIGRATIONS
    print("begun", flush=True)
    store = open_store(folder, resolve, "1", migrations=steps)
    works: dict[str, Callable[[SqliteStore], Iterator[None]]] = {
        "work": work,
        "migrate": lambda _: iter(()),
        "rebuild": partial(rebuild, folder=folder),
        "same": _same,
    }
    print("opened", flush=True)
    for _ in works[what](store):
        print("done", flush=True)
    store.close()


def _same(store: SqliteStore) -> Iterator[None]:
    sys.stdin.readline()
    print(store.save(*PAIRS[0]).outcome, flush=True)
    yield


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None)
