"""What each predicate means, in plain Python over whole plans: the stores are compared with it."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from graph.derived.deadlines import in_force, period_ends, reached, task_deadlines
from graph.derived.gaps import covered_as, is_vague
from graph.query.selection import (
    AimsAt,
    All,
    Among,
    Cites,
    FallsDue,
    Has,
    InPlan,
    InSection,
    Lacks,
    Not,
    OfPerson,
    OfRegion,
    OfUnit,
    OfYear,
    Recurs,
    Some,
    Where,
)
from graph.store import Resolve, Store, unstated
from ingest.identity import unit_id
from ingest.model import Deadline, Plan, Target, Task

COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, ">": operator.gt, "=": operator.eq, "<=": operator.le, "<": operator.lt,
}  # fmt: skip

NEAREST: Mapping[str, str] = {"any-deadline": "none", "own-deadline": "item", "set-deadline": "open"}
"""How near the nearest deadline is where a task lacks one in such a way."""


class PlainTask:
    """A task with everything that reaches it."""

    def __init__(self, plan: Plan, task: Task, units: Mapping[int, str], names: Mapping[str, str]) -> None:
        self.plan, self.task = plan, task
        self.parts = [(units[each.mention.span.start], each.role, each.mention.hat) for each in task.assignments]
        self.vague = bool(self.parts) and all(is_vague(names[unit]) for unit, _, _ in self.parts)
        self.days: list[tuple[str, Deadline]] = [
            (level, deadline) for level, deadline, _, _, tasks in reached(plan) if task.id in tasks
        ]
        about = [milestone for milestone in plan.milestones if milestone.task == task.id]
        self.aims: list[Target] = [each for holder in (task, *about) for each in holder.targets]
        self.about = about


class PlainLibrary:
    """All tasks of some plans, and the tasks that a tree means."""

    def __init__(self, plans: Iterable[Plan], resolve: Resolve, store: Store) -> None:
        self.tasks: list[PlainTask] = []
        self.regions: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.collectives: set[str] = set()
        self.citing: dict[tuple[str, str], set[str]] = defaultdict(set)
        for plan in plans:
            resolution = resolve(plan)
            for unit in resolution.units:
                self.names[unit.id], self.regions[unit.id] = unit.name, unit.region
                self.collectives |= {unit.id} if unit.kind == "collective" else set()
            self.tasks += [PlainTask(plan, task, resolution.unit_ids, self.names) for task in plan.tasks]
        for document in store.documents():
            for place in store.citing(document.id):
                self.citing[document.id, place.role] |= {*place.tasks}

    def of(self, where: Where) -> set[str]:
        """Ids of the tasks that a tree means."""
        return {each.task.id for each in self.tasks if self.holds(where, each)}

    def holds(self, where: Where, of: PlainTask) -> bool:
        match where:
            case All(parts):
                return all(self.holds(part, of) for part in parts)
            case Some(parts):
                return any(self.holds(part, of) for part in parts)
            case Not(part):
                return not self.holds(part, of)
        return PLAIN[type(where)](self, where, of)

    def _by_unit(self, asked: OfUnit, of: PlainTask) -> bool:
        return any(self._stands(asked, unit, hat) for unit, role, hat in of.parts if role in (asked.roles or (role,)))

    def _stands(self, asked: OfUnit, unit: str, hat: str | None) -> bool:
        own = "own" in asked.via and unit in asked.ids
        by_hat = "hat" in asked.via and hat is not None and unit_id(self.regions[unit], hat) in asked.ids
        return own or by_hat or any(self._covered(unit, each) in asked.via for each in asked.ids)

    def _covered(self, collective: str, unit: str) -> str | None:
        if collective not in self.collectives or unit not in self.names or unit in self.collectives:
            return None
        if self.regions[collective] != self.regions[unit]:
            return None
        return covered_as(self.names[collective], self.names[unit], unstated)

    def _due(self, asked: FallsDue, of: PlainTask) -> bool:
        if "again" in asked.levels and self._again(asked, of):
            return True
        year = f"{of.plan.header.year}-" if len(asked.first or asked.last) == 5 or len(asked.last) == 5 else ""
        first = year + (asked.first or ("01-01" if year else "0000"))
        last = year + (asked.last or ("12-31" if year else "9999"))
        return any(
            day.kind == "by" and day.due is not None and first <= day.due <= last and level in asked.levels
            for level, day in of.days
        )

    def _again(self, asked: FallsDue, of: PlainTask) -> bool:
        """Whether a duty that recurs falls due then, looked for day by day in all that its plan is in force."""
        span = in_force(of.plan.header)
        if span is None:
            return False
        year = f"{span[0][:4]}-" if 5 in (len(asked.first), len(asked.last)) else ""
        first = year + (asked.first or ("01-01" if year else "0000"))
        last = year + (asked.last or ("12-31" if year else "9999"))
        return any(
            first <= day.isoformat() <= last
            for _, deadline in of.days
            if deadline.kind in ("count", "recurring")
            for day in period_ends(deadline.every or "year", *map(date.fromisoformat, span))
        )

    def _has(self, kind: str, of: PlainTask) -> bool:
        roles = [role for _, role, _ in of.parts]
        return {
            "unit": bool(roles),
            "clear-unit": bool(roles) and not of.vague,
            "deadline": self._due(FallsDue(), of),
            "target": bool(of.aims),
            "citation": any(of.task.id in tasks for tasks in self.citing.values()),
            "milestone": bool(of.about),
            "person": bool(of.task.people),
            **{kind: self._nearest(of) != gap for kind, gap in NEAREST.items()},
        }.get(kind, kind in roles)

    def _nearest(self, of: PlainTask) -> str:
        return task_deadlines(of.plan)[of.task.id]

    def _lacks(self, kind: str, of: PlainTask) -> bool:
        if kind == "lead":
            return len({unit for unit, _, _ in of.parts}) > 1 and not self._has("lead", of)
        return of.vague if kind == "clear-unit" else not self._has(kind, of)

    def _below(self, ids: tuple[str, ...], of: PlainTask) -> bool:
        parents = {section.id: section.parent for section in of.plan.sections}
        at: str | None = of.task.section_id
        while at is not None and at not in ids:
            at = parents.get(at)
        return at is not None


def _aims(asked: AimsAt, of: PlainTask) -> bool:
    compare = COMPARE[asked.comparison] if asked.comparison and asked.value is not None else None
    return any(
        (asked.subject in aim.subject or asked.subject in aim.text)
        and (compare is None or compare(aim.value, asked.value or 0.0))
        for aim in of.aims
    )


PLAIN: Mapping[type, Callable[[PlainLibrary, Any, PlainTask], bool]] = {
    OfUnit: lambda library, asked, of: library._by_unit(asked, of),
    OfPerson: lambda _, asked, of: any(each.name in asked.names for each in of.task.people),
    Cites: lambda library, asked, of: any(
        of.task.id in tasks
        for (document, role), tasks in library.citing.items()
        if document in asked.documents and role in (asked.roles or (role,))
    ),
    FallsDue: lambda library, asked, of: library._due(asked, of),
    Recurs: lambda _, asked, of: any(
        day.kind in ("count", "recurring") and day.every in asked.periods for _, day in of.days
    ),
    AimsAt: lambda _, asked, of: _aims(asked, of),
    Has: lambda library, asked, of: library._has(asked.kind, of),
    Lacks: lambda library, asked, of: library._lacks(asked.kind, of),
    InSection: lambda library, asked, of: library._below(asked.ids, of),
    InPlan: lambda _, asked, of: of.plan.id in asked.ids,
    OfYear: lambda _, asked, of: of.plan.header.year in asked.years,
    OfRegion: lambda _, asked, of: any(of.plan.header.region.name.startswith(name) for name in asked.names),
    Among: lambda _, asked, of: of.task.id in asked.ids,
}
"""How each predicate that a store is asked is told of one task."""
