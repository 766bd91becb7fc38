"""What falls due opens at today; what is past and what has no day stand beside it, counted and listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.factories import a_plan, a_task
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app


@pytest.fixture
def site(tmp_path: Path) -> Iterator[FlaskClient]:
    """A site on 15 November 2021 with tasks that are past, to come, and without a day."""
    tasks = [
        a_task("六月的事", lead=["教育局"], by={"6月底前": "2021-06-30"}),
        a_task("九月的事", lead=["公安局"], by={"9月底前": "2021-09-30"}),
        a_task("今天的事", lead=["教育局"], by={"11月15日前": "2021-11-15"}),
        a_task("年底的事", lead=["公安局"], by={"年底前": "2021-12-31"}),
        a_task("没有时限的事", lead=["公安局"]),
    ]
    library = library_of(tmp_path, (), [a_plan(*tasks)])
    app = create_app(replace(settings_for(tmp_path), today=lambda: date(2021, 11, 15)), library)
    yield app.test_client()
    library.close()


def due(site: FlaskClient, query: str = "") -> dict[str, Any]:
    return dict(site.get(f"/api/v1/due{query}").get_json())


def quotes(tasks: dict[str, Any]) -> list[str]:
    return [row["quote"][:4] for row in tasks["rows"]]


def test_it_opens_at_today_and_looks_a_year_ahead(site: FlaskClient) -> None:
    page = due(site)
    assert (page["start"], page["end"], page["assumed"]) == ("2021-11-15", "2022-10-31", True)
    assert quotes(page["tasks"]) == ["今天的事", "年底的事"]


def test_what_is_past_is_a_band_of_its_own_the_last_first(site: FlaskClient) -> None:
    overdue = due(site)["beside"]["overdue"]
    assert quotes(overdue) == ["九月的事", "六月的事"]
    listed = site.get(f"/api/v1{overdue['url']}").get_json()
    assert listed["total"] == overdue["total"] == 2
    assert "日期已过的 2 项" in site.get("/due").text


def test_the_strip_counts_what_its_months_list(site: FlaskClient) -> None:
    strip = due(site)["beside"]["strip"]
    assert [each["month"] for each in strip][::17] == ["2021-05", "2022-10"]
    assert {each["month"]: each["count"] for each in strip if each["count"]} == {
        "2021-06": 1, "2021-09": 1, "2021-11": 1, "2021-12": 1,
    }  # fmt: skip
    assert [each["past"] for each in strip] == [each["last"] < "2021-11-15" for each in strip]
    for each in strip:
        assert due(site, f"?from={each['first']}&to={each['last']}")["tasks"]["total"] == each["count"]


def test_a_unit_narrows_the_bands_too(site: FlaskClient) -> None:
    unit = due(site)["tasks"]["rows"][0]["units"][0]["id"]
    page = due(site, f"?unit={unit}")
    assert quotes(page["tasks"]) == ["今天的事"]
    assert quotes(page["beside"]["overdue"]) == ["六月的事"]


def test_days_that_were_chosen_have_no_bands(site: FlaskClient) -> None:
    assert due(site, "?from=2021-06-01&to=2021-12-31")["beside"] is None
