"""The wings of a map as trees (两翼): what hangs on what, with the tasks that it stands for; trees never cross."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.model import Role
from web.maps.picture import Counts
from web.maps.state import MapState, key_of

WingKind = Literal[
    "role", "plan", "section", "task", "relation", "unit", "documents", "document", "times", "time", "rest"
]
"""What a box of the map is. A `relation` holds units, `documents` and `times` hold what is cited and due; `rest` stands
for those that are folded away."""


@dataclass
class Wing:
    """A box while the map grows. `thing` is the id of the unit, plan, section, task or document that it is of.

    `tasks` are ids of tasks. `first` is how many of what hangs on it are shown, 0 for all; `counts` are the tasks that
    another unit shares by its role there.
    """

    id: str
    kind: WingKind
    label: str
    tasks: tuple[str, ...]
    thing: str = ""
    number: str = ""
    role: Role | None = None
    counts: Counts = (0, 0, 0)
    collective: bool = False
    inferred: bool = False
    children: list[Wing] = field(default_factory=list)
    open: bool = False
    first: int = 0

    @property
    def key(self) -> str:
        return key_of(self.id)

    @property
    def shown(self) -> Sequence[Wing]:
        """What hangs on it and is shown while it is open; one alone is never folded away."""
        return self.children if self.rest < 2 else self.children[: self.first]

    @property
    def rest(self) -> int:
        """How many are folded away."""
        return len(self.children) - self.first if self.first else 0


def walk(wings: Iterable[Wing]) -> Iterator[Wing]:
    """All boxes from top to bottom, shown or not."""
    for wing in wings:
        yield wing
        yield from walk(wing.children)


def fold(left: Sequence[Wing], right: Sequence[Wing], state: MapState, fits: float) -> None:
    """Opens boxes as the address says, or on the left as many as fit a height, the smallest first (pixels)."""
    groups = [wing for wing in walk((*left, *right)) if wing.children]
    if state.turned in ("*", "-"):
        for wing in groups:
            wing.open = state.turned == "*" or wing.kind == "role"
    elif state.all or state.open or state.none:
        for wing in groups:
            wing.open = (wing.key in state.open) != state.all
    else:
        _open_first(left, fits)
    for wing in groups:
        wing.open ^= wing.key == state.turned
        if wing.key in state.more:
            wing.first = 0


_ROW, _PLAN, _ROLE = 42.0, 46.0, 12.0
"""How much height a task or section, a plan and a role take about, in pixels."""


def _open_first(left: Sequence[Wing], fits: float) -> None:
    for wing in left:
        wing.open = True
    tall = sum(_ROLE + _PLAN * len(wing.shown) for wing in left)
    ahead = [child for wing in left for child in wing.shown if child.children]
    while ahead:
        wing = min(ahead, key=lambda each: len(each.children))
        ahead.remove(wing)
        more = _ROW * len(wing.children)
        if tall + more <= fits:
            wing.open = True
            tall += more
            ahead += [child for child in wing.children if child.children]
