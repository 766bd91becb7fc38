"""The plan page (文件): its header as of a 公文, outline with counts, doubts, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from graph.query import DoubtRow, GapCode, PlanRow, UnitRow, VersionRow
from ingest.model import Header, Record, Section
from web.facts.by_task import PlanFacts, TaskView
from web.pages.rows import TaskList

TASKS = 500
"""Tasks of the list that the page shows."""

OUTLINE, VERSIONS = 500, 50
"""Sections of the outline and versions that the page shows."""


class OutlineLine(Record, frozen=True):
    """A section with how many tasks and milestones it holds, those beneath it included. `depth` counts from 0."""

    section: Section
    depth: int
    tasks: int
    milestones: int


class PlanPage(Record, frozen=True):
    """A plan. `outline` has at most `OUTLINE` sections, `versions` the newest, at most `VERSIONS` of `versions_total`.
    `tasks` are the first `TASKS` tasks in the order of the text; `units` is how many units there are in all.
    `doubts` counts by code; coverage stands in `row`, in characters.
    """

    row: PlanRow
    header: Header
    outline: tuple[OutlineLine, ...]
    units: int
    doubts: tuple[tuple[str, int], ...]
    gaps: dict[GapCode, int]
    tasks: TaskList
    versions: tuple[VersionRow, ...]
    versions_total: int


class StoredPlan(Record, frozen=True):
    """What the store says of a plan; `units` are those of the plan, most tasks first, `tasks` its list."""

    row: PlanRow
    units: Sequence[UnitRow]
    doubts: Sequence[DoubtRow]
    gaps: dict[GapCode, int]
    versions: Sequence[VersionRow]
    tasks: TaskList


def plan_page(stored: StoredPlan, facts: PlanFacts) -> PlanPage:
    """The page of a plan."""
    tasks = tuple(facts.tasks.values())
    outline = tuple(_outline(facts, tasks))
    named = {unit.unit_id for task in tasks for unit in task.units}
    return PlanPage(
        stored.row,
        facts.plan.header,
        outline[:OUTLINE],
        len(named),
        tuple(Counter(doubt.code for doubt in stored.doubts).most_common()),
        stored.gaps,
        stored.tasks,
        tuple(stored.versions[:VERSIONS]),
        len(stored.versions),
    )


def _outline(facts: PlanFacts, tasks: Sequence[TaskView]) -> Iterator[OutlineLine]:
    tasks_in = _counted(facts, [task.section_id for task in tasks])
    milestones_in = _counted(facts, [milestone.section_id for milestone in facts.plan.milestones])
    for section in facts.plan.sections:
        depth = len(facts.above(section.id)) - 1
        yield OutlineLine(section, depth, tasks_in[section.id], milestones_in[section.id])


def _counted(facts: PlanFacts, section_ids: Sequence[str]) -> Counter[str]:
    return Counter(above.id for section_id in section_ids for above in facts.above(section_id))
