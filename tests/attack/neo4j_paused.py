"""A Neo4j server that is held still (SIGSTOP) under a site: whoever asks is told so within ten seconds."""

from __future__ import annotations

import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.attack.rows import Row
from tests.support.browser import served
from tests.support.factories import a_plan
from tests.support.neo4j_server import Neo4jServer, neo4j_jars
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app

WITHIN = 10.0
"""Seconds within which every asker must have been told."""

ASKERS = 16
"""Twice as many as the site has threads."""


def neo4j_paused(seconds: float) -> Iterator[Row]:
    """Askers by HTTP before the server is paused, while it is, and after. Takes half a minute at most, whatever
    `seconds` says; a row that says so where Java or Maven is missing."""
    try:
        jars = neo4j_jars()
    except RuntimeError as missing:
        yield Row("paused Neo4j: not tried", 0, 0, str(missing))
        return
    with tempfile.TemporaryDirectory(prefix="zeren-neo4j-", ignore_cleanup_errors=True) as folder:
        server = Neo4jServer(jars, Path(folder) / "home")
        try:
            server.start()
            yield from _attacked(server)
        finally:
            server.kill()


def _attacked(server: Neo4jServer) -> Iterator[Row]:
    library = library_of(server.address, (), [a_plan("甲项任务", "乙项任务")])
    try:
        with served(create_app(settings_for(server.address), library)) as site:
            yield _row("living Neo4j: askers answered", _asked(site, "before"), 200)
            with server.paused():
                yield _row("paused Neo4j: askers at the same time get 503", _asked(site, "first"), 503)
                yield _row("paused Neo4j: the next askers", _asked(site, "next"), 503)
            yield _back(site)
    finally:
        library.close()


def _asked(site: str, word: str) -> list[tuple[int, float]]:
    """The status that each of many askers at the same time gets, and after how many seconds."""
    with ThreadPoolExecutor(ASKERS) as threads:
        return list(threads.map(lambda number: _ask(f"{site}/search?q={word}{number}"), range(ASKERS)))


def _ask(address: str) -> tuple[int, float]:
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=200) as answer:
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code if error.headers["Retry-After"] else 500
    return status, time.monotonic() - began


def _row(attack: str, answers: list[tuple[int, float]], wanted: int) -> Row:
    harmed = sum(status != wanted or took > WITHIN for status, took in answers)
    return Row(attack, len(answers), harmed, f"slowest {max(took for _, took in answers):.1f} s")


def _back(site: str) -> Row:
    began = time.monotonic()
    while _ask(f"{site}/search?q=after")[0] != 200:
        if time.monotonic() - began > WITHIN:
            return Row("Neo4j goes on: answers again by itself", 1, 1, f"not within {WITHIN:.0f} s")
        time.sleep(0.1)
    return Row("Neo4j goes on: answers again by itself", 1, 0, f"after {time.monotonic() - began:.1f} s")
