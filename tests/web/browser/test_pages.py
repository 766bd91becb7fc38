"""Every address in a real browser: nothing on the console, nothing from elsewhere, for every eye and every hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.support import browser
from tests.support.barriers import barriers
from tests.support.browser import Watch, wait_for_map
from tests.support.web_library import Addresses
from tests.web.site.test_pages import NAMES

_OF_COLOUR = ("color-contrast", "link-in-text-block")


def visit(page: Page, origin: str, path: str) -> None:
    """Goes to an address and waits until what its scripts draw is drawn."""
    page.goto(f"{origin}{path}")
    if page.query_selector(".net-canvas") and (page.viewport_size or {"width": 1280})["width"] > 768:
        wait_for_map(page)


@pytest.mark.parametrize("name", [*NAMES, "missing"])
def test_an_address_is_quiet_and_asks_nobody_else(
    tab: Page, watch: Watch, origin: str, addresses: Addresses, name: str
) -> None:
    visit(tab, origin, addresses.all()[name])
    expected = ["404"] if name == "missing" else []
    assert [error for error in watch.errors if not any(code in error for code in expected)] == []
    assert watch.elsewhere == []


@pytest.mark.parametrize("name", NAMES)
def test_an_address_has_no_serious_barrier_in_light_or_dark(
    judged: Page, origin: str, addresses: Addresses, name: str
) -> None:
    judged.emulate_media(color_scheme="light")
    visit(judged, origin, addresses.all()[name])
    assert barriers(judged) == []
    judged.emulate_media(color_scheme="dark")
    assert barriers(judged, rules=_OF_COLOUR) == []  # Nothing else of a page differs in the dark.


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_a_phone_in_either_type_size(
    phone: Page, origin: str, addresses: Addresses, name: str
) -> None:
    visit(phone, origin, addresses.all()[name])
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.evaluate("document.documentElement.classList.add('large')")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_pages_work_without_scripts(chrome: Browser, origin: str, addresses: Addresses) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(origin)
    page.fill("#q", "食药监分局牵头哪些任务")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?**")
    assert page.locator(".answer td.task").count() == 6
    page.locator(".answer .source").first.click()
    assert page.locator(".page-text .selected").count() > 0
    page.goto(f"{origin}/maps/network?of=unit:{addresses.unit}")
    assert page.locator("main table tbody tr").count() > 5
    context.close()


def test_a_slash_goes_to_the_search_box(tab: Page, origin: str) -> None:
    tab.goto(origin)
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") != "q"


def test_the_first_tab_stop_skips_to_the_content(tab: Page, origin: str) -> None:
    tab.goto(origin)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_arrows_walk_from_fact_to_fact(tab: Page, origin: str, addresses: Addresses) -> None:
    tab.goto(f"{origin}/plans/{addresses.plan}/text?fact={addresses.fact}#{addresses.fact}")
    first = tab.url
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url(lambda url: url != first)
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url(first)
    assert tab.locator("[aria-current=true]").first.is_visible()


def test_the_selected_fact_is_in_sight(tab: Page, origin: str, addresses: Addresses) -> None:
    tab.goto(f"{origin}/plans/{addresses.plan}/text?fact={addresses.fact}#{addresses.fact}")
    tab.wait_for_timeout(800)
    box = tab.locator(".page-text .selected").first.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 900


def test_a_mark_says_what_it_means_from_the_keyboard_and_without_scripts(
    chrome: Browser, origin: str, addresses: Addresses
) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}/units/{addresses.unit}")
    note = page.locator("#term-item")
    assert not note.is_visible()
    page.locator(".level.item").first.press("Enter")
    assert "由规则推出" in note.inner_text()
    page.keyboard.press("Escape")
    assert not note.is_visible()
    context.close()


def test_a_missing_browser_fails_in_ci_and_is_a_skip_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "chromium", lambda: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="ZEREN_CHROMIUM"):
        browser.require_browser()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="apt install chromium"):
        browser.require_browser()
