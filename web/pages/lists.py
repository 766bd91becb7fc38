"""The lists (清单): what tasks lack, what the reader doubted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from graph.query import All, DoubtRow, GapCode, HasKind, InPlan, Lacks, PlanRow, Query
from graph.store import PAGE
from ingest.model import Record
from web.facts.by_task import TaskView
from web.pages.tasks import TasksPage

PER_PAGE = PAGE
"""Rows that one page of a list shows."""

Row = TypeVar("Row")


class GapsPage(Record, frozen=True):
    """Tasks that lack something: counts of all codes, and the list of the code asked for."""

    code: GapCode
    counts: dict[GapCode, int]
    plan: PlanRow | None
    tasks: TasksPage


_LACKING: Mapping[GapCode, HasKind] = {
    "no-unit": "unit", "no-lead": "lead", "only-vague": "clear-unit",
    "deadline-none": "any-deadline", "deadline-item": "own-deadline", "deadline-open": "set-deadline",
}  # fmt: skip


def gap_query(code: GapCode, plan: PlanRow | None) -> Query:
    """The tasks that lack something, of a plan where one is asked for."""
    return Query(All((Lacks(_LACKING[code]), *([InPlan((plan.id,))] if plan else []))))


class DoubtLine(Record, frozen=True):
    """A doubt with its plan's title, the id of its place in the text (None without one), the words and task there."""

    doubt: DoubtRow
    plan_title: str
    fact_id: str | None
    words: str = ""
    task: TaskView | None = None


class DoubtsOfCode(Record, frozen=True):
    """The doubts of one code that a page shows."""

    code: str
    lines: tuple[DoubtLine, ...]


class DoubtsPage(Record, frozen=True):
    """Doubts by code. `counts` are of all codes of the plan or library asked for."""

    counts: tuple[tuple[str, int], ...]
    code: str | None
    plan: PlanRow | None
    groups: tuple[DoubtsOfCode, ...]
    total: int
    page: int
    pages: int


def doubts_page(
    doubts: Sequence[DoubtRow],
    code: str | None,
    plan: PlanRow | None,
    line_of: Callable[[DoubtRow], DoubtLine],
    page: int,
) -> DoubtsPage:
    """The page of doubts; `line_of` finds a doubt's place."""
    counts = tuple(Counter(doubt.code for doubt in doubts).most_common())
    order = {each: nth for nth, (each, _) in enumerate(counts)}
    wanted = sorted((d for d in doubts if code in (None, d.code)), key=lambda doubt: order[doubt.code])
    pages = pages_of(len(wanted))
    page = min(page, pages)
    grouped = groupby(_cut(wanted, page), key=lambda doubt: doubt.code)
    groups = tuple(DoubtsOfCode(each, tuple(map(line_of, rows))) for each, rows in grouped)
    return DoubtsPage(counts, code, plan, groups, len(wanted), page, pages)


def pages_of(rows: int) -> int:
    """How many pages so many rows take."""
    return max(1, -(-rows // PER_PAGE))


def _cut(rows: Sequence[Row], page: int) -> Sequence[Row]:
    return rows[(page - 1) * PER_PAGE : page * PER_PAGE]
