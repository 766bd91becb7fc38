"""A PDF with a text layer → its reading text (阅读文本)."""

from __future__ import annotations

from typing import Any

from ingest.errors import DamagedFile
from ingest.page.blocks import PageText, page_text
from ingest.page.ink import Ink
from ingest.page.passages import (
    MAX_PAGES,
    MAX_TOTAL,
    PageDoubt,
    cost_of_tables,
    page_doubts,
    refuse_scan,
    whole_reading,
)
from ingest.page.recognised import recognised_ink
from ingest.page.scans import is_scan
from ingest.page.watermarks import without_watermark
from ingest.readers.pdf.file import open_pdf, picture_of, read_ink
from ingest.readers.pdf.ocr import MAX_RECOGNISED, Recogniser, recogniser
from ingest.reading import Reading


def read_pdf(data: bytes, name: str, recognise: Recogniser | None = None) -> Reading:
    """The reading text of a PDF; `name` is the file's, for messages. Pages that are pictures are read by `recognise`,
    which is that of the extra `ocr` where it is installed.

    Doubts: `page-without-text`, `picture-without-text`, `characters-without-text` and `page-too-full` name the page,
    `scanned-pages` the pages, `pages-left-out` the first page that was not read, `read-by-ocr` each page that was.

    Raises DamagedFile where it is no PDF, ScannedFile for a scan, LockedFile for a PDF that needs a password, EmptyFile
    where there is nothing on any page.
    """
    pages, doubts, drawn = _read_pages(data, name, recognise or recogniser())
    refuse_scan(pages, doubts, drawn, name, "pdf")
    return whole_reading(pages, doubts)


def _read_pages(data: bytes, name: str, recognise: Recogniser | None) -> tuple[list[PageText], list[PageDoubt], bool]:
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
            if recognise and is_scan(ink) and sum(doubt.code == "read-by-ocr" for doubt in doubts) < MAX_RECOGNISED:
                seen = _recognised(document, number, recognise)
                if len(seen.chars) > len(ink.chars):  # More than the page number that is set below the picture.
                    ink = seen
                    doubts.append(PageDoubt(number, "read-by-ocr", {"page": str(number)}))
            pages.append(page_text(ink, pages[-1] if pages else None))
            doubts += page_doubts(ink, pages[-1])
            drawn = drawn or bool(ink.pictures or ink.rules or ink.mute)
            total += len(ink.chars) + cost_of_tables(pages[-1])
    return pages, doubts, drawn


def _recognised(document: Any, number: int, recognise: Recogniser) -> Ink:
    """The page as it is recognised on its picture."""
    picture, scale = picture_of(document, number)
    height, width = picture.shape[:2]
    return recognised_ink(number, width / scale, height / scale, recognise(picture, scale))
