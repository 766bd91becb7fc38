"""Screenshots of every address, to be looked at: `python -m tests.shots [name …]` writes them to ./shots/.

Each is taken at 1280 and 390 pixels, light and dark, in large type, and as the pages of a print.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.support.browser import HOW, a_browser, chromium, served, wait_for_map
from tests.support.web_library import Addresses, library_of, settings_for
from web.site.app import create_app

_FOLDER = Path("shots")
_WAYS: dict[str, tuple[int, str, str]] = {
    "1280": (1280, "light", ""),
    "1280-dark": (1280, "dark", ""),
    "1280-large": (1280, "light", "type=large"),
    "1280-en": (1280, "light", "lang=en"),
    "390": (390, "light", ""),
    "390-dark": (390, "dark", ""),
}


def main(names: list[str]) -> int:
    """Takes all screenshots, or those of the addresses named; 1 without a browser."""
    if chromium() is None:
        print(HOW, file=sys.stderr)
        return 1
    _FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        library = library_of(Path(folder))
        app = create_app(settings_for(Path(folder)), library)
        wanted = {name: path for name, path in Addresses(library).all().items() if not names or name in names}
        with served(app) as site, a_browser() as browser:
            for name, path in wanted.items():
                _shoot(browser, f"{site}{path}", name)
        library.close()
    print(f"{len(wanted)} addresses in {_FOLDER.resolve()}")
    return 0


def _shoot(browser: Browser, url: str, name: str) -> None:
    for way, (width, scheme, query) in _WAYS.items():
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(_with(url, query))
        _settle(page)
        page.screenshot(path=_FOLDER / f"{name}-{way}.png", full_page=_is_short(page))
        if way == "1280":
            page.pdf(path=_FOLDER / f"{name}.pdf", prefer_css_page_size=True)
        context.close()


def _with(url: str, query: str) -> str:
    address, _, place = url.partition("#")
    joined = f"{address}{'&' if '?' in address else '?'}{query}" if query else address
    return f"{joined}#{place}" if place else joined


def _settle(page: Page) -> None:
    if page.query_selector(".net-canvas") and (page.viewport_size or {"width": 1280})["width"] > 768:
        wait_for_map(page)


def _is_short(page: Page) -> bool:
    """Whole pages up to five screens; of longer ones the first screen."""
    return bool(page.evaluate("document.documentElement.scrollHeight < 4500"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
