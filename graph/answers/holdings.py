"""What tasks have, counted (计数): for each kind of thing the tasks that have it, found once a generation and kept.

So a count of any tasks looks at them alone, and asks no store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from graph.query import select_types as s
from graph.query.questions import DocumentRow, PlanRow, UnitRow
from graph.query.row_types import Rows, TableQuery
from graph.query.selected import Counted
from graph.query.selection import BadQuery, Select

_PAIRS: Mapping[Select, TableQuery[s.HeldColumns]] = {
    "unit": s.HELD_UNITS, "document": s.HELD_DOCUMENTS, "month": s.HELD_MONTHS, "plan": s.HELD_PLANS,
    "region": s.HELD_PLANS, "year": s.HELD_PLANS,
}  # fmt: skip


@dataclass(frozen=True)
class Catalogued:
    """What things are called: the units, documents and plans of the generation."""

    units: Sequence[UnitRow]
    documents: Sequence[DocumentRow]
    plans: Sequence[PlanRow]


@dataclass(frozen=True)
class HeldThings:
    """The things of a kind, with their label and detail, and by task which of them it has."""

    things: Sequence[tuple[str, str, str]]
    by_task: Mapping[str, tuple[int, ...]]

    def counted(self, ids: Collection[str] | None) -> tuple[Counted, ...]:
        """How many of the tasks (None: of all) have each thing, most first."""
        held = self.by_task.values() if ids is None else (self.by_task.get(id, ()) for id in ids)
        counts = Counter(chain.from_iterable(held))
        found = (Counted(*self.things[nth], tasks) for nth, tasks in counts.items())
        return tuple(sorted(found, key=lambda each: (-each.tasks, each.key)))


def held_by_tasks(rows: Rows, by: Select, known: Catalogued) -> HeldThings:
    """What all tasks have of a kind. Raises `BadQuery` for a kind that nobody chooses from."""
    if by not in _PAIRS:
        raise BadQuery(reason="counted")
    called = _called(by, known)
    places: dict[str, int] = {}
    things: list[tuple[str, str, str]] = []
    by_task: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for pair in rows(_PAIRS[by]):
        thing = called.get(pair.key, (pair.key, pair.key, ""))
        nth = places.setdefault(thing[0], len(things))
        if nth == len(things):
            things.append(thing)
        by_task[pair.task_id] += (nth,)
    return HeldThings(things, dict(by_task))


def _called(by: Select, known: Catalogued) -> Mapping[str, tuple[str, str, str]]:
    """By the key of a pair the key, label and detail of what is counted."""
    match by:
        case "unit":
            return {each.id: (each.id, each.name, each.region) for each in known.units}
        case "document":
            return {each.id: (each.id, each.title, each.number or "") for each in known.documents}
        case "plan":
            return {each.id: (each.id, each.title, str(each.year or "")) for each in known.plans}
        case "region":
            return _of_plans((each.id, each.region) for each in known.plans)
        case "year":
            return _of_plans((each.id, str(each.year or "")) for each in known.plans)
    return {}


def _of_plans(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, str, str]]:
    return {plan: (value, value, "") for plan, value in pairs}
