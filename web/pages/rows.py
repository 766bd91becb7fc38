"""A row of a list of tasks (清单行), the same on every page: where a task stands, what it says, who and by when."""

from __future__ import annotations

from collections.abc import Sequence

from graph.query import DeadlineLevel, Party, TaskBasis, TaskDay, TaskRow
from ingest.model import Period, Record, Role


class RowUnit(Record, frozen=True):
    """A unit on the task; `stated` is False where its role is inferred (推定)."""

    id: str
    name: str
    role: Role
    stated: bool


class RowDay(Record, frozen=True):
    """A deadline that reaches the task: its words and ISO day, how it recurs, at which level it reaches it, the clause
    (工作进度) that says it ("" for the task itself), and the fact that holds the words."""

    text: str
    due: str | None
    every: Period | None
    level: DeadlineLevel
    clause: str
    fact_id: str


class RowDocument(Record, frozen=True):
    """A document that the task cites."""

    id: str
    title: str
    number: str | None


class ReplyRow(Record, frozen=True):
    """A task of a list or of an answer; each of its units once, in the highest of its roles."""

    task: str
    plan: str
    plan_title: str
    region: str
    section: str
    quote: str
    units: tuple[RowUnit, ...]
    deadlines: tuple[RowDay, ...]
    targets: tuple[str, ...]
    documents: tuple[RowDocument, ...]


class TaskList(Record, frozen=True):
    """A list that stands on a page: how many tasks it has, the first of them, and the address (`url`) of all."""

    url: str
    total: int
    rows: tuple[ReplyRow, ...]


class Shared(Record, frozen=True):
    """A thing that some tasks of a list have: how many of them, and the address of these."""

    id: str
    name: str
    detail: str
    count: int
    url: str


def row_view(row: TaskRow) -> ReplyRow:
    """A task of a list as it is shown."""
    return ReplyRow(
        row.id,
        row.plan_id,
        row.plan_title,
        row.region,
        row.section,
        row.text,
        _units(row.parties),
        _days(row.days),
        tuple(aim.text for aim in row.aims),
        tuple({each.document_id: _document(each) for each in row.bases}.values()),
    )


def _units(parties: Sequence[Party]) -> tuple[RowUnit, ...]:
    """The units by role, each once: one that a text names in two (牵头单位 and 责任单位) in the higher of them."""
    order: tuple[Role, ...] = ("lead", "responsible", "support")
    shown: dict[str, RowUnit] = {}
    for party in sorted(parties, key=lambda each: order.index(each.role)):
        shown.setdefault(party.unit_id, RowUnit(party.unit_id, party.name, party.role, party.stated))
    return tuple(shown.values())


def _document(basis: TaskBasis) -> RowDocument:
    return RowDocument(basis.document_id, basis.title, basis.number)


def _days(days: Sequence[TaskDay]) -> tuple[RowDay, ...]:
    """The deadlines, those of the task itself first, each once that says the same words and day at the same level."""
    order: dict[DeadlineLevel, int] = {"own": 0, "linked": 1, "item": 2}
    found: dict[tuple[object, ...], RowDay] = {}
    for each in sorted(days, key=lambda day: (order[day.level], day.due or "9999")):
        shown = RowDay(each.text, each.due, each.every, each.level, each.clause, each.deadline_id)
        found.setdefault((each.level, each.text, each.due, each.every), shown)
    return tuple(found.values())
