"""Conditions set by typing: a name is one thing's, is asked about, or finds nothing; a role stays with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.support.factories import a_plan, a_section, a_task
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app


@pytest.fixture
def two_places(tmp_path: Path) -> Iterator[FlaskClient]:
    """A site whose library has bureaus of one name in two places, and one that is in one place alone."""
    pairs = [
        a_plan(
            a_section("工作", a_task(f"在{region}办学", lead=["教育局"], support=["公安局", *more])),
            region=region, number=f"{region[0]}政〔2021〕{nth}号", title=f"{region}2021年工作要点",
        )
        for nth, region, more in ((1, "武陟县", ["水利局"]), (2, "温县", []))
    ]  # fmt: skip
    library = library_of(tmp_path, (), pairs)
    yield create_app(settings_for(tmp_path), library).test_client()
    library.close()


def shown(site: FlaskClient, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return unescape("".join(re.sub(r"<[^>]+>", "", answer.text).split()))


def led_to(site: FlaskClient, form: str) -> str:
    answer = site.get(f"/tasks/change?{form}")
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def conditions(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def test_a_name_of_one_unit_is_taken_for_it(two_places: FlaskClient) -> None:
    assert "共1项任务" in shown(two_places, "/tasks?unit=水利局")
    assert conditions(led_to(two_places, "new-unit=水利局")) == [("unit", "武陟县-水利局")]


@pytest.mark.parametrize("said", ["教育局（温县）", "温县教育局", "温县-教育局"])
def test_a_name_with_its_place_is_one_units(two_places: FlaskClient, said: str) -> None:
    assert conditions(led_to(two_places, f"new-unit={quote(said)}&role=lead")) == [("unit", "温县-教育局:lead")]


@pytest.mark.parametrize(("said", "tail"), [("教育局", ""), ("教育局:lead", ":lead"), ("公安局", "")])
def test_a_name_of_several_units_is_asked_about_and_never_anothers_in_silence(
    two_places: FlaskClient, said: str, tail: str
) -> None:
    page = two_places.get(f"/tasks?unit={said}").text
    name = said.partition(":")[0]
    assert f"“{name}”有几个，请选一个" in page
    assert "共0项任务" in shown(two_places, f"/tasks?unit={said}")
    choices = re.findall(r'<a class="chip" href="([^"]+)">', page.partition("请选一个")[2].partition("</p>")[0])
    assert [conditions(unescape(each)) for each in choices] == [
        [("unit", f"{place}-{name}{tail}")] for place in ("武陟县", "温县")
    ]
    assert all("共1项任务" in shown(two_places, unescape(each)) for each in choices)


def test_one_unknown_beside_another_condition_lists_nothing_and_names_what_is_alike(two_places: FlaskClient) -> None:
    page = shown(two_places, "/tasks?unit=水务局&lacks=deadline")
    assert "库里没有叫“水务局”的单位" in page
    assert "共0项任务" in page
    assert "名称最接近的：水利局（武陟县）" in page


def test_a_denied_name_of_several_is_asked_about_too(two_places: FlaskClient) -> None:
    page = two_places.get("/tasks?-unit=教育局").text
    assert "请选一个" in page
    assert "-unit=" in unquote(page.partition("请选一个")[2].partition("</p>")[0])


def test_what_was_left_empty_is_no_parameter(two_places: FlaskClient) -> None:
    form = "lacks=deadline&new-unit=水利局&role=&new-cites=&new-due=&new-q="
    assert conditions(led_to(two_places, form)) == [("lacks", "deadline"), ("unit", "武陟县-水利局")]
    assert led_to(two_places, "new-unit=&role=lead&new-due=&new-q=&new-cites=") == "/tasks"


def test_a_change_keeps_the_language_the_view_and_what_means_nothing(two_places: FlaskClient) -> None:
    assert conditions(led_to(two_places, "new-q=办学&lang=en&m-view=matrix")) == [
        ("q", "办学"), ("m-view", "matrix"), ("lang", "en"),
    ]  # fmt: skip
    address = led_to(two_places, "new-due=soon")
    assert "due=soon" in shown(two_places, address)


def test_the_box_of_a_condition_has_the_name_with_its_place_and_its_role_beside(two_places: FlaskClient) -> None:
    page = two_places.get("/tasks?unit=武陟县-教育局:lead&due=2021-11:any").text
    assert 'name="new-unit" value="教育局（武陟县）"' in page
    assert '<option value="lead" selected>' in page
    assert 'name="new-due" value="2021-11"' in page
    assert 'name="tail" value="any"' in page
    assert 'value="武陟县-教育局:lead" maxlength' not in page


def test_a_unit_that_is_changed_keeps_its_role_and_the_other_conditions(two_places: FlaskClient) -> None:
    page = two_places.get("/tasks?unit=武陟县-教育局:lead&lacks=deadline").text
    form = re.search(r'<form action="/tasks/change"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form is not None
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', form[1])) | {"role": "lead"}
    said = "&".join(f"{name}={quote(value)}" for name, value in (sent | {"new-unit": "教育局（温县）"}).items())
    assert conditions(led_to(two_places, said)) == [("lacks", "deadline"), ("unit", "温县-教育局:lead")]
