"""The list of tasks: one address a query, nothing of it dropped in silence, and counts that hold what they promise."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from graph.query import All, Cites, Lacks, Not, OfUnit, Query
from tests.support.factories import a_plan, a_task
from tests.support.web_library import Addresses, library_of, settings_for
from web.library import Library
from web.maps.state import MANY_KEYS, MAP_KEYS
from web.pages.tasks import PER_PAGE
from web.queries.address import NAMES, SINGLE, address_of
from web.site.app import create_app
from web.site.pages import PAGES


def words(page: str) -> str:
    """What a page shows, without its markup and blanks."""
    return unescape("".join(re.sub(r"<[^>]+>", "", page).split()))


def listed(site: FlaskClient, address: str) -> dict[str, Any]:
    answer = site.get(f"/api/v1{address}")
    assert answer.status_code == 200, address
    return dict(answer.get_json())


def total(site: FlaskClient, address: str) -> int:
    return int(listed(site, address)["total"])


def test_without_conditions_every_task_is_listed_page_by_page(site: FlaskClient, site_library: Library) -> None:
    every = site_library.store.select(Query(), limit=0).ids
    pages = [listed(site, f"/tasks?page={page}") for page in (1, 2)]
    rows = [row["task"] for page in pages for row in page["rows"]]
    assert tuple(rows) == every
    assert [len(page["rows"]) for page in pages] == [PER_PAGE, len(every) - PER_PAGE]
    assert listed(site, "/tasks?page=99")["page"] == 2


def test_an_address_means_what_the_store_selects(
    site: FlaskClient, site_library: Library, addresses: Addresses
) -> None:
    leads = OfUnit((addresses.unit,), ("lead",))
    for where in (leads, Not(leads), Lacks("deadline"), All((Lacks("lead"), Not(Cites((addresses.document,)))))):
        query = Query(where)
        ids = site_library.store.select(query, limit=0).ids
        assert total(site, address_of(query)) == len(ids), query


@pytest.mark.parametrize("address", ["/tasks", "/tasks?lacks=lead", "/tasks?q=食品安全&has=deadline"])
def test_what_is_chosen_beside_the_list_finds_what_it_counts(site: FlaskClient, address: str) -> None:
    page = listed(site, address)
    for facet in page["facets"]:
        for choice in facet["choices"][:6]:
            assert total(site, choice["url"]) == choice["count"], choice
            assert total(site, choice["others"]) == page["total"] - choice["count"], choice


def test_a_condition_can_be_taken_away_and_turned_round(site: FlaskClient, addresses: Addresses) -> None:
    every = total(site, "/tasks")
    page = listed(site, f"/tasks?unit={addresses.unit}:lead")
    (condition,) = page["conditions"]
    assert condition["without"] == "/tasks"
    assert total(site, condition["turned"]) == every - page["total"]
    (turned,) = listed(site, condition["turned"])["conditions"]
    assert turned["turned"] == page["url"]


@pytest.mark.parametrize(
    "said",
    [
        "colour=red", "lacks=nose", "due=2021-13", "due=2021-02-30", "-cites=nothing", "-unit=nobody", "sort=beauty",
        "of=colour", "where={}", "least=many", "year=MMXXI",
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_to_a_program_and_told_to_people(site: FlaskClient, said: str) -> None:
    refused(site, said)
    page = site.get(f"/tasks?lacks=lead&{said}").text
    assert f"<s>{said}</s>" in page
    assert "没有用上" in page
    assert f"共{total(site, '/tasks?lacks=lead')}项任务" in words(page)


def refused(site: FlaskClient, said: str) -> None:
    answer = site.get(f"/api/v1/tasks?lacks=lead&{said}")
    assert (answer.status_code, answer.get_json()["type"]) == (400, "bad-choice")


@pytest.mark.parametrize(
    "said",
    [
        "unit=nobody", "unit=nobody:lead", "cites=nothing", "plan=none", "region=火星", "section=nowhere",
        "person=nobody", "system=无此条线", "task=nothing",
    ],
)  # fmt: skip
def test_what_names_nothing_that_is_there_finds_nothing_and_says_so(site: FlaskClient, said: str) -> None:
    refused(site, said)
    page = words(site.get(f"/tasks?lacks=lead&{said}").text)
    name = said.partition("=")[2].partition(":")[0]
    assert f"库里没有叫“{name}”的" in page
    assert "共0项任务" in page
    assert f"共{total(site, '/tasks?lacks=lead')}项" in page, "how many there are without it"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("colour=red", ("unit", "due", "lacks", "sort")),
        ("lacks=nose", ("lead", "deadline", "target")),
        ("unit=nobody:boss", ("lead", "responsible", "support")),
        ("due=soon", ("2021-11", "2021-11-01..2021-12-31")),
        ("due=2021-11:never", ("own", "again", "any")),
        ("sort=beauty", ("plan", "due")),
        ("every=fortnight", ("quarter", "month")),
        ("region=火星", ("焦作市示范区",)),
    ],
)
def test_a_program_that_asks_amiss_is_told_what_it_can_ask(
    site: FlaskClient, said: str, known: tuple[str, ...]
) -> None:
    told = site.get(f"/api/v1/tasks?{said}").get_json()["params"]["known"]
    assert {*known} <= {*told.split(", ")}


def test_an_answer_that_is_kept_is_not_given_for_another_address(site: FlaskClient) -> None:
    assert "没有用上" not in site.get("/tasks?lacks=lead").text
    assert "没有用上" in site.get("/tasks?lacks=lead&colour=red").text
    assert "没有用上" not in site.get("/tasks?lacks=lead").text


def test_where_nothing_is_found_each_condition_says_how_many_there_are_without_it(
    site: FlaskClient, addresses: Addresses
) -> None:
    page = listed(site, f"/tasks?unit={addresses.unit}:lead&due=1999-01")
    assert page["total"] == 0
    for one in page["without"]:
        assert total(site, one["url"]) == one["count"]
    counts = [one["count"] for one in page["without"]]
    assert counts == [0, total(site, f"/tasks?unit={addresses.unit}:lead")]
    shown = words(site.get(f"/tasks?unit={addresses.unit}:lead&due=1999-01").text)
    assert f"去掉“到期：1999-01-01至1999-01-31”共{counts[1]}项" in shown


@pytest.mark.parametrize("of", ["unit", "document", "month", "plan", "region", "year"])
def test_what_tasks_have_is_listed_instead_of_them_and_leads_to_them(site: FlaskClient, of: str) -> None:
    page = listed(site, f"/tasks?of={of}&lacks=lead")
    rows = page["tallies"]
    assert len(rows) == page["listed"] > 0
    assert page["rows"] == []
    for row in rows[:8]:
        assert "lacks=lead" in urlsplit(row["url"]).query
        if of != "unit":
            assert total(site, row["url"]) == row["count"]
        else:
            assert total(site, row["url"]) >= row["count"]


@pytest.mark.parametrize("of", ["target", "deadline"])
def test_what_is_no_condition_is_listed_without_a_link(site: FlaskClient, of: str) -> None:
    page = listed(site, f"/tasks?of={of}")
    assert page["tallies"]
    assert {row["url"] for row in page["tallies"]} == {""}


def test_only_what_enough_tasks_have_is_listed(site: FlaskClient) -> None:
    counts = [row["count"] for row in listed(site, "/tasks?of=unit&least=5&most=20")["tallies"]]
    assert counts
    assert all(5 <= count <= 20 for count in counts)
    assert counts == sorted(counts, reverse=True)
    least = [row["count"] for row in listed(site, "/tasks?of=unit&sort=least")["tallies"]]
    assert least == sorted(least)


def test_the_earliest_deadline_comes_first_where_that_is_asked_for(site: FlaskClient) -> None:
    rows = listed(site, "/tasks?has=deadline&sort=due")["rows"]
    days = [min(day["due"] for day in row["deadlines"] if day["due"]) for row in rows]
    assert days == sorted(days)


def test_words_are_found_best_first_and_how_is_told(site: FlaskClient) -> None:
    plain, best = (listed(site, f"/tasks?q=校园食品安全{sort}") for sort in ("", "&sort=relevance"))
    assert {row["task"] for row in plain["rows"]} == {row["task"] for row in best["rows"]}
    assert [way["code"] for way in best["orders"]] == ["plan", "due", "relevance"]
    assert total(site, "/tasks?q=飞行汽车") == 0


def test_two_values_of_one_name_both_hold_and_a_comma_means_either(site: FlaskClient, site_library: Library) -> None:
    one, other = (unit.id for unit in site_library.store.units()[:2])
    both, either = total(site, f"/tasks?unit={one}&unit={other}"), total(site, f"/tasks?unit={one},{other}")
    assert both + either == total(site, f"/tasks?unit={one}") + total(site, f"/tasks?unit={other}")


def test_a_tree_and_conditions_beside_it_all_hold(site: FlaskClient, addresses: Addresses) -> None:
    tree = '{"type":"any","parts":[{"type":"has","kind":"deadline"},{"type":"lacks","kind":"lead"}]}'
    narrowed = total(site, f"/tasks?where={tree}&unit={addresses.unit}")
    assert 0 < narrowed < total(site, f"/tasks?where={tree}")


def test_more_conditions_than_anybody_would_write_are_refused(site: FlaskClient) -> None:
    many = "&".join("has=lead" for _ in range(3)) + "&where=" + '{"type":"not","part":' * 20
    assert site.get(f"/api/v1/tasks?{many}").status_code == 400
    parts = ",".join(['{"type":"has","kind":"lead"}'] * 90)
    deep = '{"type":"not","part":' * 14 + '{"type":"has","kind":"lead"}' + "}" * 14
    for tree in (f'{{"type":"all","parts":[{parts}]}}', deep):
        assert site.get(f"/tasks?where={tree}").status_code in (200, 400)
    assert site.get(f"/api/v1/tasks?where={deep}").get_json()["type"] == "bad-query"


def test_how_complete_the_list_is_is_told_of_its_plans_alone(tmp_path: Path) -> None:
    other = a_plan(a_task("别的事", lead=["教育局"]), number="别〔2021〕9号")
    library = library_of(tmp_path, pairs=[other])
    site = create_app(settings_for(tmp_path), library).test_client()
    plans = {row.id: row for row in library.store.plans()}
    assert listed(site, "/tasks")["completeness"]["plans"] == 2
    row = plans[other[1].id]
    found = listed(site, f"/tasks?plan={row.id}")["completeness"]
    assert found == {"plans": 1, "consumed": row.consumed, "total": row.total, "doubts": row.doubts}
    library.close()


def test_the_pages_of_gaps_units_and_days_lead_to_their_list(
    site: FlaskClient, addresses: Addresses, site_library: Library
) -> None:
    store = site_library.store
    for address, url in (
        ("/gaps?code=no-lead", "/tasks?lacks=lead"),
        ("/gaps?code=only-vague", "/tasks?lacks=clear-unit"),
        ("/gaps?code=deadline-none", "/tasks?lacks=any-deadline"),
        (f"/units/{addresses.unit}", address_of(Query(OfUnit((addresses.unit,))))),
        (f"/units/{addresses.unit}?role=lead", address_of(Query(OfUnit((addresses.unit,), ("lead",))))),
        ("/due?from=2021-11-01&to=2021-11-30", "/tasks?due=2021-11:any&sort=due"),
    ):
        context = listed(site, address)
        assert (context.get("list_url") or context["tasks"]["url"]) == url
        assert f'href="{escape(url)}"' in site.get(address).text
    assert total(site, "/tasks?lacks=lead") == store.gap_counts()["no-lead"]


def test_a_choice_of_language_stays_with_every_link_of_the_list(site: FlaskClient) -> None:
    page = unescape(site.get("/tasks?lacks=lead&lang=en").text)
    links = re.findall(r'href="(/tasks\?[^"]*)"', page)
    assert len(links) > 20
    assert [link for link in links if "lang=en" not in link] == ["/tasks?lacks=lead&lang=zh&keep=1"]


def test_the_page_knows_every_name_of_a_condition_and_its_denial() -> None:
    knows = next(row.knows for row in PAGES if row.name == "tasks")
    assert {*knows.many} == {*NAMES, *(f"-{name}" for name in NAMES), *MANY_KEYS}
    assert {*knows.one} == {*SINGLE, "page", *MAP_KEYS}
