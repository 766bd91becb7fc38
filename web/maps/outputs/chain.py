"""The chain of authority as SVG and as CSV (依据链): documents by level, level lines, who hands a matter down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph import NODES
from web.maps.chain.layout import ChainMap
from web.maps.chain.making import ChainDocument
from web.maps.outputs.naming import palette
from web.maps.outputs.shapes import MARGIN, TOP, SvgWords, arrow, heading, rect, svg_page, text
from web.maps.picture import PictureBox, PictureLine
from web.words.harmless import csv_text

_INK = {kind.name: kind.colour for kind in NODES}["document"]


def svg_of_chain(title: str, made: ChainMap, words: SvgWords, said: Mapping[str, str]) -> str:
    """The picture; `said` names levels and has the legend."""
    picture = made.picture
    parts = [
        arrow("ink"),
        *heading(title, words),
        text(MARGIN, MARGIN + 68, said["legend"], fill="quiet"),
        f'<g transform="translate({MARGIN} {TOP})">',
        *_levels(made, said),
        *(_line(line) for line in picture.lines),
        *(part for box in picture.boxes for part in _box(box)),
        *_plans(made, said),
        "</g>",
    ]
    return svg_page(title, picture.w + 2 * MARGIN, picture.h + TOP + MARGIN, parts)


def _levels(made: ChainMap, said: Mapping[str, str]) -> Iterator[str]:
    for n, column in enumerate(made.columns):
        if n % 2 == 0:
            yield rect(column.x - 6, 0, column.w - 8, made.picture.h, palette()["ground"])
        yield text(column.x, 21, said[column.level or ""], weight=600, fill="quiet")


def _line(line: PictureLine) -> str:
    if line.kind == "handed":
        look = f'stroke="{palette()["ink"]}" stroke-width="1.6" marker-end="url(#arrow)"'
    elif line.kind == "trunk":
        look = f'stroke="{_INK}" stroke-width="2"'
    else:
        dash = ' stroke-dasharray="4 3"' if line.kind == "made" else ""
        look = f'stroke="{_INK}" stroke-opacity="0.55" stroke-width="{min(1 + line.weight**0.5, 8):.1f}"{dash}'
    return f'<path d="{line.path}" fill="none" {look}/>'


def _box(box: PictureBox) -> Iterator[str]:
    fill = palette()["ink" if box.kind == "self" else "paper"]
    dash = ' stroke-dasharray="4 3"' if box.collective else ""
    yield (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.w:g}" height="{box.h:g}" rx="3" fill="{fill}" '
        f'stroke="{_INK}" stroke-width="{2.5 if box.main else 1.2}"{dash}/>'
    )
    first = box.y + 24 if box.kind == "self" else box.y + box.h / 2 + 4.6 - 8 * (len(box.lines) - 1)
    for n, line in enumerate(box.lines):
        step = 20 if box.kind == "self" else 16
        yield text(box.x + 8, round(first + step * n, 1), line, fill="paper" if box.kind == "self" else "ink")


def _plans(made: ChainMap, said: Mapping[str, str]) -> Iterator[str]:
    """Of several plans: the trunk, names above columns, dots, and how many documents each cites alone."""
    boxes = made.picture.boxes
    if len(made.chain.plans) > 1 and boxes:
        path = f"M{made.trunk:g} {boxes[0].y:g}V{boxes[-1].y + boxes[-1].h:g}"
        yield f'<path d="{path}" fill="none" stroke="{_INK}" stroke-width="2"/>'
    for x, plan in made.heads:
        for shift, part in ((0, plan.title[:11]), (-14, plan.title[11:21])):
            for n, letter in enumerate(part):
                yield text(x + shift, 16 + 13 * n, letter, size=12, anchor="middle")
        yield text(x, round(made.picture.h - 10, 1), str(plan.alone), anchor="middle", fill="quiet")
    if made.heads:
        yield text(made.trunk - 8, round(made.picture.h - 10, 1), said["alone"], anchor="end", fill="quiet")
    for dot in made.dots:
        yield (
            f'<rect x="{dot.x - 12:g}" y="{dot.y - 10:g}" width="24" height="20" rx="10" fill="{palette()["paper"]}" '
            f'stroke="{_INK}"/>'
        )
        yield text(dot.x, dot.y + 4.5, str(dot.tasks or said["head"]), anchor="middle")


def csv_of_chain(made: ChainMap, heads: Sequence[str], said: Mapping[str, str], notes: Sequence[str]) -> str:
    """The table: a row a document, those to be written last."""
    sides = (("basis", made.chain.documents), ("made", made.chain.made))
    rows = (_row(made, each, said, side) for side, documents in sides for each in documents)
    return csv_text([*([note] for note in notes), heads, *rows])


def _row(made: ChainMap, each: ChainDocument, said: Mapping[str, str], side: str) -> list[str]:
    document, above = each.document, made.chain.named(each.above)
    over = (above.document.number or above.document.title) if above else ""
    level = said[document.region.level or ""] if side == "basis" else ""
    return [
        level, document.title, document.number or "", over, str(len(each.by_plan)), str(len(each.tasks)),
        said["yes"] if document.held else "", said[side],
    ]  # fmt: skip
