""".ofd (GB/T 33190-2016, 版式文档) → reading text, by the places of its characters, as a PDF is read.

Signatures, seals, annotations and attachments are not read.
"""

from __future__ import annotations

from ingest.files.zip import open_zip
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
from ingest.readers.ofd.ink import page_ink
from ingest.readers.ofd.package import read_pages
from ingest.reading import Reading


def read_ofd(data: bytes, name: str) -> Reading:
    """The reading text of a .ofd, `name` its file for errors.

    Doubts: as of `read_pdf`. Raises DamagedFile, FileTooLarge, ScannedFile, UnsupportedFormat for another
    format under this name, EmptyFile where there is nothing on any page.
    """
    pages: list[PageText] = []
    doubts: list[PageDoubt] = []
    drawn, total = False, 0
    for number, page in enumerate(read_pages(open_zip(data, name)), start=1):
        if number > MAX_PAGES or total > MAX_TOTAL:
            doubts.append(PageDoubt(number - 1, "pages-left-out", {"page": str(number)}))
            break
        ink = without_watermark(page_ink(page, number))
        pages.append(page_text(ink, pages[-1] if pages else None))
        doubts += page_doubts(ink, pages[-1])
        drawn = drawn or bool(ink.pictures or ink.rules or ink.mute)
        total += sum(map(len, (ink.chars, *ink.turned))) + ink.mute
        total += cost_of_tables(pages[-1])
    refuse_scan(pages, doubts, drawn, name, "ofd")
    return whole_reading(pages, doubts)
