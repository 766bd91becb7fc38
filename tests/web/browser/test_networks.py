"""Networks in a browser: choosing, the slider, opening, keys, hostile names, the phone, and files of them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import Watch, wait_for_map

SIZES = """() => [...document.querySelectorAll('.net text')]
  .map((each) => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a)"""


@pytest.fixture
def page(tab: Page) -> Page:
    tab.set_viewport_size({"width": 1440, "height": 900})
    return tab


def state(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def web_of(plan: str) -> str:
    origin, _, id = plan.partition("/plans/")
    return f"{origin}/maps/network?of=plan:{id}"


def at(page: Page, nth: int) -> tuple[float, float]:
    """Where the nth node of the server's picture is on the screen: the canvas lies over the same places."""
    box = (
        page.locator(".net .pill rect")
        .nth(nth)
        .evaluate("(r) => (({x, y, width, height}) => [x + width / 2, y + height / 2])(r.getBoundingClientRect())")
    )
    return float(box[0]), float(box[1])


def test_a_unit_a_second_and_undo(page: Page, watch: Watch, large: str) -> None:
    page.goto(f"{large}?m-view=with")
    wait_for_map(page)
    sizes = page.evaluate(SIZES)
    assert min(sizes) >= 11
    page.mouse.click(*at(page, 0))
    page.locator("#strip:not([hidden])").wait_for()
    (one,) = state(page)["m-sel"]
    assert one.startswith(".")
    page.mouse.click(*at(page, 3))
    page.wait_for_url(lambda url: len(parse_qs(urlsplit(url).query)["m-sel"][0]) == 17)
    assert page.locator("#strip .strip-lines li").count() > 0
    page.click("[data-undo]")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("m-sel") == [one])
    assert (watch.errors, watch.elsewhere) == ([], [])


def test_the_slider_hides_lines_keeps_the_strongest_and_stands_in_the_address(page: Page, large: str) -> None:
    page.goto(f"{large}?m-view=with")
    wait_for_map(page)
    before = page.inner_text("#map-shown")
    slider = page.locator("#net-slider")
    slider.focus()
    page.keyboard.press("End")
    after = page.inner_text("#map-shown")
    assert before != after
    units = int(after.split("单位显示 ")[1].split(" ")[0])
    lines = int(after.split("联系显示 ")[1].split(" ")[0])
    assert lines >= units / 2
    least = page.inner_text("#net-least")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("m-least") == [least])


def test_opening_adds_a_ring_and_a_node_can_be_moved(page: Page, watch: Watch, large: str) -> None:
    page.goto(web_of(large))
    wait_for_map(page)
    nodes = len(json.loads(page.locator("#net-data").text_content() or "")["nodes"])
    page.locator(".net-canvas").focus()
    for key in ("ArrowRight", "ArrowUp", "+"):
        page.keyboard.press(key)
    page.wait_for_url("**m-ring**")
    opened = json.loads(page.locator("#net-data").text_content() or "")["nodes"]
    assert len(opened) > nodes
    box = page.locator(".net-canvas").bounding_box()
    assert box is not None
    main = next(node for node in opened if node["main"])
    where = page.evaluate("() => document.querySelector('.net-canvas').dataset.drawn")
    assert (where, main["kind"]) == ("yes", "plan")
    page.click("[data-undo]")
    page.wait_for_url(lambda url: "m-ring" not in url)
    assert (watch.errors, watch.elsewhere) == ([], [])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_has_the_servers_picture_and_no_sideways_scroll(
    phone: Page, plain_phone: Page, large: str, scripts: bool
) -> None:
    page = phone if scripts else plain_phone
    for address in (f"{large}?m-view=with", web_of(large)):
        page.goto(address)
        assert page.locator(".net .pill").count() > 10
        assert page.locator(".net-canvas").is_hidden()
        assert page.locator(".twin-table tbody tr").count() > 10
        if scripts:
            assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_hostile_names_stay_text_on_the_web_and_in_its_files(page: Page, watch: Watch, hostile_unit: str) -> None:
    origin = hostile_unit.partition("/units/")[0]
    for query in ("", "?aggregate=off"):
        page.goto(f"{origin}/maps/network{query}")
        wait_for_map(page)
        assert page.locator("#view script:not([type='application/json']), #view b[onclick]").count() == 0
    nodes = [node["words"] for node in json.loads(page.locator("#net-data").text_content() or "")["nodes"]]
    assert any("<script>alert(1)</script>" in words for words in nodes)
    assert "<script>alert" not in page.request.get(f"{origin}/maps/network/map.svg").text()
    assert (watch.errors, watch.elsewhere) == ([], [])


def test_files_of_a_web_hold_its_nodes(page: Page, large: str) -> None:
    page.goto(web_of(large))
    labels = {node["text"] for node in json.loads(page.locator("#net-data").text_content() or "")["nodes"]}
    address, _, query = web_of(large).partition("?")
    svg = page.request.get(f"{address}/map.svg?{query}").text()
    table = page.request.get(f"{address}/map.csv?{query}").text()
    assert all(f">{label}" in svg for label in labels)
    assert all(label.rstrip("…") in table for label in labels if not label.startswith("＋"))


@pytest.mark.parametrize("view", ["with", "web"])
def test_a_file_for_offline_use_draws_its_network_and_asks_nobody(
    chrome: Browser, large: str, view: str, tmp_path: Path
) -> None:
    plan, _, query = (f"{large}?m-view=with" if view == "with" else web_of(large)).partition("?")
    context = chrome.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page, watch = context.new_page(), Watch()
    file = tmp_path / "map.html"
    file.write_text(context.request.get(f"{plan}/map.html?{query}").text(), encoding="utf-8")
    watch.over(page)
    page.goto(file.as_uri())
    wait_for_map(page)
    page.locator(".net-canvas").focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    linked = page.locator("#net-told li a").first.get_attribute("href")
    assert linked is not None
    assert page.locator(linked).count() == 1
    assert watch.errors == []
    assert {urlsplit(address).scheme for address in watch.elsewhere} <= {"file"}
    context.close()
