"""The rows of a matrix as a tree (行): plans, their sections, tasks; many tasks of one heading by who is named first.

Tasks are filtered before they are grouped: a heading stands for the tasks of the list, not for those of the plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.query import Party, TaskRow
from ingest.model import Record, Section
from web.maps.state import key_of

MANY = 24
"""Tasks directly beneath one heading above which they are grouped by unit: annex tables have a hundred rows."""
FEW = 3
"""Tasks of a unit below which its group is put together with others."""


class MatrixOutline(Record, frozen=True):
    """A plan's title and sections, as the rows of a matrix need them."""

    title: str
    sections: tuple[Section, ...] = ()


@dataclass
class TreeRow:
    """A row while the tree grows. `task` is there for a task alone."""

    id: str
    plan_id: str
    number: str = ""
    title: str = ""
    task: TaskRow | None = None
    children: list[TreeRow] = field(default_factory=list)
    by_unit: bool = False
    rest: bool = False
    open: bool = False

    @property
    def key(self) -> str:
        return key_of(self.id)


def tree_of(tasks: Sequence[TaskRow], outlines: Mapping[str, MatrixOutline]) -> list[TreeRow]:
    """The rows of a list of tasks: the sections of its plan or, of several plans, plans with these beneath.

    Plans with most tasks come first; a plan without an outline has its tasks beneath its title.
    """
    by_plan: dict[str, list[TaskRow]] = defaultdict(list)
    for task in tasks:
        by_plan[task.plan_id].append(task)
    if len(by_plan) == 1:
        (plan_id, own), *_ = by_plan.items()
        return _sections(plan_id, own, outlines)
    plans = sorted(by_plan.items(), key=lambda each: -len(each[1]))
    return [
        TreeRow(plan_id, plan_id, title=own[0].plan_title, children=_sections(plan_id, own, outlines))
        for plan_id, own in plans
    ]


def walk(nodes: Iterable[TreeRow], depth: int = 0) -> Iterator[tuple[TreeRow, int]]:
    """All nodes from top to bottom, each with its depth."""
    for node in nodes:
        yield node, depth
        yield from walk(node.children, depth + 1)


def _sections(plan_id: str, tasks: Sequence[TaskRow], outlines: Mapping[str, MatrixOutline]) -> list[TreeRow]:
    sections = outlines[plan_id].sections if plan_id in outlines else ()
    held: dict[str, list[TaskRow]] = defaultdict(list)
    for task in tasks:
        held[task.section_id].append(task)
    nodes = {section.id: TreeRow(section.id, plan_id, section.number, section.title) for section in sections}
    # A section stands after the one above it, so that from the last to the first all beneath it is known.
    for section in reversed(sections):
        node, own = nodes[section.id], held.pop(section.id, [])
        node.children = [*_grouped(section.id, plan_id, own), *node.children]
        if node.children and section.parent in nodes:
            nodes[section.parent].children.insert(0, _plain(node))
    roots = [_plain(node) for s in sections if (node := nodes[s.id]).children and s.parent not in nodes]
    without = [task for own in held.values() for task in own]
    roots += _grouped(plan_id, plan_id, without)
    return roots[0].children if len(roots) == 1 and roots[0].task is None else roots


def _plain(node: TreeRow) -> TreeRow:
    """A heading over one heading says nothing of its own, and one over one task is that task: each pair is one row."""
    if len(node.children) != 1:
        return node
    only = node.children[0]
    if only.task is not None and not only.title:
        return TreeRow(only.id, only.plan_id, node.number, node.title, only.task)
    if only.task is None and not only.by_unit:
        only.title = f"{node.title} › {only.number}{only.title}".strip()
        only.number = node.number
        return only
    return node


def _grouped(id: str, plan_id: str, tasks: Sequence[TaskRow]) -> list[TreeRow]:
    """The tasks directly beneath a heading; many of them by who leads or, where nobody does, is named first."""
    if len(tasks) <= MANY:
        return [TreeRow(task.id, plan_id, task=task) for task in tasks]
    groups: dict[str, list[TaskRow]] = defaultdict(list)
    names: dict[str, str] = {}
    for task in tasks:
        first = _first(task)
        key = first.unit_id if first else ""
        names[key] = first.name if first else ""
        groups[key].append(task)
    large = sorted((key for key in groups if key and len(groups[key]) >= FEW), key=lambda key: -len(groups[key]))
    made = [_by_unit(f"{id}~{key}", plan_id, names[key], groups[key]) for key in large]
    rest = [task for task in tasks if not (first := _first(task)) or first.unit_id not in large]
    return [*made, *([_by_unit(f"{id}~", plan_id, "", rest)] if rest else [])]


def _by_unit(id: str, plan_id: str, title: str, tasks: Sequence[TaskRow]) -> TreeRow:
    children = [TreeRow(task.id, plan_id, task=task) for task in tasks]
    return TreeRow(id, plan_id, title=title, children=children, by_unit=True, rest=not title)


def _first(task: TaskRow) -> Party | None:
    """Who leads or, where nobody does, is named first."""
    return next((party for party in task.parties if party.role == "lead"), next(iter(task.parties), None))
