"""Who works with whom as CSV (协作表): every line as a row, or units by units."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from web.maps.collaboration.making import Collaboration
from web.maps.explore.growing import Explored
from web.maps.matrix.records import DutyMatrix
from web.words.harmless import cell


def csv_of_pairs(table: DutyMatrix, head: str) -> str:
    """The table of units by units: how many tasks each two share, on the diagonal how many a unit has itself."""
    written = StringIO()
    writer = csv.writer(written)
    rows = [row for row in table.rows if not row.group]
    writer.writerow([head, *(cell(row.words) for row in rows)])
    for row in rows:
        numbers = {square.column: square.total for square in row.squares}
        writer.writerow([cell(row.words), *(numbers.get(n, "") for n in range(len(rows)))])
    return "\ufeff" + written.getvalue()


def csv_of_web(web: Explored, heads: Sequence[str], words: Mapping[str, str]) -> str:
    """The lines of the web of relations: from, how, to, and how many tasks; `words` are those of kinds of lines."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    for tie in web.net.ties:
        ends = [web.things.get(tie.source), web.things.get(tie.target)]
        said = [cell(f"{thing.place} {thing.label}".strip()) for thing in ends if thing]
        if len(said) == 2:
            writer.writerow([said[0], words[tie.kind], said[1], tie.weight])
    return "\ufeff" + written.getvalue()


def csv_of_together(made: Collaboration, heads: Sequence[str]) -> str:
    """Every two units that are shown and share tasks: how many, and on how many the one or the other leads."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    names = {pill.unit.id: pill.unit for pill in made.spots}
    for pair in sorted(made.pairs, key=lambda pair: -pair.weight):
        one, other = names[pair.one], names[pair.other]
        writer.writerow([
            cell(one.region), cell(one.name), cell(other.region), cell(other.name), pair.weight, pair.leads, pair.led,
        ])  # fmt: skip
    return "\ufeff" + written.getvalue()
