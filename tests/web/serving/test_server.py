"""The web server under clients that drip, crowd, leave and do not read: the site still answers, or says no in time."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from web.serving.security import headers
from web.serving.server import Server, ServerLimits

Start = Callable[..., object]


@dataclass
class App:
    """An application whose /slow waits to be let go; it keeps what it was asked for."""

    asked: list[str] = field(default_factory=list)
    busy: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    go: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: dict[str, Any], start: Start) -> list[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if path == "/broken":
            raise ValueError
        if path.startswith("/slow"):
            self.busy.release()
            self.go.wait(20)
        body = b"x" * 20_000_000 if path == "/long" else path.encode()
        start("200 OK", [("Content-Length", str(len(body))), ("Content-Type", "text/plain")])
        return [body]


@dataclass
class Site:
    """A server that runs, what it serves, and the sockets of its clients."""

    app: App
    server: Server
    thread: threading.Thread
    clients: ExitStack

    def connect(self, *, buffer: int | None = None) -> socket.socket:
        """A client that has said nothing yet."""
        client = self.clients.enter_context(socket.socket())
        if buffer:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        client.settimeout(10)
        client.connect(("127.0.0.1", self.server.port))
        return client

    def ask(self, path: str) -> socket.socket:
        """A client that has asked and waits."""
        client = self.connect()
        client.sendall(_request(path))
        return client

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        """An answer, read whole."""
        return _read(self.ask(path))


def _request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def _read(client: socket.socket) -> tuple[http.client.HTTPResponse, bytes]:
    answer = http.client.HTTPResponse(client)
    answer.begin()
    return answer, answer.read()


def _closed(client: socket.socket) -> bool:
    """Whether the server closes the connection within ten seconds; what it still sends is read."""
    try:
        while client.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def _until(told: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not told():
        assert time.monotonic() < end, "it did not come about within ten seconds"
        time.sleep(0.01)


@contextmanager
def _site(**limits: Any) -> Iterator[Site]:
    app = App()
    server = Server(app, "127.0.0.1", 0, limits=ServerLimits(finish=0.5, **limits))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with ExitStack() as clients:
        try:
            yield Site(app, server, thread, clients)
        finally:
            app.go.set()
            server.stop()
            thread.join(15)
    assert not thread.is_alive()


def test_150_clients_that_drip_do_not_stop_the_site() -> None:
    with _site(connections=100) as site:
        dripping = [site.connect() for _ in range(150)]
        for client in dripping:
            client.sendall(b"GET / HT")
        assert site.get("/here")[1] == b"/here"
        closed = [client for client in dripping if _gone(client)]
        assert 50 <= len(closed) < 100, "room is made among those that were idle longest, for no more than is needed"


def _gone(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize("drop", [b"X-A: b\r\n", b"\r\n\r\n"], ids=["headers", "empty lines"])
def test_a_request_must_be_whole_in_time_however_it_drips(drop: bytes) -> None:
    with _site(request=1) as site:
        client = site.connect()
        if drop.strip():
            client.sendall(b"GET / HTTP/1.1\r\n")
        assert _drips(client, drop) < 100
        assert site.app.asked == []


def _drips(client: socket.socket, drop: bytes) -> int:
    """How many drops are taken, ten a second, before the connection is closed; 100 at most."""
    for number in range(100):
        try:
            client.sendall(drop)
        except OSError:
            return number
        time.sleep(0.1)
    return 100


def test_a_body_that_drips_is_cut_off_too() -> None:
    with _site(request=1) as site:
        client = site.connect()
        client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
        assert _closed(client)
        assert site.app.asked == []


def test_a_connection_that_goes_on_asking_stays_open() -> None:
    with _site(request=1.5) as site:
        client = site.connect()
        for _ in range(6):
            client.sendall(_request("/again"))
            assert _read(client)[1] == b"/again"
            time.sleep(0.5)


@pytest.mark.parametrize(("path", "kind"), [("/a", "text/html"), ("/api/v1/a", "application/problem+json")])
def test_where_the_line_is_full_the_next_is_told_so_with_all_headers(path: str, kind: str) -> None:
    with _site(threads=2, line=3) as site:
        for _ in range(2):
            site.ask("/slow")
            assert site.app.busy.acquire(timeout=10)
        waiting = [site.ask(f"/wait/{number}") for number in range(3)]
        _until(lambda: site.server.waiting() == 3)
        answer, body = site.get(path)
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Content-Type"].startswith(kind)
        assert headers(https=False).items() <= dict(answer.headers).items()
        assert "请过几秒再试" in body.decode()
        assert "try again in a few seconds" in site.get(f"{path}?lang=en")[1].decode()
        site.app.go.set()
        assert [_read(client)[1] for client in waiting] == [b"/wait/0", b"/wait/1", b"/wait/2"]
        assert path not in site.app.asked


def test_a_slow_line_is_short() -> None:
    with _site(threads=1, line=100, short=2, wait=0.01) as site:
        threading.Timer(0.5, site.app.go.set).start()
        site.get("/slow")  # so long does a page take now
        site.app.go.clear()
        assert site.app.busy.acquire(timeout=10)
        site.ask("/slow")
        assert site.app.busy.acquire(timeout=10)
        for number in range(2):
            site.ask(f"/wait/{number}")
        _until(lambda: site.server.waiting() == 2)
        assert site.get("/next")[0].status == 503


def test_what_nobody_waits_for_any_more_is_not_made() -> None:
    with _site(threads=1, line=2) as site:
        site.ask("/slow")
        assert site.app.busy.acquire(timeout=10)
        leaving = [site.ask("/left/1"), site.ask("/left/2")]
        _until(lambda: site.server.waiting() == 2)
        for client in leaving:
            client.close()
        _until(lambda: site.server.waiting() == 0)
        stayed = site.ask("/stayed")
        site.app.go.set()
        assert _read(stayed)[1] == b"/stayed", "those who went have made room"
        assert site.app.asked == ["/slow", "/stayed"]


def test_small_files_go_before_pages() -> None:
    with _site(threads=1, line=1) as site:
        site.ask("/slow")
        assert site.app.busy.acquire(timeout=10)
        page = site.ask("/page")
        _until(lambda: site.server.waiting() == 1)
        style = site.ask("/static/site.css")
        _until(lambda: site.server.waiting() == 2)
        site.app.go.set()
        assert (_read(style)[1], _read(page)[1]) == (b"/static/site.css", b"/page")
        assert site.app.asked == ["/slow", "/static/site.css", "/page"]


def test_who_does_not_read_holds_no_worker_and_is_cut_off() -> None:
    with _site(threads=1, reading=1) as site:
        deaf = site.connect(buffer=4096)
        deaf.sendall(_request("/long") * 20)
        assert site.get("/others")[1] == b"/others"
        assert site.app.asked.count("/long") <= 2, "what is asked for beside an answer that nobody reads is not made"
        _until(lambda: site.server.connections() == 1)  # the other one


def test_what_waits_for_its_readers_is_bounded_for_all_together() -> None:
    with _site(unread=30_000_000) as site:
        for _ in range(4):
            site.connect(buffer=4096).sendall(_request("/long"))
        _until(lambda: site.app.asked.count("/long") == 4)
        _until(lambda: site.server.connections() == 1)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n", 413),
        (b"nonsense\r\n\r\n", 400),
    ],
)
def test_what_is_too_long_or_no_request_is_refused_early_with_all_headers(sent: bytes, status: int) -> None:
    with _site() as site:
        client = site.connect()
        client.sendall(sent)
        answer, _ = _read(client)
        assert answer.status == status
        assert headers(https=False).items() <= dict(answer.headers).items()
        assert site.app.asked == []


def test_an_application_that_breaks_is_answered_with_all_headers() -> None:
    with _site() as site:
        answer, _ = site.get("/broken")
        assert answer.status == 500
        assert headers(https=False).items() <= dict(answer.headers).items()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_the_answer_that_is_being_made_and_ends_well(told: signal.Signals) -> None:
    with _process("-m", "tests.support.server_child") as child:
        assert child.stdout is not None
        client = socket.create_connection(("127.0.0.1", int(child.stdout.readline())), 10)
        client.sendall(_request("/"))
        assert child.stdout.readline() == "asked\n"
        child.send_signal(told)
        assert child.stdout.readline() == "told\n"
        time.sleep(0.5)  # the answer is made now, and lies unread
        answer, body = _read(client)
        client.close()
        assert (answer.status, len(body)) == (200, 5_000_000)
        assert child.wait(15) == 0


def test_the_site_starts_answers_and_stops(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    library = ["--library", str(tmp_path), "--plans", "data/plans"]
    with _process("-m", "zeren", "serve", "--port", str(port), *library) as child:
        assert child.stdout is not None
        assert any(str(port) in line for line in child.stdout)
        idle = socket.create_connection(("127.0.0.1", port), 10)
        with socket.create_connection(("127.0.0.1", port), 10) as client:
            client.sendall(_request("/"))
            assert _read(client)[0].status == 200
        child.send_signal(signal.SIGTERM)
        assert child.wait(15) == 0
        assert idle.recv(1) == b""
        idle.close()


@contextmanager
def _process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait(10)
