"""A matrix as CSV (表格): a row a task, a column a unit. UTF-8 with its mark, so that Excel and WPS read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ingest.model import Role
from web.maps.frame import MapFrame
from web.maps.matrix.records import MatrixRow
from web.words.harmless import csv_text


def csv_of(frame: MapFrame, heads: Sequence[str], words: Mapping[Role, str]) -> str:
    """The table of a matrix: its first line names the columns, as programs that read tables expect. `heads` name the
    first (章节, 任务, 牵头). What it is of, and of which day, is the file's name."""
    made = frame.matrix
    named = Counter(column.unit.name for column in made.columns)
    names = (
        f"{each.name}（{each.region}）" if named[each.name] > 1 and each.region else each.name
        for each in (column.unit for column in made.columns)
    )
    rows = [[*heads, *names]]
    for row, above in _tasks(made.rows):
        roles = {square.column: words[square.role] for square in row.squares if square.role}
        place = " › ".join([*above, f"{row.number} {row.title}".strip()]).removesuffix(" › ")
        said = (place, row.words, "、".join(row.leads))
        rows.append([*said, *(roles.get(n, "") for n in range(len(made.columns)))])
    return csv_text(rows)


def _tasks(rows: Sequence[MatrixRow]) -> Iterator[tuple[MatrixRow, list[str]]]:
    """Every task with the titles above it."""
    above: list[str] = []
    for row in rows:
        above[row.depth :] = []
        if row.group:
            above.append(f"{row.number} {row.title}".strip())
        else:
            yield row, [each for each in above if each]
