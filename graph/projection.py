"""The graph in memory (投影): a networkx MultiDiGraph of one generation, for questions about structure.

Nothing that only asks tables imports this file, so that a cold command need not wait for networkx.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice, pairwise
from threading import Lock
from typing import NamedTuple

import networkx as nx

from graph.errors import UnknownThing
from graph.query.questions import Edge, Node, Subgraph
from graph.schema.kinds import NODES, NodeName
from graph.store import Store
from graph.together import (
    SharedWork,
    backbone,
    communities,
    distances,
    parties_once,
    shared_work,
    strengths,
    strongest,
    ways_between,
)

__all__ = [
    "Projection", "SharedWork", "as_networkx", "backbone", "communities", "distances", "parties_once",
    "shared_work", "strengths", "strongest", "ways_between",
]  # fmt: skip

_PRIVATE = {kind.name for kind in NODES if kind.private}


class _Snapshot(NamedTuple):
    """One generation, never changed once it is here: the records, the graph over their keys, and the ways in it.

    `ways` has one edge between two nodes that any edges join, with the `tier` of the best of them, in the order in
    which the store gives them: of two paths of one length every process and every store tells the same.
    """

    whole: Subgraph
    nodes: dict[str, Node]
    graph: nx.MultiDiGraph[str]
    ways: nx.Graph[str]


class Projection:
    """Answers questions about structure from the newest generation; safe to ask from many threads.

    It is built on first need and again when the store has another generation; askers keep the one they began with.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._building = Lock()
        self._newest: _Snapshot | None = None

    def neighbourhood(self, key: str, depth: int = 1, limit: int = 200) -> Subgraph:
        """What is within `depth` steps of a node, nearest first, at most `limit` nodes. Raises `UnknownThing`."""
        snapshot = self._snapshot()
        _require(snapshot, key)
        near = nx.single_source_shortest_path_length(_ways(snapshot, {key}), key, cutoff=depth)
        ranked = sorted(near, key=lambda each: (near[each], each))
        return _induced(snapshot, ranked[:limit], cut=len(ranked) > limit)

    def node(self, key: str) -> Node | None:
        """The node of a key, None where there is none."""
        return self._snapshot().nodes.get(key)

    def saying(self, kind: NodeName, words: str, limit: int) -> tuple[Node, ...]:
        """Nodes of a kind whose label holds some words, at most `limit`."""
        said = (node for node in self._snapshot().whole.nodes if node.kind == kind and words in node.label)
        return tuple(islice(said, limit))

    def path(self, source: str, target: str) -> Subgraph | None:
        """A shortest path, edges taken in either direction; None where there is none. Raises `UnknownThing`.

        A guess (a collective's members, by its name) joins two things only where nothing that is stated does, and that
        they stand in one plan only where nothing else does.
        """
        snapshot = self._snapshot()
        for key in (source, target):
            _require(snapshot, key)
        tried = (_shortest(_ways(snapshot, {source, target}, tier), source, target) for tier in _TIERS)
        keys = next(filter(None, tried), None)
        if keys is None:
            return None
        places = {frozenset(step): place for place, step in enumerate(pairwise(keys))}
        found = _induced(snapshot, keys, cut=False)
        steps = [edge for edge in found.edges if frozenset((edge.source, edge.target)) in places]
        steps.sort(key=lambda edge: places[frozenset((edge.source, edge.target))])
        return Subgraph(found.nodes, tuple(steps), found.generation)

    def _snapshot(self) -> _Snapshot:
        with self._building:
            newest = self._newest
            if newest is None or newest.whole.generation != self._store.generation():
                newest = self._newest = _built(self._store.nodes_and_edges())
        return newest


def as_networkx(subgraph: Subgraph) -> nx.MultiDiGraph[str]:
    """The same as a networkx graph: keys as nodes with `kind` and `label`, edges with `kind` and `detail`."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((node.key, {"kind": node.kind, "label": node.label}) for node in subgraph.nodes)
    graph.add_edges_from(
        (edge.source, edge.target, {"kind": edge.kind, "detail": edge.detail}) for edge in subgraph.edges
    )
    return graph


def _built(whole: Subgraph) -> _Snapshot:
    ways: nx.Graph[str] = nx.Graph()
    ways.add_nodes_from(node.key for node in whole.nodes)
    for edge in whole.edges:
        known = ways.get_edge_data(edge.source, edge.target, {"tier": _TIERS[-1]})
        ways.add_edge(edge.source, edge.target, tier=min(_tier(edge), known["tier"]))
    nodes = {node.key: node for node in whole.nodes}
    return _Snapshot(whole, nodes, nx.freeze(as_networkx(whole)), nx.freeze(ways))


_TIERS = (0, 1, 2)
"""What a path may lead over: what plans state, also what names let guess, also the outline."""


def _tier(edge: Edge) -> int:
    if edge.kind == "contains":
        return 2
    return 1 if edge.kind == "member_of" and edge.detail == "inferred" else 0


def _require(snapshot: _Snapshot, key: str) -> None:
    if key not in snapshot.nodes:
        kind, _, id = key.partition(":")
        raise UnknownThing(kind=kind, id=id)


def _ways(snapshot: _Snapshot, asked: set[str], tier: int = _TIERS[-1]) -> nx.Graph[str]:
    """The ways of a tier and of those before it, without persons, except those that are asked about."""

    def shown(key: str) -> bool:
        return snapshot.nodes[key].kind not in _PRIVATE or key in asked

    def led_over(one: str, other: str) -> bool:
        return bool(snapshot.ways.edges[one, other]["tier"] <= tier)

    return nx.subgraph_view(snapshot.ways, filter_node=shown, filter_edge=led_over)


def _shortest(graph: nx.Graph[str], source: str, target: str) -> list[str]:
    try:
        return nx.bidirectional_shortest_path(graph, source, target)
    except nx.NetworkXNoPath:
        return []


def _induced(snapshot: _Snapshot, keys: Collection[str], cut: bool) -> Subgraph:
    """The given nodes in their order, and every edge between two of them."""
    inside = snapshot.graph.subgraph(keys)
    edges = tuple(Edge(data["kind"], one, other, data["detail"]) for one, other, data in inside.edges(data=True))
    return Subgraph(tuple(snapshot.nodes[key] for key in keys), edges, snapshot.whole.generation, cut)
