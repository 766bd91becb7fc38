"""The queries behind the questions, by name, and the columns that their rows have in every store (列).

`questions.sql` and `questions.cypher` hold a query of each name here; its columns are called as the fields of its row.
Answers are made from these rows in graph/answers/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from graph.query.questions import DeadlineLevel, GapCode, PairCount, PlanRow, TaskDeadline, UnitCount
from ingest.model import CitationRole, DeadlineKind, Level, Period, Precision, Record, Role

HolderKind = Literal["plan", "task", "milestone"]
UnitKind = Literal["organization", "collective"]
Value = str | int | float | Sequence[str] | Sequence[int] | None


class IdColumns(Record, frozen=True):
    """The id of a thing that was found."""

    id: str


class UnitColumns(Record, frozen=True):
    """A unit, as `UnitRow`; `names` has for each plan a list in JSON."""

    id: str
    name: str
    kind: UnitKind
    level: Level | None
    region: str
    names: tuple[str, ...]
    lead: int
    support: int
    responsible: int
    as_hat: int
    plans: int


class NamedColumns(Record, frozen=True):
    """A unit as one of its plans has it."""

    id: str
    name: str
    kind: UnitKind
    region: str


class CollectiveColumns(Record, frozen=True):
    """A collective."""

    id: str
    name: str


class DutyColumns(Record, frozen=True):
    """A task with one of its assignments. `unit_id` and `unit` are the unit that the text names."""

    unit_id: str
    unit: str
    task_id: str
    plan_id: str
    plan_title: str
    issued_on: str | None
    section: str
    text: str
    role: Role
    stated: bool
    mention: str
    rule: str
    start: int
    end: int
    statement_start: int
    statement_end: int
    deadline: TaskDeadline


class DocumentColumns(Record, frozen=True):
    """A document, as `DocumentRow`; `titles` are those of its citations."""

    id: str
    title: str
    number: str | None
    plan_id: str | None
    titles: tuple[str | None, ...]
    citations: int
    plans: int


class RedirectColumns(Record, frozen=True):
    """The document that another id means."""

    document_id: str


class CitingColumns(Record, frozen=True):
    """A citation, as `Citing`, without whom it binds."""

    citation_id: str
    through: str | None
    title: str
    number: str | None
    role: CitationRole
    articles: tuple[str, ...]
    plan_id: str
    plan_title: str
    holder: HolderKind
    holder_id: str
    section: str
    sentence: str
    start: int
    end: int


class FixedColumns(Record, frozen=True):
    """A deadline with one day."""

    deadline_id: str
    due: str
    plan_id: str
    start: int
    end: int


class RecurringColumns(Record, frozen=True):
    """A deadline that recurs, and from when to when it does in its plan."""

    deadline_id: str
    every: Period | None
    plan_id: str
    start: int
    end: int
    recurs_from: str
    recurs_to: str


class DueColumns(Record, frozen=True):
    """A deadline, as `Due`, without its days and whom it binds."""

    deadline_id: str
    level: DeadlineLevel
    text: str
    kind: DeadlineKind
    every: Period | None
    min_count: int | None
    precision: Precision | None
    start: int
    end: int
    plan_id: str
    plan_title: str
    section_id: str
    section: str
    clause: str
    milestone_id: str | None


class ReachColumns(Record, frozen=True):
    """A task that a deadline or citation reaches."""

    fact_id: str
    task_id: str


class PartyColumns(Record, frozen=True):
    """A unit on a task."""

    task_id: str
    unit_id: str
    name: str
    role: Role
    stated: bool


class GapColumns(Record, frozen=True):
    """A task that lacks something."""

    code: GapCode
    task_id: str
    plan_id: str
    plan_title: str
    section: str
    text: str


class GapCountColumns(Record, frozen=True):
    """How many tasks lack something."""

    code: GapCode
    tasks: int


class DoubtColumns(Record, frozen=True):
    """A doubt of a plan's reading."""

    id: str
    plan_id: str
    code: str
    params: dict[str, str]
    start: int
    end: int


class ClashColumns(Record, frozen=True):
    """A number that was given to a title (`other`) that is not its document's (`title`)."""

    number: str
    title: str
    other: str


class NodeColumns(Record, frozen=True):
    """A node of one kind."""

    id: str
    label: str
    plan_id: str | None


class EdgeColumns(Record, frozen=True):
    """An edge of one kind between the ids of two nodes."""

    source: str
    target: str
    detail: str


class CiteColumns(Record, frozen=True):
    """An edge from what holds a citation to the document that it means."""

    holder: HolderKind
    holder_id: str
    document_id: str
    role: CitationRole


RowOf = TypeVar("RowOf", bound=Record)


@dataclass(frozen=True)
class TableQuery(Generic[RowOf]):
    """A query that every store has under this name, and what its rows are decoded into."""

    name: str
    row: type[RowOf]


class Rows(Protocol):
    """The rows of a query of one generation. A query uses those of the values that it names."""

    def __call__(self, query: TableQuery[RowOf], /, **values: Value) -> list[RowOf]: ...


PLAN_KNOWN = TableQuery("plan_known", IdColumns)
WAS_REMOVED = TableQuery("was_removed", IdColumns)
PLANS = TableQuery("plans", PlanRow)
UNITS = TableQuery("units", UnitColumns)
NAMED = TableQuery("named", NamedColumns)
DUTIES = TableQuery("duties", DutyColumns)
COLLECTIVES = TableQuery("collectives", CollectiveColumns)
DOCUMENTS = TableQuery("documents", DocumentColumns)
REDIRECT = TableQuery("redirect", RedirectColumns)
CITING = TableQuery("citing", CitingColumns)
DUE_BY_DAY = TableQuery("due_by_day", FixedColumns)
DUE_AGAIN = TableQuery("due_again", RecurringColumns)
DUE = TableQuery("due", DueColumns)
REACHED = TableQuery("reached", ReachColumns)
PARTIES = TableQuery("parties", PartyColumns)
GAPS = TableQuery("gaps", GapColumns)
GAP_COUNTS = TableQuery("gap_counts", GapCountColumns)
DOUBTS = TableQuery("doubts", DoubtColumns)
CLASHES = TableQuery("clashes", ClashColumns)
UNIT_COUNTS = TableQuery("unit_counts", UnitCount)
PAIR_COUNTS = TableQuery("pair_counts", PairCount)

QUERIES: tuple[TableQuery[Any], ...] = (
    PLAN_KNOWN, WAS_REMOVED, PLANS, UNITS, NAMED, DUTIES, COLLECTIVES, DOCUMENTS, REDIRECT, CITING,
    DUE_BY_DAY, DUE_AGAIN, DUE, REACHED, PARTIES, GAPS, GAP_COUNTS, DOUBTS, CLASHES,
    UNIT_COUNTS, PAIR_COUNTS,
)  # fmt: skip
"""All queries: what every store's file must hold."""
