"""What stands on a page of a PDF (页面): characters, ruling lines and pictures, each with its place.

Places are in points (1/72 inch) from the page's upper left corner, x to the right and y down, on the page turned so
that most of its text runs from left to right, whatever the file's own rotation is.
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.model import Record

MAX_CHARACTERS = 200_000
"""Characters read from one page; a page of a plan holds about a thousand."""

MAX_OBJECTS = 20_000
"""Drawn objects looked at on one page; a drawing with more is no table of tasks."""

THIN = 3.5
"""Points up to which a filled rectangle is a ruling line and not a coloured field."""


PALE = 0.55
"""How light (0 black, 1 white), laid on white, a colour is that is chosen to be read past."""


def is_faint(light: float, opaque: float) -> bool:
    """Whether a colour of this lightness, of which so much covers what is below, is pale on white paper.

    White itself stands on a coloured field, as the heads of tables do.
    """
    return 1 - (1 - light) * opaque >= PALE and not (light > 0.98 and opaque > 0.98)


class Char(Record, frozen=True, gc=False):
    """One character: `y` is its baseline, `em` the size of its font, all in points.

    `spaced` says that the file has a blank before it, `faint` that it is drawn in a pale colour.
    """

    text: str
    x0: float
    x1: float
    y: float
    em: float
    spaced: bool = False
    faint: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle of the character's body, which decides the cell it stands in."""
        return (self.x0 + self.x1) / 2, self.y - 0.35 * self.em


class Box(Record, frozen=True, gc=False):
    """A rectangle on the page; a ruling line is one whose width or height is next to nothing."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether the point stands in the box."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Ink(Record, frozen=True):
    """A page: `chars` run from left to right, `turned` are those that stand at another angle, one group an angle.
    `angles` says of each of these groups how many degrees, against the clock, its text is turned.

    `mute` counts characters that the file draws without saying which they are.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    turned: tuple[tuple[Char, ...], ...] = ()
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    mute: int = 0
    angles: tuple[int, ...] = ()


def main_direction(words: Mapping[int, tuple[int, int]]) -> int:
    """The direction in which a page is read, of those in which it has so many different characters that are not pale,
    and so many in all.

    What stands aslant, a watermark, says the same again and again: it is not it, as long as some text stands square.
    """
    square = {direction: counts for direction, counts in words.items() if not direction % 90}
    if 20 * sum(dark for dark, _ in square.values()) < sum(dark for dark, _ in words.values()):
        square = {}
    return max(square or words, key=lambda direction: words[direction], default=0)
