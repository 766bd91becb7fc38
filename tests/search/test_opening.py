"""A library by its address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import BadAddress
from ingest.language.lexicon import Lexicon
from search.engines import ENGINES
from search.opening import close_both, folder_of, open_catalog_at
from tests.conftest import ROOT
from tests.support.factories import a_plan
from tests.support.neo4j_server import Neo4jServer
from tests.support.search_library import task_texts


@pytest.mark.parametrize("address", ["data/library", "sqlite:data/library", Path("data/library")])
def test_a_folder_may_be_written_with_or_without_sqlite(address: str | Path) -> None:
    assert folder_of(address) == Path("data/library")


@pytest.mark.parametrize("address", ["neo4j://a:b@c/d", "bolt://c", "neo4j+s://c:7687", "bolt+ssc://c"])
def test_a_database_is_no_folder(address: str) -> None:
    assert folder_of(address) is None


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(BadAddress):
        folder_of("http://localhost:7474")


def test_no_two_engines_answer_to_one_scheme() -> None:
    schemes = [scheme for engine in ENGINES for scheme in engine.schemes]
    assert sorted(set(schemes)) == sorted(schemes)


def test_a_library_is_the_same_in_a_folder_and_in_neo4j(
    neo4j_server: Neo4jServer, tmp_path: Path, lexicon: Lexicon
) -> None:
    neo4j_server.wipe()
    for address in (f"sqlite:{tmp_path}", neo4j_server.address):
        for _ in range(2):
            catalog = open_catalog_at(address, lexicon)
            catalog.add(*a_plan("开展抽检"))
            assert task_texts(catalog, "抽检") == ["开展抽检"]
            close_both(catalog)


def test_a_library_in_a_folder_is_opened_without_loading_what_only_neo4j_needs(tmp_path: Path) -> None:
    code = (
        "import sys, zeren, web.site.app; from web.cli.console import the_lexicon;"
        "from search.opening import open_catalog_at, close_both;"
        "close_both(open_catalog_at(sys.argv[1], the_lexicon()));"
        "sys.exit(any(name.partition('.')[0] == 'neo4j' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False).returncode == 0
