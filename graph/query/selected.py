"""What a query finds (查得): tasks with what is shown of them, and what the tasks have, counted."""

from __future__ import annotations

from graph.query.questions import DeadlineLevel, Party, TaskDeadline
from ingest.model import DeadlineKind, Period, Precision, Record, Span


class TaskDay(Record, frozen=True):
    """A deadline that reaches a task: `due` is its ISO day where it has one, `text` its words, `clause` the sentence
    of a milestone (工作进度) that says it, "" where the task itself does."""

    deadline_id: str
    text: str
    kind: DeadlineKind
    due: str | None
    every: Period | None
    min_count: int | None
    precision: Precision | None
    level: DeadlineLevel
    clause: str
    span: Span


class TaskAim(Record, frozen=True):
    """A target of a task."""

    target_id: str
    subject: str
    op: str
    value: float
    unit: str
    text: str
    span: Span


class TaskBasis(Record, frozen=True):
    """A document that a task cites: the document's id, and title and number as written there."""

    citation_id: str
    document_id: str
    title: str
    number: str | None
    role: str


class TaskRow(Record, frozen=True):
    """A task of a list. `place` is its place in the plan, `span` characters of the plan's source text."""

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
    span: Span
    deadline: TaskDeadline
    parties: tuple[Party, ...]
    days: tuple[TaskDay, ...]
    aims: tuple[TaskAim, ...]
    bases: tuple[TaskBasis, ...]


class Selection(Record, frozen=True):
    """All ids of the tasks meant, in order, and the rows of one part of them."""

    ids: tuple[str, ...]
    rows: tuple[TaskRow, ...]
    generation: int


class Tally(Record, frozen=True):
    """A thing that some of the tasks have: its key (an id, a month 2021-12, a year), what to call it, where it is from
    (a unit's region, a document's number), and which tasks, by role where it is a unit."""

    key: str
    label: str
    detail: str
    tasks: tuple[str, ...]
    lead: int = 0
    responsible: int = 0
    support: int = 0


class Counted(Record, frozen=True):
    """A thing that some of the tasks have, as `Tally`, with how many of them; a unit by its name or by a nameplate."""

    key: str
    label: str
    detail: str
    tasks: int
