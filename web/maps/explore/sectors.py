"""Where things stand on the web of relations (扇形): a ring about the middle, later rings in the sector of what was
opened. What stands keeps its place; each new thing gets the free place nearest to the best. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ingest.model import Record
from web.maps.collaboration.places import Point

_GAP_X, _GAP_Y = 14.0, 12.0
"""The least space between two nodes, in pixels."""
_WIDER, _FLATTER = 1.25, 0.8
"""Rings are wider than high: names are."""
_FURTHER = (1.0, 1.2, 1.4, 0.85, 1.65, 1.9, 2.3, 2.8, 3.4)
_ASIDE = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
_STEP = math.radians(8)
_SECTOR = math.radians(75)


class Stand(Record, frozen=True):
    """A node's centre and size."""

    x: float
    y: float
    w: float
    h: float


class Stage:
    """What stands already: nodes by key, and the lines that are drawn between them."""

    def __init__(self) -> None:
        self.spots: dict[str, Stand] = {}
        self._lines: list[tuple[str, str]] = []

    def put(self, key: str, spot: Stand) -> None:
        """Puts a node where it is told to."""
        self.spots[key] = spot

    def join(self, one: str, other: str) -> None:
        """A line between two that stand."""
        self._lines.append((one, other))

    def ring(self, middle: str, sizes: Mapping[str, Point], main: str) -> None:
        """Puts nodes of given sizes about one that stands, and joins them with it; about `main` all round."""
        centre = self.spots[middle]
        for n, (key, (w, h)) in enumerate(sizes.items()):
            wished = self._wished(middle, main, (n, len(sizes)))
            best, least = Stand(centre.x, centre.y, w, h), math.inf
            for x, y in wished:
                spot = Stand(round(x, 1), round(y, 1), w, h)
                cost = self._hidden(spot, centre) if self._free(spot) else math.inf
                if cost < least:
                    best, least = spot, cost
                if cost == 0:
                    break
            self.put(key, best if least < math.inf else self._below(best))
            self.join(middle, key)

    def _wished(self, middle: str, main: str, nth: tuple[int, int]) -> Iterator[Point]:
        """Places for the nth of so many, the best first."""
        n, count = nth
        centre, origin = self.spots[middle], self.spots[main]
        if middle == main:
            angle, reach, across = -math.pi / 2 + 2 * math.pi * n / count, 195.0 + 8 * count, (_WIDER * 1.2, _FLATTER)
        else:
            away = math.atan2((centre.y - origin.y) / _FLATTER, (centre.x - origin.x) / _WIDER)
            share = (n + 0.5) / count - 0.5
            angle, reach, across = away + 2 * _SECTOR * share, 150.0 + 7 * count, (_WIDER, _FLATTER)
        for further in _FURTHER:
            for aside in _ASIDE:
                turned = angle + aside * _STEP
                yield (
                    centre.x + reach * further * across[0] * math.cos(turned),
                    centre.y + reach * further * across[1] * math.sin(turned),
                )

    def _free(self, spot: Stand) -> bool:
        return not any(_meets(spot, each) for each in self.spots.values())

    def _hidden(self, spot: Stand, centre: Stand) -> int:
        """How many lines would run through a node or cross another with this one there."""
        new = (centre.x, centre.y), (spot.x, spot.y)
        found = sum(through(*new, each) for each in self.spots.values() if each is not centre)
        for one, other in self._lines:
            ends = self.spots[one], self.spots[other]
            a, b = ((end.x, end.y) for end in ends)
            found += through(a, b, spot)
            found += centre not in ends and crossed(*new, a, b)
        return found

    def _below(self, spot: Stand) -> Stand:
        """Beneath all that stands: what a place that is too full falls back to."""
        lowest = max(each.y + each.h / 2 for each in self.spots.values())
        return Stand(spot.x, lowest + _GAP_Y + spot.h, spot.w, spot.h)


def crossed(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two lines cross each other; those that only meet at an end do not."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def through(a: Point, b: Point, spot: Stand) -> bool:
    """Whether a line runs through a node (Liang, Barsky 1984)."""
    begin, end = 0.0, 1.0
    for at, way, middle, half in ((a[0], b[0] - a[0], spot.x, spot.w / 2), (a[1], b[1] - a[1], spot.y, spot.h / 2)):
        if abs(way) < 1e-9:
            if abs(at - middle) >= half:
                return False
            continue
        one, other = sorted(((middle - half - at) / way, (middle + half - at) / way))
        begin, end = max(begin, one), min(end, other)
    return begin < end


def outside(sizes: Sequence[Point], angles: Sequence[float], radius: float) -> list[Stand]:
    """Places for nodes of given sizes outside a circle, each at its angle, as far out as no other stands."""
    rows: dict[int, list[Stand]] = defaultdict(list)
    found = []
    for (w, h), angle in zip(sizes, angles, strict=True):
        reach = radius
        while True:
            spot = Stand(round(reach * math.cos(angle), 1), round(reach * math.sin(angle), 1), w, h)
            row = int(spot.y // (h + _GAP_Y))
            if not any(_meets(spot, each) for at in (row - 1, row, row + 1) for each in rows[at]):
                break
            reach += _GAP_Y
        rows[row].append(spot)
        found.append(spot)
    return found


def _meets(one: Stand, other: Stand) -> bool:
    return (
        abs(one.x - other.x) < (one.w + other.w) / 2 + _GAP_X and abs(one.y - other.y) < (one.h + other.h) / 2 + _GAP_Y
    )


def sunflower(count: int, apart: float) -> Sequence[Point]:
    """Places for so many dots in a disc, evenly (Vogel 1979)."""
    turn = math.pi * (3 - math.sqrt(5))
    reach = [apart * math.sqrt(n + 1.5) for n in range(count)]
    return [(round(r * math.cos(n * turn), 1), round(r * math.sin(n * turn), 1)) for n, r in enumerate(reach)]
