"""The places that a library with its index can be at, as a pytest plugin: tests that ask for one run at each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.search_library import Where

PLACES = ("folder", "neo4j")
Fresh = Callable[[], Where]


@pytest.fixture(scope="session", params=PLACES)
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Gives an empty place. A database holds one library: what was there before is gone."""
    if request.param == "folder":
        return lambda: tmp_path_factory.mktemp("library")
    server = request.getfixturevalue("neo4j_server")

    def emptied() -> str:
        server.wipe()
        return str(server.address)

    return emptied


@pytest.fixture
def library(fresh: Fresh) -> Where:
    """An empty place."""
    return fresh()
