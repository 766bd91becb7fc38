"""The responsibility matrix in a browser, on the seed, on a plan of two hundred tasks, and on hostile names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from tests.support.browser import Watch, served
from tests.support.factories import a_plan, a_section, a_task
from tests.support.maps_site import SCRIPT
from tests.support.web_library import Addresses, library_of, settings_for
from web.site.app import create_app


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, chrome: Browser) -> Iterator[str]:
    """The page of a plan whose every word is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    tasks = [
        a_task(f"任务{n}{SCRIPT}", lead=[f"{SCRIPT}{n}局"], support=["\u202e反\u2066局", "长" * 300 + "局"])
        for n in range(3)
    ]
    pair = a_plan(a_section(f"标题{SCRIPT}", *tasks), a_section("二", "任务"), title=f"要点{SCRIPT}")
    library = library_of(folder, files=(), pairs=[pair])
    with served(create_app(settings_for(folder), library)) as origin:
        yield f"{origin}/plans/{library.store.plans()[0].id}"
    library.close()


@pytest.fixture
def wide(tab: Page) -> Page:
    tab.set_viewport_size({"width": 1440, "height": 900})
    return tab


def state(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def rows(page: Page) -> int:
    return int(page.evaluate("document.querySelectorAll('#grid tbody tr:not([hidden])').length"))


def wait_for_strip(page: Page) -> None:
    page.locator("#strip:not([hidden])").wait_for()


def test_the_first_view_holds_the_headings_and_says_what_it_leaves_out(wide: Page, watch: Watch, large: str) -> None:
    wide.goto(large)
    said = [int(number) for number in re.findall(r"\d+", wide.inner_text("#map-shown"))]
    assert said[0] == rows(wide) <= 26
    assert said[1] == wide.locator("#grid tbody tr").count() > 200
    assert said[2] >= 30
    assert said[3] == wide.locator("#grid thead .v").count() > 45
    frame = wide.locator(".grid-frame").bounding_box()
    assert frame is not None
    assert frame["y"] + frame["height"] <= 900
    assert (watch.errors, watch.elsewhere) == ([], [])


def test_no_two_names_and_no_two_numbers_of_the_first_view_overlap(wide: Page, large: str) -> None:
    wide.goto(large)
    overlaps = wide.evaluate("""() => {
      const boxes = [...document.querySelectorAll('#grid thead .v, #grid tbody tr:not([hidden]) .agg, #grid .sum')]
        .map((each) => each.getBoundingClientRect()).filter((box) => box.width);
      let found = 0;
      boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => {
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found += 1;
      }));
      return found;
    }""")
    assert overlaps == 0


@pytest.mark.parametrize(("width", "query", "smallest"), [(1280, "", 11), (1440, "", 11), (1440, "?type=large", 14)])
def test_no_type_is_smaller_than_can_be_read(
    chrome: Browser, large: str, width: int, query: str, smallest: int
) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{large}{query}")
    sizes = page.evaluate("""() => [...document.querySelectorAll('#view *')].filter((each) =>
      each.offsetParent && [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
      .map((each) => parseFloat(getComputedStyle(each).fontSize))""")
    assert len(sizes) > 100
    assert min(sizes) >= smallest
    context.close()


def test_a_phone_shows_the_same_rows_as_a_list_with_names_and_nothing_beside_it(chrome: Browser, large: str) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    for query in ("", "?type=large", "?m-all=1"):
        page.goto(f"{large}{query}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    row = page.locator("#grid tbody tr.t").first
    name = row.locator("[data-u]").first
    assert name.get_attribute("data-u") in name.evaluate("each => getComputedStyle(each, '::after').content")
    heights = page.evaluate("""() => [...document.querySelectorAll('#grid tbody tr:not([hidden]) button')].slice(0, 60)
      .map((each) => each.getBoundingClientRect()).filter((box) => box.width).map((box) => box.height)""")
    assert min(heights) >= 24
    context.close()


def test_a_heading_opens_in_its_place_and_undo_gives_the_former_picture_back(wide: Page, large: str) -> None:
    wide.goto(large)
    picture = "[...document.querySelectorAll('#grid tbody tr:not([hidden])')].map(row => row.dataset.k).join()"
    first, before = wide.evaluate(picture), rows(wide)
    fold = wide.locator("#grid tr:not([hidden]) .fold[aria-expanded=false]").nth(2)
    top = fold.evaluate("each => each.getBoundingClientRect().top")
    name = fold.get_attribute("value")
    fold.click()
    assert rows(wide) > before
    assert abs(wide.locator(f".fold[value='{name}']").evaluate("each => each.getBoundingClientRect().top") - top) <= 2
    opened, address = wide.evaluate(picture), wide.url
    wide.goto(address)
    assert wide.evaluate(picture) == opened
    wide.locator(f".fold[value='{name}']").click()
    wide.click("[data-undo]")
    wide.wait_for_url(address)
    assert wide.evaluate(picture) == opened
    wide.goto(large)
    assert wide.evaluate(picture) == first


def test_a_cell_is_read_beneath_with_its_phrase_marked_and_the_link_gives_it_back(
    wide: Page, watch: Watch, large: str
) -> None:
    wide.goto(f"{large}?m-all=1")
    mark = wide.locator("#grid .m.lead").first
    name = mark.get_attribute("data-u")
    mark.click()
    wait_for_strip(wide)
    assert wide.locator("#strip .me").inner_text() == name
    assert wide.locator("#strip mark").count() >= 1
    height = wide.locator("#strip").bounding_box()
    assert height is not None
    assert height["height"] <= 0.34 * 900 + 1
    assert mark.evaluate("each => each.classList.contains('on')")
    words = wide.inner_text("#strip")
    assert "m-sel" in state(wide)
    wide.goto(wide.url)
    assert wide.inner_text("#strip") == words
    wide.click(".strip-close")
    wide.locator("#strip").wait_for(state="hidden")
    assert "m-sel" not in state(wide)
    assert watch.errors == []


def test_a_number_lists_its_tasks_and_each_of_these_is_read(wide: Page, large: str) -> None:
    wide.goto(large)
    cell = wide.locator("#grid tr:not([hidden]) .agg").first
    count = int(cell.inner_text())
    cell.click()
    wait_for_strip(wide)
    assert wide.locator(".strip-lines li").count() == count
    wide.locator(".strip-lines button").first.click()
    wide.locator(".strip-text").wait_for()
    assert wide.locator("#strip .me").count() == 1


def test_roles_and_orders_change_in_place_and_stand_in_the_address(wide: Page, watch: Watch, large: str) -> None:
    wide.goto(f"{large}?m-all=1")
    wide.uncheck(".legend input[value=responsible]")
    wide.wait_for_url("**m-roles=lead**")
    wide.locator("#grid .m.responsible").first.wait_for(state="detached")
    assert wide.locator("#grid .m.lead").count() > 20
    assert set(state(wide)["m-roles"]) == {"lead", "support"}
    wide.select_option("[name=m-order]", "level")
    wide.locator("#grid .bands").wait_for()
    assert state(wide)["m-order"] == ["level"]
    wide.click("[data-undo]")
    wide.locator("#grid .bands").wait_for(state="detached")
    assert watch.errors == []


def test_the_keyboard_alone_reaches_marks_reads_folds_and_lets_go(wide: Page, large: str) -> None:
    wide.goto(large)
    stops = wide.evaluate("[...document.querySelectorAll('#grid button')].filter(each => each.tabIndex === 0).length")
    assert stops == 1
    wide.locator("#grid button[tabindex='0']").focus()
    before = rows(wide)
    wide.keyboard.press("+")
    assert rows(wide) > before
    wide.keyboard.press("-")
    assert rows(wide) == before
    wide.keyboard.press("ArrowRight")
    assert wide.evaluate("document.activeElement.className").startswith("agg")
    column = wide.evaluate("document.activeElement.dataset.u")
    wide.keyboard.press("ArrowDown")
    assert wide.evaluate("document.activeElement.dataset.u") == column
    wide.keyboard.press("ArrowUp")
    wide.keyboard.press("Enter")
    wait_for_strip(wide)
    wide.keyboard.press("Escape")
    wide.locator("#strip").wait_for(state="hidden")


def test_arrows_lead_to_every_button_of_the_matrix(wide: Page, large: str) -> None:
    wide.goto(large)
    missed = wide.evaluate("""() => {
      const grid = document.getElementById('grid');
      const ahead = [grid.querySelector("[tabindex='0']")];
      const seen = new Set(ahead);
      while (ahead.length) {
        const here = ahead.pop();
        for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) {
          here.focus();
          here.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
          const next = document.activeElement;
          if (!seen.has(next)) { seen.add(next); ahead.push(next); }
        }
      }
      return [...grid.querySelectorAll('tr:not([hidden]) button')].filter((each) => !seen.has(each)).length;
    }""")
    assert missed == 0


def test_find_marks_units_and_rows(wide: Page, large: str) -> None:
    wide.goto(large)
    wide.fill("#map-find", "市委宣传部")
    assert wide.locator("#grid thead .hit .v").all_inner_texts() == ["市委宣传部"]


def test_hostile_names_are_text_everywhere(wide: Page, watch: Watch, hostile: str) -> None:
    wide.goto(hostile)
    assert wide.evaluate("document.querySelectorAll('#view script, #view b[onclick]').length") == 0
    heads = wide.locator("#grid thead .v").all_text_contents()
    assert any("<script>alert（1）</script>" in head for head in heads)
    wide.locator("#grid tr:not([hidden]) .m").first.click()
    wait_for_strip(wide)
    assert SCRIPT in (wide.locator("#strip").text_content() or "")
    assert wide.evaluate("document.documentElement.scrollWidth") <= 1440
    assert (watch.errors, watch.elsewhere) == ([], [])


def test_a_picture_for_a3_and_a_table_are_downloaded(wide: Page, watch: Watch, tmp_path: Path, large: str) -> None:
    wide.goto(large)
    for form, least in (("png", 200_000), ("csv", 5_000)):
        wide.click(".out summary")
        with wide.expect_download() as got:
            wide.click("[data-out=png]" if form == "png" else "[formaction$='.csv']")
        kept = tmp_path / form
        got.value.save_as(kept)
        assert got.value.suggested_filename.endswith(form)
        assert kept.stat().st_size > least
    width = int.from_bytes((tmp_path / "png").read_bytes()[16:20], "big")
    assert width == 4961
    # A download ends the request that began it, which a browser calls failed.
    assert [error for error in watch.errors if "/map.csv" not in error] == []


def test_on_paper_the_matrix_stands_on_a3_across_with_every_column_and_the_rest_on_a4(wide: Page, large: str) -> None:
    wide.goto(large)
    names = wide.locator("#grid thead .v").all_text_contents()
    printed = PdfDocument(wide.pdf(prefer_css_page_size=True))
    sizes = [tuple(round(side / 72 * 25.4) for side in printed[n].get_size()) for n in range(len(printed))]
    assert sizes[0] == (420, 297)
    assert sizes[-1] == (210, 297)
    said = "".join(printed[0].get_textpage().get_text_bounded().split())
    assert all(name[:2] in said for name in (names[0], names[-1]))
    assert "截至2021年11月15日" in said
    printed.close()


def test_marks_of_roles_differ_without_colour(wide: Page, large: str) -> None:
    wide.goto(large)
    looks = wide.evaluate("""() => ['lead', 'responsible', 'support'].map((role) => {
      const look = getComputedStyle(document.querySelector(`.legend .m.${role}`));
      const [r, g, b] = look.backgroundColor.match(/\\d+/g).map(Number);
      return [Math.round(0.3 * r + 0.59 * g + 0.11 * b), look.borderTopStyle];
    })""")
    (lead, _), (responsible, solid), (support, dashed) = looks
    assert lead < 100 < 200 < responsible
    assert support > 200
    assert (solid, dashed) == ("solid", "dashed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_on_every_tone_and_marks_have_contrast(chrome: Browser, large: str, scheme: str) -> None:
    context = chrome.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(large)
    tokens = page.evaluate("""() => Object.fromEntries(['tone-1', 'tone-2', 'tone-3', 'tone-4', 'tone-5', 'tone-ink',
      'tone-ink-5', 'accent', 'on-accent', 'paper', 'quiet', 'lack', 'hover', 'ink']
      .map((name) => [name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()]))""")
    for step in range(1, 6):
        assert contrast(tokens["tone-ink-5" if step == 5 else "tone-ink"], tokens[f"tone-{step}"]) >= 4.5
    for one, other in (
        ("on-accent", "accent"),
        ("quiet", "paper"),
        ("lack", "paper"),
        ("lack", "hover"),
        ("ink", "hover"),
    ):
        assert contrast(tokens[one], tokens[other]) >= 4.5, (one, other)
    assert contrast(tokens["accent"], tokens["paper"]) >= 3
    context.close()


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' lightness (WCAG 2)."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_without_scripts_rows_open_cells_are_read_and_columns_are_ordered(
    chrome: Browser, origin: str, addresses: Addresses
) -> None:
    context = chrome.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{origin}/plans/{addresses.plan}")
    before = page.locator("#grid tbody tr:not([hidden])").count()
    page.locator("#grid tr:not([hidden]) .fold[aria-expanded=false]").first.click()
    assert page.locator("#grid tbody tr:not([hidden])").count() > before
    page.locator("#grid tr:not([hidden]) .m").first.click()
    assert page.locator("#strip mark").count() >= 1
    page.select_option("[name=m-order]", "text")
    page.click("noscript button")
    assert page.input_value("[name=m-order]") == "text"
    assert page.locator("#strip mark").count() >= 1
    context.close()
