"""The cells of a sheet (工作表) that show something, whatever file it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
"""Of the programs that write sheets; what stands beyond is passed over."""

_TENTH = re.compile(r"20\d\d\.1")
"""2024.10 typed as a number is kept as 2024.1, as 2024.1 is."""


@dataclass(frozen=True)
class Range:
    """A merged range, rows and columns from 1, its ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """`rows`: row → column → text, rows and columns from 1, cells that show something alone; `hidden_columns` as
    (first, last). `uncounted` are the places of formulas whose value the file does not hold. `struck` is what a line
    is drawn through, which is in none of the rows."""

    title: str = ""
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncounted: list[tuple[int, int]] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    numbers: dict[tuple[int, int], int | None] = field(default_factory=dict)
    """The cells that hold a number that may be a date: (row, column) → its year, where it is a date shown without it;
    None for a number such as 2024.1."""

    def number(self, place: tuple[int, int], text: str, year: int | None) -> None:
        """Keeps of a number what its `text` does not tell: the year of a date, and that it is a number."""
        if year is not None or _TENTH.fullmatch(text):
            self.numbers[place] = year

    def in_order(self) -> Sheet:
        """The sheet, its rows from above, the cells of each from the left."""
        self.rows = {row: dict(sorted(cells.items())) for row, cells in sorted(self.rows.items()) if cells}
        return self
