"""Pages show some rows and the way to the next, however much the library holds; nothing is left out without a word."""

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
from web.pages.tasks import PER_PAGE
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
    ("address", "row", "size", "whole"),
    [
        ("/due?from=2021-03-01&to=2021-03-31", r'<td class="task">', PER_PAGE, PLANS * 17),
        ("/gaps?code=no-unit", r'<td class="task">', PER_PAGE, 0),
        ("/tasks", r'<td class="task">', PER_PAGE, PLANS * TASKS),
        ("/documents/民法典", r"<li><blockquote>", PAGE, PLANS * TASKS),
    ],
)
def test_every_row_stands_on_one_page(site: FlaskClient, address: str, row: str, size: int, whole: int) -> None:
    pages = list(_pages(site, address))
    counts = [len(re.findall(row, page)) for page in pages]
    assert counts[:-1] == [size] * (len(pages) - 1)
    assert sum(counts) == whole
    texts = {text for page in pages for text in re.findall(r"第\d之\d+项任务", page)}
    assert len(texts) >= whole


def test_the_months_lead_to_themselves_and_count_what_stands_there(site: FlaskClient) -> None:
    first = site.get("/due?from=2021-01-01&to=2021-12-31").get_data(as_text=True)
    chips = re.findall(r'<a class="chip" href="(/due[^"]*)">2021[^<]* (\d+)</a>', first)
    assert len(chips) == 3
    assert sum(int(count) for _, count in chips) == PLANS * TASKS
    for address, count in chips:
        page = site.get(address.replace("&amp;", "&")).get_data(as_text=True)
        assert f'<span class="count">共 {count} 项任务</span>' in page


def test_the_api_has_the_same_pages(site: FlaskClient) -> None:
    seen: list[str] = []
    pages = site.get("/api/v1/due?from=2021-03-01&to=2021-03-31").get_json()["tasks"]["pages"]
    for number in range(1, pages + 1):
        tasks = site.get(f"/api/v1/due?from=2021-03-01&to=2021-03-31&page={number}").get_json()["tasks"]
        assert (tasks["page"], tasks["pages"]) == (number, pages)
        seen += [row["task"] for row in tasks["rows"]]
    assert len(set(seen)) == len(seen) == PLANS * len(range(0, TASKS, 3))
    last = site.get("/api/v1/documents/民法典?page=900").get_json()
    assert (last["page"], last["pages"], last["total"]) == (3, 3, PLANS * TASKS)
    assert sum(len(role["places"]) for role in last["roles"]) == PLANS * TASKS - 2 * PAGE


def test_a_documents_web_stands_for_every_task_that_cites_it(site: FlaskClient) -> None:
    web = site.get("/api/v1/maps/network?of=document:民法典").get_json()["explored"]
    assert len(web["net"]["nodes"]) + web["left"] <= 60
    assert len(web["tasks"]) == PLANS * TASKS
    page = site.get("/maps/network?of=document:民法典").get_data(as_text=True)
    assert f"<span>{PLANS * TASKS} 项任务</span>" in page
