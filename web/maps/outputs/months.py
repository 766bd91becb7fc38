"""The time map as SVG and as CSV (时间图): units by months, and columns for what has no month."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import groupby

from web.maps.frame import MapFrame
from web.maps.matrix.records import tone
from web.maps.months.making import TimeMap
from web.maps.outputs.naming import palette
from web.maps.outputs.shapes import FONT, SvgWords, rect, safe, text
from web.maps.outputs.wings import MARGIN, TOP, heading
from web.words.harmless import cell

NAME, CELL, ROW, HEAD = 220, 38, 26, 96


def svg_of_months(frame: MapFrame, made: TimeMap, words: SvgWords, slot_name: Callable[[str], str]) -> str:
    """The picture; `slot_name` says what a column is called: 2026-03 as 2026年3月."""
    width = max(900, 2 * MARGIN + NAME + CELL * len(made.slots))
    height = TOP + HEAD + ROW * len(made.rows) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT}" font-size="13">',
        f"<title>{safe(frame.title)}</title>",
        rect(0, 0, width, height, palette()["paper"]),
        *heading(frame.title, words),
        *_columns(made, slot_name),
        *_rows(made),
        "</svg>",
    ]
    return "".join(parts)


def _columns(made: TimeMap, slot_name: Callable[[str], str]) -> Iterator[str]:
    left, bottom = MARGIN + NAME, TOP + HEAD
    at = left
    for year, slots in groupby(made.slots, key=lambda slot: slot.year):
        yield text(at + 4, TOP + 14, year, weight=700)
        at += CELL * len(tuple(slots))
    unit = 48 / made.most
    for n, (slot, (led, unled)) in enumerate(zip(made.slots, made.sums, strict=True)):
        x = left + CELL * n
        if slot.now:
            yield rect(x, TOP, CELL, HEAD + ROW * len(made.rows), palette()["hover"])
        for count, below, fill in ((led, 0, "accent"), (unled, led, "paper")):
            if count:
                tall = min(48.0, count * unit)
                y = bottom - 34 - min(48.0, below * unit) - tall
                look = f'fill="{palette()[fill]}" stroke="{palette()["accent"]}"'
                yield f'<rect x="{x + 12}" y="{max(y, TOP + 14.0):.1f}" width="14" height="{tall:.1f}" {look}/>'
        yield text(x + CELL / 2, bottom - 20, str(led + unled or ""), anchor="middle", size=11, fill="quiet")
        yield text(x + CELL / 2, bottom - 6, _short(slot_name(slot.key), slot.year), anchor="middle", size=12)


def _short(said: str, year: str) -> str:
    """A column's name beneath its year: 2026年3月 as 3月."""
    return said.removeprefix(f"{year}年" if said != f"{year}年内" else year) if year else said


def _rows(made: TimeMap) -> Iterator[str]:
    left, colours = MARGIN + NAME, palette()
    right = left + CELL * len(made.slots)
    for n, row in enumerate(made.rows):
        y = TOP + HEAD + ROW * n
        place = f" {row.unit.region}" if row.unit.name in made.twice else ""
        yield f'<path d="M{MARGIN} {y}H{right}" stroke="{colours["line"]}"/>'
        yield text(MARGIN, y + 18, f"{row.unit.name}{place}"[:16])
        for each in row.cells:
            x = left + CELL * each.slot
            yield rect(x + 1, y + 1, CELL - 2, ROW - 2, colours[f"tone-{tone(each.total)}"])
            if each.led:
                yield rect(x + 1, y + ROW - 5, CELL - 2, 4, colours["paper"])
                yield rect(x + 1, y + ROW - 4, (CELL - 2) * each.led / 4, 3, colours["accent"])
            yield text(x + CELL / 2, y + 17, str(each.total), anchor="middle", fill="tone-ink")


def csv_of_months(made: TimeMap, head: str, slot_name: Callable[[str], str]) -> str:
    """The table: a row a unit, a column a time. `head` names the first column."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([head, *(cell(slot_name(slot.key)) for slot in made.slots)])
    for row in made.rows:
        place = f"（{row.unit.region}）" if row.unit.name in made.twice else ""
        writer.writerow([cell(f"{row.unit.name}{place}"), *(each.total if each else "" for each in made.cells_of(row))])
    return "\ufeff" + written.getvalue()
