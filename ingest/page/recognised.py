"""Lines that were recognised on the picture of a page (文字识别) → what stands on the page, as if it were set there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from ingest.model import Record
from ingest.page.ink import Box, Char, Ink

_BASELINE = 0.16
"""How far above the lower edge of a line's box its baseline is, in heights of the box."""
_LEAST_TURNED = 3.0
"""How much higher than wide the box of several characters is that run from top to bottom: the words of a stamp."""
_DASHES = "一—–－-_ "
_LONGEST_NUMBER = 3


class SeenLine(Record, frozen=True):
    """A line as a recogniser saw it: its words and the box round them, in points from the page's upper left corner."""

    text: str
    box: Box


def recognised_ink(number: int, width: float, height: float, lines: Sequence[SeenLine]) -> Ink:
    """The page with the characters of its lines, each in its share of its line's box."""
    level = sorted((line for line in lines if not _is_turned(line)), key=lambda line: (line.box.top, line.box.x0))
    chars = (char for line in level for char in _chars(SeenLine(_as_page_number(line.text), line.box)))
    return Ink(number, width, height, tuple(chars))


def _is_turned(line: SeenLine) -> bool:
    return len(line.text) > 1 and line.box.height > _LEAST_TURNED * line.box.width


def _as_page_number(text: str) -> str:
    """A page number with its dashes (— 3 —), of which recognisers make 一."""
    number = text.strip(_DASHES)
    dashed = text[:1] in _DASHES and text[-1:] in _DASHES
    return f"—{number}—" if dashed and number.isdecimal() and len(number) <= _LONGEST_NUMBER else text


def _chars(line: SeenLine) -> Iterator[Char]:
    """The line's characters; a Latin one takes half the width of a Chinese one."""
    shares = [2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line.text]
    unit = line.box.width / (sum(shares) or 1)
    edges = accumulate((share * unit for share in shares), initial=line.box.x0)
    em = min(line.box.height, 2 * unit * 1.2)
    baseline = line.box.bottom - _BASELINE * line.box.height
    spaced = False
    for sign, (x0, x1) in zip(line.text, pairwise(edges), strict=True):
        if not sign.isspace():
            yield Char(sign, x0, x1, baseline, em, spaced)
        spaced = sign.isspace()
