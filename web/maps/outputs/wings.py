"""The map of a unit as SVG (双翼图): the boxes and lines of the view, with title, legend, date and source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from graph import NODES
from web.maps.frame import MapFrame
from web.maps.outputs.naming import palette
from web.maps.outputs.shapes import MARGIN, TOP, SvgWords, heading, mark, svg_page, text
from web.maps.picture import PictureBox, PictureLine
from web.maps.wings.layout import UnitMap
from web.maps.wings.painting import PaintedBox, painted_boxes

_COLOURS = {kind.name: kind.colour for kind in NODES}
_UNIT, _TIME = _COLOURS["unit"], _COLOURS["deadline"]
_HEADS = ("relation", "documents", "times")


def svg_of_wings(frame: MapFrame, made: UnitMap, words: SvgWords, counted: Callable[[str, int], str]) -> str:
    """The picture; `counted` says how many a group holds: ("relation", 9) as 9 家."""
    picture = made.picture
    width, height = picture.w + 2 * MARGIN, picture.h + TOP + MARGIN
    sizes = {wing.key: (wing.kind, len(wing.children)) for wing in made.wings}
    parts = [
        *heading(frame.title, words),
        *_legend(words),
        f'<g transform="translate({MARGIN} {TOP})">',
        *(part for line in picture.lines for part in _line(line)),
        *(part for each in painted_boxes(made, frozenset()) for part in _box(each, words, counted, sizes)),
        "</g>",
    ]
    return svg_page(frame.title, width, height, parts)


def _legend(words: SvgWords) -> Iterator[str]:
    at = MARGIN
    for role, said in words.roles.items():
        yield from mark(at, MARGIN + 56, role, words.marks[role])
        yield text(at + 27, MARGIN + 71, said)
        at += 52 + 14 * len(said)
    yield from mark(at, MARGIN + 56, "responsible", words.marks["responsible"], inferred=True)
    yield text(at + 27, MARGIN + 71, words.inferred)


def _line(line: PictureLine) -> Iterator[str]:
    own = line.kind in ("lead", "responsible", "support")
    stroke = palette()["accent" if own else "line-strong"]
    width = min(1 + line.weight**0.5 * 0.55, 6.0) if own else 1.0
    dash = ' stroke-dasharray="5 3"' if line.kind == "support" else ""
    yield f'<path d="{line.path}" fill="none" stroke="{stroke}" stroke-width="{width:.1f}"{dash}/>'
    if line.kind == "responsible" and width > 1.6:
        yield f'<path d="{line.path}" fill="none" stroke="{palette()["paper"]}" stroke-width="{width - 1.6:.1f}"/>'


def _box(
    each: PaintedBox, words: SvgWords, counted: Callable[[str, int], str], sizes: Mapping[str, tuple[str, int]]
) -> Iterator[str]:
    box = each.box
    yield _edge(box)
    ink = "on-accent" if box.role == "lead" and box.kind == "role" else "paper" if box.main else "ink"
    said = list(box.lines)
    if box.main:
        said.append("　".join(f"{words.marks[role]} {n}" for role, n in zip(words.roles, box.counts, strict=True)))
    elif box.kind in _HEADS:
        said.append(counted(*sizes[box.id]))
    elif box.kind == "rest":
        kind = sizes[box.thing][0] if box.thing in sizes else box.kind
        said = [f"＋ {counted(kind, int(box.words))}"]
    first = box.y + (box.h - 18 * len(said)) / 2 + 14
    for n, line in enumerate(said):
        x, anchor = (box.x + box.w / 2, "middle") if box.main else (box.x + 10, "start")
        weight = 700 if box.kind in ("role", "plan", "self") or (box.kind in _HEADS and n == 0) else 400
        yield text(x, round(first + 18 * n, 1), line, fill=ink, anchor=anchor, weight=weight)
    for bar in each.bars:
        fill = _TIME if bar.role is None else palette()["accent" if bar.role == "lead" else "paper"]
        dash = ' stroke-dasharray="3 2"' if bar.role == "support" else ""
        yield (
            f'<rect x="{bar.x:g}" y="{box.y + 7:g}" width="{bar.w:g}" height="10" fill="{fill}" '
            f'stroke="{_TIME if bar.role is None else palette()["accent"]}"{dash}/>'
        )
    if box.kind in ("role", "plan", "section", "unit", "document", "time"):
        fill = "quiet" if ink == "ink" else ink
        yield text(box.x + box.w - 8, round(first, 1), str(box.count), anchor="end", fill=fill)
    if box.inferred:
        yield f'<path d="M{box.x + box.w - 9:g} {box.y:g}h9v9z" fill="{palette()["doubt"]}"/>'


def _edge(box: PictureBox) -> str:
    """The outline of a box: filled for 牵头, dashed for 配合 and 泛指, none for rows of an indented list."""
    colours = palette()
    fill, stroke, dash = colours["paper"], colours["line-strong"], ""
    if box.main:
        fill = stroke = _UNIT
    elif box.kind == "role":
        stroke = colours["accent"]
        fill = stroke if box.role == "lead" else fill
        dash = ' stroke-dasharray="5 3"' if box.role == "support" else ""
    elif box.kind in ("task", "section", "time", "rest"):
        return ""
    elif box.collective:
        dash = ' stroke-dasharray="4 3"'
    round_by = 10 if box.main else 12 if box.kind == "unit" else 3
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.w:g}" height="{box.h:g}" rx="{round_by}" fill="{fill}" '
        f'stroke="{stroke}"{dash}/>'
    )
