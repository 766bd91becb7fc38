"""Maps in a browser (图谱): the first picture of a matrix of two hundred rows, folding, scrolling; beside stock pyvis.

Without a Chromium nothing is measured, and a row says so.
"""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.timing import Figure, medians
from graph.query import InPlan, Query, TaskRow
from ingest.language.lexicon import Lexicon
from tests.support.browser import HOW, a_browser, chromium, served
from tests.support.large_plan import large_plan
from tests.support.map_rows import data_of
from tests.support.web_library import library_of, settings_for
from web.library import Library
from web.maps.matrix.making import matrix_of
from web.maps.state import ORDERS, MapState
from web.site.app import create_app

LOADS = 5
FIRST, NETWORK, SMOOTH, FASTER = 0.7, 0.9, 30, 20
"""Seconds to the first picture of a matrix and of a network at most, frames a second at least, and how many times
faster than stock pyvis."""
_PAINTED = """addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.painted = performance.now();
})))"""
_SCROLLED = """async () => {
  const frame = document.querySelector('.grid-frame');
  const begun = performance.now();
  let frames = 0;
  while (performance.now() - begun < 1500) {
    frame.scrollTop += 24;
    if (frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 4) frame.scrollTop = 0;
    await new Promise(requestAnimationFrame);
    frames += 1;
  }
  return frames / 1.5;
}"""
_COUNTED = """() => { window.frames_seen = 0;
  const next = () => { window.frames_seen += 1; requestAnimationFrame(next); }; requestAnimationFrame(next); }"""
_TURNED = """async (name) => {
  const begun = performance.now();
  document.querySelector(`.fold[value="${name}"]`).click();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - begun;
}"""


def measure(lexicon: Lexicon) -> Iterator[Figure]:
    """The matrix of a plan of 200 tasks and about 50 units."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.txt"
        file.write_text(large_plan(), encoding="utf-8")
        library = library_of(Path(folder) / "library", [file])
        yield from _made(library)
        if chromium() is None:
            yield Figure("in a browser", "not measured", HOW)
        else:
            app = create_app(settings_for(folder), library)
            with served(app) as origin, a_browser() as browser:
                yield from _drawn(browser, f"{origin}/plans/{library.store.plans()[0].id}", library)
        library.close()


def _made(library: Library) -> Iterator[Figure]:
    data = data_of(library, library.store.plans()[0].id)
    made = matrix_of(data, MapState())
    size = f"{made.tasks} tasks × {made.units} units"
    work = [partial(matrix_of, data, MapState(order=order)) for order in ORDERS]
    for order, taken in zip(ORDERS, medians(9, *work), strict=True):
        yield Figure(f"{size}: matrix made, order {order}", f"{1000 * taken:.1f} ms")


def _drawn(browser: Browser, address: str, library: Library) -> Iterator[Figure]:
    # Each load asks for another selection, so that no answer is a kept one.
    first = [_first(browser, f"{address}?m-sel=x{n}") for n in range(LOADS)]
    whole = [_first(browser, f"{address}?m-all=1&m-sel=x{n}") for n in range(LOADS)]
    taken = statistics.median(first)
    peer = _stock_pyvis(browser, library)
    yield Figure("first picture, headings", f"{1000 * taken:.0f} ms", f"below {1000 * FIRST:.0f} ms", taken < FIRST)
    yield Figure("first picture, every row open", f"{1000 * statistics.median(whole):.0f} ms")
    yield Figure(
        "stock pyvis, stable picture of the same", f"{1000 * peer:.0f} ms", f"{peer / taken:.0f} × longer",
        peer > FASTER * taken,
    )  # fmt: skip
    unit = f"{address.partition('/plans/')[0]}/units/{library.store.units(library.store.plans()[0].id)[0].id}"
    for what, drawn in (("a unit's map", f"{unit}?"), ("time map", f"{address}?m-view=time&")):
        own = statistics.median(_first(browser, f"{drawn}m-sel=x{n}") for n in range(LOADS))
        yield Figure(f"first picture, {what}", f"{1000 * own:.0f} ms", f"pyvis {peer / own:.0f} × longer",
                     peer > FASTER * own)  # fmt: skip
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}?m-all=1")
    frames = float(page.evaluate(_SCROLLED))
    yield Figure("scrolling, every row open", f"{frames:.0f} fps", f"at least {SMOOTH}", frames >= SMOOTH)
    name = page.locator(".fold").first.get_attribute("value")
    yield Figure("a chapter folded", f"{page.evaluate(_TURNED, name):.0f} ms")
    yield Figure("a chapter unfolded", f"{page.evaluate(_TURNED, name):.0f} ms")
    yield Figure("page, with the list beneath the matrix", f"{len(page.request.get(address).body()) / 1024:.0f} KB")
    page.close()
    yield from _networks(browser, address, library, peer)


def _networks(browser: Browser, address: str, library: Library, peer: float) -> Iterator[Figure]:
    """Who works with whom, and every task with every unit: the same nodes and lines that stock pyvis got."""
    taken = statistics.median(_first(browser, f"{address}?m-view=with&m-sel=x{n}") for n in range(LOADS))
    yield Figure(
        "first picture, who works with whom",
        f"{1000 * taken:.0f} ms",
        f"below {1000 * NETWORK:.0f} ms",
        taken < NETWORK,
    )
    origin, _, id = address.partition("/plans/")
    web = f"{origin}/maps/network?of=plan:{id}&aggregate=off"
    live = statistics.median(_live(browser, f"{web}&m-sel=x{n}") for n in range(LOADS))
    yield Figure(
        "every task as a dot, drawn by vis-network", f"{1000 * live:.0f} ms",
        f"{peer / live:.0f} × faster than stock pyvis", peer > FASTER * live,
    )  # fmt: skip
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(web)
    _wait(page, "document.querySelector('.net-canvas[data-drawn]') ? 1 : 0")
    box = page.locator(".net-canvas").bounding_box() or {"x": 0, "y": 0, "width": 1400, "height": 600}
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] - 30
    page.evaluate(_COUNTED)
    page.mouse.move(*middle)
    page.mouse.down()
    begun = time.perf_counter()
    for n in range(120):
        page.mouse.move(middle[0] + 150 * math.sin(n / 8), middle[1] - 60 * math.cos(n / 8))
    frames = float(page.evaluate("window.frames_seen")) / (time.perf_counter() - begun)
    page.mouse.up()
    nodes = len(library.store.tasks(library.store.select(Query(InPlan((id,))), limit=0).ids)) + len(
        library.store.units(id)
    )
    yield Figure(f"panning, {nodes} nodes", f"{frames:.0f} fps", f"at least {SMOOTH}", frames >= SMOOTH)
    page.close()


def _live(browser: Browser, address: str) -> float:
    """Seconds until vis-network has drawn, in a context that has cached nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    _wait(page, "document.querySelector('.net-canvas[data-drawn]') ? 1 : 0")
    taken = time.perf_counter() - begun
    context.close()
    return taken


def _first(browser: Browser, address: str) -> float:
    """Seconds until the matrix is painted, in a context that has cached nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(_PAINTED)
    page = context.new_page()
    page.goto(address)
    taken = _wait(page, "window.painted")
    context.close()
    return taken / 1000


def _stock_pyvis(browser: Browser, library: Library) -> float:
    """Seconds until vis-network stands still with the options that pyvis gives by itself."""
    from pyvis.network import Network  # the site has loaded it already, without notebooks

    rows = library.store.tasks(library.store.select(Query(InPlan((library.store.plans()[0].id,))), limit=0).ids)
    network = Network(cdn_resources="in_line")
    _fill(network, rows)
    still = "network.once('stabilized', () => { window.still = performance.now(); }); return network;"
    html = network.generate_html().replace("return network;", still)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    begun = time.perf_counter()
    page.set_content(html, wait_until="commit")
    _wait(page, "window.still", 180)
    taken = time.perf_counter() - begun
    context.close()
    return taken


def _fill(network: object, rows: tuple[TaskRow, ...]) -> None:
    for row in rows:
        network.add_node(row.id, label=row.text[:12])  # type: ignore[attr-defined]
        for party in row.parties:
            network.add_node(party.unit_id, label=party.name)  # type: ignore[attr-defined]
            network.add_edge(party.unit_id, row.id)  # type: ignore[attr-defined]


def _wait(page: Page, name: str, seconds: int = 30) -> float:
    for _ in range(10 * seconds):
        found = page.evaluate(f"{name} ?? 0")
        if found:
            return float(found)
        page.wait_for_timeout(100)
    return float(1000 * seconds)
