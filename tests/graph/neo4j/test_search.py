"""The index in Neo4j when writers die or meet, and when somebody damages it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from graph.neo4j.server.connection import Database, address_of
from search.catalog import Catalog
from search.index.port import IndexDamaged, IndexLocked
from search.index.tree import EVERYTHING, Query, phrase
from search.neo4j.commit import Commit, clear, make_head, make_schema
from search.neo4j.index import Neo4jIndex
from tests.search.index.test_port import change, ids
from tests.support.factories import a_plan, some_plans
from tests.support.neo4j_server import Neo4jServer
from tests.support.search_library import a_catalog, task_texts
from tests.support.web_library import settings_for


@pytest.fixture
def database(neo4j_server: Neo4jServer) -> Iterator[Database]:
    neo4j_server.wipe()
    database = Database(address_of(neo4j_server.address), retry=1)
    make_schema(database)
    make_head(database)
    yield database
    database.close()


@pytest.fixture
def index(database: Database) -> Neo4jIndex:
    return Neo4jIndex(database)


def test_what_a_writer_left_that_died_is_never_seen_and_undone_by_the_next(
    database: Database, index: Neo4jIndex
) -> None:
    index.write([change("p", "食品", "药品"), change("q", "食品")], 1)
    Commit(database).put([change("p", "抽检"), change("r", "食品")])
    index.refresh()
    assert ids(Neo4jIndex(database), EVERYTHING) == ids(index, EVERYTHING) == ["p.0", "p.1", "q.0"]
    index.write([change("s", "食品")], 2)
    assert ids(index, phrase("食品")) == ["p.0", "q.0", "s.0"]
    assert index.frequency("食品") == 3
    index.write([change("p", "抽检")], 3)
    assert ids(index, phrase("食品")) == ["q.0", "s.0"]


def test_a_writer_that_another_has_passed_writes_nothing_more(database: Database, index: Neo4jIndex) -> None:
    slow = Commit(database)
    slow.put([change("p", "食品")])
    index.write([change("q", "药品")], 1)
    with pytest.raises(IndexLocked):
        slow.put([change("r", "食品")])
    with pytest.raises(IndexLocked):
        slow.finish(9)
    assert (ids(index, EVERYTHING), index.generation()) == (["q.0"], 1)


def test_who_shows_an_old_commit_still_finds_it_and_once_it_is_cleared_away_the_last(
    database: Database, index: Neo4jIndex
) -> None:
    index.write([change("p", "食品")], 1)
    reading = Neo4jIndex(database)
    index.write([change("p", "药品")], 2)
    assert (ids(reading, phrase("食品")), ids(reading, phrase("药品"))) == (["p.0"], [])
    time.sleep(0.01)
    clear(database, 0)
    assert (ids(reading, phrase("食品")), ids(reading, phrase("药品"))) == ([], ["p.0"])
    assert reading.generation() == 2


def test_an_index_that_somebody_deleted_is_said_to_be_damaged(neo4j_server: Neo4jServer, index: Neo4jIndex) -> None:
    index.write([change("p", "食品")], 1)
    neo4j_server.run("MATCH (i:SearchIndex) DELETE i")
    with pytest.raises(IndexDamaged):
        index.search(Query(EVERYTHING))


def test_an_index_that_somebody_dropped_is_said_to_be_damaged(neo4j_server: Neo4jServer, index: Neo4jIndex) -> None:
    neo4j_server.run("DROP INDEX zeren_search")
    with pytest.raises(IndexDamaged) as damaged:
        index.search(Query(phrase("食品")))
    assert damaged.value.params["reason"] == "missing"


@pytest.mark.parametrize(
    "how",
    [
        "MATCH (i:SearchIndex) DELETE i",
        "MATCH (e:SearchEntry) SET e.entry = 'x'",
        "DROP INDEX zeren_search",
        "MATCH (i:SearchIndex) SET i.library = 'another'",
        "MATCH (i:SearchIndex) SET i.stamp = 'old'",
    ],
)
def test_an_index_that_is_not_sound_is_made_anew(neo4j_server: Neo4jServer, how: str) -> None:
    neo4j_server.wipe()
    pairs = some_plans(2, tasks=4)
    wanted = answers(a_catalog(neo4j_server.address, *pairs))
    neo4j_server.run(how)
    assert answers(a_catalog(neo4j_server.address)) == wanted


def test_an_index_that_is_dropped_while_it_is_searched_is_made_again(neo4j_server: Neo4jServer) -> None:
    neo4j_server.wipe()
    catalog = a_catalog(neo4j_server.address, *some_plans(2, tasks=4))
    wanted = answers(catalog)
    neo4j_server.run("DROP INDEX zeren_search")
    assert answers(catalog) == wanted
    catalog.add(*a_plan("丢失之后收进的任务", number="焦示食安〔2021〕80号"))
    assert task_texts(catalog, "丢失之后") == ["丢失之后收进的任务"]


def answers(catalog: Catalog) -> list[object]:
    results = [catalog.search(text, limit=500) for text in ("", "食品", "“安全”", "体系建设")]
    return [(each.total, each.hits, each.kinds, each.facets) for each in results]


def test_no_setting_shows_the_password(neo4j_server: Neo4jServer) -> None:
    assert neo4j_server.password not in repr(settings_for(neo4j_server.address))
