"""A picture (图): boxes and lines with their places, from which every painter, twin and export of a map is made.

Pure and without chance: the same view has the same picture. Lengths are CSS pixels in standard type.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from os.path import commonprefix
from typing import Literal

from ingest.model import Record, Role

Counts = tuple[int, int, int]
"""Tasks as 牵头, 负责 and 配合."""
Fold = Literal["", "open", "shut"]
"""Whether what hangs on a box is shown; "" where nothing hangs on it."""

_NEVER_FIRST = "，。、；：！？》）”〉】"
_NEVER_LAST = "（《“〈【"
_PLACE = 6.0
"""Ems of a region that stands beside a name."""
_PIECES = re.compile(r"[!-~]{1,16}|.", re.DOTALL)


class PictureBox(Record, frozen=True):
    """A box: its id, what it is (`unit`, `plan`, `section`, `task` …), lines of words, and where it stands.

    `words` is all that it says, `count` of how many tasks it speaks, `counts` the same by role where it is a unit's.
    `thing` is the id of what it is of; `tasks` are the ids of the tasks that it stands for, by which a selection dims
    the others.
    """

    id: str
    kind: str
    lines: tuple[str, ...]
    words: str
    x: float
    y: float
    w: float
    h: float
    role: Role | None = None
    count: int = 0
    counts: Counts = (0, 0, 0)
    fold: Fold = ""
    thing: str = ""
    tasks: tuple[str, ...] = ()
    main: bool = False
    collective: bool = False
    inferred: bool = False


class PictureLine(Record, frozen=True):
    """A line between two boxes, as wide as `weight` tasks; `path` is its SVG path, `kind` a role or other relation."""

    id: str
    source: str
    target: str
    kind: str
    path: str
    weight: int = 1
    inferred: bool = False


class Picture(Record, frozen=True):
    """Boxes and lines, the size of all, and how many tasks (or things) of how many are drawn."""

    boxes: tuple[PictureBox, ...]
    lines: tuple[PictureLine, ...]
    w: float
    h: float
    shown: int
    of: int


def em(text: str) -> float:
    """The width of a text in ems: Chinese characters one, others a little more than half."""
    return sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.56 for each in text)


def cut(text: str, width: float) -> str:
    """A text on one line of so many ems; what is cut ends in …."""
    said = " ".join(text.split())
    if em(said) <= width:
        return said
    while said and em(said) > width - 1:
        said = said[:-1]
    return f"{said}…"


def places_beside(units: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """By id what stands beside a name that stands twice on a map: its region, without what all of them begin with.

    `units` are ids, names and regions: 市场监管局 of 焦作市 and of 焦作市示范区 have 焦作市 and 示范区; "" for a
    name that stands once.
    """
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for id, name, region in units:
        named[name].append((id, region))
    found: dict[str, str] = {}
    for same in named.values():
        common = len(commonprefix([region for _, region in same])) if len(same) > 1 else 0
        found |= {id: cut(region[common:] or region, _PLACE) if len(same) > 1 else "" for id, region in same}
    return found


def lines_in(text: str, width: float, most: int) -> tuple[str, ...]:
    """A text in at most so many lines of so many ems; cut text ends in ……, and no stop begins a line.

    No opening bracket ends a line, and no number or Latin word is parted: 2026-2027 stays whole.
    """
    found, line = [], ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and em(line + piece) > width and not (piece in _NEVER_FIRST and em(line + piece) <= width + 1):
            opening = line[-1:] if line[-1:] in _NEVER_LAST and len(line) > 1 else ""
            found.append(line.removesuffix(opening))
            line = opening
        line += piece
    found.append(line)
    if len(found) > most:
        last = found[most - 1]
        while last and em(last) > width - 2:
            last = last[:-1]
        found = [*found[: most - 1], f"{last}……"]
    return tuple(found)
