"""One list on every page: the rows and counts of a page are those of the list that its links lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.query import GAP_CODES
from tests.support.factories import a_milestone, a_plan, a_section, a_task
from tests.support.factory_page import Cited
from tests.support.web_library import Addresses, library_of, settings_for
from web.library import Library
from web.site.app import create_app

CODE: list[Cited] = [("民法典", None, "implement")]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Library]]:
    """The published plan beside one with nameplates, collectives, recurring duties and days of a section."""
    section = a_section(
        "校园食品安全",
        a_task("推广明厨亮灶", lead=["食药监分局"], support=["住建局（交通运输局）"], by={"11月底前": "2021-11-30"}),
        a_task(
            "联合检查", lead=["交通运输局"], support=["住建局（交通运输局）"], cites=[("民法典", None, "implement")]
        ),
        a_task("开展巡查", responsible=["各乡镇（街道）", "教育局"], every={"每季度": "quarter"}),
        a_task("培训", lead=["城关镇人民政府"], count={"全年不少于2次": 2}),
        a_milestone("8月底前完成", about=0, by={"8月底前": "2021-08-31"}),
        a_milestone("年底前完成", by={"年底前": "2021-12-31"}),
    )
    folder = tmp_path_factory.mktemp("mixed")
    library = library_of(folder, pairs=[a_plan(section, number="别〔2021〕9号")])
    yield create_app(settings_for(folder), library).test_client(), library
    library.close()


def context(site: FlaskClient, address: str) -> dict[str, Any]:
    answer = site.get(f"/api/v1{address}")
    assert answer.status_code == 200, address
    return dict(answer.get_json())


def every_row(site: FlaskClient, url: str) -> list[str]:
    """The tasks of a list, page by page."""
    first = context(site, url)
    rows = [row["task"] for row in first["rows"]]
    for page in range(2, first["pages"] + 1):
        mark = "&" if "?" in url else "?"
        rows += [row["task"] for row in context(site, f"{url}{mark}page={page}")["rows"]]
    assert len(rows) == first["total"]
    return rows


def lists_in(value: object) -> Iterator[dict[str, Any]]:
    """Every list that a page holds, however deep."""
    if isinstance(value, dict):
        if {"url", "total", "rows"} <= value.keys():
            yield value
        for each in value.values():
            yield from lists_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from lists_in(each)


def counts_in(value: object) -> Iterator[tuple[int, str]]:
    """Every count that a page says beside the address of what it counts."""
    if isinstance(value, dict):
        if {"count", "url"} <= value.keys() and value["url"]:
            yield value["count"], value["url"]
        for each in value.values():
            yield from counts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from counts_in(each)


def addresses_of(library: Library) -> list[str]:
    store = library.store
    units = [row.id for row in store.units()]
    plans = [row.id for row in store.plans()]
    return [
        "/",
        *(f"/units/{id}" for id in units),
        *(f"/units/{units[0]}?plan={plan}&role=lead" for plan in plans),
        *(f"/documents/{row.id}" for row in store.documents()[:6]),
        *(f"/plans/{id}" for id in plans),
        *(f"/gaps?code={code}" for code in GAP_CODES),
        *(f"/gaps?code=deadline-none&plan={plan}" for plan in plans),
        "/due?from=2021-11-01&to=2021-11-30",
        "/due?from=2021-08-15&to=2021-12-31",
        f"/due?from=2021-01-01&to=2021-12-31&unit={units[0]}",
        *(f"/due?from=2021-01-01&to=2021-12-31&plan={plan}" for plan in plans),
    ]


def test_the_rows_of_every_page_are_those_of_the_list_that_it_leads_to(mixed: tuple[FlaskClient, Library]) -> None:
    site, library = mixed
    met = 0
    for address in addresses_of(library):
        for shown in lists_in(context(site, address)):
            rows, listed = [row["task"] for row in shown["rows"]], every_row(site, shown["url"])
            assert (shown["total"], rows) == (len(listed), listed[: len(rows)]), address
            met += bool(rows)
    assert met > 60


def test_every_count_of_a_page_is_that_of_the_list_that_it_leads_to(mixed: tuple[FlaskClient, Library]) -> None:
    site, library = mixed
    for address in ("/", *addresses_of(library)[1:6], "/due?from=2021-11-01&to=2021-12-31"):
        for count, url in [*counts_in(context(site, address))][:40]:
            assert context(site, url)["total"] == count, (address, url)


@pytest.mark.parametrize("page", ["/", "/units"])
def test_what_each_unit_leads_is_counted_as_its_list_has_it(mixed: tuple[FlaskClient, Library], page: str) -> None:
    site, _ = mixed
    loads = context(site, page)["loads"]
    assert loads
    for load in loads:
        for role, url in zip(("lead", "responsible", "support"), load["urls"], strict=True):
            assert context(site, url)["total"] == load["unit"][role], url


def test_the_counts_of_gaps_are_those_of_their_lists(mixed: tuple[FlaskClient, Library]) -> None:
    site, library = mixed
    for plan in (None, *(row.id for row in library.store.plans())):
        for code, count in library.store.gap_counts(plan).items():
            narrowed = f"&plan={plan}" if plan else ""
            assert context(site, f"/gaps?code={code}{narrowed}")["tasks"]["total"] == count, (code, plan)


def test_a_unit_is_told_once_of_a_task_that_names_it_by_two_names(mixed: tuple[FlaskClient, Library]) -> None:
    site, library = mixed
    transport = next(row.id for row in library.store.units() if row.name == "交通运输局" and row.as_hat)
    plan = next(row.id for row in library.store.plans() if row.document_number == "别〔2021〕9号")
    page = context(site, f"/units/{transport}?plan={plan}")
    told = {each["code"]: [row["quote"][:4] for row in each["tasks"]["rows"]] for each in page["lists"]}
    assert told == {"lead": ["联合检查"], "hat": ["推广明厨"]}
    assert {each["code"]: each["whole"]["total"] for each in page["lists"]} == {"lead": 1, "hat": 2}
    assert page["total"] == 2


def test_what_recurs_stands_in_each_month_in_which_a_period_of_it_ends(mixed: tuple[FlaskClient, Library]) -> None:
    site, library = mixed
    plan = next(row.id for row in library.store.plans() if row.document_number == "别〔2021〕9号")
    months = context(site, f"/due?from=2021-06-01&to=2021-12-31&plan={plan}")["months"]
    found = {each["month"]: {row["quote"].partition("，")[0] for row in each["tasks"]["rows"]} for each in months}
    assert {month for month, quotes in found.items() if "开展巡查" in quotes} == {"2021-06", "2021-09", "2021-12"}
    assert {month for month, quotes in found.items() if "培训" in quotes} == {"2021-12"}
    page = site.get(f"/due?from=2021-09-01&to=2021-09-30&plan={plan}").text
    assert "在每个周期的最后一个月列出" in page


def test_a_row_tells_days_of_the_task_from_those_of_its_section(mixed: tuple[FlaskClient, Library]) -> None:
    site, library = mixed
    plan = next(row.id for row in library.store.plans() if row.document_number == "别〔2021〕9号")
    rows = context(site, f"/tasks?plan={plan}&q=明厨亮灶")["rows"]
    assert [(day["text"], day["level"], day["clause"][:4]) for day in rows[0]["deadlines"]] == [
        ("11月底前", "own", ""), ("8月底前", "linked", "8月底前"), ("年底前", "item", "年底前完"),
    ]  # fmt: skip
    page = site.get(f"/tasks?plan={plan}&q=明厨亮灶").text
    assert all(f'popovertarget="term-{level}"' in page for level in ("own", "linked", "item"))


def test_a_list_of_days_says_how_many_more_fall_due_in_other_ways(
    mixed: tuple[FlaskClient, Library], addresses: Addresses
) -> None:
    site, _ = mixed
    narrow = context(site, "/tasks?due=2021-12")
    wide = context(site, narrow["wider"]["url"])
    assert wide["total"] == narrow["total"] + narrow["wider"]["count"]
    assert narrow["wider"]["count"] > 0
    assert wide["wider"] is None
    page = site.get("/tasks?due=2021-12").text
    assert f"另有 {narrow['wider']['count']} 项" in page


@pytest.mark.parametrize(
    ("typed", "role"), [("教育局", ""), ("食药监分局:lead", "lead"), ("焦作市示范区-食药监分局:lead", "lead")]
)
def test_a_condition_may_be_typed_by_the_name_that_people_use(
    mixed: tuple[FlaskClient, Library], typed: str, role: str
) -> None:
    site, library = mixed
    page = site.get(f"/tasks?unit={typed}").text
    name = typed.partition(":")[0].rpartition("-")[2]
    ids = [row.id for row in library.store.units() if name in (row.name, *row.names)]
    whole = context(site, f"/tasks?unit={','.join(ids)}{':' if role else ''}{role}")["total"]
    assert f"共 {whole} 项任务" in page
    assert whole > 0
    assert "没有用上" not in page


def test_a_condition_is_changed_by_a_form_that_keeps_all_else(mixed: tuple[FlaskClient, Library]) -> None:
    site, library = mixed
    unit = library.store.units()[0].id
    first, second = context(site, f"/tasks?unit={unit}:lead&due=2021-11")["conditions"]
    assert (first["name"], first["value"], first["rest"]) == ("unit", f"{unit}:lead", [["due", "2021-11"]])
    assert (second["name"], second["value"], second["rest"]) == ("due", "2021-11", [["unit", f"{unit}:lead"]])
    page = site.get(f"/tasks?unit={unit}:lead&due=2021-11").text
    assert '<input type="hidden" name="due" value="2021-11">' in page
    assert '<datalist id="names-unit">' in page


def test_progress_that_belongs_to_no_task_is_told_beside_what_falls_due(tmp_path: Path) -> None:
    loose = a_milestone("年底前完成评估", by={"年底前": "2021-12-31"})
    pair = a_plan(a_section("一", a_task("巡查", lead=["公安局"])), a_section("二", loose))
    library = library_of(tmp_path, files=(), pairs=[pair])
    client = create_app(settings_for(tmp_path), library).test_client()
    due = client.get("/api/v1/due", query_string={"from": "2021-12-01", "to": "2021-12-31"}).get_json()
    page = client.get("/due", query_string={"from": "2021-12-01", "to": "2021-12-31"}).get_data(as_text=True)
    library.close()
    assert ([each["text"] for each in due["loose"]], due["loose_total"]) == (["年底前"], 1)
    assert "年底前完成评估" in page
    assert "没有落到任务的进度" in page
