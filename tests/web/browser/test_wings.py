"""The map of a unit and the time map in a browser: selection, folding, keys, hostile names, phone, no scripts."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import Watch
from tests.support.web_library import Addresses


@pytest.fixture
def unit(tab: Page, origin: str, addresses: Addresses) -> Page:
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.goto(f"{origin}/units/{quote(addresses.unit)}")
    return tab


def state(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


OVERLAPS = """() => {
  const rects = '.wings .box > a:first-of-type > rect:first-of-type, .wings .self > rect';
  const boxes = [...document.querySelectorAll(rects)]
    .map((each) => each.getBoundingClientRect());
  let found = 0;
  boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found += 1;
  }));
  return found;
}"""
SPILLED = """() => [...document.querySelectorAll('.wings .box')].filter((box) => {
  const edge = box.querySelector('rect').getBoundingClientRect();
  return [...box.querySelectorAll('text')].some((each) => each.getBoundingClientRect().right > edge.right + 2);
}).length"""


def test_every_box_lies_in_the_first_view_and_none_on_another(unit: Page, watch: Watch) -> None:
    lowest = unit.evaluate("""() => Math.max(...[...document.querySelectorAll('.wings .box rect')]
      .map((each) => each.getBoundingClientRect().bottom))""")
    assert lowest <= 900
    assert unit.evaluate(OVERLAPS) == 0
    assert unit.evaluate(SPILLED) == 0
    sizes = unit.evaluate(
        "[...document.querySelectorAll('.wings text')].map((each) => parseFloat(getComputedStyle(each).fontSize)"
        " * each.getScreenCTM().a)"
    )
    assert min(sizes) >= 11
    assert (watch.errors, watch.elsewhere) == ([], [])


def test_choosing_a_partner_dims_what_it_has_no_part_in_and_a_link_restores_that(unit: Page, chrome: Browser) -> None:
    box = unit.locator(".wings .box.unit a[data-sel]").first
    wanted = box.get_attribute("data-sel")
    box.click()
    unit.locator("#strip:not([hidden])").wait_for()
    assert state(unit)["m-sel"] == [wanted]
    dimmed = unit.locator(".wings .box.dim").count()
    assert dimmed > 0
    other = chrome.new_page(viewport={"width": 1440, "height": 900})
    other.goto(unit.url)
    assert other.locator(".wings .box.dim").count() == dimmed
    assert other.inner_text("#strip") == unit.inner_text("#strip")
    other.close()
    unit.click("[data-undo]")
    unit.locator("#strip[hidden]").wait_for(state="attached")
    assert "m-sel" not in state(unit)
    assert unit.locator(".wings .box.dim").count() == 0


def test_a_task_shows_its_sentence_with_the_unit_marked(unit: Page) -> None:
    unit.click("[name=m-fold][value='*']")
    unit.locator(".wings .box.task a").first.wait_for()
    unit.locator(".wings .box.task a").first.click()
    unit.locator("#strip mark").first.wait_for(timeout=5000)
    assert unit.locator("#strip .strip-text").inner_text()


def test_keys_alone_reach_choose_fold_and_let_go(unit: Page) -> None:
    reached = unit.evaluate("""() => {
      const links = [...document.querySelectorAll('.wings a[data-sel]')];
      return links.filter((each) => each.tabIndex === 0).length;
    }""")
    assert reached == 1
    unit.evaluate("[...document.querySelectorAll('.wings a')].find((each) => each.tabIndex === 0).focus()")
    unit.keyboard.press("ArrowRight")
    first = unit.evaluate("document.activeElement.getAttribute('data-sel')")
    unit.keyboard.press("Enter")
    unit.locator("#strip:not([hidden])").wait_for()
    assert state(unit)["m-sel"] == [first]
    unit.keyboard.press("Escape")
    unit.locator("#strip[hidden]").wait_for(state="attached")


def test_hostile_names_stay_text_and_stay_in_their_boxes(tab: Page, watch: Watch, hostile_unit: str) -> None:
    tab.set_viewport_size({"width": 1440, "height": 900})
    for view in ("wings", "time", "with", "pairs"):
        tab.goto(f"{hostile_unit}?m-view={view}&m-fold=*")
        tab.wait_for_load_state("networkidle")  # What a page still fetches when it is left is no failure.
        assert tab.locator("#view b[onclick]").count() == 0
        assert tab.locator("#view script:not([type='application/json'])").count() == 0
    tab.goto(f"{hostile_unit}?m-fold=*")
    assert tab.evaluate(OVERLAPS) == 0
    assert (watch.errors, watch.elsewhere) == ([], [])


@pytest.mark.parametrize("view", ["wings", "time", "with", "pairs"])
def test_a_phone_has_no_sideways_scroll_and_without_scripts_all_is_there(
    phone: Page, plain_phone: Page, origin: str, addresses: Addresses, view: str
) -> None:
    address = f"{origin}/units/{quote(addresses.unit)}?m-view={view}"
    plain_phone.goto(address)
    shown = ".twin a:visible, .months button:visible, .pairs button:visible, .net .pill:visible"
    assert plain_phone.locator(shown).count() > 5
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_month_of_a_unit_shows_the_tasks_that_stand_in_it(tab: Page, origin: str, addresses: Addresses) -> None:
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.goto(f"{origin}/units/{quote(addresses.unit)}?m-view=time")
    cell = tab.locator("#grid tbody .agg").first
    count = cell.inner_text()
    cell.click()
    tab.locator("#strip:not([hidden])").wait_for()
    lines = tab.locator("#strip .strip-lines li").count()
    assert lines == int(count)
