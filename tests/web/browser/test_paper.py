"""A matrix of more units than a sheet of A3 takes is printed in parts, each with its head on every page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from tests.support.browser import served
from tests.support.factories import a_plan, a_section, a_task
from tests.support.web_library import library_of, settings_for
from web.site.app import create_app

UNITS = 130


def test_wide_matrices_are_printed_in_parts_with_their_heads(chrome: Browser, tab: Page, tmp_path: Path) -> None:
    tasks = [a_task(f"做好第{n}件事", lead=[f"市第{n}局"], support=["市共同局"]) for n in range(UNITS)]
    pair = a_plan(a_section("一", *tasks), title="宽表")
    library = library_of(tmp_path, files=(), pairs=[pair])
    with served(create_app(settings_for(tmp_path), library)) as origin:
        tab.goto(f"{origin}/plans/{library.store.plans()[0].id}?m-more=columns&m-all=1")
        names = tab.locator("#grid thead .v").all_text_contents()
        printed = PdfDocument(tab.pdf(prefer_css_page_size=True))
        pages = [printed[n] for n in range(len(printed)) if round(printed[n].get_size()[0] / 72 * 25.4) == 420]
        texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]
        firsts = [next(n for n, text in enumerate(texts) if f"第{part}/3幅" in text) for part in (1, 2, 3)]
        tab.goto(f"{origin}/plans/{library.store.plans()[0].id}?m-more=columns&m-all=0")
        folded = PdfDocument(tab.pdf(prefer_css_page_size=True))
        assert len(folded) < len(printed)
        folded.close()
        printed.close()
    library.close()
    assert len(names) == UNITS + 1
    assert firsts == sorted(set(firsts))
    for n, text in enumerate(texts[firsts[0] :], firsts[0]):
        part = sum(n >= first for first in firsts) - 1
        assert "章节与任务" in text, n
        for name in names[60 * part : 60 * part + 60]:
            assert name in text or name.replace("市第", "")[:3] in text, (n, name)
