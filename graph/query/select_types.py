"""The queries behind a selection (graph/query/selection.py), by name, and their columns: as in row_types.py.

Each `tasks_…` gives the ids of the tasks that a predicate means; tasks that repeat another are never among them.
"""

from __future__ import annotations

from typing import Any

from graph.query.questions import DeadlineLevel, TaskDeadline
from graph.query.row_types import IdColumns, TableQuery
from ingest.model import DeadlineKind, Period, Precision, Record, Role


class OrderColumns(Record, frozen=True):
    """A task in the order of plans, and its first own or linked day."""

    id: str
    due: str | None


class AgainColumns(Record, frozen=True):
    """A task with a duty that recurs, and from when to when it does in its plan."""

    id: str
    every: Period | None
    recurs_from: str
    recurs_to: str


class HeldColumns(Record, frozen=True):
    """A task, and a thing that it has: a unit, document, plan or month, by its key."""

    key: str
    task_id: str


class SelectedColumns(Record, frozen=True):
    """A task, as `TaskRow`, without what it has."""

    id: str
    plan_id: str
    plan_title: str
    issued_on: str | None
    year: int | None
    region: str
    section_id: str
    section: str
    place: int
    text: str
    start: int
    end: int
    deadline: TaskDeadline


class DayColumns(Record, frozen=True):
    """A deadline that reaches a task."""

    task_id: str
    deadline_id: str
    text: str
    kind: DeadlineKind
    due: str | None
    every: Period | None
    min_count: int | None
    precision: Precision | None
    level: DeadlineLevel
    clause: str
    start: int
    end: int


class AimColumns(Record, frozen=True):
    """A target of a task."""

    task_id: str
    target_id: str
    subject: str
    op: str
    value: float
    unit: str
    text: str
    start: int
    end: int


class BasisColumns(Record, frozen=True):
    """A citation of a task, with the document that it means; `name` is the document's title."""

    task_id: str
    citation_id: str
    document_id: str
    name: str
    title: str
    number: str | None
    role: str


class UnitOfTask(Record, frozen=True):
    """A unit on a task, with its region."""

    unit_id: str
    name: str
    region: str
    role: Role
    task_id: str


class PlaceOfTask(Record, frozen=True):
    """Where a task stands."""

    task_id: str
    plan_id: str
    plan_title: str
    year: int | None
    region: str


TASKS_ALL = TableQuery("tasks_all", OrderColumns)
TASKS_OF_UNIT = TableQuery("tasks_of_unit", IdColumns)
TASKS_OF_HAT = TableQuery("tasks_of_hat", IdColumns)
TASKS_OF_PERSON = TableQuery("tasks_of_person", IdColumns)
TASKS_CITING = TableQuery("tasks_citing", IdColumns)
TASKS_DUE = TableQuery("tasks_due", OrderColumns)
TASKS_DUE_IN_YEAR = TableQuery("tasks_due_in_year", OrderColumns)
TASKS_DUE_AGAIN = TableQuery("tasks_due_again", AgainColumns)
TASKS_AGAIN = TableQuery("tasks_again", IdColumns)
TASKS_AIMING = TableQuery("tasks_aiming", IdColumns)
TASKS_WITH_ROLE = TableQuery("tasks_with_role", IdColumns)
TASKS_WITH_TARGET = TableQuery("tasks_with_target", IdColumns)
TASKS_WITH_CITATION = TableQuery("tasks_with_citation", IdColumns)
TASKS_WITH_MILESTONE = TableQuery("tasks_with_milestone", IdColumns)
TASKS_WITH_PERSON = TableQuery("tasks_with_person", IdColumns)
TASKS_WITH_GAP = TableQuery("tasks_with_gap", IdColumns)
TASKS_IN_SECTION = TableQuery("tasks_in_section", IdColumns)
TASKS_IN_PLAN = TableQuery("tasks_in_plan", IdColumns)
TASKS_OF_YEAR = TableQuery("tasks_of_year", IdColumns)
TASKS_OF_REGION = TableQuery("tasks_of_region", IdColumns)
TASK_ROWS = TableQuery("task_rows", SelectedColumns)
TASK_DAYS = TableQuery("task_days", DayColumns)
TASK_AIMS = TableQuery("task_aims", AimColumns)
TASK_BASES = TableQuery("task_bases", BasisColumns)
TASK_UNITS = TableQuery("task_units", UnitOfTask)
TASK_PLACES = TableQuery("task_places", PlaceOfTask)
HELD_UNITS = TableQuery("held_units", HeldColumns)
HELD_DOCUMENTS = TableQuery("held_documents", HeldColumns)
HELD_MONTHS = TableQuery("held_months", HeldColumns)
HELD_PLANS = TableQuery("held_plans", HeldColumns)

SELECTING: tuple[TableQuery[Any], ...] = (
    TASKS_ALL, TASKS_OF_UNIT, TASKS_OF_HAT, TASKS_OF_PERSON, TASKS_CITING, TASKS_DUE, TASKS_DUE_IN_YEAR,
    TASKS_DUE_AGAIN, TASKS_AGAIN, TASKS_AIMING, TASKS_WITH_ROLE, TASKS_WITH_TARGET, TASKS_WITH_CITATION,
    TASKS_WITH_MILESTONE, TASKS_WITH_PERSON,
    TASKS_WITH_GAP, TASKS_IN_SECTION, TASKS_IN_PLAN, TASKS_OF_YEAR, TASKS_OF_REGION, TASK_ROWS, TASK_DAYS, TASK_AIMS,
    TASK_BASES, TASK_UNITS, TASK_PLACES, HELD_UNITS, HELD_DOCUMENTS, HELD_MONTHS, HELD_PLANS,
)  # fmt: skip
"""All of them: what every store's file must hold."""
