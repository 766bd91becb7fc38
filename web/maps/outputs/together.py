"""The collaboration map as SVG and as CSV (协作图): the lines of the view, and every line as a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from web.maps.collaboration.making import Collaboration, UnitPill
from web.maps.collaboration.painting import lines_of
from web.maps.frame import MapFrame
from web.maps.matrix.records import tone
from web.maps.outputs.naming import palette
from web.maps.outputs.shapes import FONT, SvgWords, rect, safe, text
from web.maps.outputs.spreadsheet import cell
from web.maps.outputs.wings import MARGIN, heading
from web.maps.picture import lines_in

TOP = 84
WIDTH, HEIGHT = 1380, 620


def svg_of_together(frame: MapFrame, made: Collaboration, words: SvgWords, titles: Sequence[str]) -> str:
    """The picture; `titles` are those of the boxes."""
    width, height = WIDTH + 2 * MARGIN, HEIGHT + TOP + MARGIN
    line = palette()["line-strong"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT}" font-size="13">',
        f"<title>{safe(frame.title)}</title>",
        f'<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{line}"/></marker></defs>',
        rect(0, 0, width, height, palette()["paper"]),
        *heading(frame.title, words),
        f'<g transform="translate({MARGIN} {TOP})">',
        *(part for n, title in enumerate(titles) for part in _group(made, n, title)),
        *_lines(made, frame, line),
        *(part for pill in made.spots for part in _pill(pill)),
        "</g></svg>",
    ]
    return "".join(parts)


def _group(made: Collaboration, n: int, title: str) -> Iterator[str]:
    area = made.groups[n].area
    yield (
        f'<rect x="{area.x:.1f}" y="{area.y:.1f}" width="{area.w:.1f}" height="{area.h:.1f}" rx="6" '
        f'fill="{palette()["ground"]}" stroke="{palette()["line"]}"/>'
    )
    yield text(round(area.x + 12, 1), round(area.y + 20, 1), title, fill="quiet", size=12)


def _lines(made: Collaboration, frame: MapFrame, stroke: str) -> Iterator[str]:
    arrow = ' marker-end="url(#arrow)"' if frame.state.leads else ""
    for pair, (x1, y1, x2, y2) in lines_of(made, frame.state.least, frame.state.leads):
        width = min(pair.weight**0.5, 7.0)
        yield (
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
            f'stroke-width="{width:.1f}" opacity="0.75"{arrow}/>'
        )


def _pill(pill: UnitPill) -> Iterator[str]:
    left, dash = pill.x - pill.w / 2, ' stroke-dasharray="4 3"' if pill.unit.kind == "collective" else ""
    yield (
        f'<rect x="{left:.1f}" y="{pill.y - 13:.1f}" width="{pill.w:.1f}" height="26" rx="13" '
        f'fill="{palette()[f"tone-{tone(pill.total)}"]}" stroke="{palette()["line-strong"]}"{dash}/>'
    )
    yield text(pill.x, pill.y + 4.5, lines_in(pill.unit.name, 16, 1)[0], anchor="middle", fill="tone-ink")
    if pill.counts[0]:
        yield rect(left + 12, pill.y + 9, (pill.w - 24) * pill.counts[0] / pill.total, 2.5, palette()["accent"])


def csv_of_together(made: Collaboration, heads: Sequence[str], notes: Sequence[str]) -> str:
    """Every two units that are shown and share tasks: how many, and on how many the one or the other leads."""
    written = StringIO()
    writer = csv.writer(written)
    for note in notes:
        writer.writerow([cell(note)])
    writer.writerow(heads)
    names = {pill.unit.id: pill.unit for pill in made.spots}
    for pair in sorted(made.pairs, key=lambda pair: -pair.weight):
        one, other = names[pair.one], names[pair.other]
        writer.writerow([
            cell(one.region), cell(one.name), cell(other.region), cell(other.name), pair.weight, pair.leads, pair.led,
        ])  # fmt: skip
    return "\ufeff" + written.getvalue()
