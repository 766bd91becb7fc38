"""Pages that are pictures of text (扫描件): told by how much of the page a picture covers and how little is set on
it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.page.ink import Ink

# A scan covers half of its page, in one picture or in strips; a page number or the scanner's name may be set on it.
_COVERED = 0.5
_FEW = 40


def is_scan(ink: Ink) -> bool:
    """Whether the page is a picture, and what little text it has is set around it."""
    if not ink.pictures or len(ink.chars) + sum(map(len, ink.turned)) >= _FEW:
        return False
    covered = 0.0
    for picture in dict.fromkeys(ink.pictures):
        wide = min(picture.x1, ink.width) - max(picture.x0, 0.0)
        high = min(picture.bottom, ink.height) - max(picture.top, 0.0)
        covered += max(wide, 0.0) * max(high, 0.0)
    return covered >= _COVERED * ink.width * ink.height


def page_list(numbers: Iterable[int]) -> str:
    """Page numbers as people write them: 1、3-5."""
    pages = sorted(set(numbers))
    runs: list[list[int]] = [[page] for page in pages[:1]]
    for before, page in pairwise(pages):
        if page == before + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def all_scanned(scans: Sequence[int], blank: Sequence[int], pages: int) -> bool:
    """Whether a file of so many pages holds nothing but scans and blank pages."""
    return bool(scans) and len({*scans, *blank}) == pages
