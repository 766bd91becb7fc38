"""Fuzzed requests (请求): Flask's own names, strange paths, values, hosts, methods, headers; in process, on a socket.

Harm is an answer that breaks down (5xx), lacks a header of the policy, holds a traceback or the Host that was sent,
has other links than the plain page, or takes a place in the cache for what no page knows.
"""

from __future__ import annotations

import gzip
import logging
import random
import re
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.attack.rows import Row
from tests.support.browser import served
from tests.support.web_library import Addresses, library_of, settings_for
from web.serving.security import POLICY
from web.site.app import create_app

NAMES = (
    "endpoint", "_anchor", "_scheme", "_method", "_external", "values", "self", "id", "about", "filename", "kwargs",
    "q", "page", "plan", "unit", "role", "kind", "section", "document", "month", "fact", "from", "to", "code", "lang",
    "type", "utm", "__class__", "next", "url", "",
)  # fmt: skip
VALUES = (
    "", "1", "0", "-1", "9" * 40, "x", "https", "en", "large", "pages.home", "static", "//evil.example",
    "javascript:1", "<script>", "\'\"><img src=x>", "\x00", "\r\nX-Evil: 1", "😀", "\u202e反", "%", "%zz", "../../etc",
    "2021-13", "2021-12-31", "2021-12", "lead", "task", "a" * 600, "*", '"', "《》", "-", "谁", "食品安全",
    "١٢", "{{7*7}}",
)  # fmt: skip
HOSTS = ("localhost", "127.0.0.1", "localhost:4711", "[::1]:4711", "evil.example", "", "localhost:999999", "a b", "@")
METHODS = ("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "BREW")
HEADERS = (
    ("Accept-Encoding", "gzip"), ("If-None-Match", "*"), ("If-None-Match", "W/\"x"),
    ("X-Forwarded-Host", "evil.example"),
    ("X-Forwarded-Proto", "https"), ("Range", "bytes=0-1"), ("Cookie", "session=x"), ("Content-Length", "-1"),
    ("If-Modified-Since", "never"), ("Accept-Language", "*"), ("Content-Type", "multipart/form-data"),
)  # fmt: skip
_STRANGE_PATHS = (
    "//", "/./", "/%2e%2e/", "/static/", "/static/%00", "/\x00", "/plans/", "/api/v1", "/api/v1//", f"/{'a' * 3000}",
)  # fmt: skip


class _Count(logging.Handler):
    """Counts what is logged as an error, and how many lines that is."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records = self.lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.records += 1
        self.lines += len(self.format(record).splitlines())


def fuzzed_requests(seconds: float) -> Iterator[Row]:
    """Three quarters of the time in process, one quarter on a socket."""
    log = _Count()
    logging.getLogger().addHandler(log)
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(Path(folder))
        app = create_app(settings_for(folder), library)
        paths = [path.partition("#")[0] for path in Addresses(library).all().values()]
        try:
            yield _own_names(app.test_client(), paths)
            yield from _in_process(app.test_client(), paths, seconds * 0.7)
            with served(app) as origin:
                yield _on_a_socket(int(origin.rpartition(":")[2]), paths, seconds * 0.25)
        finally:
            logging.getLogger().removeHandler(log)
            library.close()
    yield Row("lines of log of an error", log.records, log.lines - log.records, f"{log.lines} lines")


def _own_names(client: FlaskClient, paths: list[str]) -> Row:
    """Each name of Flask's on each page changes neither links nor ETag."""
    tried = harmed = 0
    for path in paths:
        plain = client.get(path)
        for name in NAMES[:11]:
            for value in ("https", "1", "pages.home", "//evil.example"):
                answer = client.get(f"{path}{'&' if '?' in path else '?'}{name}={quote(value)}")
                tried += 1
                same = _links(answer) == _links(plain) and answer.headers.get("ETag") == plain.headers.get("ETag")
                harmed += not same or answer.status_code != plain.status_code
    return Row("Flask's own names on every page", tried, harmed)


def _links(answer: TestResponse) -> list[str]:
    return re.findall(r'(?:href|src|action|data-network)="([^"]*)"', answer.text)


def _in_process(client: FlaskClient, paths: list[str], seconds: float) -> Iterator[Row]:
    chance, end = random.Random(20251124), time.monotonic() + seconds
    tried, harms = Counter[int](), Counter[str]()
    while time.monotonic() < end:
        host = chance.choice(HOSTS) if chance.random() < 0.2 else "localhost:4711"
        headers = [("Host", host), *chance.sample(HEADERS, chance.randint(0, 2))]
        path, _, query = _address(chance, paths).partition("?")
        sent = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": _ascii(query)}
        answer = client.open("/", method=chance.choice(METHODS), headers=headers, environ_overrides=sent)
        tried[answer.status_code] += 1
        harms.update(_harms(answer))
    said = ", ".join(f"{count} × {code}" for code, count in sorted(tried.items()))
    what = "; ".join(f"{count} {harm}" for harm, count in harms.items())
    yield Row("fuzzed requests in process", tried.total(), harms.total(), what or said)


def _address(chance: random.Random, paths: list[str]) -> str:
    path = chance.choice(paths) if chance.random() < 0.8 else chance.choice(_STRANGE_PATHS)
    if chance.random() < 0.3 and "?" not in path:
        path = f"{'/api/v1' if chance.random() < 0.5 else ''}{path}/{quote(chance.choice(VALUES))}"
    pairs = (f"{quote(chance.choice(NAMES))}={_value(chance)}" for _ in range(chance.randint(0, 6)))
    return f"{path}{'&' if '?' in path else '?'}{'&'.join(pairs)}"


def _value(chance: random.Random) -> str:
    value = chance.choice(VALUES)
    return value if chance.random() < 0.1 and value.isascii() and value.isprintable() else quote(value)


def _ascii(address: str) -> str:
    return "".join(each if 32 < ord(each) < 127 else quote(each) for each in address)


def _harms(answer: TestResponse) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
    if answer.headers.get("Content-Security-Policy") != POLICY:
        yield "without the policy"
    location = answer.headers.get("Location", "")
    text = _text_of(answer)
    if "4711" in text + location or "evil" in location or "X-Evil" in answer.headers:
        yield "tells the Host or takes a header"
    if "Traceback" in text:
        yield "with a traceback"


def _text_of(answer: TestResponse) -> str:
    data = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") == "gzip" else answer.data
    return data.decode("utf-8", "replace")


def _on_a_socket(port: int, paths: list[str], seconds: float) -> Row:
    """Raw bytes to the real server: every connection is answered or closed, none with a 5xx, and the site stays up."""
    chance, end = random.Random(2), time.monotonic() + seconds
    codes, harmed = Counter[str](), 0
    while time.monotonic() < end:
        code = _exchange(port, _raw(chance, paths))
        codes[code] += 1
        harmed += code.startswith("5") or code == "hung"
    alive = _exchange(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n") == "200"
    said = ", ".join(f"{count} × {code}" for code, count in sorted(codes.items()))
    return Row("fuzzed requests on a socket", codes.total(), harmed + (not alive), said)


def _raw(chance: random.Random, paths: list[str]) -> bytes:
    lines = [f"{chance.choice(METHODS)} {_ascii(_address(chance, paths))} HTTP/1.1", "Connection: close"]
    lines += [f"Host: {chance.choice(HOSTS)}"]
    lines += [f"{name}: {value}" for name, value in chance.sample(HEADERS, 2)]
    raw = bytearray("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
    if chance.random() < 0.3:
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def _exchange(port: int, raw: bytes) -> str:
    """The status of the answer, "closed" without one, "hung" after ten seconds."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            found = re.match(rb"HTTP/1\.[01] (\d{3})", connection.recv(64))
            return found[1].decode() if found else "closed"
    except TimeoutError:
        return "hung"
    except OSError:
        return "closed"
