"""Language, size of type and colours: of an address, and kept in a cookie for others where that is asked for."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def visitor(site: FlaskClient) -> FlaskClient:
    """Somebody who comes for the first time."""
    app: Flask = site.application
    return app.test_client()


def html_of(page: str) -> str:
    found = re.search(r"<html[^>]*>", page)
    assert found is not None
    return found[0]


def followed(visitor: FlaskClient, path: str, words: str) -> str:
    """The page to which the link of these words leads."""
    found = re.search(rf'href="([^"]*)"[^>]*>{words}</a>', visitor.get(path).text)
    assert found is not None
    return visitor.get(unescape(found[1]), follow_redirects=True).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("English", '<html lang="en">'),
        ("深色", 'class="dark"'),
        ("浅色", 'class="light"'),
        ("长者模式", 'class="large"'),
    ],
)
def test_a_choice_stays_on_pages_whose_address_does_not_say_it(visitor: FlaskClient, words: str, said: str) -> None:
    assert said in html_of(followed(visitor, "/units", words))
    assert said in html_of(visitor.get("/due").text)
    assert said in html_of(visitor.get("/tasks?lacks=lead").text)


def test_choices_add_up_and_are_taken_back_one_by_one(visitor: FlaskClient) -> None:
    followed(visitor, "/", "English")
    followed(visitor, "/", "Large type")
    followed(visitor, "/", "Dark")
    assert '<html lang="en" class="large dark">' in visitor.get("/units").text
    followed(visitor, "/", "中文")
    assert '<html lang="zh-CN" class="large dark">' in visitor.get("/units").text
    followed(visitor, "/units", "标准字号")
    assert html_of(visitor.get("/").text) == '<html lang="zh-CN" class="dark">'


def test_a_link_that_somebody_sends_chooses_for_itself_alone(visitor: FlaskClient) -> None:
    assert 'lang="en"' in html_of(visitor.get("/units?lang=en&theme=dark").text)
    assert html_of(visitor.get("/units").text) == '<html lang="zh-CN">'


def test_what_an_address_says_goes_before_what_is_kept(visitor: FlaskClient) -> None:
    followed(visitor, "/", "English")
    assert html_of(visitor.get("/units?lang=zh").text) == '<html lang="zh-CN">'
    assert 'lang="en"' in html_of(visitor.get("/units").text)


def test_pages_kept_for_one_look_are_not_given_for_another(visitor: FlaskClient) -> None:
    first = visitor.get("/units")
    followed(visitor, "/", "English")
    second = visitor.get("/units", headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.headers["Vary"]) == (200, "Accept-Encoding, Cookie")
    assert 'lang="en"' in html_of(second.text)


def test_a_program_is_answered_by_its_address_alone(visitor: FlaskClient) -> None:
    followed(visitor, "/", "English")
    refused = visitor.get("/api/v1/tasks?colour=red").get_json()
    assert "不是这里可选的值" in refused["detail"]


@pytest.mark.parametrize("look", ["", "....", "fr.huge", "en" * 400, "<script>", "dark.light.dark"])
def test_a_cookie_that_says_nothing_known_changes_nothing(visitor: FlaskClient, look: str) -> None:
    visitor.set_cookie("zeren-look", look)
    page = visitor.get("/units")
    assert page.status_code == 200
    assert 'lang="zh-CN"' in html_of(page.text)


def test_keeping_leads_to_this_site_alone(visitor: FlaskClient) -> None:
    for path in ("//evil.example/?lang=en&keep=1", "/units?lang=en&keep=1&next=//evil.example"):
        answer = visitor.get(path)
        assert answer.status_code in (303, 404)
        assert "evil" not in answer.headers.get("Location", "")
