"""Rectangles of given areas (树图), squarified (Bruls, Huizing, van Wijk 2000): as near to squares as can be."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Record


class Area(Record, frozen=True):
    """A rectangle in pixels."""

    x: float
    y: float
    w: float
    h: float

    def inset(self, by: float) -> Area:
        return Area(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)


def treemap(sizes: Sequence[float], whole: Area) -> list[Area]:
    """The rectangles for sizes, which fall, in their order."""
    found: list[Area] = []
    scale = whole.w * whole.h / (sum(sizes) or 1.0)
    left, room = [size * scale for size in sizes], whole
    while left:
        side = min(room.w, room.h)
        count = 1
        while count < len(left) and _worst(left[: count + 1], side) <= _worst(left[:count], side):
            count += 1
        row, left = left[:count], left[count:]
        thick = sum(row) / side if side else 0.0
        found += _placed(row, thick, room)
        wide = room.w >= room.h
        room = Area(
            room.x + thick * wide, room.y + thick * (not wide), room.w - thick * wide, room.h - thick * (not wide)
        )
    return found


def _placed(row: Sequence[float], thick: float, room: Area) -> list[Area]:
    """A row of rectangles along the shorter side."""
    found, at = [], room.y if room.w >= room.h else room.x
    for size in row:
        long = size / thick if thick else 0.0
        found.append(Area(room.x, at, thick, long) if room.w >= room.h else Area(at, room.y, long, thick))
        at += long
    return found


def _worst(row: Sequence[float], side: float) -> float:
    """How much longer than wide the longest of a row is."""
    thick = sum(row) / side if side else 1.0
    ratios = [(size / thick) / thick for size in row]
    return max(max(ratio, 1 / ratio if ratio else 1e9) for ratio in ratios)
