"""Overload (过载): more is asked than can be answered, of pages that no answer is kept for, beside Datasette.

Datasette serves the same tasks, searched with SQLite's FTS5. It is no dependency: ZEREN_DATASETTE names a Python that
has it (`python -m venv …`, `pip install datasette`); without, its rows are left out with a word.
"""

from __future__ import annotations

import http.client
import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.open_loop import Offered, offer
from benchmarks.serving import Served, running, served
from ingest.language.lexicon import load_lexicon
from tests.attack.cold import LEXICON, Asked, make_library, some
from tests.attack.rows import Row

_TIMES = (0.5, 1.0, 2.0, 5.0, 10.0)
"""What is offered, in times of what the site can answer."""
_KEPT = 0.8
"""The share of its best goodput that the site must keep under any overload; where the machine gave it less processor
time than before, of its goodput for each second of that."""


def overload(seconds: float) -> Iterator[Row]:
    """Offers more and more to the site, then to its peer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = make_library(folder / "library", load_lexicon(LEXICON))
        each = max(3.0, seconds / 2 / (len(_TIMES) + 2))
        with served(folder / "library") as site:
            yield from _rows("Zeren", site, asked.pages(), each, judged=True)
        python = os.environ.get("ZEREN_DATASETTE")
        if not python:
            yield Row("Datasette", 0, 0, "not asked: ZEREN_DATASETTE names no Python that has it")
            return
        _fill(asked, folder / "tasks.db")
        with running([python, "-m", "datasette", "serve", str(folder / "tasks.db")]) as peer:
            yield from _rows("Datasette", peer, _of_datasette(asked.pages()), each, judged=False)


def _fill(asked: Asked, file: Path) -> None:
    """The tasks as a table of SQLite, every three characters of their texts indexed."""
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("CREATE TABLE tasks (id TEXT PRIMARY KEY, text TEXT)")
        base.executemany("INSERT INTO tasks VALUES (?, ?)", asked.tasks.items())
        base.execute("CREATE VIRTUAL TABLE tasks_fts USING fts5 (text, content='tasks', tokenize='trigram')")
        base.execute("INSERT INTO tasks_fts (tasks_fts) VALUES ('rebuild')")


def _of_datasette(pages: Iterator[str]) -> Iterator[str]:
    """The same searches and tasks, as Datasette addresses them."""
    for page in pages:
        kind, _, what = page.partition("=") if "=" in page else page.rpartition("/")
        yield f"/tasks/tasks?_search={what}" if kind.startswith("/search") else f"/tasks/tasks?id={what}"


def _rows(name: str, site: Served, pages: Iterator[str], seconds: float, judged: bool) -> Iterator[Row]:
    offer(site.port, some(pages, 100), 20, 5)  # what is loaded on first need is loaded now
    capacity = _capacity(site.port, pages, seconds)
    best, best_paid = capacity, 0.0
    for times in _TIMES:
        rate = times * capacity
        paid = site.processor()
        offered = offer(site.port, some(pages, int(rate * seconds) + 1), rate, seconds)
        paid = max(site.processor() - paid, 0.01)
        again = _answers_again(site.port, pages)
        goodput, goodput_paid = offered.goodput(), offered.goodput() * seconds / paid
        best, best_paid = max(best, goodput), max(best_paid, goodput_paid if times >= 1 else 0)
        lost = times >= 1 and goodput < _KEPT * best and goodput_paid < _KEPT * best_paid
        measured = f"{_measured(offered)}; {goodput_paid:.0f} per processor second; as before after {again:.1f} s"
        yield Row(
            f"{name}: {times:g} × {capacity:.0f} cold pages a second", len(offered.told), judged and lost, measured
        )


def _measured(offered: Offered) -> str:
    statuses = offered.statuses()
    return (
        f"{offered.goodput():.1f} answered a second, p50 {offered.percentile(0.5):.2f} s, "
        f"p99 {offered.percentile(0.99):.2f} s; {statuses[503]} refused, p50 "
        f"{offered.percentile(0.5, 503) * 1000:.0f} ms; {statuses[0]} without answer"
    )


def _capacity(port: int, pages: Iterator[str], seconds: float) -> float:
    """Pages a second for three who ask one after another."""
    end = time.monotonic() + seconds
    answered: list[float] = []

    def ask(mine: list[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for page in mine:
            if time.monotonic() > end:
                break
            connection.request("GET", page)
            connection.getresponse().read()
            answered.append(time.monotonic())
        connection.close()

    askers = [threading.Thread(target=ask, args=(some(pages, int(seconds * 200)),)) for _ in range(3)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    return len(answered) / seconds


def _answers_again(port: int, pages: Iterator[str], most: float = 20) -> float:
    """Seconds until a page is answered within one; `most` where that does not come about."""
    began = time.monotonic()
    while time.monotonic() - began < most:
        offered = offer(port, [next(pages)], 1, 1, patience=1)
        if offered.statuses()[200]:
            return time.monotonic() - began
    return most
