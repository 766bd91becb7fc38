"""Suggestions in a browser: by keys alone, by pointer, and a plain search where nothing is chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.web_library import Addresses


@pytest.fixture(params=["/", "/units", "/due"])
def page(request: pytest.FixtureRequest, tab: Page, origin: str) -> Page:
    tab.goto(f"{origin}{request.param}")
    return tab


def typed(page: Page, words: str) -> None:
    page.locator("#q").press_sequentially(words)
    expect(page.locator(".find [role=option]").first).to_be_visible()


def test_arrows_choose_and_enter_opens_what_is_chosen(page: Page) -> None:
    typed(page, "s")
    box = page.locator("#q")
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "true")
    options = page.locator(".find [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert options.nth(0).get_attribute("aria-selected") == "true"
    label = options.nth(0).locator(".label").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/**")
    assert label in page.inner_text("h1")


def test_enter_without_a_choice_searches_for_the_words(page: Page) -> None:
    typed(page, "食品安全")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search**")
    assert page.input_value("#q") == "食品安全"


def test_escape_shuts_the_list_first_and_leaves_the_box_then(page: Page) -> None:
    typed(page, "食品")
    page.keyboard.press("Escape")
    expect(page.locator(".find [role=listbox]")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.input_value("#q") == "食品"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "q"


def test_a_click_opens_what_is_clicked(tab: Page, origin: str, addresses: Addresses) -> None:
    tab.goto(origin)
    typed(tab, "食药监分局")
    tab.locator(".find [role=option]").first.click()
    tab.wait_for_url("**/units/**")
    assert tab.inner_text("h1") == "焦作市示范区食药监分局"
