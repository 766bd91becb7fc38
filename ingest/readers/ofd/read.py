""".ofd (GB/T 33190-2016, 版式文档) → reading text, by the places of its characters, as a PDF is read.

Signatures, seals, annotations and attachments are not read.
"""

from __future__ import annotations

from ingest.errors import EmptyFile, ScannedFile
from ingest.files.zip import open_zip
from ingest.page.blocks import PageText, page_text, without_furniture
from ingest.page.ruled import Grid
from ingest.readers.ofd.ink import page_ink
from ingest.readers.ofd.package import read_pages
from ingest.readers.pdf.read import _CELL, MAX_PAGES, MAX_TOTAL, Problem, _passages, _problems, _written
from ingest.reading import Reading


def read_ofd(data: bytes, name: str) -> Reading:
    """The reading text of a .ofd, `name` its file for errors.

    Doubts: as of `read_pdf`. Raises DamagedFile, FileTooLarge, ScannedFile, UnsupportedFormat for another
    format under this name, EmptyFile where there is nothing on any page.
    """
    pages: list[PageText] = []
    problems: list[Problem] = []
    drawn, total = False, 0
    for number, page in enumerate(read_pages(open_zip(data, name)), start=1):
        if number > MAX_PAGES or total > MAX_TOTAL:
            problems.append(Problem(number - 1, "pages-left-out", {"page": str(number)}))
            break
        ink = page_ink(page, number)
        pages.append(page_text(ink, pages[-1] if pages else None))
        problems += _problems(ink, pages[-1])
        drawn = drawn or bool(ink.pictures or ink.rules or ink.mute)
        total += sum(map(len, (ink.chars, *ink.turned))) + ink.mute
        total += _CELL * sum(len(block.cells) for block in pages[-1].blocks if isinstance(block, Grid))
    if all(page.is_blank for page in pages):
        if drawn:
            raise ScannedFile(path=name, format="ofd-scan")
        raise EmptyFile(path=name)
    return _written(_passages(without_furniture(pages)), len(pages), problems)
