"""Numbers on lines (线上的数): the strongest say how many tasks they stand for, where that hides nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ingest.model import Record
from web.maps.networks.records import NetworkNode, NetworkTie, ends_of

MOST_TAGS = 20
"""Lines that bear their number at once; of all others it is shown when they are pointed at or selected."""
TAG_WIDE, TAG_HIGH = 24.0, 17.0
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
_HEADING = 30.0
"""The height of a box's title, on which no number stands."""


class Rectangle(Record, frozen=True):
    """A rectangle by its centre and half its sides."""

    x: float
    y: float
    half_w: float
    half_h: float

    def meets(self, other: Rectangle) -> bool:
        return abs(self.x - other.x) < self.half_w + other.half_w and abs(self.y - other.y) < self.half_h + other.half_h


def tagged(
    nodes: Sequence[NetworkNode], ties: Sequence[NetworkTie], taken: Sequence[Rectangle] = ()
) -> tuple[NetworkTie, ...]:
    """The lines, those that are shown and strongest with a place for their number; `taken` are titles of boxes."""
    at = {node.key: node for node in nodes}
    full = [*taken, *(Rectangle(node.x, node.y, node.w / 2 + 1, node.h / 2 + 1) for node in nodes)]
    placed: dict[str, float] = {}
    for tie in sorted(ties, key=lambda tie: (-tie.weight, tie.id)):
        if len(placed) >= MOST_TAGS or tie.weight < 2:
            break
        if tie.shown:
            x1, y1, x2, y2 = ends_of(tie, at, arrow=False)
            for share, spot in _along((x1, y1), (x2, y2)):
                if not any(spot.meets(each) for each in full):
                    full.append(spot)
                    placed[tie.id] = share
                    break
    return tuple(replace(tie, at=placed.get(tie.id, -1.0)) for tie in ties)


def _along(one: tuple[float, float], other: tuple[float, float]) -> Iterator[tuple[float, Rectangle]]:
    for share in _ALONG:
        x, y = (a + (b - a) * share for a, b in zip(one, other, strict=True))
        yield share, Rectangle(x, y, TAG_WIDE / 2, TAG_HIGH / 2)


def heading(x: float, y: float, wide: float) -> Rectangle:
    """What the title of a box takes, from the box's corner."""
    return Rectangle(x + wide / 2, y + _HEADING / 2, wide / 2, _HEADING / 2)
