"""What an overview adds up (计数): tasks of each unit by role and month, and tasks that two units share; pure.

A task counts once for a unit, in its strongest role and in one time (`graph.query.times`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from graph.derived.deadlines import reached
from graph.query.questions import DeadlineLevel
from graph.query.times import nearest_slot, time_slot
from ingest.model import Plan, Role

PartiesByTask = Mapping[str, Sequence[tuple[str, Role]]]
"""By a task's id the units on it with their roles."""

_ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
MOST_PAIRED = 120
"""Units of a task up to which each two of them are counted as sharing it: one that names more is everybody's."""


def unit_counts(plan: Plan, held: PartiesByTask) -> Iterator[tuple[str, str, str, str, int]]:
    """Unit, plan, role, time and how many tasks, sorted."""
    days: dict[str, list[tuple[DeadlineLevel, str | None, str]]] = defaultdict(list)
    for level, deadline, _, _, tasks in reached(plan):
        slot = time_slot(deadline.kind, deadline.due, deadline.precision)
        for task in tasks:
            days[task].append((level, deadline.due, slot))
    found: Counter[tuple[str, str, str, str]] = Counter()
    for task, parties in held.items():
        month, _ = nearest_slot(days[task])
        found.update((unit, plan.id, role, month) for unit, role in _strongest(parties).items())
    for key in sorted(found):
        yield (*key, found[key])


def pair_counts(plan_id: str, held: PartiesByTask) -> Iterator[tuple[str, str, str, int, int, int]]:
    """Two units, the plan, how many tasks they share, and how many of them the one or the other alone leads, sorted."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for parties in held.values():
        roles = _strongest(parties)
        if len(roles) > MOST_PAIRED:
            continue
        for one, other in combinations(sorted(roles), 2):
            sums = found[one, other]
            sums[0] += 1
            sums[1] += roles[one] == "lead" != roles[other]
            sums[2] += roles[other] == "lead" != roles[one]
    for one, other in sorted(found):
        tasks, leads, led = found[one, other]
        yield one, other, plan_id, tasks, leads, led


def _strongest(parties: Sequence[tuple[str, Role]]) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for unit, role in parties:
        known = found.get(unit)
        if known is None or _ROLES.index(role) < _ROLES.index(known):
            found[unit] = role
    return found
