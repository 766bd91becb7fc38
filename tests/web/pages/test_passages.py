"""A paragraph that search finds opens the reader at its place, marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from ingest.parse import parse_plan
from tests.search.test_text import LEXICON, NOTICE
from tests.support.factories import a_source
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    place = tmp_path_factory.mktemp("passages")
    source = a_source(NOTICE, "notice.txt")
    library = library_of(place, files=(), pairs=[(source, parse_plan(source, LEXICON))])
    yield create_app(settings_for(place), library).test_client()
    library.close()


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("飞行汽车", "近年来，飞行汽车试飞成功，低空物流航线达到12条。现将有关事项通知如下。"),
        ("预期性指标", "附表中所列指标为预期性指标。"),
        ("保障措施", "二、保障措施"),
    ],
)
def test_the_reader_opens_at_the_paragraph(client: FlaskClient, query: str, marked: str) -> None:
    page = client.get(f"/search?q={query}").text
    (address,) = re.findall(r'href="(/plans/[^"]+\.text-\d+[^"]*)"', page)
    assert ">正文<" in page
    reader = client.get(address.replace("&amp;", "&")).text
    assert "".join(re.findall('<mark class="selected">([^<]*)</mark>', reader)) == marked
    anchor = address.partition("#")[2]
    assert f'id="{anchor}"' in reader
    assert "要找的这一处" not in reader


@pytest.mark.parametrize("place", ["31", "99999", "0x1e", "", "-1", "99999999999999999999"])
def test_a_place_where_no_paragraph_begins_is_told_as_missing(client: FlaskClient, place: str) -> None:
    plan = _plan_id(client)
    reader = client.get(f"/plans/{plan}/text?fact={plan}.text-{place}")
    assert reader.status_code == 200
    assert "要找的这一处已不在现在的版本里" in reader.text


def _plan_id(client: FlaskClient) -> str:
    return str(re.findall(r"/plans/([0-9a-f]+)", client.get("/").text)[0])


def test_paragraphs_are_chosen_by_their_kind(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=试飞&kind=text").get_json()
    assert {hit["kind"] for hit in found["hits"]} == {"text"}
    assert found["kinds"] == {"text": found["total"]}
