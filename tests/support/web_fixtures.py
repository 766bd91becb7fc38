"""Fixtures of the site's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.support.browser import Watch, a_browser, require_browser, served
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
