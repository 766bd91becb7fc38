"""Requests that mean harm or nothing: their names reach no link and no cache, and what fails fails in one line."""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from graph.sqlite.store import SqliteStore
from tests.support.web_library import Addresses, settings_for
from web import errors
from web.library import Library
from web.serving.last_resort import line_of
from web.serving.security import POLICY, HostNames, name_of
from web.site import answers
from web.site.app import create_app
from web.site.pages import PAGES

FLASK_NAMES = ("endpoint", "_anchor", "_scheme", "_method", "_external", "values", "self", "id", "about", "filename")
STRANGE = "&".join(f"{name}=https" for name in (*FLASK_NAMES, "utm_source"))


def links(page: str) -> list[str]:
    return re.findall(r'(?:href|src|action|data-network)="([^"]*)"', page)


@pytest.fixture
def fresh(site_library: Library, tmp_path: Path) -> FlaskClient:
    """A site whose cache holds nothing yet."""
    return create_app(settings_for(tmp_path), site_library).test_client()


@pytest.mark.parametrize("name", FLASK_NAMES)
def test_a_name_of_flasks_changes_no_page(site: FlaskClient, addresses: Addresses, name: str) -> None:
    for path in addresses.all().values():
        path = path.partition("#")[0]
        plain = site.get(path)
        asked = site.get(f"{path}{'&' if '?' in path else '?'}{name}=https")
        assert asked.status_code == plain.status_code, path
        if path.startswith("/tasks?"):
            assert f"<s>{name}=https</s>" in asked.text, "the list says what it did not use"
        else:
            assert asked.headers.get("ETag") == plain.headers.get("ETag"), path
        assert links(asked.text) == links(plain.text), path


def test_what_no_page_knows_finds_the_kept_answer(fresh: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(answers.ByteCache, "put", lambda self, key, body, kind: kept.append(key))
    for query in ("", "?utm=1", f"?{STRANGE}", "?q=&lang=zh&type=small", "?fact=2", "?lang=&utm=2&utm=3"):
        fresh.get(f"/{query}")
    assert len(set(kept)) == 1


def test_the_order_of_parameters_and_second_values_make_no_other_answer(site: FlaskClient) -> None:
    one = site.get("/search?q=食品安全&page=1&lang=en")
    again = ("lang=en&page=1&q=食品安全", "q=食品安全&page=1&lang=en&q=药品&page=7", "q=+食品安全+&lang=en&page=1")
    for query in again:
        assert site.get(f"/search?{query}").headers["ETag"] == one.headers["ETag"], query
    assert site.get("/search?q=药品&page=1&lang=en").headers["ETag"] != one.headers["ETag"]


def test_another_host_is_another_answer_and_no_answer_names_it(fresh: FlaskClient, addresses: Addresses) -> None:
    tags = {fresh.get("/", headers={"Host": host}).headers["ETag"] for host in ("localhost", "127.0.0.1", "[::1]")}
    assert len(tags) == 3
    assert len({fresh.get("/", headers={"Host": f"localhost:{port}"}).headers["ETag"] for port in (1, 2, 3)}) == 1
    for path in (*addresses.all().values(), "//units", "/api/v1", "/plans/"):
        answer = fresh.get(f"{path.partition('#')[0]}", headers={"Host": "localhost:4711"})
        assert "4711" not in answer.text, path
        assert "4711" not in answer.headers.get("Location", ""), path


def test_an_older_id_leads_on_by_path_alone(site_library: Library, fresh: FlaskClient, addresses: Addresses,
                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    row = site_library.store.document(addresses.document)
    monkeypatch.setattr(SqliteStore, "document", lambda *_: row)
    answer = fresh.get("/documents/older?_external=1&endpoint=x&lang=en", headers={"Host": "localhost:4711"})
    assert answer.status_code == 308
    assert answer.headers["Location"].startswith("/documents/")
    assert answer.headers["Location"].endswith("?lang=en")
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_a_page_reads_no_parameter_that_it_does_not_declare(site_app: Flask) -> None:
    pages = {rule.endpoint.rpartition(".")[2] for rule in site_app.url_map.iter_rules()}
    assert {row.name for row in PAGES} <= pages
    for row in PAGES:
        assert not {*row.knows.one, *row.knows.many} & {*FLASK_NAMES, "lang", "type"}


def test_only_get_and_head_are_answered_from_what_is_kept(fresh: FlaskClient) -> None:
    page = fresh.get("/").data
    assert fresh.head("/").data == b""
    assert fresh.options("/").data != page
    assert fresh.get("/units/nobody", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("sent", ["q=\xd5k", "\xd5=1", "lang=\xff", "%ff=%ff", "q=%d5", "q=%00&page=%00", "&&=&;"])
def test_a_query_that_is_no_text_is_answered_all_the_same(site: FlaskClient, sent: str) -> None:
    for path in ("/search", "/units/nobody", "//", "/api/v1/search"):
        answer = site.open(path, environ_overrides={"QUERY_STRING": sent})
        assert answer.status_code < 500, path
    asked = "".join(map(chr, "q=食品安全".encode()))
    assert "<mark>食品安全</mark>" in site.open("/search", environ_overrides={"QUERY_STRING": asked}).text


def fail(*_: object, **__: object) -> Any:
    raise RuntimeError("secret\nwords")


def _in_view(app: Flask) -> None:
    app.view_functions["pages.home"] = app.view_functions["api.home"] = fail


def _before(app: Flask) -> None:
    app.before_request(fail)


def _after(app: Flask) -> None:
    app.after_request(fail)


def _at_the_end(app: Flask) -> None:
    app.teardown_request_funcs[None].insert(0, fail)  # The last to run: what the site holds is let go of before.


def _in_errors(app: Flask) -> None:
    def wrong() -> Response:
        return errors.answer(404, "http-404", {})

    app.view_functions["pages.home"] = app.view_functions["api.home"] = wrong
    app.jinja_env.globals["with_choice"] = fail
    app.before_request(lambda: fail() if request.path.startswith("/api") else None)


@pytest.mark.parametrize("break_it", [_in_view, _before, _after, _at_the_end, _in_errors])
def test_whatever_fails_the_answer_is_whole_and_the_log_one_line(
    break_it: Callable[[Flask], None], site_library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings_for(tmp_path), site_library)
    break_it(app)
    client = app.test_client()
    for path, kind in (("/?lang=en", "text/html"), ("/api/v1/?lang=en", "application/problem+json")):
        caplog.clear()
        answer = client.get(path)
        assert answer.status_code == 500
        assert answer.content_type.startswith(kind)
        assert "secret" not in answer.text
        assert len(answer.data) < 600
        for header in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):
            assert header in answer.headers, (path, header)
        [line] = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
        assert re.fullmatch(r"http-500 RuntimeError \S+:\d+ /\S*", line)
        assert caplog.records[-1].exc_info is None
    assert client.head("/").data == b""


def test_the_line_of_the_log_holds_no_control_characters_and_no_long_path() -> None:
    try:
        fail()
    except RuntimeError as error:
        line = line_of(error, "/\n\r\x1b[31m\u202e" + "a" * 400)
    assert line.isprintable()
    assert "tests/web/serving/test_requests.py:" in line
    assert len(line) < 300


def test_static_files_are_named_by_a_hash_and_kept_for_ever(site: FlaskClient) -> None:
    found = [link for path in ("/", "/plans") for link in links(site.get(path).text) if link.startswith("/static/")]
    assert len(found) > 6
    for link in found:
        assert re.match(r"/static/[0-9a-f]{12}/", link)
        assert site.get(link).headers["Cache-Control"] == "public, max-age=31536000, immutable", link
    bare = site.get("/static/css/base.css")
    assert bare.headers["Cache-Control"] == "public, max-age=3600"
    older = site.get("/static/0123456789ab/css/base.css")
    assert older.headers["Cache-Control"] == "public, max-age=3600"
    assert older.data == bare.data
    assert site.get("/static/0123456789ab/css/none.css").status_code == 404


def test_static_files_are_compressed_once(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/static/vendor/vis-network/vis-network.min.js"
    plain = site.get(path)
    packed = site.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    monkeypatch.setattr(gzip, "compress", fail)
    assert site.get(path, headers={"Accept-Encoding": "gzip"}).data == packed.data
    again = site.get(path, headers={"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_scripts_and_styles_point_to_each_other_by_relative_paths_only() -> None:
    folder = Path(answers.__file__).parent / "static"
    for path in [*folder.glob("css/*.css"), *folder.glob("js/*.js")]:
        assert not re.search(r"""(?:url\(|import\s|from\s|@import\s)\s*["']?/""", path.read_text("utf-8")), path.name


def test_the_names_of_the_site_are_known_however_they_are_written() -> None:
    served = HostNames(("localhost", "::1", ".gov.example", "责任.example", "坏" * 80))
    for host in ("localhost", "LOCALHOST:8000", "[::1]:8000", "a.gov.example", "gov.example:1", "xn--boq382m.example"):
        assert name_of(host) in served, host
    for host in ("", ":80", "localhost.evil", "evil-gov.example", "[::2]", "localhost@evil", "localhost:80:1", "::1"):
        assert name_of(host) not in served, host
