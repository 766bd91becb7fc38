"""Nodes and edges put together (结构): what all stores share of `nodes_and_edges`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.derived.gaps import covered_as
from graph.query.questions import Covering, Edge, Node, Subgraph
from graph.schema.kinds import node_key
from graph.store import Members


def whole(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    units: Iterable[tuple[str, str, str, str]],
    generation: int,
    members: Members,
) -> Subgraph:
    """Everything, where every edge has both its nodes.

    `units` are id, name, kind and region.
    """
    kept = {node.key: node for node in nodes}
    drawn = (*edges, *_coverings(units, members))
    return Subgraph(
        tuple(kept.values()), tuple(edge for edge in drawn if edge.source in kept and edge.target in kept), generation
    )


def _coverings(units: Iterable[tuple[str, str, str, str]], members: Members) -> Iterator[Edge]:
    for each in coverings(units, members):
        ends = (node_key("unit", each.unit_id), node_key("unit", each.collective_id))
        yield Edge("member_of", *ends, "" if each.stated else "inferred")


def coverings(units: Iterable[tuple[str, str, str, str]], members: Members) -> Iterator[Covering]:
    """Which of the units (id, name, kind, region) the collectives of their region cover."""
    organizations: dict[str, list[tuple[str, str]]] = defaultdict(list)
    collectives: list[tuple[str, str, str]] = []
    for id, name, kind, region in units:
        if kind == "collective":
            collectives.append((id, name, region))
        else:
            organizations[region].append((id, name))
    for collective, name, region in collectives:
        for unit, own_name in organizations[region]:
            covered = covered_as(name, own_name, members)
            if covered:
                yield Covering(unit, collective, covered == "member")
