"""Every view of a map by axe-core, light and dark: nothing that hinders anyone more than a little; names are sought."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.support.web_library import Addresses
from web.maps.frame import VIEWS

_AXE_SOURCE = Axe().axe_script
_SMALL = ("minor",)
VIEWED = [
    (subject, view) for subject, views in VIEWS.items() for view in views if view != "list" and subject != "document"
]


def address_of(addresses: Addresses, subject: str) -> str:
    return {
        "plan": f"/plans/{addresses.plan}",
        "unit": f"/units/{addresses.unit}",
        "tasks": "/tasks",
        "network": "/maps/network",
    }[subject]


@pytest.mark.parametrize(("subject", "view"), VIEWED)
def test_no_view_of_a_map_has_a_barrier(
    chrome: Browser, origin: str, addresses: Addresses, subject: str, view: str
) -> None:
    context = chrome.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{origin}{quote(address_of(addresses, subject))}?m-view={view}")
    page.evaluate(_AXE_SOURCE)
    assert barriers(page, {}) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, {"runOnly": ["color-contrast"]}) == []  # Nothing else of a view differs in the dark.
    context.close()


def barriers(page: Page, chosen: dict[str, object]) -> list[str]:
    """Rules of axe-core that the view breaks more than a little, each with an element that does."""
    found = page.evaluate("chosen => axe.run('#view', {resultTypes: ['violations'], ...chosen})", chosen)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] not in _SMALL]


@pytest.mark.parametrize(("subject", "view"), [("plan", "time"), ("unit", "wings"), ("unit", "matrix")])
def test_a_name_that_is_offered_is_found(tab: Page, origin: str, addresses: Addresses, subject: str, view: str) -> None:
    tab.goto(f"{origin}{quote(address_of(addresses, subject))}?m-view={view}")
    offered = tab.eval_on_selector_all("#map-names option", "all => all.map((each) => each.value)")
    assert len(offered) == len(set(offered)) > 3
    for name in (offered[1], offered[-1]):
        tab.fill("#map-find", name)
        hits = tab.locator("#view .hit")
        assert hits.count() >= 1
        assert name in (hits.first.text_content() or "")
    tab.fill("#map-find", "")
    assert tab.locator("#view .hit").count() == 0
