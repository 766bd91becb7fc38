"""The index in Neo4j when writers die or meet, and a site whose database goes away and comes back."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator

import pytest

from graph.errors import DatabaseUnreachable
from graph.neo4j_connection import Database, address_of
from search.catalog import Catalog
from search.index import IndexDamaged, IndexLocked
from search.neo4j_commit import Commit, clear, make_head, make_schema
from search.neo4j_index import Neo4jIndex
from search.tree import EVERYTHING, Query, phrase
from tests.factories import a_plan, some_plans
from tests.neo4j_server import Neo4jServer
from tests.search_library import a_catalog, task_texts
from tests.test_search_index import change, ids
from tests.web_library import library_of, settings_for
from web.app import create_app

pytest_plugins = ["tests.neo4j_server"]


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


def answers(catalog: Catalog) -> list[object]:
    results = [catalog.search(text, limit=500) for text in ("", "食品", "“安全”", "体系建设")]
    return [(each.total, each.hits, each.kinds, each.facets) for each in results]


def test_a_server_killed_while_plans_come_in_finds_every_plan_that_was_acknowledged(neo4j_server: Neo4jServer) -> None:
    neo4j_server.wipe()
    catalog = a_catalog(neo4j_server.address)
    pairs = some_plans(40, seed=3, tasks=6)
    killer = threading.Timer(random.Random(7).uniform(1.0, 2.0), neo4j_server.kill)
    killer.start()
    acknowledged = [0]

    def ingest() -> None:
        for source, plan in pairs:
            catalog.add(source, plan)
            acknowledged[0] += 1

    with pytest.raises(DatabaseUnreachable):
        ingest()
    killer.join()
    neo4j_server.start()
    again = a_catalog(neo4j_server.address)
    there = len(again.store.plans())
    assert there in (acknowledged[0], acknowledged[0] + 1)
    found = answers(again)
    neo4j_server.wipe()
    assert found == answers(a_catalog(neo4j_server.address, *pairs[:there]))


def test_a_site_whose_database_goes_away_says_so_and_serves_again_by_itself(neo4j_server: Neo4jServer) -> None:
    neo4j_server.wipe()
    library = library_of(neo4j_server.address)
    site = create_app(settings_for(neo4j_server.address), library).test_client()
    wanted = site.get("/search?q=食品安全").text
    neo4j_server.kill()
    page, answer = site.get("/units"), site.get("/api/v1/units")
    assert (page.status_code, answer.status_code) == (503, 503)
    assert page.headers["Retry-After"] == answer.headers["Retry-After"]
    assert "连接不上数据库" in page.text
    assert answer.json is not None
    assert answer.json["type"] == "database-unreachable"
    assert neo4j_server.password not in page.text + answer.text
    assert not any(site.get("/static/css/base.css").status_code - 200 for _ in range(2))
    neo4j_server.start()
    until = time.monotonic() + 60
    while site.get("/units").status_code != 200 and time.monotonic() < until:
        time.sleep(0.2)
    assert without_clock(site.get("/search?q=食品安全").text) == without_clock(wanted)
    library.catalog.add(*a_plan("重新连上以后收进的任务", number="焦示食安〔2021〕79号"))
    assert task_texts(library.catalog, "重新连上以后") == ["重新连上以后收进的任务"]
    library.close()


def without_clock(page: str) -> list[str]:
    return [line for line in page.splitlines() if "秒" not in line]


def test_no_setting_shows_the_password(neo4j_server: Neo4jServer) -> None:
    assert neo4j_server.password not in repr(settings_for(neo4j_server.address))
