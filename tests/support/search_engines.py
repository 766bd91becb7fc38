"""The engines that the index's tests run against, as a pytest plugin. A new engine joins by a name in `ENGINES`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from graph.neo4j.server.connection import Database, address_of
from search.index.port import Index
from search.neo4j.commit import Commit, make_head, make_schema
from search.neo4j.index import Neo4jIndex
from search.whoosh.folder import IndexFolder, Made
from search.whoosh.index import WhooshIndex, create_index, open_index
from tests.support.neo4j_server import Neo4jServer


class Engine(NamedTuple):
    """Makes an empty index at a place, and opens the one that is there; one place at a time."""

    create: Callable[[Path], Index]
    open: Callable[[Path], Index]


ENGINES = ("whoosh", "neo4j")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "whoosh":
        return Engine(create_at, lambda place: open_index(a_folder(place)))
    return _neo4j(request, request.getfixturevalue("neo4j_server"))


def a_folder(path: Path) -> IndexFolder:
    """The folder of an index, sealed by a key of the tests."""
    return IndexFolder(path, Made("whoosh", "1", "a library"), lambda: b"k" * 32)


def create_at(path: Path) -> WhooshIndex:
    """An empty index that is kept in a folder."""
    index = create_index(a_folder(path))
    index.write((), 0)
    return index


def _neo4j(request: pytest.FixtureRequest, server: Neo4jServer) -> Engine:
    database = Database(address_of(server.address))
    request.addfinalizer(database.close)

    def create(_: Path) -> Index:
        server.wipe()
        make_schema(database)
        make_head(database)
        Commit(database, anew=True).finish(0)
        return Neo4jIndex(database)

    return Engine(create, lambda _: Neo4jIndex(database))
