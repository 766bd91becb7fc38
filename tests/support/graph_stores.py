"""The stores that the contract tests run against, as a pytest plugin. A new store joins by a name in `STORES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from graph.neo4j.store import open_neo4j_store
from graph.projection import Projection
from graph.sqlite.store import open_store
from graph.store import Members, Resolve, Store, Structure, unstated
from tests.support.factories import resolve
from tests.support.neo4j_server import Neo4jServer


class Open(Protocol):
    """Opens one library with a resolver, a stamp, and what an office states of collectives."""

    def __call__(self, resolving: Resolve, stamp: str, members: Members = unstated) -> tuple[Store, Structure]: ...


OpeningAt = Callable[[Path], Open]


STORES = ("sqlite", "neo4j")


@pytest.fixture(scope="session", params=STORES)
def opening_at(request: pytest.FixtureRequest) -> OpeningAt:
    """Opens a store of each kind in a folder: one library at a time, for a database of Neo4j holds only one."""
    if request.param == "sqlite":
        return _sqlite
    return _neo4j(request.getfixturevalue("neo4j_server"))


def _sqlite(folder: Path) -> Open:
    def opened(resolving: Resolve, stamp: str, members: Members = unstated) -> tuple[Store, Structure]:
        store = open_store(folder, resolving, stamp, members=members)
        return store, Projection(store)

    return opened


def _neo4j(server: Neo4jServer) -> OpeningAt:
    opening: list[Path] = []

    def at(folder: Path) -> Open:
        def opened(resolving: Resolve, stamp: str, members: Members = unstated) -> tuple[Store, Structure]:
            if opening != [folder]:
                server.wipe()
                opening[:] = [folder]
            store = open_neo4j_store(server.address, resolving, stamp, members=members)
            return store, Projection(store)

        return opened

    return at


@pytest.fixture
def opening(opening_at: OpeningAt, tmp_path: Path) -> Open:
    """Opens one library again and again."""
    return opening_at(tmp_path / "library")


@pytest.fixture
def both(opening: Open) -> Iterator[tuple[Store, Structure]]:
    store, structure = opening(resolve, "1")
    yield store, structure
    store.close()


@pytest.fixture
def store(both: tuple[Store, Structure]) -> Store:
    return both[0]


@pytest.fixture
def structure(both: tuple[Store, Structure]) -> Structure:
    return both[1]
