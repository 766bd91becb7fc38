"""The cells of a row as HTML, in one pass (画格): a template asked for each of ten thousand cells takes seconds.

Everything that a plan says is escaped here; what is not is made of digits and of our own words. Runs of empty cells
are one cell: its lines are drawn by css/maps/matrix.css.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from ingest.model import Role
from web.maps.matrix.records import DutyMatrix, MatrixRow, MatrixSquare

MOST_CELLS = 20_000
"""Rows times columns of a page that holds folded rows too; of a larger matrix only what is open is sent."""
_PILLAR = 40


@dataclass(frozen=True)
class CellPainter:
    """Paints the rows of a matrix: `marks` and `words` are what roles are called, `chosen` is the value of `m-sel`.

    `way` is whether its marks are buttons that ask the site, links to the sentences of a page for offline use, or
    nothing but marks on paper.
    """

    made: DutyMatrix
    marks: Mapping[Role, str]
    words: Mapping[Role, str]
    inferred: str
    chosen: str
    way: Literal["ask", "offline", "paper"] = "ask"

    @property
    def whole(self) -> bool:
        """Whether folded rows are sent too, so that the browser opens them by itself."""
        return self.way == "offline" or len(self.made.rows) * len(self.made.columns) <= MOST_CELLS

    def rows(self) -> Iterator[tuple[MatrixRow, Markup]]:
        """Every row that is sent, with its cells."""
        units = [(column.key, escape(column.unit.name)) for column in self.made.columns]
        for row in (row for row in self.made.rows if row.shown or self.whole):
            yield row, Markup("".join(self._cells(row, units)))

    def _cells(self, row: MatrixRow, units: list[tuple[str, Markup]]) -> Iterator[str]:
        at = 0
        for square in row.squares:
            yield _gap(square.column - at)
            yield self._cell(row.key, square, *units[square.column])
            at = square.column + 1
        yield _gap(len(units) - at)

    def _cell(self, row: str, square: MatrixSquare, key: str, name: Markup) -> str:
        value = f"{row}.{key}"
        on = " on" if value == self.chosen else ""
        tag = "button" if self.way == "ask" else "a" if self.way == "offline" and square.role else "span"
        leads = {"button": f'name="m-sel" value="{value}"', "a": f'href="#t-{row}"', "span": ""}[tag]
        start = f'<td><{tag} {leads} data-u="{name}" '
        if square.role is None:
            counts = ", ".join(
                f"{self.words[role]} {n}" for role, n in zip(self.words, square.counts, strict=True) if n
            )
            look = f"agg q{square.tone} k{square.led}{on}{' own' if square.own else ''}"
            return f'{start}class="{look}" aria-label="{name} {counts}">{square.total}</{tag}></td>'
        guess = " guess" if square.inferred else ""
        said = f"{name} {self.words[square.role]}{f' {self.inferred}' if square.inferred else ''}"
        return f'{start}class="m {square.role}{guess}{on}" aria-label="{said}">{self.marks[square.role]}</{tag}></td>'


def _gap(cells: int) -> str:
    return "" if cells < 1 else "<td></td>" if cells == 1 else f'<td colspan="{cells}"></td>'


def pillar(counts: tuple[int, int, int], most: int) -> tuple[tuple[str, float, float], ...]:
    """The parts of a column's pillar from the bottom: role, top and height of 40, in the scale of the highest."""
    found, top = [], float(_PILLAR)
    for role, count in zip(("lead", "responsible", "support"), counts, strict=True):
        height = round(_PILLAR * count / most, 1)
        top = round(top - height, 1)
        found.append((role, top, height))
    return tuple(found)


def overview(made: DutyMatrix) -> Mapping[str, str]:
    """The whole in small (全貌): for each role one SVG path with a square a task and unit, a row a task."""
    paths: dict[str, list[str]] = {"lead": [], "responsible": [], "support": []}
    tasks = (row for row in made.rows if not row.group)
    for y, row in enumerate(tasks):
        for square in row.squares:
            paths[square.role or "responsible"].append(f"M{square.column} {y}h1v1h-1z")
    return {role: "".join(path) for role, path in paths.items()}
