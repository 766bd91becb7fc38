"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from ingest.language.lexicon import Lexicon, load_lexicon

pytest_plugins = [
    "tests.support.neo4j_server",
    "tests.support.graph_stores",
    "tests.support.search_engines",
    "tests.support.search_places",
    "tests.support.web_fixtures",
]

ROOT = Path(__file__).parent.parent
LEXICON = ROOT / "data" / "lexicon"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The lexicon that is handed out, read once."""
    return load_lexicon(LEXICON)


@pytest.fixture(scope="session", autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where programs keep the key of this machine: for the tests and what they start, never that of their user."""
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("state")
        patched.setenv("XDG_STATE_HOME", str(folder))
        yield folder


class OneServer(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Spreads the tests over the processes one by one, but those on Neo4j on one process: a server takes its time."""

    def _split_scope(self, nodeid: str) -> str:
        return "neo4j" if "neo4j" in nodeid else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneServer:
    return OneServer(config, log)
