"""Nodes and edges put together (结构): what all stores share of `nodes_and_edges`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.derived.gaps import covered_as
from graph.query.questions import Covering, Edge, Node, Subgraph, UnitRow
from graph.query.row_types import NamedColumns
from graph.schema.kinds import node_key
from graph.store import Members


def whole(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    units: Iterable[NamedColumns],
    generation: int,
    members: Members,
) -> Subgraph:
    """Everything, where every edge has both its nodes."""
    kept = {node.key: node for node in nodes}
    drawn = (*edges, *_coverings(units, members))
    return Subgraph(
        tuple(kept.values()), tuple(edge for edge in drawn if edge.source in kept and edge.target in kept), generation
    )


def _coverings(units: Iterable[NamedColumns], members: Members) -> Iterator[Edge]:
    for each in coverings(units, members):
        ends = (node_key("unit", each.unit_id), node_key("unit", each.collective_id))
        yield Edge("member_of", *ends, "" if each.stated else "inferred")


def coverings(units: Iterable[NamedColumns | UnitRow], members: Members) -> Iterator[Covering]:
    """Which of the units the collectives of their region cover."""
    organizations: dict[str, list[NamedColumns | UnitRow]] = defaultdict(list)
    collectives: list[NamedColumns | UnitRow] = []
    for each in units:
        if each.kind == "collective":
            collectives.append(each)
        else:
            organizations[each.region].append(each)
    for collective in collectives:
        for unit in organizations[collective.region]:
            covered = covered_as(collective.name, unit.name, members)
            if covered:
                yield Covering(unit.id, collective.id, covered == "member")
