"""What a cell of a date does not show (未显示的年份): 9/30 may be kept as 2024-09-30, 2024.10 as the number 2024.1.

A sheet is read as it is shown: who types 6月30日 means the year that the title names, while the program keeps the year
of the day of typing. The kept year is written out where the sheet names none, and told where it names another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.readers.sheets.cells import Sheet

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NUMBER = re.compile(r"[0-9.,]+")
_MAY_BE_A_TIME = re.compile(r"20\d\d(?:\.(?:0?[1-9]|1[0-2]))?|20\d{6}|4\d{4}")
"""A year, a month as 2024.6, a day as 20240630 or as the number that Excel keeps."""


def years_said(texts: Iterable[str]) -> frozenset[int]:
    """The years that texts name."""
    return frozenset(int(found) for text in texts for found in _YEAR.findall(text))


def write_years(sheet: Sheet) -> None:
    """Writes the year of each date that is shown without it, for a sheet that says no year at all."""
    for (row, column), year in sheet.numbers.items():
        if year is not None:
            shown = sheet.rows[row][column]
            mark = next((mark for mark in "/-." if mark in shown), "年")
            sheet.rows[row][column] = f"{year}{mark}{shown}"


def other_years(sheet: Sheet, said: frozenset[int]) -> Iterator[tuple[int, int, int]]:
    """Dates whose kept year is not the one that the sheet says: row, column, that year."""
    for (row, column), year in sorted(sheet.numbers.items(), key=lambda each: each[0]):
        if year is not None and said and said != {year}:
            yield row, column, year


def lost_tens(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Numbers that are January or October, 2024.1, by row and column: not those of a column that holds amounts."""
    tenths = sorted(place for place, year in sheet.numbers.items() if year is None)
    amounts: set[int] = set()
    for column in {column for _, column in tenths}:
        texts = (cells[column] for cells in sheet.rows.values() if column in cells)
        if any(_NUMBER.fullmatch(text) and not _MAY_BE_A_TIME.fullmatch(text) for text in texts):
            amounts.add(column)
    return ((row, column) for row, column in tenths if column not in amounts)
