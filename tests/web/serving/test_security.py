"""The site against those who mean harm: hostile plans stay text, hostile requests are refused, nothing leaves."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.browser import served
from tests.support.factories import a_plan, a_section, a_task
from tests.support.web_library import Addresses, library_of, settings_for
from web.serving.security import LONGEST_QUERY
from web.site.app import create_app

SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(2)> href="javascript:alert(3)" \'"&'
BIDI = "\u202e单位\u2066反\u2069"
LONG = "长" * 300


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Addresses]]:
    """A site over a plan whose every word is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    source, plan = a_plan(
        a_section(
            f"标题{SCRIPT}",
            a_task(
                f"任务{SCRIPT}",
                lead=[f"{SCRIPT}局"],
                support=[f"{BIDI}局", f"{LONG}局"],
                by={"12月底前": "2021-12-31"},
                cites=[(f"办法{SCRIPT}", "中发〔2019〕17号")],
            ),
        ),
        title=f"要点{SCRIPT}{BIDI}",
        issuer=f"委员会{SCRIPT}",
        region=f"区{SCRIPT}",
    )
    library = library_of(folder, files=(), pairs=[(source, plan)])
    yield create_app(settings_for(folder), library), Addresses(library)
    library.close()


def test_hostile_words_stay_words_on_every_page(hostile: tuple[Flask, Addresses]) -> None:
    app, addresses = hostile
    client = app.test_client()
    for name, path in addresses.all().items():
        page = client.get(path.partition("#")[0]).text
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name
        assert not re.search(r'(href|src|action)="\s*javascript:', page), name


@pytest.mark.parametrize("form", ["svg", "html", "csv"])
def test_hostile_words_stay_words_in_the_files_of_maps(hostile: tuple[Flask, Addresses], form: str) -> None:
    app, addresses = hostile
    for path in (f"/plans/{addresses.plan}", f"/units/{addresses.unit}", "/tasks"):
        answer = app.test_client().get(f"{path}/map.{form}?m-all=1")
        assert answer.status_code == 200
        assert form == "csv" or "<script>alert" not in answer.text
        assert form == "csv" or "<img src=x" not in answer.text
        assert not set(BIDI) & set(answer.headers["Content-Disposition"]) - set("单位反")
        assert not re.search(r"%3C|%22|%2F|%E2%80%AE", answer.headers["Content-Disposition"])


def test_hostile_words_are_still_shown_in_full(hostile: tuple[Flask, Addresses]) -> None:
    app, addresses = hostile
    page = app.test_client().get(f"/tasks/{addresses.task}").text
    assert "<script>alert(1)</script>" in unescape(re.sub(r"<[^>]*>", "", page))
    assert LONG in page


def test_a_query_of_markup_stays_text(site: FlaskClient) -> None:
    page = site.get("/search", query_string={"q": SCRIPT}).text
    assert "<script>alert" not in page


def test_a_map_carries_hostile_names_as_json_only(hostile: tuple[Flask, Addresses]) -> None:
    app, addresses = hostile
    page = app.test_client().get("/maps/network", query_string={"of": f"unit:{addresses.unit}"}).text
    data = page.partition('<script type="application/json" id="net-data">')[2].partition("</script>")[0]
    assert "<" not in data
    nodes = msgspec.json.decode(data)["nodes"]
    assert "<script>alert" in nodes[0]["words"]
    assert not any("title" in node for node in nodes), "vis-network may take a title for markup"


def test_nothing_on_a_page_is_inline_or_from_elsewhere(site: FlaskClient, addresses: Addresses) -> None:
    for name, path in addresses.all().items():
        page = site.get(path.partition("#")[0]).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), name
        assert not re.search(r'<script(?![^>]*(\ssrc=|\stype="application/json"))', page), name
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page), name


def test_the_policy_forbids_what_is_not_ours(site: FlaskClient) -> None:
    headers = site.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_errors_and_files_carry_the_policy_too(site: FlaskClient) -> None:
    for path in ("/nowhere", "/static/css/base.css", "/api/v1/units/nobody"):
        assert "Content-Security-Policy" in site.get(path).headers, path


def test_a_request_for_another_host_is_refused(site: FlaskClient) -> None:
    assert site.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert site.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert site.get("/", headers={"Host": "localhost"}).status_code == 200


def test_nothing_can_be_written(site: FlaskClient, addresses: Addresses) -> None:
    for path in ("/", f"/plans/{addresses.plan}", "/api/v1/units"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert site.open(path, method=method).status_code == 405, (method, path)


def test_a_query_that_is_too_long_is_refused(site: FlaskClient) -> None:
    answer = site.get("/search?q=" + "a" * LONGEST_QUERY)
    assert answer.status_code == 414
    assert str(LONGEST_QUERY) in answer.text


def test_paths_do_not_lead_out_of_the_static_folder(site: FlaskClient) -> None:
    for path in ("/static/../settings.py", "/static/%2e%2e/settings.py", "/static/..%2fsettings.py"):
        assert site.get(path).status_code == 404, path


def test_a_slow_client_and_a_megabyte_of_query_do_not_stop_others(site_app: Flask) -> None:
    with served(site_app) as origin:
        port = int(origin.rpartition(":")[2])
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        assert _status(port, b"/search?q=" + b"a" * 1_000_000) in (b"414", b"431", b"400")
        began = time.monotonic()
        assert _status(port, b"/") == b"200"
        assert time.monotonic() - began < 5
        for connection in slow:
            connection.close()


def _status(port: int, path: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        sender = threading.Thread(target=_send, args=(connection, path), daemon=True)
        sender.start()
        return connection.recv(64).split()[1]


def _send(connection: socket.socket, path: bytes) -> None:
    try:
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    except OSError:
        return


def test_a_page_tells_nothing_of_the_machine(site: FlaskClient, addresses: Addresses, tmp_path: Path) -> None:
    for path in ("/", f"/plans/{addresses.plan}", "/nowhere"):
        assert str(tmp_path.parent.parent) not in site.get(path).text
