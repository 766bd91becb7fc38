"""Where the boxes of a chain stand (布局): a column a level, a row a document, level lines to one trunk.

No two lines cross: each document has its row alone, a matter is handed down in neighbouring rows whose lines stay left
of the boxes that they pass, and what cites stands right of the trunk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.model import Level, Record
from web.maps.chain.making import AuthorityChain, ChainDocument, ChainPlan
from web.maps.picture import Picture, PictureBox, PictureLine, lines_in

FIRST, MOST = 20, 200
"""Documents that are shown at first, and where all are asked for (`m-more=documents`)."""
MOST_PLANS = 16
"""Plans that have a column of their own; of more it is told how many cite a document."""
MADE = 10
"""Documents to be written that stand in the picture; all of them stand beneath it."""
FONT, LEAD = 13.0, 17.0
HEAD, PLANS_HEAD = 36.0, 158.0
"""Height of the head over levels, and over the names of several plans."""
_FEW = 14
_TALL, _LOW = 40.0, 27.0
"""Height of a row that has two lines (of few documents), and one."""
_COLUMN, _WHOLE = 252.0, 980.0
_GAP, _TRUNK, _DOT, _ME = 26.0, 30.0, 34.0, 256.0


class ChainColumn(Record, frozen=True):
    """The column of a level."""

    level: Level | None
    x: float
    w: float


class ChainDot(Record, frozen=True):
    """A plan that cites a document: where it stands, how many of its tasks do (0: its head), and what selects it."""

    x: float
    y: float
    tasks: int
    sel: str
    plan: ChainPlan


class ChainMap(Record, frozen=True):
    """The map of a chain: its picture, columns of levels, and of several plans their columns and dots.

    `trunk` is where the level lines end; `dots` are there for several plans, `counted` where plans have no columns.
    """

    chain: AuthorityChain
    picture: Picture
    columns: tuple[ChainColumn, ...]
    dots: tuple[ChainDot, ...]
    heads: tuple[tuple[float, ChainPlan], ...]
    trunk: float
    counted: bool

    @property
    def shown(self) -> tuple[ChainDocument, ...]:
        """The documents that have a row."""
        keys = {box.id for box in self.picture.boxes}
        return tuple(each for each in self.chain.documents if each.key in keys)


def chain_map(chain: AuthorityChain, every: bool, note: str = "") -> ChainMap:
    """The picture; `every` shows all documents. `note` stands on the box of a single plan beneath its title."""
    shown = chain.documents[: MOST if every else FIRST]
    levels = [level for level in chain.levels if any(each.document.region.level == level for each in shown)]
    wide = min(_COLUMN, _WHOLE / max(len(levels), 1))
    columns = tuple(ChainColumn(level, n * wide, wide) for n, level in enumerate(levels))
    several = len(chain.plans) > 1
    top = PLANS_HEAD if several and len(chain.plans) <= MOST_PLANS else HEAD
    row = _TALL if len(shown) <= _FEW else _LOW
    boxes = [*_documents(shown, columns, top, row)]
    trunk = wide * max(len(levels), 1) + _TRUNK
    lines = [*_levels(boxes, trunk), *_handed(shown, boxes)]
    end = top + row * len(shown)
    if several:
        dots, heads = _dots(chain, shown, trunk, top, row)
        width = trunk + (_DOT * len(chain.plans) + 12 if heads else 150)
        bottom = end + (_LOW if heads else 0) + 4
        picture = Picture(tuple(boxes), tuple(lines), width, bottom, len(shown), chain.of)
        return ChainMap(chain, picture, columns, dots, heads, trunk, not heads)
    mine = [*_mine(chain, note, trunk, top, end)]
    me = mine[0] if mine else None
    if me and boxes:
        lines.append(_trunk(boxes, me, trunk))
    lines += [_elbow(me, box) for box in mine[1:] if me]
    bottom = max([end, *(box.y + box.h for box in mine)])
    picture = Picture((*boxes, *mine), tuple(lines), trunk + 40 + _ME + 4, bottom + 4, len(shown), chain.of)
    return ChainMap(chain, picture, columns, (), (), trunk, False)


def _documents(
    shown: Sequence[ChainDocument], columns: Sequence[ChainColumn], top: float, row: float
) -> Iterator[PictureBox]:
    at = {column.level: column for column in columns}
    for n, each in enumerate(shown):
        column, document = at[each.document.region.level], each.document
        words = said(each)
        wide = column.w - _GAP
        lines = _lines(each, (wide - 16) / FONT, 2 if row == _TALL else 1)
        yield PictureBox(
            each.key, "document", lines, words, column.x, top + row * n, wide, row - 5, count=len(each.tasks),
            thing=document.id, tasks=each.tasks, main=each.main, collective=not document.held,
        )  # fmt: skip


def _lines(each: ChainDocument, width: float, most: int) -> tuple[str, ...]:
    """What a box says of a document: its number is never cut away, since it tells notices of one matter apart."""
    document = each.document
    if not document.number or document.title == document.number:
        return lines_in(said(each), width, most)
    if most > 1:
        return (*lines_in(f"《{document.title}》", width, most - 1), *lines_in(document.number, width, 1))
    return lines_in(f"{document.number}《{document.title}》", width, 1)


def said(each: ChainDocument) -> str:
    """What a document's box says: its title and number."""
    document = each.document
    return f"《{document.title}》{document.number or ''}" if document.title != document.number else document.title


def _levels(boxes: Sequence[PictureBox], trunk: float) -> Iterator[PictureLine]:
    for box in boxes:
        y = box.y + box.h / 2
        path = f"M{box.x + box.w:.1f} {y:.1f}H{trunk:.1f}"
        yield PictureLine(f"{box.id}-trunk", box.id, "trunk", "basis", path, max(box.count, 1))


def _handed(shown: Sequence[ChainDocument], boxes: Sequence[PictureBox]) -> Iterator[PictureLine]:
    """From beneath the box of who hands down to the side of who takes on; those between stand farther right."""
    by = {box.id: box for box in boxes}
    for each in shown:
        if each.above in by:
            one, other = by[each.above], by[each.key]
            x = one.x + 14
            path = f"M{x:.1f} {one.y + one.h:.1f}V{other.y + other.h / 2:.1f}H{other.x - 1:.1f}"
            yield PictureLine(f"{one.id}>{other.id}", one.id, other.id, "handed", path)


def _mine(chain: AuthorityChain, note: str, trunk: float, top: float, end: float) -> Iterator[PictureBox]:
    """The plan itself, and beneath it what it orders to be written."""
    for plan in chain.plans:
        lines = lines_in(plan.title, (_ME - 28) / 15, 3)
        high = 20.0 * len(lines) + 38
        made = chain.made[:MADE]
        y = max(top, min((top + end - high) / 2, 260.0 - 26 * len(made) / 2))
        yield PictureBox(
            "me", "self", (*lines, note), plan.title, trunk + 40, y, _ME, high, count=len(chain.made), thing=plan.id,
            main=True,
        )  # fmt: skip
        at = y + high + 8
        for each in made:
            words = lines_in(said(each), (_ME - 34) / FONT, 1)
            yield PictureBox(
                each.key, "made", words, said(each), trunk + 58, at, _ME - 18, 23.0, count=len(each.tasks),
                thing=each.document.id, tasks=each.tasks, collective=True,
            )  # fmt: skip
            at += 26


def _trunk(boxes: Sequence[PictureBox], me: PictureBox, x: float) -> PictureLine:
    """The trunk that all level lines end at, and from it to the plan."""
    first, last = boxes[0].y + boxes[0].h / 2, boxes[-1].y + boxes[-1].h / 2
    at = me.y + me.h / 2
    path = f"M{x:.1f} {min(first, at):.1f}V{max(last, at):.1f}M{x:.1f} {at:.1f}H{me.x:.1f}"
    return PictureLine("trunk-me", "trunk", me.id, "trunk", path, 1)


def _elbow(me: PictureBox, box: PictureBox) -> PictureLine:
    path = f"M{me.x + 8:.1f} {me.y + me.h:.1f}V{box.y + box.h / 2:.1f}H{box.x:.1f}"
    return PictureLine(f"me-{box.id}", me.id, box.id, "made", path, max(box.count, 1))


def _dots(
    chain: AuthorityChain, shown: Sequence[ChainDocument], trunk: float, top: float, row: float
) -> tuple[tuple[ChainDot, ...], tuple[tuple[float, ChainPlan], ...]]:
    """Of few plans: a column for each, and a dot where it cites."""
    if len(chain.plans) > MOST_PLANS:
        return (), ()
    heads = tuple((round(trunk + _DOT * (n + 0.5) + 6, 1), plan) for n, plan in enumerate(chain.plans))
    dots = [
        ChainDot(x, top + row * n + (row - 5) / 2, len(each.by_plan[plan.id]), f"@{each.key}.{plan.key}", plan)
        for n, each in enumerate(shown)
        for x, plan in heads
        if plan.id in each.by_plan
    ]
    return tuple(dots), heads
