"""What the tests of survival share: opening a library, all that it says, and processes of one's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from graph.sqlite.store import SqliteStore, open_store
from graph.store import Store
from tests.support.factories import resolve
from tests.support.graph_child import PAIRS


def opened(folder: Path, stamp: str = "1") -> SqliteStore:
    return open_store(folder, resolve, stamp, wait=5)


def answers(store: Store) -> tuple[object, ...]:
    """What the library says, all of it, less the numbers of commits."""
    plans = [replace(row, generation=0) for row in store.plans()]
    return (
        plans,
        [store.load(row.id) for row in plans],
        [[(each.number, [file.sha256 for file in each.sources]) for each in store.versions(row.id)] for row in plans],
        store.units(),
        store.documents(),
        store.gaps(),
        store.due_between("2000-01-01", "2100-01-01"),
        store.nodes_and_edges().nodes,
        [store.was_removed(plan.id) for _, plan in PAIRS],
    )


def child_that(does: Callable[[], None]) -> int:
    """A forked process that does something and ends with 0, or with 1 after any error; its process id."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        does()
        code = 0
    finally:
        os._exit(code)


def ended_well(process: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
