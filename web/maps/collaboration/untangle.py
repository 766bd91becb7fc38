"""Fewer crossings (解开): units of one box change places while fewer lines cross by it, or as many that are shorter."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from web.maps.collaboration.places import PILL, Point

Joined = tuple[str, str]
_ROUNDS = 4


def untangled(
    boxes: Sequence[Mapping[str, Point]], widths: Mapping[str, float], lines: Sequence[Joined]
) -> dict[str, Point]:
    """The centres of all units after units of one box have changed places; none comes to lie on another by it."""
    places = {unit: point for box in boxes for unit, point in box.items()}
    of: dict[str, list[Joined]] = defaultdict(list)
    for line in lines:
        for unit in line:
            of[unit].append(line)
    for _ in range(_ROUNDS):
        changed = False
        for box in boxes:
            for pair in combinations(box, 2):
                changed |= _swap(places, pair, box, widths, (of, lines))
        if not changed:
            break
    return places


def _swap(
    places: dict[str, Point], pair: Joined, box: Mapping[str, Point], widths: Mapping[str, float],
    net: tuple[Mapping[str, Sequence[Joined]], Sequence[Joined]],
) -> bool:  # fmt: skip
    one, other = pair
    of, lines = net
    own = list(dict.fromkeys((*of.get(one, ()), *of.get(other, ()))))
    if not own:
        return False
    before = _cost(places, own, lines)
    places[one], places[other] = places[other], places[one]
    if _cost(places, own, lines) < before and (widths[one] == widths[other] or _free(places, pair, box, widths)):
        return True
    places[one], places[other] = places[other], places[one]
    return False


def _free(places: Mapping[str, Point], pair: Joined, box: Mapping[str, Point], widths: Mapping[str, float]) -> bool:
    """Whether both stand inside the reach of their box and on nobody."""
    left = min(places[unit][0] - widths[unit] / 2 for unit in box if unit not in pair or len(box) == 2)
    right = max(places[unit][0] + widths[unit] / 2 for unit in box if unit not in pair or len(box) == 2)
    for unit in pair:
        x, y = places[unit]
        if x - widths[unit] / 2 < left - 1 or x + widths[unit] / 2 > right + 1:
            return False
        for each in box:
            ox, oy = places[each]
            if each != unit and abs(x - ox) < (widths[unit] + widths[each]) / 2 + 4 and abs(y - oy) < PILL + 4:
                return False
    return True


def _cost(places: Mapping[str, Point], own: Sequence[Joined], lines: Sequence[Joined]) -> tuple[int, float]:
    """How many lines cross those of a unit, and how long these are."""
    drawn = [(line, places[line[0]], places[line[1]]) for line in lines]
    crossed = sum(_crossed(one, places[one[0]], places[one[1]], drawn) for one in own)
    return crossed, round(sum(math.dist(places[a], places[b]) for a, b in own), 1)


def _crossed(one: Joined, a: Point, b: Point, drawn: Sequence[tuple[Joined, Point, Point]]) -> int:
    """How many lines cross that from `a` to `b`; lines that share a unit meet there and do not count."""
    (ax, ay), (bx, by) = a, b
    abx, aby, count = bx - ax, by - ay, 0
    for other, (cx, cy), (dx, dy) in drawn:
        if (abx * (cy - ay) - aby * (cx - ax)) * (abx * (dy - ay) - aby * (dx - ax)) < 0:
            cdx, cdy = dx - cx, dy - cy
            apart = (cdx * (ay - cy) - cdy * (ax - cx)) * (cdx * (by - cy) - cdy * (bx - cx)) < 0
            count += apart and one[0] not in other and one[1] not in other
    return count
