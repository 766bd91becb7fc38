"""Who works with whom as CSV (协作表): every line as a row, or units by units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from web.maps.collaboration.making import Collaboration
from web.maps.explore.growing import Explored
from web.maps.matrix.records import DutyMatrix
from web.words.harmless import csv_text


def csv_of_pairs(table: DutyMatrix, head: str) -> str:
    """The table of units by units: how many tasks each two share, on the diagonal how many a unit has itself."""
    units = [row for row in table.rows if not row.group]
    rows: list[list[str | int]] = [[head, *(row.words for row in units)]]
    for row in units:
        numbers = {square.column: square.total for square in row.squares}
        rows.append([row.words, *(numbers.get(n, "") for n in range(len(units)))])
    return csv_text(rows)


def csv_of_web(web: Explored, heads: Sequence[str], words: Mapping[str, str]) -> str:
    """The lines of the web of relations: from, how, to, and how many tasks; `words` are those of kinds of lines."""
    rows: list[Sequence[str | int]] = [heads]
    for tie in web.net.ties:
        ends = [web.things.get(tie.source), web.things.get(tie.target)]
        said = [f"{thing.place} {thing.label}".strip() for thing in ends if thing]
        if len(said) == 2:
            rows.append([said[0], words[tie.kind], said[1], tie.weight])
    return csv_text(rows)


def csv_of_together(made: Collaboration, heads: Sequence[str]) -> str:
    """Every two units that are shown and share tasks: how many, and on how many the one or the other leads."""
    rows: list[Sequence[str | int]] = [heads]
    names = {pill.unit.id: pill.unit for pill in made.spots}
    for pair in sorted(made.pairs, key=lambda pair: -pair.weight):
        one, other = names[pair.one], names[pair.other]
        rows.append([one.region, one.name, other.region, other.name, pair.weight, pair.leads, pair.led])
    return csv_text(rows)
