"""What a painter of a unit's map needs besides its picture (画翼): what is selected, what dims, how long bars are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.model import Record, Role
from web.facts.by_task import ROLES
from web.maps.picture import PictureBox
from web.maps.wings.layout import NORMAL, UnitMap, WingWidths
from web.maps.wings.tree import Wing, walk

_COUNT = 44.0
"""Pixels at the right end of a row that its number takes."""


class WingBar(Record, frozen=True):
    """A stretch of a bar: the role of the other unit there, "" where none is meant, from `x` on, `w` pixels wide."""

    role: Role | None
    x: float
    w: float


class PaintedBox(Record, frozen=True):
    """A box with its bar. Of its tasks `lit` are selected; all where nothing is."""

    box: PictureBox
    lit: int
    bars: tuple[WingBar, ...]


def wing_of(made: UnitMap, key: str) -> Wing | None:
    """The box of a key, shown or not."""
    return next((wing for wing in walk(made.wings) if wing.key == key), None)


def heading_of(made: UnitMap, key: str) -> Wing | None:
    """What a box of the right wing hangs on."""
    return next((wing for wing in made.right if any(child.key == key for child in wing.children)), None)


def painted_boxes(made: UnitMap, selected: frozenset[str], widths: WingWidths = NORMAL) -> tuple[PaintedBox, ...]:
    """All boxes; `selected` are ids of tasks, none where nothing is selected."""
    return tuple(
        PaintedBox(
            box,
            len(selected.intersection(box.tasks)) if selected and not box.main else box.count,
            tuple(_bars(box, made.most, widths)),
        )
        for box in made.picture.boxes
    )


def lit_lines(made: UnitMap, boxes: Sequence[PaintedBox]) -> frozenset[str]:
    """The ids of lines that lead to a box of which something is selected."""
    lit = {each.box.id for each in boxes if each.lit}
    return frozenset(line.id for line in made.picture.lines if line.target in lit)


def _bars(box: PictureBox, most: int, widths: WingWidths) -> Iterator[WingBar]:
    """The bar of a unit, parted by its roles, or of a time: as long as its tasks are many."""
    if box.kind not in ("unit", "time"):
        return
    unit = max(0.0, box.w - widths.names - _COUNT) / most
    x = box.x + widths.names
    if box.kind == "time":
        yield WingBar(None, round(x, 1), round(unit * box.count, 1))
        return
    for role, count in zip(ROLES, box.counts, strict=True):
        if count:
            yield WingBar(role, round(x, 1), round(unit * count, 1))
            x += unit * count
