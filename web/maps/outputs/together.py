"""The collaboration map as CSV (协作表): every line as a row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from web.maps.collaboration.making import Collaboration
from web.maps.outputs.spreadsheet import cell


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
