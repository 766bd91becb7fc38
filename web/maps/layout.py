"""Places on a layered map (布局): columns from left to right, each in the order in which its edges cross least.

Pure and without chance: the same view has the same places. Lengths are pixels of the map.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from ingest.model import Record

COLUMN = 460.0
LINE = 20.0
PADDING = 26.0
WRAP, LINES = 16, 3
"""Characters of a line of a label, and lines of it; the panel beside the map and the table have all of it."""


class Layer(Record, frozen=True):
    """A column: keys and labels of its nodes."""

    nodes: tuple[tuple[str, str], ...]


def wrapped(label: str) -> str:
    """A label in lines of equal length, none beginning with a comma; one that is too long ends in ……."""
    lines = re.findall(rf".{{1,{WRAP}}}[，。、；：！？》）”]?", label, re.DOTALL)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: WRAP - 2]}……"]
    return "\n".join(lines)


def place(layers: Sequence[Layer], edges: Sequence[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """The centre of every node; each layer is centred on the same height."""
    columns = [[key for key, _ in layer.nodes] for layer in layers]
    labels = {key: label for layer in layers for key, label in layer.nodes}
    ordered = _untangled(columns, edges)
    places: dict[str, tuple[float, float]] = {}
    for number, column in enumerate(ordered):
        heights = [LINE * (wrapped(labels[key]).count("\n") + 1) + PADDING for key in column]
        top = -sum(heights) / 2
        for key, height in zip(column, heights, strict=True):
            places[key] = (number * COLUMN, top + height / 2)
            top += height
    return places


def _untangled(columns: Sequence[Sequence[str]], edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Each column in the order of the mean place of its nodes' neighbours (Sugiyama's barycentre), swept both ways.

    The first two columns keep their order where they are the order of the text.
    """
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        near[one].append(other)
        near[other].append(one)
    ordered = [list(column) for column in columns]
    for _ in range(4):
        for number in range(2, len(ordered)):
            ranks = {key: n / max(1, len(column)) for column in ordered[:number] for n, key in enumerate(column)}
            means = {key: _mean(near[key], ranks, own) for own, key in enumerate(ordered[number])}
            ordered[number].sort(key=lambda key: means[key])
    return ordered


def _mean(neighbours: Sequence[str], ranks: dict[str, float], own: int) -> tuple[float, int]:
    found = [ranks[key] for key in neighbours if key in ranks]
    return (fmean(found) if found else 1.0, own)
