"""What a network holds (网络): the one record from which the server's picture, vis-network, files and tests are made.

Lengths are CSS pixels in standard type.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from ingest.model import Record
from web.maps.picture import Counts

NetworkKind = Literal["unit", "task", "document", "plan", "rest"]
TieKind = Literal["shared", "lead", "responsible", "support", "cites", "has"]
PILL_HIGH = 26.0
"""The height of a node with words."""
Ends = tuple[float, float, float, float]


class NetworkNode(Record, frozen=True):
    """A node: what it is, the words on it and its place beside them (where a name stands twice), its centre and size.

    `words` is all that it says. `counts` are the tasks of a unit by role, `total` those that it stands for otherwise.
    `ring` is "open" where what hangs on it is shown, "shut" where a click shows it, "" where nothing more hangs on it.
    """

    key: str
    kind: NetworkKind
    id: str
    label: str
    x: float
    y: float
    w: float
    words: str
    place: str = ""
    counts: Counts = (0, 0, 0)
    total: int = 0
    h: float = PILL_HIGH
    collective: bool = False
    main: bool = False
    ring: Literal["", "open", "shut"] = ""

    @property
    def led(self) -> float:
        """The share of its tasks that a unit leads."""
        return self.counts[0] / sum(self.counts) if sum(self.counts) else 0.0


class NetworkTie(Record, frozen=True):
    """A line: `weight` tasks join two nodes, on `leads` of which the first leads and the second does not, on `led` the
    other way round. `shown` is whether it is drawn at first, `kept` that it is the strongest of a node, `at` where on
    the line its number stands (0 to 1; negative: only on request)."""

    id: str
    source: str
    target: str
    weight: int
    kind: TieKind = "shared"
    leads: int = 0
    led: int = 0
    kept: bool = False
    shown: bool = True
    inferred: bool = False
    at: float = -1.0

    @property
    def wide(self) -> float:
        """Its width in pixels: as the root of its tasks, at most 7."""
        return round(min(math.sqrt(self.weight), 7.0), 1)


class NetworkBox(Record, frozen=True):
    """A box around nodes that belong together, with its title."""

    title: str
    x: float
    y: float
    w: float
    h: float


class NetworkPicture(Record, frozen=True):
    """A network; the picture begins at `x`, `y` and is `w` wide. With `arrows` lines point from who leads."""

    nodes: tuple[NetworkNode, ...]
    ties: tuple[NetworkTie, ...]
    boxes: tuple[NetworkBox, ...]
    w: float
    h: float
    x: float = 0.0
    y: float = 0.0
    arrows: bool = False
    least: int = 1

    @property
    def by_key(self) -> Mapping[str, NetworkNode]:
        return {node.key: node for node in self.nodes}

    @property
    def drawn(self) -> tuple[NetworkTie, ...]:
        return tuple(tie for tie in self.ties if tie.shown)


def ends_of(tie: NetworkTie, nodes: Mapping[str, NetworkNode], arrow: bool) -> Ends:
    """Where a line begins and ends: at centres or, with an arrow, at the edge of the node that it points to."""
    one, other = nodes[tie.source], nodes[tie.target]
    if not arrow:
        return one.x, one.y, other.x, other.y
    if tie.led > tie.leads:
        one, other = other, one
    dx, dy = other.x - one.x, other.y - one.y
    share = min(other.w / 2 / abs(dx) if dx else math.inf, other.h / 2 / abs(dy) if dy else math.inf, 1.0)
    return one.x, one.y, round(other.x - dx * share, 1), round(other.y - dy * share, 1)
