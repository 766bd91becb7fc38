"""Maps of units and of times as the site shows and hands them out: every form holds the same."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.web_library import Addresses

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def client(site_app: Flask) -> FlaskClient:
    return site_app.test_client()


@pytest.fixture
def unit(addresses: Addresses) -> str:
    return f"/units/{quote(addresses.unit)}"


def said(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()).strip() for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_page_of_a_unit_begins_with_its_map_and_goes_on_with_its_list(client: FlaskClient, unit: str) -> None:
    page = said(client, unit)
    assert page.index('class="wings"') < page.index('class="role-section"')
    listed = said(client, f"{unit}?m-view=list")
    assert 'class="wings"' not in listed
    assert 'class="role-section"' in listed


def test_a_box_leads_to_the_same_page_with_its_tasks_in_words(client: FlaskClient, unit: str) -> None:
    page = said(client, unit)
    keys = re.findall(r'data-sel="(@[0-9a-f]+)"', page)
    counts = re.findall(r'data-sel="@[0-9a-f]+" aria-label="[^"]*：(\d+) 项', page)
    assert len(keys) == len(counts) > 5
    for key, count in list(zip(keys, counts, strict=True))[:12]:
        strip = said(client, f"{unit}?m-sel={key}").partition('id="strip"')[2].partition("</section>")[0]
        assert re.search(r"[^\d](\d+) 项", strip)[1] == count  # type: ignore[index]


@pytest.mark.parametrize("view", ["wings", "time", "with", "pairs"])
def test_pictures_hold_the_boxes_of_the_page_and_say_title_source_and_day(
    client: FlaskClient, unit: str, view: str
) -> None:
    page = said(client, f"{unit}?m-view={view}&m-fold=*")
    drawn = texts(said(client, f"{unit}/map.svg?m-view={view}&m-fold=*"))
    offline = said(client, f"{unit}/map.html?m-view={view}&m-fold=*")
    assert any("截至" in line for line in drawn)
    if view == "wings":
        names = {name.strip() for name in re.findall(r'<text x="[^"]*" y="[^"]*">([^<]+)</text>', page)}
        assert names
        assert {name for name in names if "其余" not in name} <= set(drawn)
    inside = offline[offline.index("<svg") : offline.index("</svg>") + len("</svg>")]
    assert texts(inside) == drawn


def test_the_table_of_times_adds_up_to_its_picture(client: FlaskClient, addresses: Addresses) -> None:
    rows = list(csv.reader(io.StringIO(said(client, "/tasks/map.csv?m-view=time").removeprefix("\ufeff"))))
    assert rows[0][0] == "单位"
    page = said(client, "/tasks?m-view=time")
    cells = [int(n) for n in re.findall(r'class="agg q\d k\d"[^>]*>(\d+)</button></td>', page)]
    assert sum(cells) == sum(int(value) for row in rows[1:] for value in row[1:] if value)
    assert "年内" in "".join(rows[0])


@pytest.mark.parametrize(
    "address", ["?m-sel=@zzz", "?m-sel=~2021-11.", "?m-sel=~x.y", "?m-open=zz,zz&m-all=0", "?m-more=@"]
)
def test_an_address_that_names_nothing_shows_the_map_as_it_is(client: FlaskClient, unit: str, address: str) -> None:
    for view in ("wings", "time", "matrix", "with", "pairs"):
        assert 'id="view"' in said(client, f"{unit}{address}&m-view={view}")
