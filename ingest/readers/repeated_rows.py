"""Rows of a table that only repeat its header (重复的表头行), as on each page of a converted file."""

from __future__ import annotations

from collections.abc import Sequence

# A single cell over the whole width may be a group row, which may well come again.
_HEADER_CELLS = 2


def repeated_rows(rows: Sequence[Sequence[str]], header: Sequence[Sequence[str]] = ()) -> frozenset[int]:
    """The indexes of `rows` (the texts of their cells) that repeat the header.

    The header begins with the first of `rows`, or is the one given, where the table goes on from an earlier one. A
    row repeats it if it equals its first row, or follows a repeated row as it does in the header.
    """
    model = [tuple(row) for row in (header or rows)]
    if not model or sum(1 for text in model[0] if text) < _HEADER_CELLS:
        return frozenset()
    found: set[int] = set()
    place = 0
    for index, row in enumerate(tuple(row) for row in rows):
        if place < len(model) and place and row == model[place]:
            place += 1
        else:
            place = 1 if row == model[0] and (header or index) else 0
        if place:
            found.add(index)
    return frozenset(found)
