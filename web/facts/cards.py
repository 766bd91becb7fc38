"""Every fact of a plan as a card (事实): what the page says, what it was read as, by which rule, for which task."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from graph.query import DeadlineLevel
from ingest import PLAIN
from ingest.model import Deadline, Milestone, Record, Span, Task, doubts_by_id, fact_id
from web.facts.by_task import (
    CitationOnTask,
    DeadlineOnTask,
    FactOnTask,
    PlanFacts,
    TargetOnTask,
    UnitOnTask,
    citation_on,
    fact_on,
    target_on,
)

_LONGEST_HEADER_FIELD = 300
"""Characters that a mark of the header may cover."""


class FactCard(Record, frozen=True):
    """A fact: its id, kind, words and span in the source; what it was read as (one of the fields after `rule`).

    `kind` is unit, header, doubt or the mark of a kind of fact, or task or milestone for what holds facts.
    `task_id` is the task that it is about; `previous` and `next` are the facts before and after it in the text.
    """

    id: str
    kind: str
    words: str
    span: Span
    role: str = ""
    inferred: bool = False
    task_id: str | None = None
    task_text: str = ""
    section: str = ""
    previous: str | None = None
    next: str | None = None
    rule: str = ""
    unit: UnitOnTask | None = None
    deadline: DeadlineOnTask | None = None
    citation: CitationOnTask | None = None
    target: TargetOnTask | None = None
    fact: FactOnTask | None = None
    header_field: str = ""
    doubt_code: str = ""
    doubt_params: dict[str, str] = {}


def facts_of(facts: PlanFacts, text: str) -> Iterator[FactCard]:
    """Every fact that is marked in the text: of the header, of tasks and milestones, and the doubts."""
    plan = facts.plan
    for nth, evidence in enumerate(plan.header.evidence, 1):
        card = _card(fact_id(plan.id, "header", nth), "header", evidence.span, text)
        if evidence.span.start < evidence.span.end <= evidence.span.start + _LONGEST_HEADER_FIELD:
            yield replace(card, header_field=evidence.field, rule=evidence.rule)
    for nth, citation in enumerate(plan.citations, 1):
        card = _card(fact_id(plan.id, "citation", nth), "document", citation.span, text)
        yield replace(card, citation=citation_on(card.id, citation), rule=citation.rule)
    tasks = {task.id: task for task in plan.tasks}
    for task in plan.tasks:
        yield from _units(task, facts, text)
        yield from _held(task, task, text)
    for milestone in plan.milestones:
        yield from _held(milestone, tasks.get(milestone.task or ""), text)
    for id, doubt in doubts_by_id(plan).items():
        if doubt.span.start < doubt.span.end:
            card = _card(id, "doubt", doubt.span, text)
            yield replace(card, doubt_code=doubt.code, doubt_params=doubt.params)


def holders_of(facts: PlanFacts, text: str) -> Iterator[FactCard]:
    """Tasks and milestones, which can be selected too."""
    tasks = {task.id: task for task in facts.plan.tasks}
    for task in facts.plan.tasks:
        yield _about(_card(task.id, "task", task.span, text), task)
    for milestone in facts.plan.milestones:
        yield _about(_card(milestone.id, "milestone", milestone.span, text), tasks.get(milestone.task or ""))


def _units(task: Task, facts: PlanFacts, text: str) -> Iterator[FactCard]:
    view = facts.tasks.get(task.id)
    for unit in view.units if view else ():
        card = _about(_card(unit.fact_id, "unit", unit.span, text), task)
        yield replace(card, role=unit.role, inferred=not unit.stated, unit=unit, rule=unit.rule)


def _held(holder: Task | Milestone, task: Task | None, text: str) -> Iterator[FactCard]:
    """The facts of a task or milestone."""
    for nth, deadline in enumerate(holder.deadlines, 1):
        card = _about(_card(fact_id(holder.id, "deadline", nth), "deadline", deadline.span, text), task)
        shown = _deadline(card.id, deadline, holder)
        yield replace(card, inferred=shown.level == "item", deadline=shown, rule=deadline.rule)
    for nth, target in enumerate(holder.targets, 1):
        card = _about(_card(fact_id(holder.id, "target", nth), "target", target.span, text), task)
        yield replace(card, target=target_on(card.id, target), rule=target.rule)
    for nth, citation in enumerate(holder.citations, 1):
        card = _about(_card(fact_id(holder.id, "citation", nth), "document", citation.span, text), task)
        yield replace(card, citation=citation_on(card.id, citation), rule=citation.rule)
    for kind in PLAIN:
        for nth, fact in enumerate(holder.facts_as(kind.record), 1):
            card = _about(_card(fact_id(holder.id, kind.name, nth), kind.shown_as, fact.span, text), task)
            yield replace(card, fact=fact_on(card.id, kind, fact), rule=fact.rule)


def _deadline(id: str, deadline: Deadline, holder: Task | Milestone) -> DeadlineOnTask:
    milestone = holder if isinstance(holder, Milestone) else None
    level: DeadlineLevel = "own" if milestone is None else "linked" if milestone.task else "item"
    return DeadlineOnTask(
        id, level, deadline.text, deadline.kind, deadline.due, deadline.every, deadline.min_count, deadline.precision,
        deadline.rule, milestone.text if milestone else "", milestone.id if milestone else None, deadline.span,
    )  # fmt: skip


def _card(id: str, kind: str, span: Span, text: str) -> FactCard:
    return FactCard(id, kind, "".join(span.of(text).split()), span)


def _about(card: FactCard, task: Task | None) -> FactCard:
    if task is None:
        return card
    return replace(card, task_id=task.same_as or task.id, task_text=task.text, section=task.section)
