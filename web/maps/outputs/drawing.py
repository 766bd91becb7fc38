"""A matrix as SVG (矢量图): what is open in the view, with title, legend, date and source, in the colours of the site.

It stands alone: no style sheet, script, font or address in it. Every character that a plan says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from web.facts.by_task import ROLES
from web.maps.frame import MapFrame
from web.maps.matrix.painting import pillar
from web.maps.matrix.records import MatrixColumn, MatrixRow, MatrixSquare
from web.maps.outputs.naming import palette
from web.maps.outputs.shapes import MARGIN, SvgWords, mark, rect, safe, svg_page, text, tones
from web.maps.picture import lines_in
from web.words.harmless import harmless

CELL, NAME, LEAD = 28, 420, 100
TITLE, LEGEND, HEAD = 64, 34, 190
_CHARACTERS = 10
"""Characters of a unit's name that stand above each other; longer names take two lines."""


def svg_of(frame: MapFrame, words: SvgWords) -> str:
    """The picture of the rows that are open."""
    rows = [row for row in frame.matrix.rows if row.shown]
    top = MARGIN + TITLE + LEGEND + HEAD
    width = MARGIN * 2 + NAME + LEAD + CELL * len(frame.matrix.columns)
    parts = [
        *_heading(frame, words),
        *_grid(frame, rows, top, words),
        *(part for n, column in enumerate(frame.matrix.columns) for part in _column(column, n, top, frame.matrix.most)),
        *(part for n, row in enumerate(rows) for part in _row(row, top + CELL * n, words)),
    ]
    return svg_page(frame.title, width, top + CELL * len(rows) + MARGIN, parts)


def _heading(frame: MapFrame, words: SvgWords) -> Iterator[str]:
    yield text(MARGIN, MARGIN + 20, frame.title, size=20, weight=700)
    yield text(MARGIN, MARGIN + 46, " · ".join(words.notes), fill="quiet")
    at, y = MARGIN, MARGIN + TITLE + 6
    for role in ROLES:
        yield from mark(at, y, role, words.marks[role])
        yield text(at + 27, y + 15, words.roles[role])
        at += 52 + 14 * len(words.roles[role])
    yield from mark(at, y, "responsible", words.marks["responsible"], inferred=True)
    yield text(at + 27, y + 15, words.inferred)
    at += 52 + 14 * len(words.inferred)
    yield from tones(at, y, words.sum)


def _grid(frame: MapFrame, rows: Sequence[MatrixRow], top: int, words: SvgWords) -> Iterator[str]:
    """The lines between rows and columns."""
    bottom, left = top + CELL * len(rows), MARGIN + NAME + LEAD
    right = left + CELL * len(frame.matrix.columns)
    rules = [f"M{MARGIN} {top + CELL * n}H{right}" for n in range(len(rows) + 1)]
    rules += [f"M{left + CELL * n} {top - HEAD + 10}V{bottom}" for n in range(len(frame.matrix.columns) + 1)]
    yield f'<path d="{"".join(rules)}" fill="none" stroke="{palette()["line"]}"/>'
    yield text(MARGIN + NAME + LEAD / 2, top - 6, words.lead, anchor="middle", fill="quiet")
    yield f'<path d="M{MARGIN} {top}H{right}" fill="none" stroke="{palette()["line-strong"]}" stroke-width="1.5"/>'


def _column(column: MatrixColumn, n: int, top: int, most: int) -> Iterator[str]:
    """A unit's name in upright characters, its pillar and its sum."""
    middle = MARGIN + NAME + LEAD + CELL * n + CELL / 2
    name = harmless(column.unit.name)
    cut = name if len(name) <= 2 * _CHARACTERS else f"{name[: 2 * _CHARACTERS - 1]}…"
    half = -(-len(cut) // 2) if len(cut) > _CHARACTERS else len(cut)
    for part, shift in ((cut[:half], 6.5 if half < len(cut) else 0.0), (cut[half:], -6.5)):
        if part:
            first = top - 66 - 12.5 * (half - 1)
            xs = " ".join([f"{middle + shift:g}"] * len(part))
            ys = " ".join(f"{first + 12.5 * at:g}" for at in range(len(part)))
            fill = palette()["quiet" if column.collective else "ink"]
            yield f'<text x="{xs}" y="{ys}" text-anchor="middle" font-size="12" fill="{fill}">{safe(part)}</text>'
    for role, y, height in pillar(column.counts, most):
        if height:
            fill = palette()["accent" if role == "lead" else "paper"]
            dash = ' stroke-dasharray="2 2"' if role == "support" else ""
            yield (
                f'<rect x="{middle - 6:g}" y="{top - 60 + y:g}" width="12" height="{height:g}" fill="{fill}" '
                f'stroke="{palette()["accent"]}"{dash}/>'
            )
    yield text(middle, top - 5, str(column.total), fill="quiet", size=11, anchor="middle")


def _row(row: MatrixRow, y: float, words: SvgWords) -> Iterator[str]:
    indent = MARGIN + 14 * row.depth
    room = (NAME - 14 * row.depth - 30) / 13
    title = row.title or (words.rest if row.rest else "")
    said = f"{row.number} {title or row.words}".strip() if row.group else f"{row.number} {title} {row.words}".strip()
    tail = f"　{f'{words.first} ' if row.by_unit else ''}{row.tasks}" if row.group else ""
    shown = f"{lines_in(said, room - len(tail), 1)[0]}{tail}"
    yield text(indent, y + 19, shown, weight=700 if row.group else 400)
    lead = f"{row.led}/{row.tasks}" if row.group else "、".join(row.leads) or (words.unled if row.unled else "—")
    lead = f"{lead} {words.unled}{row.lacking}" if row.group and row.lacking else lead
    fill = "lack" if row.lacking else "ink"
    yield text(MARGIN + NAME + LEAD / 2, y + 18, lines_in(lead, 8, 1)[0], size=12, anchor="middle", fill=fill)
    for square in row.squares:
        x = MARGIN + NAME + LEAD + CELL * square.column
        if square.role is None:
            yield from _sum(square, x, y)
        else:
            yield from mark(x + 4, y + 4, square.role, words.marks[square.role], square.inferred)


def _sum(square: MatrixSquare, x: float, y: float) -> Iterator[str]:
    """A number on its tone, the share that is led in red on a strip of paper beneath it."""
    yield rect(x + 0.5, y + 0.5, CELL - 1, CELL - 1, palette()["paper" if square.own else f"tone-{square.tone}"])
    if square.led and not square.own:
        yield rect(x + 0.5, y + CELL - 4.5, CELL - 1, 4, palette()["paper"])
        yield rect(x + 0.5, y + CELL - 3.5, (CELL - 1) * square.led / 4, 3, palette()["accent"])
    yield text(x + CELL / 2, y + 18, str(square.total), anchor="middle", fill="tone-ink")
