"""What is suggested while somebody types: from any page, by any name, with the place and where it leads."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.support.web_library import Addresses


def suggested(site: FlaskClient, typed: str, more: str = "") -> list[dict[str, Any]]:
    answer = site.get(f"/api/v1/suggest?q={quote(typed)}{more}")
    assert answer.status_code == 200
    return list(answer.get_json()["suggestions"])


@pytest.mark.parametrize("typed", ["食药监分局", "食药监", "syjfj", "shiyaojian", "焦作市示范区食药监分局"])
def test_a_unit_is_suggested_with_its_place_and_leads_to_its_page(site: FlaskClient, typed: str) -> None:
    first = suggested(site, typed)[0]
    assert (first["kind"], first["label"], first["detail"]) == ("unit", "食药监分局", "焦作市示范区")
    assert first["said"] == "食药监分局（焦作市示范区）"
    assert site.get(first["url"]).status_code == 200


@pytest.mark.parametrize(("typed", "kind"), [("食", "unit"), ("食品安全", "document"), ("食品安全", "topic")])
def test_one_kind_alone_is_suggested_where_it_is_asked_for(site: FlaskClient, typed: str, kind: str) -> None:
    found = suggested(site, typed, f"&kind={kind}")
    assert found
    assert {each["kind"] for each in found} == {kind}
    assert all(site.get(each["url"]).status_code == 200 for each in found)


def test_nothing_is_suggested_for_nothing(site: FlaskClient) -> None:
    assert suggested(site, "") == suggested(site, "   ") == suggested(site, "魑魅魍魉") == []


def test_a_kind_that_is_none_is_refused(site: FlaskClient) -> None:
    assert site.get("/api/v1/suggest?q=a&kind=colour").status_code == 400


def test_the_box_of_every_page_says_where_suggestions_come_from(site: FlaskClient, addresses: Addresses) -> None:
    for path in addresses.all().values():
        for lang in ("", "lang=en"):
            page = site.get(f"{path.partition('#')[0]}{'&' if '?' in path else '?'}{lang}").text
            told = re.search(r'<input id="q"[^>]*data-suggest="([^"]*)"', page)
            assert told is not None, path
            assert ("lang=en" in told[1]) == bool(lang), path
            assert site.get(unescape(told[1])).status_code == 200
