"""Five tasks as an official would do them: from the first page, in the browser only."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from graph.store import Store
from tests.web_library import Addresses
from web.library import Library

pytest_plugins = ["tests.web_fixtures"]


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
    assert "没有这样的任务" in home.inner_text(".answer")
    home.click(".understood a.unit")
    assert home.inner_text("h1") == "住建局"
    assert "负责" in home.inner_text(".sums")


def test_find_everything_due_in_november(home: Page, store: Store) -> None:
    ask(home, "11月要完成什么")
    due = store.due_between("2021-11-01", "2021-11-30")
    assert home.locator(".answer .due-table tbody tr").count() == len(due) > 0
    assert "2021年" in home.inner_text(".understood")


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
    assert home.locator(".answer td.task").count() == towns.lead + towns.responsible + towns.support
    home.click(".understood a.unit")
    assert "泛指" in home.inner_text(".kicker")
