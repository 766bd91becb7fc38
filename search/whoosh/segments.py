"""Which segments of an index become one (合并): few of them, none too large, and none that still holds removed text."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Record

LARGEST = 1000
"""Entries of the largest segment that merging makes, eight plans or so. What is taken out costs a segment written anew:
a second, but nine with segments of 4,000; and a search of 12,000 entries takes as long in 34 segments as in 4."""


_FAN = 8
"""How many times as large as the largest part of it a merged segment is, unless it is nearly full."""

_NEARLY = 0.75
"""What share of `LARGEST` is full enough."""


class Segment(Record, frozen=True):
    """A segment's entries: those that can be found, and those that were taken out but still stand in its files."""

    live: int
    gone: int


def to_merge(segments: Sequence[Segment], added: int) -> list[int]:
    """The places of the segments that shall become one with `added` new entries.

    First those that hold what was taken out, as many as fit (at least one). Then the smallest, once there are so many
    that `_FAN` of a size or a nearly full segment come of it: so an entry of a plan is written about twice.
    """
    order = sorted(range(len(segments)), key=lambda place: segments[place].live)
    chosen: list[int] = []
    total = added
    for place in (place for place in order if segments[place].gone):
        if not total or total + segments[place].live <= LARGEST:
            chosen.append(place)
            total += segments[place].live
    small = [place for place in order if not segments[place].gone and segments[place].live < LARGEST / 2]
    return [*chosen, *small[: _how_many([segments[place].live for place in small], total)]]


def _how_many(sizes: Sequence[int], total: int) -> int:
    """How many of the smallest shall join `total` entries."""
    joined = 0
    for number, size in enumerate(sizes, 1) if total else ():
        total += size
        if total > LARGEST:
            break
        if size * _FAN <= total or total >= _NEARLY * LARGEST:
            joined = number
    return joined
