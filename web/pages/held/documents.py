"""The documents that plans rest on (依据), sorted by any column, narrowed by words of titles and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.query import DocumentRow
from ingest.model import Record
from web.pages.held.sorting import SortKey, Wanted, wanted_rows

SORTS: Mapping[str, SortKey] = {
    "citations": lambda row: (-row.citations, row.title),
    "title": lambda row: row.title,
    "plans": lambda row: (-row.plans, -row.citations, row.title),
}
"""What documents are sorted by: most often cited first …"""


class DocumentsPage(Record, frozen=True):
    """A page of the documents: `total` of the `all` that are cited hold the `query`'s words; sorted by `sort`."""

    documents: tuple[DocumentRow, ...]
    query: str
    sort: str
    total: int
    all: int
    page: int
    pages: int


def documents_page(documents: Iterable[DocumentRow], wanted: Wanted) -> DocumentsPage:
    """The page of some documents."""
    every = tuple(documents)
    rows = wanted_rows(every, wanted, SORTS, lambda row: " ".join((*row.titles, row.title, row.number or "")))
    return DocumentsPage(
        tuple(rows.shown), wanted.words, wanted.sort or "citations", rows.total, len(every), rows.page, rows.pages
    )
