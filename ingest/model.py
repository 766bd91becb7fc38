"""The records of what a page says (记录): frozen, typed, and the same in JSON.

Every fact carries a `Span` into the source text and the id of the `rule` that made it. Records hold codes and
values, never sentences: sentences are made where they are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union

import msgspec

from ingest.base import (
    Cell,
    Doubt,
    Evidence,
    Header,
    Level,
    Page,
    Record,
    Region,
    Source,
    Span,
    StyledHeading,
)
from ingest.facts import FACTS
from ingest.facts.citation import Citation, CitationRole
from ingest.facts.days import Precision
from ingest.facts.deadline import Deadline, DeadlineKind, Period
from ingest.facts.kind import Fact
from ingest.facts.reference import Reference
from ingest.facts.target import Operator, Target

__all__ = [
    "Assignment", "Cell", "Citation", "CitationRole", "Coverage", "Deadline", "DeadlineKind", "Declaration", "Doubt",
    "Evidence",
    "Fact", "Header", "Level", "Mention", "Milestone", "Operator", "Page", "Period", "Person", "Plan",
    "Precision", "Record", "Reference", "Region", "Resolution", "Role", "RowCell", "Section", "Source", "Span",
    "StyledHeading", "Target", "Task", "TaskForm", "Unit",
    "fact_id", "from_json", "to_json",
]  # fmt: skip

if TYPE_CHECKING:
    AnyFact = Fact
else:
    AnyFact = Union[tuple(kind.record for kind in FACTS)]  # noqa: UP007  (made of a table)

Kind = TypeVar("Kind", bound=Fact)
Role = Literal["lead", "support", "responsible"]
"""角色: 牵头, 配合, 负责 (alone or 按职责分工)."""
TaskForm = Literal["bracket", "label", "cell", "sentence", "duties"]
"""Where a task is assigned: in a bracket, a labelled line, a table, a sentence, a list of duties by unit."""


class Section(Record, frozen=True):
    """章节: a node of the outline. `level` 0 is an annex, 1 一、, 2 （一）, 3 1., 4 （1）, 5 ①."""

    id: str
    number: str
    title: str
    level: int
    parent: str | None
    span: Span
    heading: Span


class Mention(Record, frozen=True):
    """提及: how a unit is written at one place. `prefix` is the 省/市/区/县 in force over the list it stands in."""

    text: str
    prefix: str
    hat: str | None
    span: Span


class Declaration(Record, frozen=True):
    """声明: a sentence that states a role for the units of other statements: 列第一位者为牵头单位，下同."""

    text: str
    span: Span


class Assignment(Record, frozen=True):
    """责任: one mentioned unit's role in one task; `stated` is false where the role was inferred (推定).

    `stated_by` is the sentence that states the role where it does not stand at the unit's name.
    """

    mention: Mention
    role: Role
    stated: bool
    rule: str
    statement: Span
    stated_by: Declaration | None = None


class Person(Record, frozen=True):
    """责任领导: a person named beside units, never a unit; `label` is the word that introduces the name."""

    name: str
    label: str
    span: Span


class RowCell(Record, frozen=True):
    """表行单元格: a cell of the table row that a task is, and the head of its column ("" where it has none)."""

    head: str
    text: str
    span: Span


class Holder(Record, frozen=True, kw_only=True):
    """What holds facts: kind after kind in the order of `FACTS`, those of one kind as the text orders them."""

    facts: tuple[AnyFact, ...]

    def facts_as(self, record: type[Kind]) -> tuple[Kind, ...]:
        """The facts of one kind, which has none below it."""
        return tuple(fact for fact in self.facts if type(fact) is record)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The documents cited."""
        return self.facts_as(Citation)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The deadlines of its own words."""
        return self.facts_as(Deadline)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets."""
        return self.facts_as(Target)


class Task(Holder, frozen=True):
    """任务: the text that one responsibility statement governs, with every fact that it holds.

    `statements` are the places that assign it (a bracket, a labelled line, cells of a row); `same_as` is the
    body task that a table row repeats; `cells` are all cells of that row, from left to right; `form` is how it is said
    who does it.
    """

    id: str
    section_id: str
    section: str
    text: str
    span: Span
    statements: tuple[Span, ...]
    assignments: tuple[Assignment, ...]
    people: tuple[Person, ...] = ()
    same_as: str | None = None
    cells: tuple[RowCell, ...] = ()
    form: TaskForm = "bracket"


class Milestone(Holder, frozen=True):
    """工作进度: one clause of a progress paragraph; `task` is the task that it is about, if it is about one."""

    id: str
    section_id: str
    section: str
    text: str
    task: str | None
    span: Span


class Coverage(Record, frozen=True):
    """How much of the responsibility-like text the rules consumed, in characters, and what they left unread.

    `classes` are the characters of all the source by what they were taken for (`ingest/ledger/classes.py`).
    """

    consumed: int
    total: int
    unread: tuple[Span, ...] = ()
    classes: dict[str, int] = {}

    @property
    def ratio(self) -> float:
        """Consumed share, 1.0 where there is nothing to consume."""
        return self.consumed / self.total if self.total else 1.0


class Plan(Record, frozen=True):
    """文件: one document, read. `citations` are those outside any task or milestone."""

    id: str
    header: Header
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    milestones: tuple[Milestone, ...]
    citations: tuple[Citation, ...]
    doubts: tuple[Doubt, ...]
    coverage: Coverage


class Unit(Record, frozen=True):
    """单位: an organisation of a region and level, or a collective (泛指) such as 各乡镇（街道）."""

    id: str
    name: str
    kind: Literal["organization", "collective"]
    level: Level | None
    region: str
    names: tuple[str, ...]


class Resolution(Record, frozen=True):
    """Which unit each mention means: `unit_ids` maps the start of a mention's span to the id of its unit."""

    units: tuple[Unit, ...]
    unit_ids: dict[int, str]


def to_json(plan: Plan) -> bytes:
    """The plan as UTF-8 JSON; `from_json(to_json(plan)) == plan`."""
    return msgspec.json.encode(plan)


def from_json(data: bytes) -> Plan:
    """The plan that `to_json` wrote, today or when each kind of fact had a field of its own.

    Raises `msgspec.DecodeError` on anything else.
    """
    try:
        return msgspec.json.decode(data, type=Plan)
    except msgspec.ValidationError as error:
        try:
            former = _with_facts(msgspec.json.decode(data))
        except (AttributeError, KeyError, TypeError):
            raise error from None
        return msgspec.convert(former, Plan)


_FORMER = {"citations": "citation", "deadlines": "deadline", "targets": "target"}
"""The fields that tasks and milestones had for each kind of fact."""


def _with_facts(plan: Any) -> Any:
    """A plan as it was written when each kind of fact had a field of its own, in today's form."""
    for holder in (*plan["tasks"], *plan["milestones"]):
        former = ((kind, holder.pop(name, ())) for name, kind in _FORMER.items())
        holder.setdefault("facts", [{**fact, "type": kind} for kind, facts in former for fact in facts])
    return plan


def fact_id(holder_id: str, kind: str, ordinal: int) -> str:
    """Id of a fact: the task's or milestone's id, the kind of fact and its place (from 1) among them."""
    return f"{holder_id}.{kind}-{ordinal}"


def doubts_by_id(plan: Plan) -> dict[str, Doubt]:
    """The doubts of a plan by their ids, in its order: stores, exports and pages number them here and nowhere else."""
    return {fact_id(plan.id, "doubt", nth): doubt for nth, doubt in enumerate(plan.doubts, 1)}
