"""The plan page (文件): its header as of a 公文, outline with counts, who has what in which part, doubts, coverage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from graph.query import DoubtRow, GapCode, PlanRow, UnitRow, VersionRow
from ingest.model import Header, Record, Role, Section
from web.facts.by_task import ROLES, PlanFacts, TaskView
from web.pages.rows import TaskList

MATRIX_ROWS, MATRIX_COLUMNS, TASKS = 300, 24, 500
"""Units and parts of the matrix and tasks of the list that the page shows."""

OUTLINE, VERSIONS = 500, 50
"""Sections of the outline and versions that the page shows."""


class OutlineLine(Record, frozen=True):
    """A section with how many tasks and milestones it holds, those beneath it included. `depth` counts from 0."""

    section: Section
    depth: int
    tasks: int
    milestones: int


class MatrixCell(Record, frozen=True):
    """How many tasks of one part a unit has in each role; roles with none are left out."""

    section_id: str
    counts: tuple[tuple[Role, int], ...]


class MatrixRow(Record, frozen=True):
    """A unit and its cells, one for each column of the matrix."""

    unit: UnitRow
    cells: tuple[MatrixCell, ...]


class PlanPage(Record, frozen=True):
    """A plan. `columns` are the highest sections that hold tasks, the first of `parts`; the matrix has a row for each
    unit that stands in them, and `column_tasks` counts their tasks.

    `outline` has at most `OUTLINE` sections, `versions` the newest, at most `VERSIONS` of `versions_total`.
    `tasks` are the first `TASKS` tasks in the order of the text; `units` is how many units there are in all.
    `doubts` counts by code; coverage stands in `row`, in characters.
    """

    row: PlanRow
    header: Header
    outline: tuple[OutlineLine, ...]
    columns: tuple[Section, ...]
    column_tasks: tuple[int, ...]
    parts: int
    matrix: tuple[MatrixRow, ...]
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
    parts = _columns(facts, tasks)
    columns = parts[:MATRIX_COLUMNS]
    outline = tuple(_outline(facts, tasks))
    tasks_in = {line.section.id: line.tasks for line in outline}
    named = {unit.unit_id for task in tasks for unit in task.units}
    return PlanPage(
        stored.row,
        facts.plan.header,
        outline[:OUTLINE],
        columns,
        tuple(tasks_in[column.id] for column in columns),
        len(parts),
        tuple(islice(_matrix(facts, tasks, stored.units, columns), MATRIX_ROWS)),
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


def _columns(facts: PlanFacts, tasks: Sequence[TaskView]) -> tuple[Section, ...]:
    """The sections that part the tasks best near the top: the highest level with more than one that holds tasks."""
    chains = [facts.above(task.section_id) for task in tasks]
    for depth in range(max(map(len, chains), default=0)):
        found = {chain[min(depth, len(chain) - 1)].id for chain in chains if chain}
        if len(found) > 1:
            return tuple(section for section in facts.plan.sections if section.id in found)
    held = {chain[-1].id for chain in chains if chain}
    return tuple(section for section in facts.plan.sections if section.id in held)


def _matrix(
    facts: PlanFacts, tasks: Sequence[TaskView], units: Sequence[UnitRow], columns: Sequence[Section]
) -> Iterator[MatrixRow]:
    counts: Mapping[tuple[str, str], dict[Role, set[str]]] = defaultdict(lambda: defaultdict(set))
    wanted = {section.id for section in columns}
    for task in tasks:
        column = next((section.id for section in facts.above(task.section_id) if section.id in wanted), None)
        for unit in task.units:
            if column:
                counts[unit.unit_id, column][unit.role].add(task.id)
    present = {unit_id for unit_id, _ in counts}
    for unit_row in (row for row in units if row.id in present):
        cells = tuple(
            MatrixCell(section.id, tuple((role, len(of[role])) for role in ROLES if of.get(role)))
            for section in columns
            for of in [counts.get((unit_row.id, section.id), {})]
        )
        yield MatrixRow(unit_row, cells)
