"""The site under load (压力): mixed pages at a steady rate, beside a slow client, a silent one and a huge query.

Open loop: requests are sent when they are due, whether or not earlier ones were answered, so that a slow server
cannot slow the measure down (Tene, How NOT to Measure Latency, 2015). Traffic goes to 127.0.0.1 only.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from benchmarks.plans import seed_plan
from benchmarks.timing import Figure
from ingest.lexicon import Lexicon

WORKERS = 48


@dataclass
class Figures:
    """What happened: seconds of each answer, answers that were no 200, resident bytes of the server by time."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    resident: list[int] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Seconds below which so great a share of the answers stayed."""
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def measure(_: Lexicon) -> Iterator[Figure]:
    """200 requests a second for five minutes, one web process."""
    figures = run()
    yield Figure("200 requests/s for 300 s: answers", str(len(figures.seconds)), f"{len(figures.errors)} errors")
    for share in (0.5, 0.95, 0.99):
        yield Figure(f"  p{share * 100:.0f}", f"{figures.percentile(share) * 1000:.0f} ms")
    steady = figures.resident[len(figures.resident) // 3 :]
    yield Figure(
        "  resident memory", f"{steady[-1] / 1e6:.0f} MB", f"{steady[0] / 1e6:.0f} MB after a third of the time"
    )
    for error in sorted(set(figures.errors))[:5]:
        yield Figure(f"  error: {error}", str(figures.errors.count(error)))


def run(rate: int = 200, seconds: int = 300) -> Figures:
    """Serves a library of the published plan and loads it at `rate` requests a second for so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        home = seed_plan().parent.parent.parent
        command = [sys.executable, "-m", "zeren", "serve", "--port", str(port), "--library", folder]
        server = subprocess.Popen([*command, "--plans", str(seed_plan().parent)], cwd=home, stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            return _loaded(server.pid, port, rate, seconds)
        finally:
            server.terminate()
            server.wait(20)


def _loaded(pid: int, port: int, rate: int, seconds: int) -> Figures:
    figures = Figures()
    pages = _pages(port)
    nuisance = _slow_and_half_open(port)
    count = rate * seconds
    start = time.perf_counter() + 0.5
    turn = iter(range(count))
    lock = threading.Lock()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                number = next(turn, None)
            if number is None:
                return
            due = start + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                connection.request("GET", pages[number % len(pages)], headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    figures.errors.append(f"{answer.status} {pages[number % len(pages)]}")
            except OSError as error:
                figures.errors.append(type(error).__name__)
                connection.close()
            figures.seconds.append(time.perf_counter() - due)

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        figures.resident.append(_resident(pid))
        time.sleep(max(1.0, seconds / 30))
    for each in nuisance:
        each.close()
    return figures


def _pages(port: int) -> Sequence[str]:
    """Addresses of every kind, found by following the front page; searches vary, so that not all are kept ones."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/api/v1/units")
    found = connection.getresponse().read().decode()
    connection.close()
    units = [f"/units/{quote(row['id'])}" for row in _rows(json.loads(found))][:20]
    plan = "/plans/" + quote("焦作市示范区-焦示食安-2021-1")
    searches = [
        f"/search?q={quote(word)}" for word in ("明厨亮灶", "冷链", "抽检", "谁负责校园食品安全", "应急演练", "网格员")
    ]
    return ["/", plan, f"{plan}/text", "/due?from=2021-11-01&to=2021-11-30", "/doubts", *units, *searches]


def _rows(found: object) -> list[dict[str, str]]:
    if isinstance(found, dict):
        found = found.get("units", [])
    return found if isinstance(found, list) else []


def _slow_and_half_open(port: int) -> list[socket.socket]:
    """A client that never finishes its request, one that says nothing, and one that asks with a megabyte."""
    slow, silent, huge = (socket.create_connection(("127.0.0.1", port)) for _ in range(3))
    slow.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    with contextlib.suppress(OSError):
        huge.sendall(b"GET /search?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return [slow, silent, huge]


def _resident(pid: int) -> int:
    """Resident bytes of a process; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError):
        return 0
    return pages * 4096


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
