"""The page of a search says by which steps it came to what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from ingest.parse import parse_plan
from tests.search.test_text import LEXICON, NOTICE
from tests.support.factories import a_source
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    place = tmp_path_factory.mktemp("rungs")
    source = a_source(NOTICE, "notice.txt")
    library = library_of(place, files=(), pairs=[(source, parse_plan(source, LEXICON))])
    yield create_app(settings_for(place), library).test_client()
    library.close()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("飛行汽車", "按简体字和半角字符检索：飞行汽车。"),
        ("飞行气车", "没有找到“飞行气车”，按“飞行汽车”检索。"),
        ("feixingqiche", "没有找到“feixingqiche”，按“飞行汽车”检索。"),
        ("飞行 彗星 汽车", "没有一处全部都有，下面的只有其中几个词："),
    ],
)
def test_a_step_is_told_in_words(client: FlaskClient, query: str, said: str) -> None:
    page = unescape(client.get(f"/search?q={quote(query)}").text)
    assert said in page
    assert "没有找到。" not in page


def test_words_that_stand_nowhere_are_struck_through(client: FlaskClient) -> None:
    assert "<del>彗星</del>" in client.get(f"/search?q={quote('飞行 彗星 汽车')}").text


def test_what_stands_as_typed_says_nothing_of_steps(client: FlaskClient) -> None:
    assert "notice rung" not in client.get(f"/search?q={quote('飞行汽车')}").text


def test_the_steps_are_in_the_api(client: FlaskClient) -> None:
    rungs = client.get(f"/api/v1/search?q={quote('飞行气车')}").get_json()["rungs"]
    assert [(rung["step"], rung["sought"]) for rung in rungs] == [("near", ["飞行汽车"]), ("typed", [])]


def test_in_english_the_step_is_english(client: FlaskClient) -> None:
    page = client.get(f"/search?q={quote('飛行汽車')}&lang=en").text
    assert "Searched in simplified characters and half width: 飞行汽车." in page
