"""The graph in memory (投影): a networkx MultiDiGraph of one generation, for questions about structure.

Nothing that only asks tables imports this file, so that a cold command need not wait for networkx.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import networkx as nx

from graph.errors import UnknownThing
from graph.query.questions import Edge, Node, Subgraph
from graph.schema.kinds import NODES, EdgeName, NodeName
from graph.store import Store


class _Snapshot(NamedTuple):
    """One generation, never changed once it is here: the records, and the graph over their keys."""

    whole: Subgraph
    nodes: dict[str, Node]
    graph: nx.MultiDiGraph[str]


class Projection:
    """Answers questions about structure from the newest generation; safe to ask from many threads.

    It is built on first need and again when the store has another generation; askers keep the one they began with.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._building = Lock()
        self._newest: _Snapshot | None = None

    def refresh(self) -> int:
        """Builds the graph if there is none of the store's generation; that generation."""
        return self._snapshot().whole.generation

    def subgraph(
        self,
        plans: Collection[str] | None = None,
        nodes: Collection[NodeName] | None = None,
        edges: Collection[EdgeName] | None = None,
    ) -> Subgraph:
        """Nodes and edges of some plans and kinds; persons only where `nodes` names them."""
        whole = self._snapshot().whole if plans is None else self._store.nodes_and_edges(plans)
        wanted = {kind.name for kind in NODES if not kind.private} if nodes is None else set(nodes)
        kept = tuple(node for node in whole.nodes if node.kind in wanted)
        keys = {node.key for node in kept}
        return Subgraph(kept, _between(whole.edges, keys, edges), whole.generation)

    def neighbourhood(self, key: str, depth: int = 1, limit: int = 200) -> Subgraph:
        """What is within `depth` steps of a node, nearest first, at most `limit` nodes. Raises `UnknownThing`."""
        snapshot = self._snapshot()
        _require(snapshot, key)
        public = _public(snapshot, {key})
        near = nx.single_source_shortest_path_length(public.to_undirected(as_view=True), key, cutoff=depth)
        ranked = sorted(near, key=lambda each: (near[each], each))
        return _induced(snapshot, ranked[:limit], cut=len(ranked) > limit)

    def path(self, source: str, target: str) -> Subgraph | None:
        """A shortest path, edges taken in either direction; None where there is none. Raises `UnknownThing`."""
        snapshot = self._snapshot()
        for key in (source, target):
            _require(snapshot, key)
        public = _public(snapshot, {source, target})
        try:
            keys = nx.bidirectional_shortest_path(public.to_undirected(as_view=True), source, target)
        except nx.NetworkXNoPath:
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
    return _Snapshot(whole, {node.key: node for node in whole.nodes}, nx.freeze(as_networkx(whole)))


def _require(snapshot: _Snapshot, key: str) -> None:
    if key not in snapshot.nodes:
        kind, _, id = key.partition(":")
        raise UnknownThing(kind=kind, id=id)


def _public(snapshot: _Snapshot, asked: set[str]) -> nx.Graph[str]:
    """The graph without persons, except those that are asked about."""
    private = {kind.name for kind in NODES if kind.private}
    hidden = [key for key, node in snapshot.nodes.items() if node.kind in private and key not in asked]
    return nx.restricted_view(snapshot.graph, hidden, []) if hidden else snapshot.graph


def _induced(snapshot: _Snapshot, keys: Collection[str], cut: bool) -> Subgraph:
    """The given nodes in their order, and every edge between two of them."""
    inside = snapshot.graph.subgraph(keys)
    edges = tuple(Edge(data["kind"], one, other, data["detail"]) for one, other, data in inside.edges(data=True))
    return Subgraph(tuple(snapshot.nodes[key] for key in keys), edges, snapshot.whole.generation, cut)


def _between(edges: Collection[Edge], keys: set[str], kinds: Collection[EdgeName] | None) -> tuple[Edge, ...]:
    return tuple(
        edge
        for edge in edges
        if edge.source in keys and edge.target in keys and (kinds is None or edge.kind in kinds)
    )  # fmt: skip
