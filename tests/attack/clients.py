"""Slow clients (慢客户端): many that hold on, drip, are silent or do not read, while others want their pages."""

from __future__ import annotations

import contextlib
import http.client
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.open_loop import offer
from benchmarks.plans import seed_plan
from benchmarks.serving import Served, served
from tests.attack.rows import Row

_CROWD = 1500
"""Sockets of each kind, more than the site keeps."""
_DRIP = 0.5
"""Seconds between two drops of one client."""
_RATE = 10
"""Pages a second that others ask for meanwhile; each must come within five seconds."""


def clients(seconds: float) -> Iterator[Row]:
    """Each kind of crowd for an equal part of the time."""
    kinds: list[tuple[str, int, Callable[[int], socket.socket], bytes]] = [
        ("browsers with 6 idle connections each", 16 * 6, _idle, b""),
        ("sockets that drip a header", _CROWD, _beginning, b"X-A: b\r\n"),
        ("sockets that drip empty lines", _CROWD, _silent, b"\r\n"),
        ("silent sockets", _CROWD, _silent, b""),
        ("clients that ask for ten pages at once and read none", 100, _deaf, b""),
        ("queries of a megabyte", 100, _huge, b""),
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), "--plans", str(seed_plan().parent)) as site,
    ):
        for name, count, client, drop in kinds:
            yield _crowd(site, name, count, client, drop, max(3.0, seconds / len(kinds) - 2))


def _crowd(
    site: Served, name: str, count: int, client: Callable[[int], socket.socket], drop: bytes, seconds: float
) -> Row:
    over = threading.Event()
    crowd = threading.Thread(target=_hold, args=(site.port, count, client, drop, over))
    crowd.start()
    time.sleep(1)
    offered = offer(site.port, ["/", "/units", "/doubts"], _RATE, seconds - 1)
    over.set()
    crowd.join()
    unanswered = sum(told.status != 200 for told in offered.told)
    measured = f"others' pages p99 {offered.percentile(0.99) * 1000:.0f} ms; resident {site.resident() / 1e6:.0f} MB"
    return Row(f"{count} {name}", len(offered.told), unanswered, measured)


def _hold(port: int, count: int, client: Callable[[int], socket.socket], drop: bytes, over: threading.Event) -> None:
    """Keeps so many clients at it: who was sent away comes again."""
    crowd: list[socket.socket] = []
    try:
        while not over.is_set():
            while len(crowd) < count and not over.is_set():
                with contextlib.suppress(OSError):
                    crowd.append(client(port))
            crowd = [one for one in crowd if _drips(one, drop)]
            over.wait(_DRIP)
    finally:
        for one in crowd:
            one.close()


def _drips(client: socket.socket, drop: bytes) -> bool:
    try:
        client.sendall(drop)
        client.setblocking(False)
        return not drop or client.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        client.close()
        return False


def _silent(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 5)


def _beginning(port: int) -> socket.socket:
    client = _silent(port)
    client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    return client


def _idle(port: int) -> socket.socket:
    client = _silent(port)
    client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    http.client.HTTPResponse(client).begin()
    return client


def _deaf(port: int) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(5)
    client.connect(("127.0.0.1", port))
    client.sendall(b"GET /units HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 10)
    return client


def _huge(port: int) -> socket.socket:
    client = _silent(port)
    client.sendall(b"GET /search?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return client
