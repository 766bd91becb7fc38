"""The plans of a library (文件), sorted by any column, narrowed by words of title, number, issuer and region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.query import PlanRow
from ingest.model import Record
from web.pages.held.sorting import SortKey, Wanted, wanted_rows


def day_of(plan: PlanRow) -> str:
    """The day of a plan: that of its issue, else the first of its year; "" where nothing is known."""
    return plan.issued_on or (f"{plan.year:04}-01-01" if plan.year else "")


SORTS: Mapping[str, SortKey] = {
    "date": lambda plan: [-ord(sign) for sign in day_of(plan)] or [0],
    "title": lambda plan: plan.title,
    "region": lambda plan: (plan.region, plan.title),
    "tasks": lambda plan: (-plan.tasks, plan.title),
    "doubts": lambda plan: (-plan.doubts, plan.title),
}
"""What plans are sorted by: the newest first, most tasks first …"""


class PlansPage(Record, frozen=True):
    """A page of the plans: `total` of the `all` of the library hold the `query`'s words; sorted by `sort`."""

    plans: tuple[PlanRow, ...]
    query: str
    sort: str
    total: int
    all: int
    page: int
    pages: int


def plans_page(plans: Iterable[PlanRow], wanted: Wanted) -> PlansPage:
    """The page of some plans."""
    every = tuple(plans)
    rows = wanted_rows(every, wanted, SORTS, _words)
    return PlansPage(
        tuple(rows.shown), wanted.words, wanted.sort or "date", rows.total, len(every), rows.page, rows.pages
    )


def _words(plan: PlanRow) -> str:
    return " ".join(filter(None, (plan.title, plan.document_number, plan.issuer, plan.region, str(plan.year or ""))))
