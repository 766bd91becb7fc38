"""Where the boxes of a unit's map stand (布局): the unit in the middle, each wing a tree, so that no two lines cross.

What is opened grows downwards: nothing above it moves, and the head of a block stays near its top.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from ingest.model import Record, Role
from web.facts.by_task import ROLES
from web.maps.matrix.making import MatrixData
from web.maps.picture import Counts, Picture, PictureBox, PictureLine, lines_in
from web.maps.state import MapState
from web.maps.wings.around import around
from web.maps.wings.duties import duties_of
from web.maps.wings.tree import Wing, fold, walk

TALL = 620.0
"""The height of a screen beneath head and tools, in pixels: what the first view may take."""
FONT, LEAD = 13.0, 18.0
_INDENT = 18.0
_HEAD_LEFT, _HEAD_RIGHT = 90.0, 120.0
"""How far beneath the top of its block the head of a role or a group stands at most."""


class WingWidths(Record, frozen=True):
    """Widths of the columns in pixels: a duty, a role, the unit, a group, what is in it, and the gaps between."""

    left: float = 344.0
    role: float = 104.0
    unit: float = 156.0
    group: float = 152.0
    right: float = 344.0
    gap: float = 54.0
    names: float = 164.0

    @property
    def whole(self) -> float:
        return self.left + self.role + self.unit + self.group + self.right + 4 * self.gap


NORMAL = WingWidths()


class UnitMap(Record, frozen=True):
    """The map of a unit: its picture, both wings as trees (the twin is made of them), and its tasks by role.

    `most` is the highest number of tasks that a box of the right wing stands for: the length of a whole bar.
    """

    picture: Picture
    left: tuple[Wing, ...]
    right: tuple[Wing, ...]
    counts: Counts
    most: int

    @property
    def wings(self) -> tuple[Wing, ...]:
        """Both wings, the left one first."""
        return (*self.left, *self.right)


def unit_map(data: MatrixData, state: MapState, words: Callable[[str], str], widths: WingWidths = NORMAL) -> UnitMap:
    """The map of the unit `data.first` as the address wants it; `words` labels roles, groups and times."""
    held = _held(data, state)
    left, right = duties_of(data, held), around(data, held)
    for wing in walk((*left, *right)):
        if wing.kind in ("role", "relation", "documents", "times", "time"):
            wing.label = words(wing.thing or wing.id)
    fold(left, right, state, TALL)
    counted = [sum(role == own for own, _ in held.values()) for role in ROLES]
    counts = counted[0], counted[1], counted[2]
    most = max((len(child.tasks) for wing in right for child in wing.children), default=1)
    picture = _Drawing(data, widths, counts).drawn(left, right, len(held))
    return UnitMap(picture, tuple(left), tuple(right), counts, most)


def _held(data: MatrixData, state: MapState) -> dict[str, tuple[Role, bool]]:
    """The unit's strongest role on each of its tasks, and whether that is inferred."""
    found: dict[str, tuple[Role, bool]] = {}
    for task in data.tasks:
        own = [party for party in task.parties if party.unit_id == data.first and party.role in state.roles]
        if own:
            best = min(own, key=lambda party: ROLES.index(party.role))
            found[task.id] = (best.role, not best.stated)
    return found


class _Drawing:
    """Boxes and lines while they are placed."""

    def __init__(self, data: MatrixData, widths: WingWidths, counts: Counts) -> None:
        self.data, self.widths, self.counts = data, widths, counts
        self.boxes: list[PictureBox] = []
        self.lines: list[PictureLine] = []

    def drawn(self, left: Sequence[Wing], right: Sequence[Wing], tasks: int) -> Picture:
        ends, heads = self._left(left), [*left]
        middle = len(self.boxes)
        end = self._right(right)
        height = max(ends, end, 64.0)
        # Both wings stand on one middle while they fit a screen; a longer one begins at the top.
        shifts = [max(0.0, (min(height, TALL) - own) / 2) for own in (ends, end)]
        self.boxes = [_moved(box, shifts[n >= middle]) for n, box in enumerate(self.boxes)]
        me = self._me(min(height, TALL))
        self.boxes.append(me)
        for wing in (*heads, *right):
            self._line(me.id, wing, wing.role or wing.id)
        by_id = {box.id: box for box in self.boxes}
        lines = tuple(_routed(line, by_id) for line in self.lines)
        shown = len({id for box in self.boxes if box.kind == "task" for id in box.tasks})
        return Picture(tuple(self.boxes), lines, self.widths.whole, height, shown, tasks)

    def _me(self, height: float) -> PictureBox:
        unit, widths = self.data.units[self.data.first], self.widths
        x = widths.left + widths.role + 2 * widths.gap
        return PictureBox(
            "me", "self", lines_in(unit.name, 9, 2), unit.name, x, height / 2 - 32, widths.unit, 64.0,
            count=sum(self.counts), counts=self.counts, thing=unit.id, main=True,
        )  # fmt: skip

    def _left(self, wings: Sequence[Wing]) -> float:
        y = 0.0
        for wing in wings:
            top = y
            if wing.open:
                for child in wing.shown:
                    y = self._stacked(child, wing, 0, y) + 6
                y = self._rest(wing, 0.0, self.widths.left, y)
            y = max(y, top + 40)
            at = min((top + y - 6) / 2, top + _HEAD_LEFT)
            self._box(wing, self.widths.left + self.widths.gap, at - 17, self.widths.role, 34.0)
            y += 12
        return y - 12

    def _stacked(self, wing: Wing, above: Wing, depth: int, y: float) -> float:
        """A plan, section or task; what hangs on it is indented beneath it."""
        inset = _INDENT * depth
        height = self._box(wing, inset, y, self.widths.left - inset)
        self._line(above.key, wing, wing.role or "", "curve" if depth == 0 else "elbow")
        y += height + (5 if depth == 0 else 3)
        if wing.open:
            for child in wing.shown:
                y = self._stacked(child, wing, depth + 1, y)
        return y

    def _right(self, wings: Sequence[Wing]) -> float:
        x = self.widths.left + self.widths.role + self.widths.unit + 3 * self.widths.gap
        y = 0.0
        for wing in wings:
            top = y
            if wing.open:
                for child in wing.shown:
                    y += self._box(child, x + self.widths.group + self.widths.gap, y, self.widths.right) + 2
                    self._line(wing.key, child, wing.id)
                y = self._rest(wing, x + self.widths.group + self.widths.gap, self.widths.right, y)
            y = max(y, top + 44)
            at = min((top + y) / 2, top + _HEAD_RIGHT)
            self._box(wing, x, at - 22, self.widths.group, 44.0)
            y += 16
        return y - 16

    def _rest(self, wing: Wing, x: float, width: float, y: float) -> float:
        """The row that stands for those that are folded away."""
        if wing.rest < 2:
            return y
        hidden = wing.children[wing.first :]
        tasks = tuple(dict.fromkeys(id for child in hidden for id in child.tasks))
        rest = Wing(f"{wing.id}|rest", "rest", str(len(hidden)), tasks, wing.key, role=wing.role)
        self._box(rest, x, y, width, 24.0)
        self._line(wing.key, rest, wing.role or wing.id)
        return y + 26

    def _box(self, wing: Wing, x: float, y: float, width: float, height: float = 0.0) -> float:
        """Puts a box; its height, which follows from its words where it is not given."""
        words = f"{wing.number} {wing.label}".strip()
        lines = lines_in(words, self._room(wing, width) / FONT, 1 if wing.kind in ("unit", "time", "rest") else 2)
        height = height or max(24.0, LEAD * len(lines) + (10 if wing.kind == "plan" else 6))
        self.boxes.append(
            PictureBox(
                wing.key, wing.kind, lines, words, x, y, width, height, wing.role, len(wing.tasks), wing.counts,
                ("open" if wing.open else "shut") if wing.children else "", wing.thing, wing.tasks,
                collective=wing.collective, inferred=wing.inferred,
            )
        )  # fmt: skip
        return height

    def _room(self, wing: Wing, width: float) -> float:
        """Pixels that words have in a box: without its count, its mark of folding and its bar."""
        if wing.kind in ("unit", "time"):
            return self.widths.names - 10
        return width - {"plan": 86, "section": 74, "task": 28, "document": 52, "role": 40}.get(wing.kind, 20)

    def _line(self, source: str, wing: Wing, kind: str, shape: str = "curve") -> None:
        self.lines.append(PictureLine(f"{source}-{wing.key}", source, wing.key, kind, shape, len(wing.tasks)))


def _moved(box: PictureBox, down: float) -> PictureBox:
    return box if not down else replace(box, y=box.y + down)


def _routed(line: PictureLine, boxes: Mapping[str, PictureBox]) -> PictureLine:
    one, other = boxes[line.source], boxes[line.target]
    return replace(line, path=elbow(one, other) if line.path == "elbow" else curve(one, other))


def curve(one: PictureBox, other: PictureBox) -> str:
    """From the side of a box that faces the other, leaving and arriving level."""
    y1, y2 = one.y + one.h / 2, other.y + other.h / 2
    x1, x2 = (one.x + one.w, other.x) if other.x > one.x else (one.x, other.x + other.w)
    middle = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def elbow(one: PictureBox, other: PictureBox) -> str:
    """Down from beneath a box, then level to the side of the other: the trunk of an indented list."""
    return f"M{one.x + 9:.1f} {one.y + one.h:.1f}V{other.y + min(other.h / 2, 12):.1f}H{other.x:.1f}"
