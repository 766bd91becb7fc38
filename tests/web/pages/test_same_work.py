"""Who did a unit's work before, and who does it today (机构改革), is a link on its page; tasks are not added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.support.factories import a_plan, a_task
from tests.support.web_library import LEXICON, settings_for
from web.library import open_library
from web.site.app import create_app


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder: Path = tmp_path_factory.mktemp("same-work")
    library = open_library(folder / "library", LEXICON)
    tasks = (
        a_task("查餐饮", lead=["食药监局"]),
        a_task("查摊贩", lead=["食药监局"]),
        a_task("查市场", lead=["市场监管局"]),
        a_task("划红线", lead=["国土资源局"]),
        a_task("救贫困", lead=["扶贫办"], support=["教育局"]),
    )
    library.catalog.add(*a_plan(*tasks))
    yield create_app(settings_for(folder), library).test_client()
    library.close()


def page_of(site: FlaskClient, unit: str) -> str:
    return site.get(f"/units/焦作市示范区-{unit}").text


def words(page: str) -> str:
    return unescape("".join(re.sub(r"<[^>]+>", "", page).split()))


def link(unit: str) -> str:
    return f'href="/units/{quote(f"焦作市示范区-{unit}")}"'


def test_the_page_of_a_unit_that_is_no_more_leads_to_who_does_its_work(site: FlaskClient) -> None:
    page = page_of(site, "食药监局")
    assert "今承担其职责市场监管局1" in words(page)
    assert link("市场监管局") in page


def test_the_page_of_todays_unit_leads_to_who_did_its_work_and_counts_its_own_tasks_alone(site: FlaskClient) -> None:
    page = page_of(site, "市场监管局")
    assert "原承担其职责食药监局2据单位名录，任务分开计数" in words(page)
    assert link("食药监局") in page
    assert "查市场" in page
    assert "查餐饮" not in page


@pytest.mark.parametrize(("gone", "today"), [("国土资源局", "自然资源局"), ("扶贫办", "农业农村局")])
def test_who_does_the_work_today_is_named_though_no_plan_names_it(site: FlaskClient, gone: str, today: str) -> None:
    page = page_of(site, gone)
    assert f"今承担其职责{today}" in words(page)
    assert link(today) not in page


def test_a_unit_that_is_as_it_was_says_nothing_of_any(site: FlaskClient) -> None:
    assert "承担其职责" not in page_of(site, "教育局")


def test_the_answer_for_programs_has_ids_and_counts(site: FlaskClient) -> None:
    answer = site.get("/api/v1/units/焦作市示范区-市场监管局").json
    assert answer is not None
    assert answer["before"] == [{"name": "食药监局", "unit_id": "焦作市示范区-食药监局", "tasks": 2}]
    assert answer["today"] == []
