"""Five tasks as an official would do them: from the first page, in the browser only."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from graph.query import ANYHOW, FallsDue, OfUnit, Query
from graph.store import Store
from tests.support.web_library import Addresses
from web.library import Library


@pytest.fixture
def home(tab: Page, origin: str) -> Page:
    """The first page, where everybody begins."""
    tab.goto(origin)
    return tab


@pytest.fixture
def store(site_library: Library) -> Store:
    return site_library.store


def ask(page: Page, words: str) -> None:
    page.fill("#q", words)
    page.press("#q", "Enter")
    page.wait_for_url("**/search**")


def test_find_what_a_unit_leads(home: Page, store: Store) -> None:
    unit = next(unit for unit in store.units() if unit.name == "食安办")
    ask(home, "食安办牵头哪些任务")
    assert home.locator(".understood").inner_text().count("食安办") == 1
    assert home.locator(".answer td.task").count() == unit.lead > 0


def test_find_that_a_unit_leads_nothing(home: Page) -> None:
    ask(home, "住建局牵头哪些任务")
    assert "没有一项任务符合这些条件" in home.inner_text(".answer")
    home.click(".understood a.unit")
    assert home.inner_text("h1") == "焦作市示范区住建局"
    assert "负责" in home.inner_text(".sums")


def test_find_everything_due_in_november(home: Page, store: Store) -> None:
    ask(home, "11月要完成什么")
    due = store.select(Query(FallsDue("2021-11-01", "2021-11-30")))
    assert home.locator(".answer td.task").count() == len(due.ids) > 0
    assert "11-01至11-30" in home.inner_text(".understood")
    assert "没有说年份" in home.inner_text(".answer")


def test_find_who_rests_on_a_document_and_read_the_sentence(home: Page) -> None:
    ask(home, "哪些任务引用了中发〔2019〕17号")
    assert "《中共中央国务院关于深化改革加强食品安全工作的意见》" in home.inner_text(".citing blockquote")
    home.locator(".citing .source").first.click()
    home.wait_for_url("**/text?fact=**")
    selected = "".join(home.locator(".page-text .selected").all_inner_texts())
    assert "关于深化改革加强食品安全工作的意见" in selected
    assert "贯彻落实" in home.inner_text("#card")


def test_find_the_tasks_that_nobody_leads(home: Page, store: Store) -> None:
    home.click(".main-nav >> text=缺口")
    home.click("main nav >> text=多个单位而无牵头")
    assert home.locator("td.task").count() == store.gap_counts()["no-lead"] > 0


def test_find_what_all_towns_must_do(home: Page, store: Store, addresses: Addresses) -> None:
    towns = next(unit for unit in store.units() if unit.name == "各乡镇（街道）")
    ask(home, "各乡镇（街道）")
    duties = store.select(Query(OfUnit((towns.id,))))
    assert len(duties.ids) >= max(towns.lead, towns.responsible, towns.support)
    assert home.locator(".answer td.task").count() == min(20, len(duties.ids)) > 0
    home.click(".understood a.unit")
    assert "泛指" in home.inner_text(".kicker")


def test_find_the_same_in_the_month_of_a_year_and_in_the_month_alone(home: Page, store: Store, origin: str) -> None:
    home.goto(f"{origin}/due?from=2021-01-01&to=2021-12-31")
    rows = "section[aria-labelledby='m-2021-{}'] td.task"
    year = {month: home.locator(rows.format(month)).count() for month in ("07", "11")}
    alone = {
        "07": len(store.select(Query(FallsDue("2021-07-01", "2021-07-31", ANYHOW))).ids),
        "11": len(store.select(Query(FallsDue("2021-11-01", "2021-11-30", ANYHOW))).ids),
    }
    assert year == alone
    assert all(year.values())


def test_walk_in_the_reader_and_go_back_with_one_step(home: Page, origin: str, addresses: Addresses) -> None:
    home.goto(f"{origin}/plans/{addresses.plan}/text?fact={addresses.fact}#{addresses.fact}")
    for _ in range(3):
        following = home.get_attribute("#next-fact", "href")
        home.keyboard.press("ArrowRight")
        home.wait_for_url(f"{origin}{following}")
    home.keyboard.press("Escape")
    home.wait_for_url(lambda url: "fact=" not in url)
    assert home.locator(".page-text .selected").count() == 0
    home.go_back()
    assert home.url.rstrip("/") == origin


def test_the_filters_are_folded_on_a_phone_and_open_beside_the_hits(home: Page, origin: str) -> None:
    home.goto(f"{origin}/search?q=食品安全")
    assert home.locator(".facets .choice").first.is_visible()
    home.set_viewport_size({"width": 390, "height": 844})
    home.reload()
    assert not home.locator(".facets .choice").first.is_visible()
    home.click(".facets > summary")
    assert home.locator(".facets .choice").first.is_visible()


def test_narrow_a_list_by_what_stands_beside_it_turn_a_condition_round_and_take_it_away(
    home: Page, origin: str, store: Store
) -> None:
    home.goto(f"{origin}/gaps?code=no-lead")
    home.click("text=看成一张清单")
    lacking = store.gap_counts()["no-lead"]
    assert home.locator("td.task").count() == lacking
    first = home.locator(".facets .turnable").first
    count = int(first.locator(".n").inner_text())
    first.locator(".choice").click()
    assert home.locator("td.task").count() == count
    assert home.locator(".condition").count() == 2
    unit = home.locator(".condition", has_text="单位：")
    unit.locator(".turn").first.click()
    assert "不：" in unit.inner_text()
    assert home.locator("td.task").count() == lacking - count
    unit.locator(".turn").last.click()
    assert home.locator("td.task").count() == lacking
    home.click("text=按时限先后")
    assert "sort=due" in home.url
    home.set_viewport_size({"width": 400, "height": 900})
    assert home.evaluate("document.documentElement.scrollWidth") <= 400
