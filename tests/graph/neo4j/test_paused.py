"""A Neo4j server that is held still: every asker is told so in time, and is answered again once it goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from flask import Flask

from graph.errors import DatabaseUnreachable
from graph.neo4j.server.connection import Database, Transaction, address_of
from graph.neo4j.server.silence import Silence
from tests.support.factories import a_plan
from tests.support.neo4j_server import Neo4jServer
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app

ASKERS = 8
KEEP_ALIVE = 60
"""Seconds that a test waits at most: half of what Neo4j itself would keep a client waiting for."""


@pytest.fixture
def site(neo4j_server: Neo4jServer) -> Iterator[Flask]:
    neo4j_server.wipe()
    library = library_of(neo4j_server.address, (), [a_plan("甲项任务", "乙项任务")])
    yield create_app(settings_for(neo4j_server.address), library)
    library.close()


def ask_all(site: Flask, together: int = ASKERS) -> list[tuple[int, str]]:
    """The status and Retry-After that so many askers at the same time are given, each for another page."""
    start = threading.Barrier(together)

    def ask(number: int) -> tuple[int, str]:
        start.wait(KEEP_ALIVE)
        answer = site.test_client().get(f"/search?q={number}")
        return answer.status_code, answer.headers.get("Retry-After", "")

    threads = ThreadPoolExecutor(together)
    try:
        return list(threads.map(ask, range(together), timeout=KEEP_ALIVE))
    finally:
        threads.shutdown(wait=False)


def test_every_asker_of_a_paused_server_is_told_so_and_is_answered_once_it_goes_on(
    site: Flask, neo4j_server: Neo4jServer
) -> None:
    assert {status for status, _ in ask_all(site)} == {200}
    with neo4j_server.paused():
        assert ask_all(site) == [(503, "5")] * ASKERS
        assert ask_all(site, 2 * ASKERS) == [(503, "5")] * 2 * ASKERS
    assert any(ask_all(site, 1) == [(200, "")] or threading.Event().wait(0.5) for _ in range(KEEP_ALIVE))
    assert {status for status, _ in ask_all(site)} == {200}


def test_a_paused_server_of_which_nobody_was_asked_before_is_told(neo4j_server: Neo4jServer) -> None:
    for scheme in ("bolt", "neo4j"):
        database = Database(address_of(neo4j_server.address_as(neo4j_server.password, scheme)))
        with neo4j_server.paused(), pytest.raises(DatabaseUnreachable):
            database.read(lambda reading: reading.rows("RETURN 1"))
        database.close()


def test_a_commit_under_way_when_the_server_is_paused_is_told(neo4j_server: Neo4jServer) -> None:
    for scheme in ("bolt", "neo4j"):
        database = Database(address_of(neo4j_server.address_as(neo4j_server.password, scheme)))
        assert database.write(lambda writing: writing.rows("RETURN 1")) == [[1]]
        with neo4j_server.paused(), pytest.raises(DatabaseUnreachable):
            database.write(lambda writing: writing.rows("RETURN 2"))
        database.close()


def test_a_question_that_takes_its_time_is_answered(neo4j_server: Neo4jServer) -> None:
    database = Database(address_of(neo4j_server.address))
    asked = threading.Event()

    def alive(server: str) -> bool:
        asked.set()
        return database._alive(server)

    database._silence = Silence(alive, patience=0.2)
    counted = 1_000_000
    while not asked.is_set():
        counted *= 2
        assert database.read(partial(count, to=counted)) == [[counted // 3]]
    database.close()


def count(reading: Transaction, to: int) -> list[list[int]]:
    return reading.rows("UNWIND range(1, $to) AS n WITH n WHERE n % 3 = 0 RETURN count(n)", to=to)
