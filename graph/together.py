"""Who works with whom (协作): units joined by shared tasks, parted into communities, joined by paths.

One home of what networkx knows of such networks. Its views walk sets, whose order differs from process to process, and
Louvain follows the order of nodes even with a seed: every graph here is made anew, with sorted nodes and edges, so that
the same tasks give the same answers under any hash seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, islice, pairwise
from math import sqrt
from typing import TypeVar

import networkx as nx

from graph.query import PairCount, Party, TaskRow
from ingest.model import Record, Role

_ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
_SEED = 7
SPLIT, LEAST_SHOWN = 20, 5
"""Shown units from which on a region is parted into communities, and how many a community shows at least."""
_WAYS = 200
"""Shortest paths among which the strongest are looked for."""


class SharedWork(Record, frozen=True):
    """Two units, `one` before `other`, and the ids of the tasks that both have a part in.

    On `leads` of them `one` leads and `other` does not; on `led` it is the other way round.
    """

    one: str
    other: str
    tasks: tuple[str, ...]
    leads: int = 0
    led: int = 0

    @property
    def weight(self) -> int:
        return len(self.tasks)


def parties_once(task: TaskRow, roles: Collection[Role] = _ROLES) -> dict[str, Party]:
    """The units that have one of these roles on a task, each with what says its strongest."""
    found: dict[str, Party] = {}
    for party in task.parties:
        if party.role in roles:
            known = found.get(party.unit_id)
            if known is None or _ROLES.index(party.role) < _ROLES.index(known.role):
                found[party.unit_id] = party
    return found


def strongest(task: TaskRow) -> dict[str, Role]:
    """The units on a task, each with its strongest role there."""
    return {unit: party.role for unit, party in parties_once(task).items()}


def shared_work(tasks: Iterable[TaskRow], among: Collection[str], without: str = "") -> tuple[SharedWork, ...]:
    """Every two units of `among` that share tasks, sorted. All of a unit's tasks are shared with it: `without` it."""
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    leads: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for task in tasks:
        roles = {unit: role for unit, role in strongest(task).items() if unit in among and unit != without}
        for one, other in combinations(sorted(roles), 2):
            ids[one, other].append(task.id)
            own = leads[one, other]
            own[0] += roles[one] == "lead" != roles[other]
            own[1] += roles[other] == "lead" != roles[one]
    return tuple(SharedWork(*pair, tuple(ids[pair]), *leads[pair]) for pair in sorted(ids))


def strengths(pairs: Iterable[SharedWork]) -> dict[str, int]:
    """How many tasks each unit shares, counted once for each unit that it shares them with."""
    found: dict[str, int] = defaultdict(int)
    for pair in pairs:
        found[pair.one] += pair.weight
        found[pair.other] += pair.weight
    return dict(sorted(found.items()))


def backbone(pairs: Iterable[SharedWork]) -> frozenset[tuple[str, str]]:
    """The strongest line of each unit: with it none that is shown stands alone, however few lines are drawn."""
    best: dict[str, SharedWork] = {}
    for pair in pairs:
        for unit in (pair.one, pair.other):
            if unit not in best or pair.weight > best[unit].weight:
                best[unit] = pair
    return frozenset((pair.one, pair.other) for pair in best.values())


def communities(
    pairs: Sequence[SharedWork], regions: Mapping[str, str], shown: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """Units by region; a region with many shown units in the communities that share most tasks, the largest first.

    A community with few shown units joins the one with which it shares most tasks: a box of two says nothing.
    """
    graph = _graph(pairs)
    by_region: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(graph):
        by_region[regions.get(unit, "")].append(unit)
    found: list[tuple[str, ...]] = []
    for units in by_region.values():
        if sum(unit in shown for unit in units) < SPLIT:
            found.append(tuple(units))
        else:
            found += _parted(pairs, units, set(shown))
    return tuple(sorted(found, key=lambda members: (-len(members), members)))


def _parted(pairs: Sequence[SharedWork], units: Sequence[str], shown: set[str]) -> list[tuple[str, ...]]:
    inside = set(units)
    own = [pair for pair in pairs if pair.one in inside and pair.other in inside]
    graph = _graph(own, units)
    parts = [set(each) for each in nx.community.louvain_communities(graph, weight="weight", seed=_SEED)]
    while len(parts) > 1:
        small = min(parts, key=lambda part: (len(part & shown), min(part)))
        if len(small & shown) >= LEAST_SHOWN:
            break
        parts.remove(small)
        max(parts, key=lambda part: (_between(own, small, part), min(part))).update(small)
    return [tuple(sorted(part)) for part in parts]


def _between(pairs: Iterable[SharedWork], one: set[str], other: set[str]) -> int:
    joined = one | other
    return sum(
        pair.weight
        for pair in pairs
        if pair.one in joined and pair.other in joined and (pair.one in one) != (pair.other in one)
    )


def distances(pairs: Sequence[SharedWork], units: Sequence[str]) -> dict[str, dict[str, float]]:
    """How far units are from each other over the tasks that they share: a step is as long as 1 / √tasks."""
    inside = set(units)
    graph = _graph([pair for pair in pairs if pair.one in inside and pair.other in inside], units)
    return {unit: dict(nx.single_source_dijkstra_path_length(graph, unit, weight="far")) for unit in units}


Pair = TypeVar("Pair", SharedWork, PairCount)


def ways_between(pairs: Sequence[Pair], one: str, other: str, most: int = 3) -> tuple[tuple[Pair, ...], ...]:
    """The shortest ways from a unit to another, those first whose weakest link is strongest; none where none is."""
    graph = _graph(pairs)
    if one not in graph or other not in graph or not nx.has_path(graph, one, other):
        return ()
    by = {(pair.one, pair.other): pair for pair in pairs}
    paths = islice(nx.all_shortest_paths(graph, one, other), _WAYS)
    found = [(tuple(path), tuple(by[min(step), max(step)] for step in pairwise(path))) for path in paths]
    found.sort(key=lambda way: (-min((pair.weight for pair in way[1]), default=0), way[0]))
    return tuple(way for _, way in found[:most])


def _graph(pairs: Iterable[SharedWork | PairCount], units: Iterable[str] = ()) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(units))
    for pair in pairs:
        graph.add_edge(pair.one, pair.other, weight=pair.weight, far=1 / sqrt(pair.weight))
    return graph
