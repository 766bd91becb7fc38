"""What printers repeat on every page (页眉、页脚、页码), told from the text and taken away.

Pure functions. A page number is known by what it says (— 13 —), by counting the pages, and by standing where the other
pages have theirs: how far from the edge that is differs from one printer to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import structs

from ingest.model import Record
from ingest.page.blocks import PageText, margin_of
from ingest.page.columns import Columns
from ingest.page.lines import Line, between
from ingest.page.ruled import Grid

# A line that only two pages have in common is a running head this near the edge, where a browser prints its own.
_EDGE = 0.06

# Points by which the furniture of two pages may differ in height.
_LEVEL = 6.0

_DASHES = "\\-\u2010-\u2015－─·•~～|_"
_PAGE_NUMBER = re.compile(
    rf"[{_DASHES}]*(第|Page)?(?P<number>\d{{1,4}})页?((/|／|of|[,，、]?共)?(?P<of>\d{{1,4}})页?)?[{_DASHES}]*"
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d{1,9}")

_SMALL = 0.9
"""Footnotes are set in type of at most this share of the text's."""
_MARKS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*＊※†")
_NUMBERED_NOTE = re.compile(r"[\[［〔【]\d{1,2}[\]］〕】]|\d{1,2}[^\d\W]")

_Key = tuple[str, bool, bool]
"""A running head: its text without numbers, whether it stands above, whether the page lies."""


class _Counting(Record, frozen=True):
    """By how much printed numbers run ahead of the pages, None where none are printed, and at which heights they
    stand."""

    offset: int | None
    heights: frozenset[tuple[bool, int]] = frozenset()


def without_furniture(pages: Sequence[PageText]) -> list[PageText]:
    """The pages without page numbers, running heads and feet."""
    counting = _numbering(pages)
    repeated = _repeated(pages)
    aside = _repeated_aside(pages)
    return [_cleared(page, counting, repeated, aside) for page in pages]


def _cleared(page: PageText, counting: _Counting, repeated: set[_Key], aside: set[str]) -> PageText:
    away = {
        id(line) for line in _outer(page) if _is_number(line, page, counting.offset) or _key(line, page) in repeated
    }
    away |= {id(line) for line in _ends(page) if _counts_on(line, page, counting)}
    blocks: list[Columns | Grid] = []
    for block in page.blocks:
        if isinstance(block, Grid):
            blocks.append(block)
        elif lines := tuple(line for line in block.lines if id(line) not in away):
            blocks.append(Columns(lines, block.column))
    turned = tuple(line for line in page.turned if not _is_aside(line, page, counting, aside))
    return structs.replace(page, blocks=tuple(blocks), turned=turned)


def _is_aside(line: Line, page: PageText, counting: _Counting, aside: set[str]) -> bool:
    """Whether a line across the page is its number, or one that half of the pages bear."""
    return _decorated(line.text) or _plain(line.text) in aside or _is_number(line, page, counting.offset)


def _outer(page: PageText) -> list[Line]:
    """The outermost three lines in the upper and in the lower margin."""
    lines = [line for block in page.blocks if isinstance(block, Columns) for line in block.lines]
    lines.sort(key=lambda line: line.y)
    above = [line for line in lines[:3] if line.y < margin_of(page)]
    below = [line for line in lines[-3:] if line.y > page.height - margin_of(page)]
    return above + [line for line in below if line not in above]


def _ends(page: PageText) -> Iterator[Line]:
    """The page's first and last line, where nothing, and no table, stands above or below it."""
    blocks = [block for block in page.blocks if isinstance(block, Columns)]
    lines = sorted((line for block in blocks for line in block.lines), key=lambda line: line.y)
    tables = [block.box for block in page.blocks if isinstance(block, Grid)]
    if lines and all(lines[0].y < box.top for box in tables):
        yield lines[0]
    if lines[1:] and all(lines[-1].y > box.bottom for box in tables):
        yield lines[-1]
    elif lines and len(lines) == 1 and tables and all(lines[0].y > box.bottom for box in tables):
        yield lines[0]


def _counts_on(line: Line, page: PageText, counting: _Counting) -> bool:
    """Whether a page's first or last line, wherever it stands, is the number that comes after that of the page before:
    by its dashes, or by its height alone."""
    number = _number(line.text)
    if number is None or counting.offset is None or number - page.number != counting.offset:
        return False
    return _decorated(line.text) or bool(set(_heights(line, page)) & counting.heights)


def _plain(text: str) -> str:
    return "".join(text.split())


def _number(text: str) -> int | None:
    found = _PAGE_NUMBER.fullmatch(_plain(text))
    return int(found["number"]) if found else None


def _decorated(text: str) -> bool:
    """Whether a line is a page number and says so: — 15 —, 第 3 页, 3/12."""
    plain = _plain(text)
    return _PAGE_NUMBER.fullmatch(plain) is not None and not _BARE.fullmatch(plain)


def _is_number(line: Line, page: PageText, offset: int | None) -> bool:
    plain = _plain(line.text)
    if _BARE.fullmatch(plain):
        return offset is not None and int(plain) - page.number == offset
    return _decorated(plain)


def _heights(line: Line, page: PageText) -> tuple[tuple[bool, int], tuple[bool, int]]:
    """The two steps of height, from the nearer edge, that a line may share with others of its height."""
    above = line.y < page.height / 2
    place = int((line.y if above else page.height - line.y) // _LEVEL)
    return (above, place), (above, place + 1)


def _numbering(pages: Sequence[PageText]) -> _Counting:
    """How the printed numbers count the pages. A bare number further from the edge than furniture stands counts only
    with others at its height."""
    offsets: Counter[int] = Counter()
    heights: Counter[tuple[int, tuple[bool, int]]] = Counter()
    far: list[tuple[int, Line, PageText]] = []
    for page in pages:
        outer = _outer(page)
        for line in (*outer, *(line for line in _ends(page) if line not in outer)):
            number = _number(line.text)
            if number is None:
                continue
            offset = number - page.number
            heights.update((offset, height) for height in _heights(line, page))
            if line in outer or _decorated(line.text):
                offsets[offset] += 1
            else:
                far.append((offset, line, page))
    for offset, line, page in far:
        offsets[offset] += any(heights[offset, height] > 1 for height in _heights(line, page))
    offset, count = next(iter(offsets.most_common(1)), (0, 0))
    if count > 1 or (count and len(pages) == 1 and offset == 0):
        return _Counting(offset, frozenset(at for (of, at), times in heights.items() if of == offset and times > 1))
    return _Counting(None)


def _key(line: Line, page: PageText) -> _Key:
    """What a running head has in common on all pages that lie, or stand, as this one does."""
    return _DIGITS.sub("#", _plain(line.text)), line.y < page.height / 2, page.width > page.height


def _repeated(pages: Sequence[PageText]) -> set[_Key]:
    """The lines that stand at one height in the margin of page after page; 附件1, 附件2 … are no such lines."""
    found: dict[_Key, list[tuple[PageText, Line]]] = {}
    alike = Counter(page.width > page.height for page in pages)
    for page in pages:
        for line in _outer(page):
            found.setdefault(_key(line, page), []).append((page, line))
    return {
        key for key, lines in found.items() if key[0][0] not in "附表" and _is_running(lines, key[1], alike[key[2]])
    }


def _is_running(lines: Sequence[tuple[PageText, Line]], above: bool, pages: int) -> bool:
    """Whether the lines stand at one height and their numbers are the same on all pages, or count the pages."""
    places = [line.y if above else page.height - line.y for page, line in lines]
    if max(places) - min(places) > _LEVEL:
        return False
    numbers = zip(*(map(int, _DIGITS.findall(_plain(line.text))) for _, line in lines), strict=True)
    counting = [page.number for page, _ in lines]
    for column in numbers:
        if len(set(column)) > 1 and len({number - page for number, page in zip(column, counting, strict=True)}) > 1:
            return False
    if len(lines) >= max(3, 0.3 * pages):
        return True
    return len(lines) == pages == 2 and max(places) < _EDGE * lines[0][0].height


def _repeated_aside(pages: Sequence[PageText]) -> set[str]:
    """Lines across the page (a watermark, a binding mark) that half of the pages bear."""
    aside = Counter(text for page in pages for text in {_plain(line.text) for line in page.turned})
    return {text for text, count in aside.items() if count >= max(3, 0.5 * len(pages))}


def notes_apart(pages: Sequence[PageText]) -> list[PageText]:
    """The pages with their footnotes (脚注) beside the text, which goes on from page to page without them."""
    running = (line for page in pages for block in page.blocks if isinstance(block, Columns) for line in block.lines)
    sizes: Counter[float] = Counter()
    for line in running:
        sizes[round(2 * line.em) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    return [_with_notes_apart(page, body) for page in pages]


def _with_notes_apart(page: PageText, body: float) -> PageText:
    """A page whose last lines, in smaller type than the text and the first with a mark, stand beside it."""
    last = page.blocks[-1] if page.blocks else None
    if not isinstance(last, Columns):
        return page
    first = len(last.lines)
    while first and last.lines[first - 1].em <= _SMALL * body and last.lines[first - 1].y > page.height / 2:
        first -= 1
    while first < len(last.lines) and not _begins_note(last.lines[first].text):
        first += 1
    if first == len(last.lines):
        return page
    above = [*page.blocks[:-1], *([structs.replace(last, lines=last.lines[:first])] if first else [])]
    return structs.replace(page, blocks=tuple(above), turned=(*_notes(last.lines[first:]), *page.turned))


def _notes(lines: Sequence[Line]) -> list[Line]:
    """Each note as one line."""
    notes: list[Line] = []
    for line in lines:
        if notes and not _begins_note(line.text):
            before = notes.pop()
            line = structs.replace(before, text=before.text + between(before.text, line.text) + line.text)
        notes.append(line)
    return notes


def _begins_note(text: str) -> bool:
    return text[:1] in _MARKS or text.startswith(("注：", "注:")) or _NUMBERED_NOTE.match(text) is not None
