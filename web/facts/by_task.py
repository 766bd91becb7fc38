"""What pages have in common (页面内容): a task with its units, deadlines, documents and targets, as any page shows it.

Contexts hold ids, words as written, codes and ISO dates, never sentences; HTML and JSON are made from the same ones.
Each page's own record stands in `web/pages/` beside the pure function that builds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph import reached
from graph.query import DeadlineLevel, UnitRow
from ingest import PLAIN, FactKind, document_id
from ingest.model import (
    Citation,
    CitationRole,
    Deadline,
    DeadlineKind,
    Declaration,
    Fact,
    Milestone,
    Operator,
    Period,
    Plan,
    Precision,
    Record,
    Resolution,
    Role,
    Section,
    Span,
    Target,
    Task,
    Unit,
    fact_id,
)

ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
"""The order in which roles are shown: 牵头, 负责, 配合."""


class UnitOnTask(Record, frozen=True):
    """A unit on a task: canonical name, how it is written (`mention`), its second nameplate, why (`rule`), where.

    `hat_id` is the id of the second nameplate's own unit, where the library knows it; `stated_by` the sentence that
    states the role where it does not stand at the name (列第一位者为牵头单位).
    """

    fact_id: str
    unit_id: str
    name: str
    collective: bool
    role: Role
    stated: bool
    mention: str
    hat: str | None
    hat_id: str | None
    rule: str
    span: Span
    stated_by: Declaration | None = None


class DeadlineOnTask(Record, frozen=True):
    """A deadline that reaches a task, at which level, and the clause (工作进度) that says it, "" for the task."""

    fact_id: str
    level: DeadlineLevel
    text: str
    kind: DeadlineKind
    due: str | None
    every: Period | None
    min_count: int | None
    precision: Precision | None
    rule: str
    clause: str
    milestone_id: str | None
    span: Span


class CitationOnTask(Record, frozen=True):
    """A document that a task or one of its clauses cites."""

    fact_id: str
    document_id: str
    title: str
    number: str | None
    role: CitationRole
    articles: tuple[str, ...]
    rule: str
    span: Span


class TargetOnTask(Record, frozen=True):
    """A target of a task or of one of its clauses."""

    fact_id: str
    subject: str
    op: Operator
    value: float
    unit: str
    text: str
    rule: str
    span: Span


class FactOnTask(Record, frozen=True):
    """A fact of a plain kind of a task or of one of its clauses: its words, and the values of its shown fields."""

    fact_id: str
    kind: str
    text: str
    values: dict[str, str | int | float]
    rule: str
    span: Span


class TaskView(Record, frozen=True):
    """A task with every fact that reaches it. `section` is its section's number, `section_title` the title."""

    id: str
    plan_id: str
    plan_title: str
    section_id: str
    section: str
    section_title: str
    text: str
    units: tuple[UnitOnTask, ...]
    deadlines: tuple[DeadlineOnTask, ...]
    citations: tuple[CitationOnTask, ...]
    targets: tuple[TargetOnTask, ...]
    span: Span
    statements: tuple[Span, ...]
    facts: tuple[FactOnTask, ...] = ()

    def units_as(self, role: Role) -> tuple[UnitOnTask, ...]:
        """The units in one role, as the text orders them."""
        return tuple(unit for unit in self.units if unit.role == role)

    @property
    def deadlines_once(self) -> tuple[DeadlineOnTask, ...]:
        """The deadlines without those that say the same words and day again at the same level."""
        found: dict[tuple[object, ...], DeadlineOnTask] = {}
        for each in self.deadlines:
            found.setdefault((each.level, each.text, each.due, each.every, each.min_count), each)
        return tuple(found.values())


@dataclass(frozen=True)
class PlanFacts:
    """A plan, which unit each mention means, and its tasks with every fact; rows that repeat a task are told as it."""

    plan: Plan
    resolution: Resolution
    tasks: Mapping[str, TaskView]
    sections: Mapping[str, Section]

    def task(self, task_id: str) -> TaskView | None:
        """The task of this id; that of the body for a row that repeats one."""
        repeated = next((task.same_as for task in self.plan.tasks if task.id == task_id), None)
        return self.tasks.get(repeated or task_id)

    def above(self, section_id: str | None) -> tuple[Section, ...]:
        """The section and those above it, the highest first."""
        found: list[Section] = []
        while section_id and (section := self.sections.get(section_id)):
            found.append(section)
            section_id = section.parent
        return tuple(reversed(found))


def plan_facts(plan: Plan, resolution: Resolution, rows: Sequence[UnitRow]) -> PlanFacts:
    """A plan's facts by task; `rows` are the store's units of the plan, second nameplates among them."""
    sections = {section.id: section for section in plan.sections}
    hats = {row.name: row.id for row in rows if row.as_hat}
    units = {unit.id: unit for unit in resolution.units}
    deadlines = _deadlines(plan)
    holders = _holders(plan)
    views: dict[str, TaskView] = {}
    for task in plan.tasks:
        if task.same_as is None:
            section = sections.get(task.section_id)
            here = holders[task.id]
            views[task.id] = TaskView(
                task.id, plan.id, plan.header.title, task.section_id, task.section, section.title if section else "",
                task.text, tuple(_units(task, resolution, units, hats)), tuple(deadlines.get(task.id, ())),
                _citations(here), _targets(here),
                task.span, task.statements, _plain(here),
            )  # fmt: skip
    return PlanFacts(plan, resolution, views, sections)


def _units(
    task: Task, resolution: Resolution, units: Mapping[str, Unit], hats: Mapping[str, str]
) -> Iterator[UnitOnTask]:
    for ordinal, assignment in enumerate(task.assignments, 1):
        mention = assignment.mention
        unit = units.get(resolution.unit_ids.get(mention.span.start, ""))
        if unit is not None:
            yield UnitOnTask(
                fact_id(task.id, "assignment", ordinal), unit.id, unit.name, unit.kind == "collective",
                assignment.role, assignment.stated, mention.text, mention.hat, hats.get(mention.hat or ""),
                assignment.rule, mention.span, assignment.stated_by,
            )  # fmt: skip


def _deadlines(plan: Plan) -> dict[str, list[DeadlineOnTask]]:
    """The deadlines of each task, its own first, those of a whole item last."""
    found: dict[str, list[DeadlineOnTask]] = {}
    order: dict[DeadlineLevel, int] = {"own": 0, "linked": 1, "item": 2}
    ordinals: dict[str, int] = {}
    for level, deadline, task, milestone, tasks in reached(plan):
        holder = milestone.id if milestone else task.id if task else plan.id
        ordinals[holder] = ordinals.get(holder, 0) + 1
        shown = _deadline(fact_id(holder, "deadline", ordinals[holder]), level, deadline, milestone)
        for task_id in tasks:
            found.setdefault(task_id, []).append(shown)
    for deadlines in found.values():
        deadlines.sort(key=lambda each: (order[each.level], each.due or "9999"))
    return found


def _deadline(id: str, level: DeadlineLevel, deadline: Deadline, milestone: Milestone | None) -> DeadlineOnTask:
    return DeadlineOnTask(
        id, level, deadline.text, deadline.kind, deadline.due, deadline.every, deadline.min_count, deadline.precision,
        deadline.rule, milestone.text if milestone else "", milestone.id if milestone else None, deadline.span,
    )  # fmt: skip


def _holders(plan: Plan) -> dict[str, list[Task | Milestone]]:
    """Of each task of the body the task, the rows that repeat it and the clauses about any of these."""
    bodies = {task.id: task.same_as or task.id for task in plan.tasks}
    holders: dict[str, list[Task | Milestone]] = {task.id: [task] for task in plan.tasks if task.same_as is None}
    for task in plan.tasks:
        if task.same_as in holders:
            holders[task.same_as].append(task)
    for milestone in plan.milestones:
        if (body := bodies.get(milestone.task or "")) in holders:
            holders[body].append(milestone)
    return holders


def _citations(holders: Iterable[Task | Milestone]) -> tuple[CitationOnTask, ...]:
    found: dict[tuple[object, ...], CitationOnTask] = {}
    for holder in holders:
        for ordinal, citation in enumerate(holder.citations, 1):
            found.setdefault(citation.same, citation_on(fact_id(holder.id, "citation", ordinal), citation))
    return tuple(found.values())


def citation_on(id: str, citation: Citation) -> CitationOnTask:
    """A citation as pages show it; `id` is its fact's."""
    title, number = citation.meant
    return CitationOnTask(
        id, document_id(title, number), title, number,
        citation.role, citation.articles, citation.rule, citation.span,
    )  # fmt: skip


def _plain(holders: Sequence[Task | Milestone]) -> tuple[FactOnTask, ...]:
    """The facts of the plain kinds, each once."""
    found: dict[tuple[object, ...], FactOnTask] = {}
    for kind in PLAIN:
        for holder in holders:
            for ordinal, fact in enumerate(holder.facts_as(kind.record), 1):
                shown = fact_on(fact_id(holder.id, kind.name, ordinal), kind, fact)
                found.setdefault((kind.name, *fact.same), shown)
    return tuple(found.values())


def fact_on(id: str, kind: FactKind, fact: Fact) -> FactOnTask:
    """A fact of a plain kind as pages show it, without values that the text does not give."""
    values = {field.name: getattr(fact, field.name) for field in kind.fields}
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return FactOnTask(id, kind.name, fact.words, given, fact.rule, fact.span)


def _targets(holders: Iterable[Task | Milestone]) -> tuple[TargetOnTask, ...]:
    found: dict[tuple[object, ...], TargetOnTask] = {}
    for holder in holders:
        for ordinal, target in enumerate(holder.targets, 1):
            found.setdefault(target.same, target_on(fact_id(holder.id, "target", ordinal), target))
    return tuple(found.values())


def target_on(id: str, target: Target) -> TargetOnTask:
    """A target as pages show it; `id` is its fact's."""
    return TargetOnTask(id, target.subject, target.op, target.value, target.unit, target.text, target.rule, target.span)
