"""A server killed while plans come in (kill -9) under a site that is open: what is said, kept and found, and service
again by itself. It is killed once, for it takes long to start; each test looks at one side of what happened."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from graph.errors import DatabaseUnreachable
from search.catalog import Catalog
from tests.support.factories import some_plans
from tests.support.graph_process import answers
from tests.support.neo4j_server import Neo4jServer
from tests.support.search_library import task_texts
from tests.support.web_library import library_of, settings_for
from web.library import Library
from web.site.app import create_app

PAIRS = some_plans(41, seed=13, tasks=6)
LAST = PAIRS.pop()
SEARCHES = ("", "食品", "“安全”", "体系建设")


@dataclass(frozen=True)
class Story:
    """What happened. `library` and `site` were opened before and are open still; `pages` were answered while the
    server was away, `crowd` is the status of each of 200 requests of eight at a time, and how long all of them took."""

    server: Neo4jServer
    library: Library
    site: Flask
    acknowledged: int
    pages: dict[str, TestResponse]
    crowd: tuple[set[int], float]


@pytest.fixture(scope="module")
def story(neo4j_server: Neo4jServer) -> Iterator[Story]:
    neo4j_server.wipe()
    library = library_of(neo4j_server.address)
    site = create_app(settings_for(neo4j_server.address), library)
    killer = threading.Timer(random.Random(20210524).uniform(0.5, 1.5), neo4j_server.kill)
    killer.start()
    acknowledged = ingest(library.catalog)
    killer.join()
    pages = {
        page: site.test_client().get(page)
        for page in ("/units", "/api/v1/units", "/search?q=食品安全", "/static/css/base.css")
    }
    crowd = crowding(site)
    neo4j_server.start()
    assert_serves_again(site)
    yield Story(neo4j_server, library, site, acknowledged, pages, crowd)
    library.close()


def ingest(catalog: Catalog) -> int:
    """How many plans were acknowledged before the server went away."""
    for acknowledged, pair in enumerate(PAIRS):
        try:
            catalog.add(*pair)
        except DatabaseUnreachable:
            return acknowledged
    raise AssertionError("the server was killed too late")


def crowding(site: Flask) -> tuple[set[int], float]:
    began = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        statuses = set(threads.map(lambda _: site.test_client().get("/units").status_code, range(200)))
    return statuses, time.monotonic() - began


def assert_serves_again(site: Flask, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while site.test_client().get("/units").status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.2)


def test_while_it_is_away_pages_and_api_say_so_and_when_to_come_back(story: Story) -> None:
    page, answer = story.pages["/units"], story.pages["/api/v1/units"]
    assert (page.status_code, answer.status_code, story.pages["/search?q=食品安全"].status_code) == (503, 503, 503)
    assert int(page.headers["Retry-After"]) == int(answer.headers["Retry-After"]) > 0
    assert "连接不上数据库" in page.text
    assert answer.json is not None
    assert answer.json["type"] == "database-unreachable"
    assert story.server.password not in page.text + answer.text
    assert story.pages["/static/css/base.css"].status_code == 200


def test_while_it_is_away_many_who_ask_are_told_at_once(story: Story) -> None:
    statuses, seconds = story.crowd
    assert statuses == {503}
    assert seconds < 10


def test_what_was_acknowledged_is_there_as_if_nothing_had_happened(
    story: Story, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = story.library.store
    assert store.check() == ()
    there = len(store.plans()) - 1
    assert there in (story.acknowledged, story.acknowledged + 1)
    beside = library_of(tmp_path_factory.mktemp("beside"), pairs=PAIRS[:there])
    assert answers(store) == answers(beside.store)
    assert found(story.library.catalog) == found(beside.catalog)
    beside.close()


def found(catalog: Catalog) -> list[object]:
    results = [catalog.search(text, limit=5000) for text in SEARCHES]
    return [(each.kinds, each.facets, sorted((hit.entry.kind, hit.entry.id) for hit in each.hits)) for each in results]


def test_the_index_is_what_one_made_anew_would_be(story: Story) -> None:
    catalog = story.library.catalog
    before = [catalog.search(text, limit=5000).hits for text in SEARCHES]
    catalog.rebuild()
    assert [catalog.search(text, limit=5000).hits for text in SEARCHES] == before


def test_the_site_that_was_open_shows_the_same_as_one_opened_since(story: Story) -> None:
    since = library_of(story.server.address, ())
    one, other = (
        create_app(settings_for(story.server.address), library).test_client().get("/search?q=明厨亮灶").text
        for library in (story.library, since)
    )
    assert "明厨亮灶" in one
    assert without_clock(one) == without_clock(other)
    since.close()


def without_clock(page: str) -> list[str]:
    return [line for line in page.splitlines() if "秒" not in line]


def test_plans_come_in_again_and_the_lock_of_who_wrote_then_is_no_hindrance(story: Story) -> None:
    catalog = story.library.catalog
    saved = catalog.add(*LAST)
    assert saved.outcome == "new"
    assert set(task_texts(catalog, "")) >= {task.text for task in saved.plan.tasks}
    assert catalog.trouble is None
