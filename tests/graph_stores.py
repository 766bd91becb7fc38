"""The stores that the contract tests run against, as a pytest plugin. A new store joins by an entry in `STORES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.projection import Projection
from graph.sqlite_store import open_store
from graph.store import Resolve, Store, Structure
from tests.factories import resolve

Open = Callable[[Resolve, str], tuple[Store, Structure]]


def _sqlite(folder: Path) -> Open:
    def opened(resolving: Resolve, stamp: str) -> tuple[Store, Structure]:
        store = open_store(folder, resolving, stamp)
        return store, Projection(store)

    return opened


STORES: dict[str, Callable[[Path], Open]] = {"sqlite": _sqlite}


@pytest.fixture(scope="session", params=sorted(STORES))
def opening_at(request: pytest.FixtureRequest) -> Callable[[Path], Open]:
    """Opens a store of each kind in a folder."""
    return STORES[request.param]


@pytest.fixture
def opening(opening_at: Callable[[Path], Open], tmp_path: Path) -> Open:
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
