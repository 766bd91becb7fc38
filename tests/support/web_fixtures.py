"""Fixtures of the site's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.support.browser import Watch, a_browser, require_browser, served
from tests.support.maps_site import hostile_site, large_site
from tests.support.web_library import Addresses, library_of, settings_for
from web.library import Library
from web.site.app import create_app


@pytest.fixture(scope="session")
def site_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with the published plan; for reading only."""
    library = library_of(tmp_path_factory.mktemp("site"))
    yield library
    library.close()


@pytest.fixture(scope="session")
def site_app(site_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site over that library."""
    return create_app(settings_for(tmp_path_factory.getbasetemp()), site_library)


@pytest.fixture
def site(site_app: Flask) -> FlaskClient:
    """A client of the site."""
    return site_app.test_client()


@pytest.fixture(scope="session")
def addresses(site_library: Library) -> Addresses:
    """Every address of the site."""
    return Addresses(site_library)


@pytest.fixture(scope="session")
def origin(site_app: Flask) -> Iterator[str]:
    """The site, served on a free port."""
    with served(site_app) as address:
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """A real browser, or a skip."""
    require_browser()
    with a_browser() as browser:
        yield browser


PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def phone(chrome: Browser) -> Iterator[Page]:
    """A page as wide as a phone, one for all who only look: what a browser has fetched once it does not fetch again."""
    yield from _kept(chrome.new_context(viewport=PHONE))


@pytest.fixture(scope="session")
def plain_phone(chrome: Browser) -> Iterator[Page]:
    """The same without scripts."""
    yield from _kept(chrome.new_context(viewport=PHONE, java_script_enabled=False))


@pytest.fixture(scope="session")
def judged(chrome: Browser) -> Iterator[Page]:
    """A page that lets in what judges it, against its policy; one for all."""
    yield from _kept(chrome.new_context(bypass_csp=True))


def _kept(context: BrowserContext) -> Iterator[Page]:
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory, chrome: Browser) -> Iterator[str]:
    """The page of a plan of two hundred tasks."""
    with large_site(tmp_path_factory.mktemp("large")) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_unit(tmp_path_factory: pytest.TempPathFactory, chrome: Browser) -> Iterator[str]:
    """The page of a unit among hostile names."""
    with hostile_site(tmp_path_factory.mktemp("hostile")) as address:
        yield address


@pytest.fixture
def tab(chrome: Browser) -> Iterator[Page]:
    """A page of its own, 1280 pixels wide."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def watch(tab: Page) -> Watch:
    """Watches the page from its first request on."""
    watching = Watch()
    watching.over(tab)
    return watching
