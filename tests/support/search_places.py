"""The places that a library with its index can be at, as a pytest plugin: tests that ask for one run at each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from search.catalog import Catalog
from search.opening import close_both
from tests.support.search_library import Where

PLACES = ("folder", "neo4j")


class Fresh:
    """Gives an empty place, and counts how often. A database holds one library: what was there before is gone."""

    def __init__(self, emptied: Callable[[], Where]) -> None:
        self._emptied = emptied
        self.times = 0

    def __call__(self) -> Where:
        self.times += 1
        return self._emptied()


@pytest.fixture(scope="session", params=PLACES)
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    if request.param == "folder":
        return Fresh(lambda: tmp_path_factory.mktemp("library"))
    server = request.getfixturevalue("neo4j_server")

    def emptied() -> str:
        server.wipe()
        return str(server.address)

    return Fresh(emptied)


Making = Callable[[Where], Catalog]
Sharing = Callable[[Making], Catalog]


@pytest.fixture(scope="module")
def sharing(fresh: Fresh) -> Iterator[Sharing]:
    """Gives the tests of a module that only ask the same catalog, until one of them has asked for an empty place."""
    made: dict[int, Catalog] = {}

    def shared(making: Making) -> Catalog:
        if fresh.times not in made:
            place = fresh()
            made[fresh.times] = making(place)
        return made[fresh.times]

    yield shared
    for catalog in made.values():
        close_both(catalog)


@pytest.fixture
def library(fresh: Fresh) -> Where:
    """An empty place."""
    return fresh()
