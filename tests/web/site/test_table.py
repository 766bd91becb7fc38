"""The table of pages: its addresses, their parameters and their JSON are what docs/api.md says."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import ROOT
from tests.support.web_library import Addresses
from web.site.pages import PAGES

API = (ROOT / "docs" / "api.md").read_text("utf-8")
MAP = re.findall(r"^\| `(m-\w+)`(…?) \|", API, re.MULTILINE)
"""The keys of a map, and whether each may be given several times."""
LISTED = re.findall(r"^\| `/api/v1(/[^`]*)` \|([^|]*)\|", API, re.MULTILINE)
"""Each address of the document with its cell of parameters."""


def _told(cell: str, several: bool) -> set[str]:
    """The parameters that a cell names; `m-*` stands for those of a map."""
    mark = "…" if several else ""
    named = set(re.findall(rf"`(-?\w[\w-]*)`{mark}", cell))
    return named | {key for key, many in MAP if "`m-*`" in cell and (many or not several)}


def test_the_document_lists_every_address_with_its_parameters_and_no_other() -> None:
    told = {address: _told(cell, several=False) for address, cell in LISTED}
    assert told == {row.address: {*row.knows.one, *row.knows.many} for row in PAGES}
    several = {address: _told(cell, several=True) for address, cell in LISTED}
    assert several == {row.address: set(row.knows.many) for row in PAGES}


def test_every_row_is_a_page_and_json(site: FlaskClient) -> None:
    app: Flask = site.application
    routes = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    for row in PAGES:
        assert routes[f"api.{row.name}"] == f"/api/v1{row.address}"
        assert row.template is None or routes[f"pages.{row.name}"] == row.address


def test_a_page_and_its_json_are_told_apart_by_their_type_alone(site: FlaskClient, addresses: Addresses) -> None:
    for address in (f"/units/{addresses.unit}", f"/plans/{addresses.plan}", "/due"):
        assert site.get(address).content_type == "text/html; charset=utf-8"
        assert site.get(f"/api/v1{address}").content_type == "application/json; charset=utf-8"


def test_every_page_is_visited_by_the_tests_of_pages(addresses: Addresses) -> None:
    visited = [address.partition("?")[0] for address in addresses.all().values()]
    patterns = {row.name: re.sub("<id>", "[^/]+", row.address) for row in PAGES if row.template}
    assert not [name for name, each in patterns.items() if not any(re.fullmatch(each, path) for path in visited)]
