"""A list that is narrowed by words and sorted by one of its columns, page by page (排序)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ingest.model import Record

PER_PAGE = 50
"""Rows of one page."""

Row = TypeVar("Row", bound=Record)
SortKey = Callable[[Any], Any]


class Wanted(NamedTuple):
    """What of a list is asked for: rows that hold the words, the column that sorts them, and the page."""

    words: str = ""
    sort: str | None = None
    page: int = 1


class RowsWanted(NamedTuple):
    """A page of the rows that are wanted; how many are on all `pages`."""

    shown: Sequence[Any]
    total: int
    page: int
    pages: int


def wanted_rows(
    rows: Iterable[Row], wanted: Wanted, sorts: Mapping[str, SortKey], words_of: Callable[[Row], str]
) -> RowsWanted:
    """The rows that hold every word, in the order of a column (the first of `sorts` where none is asked for)."""
    said = wanted.words.casefold().split()
    found = [row for row in rows if all(word in words_of(row).casefold() for word in said)]
    found.sort(key=sorts[wanted.sort or next(iter(sorts))])
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(wanted.page, pages)
    return RowsWanted(found[(page - 1) * PER_PAGE : page * PER_PAGE], len(found), page, pages)
