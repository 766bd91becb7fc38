"""Where the names of a community stand in its box (布局): by stress, spread out, pushed apart. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from web.maps.collaboration.treemap import Area

PILL, PAD = 30.0, 16.0
"""The height of a name's pill, and the least space between two, in pixels."""
Point = tuple[float, float]

_FAR, _NEAR = 3.0, 0.25
"""The distance of units that share nothing, and the least of any two."""
_STEPS, _PUSHES = 120, 400


def places_in(box: Area, widths: Mapping[str, float], far: Mapping[str, Mapping[str, float]]) -> dict[str, Point]:
    """The centres of units in a box; `widths` are those of their pills, `far` how far they are from each other."""
    units = list(widths)
    if len(units) == 1:
        return {units[0]: (box.x + box.w / 2, box.y + box.h / 2)}
    spots = {
        unit: (
            box.x + widths[unit] / 2 + x * max(1.0, box.w - widths[unit]),
            box.y + PILL / 2 + y * max(1.0, box.h - PILL),
        )
        for unit, (x, y) in _even(_stress(units, far)).items()
    }
    return _pushed(spots, widths, box)


def _stress(units: Sequence[str], far: Mapping[str, Mapping[str, float]]) -> dict[str, Point]:
    """Stress majorisation (Gansner, Koren, North 2004) from places on a spiral in the order of the units."""
    count = len(units)
    wish = [[max(_NEAR, far.get(one, {}).get(other, _FAR)) for other in units] for one in units]
    turn = [2 * math.pi * n / count for n in range(count)]
    points = [(math.cos(a) * (0.3 + n / count), math.sin(a) * (0.3 + n / count)) for n, a in enumerate(turn)]
    for _ in range(_STEPS):
        points = [_drawn(n, points, wish[n]) for n in range(count)]
    return dict(zip(units, points, strict=True))


def _drawn(own: int, points: Sequence[Point], wish: Sequence[float]) -> Point:
    """Where one unit would be best, all others standing still."""
    x, y = points[own]
    sum_x = sum_y = total = 0.0
    for n, (ox, oy) in enumerate(points):
        if n != own:
            wanted = wish[n]
            weight = 1 / (wanted * wanted)
            length = math.hypot(x - ox, y - oy) or 1e-6
            sum_x += weight * (ox + wanted * (x - ox) / length)
            sum_y += weight * (oy + wanted * (y - oy) / length)
            total += weight
    return sum_x / total, sum_y / total


def _even(points: Mapping[str, Point]) -> dict[str, Point]:
    """Places in the unit square, three tenths as stress has them, the rest by rank alone: the middle is not crowded."""
    axes = [_spread({unit: point[axis] for unit, point in points.items()}) for axis in (0, 1)]
    return {unit: (axes[0][unit], axes[1][unit]) for unit in points}


def _spread(values: Mapping[str, float]) -> dict[str, float]:
    ordered = sorted(values, key=lambda unit: (values[unit], unit))
    least, most = values[ordered[0]], values[ordered[-1]]
    share = [(values[unit] - least) / ((most - least) or 1.0) for unit in ordered]
    last = max(1, len(ordered) - 1)
    return {unit: 0.3 * share[rank] + 0.7 * rank / last for rank, unit in enumerate(ordered)}


def _pushed(spots: dict[str, Point], widths: Mapping[str, float], box: Area) -> dict[str, Point]:
    """Pills pushed apart and kept inside, until none lies on another; in rows where the box is too full for that."""
    units = list(spots)
    for step in range(_PUSHES):
        moved = False
        for n, one in enumerate(units):
            for other in units[n + 1 :]:
                moved |= _push(spots, widths, (one, other), step < _PUSHES * 3 // 4)
        spots = {unit: _kept(point, widths[unit], box) for unit, point in spots.items()}
        if not moved:
            return spots
    return _in_rows(spots, widths, box)


def _push(spots: dict[str, Point], widths: Mapping[str, float], pair: tuple[str, str], sideways: bool) -> bool:
    one, other = pair
    (ax, ay), (bx, by) = spots[one], spots[other]
    over_x = (widths[one] + widths[other]) / 2 + PAD - abs(bx - ax)
    over_y = PILL + PAD / 2 - abs(by - ay)
    if over_x <= 0.01 or over_y <= 0.01:
        return False
    if sideways and over_x < 1.6 * over_y:
        by_x = over_x / 2 if bx >= ax else -over_x / 2
        spots[one], spots[other] = (ax - by_x, ay), (bx + by_x, by)
    else:
        by_y = over_y / 2 if by > ay or (by == ay and one < other) else -over_y / 2
        spots[one], spots[other] = (ax, ay - by_y), (bx, by + by_y)
    return True


def _kept(point: Point, width: float, box: Area) -> Point:
    x = min(max(point[0], box.x + width / 2), max(box.x + width / 2, box.x + box.w - width / 2))
    y = min(max(point[1], box.y + PILL / 2), box.y + box.h - PILL / 2)
    return x, y


def _in_rows(spots: Mapping[str, Point], widths: Mapping[str, float], box: Area) -> dict[str, Point]:
    """Pills in lines like words, in the order in which they stand: what a box too full for pushing falls back to."""
    rows: list[list[str]] = [[]]
    used = 0.0
    for unit in sorted(spots, key=lambda unit: (round(spots[unit][1] / PILL), spots[unit][0], unit)):
        if rows[-1] and used + widths[unit] > box.w:
            rows.append([])
            used = 0.0
        rows[-1].append(unit)
        used += widths[unit] + PAD / 2
    step = box.h / len(rows)
    found: dict[str, Point] = {}
    for n, row in enumerate(rows):
        free = max(0.0, box.w - sum(widths[unit] for unit in row)) / (len(row) + 1)
        at = box.x
        for unit in row:
            at += free
            found[unit] = (at + widths[unit] / 2, box.y + step * (n + 0.5))
            at += widths[unit]
    return found
