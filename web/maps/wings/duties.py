"""The left wing (左翼): what a unit has to do, by role, plan, section and task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.query import TaskRow
from ingest.model import Role
from web.facts.by_task import ROLES
from web.maps.matrix.making import MatrixData
from web.maps.matrix.tree import TreeRow, tree_of
from web.maps.wings.tree import Wing

FEW_PLANS = 8
"""Plans of a role that are shown at first."""


def duties_of(data: MatrixData, held: dict[str, tuple[Role, bool]]) -> list[Wing]:
    """The left wing; `held` has the unit's role on each task and whether it is inferred, by the task's id."""
    return [wing for role in ROLES if (wing := _role(data, role, held))]


def _role(data: MatrixData, role: Role, held: dict[str, tuple[Role, bool]]) -> Wing | None:
    by_plan: dict[str, list[TaskRow]] = defaultdict(list)
    for task in data.tasks:
        if task.id in held and held[task.id][0] == role:
            by_plan[task.plan_id].append(task)
    if not by_plan:
        return None
    plans = [_plan(data, role, own, held) for own in by_plan.values()]
    plans.sort(key=lambda wing: -len(wing.tasks))
    every = tuple(id for wing in plans for id in wing.tasks)
    first = FEW_PLANS if len(plans) > FEW_PLANS else 0
    return Wing(role, "role", "", every, role=role, children=plans, first=first)


def _plan(data: MatrixData, role: Role, tasks: Sequence[TaskRow], held: dict[str, tuple[Role, bool]]) -> Wing:
    plan = tasks[0]
    rows = [_row(node, role, held) for node in _plain(tree_of(tasks, data.outlines))]
    ids = tuple(task.id for task in tasks)
    return Wing(f"{role}|{plan.plan_id}", "plan", plan.plan_title, ids, plan.plan_id, role=role, children=rows)


def _plain(nodes: Sequence[TreeRow]) -> Iterator[TreeRow]:
    """Groups by the unit named first say nothing here, where one unit is meant: their tasks stand for them."""
    for node in nodes:
        if node.by_unit:
            yield from _plain(node.children)
        else:
            node.children = list(_plain(node.children))
            yield node


def _row(node: TreeRow, role: Role, held: dict[str, tuple[Role, bool]]) -> Wing:
    id = f"{role}|{node.id}"
    if node.task is not None:
        words = f"{node.title}：{node.task.text}" if node.title else node.task.text
        own = (node.task.id,)
        return Wing(id, "task", words, own, node.task.id, node.number, role, inferred=held[node.task.id][1])
    children = [_row(child, role, held) for child in node.children]
    tasks = tuple(id for child in children for id in child.tasks)
    return Wing(id, "section", node.title, tasks, node.id, node.number, role, children=children)
