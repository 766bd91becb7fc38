"""Pages show 200 rows and the way to the next, however much the library holds; nothing is left out without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from graph.store import PAGE
from tests.support.factories import a_plan, a_section, a_task
from tests.support.factory_page import TaskSpec
from tests.support.web_library import library_of, settings_for
from web.library import Library
from web.site.app import create_app

PLANS, TASKS = 9, 50
"""More rows than two pages show: each task has a deadline and cites one document."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    pairs = [
        a_plan(
            a_section("重点", *(_a_task(plan, nth) for nth in range(TASKS))),
            number=f"甲〔2021〕{plan}号",
            title=f"第{plan}号工作要点",
        )
        for plan in range(PLANS)
    ]
    library = library_of(tmp_path_factory.mktemp("large"), files=(), pairs=pairs)
    yield library
    library.close()


def _a_task(plan: int, nth: int) -> TaskSpec:
    month = 3 + nth % 3
    day = f"2021-{month:02}-{1 + nth % 28:02}"
    return a_task(f"第{plan}之{nth}项任务", lead=["教育局"], by={f"{day}前": day}, cites=["民法典"])


@pytest.fixture(scope="module")
def site(large: Library, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(settings_for(tmp_path_factory.getbasetemp()), large).test_client()


def _pages(site: FlaskClient, address: str) -> Iterator[str]:
    """The page at an address, and all that follow it."""
    while address:
        page = site.get(address).get_data(as_text=True)
        yield page
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize(
    ("address", "row"),
    [
        ("/due?from=2021-01-01&to=2021-12-31", r"<tr><th scope=\"row\"><time"),
        ("/documents/民法典", r"<li><blockquote>"),
    ],
)
def test_every_row_stands_on_one_page_of_200(site: FlaskClient, address: str, row: str) -> None:
    pages = list(_pages(site, address))
    assert [len(re.findall(row, page)) for page in pages] == [PAGE, PAGE, PLANS * TASKS - 2 * PAGE]
    texts = [text for page in pages for text in re.findall(r"第\d之\d+项任务", page)]
    assert len(set(texts)) == PLANS * TASKS


def test_the_months_lead_to_the_page_on_which_they_begin(site: FlaskClient) -> None:
    first = site.get("/due?from=2021-01-01&to=2021-12-31").get_data(as_text=True)
    chips = re.findall(r'<a class="chip" href="([^"]*)#m-(2021-\d\d)">[^<]* (\d+)</a>', first)
    assert sum(int(count) for _, _, count in chips) == PLANS * TASKS
    assert [month for _, month, _ in chips] == ["2021-03", "2021-04", "2021-05"]
    for address, month, _ in chips:
        page = site.get(address.replace("&amp;", "&")).get_data(as_text=True) if address else first
        assert f'id="m-{month}"' in page


def test_the_api_has_the_same_pages(site: FlaskClient) -> None:
    seen = []
    for number in (1, 2, 3):
        page = site.get(f"/api/v1/due?from=2021-01-01&to=2021-12-31&page={number}").get_json()
        assert (page["page"], page["pages"], page["total"]) == (number, 3, PLANS * TASKS)
        seen += [due["deadline_id"] for month in page["months"] for due in month["due"]]
    assert len(set(seen)) == PLANS * TASKS
    last = site.get("/api/v1/documents/民法典?page=900").get_json()
    assert (last["page"], last["pages"], last["total"]) == (3, 3, PLANS * TASKS)
    assert sum(len(role["places"]) for role in last["roles"]) == PLANS * TASKS - 2 * PAGE


def test_a_documents_map_says_what_it_does_not_draw(site: FlaskClient) -> None:
    drawn = site.get("/api/v1/maps/document/民法典").get_json()
    assert len(drawn["nodes"]) < 100
    assert drawn["cut"] == PLANS * TASKS - 60
    assert f"图上有 {drawn['cut']} 处没有画全" in site.get("/maps/document/民法典").get_data(as_text=True)
