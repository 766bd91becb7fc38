"""The time map as SVG and as CSV (时间图): units by months, and columns for what has no month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from web.maps.frame import MapFrame
from web.maps.matrix.records import tone
from web.maps.months.making import TimeMap
from web.maps.outputs.naming import palette
from web.maps.outputs.shapes import MARGIN, TOP, SvgWords, heading, rect, svg_page, text, tones
from web.maps.picture import lines_in
from web.words.harmless import csv_text

NAME, CELL, WIDE, ROW, HEAD = 300, 38, 84, 26, 124
"""Widths of the names, of a month, of what stands for several months; heights of a row and of the head."""
_SEVERAL = ("before", "after", "empty")


@dataclass(frozen=True)
class MonthWords:
    """What a column is called (2026-03 as 2026年3月), what frames this month, and 逾期 with a number, "" for none."""

    slot: Callable[[str], str]
    now: str
    late: Callable[[int], str]


def svg_of_months(frame: MapFrame, made: TimeMap, words: SvgWords, said: MonthWords) -> str:
    """The picture of the rows that are shown."""
    lefts = _lefts(made)
    parts = [
        *heading(frame.title, words),
        *tones(MARGIN, MARGIN + 56, words.sum),
        *_columns(made, said, lefts),
        *_rows(made, said, lefts),
    ]
    return svg_page(frame.title, lefts[-1] + MARGIN, TOP + HEAD + ROW * len(made.rows) + MARGIN, parts)


def _lefts(made: TimeMap) -> list[int]:
    """Where each column begins, and where the last one ends."""
    widths = (WIDE if slot.kind in _SEVERAL else CELL for slot in made.slots)
    return [*accumulate(widths, initial=MARGIN + NAME)]


def _columns(made: TimeMap, said: MonthWords, lefts: Sequence[int]) -> Iterator[str]:
    bottom, at = TOP + HEAD, 0
    for year, slots in groupby(made.slots, key=lambda slot: slot.year):
        yield text(lefts[at] + 4, TOP + 14, year, weight=700)
        at += len(tuple(slots))
    for n, (slot, (led, unled)) in enumerate(zip(made.slots, made.sums, strict=True)):
        x, wide = lefts[n], lefts[n + 1] - lefts[n]
        unit = 48 / max(made.most, led + unled)  # What is cut at the height of the months keeps its shares.
        middle = x + wide / 2
        if slot.past or slot.now:
            fill = "hover" if slot.now else "past"
            yield rect(x, TOP + 18, wide, HEAD - 18 + ROW * len(made.rows), palette()[fill])
        if slot.now:
            yield text(middle, TOP + 30, said.now, anchor="middle", size=12, weight=700, fill="link")
        for count, below, fill in ((led, 0, "accent"), (unled, led, "paper")):
            if count:
                tall = count * unit
                y = bottom - 34 - below * unit - tall
                look = f'fill="{palette()[fill]}" stroke="{palette()["accent"]}"'
                yield f'<rect x="{middle - 7:g}" y="{max(y, TOP + 14.0):.1f}" width="14" height="{tall:.1f}" {look}/>'
        yield text(middle, bottom - 20, str(led + unled or ""), anchor="middle", size=11, fill="quiet")
        lines = lines_in(_short(said.slot(slot.key), slot.year), wide / 12, 3)
        for up, line in enumerate(reversed(lines)):
            yield text(middle, bottom - 6 - 14 * up, line, anchor="middle", size=12)


def _short(said: str, year: str) -> str:
    """A column's name beneath its year: 2026年3月 as 3月."""
    return said.removeprefix(f"{year}年" if said != f"{year}年内" else year) if year and "至" not in said else said


def _rows(made: TimeMap, said: MonthWords, lefts: Sequence[int]) -> Iterator[str]:
    colours, twice = palette(), made.twice
    for n, row in enumerate(made.rows):
        y = TOP + HEAD + ROW * n
        place = f" {row.unit.region}" if row.unit.name in twice else ""
        yield f'<path d="M{MARGIN} {y}H{lefts[-1]}" stroke="{colours["line"]}"/>'
        yield text(MARGIN, y + 18, lines_in(f"{row.unit.name}{place}", 11, 1)[0])
        if row.late:
            yield text(MARGIN + NAME - 70, y + 18, said.late(row.late), anchor="end", fill="lack", size=12)
        yield text(MARGIN + NAME - 8, y + 18, f"{row.dated} / {row.total}", anchor="end", fill="quiet", size=12)
        for each in row.cells:
            x, wide = lefts[each.slot], lefts[each.slot + 1] - lefts[each.slot]
            yield rect(x + 1, y + 1, wide - 2, ROW - 2, colours[f"tone-{tone(each.total)}"])
            if each.led:
                yield rect(x + 1, y + ROW - 5, wide - 2, 4, colours["paper"])
                yield rect(x + 1, y + ROW - 4, (wide - 2) * each.led / 4, 3, colours["accent"])
            yield text(x + wide / 2, y + 17, str(each.total), anchor="middle", fill="tone-ink")


def csv_of_months(made: TimeMap, head: str, slot_name: Callable[[str], str]) -> str:
    """The table: a row a unit, a column a time. `head` names the first column."""
    twice = made.twice
    rows: list[list[str | int]] = [[head, *(slot_name(slot.key) for slot in made.slots)]]
    for row in made.rows:
        place = f"（{row.unit.region}）" if row.unit.name in twice else ""
        rows.append([f"{row.unit.name}{place}", *(each.total if each else "" for each in made.cells_of(row))])
    return csv_text(rows)
