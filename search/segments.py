"""Which segments of an index become one (合并): few of them, none too large, and none that still holds removed text."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Record

LARGEST = 4000
"""Entries of the largest segment that merging makes, about twenty plans: what taking a plan out costs at most."""


class Segment(Record, frozen=True):
    """A segment's entries: those that can be found, and those that were taken out but still stand in its files."""

    live: int
    gone: int


def to_merge(segments: Sequence[Segment], added: int) -> list[int]:
    """The places of the segments that shall become one with `added` new entries.

    Those that hold what was taken out, as many as fit (at least one); then, smallest first, those that are no larger
    than what they are put to. So every segment that is left alone is larger than all smaller ones of its kind together,
    and there are about log2(`LARGEST` / entries of a plan) of them besides the full ones.
    """
    chosen: list[int] = []
    total = added
    order = sorted(range(len(segments)), key=lambda place: segments[place].live)
    for place in (place for place in order if segments[place].gone):
        if not total or total + segments[place].live <= LARGEST:
            chosen.append(place)
            total += segments[place].live
    for place in (place for place in order if not segments[place].gone):
        if segments[place].live <= total <= LARGEST - segments[place].live:
            chosen.append(place)
            total += segments[place].live
    return chosen
