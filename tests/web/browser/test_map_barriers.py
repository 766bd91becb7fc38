"""Every view of a map by axe-core, light and dark: nothing that hinders anyone more than a little; names are sought."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.support.barriers import barriers
from tests.support.web_library import Addresses
from web.maps.frame import VIEWS

WHOLE = (("plan", "matrix"), ("plan", "chain"), ("unit", "wings"), ("network", "net"))
"""Views of which `test_pages.py` judges the whole page."""
VIEWED = [
    (subject, view)
    for subject, views in VIEWS.items()
    for view in views
    if view != "list" and subject != "document" and (subject, view) not in WHOLE
]


def address_of(addresses: Addresses, subject: str) -> str:
    return {
        "plan": f"/plans/{addresses.plan}",
        "unit": f"/units/{addresses.unit}",
        "tasks": "/tasks",
    }[subject]


@pytest.mark.parametrize(("subject", "view"), VIEWED)
def test_no_view_of_a_map_has_a_barrier(
    judged: Page, origin: str, addresses: Addresses, subject: str, view: str
) -> None:
    judged.emulate_media(color_scheme="light")
    judged.goto(f"{origin}{quote(address_of(addresses, subject))}?m-view={view}")
    assert barriers(judged, "#view") == []
    judged.emulate_media(color_scheme="dark")
    assert barriers(judged, "#view", ("color-contrast",)) == []  # Nothing else of a view differs in the dark.


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
