"""A PDF with a text layer → its reading text (阅读文本)."""

from __future__ import annotations

from ingest.errors import DamagedFile
from ingest.page.blocks import PageText, page_text
from ingest.page.passages import (
    MAX_PAGES,
    MAX_TOTAL,
    PageDoubt,
    cost_of_tables,
    page_doubts,
    refuse_scan,
    whole_reading,
)
from ingest.page.watermarks import without_watermark
from ingest.readers.pdf.file import open_pdf, read_ink
from ingest.reading import Reading


def read_pdf(data: bytes, name: str) -> Reading:
    """The reading text of a PDF; `name` is the file's, for messages.

    Doubts: `page-without-text`, `picture-without-text`, `characters-without-text` and `page-too-full` name the page,
    `scanned-pages` the pages, `pages-left-out` the first page that was not read.

    Raises DamagedFile where it is no PDF, ScannedFile for a scan, LockedFile for a PDF that needs a password, EmptyFile
    where there is nothing on any page.
    """
    pages, doubts, drawn = _read_pages(data, name)
    refuse_scan(pages, doubts, drawn, name, "pdf")
    return whole_reading(pages, doubts)


def _read_pages(data: bytes, name: str) -> tuple[list[PageText], list[PageDoubt], bool]:
    """The pages, what they withhold, and whether anything is drawn on them."""
    pages: list[PageText] = []
    doubts: list[PageDoubt] = []
    drawn, total = False, 0
    with open_pdf(data, name) as document:
        count = len(document)
        if not count:
            raise DamagedFile(path=name, reason="no pages")
        for number in range(1, count + 1):
            if number > MAX_PAGES or total > MAX_TOTAL:
                doubts.append(PageDoubt(number - 1, "pages-left-out", {"page": str(number), "pages": str(count)}))
                break
            ink = without_watermark(read_ink(document, number))
            pages.append(page_text(ink, pages[-1] if pages else None))
            doubts += page_doubts(ink, pages[-1])
            drawn = drawn or bool(ink.pictures or ink.rules or ink.mute)
            total += len(ink.chars) + cost_of_tables(pages[-1])
    return pages, doubts, drawn
