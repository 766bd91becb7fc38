"""The site under load (压力): mixed pages at a steady rate, beside a slow client, a silent one and a huge query.

Traffic goes to 127.0.0.1 only.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.open_loop import Offered, offer
from benchmarks.plans import seed_plan
from benchmarks.serving import Served, served
from benchmarks.timing import Figure
from ingest.language.lexicon import Lexicon

PATIENCE = 30


@dataclass
class Figures:
    """What happened: the answers, and resident bytes of the server by time."""

    offered: Offered
    resident: list[int]


def measure(_: Lexicon) -> Iterator[Figure]:
    """200 requests a second for five minutes, one web process."""
    figures = run()
    offered, resident = figures.offered, figures.resident
    errors = [told for told in offered.told if told.status != 200]
    yield Figure("200 requests/s for 300 s: answers", str(len(offered.told)), f"{len(errors)} errors")
    for share in (0.5, 0.95, 0.99):
        yield Figure(f"  p{share * 100:.0f}", f"{offered.percentile(share) * 1000:.0f} ms")
    steady = resident[len(resident) // 3 :]
    yield Figure(
        "  resident memory", f"{steady[-1] / 1e6:.0f} MB", f"{steady[0] / 1e6:.0f} MB after a third of the time"
    )
    for status, path in sorted({(told.status, told.path) for told in errors})[:5]:
        yield Figure(f"  error: {status or 'no answer'}", path)


def run(rate: int = 200, seconds: int = 300) -> Figures:
    """Serves a library of the published plan and loads it at `rate` requests a second for so many seconds."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), "--plans", str(seed_plan().parent)) as site:
        pages = _pages(site.port)
        resident: list[int] = []
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(site, resident, over, max(1.0, seconds / 30)))
        watch.start()
        nuisance = _slow_and_half_open(site.port)
        try:
            return Figures(offer(site.port, pages, rate, seconds, PATIENCE), resident)
        finally:
            over.set()
            watch.join()
            for each in nuisance:
                each.close()


def _watch(site: Served, resident: list[int], over: threading.Event, every: float) -> None:
    resident.append(site.resident())
    while not over.wait(every):
        resident.append(site.resident())


def _pages(port: int) -> Sequence[str]:
    """Addresses of every kind, found by following the front page; searches vary, so that not all are kept ones."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/api/v1/units")
    found = json.loads(connection.getresponse().read())
    connection.close()
    units = [f"/units/{quote(load['unit']['id'])}" for load in found["loads"]][:20]
    plan = "/plans/" + quote("焦作市示范区-焦示食安-2021-1")
    searches = [
        f"/search?q={quote(word)}" for word in ("明厨亮灶", "冷链", "抽检", "谁负责校园食品安全", "应急演练", "网格员")
    ]
    return ["/", plan, f"{plan}/text", "/due?from=2021-11-01&to=2021-11-30", "/doubts", *units, *searches]


def _slow_and_half_open(port: int) -> list[socket.socket]:
    """A client that never finishes its request, one that says nothing, and one that asks with a megabyte."""
    slow, silent, huge = (socket.create_connection(("127.0.0.1", port)) for _ in range(3))
    slow.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    with contextlib.suppress(OSError):
        huge.sendall(b"GET /search?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return [slow, silent, huge]
