"""A library's graph as Cypher for anybody's own Neo4j (导出): some plans at a time, the same again when loaded again.

Structure comes from `Store.nodes_and_edges`, properties from the rows of each plan. What joins several plans (a
collective and a unit that other plans name, a document that is a plan) is drawn at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from graph.derived.columns import columns
from graph.derived.rows import Row, rows_of
from graph.export.cypher_text import CypherValue, constraints, merged_edges, merged_nodes
from graph.query.questions import Covering, DocumentRow, Edge, Node
from graph.record.decisions import decided
from graph.schema.kinds import NODES, ROLE_EDGES, EdgeName, NodeName, label_of, node_key, type_of
from graph.schema.properties import EDGE_KEYS, EDGE_PROPERTIES, NODE_PROPERTIES
from graph.store import Resolve, Store

CypherValues = tuple[CypherValue, ...]
Named = dict[str, Any]
"""A row by the names of its columns."""

_TABLES: Mapping[str, NodeName] = {
    "plan_row": "plan", "section": "section", "task": "task", "unit": "unit", "deadline": "deadline",
    "target": "target", "milestone": "milestone", "doubt": "doubt",
}  # fmt: skip
"""Tables whose rows have the id of a node."""


def export_cypher(store: Store, resolve: Resolve, people: bool = False) -> Iterator[str]:
    """Lines of Cypher: comments, and statements that end with `;`. Loading them twice changes nothing.

    Persons are left out unless `people`. All of it is of one generation; 20 plans at a time are held in memory.
    """
    private = set() if people else {kind.name for kind in NODES if kind.private}
    with store.snapshot() as generation:
        plans, resolve = store.plans(), decided(resolve, store.decisions())
        yield f"// Zeren, generation {generation}, {len(plans)} plans. Load: cypher-shell -f FILE"
        yield from constraints()
        for first in range(0, len(plans), _TOGETHER):
            yield from _plans(store, resolve, [plan.id for plan in plans[first : first + _TOGETHER]], private)
        yield from _between_plans(store.coverings(), store.documents())


_TOGETHER = 20
"""Plans in one batch of statements."""


def _plans(store: Store, resolve: Resolve, plan_ids: Iterable[str], private: set[NodeName]) -> Iterator[str]:
    nodes: dict[NodeName, list[CypherValues]] = defaultdict(list)
    edges: dict[tuple[EdgeName, NodeName, NodeName], list[CypherValues]] = defaultdict(list)
    for plan_id in plan_ids:
        part = store.nodes_and_edges([plan_id])
        facts = _Facts(rows_of(store.load(plan_id), store.source(plan_id).text, resolve))
        kept = {node.key: node for node in part.nodes if node.kind not in private}
        for node in kept.values():
            nodes[node.kind].append((node.id, *facts.of_node(node)))
        for edge in part.edges:
            if edge.source in kept and edge.target in kept:
                source, target = kept[edge.source], kept[edge.target]
                edges[edge.kind, source.kind, target.kind].append((source.id, target.id, *facts.of_edge(edge)))
    for kind, rows in nodes.items():
        yield from merged_nodes(label_of(kind), [*NODE_PROPERTIES[kind]], rows)
    for (drawn, *ends), links in edges.items():
        yield from _edges(drawn, (ends[0], ends[1]), links)


def _edges(kind: EdgeName, ends: tuple[NodeName, NodeName], rows: Iterable[CypherValues]) -> Iterable[str]:
    names = [*EDGE_PROPERTIES.get(kind, ())]
    return merged_edges(type_of(kind), (label_of(ends[0]), label_of(ends[1])), names, rows, EDGE_KEYS.get(kind))


def _between_plans(coverings: Iterable[Covering], documents: Iterable[DocumentRow]) -> Iterator[str]:
    """Edges that no plan shows alone, and the numbers of documents."""
    known = list(documents)
    rows = ((row.id, row.title, row.number, row.plan_id) for row in known)
    yield from merged_nodes(label_of("document"), [*NODE_PROPERTIES["document"]], rows)
    yield from _edges("names", ("document", "plan"), ((row.id, row.plan_id) for row in known if row.plan_id))
    covered = ((each.unit_id, each.collective_id, int(each.stated)) for each in coverings)
    yield from _edges("member_of", ("unit", "unit"), covered)


class _Facts:
    """What a plan's rows say of its nodes and edges; each edge takes its row once."""

    def __init__(self, rows: Iterable[Row]) -> None:
        tables: dict[str, list[Named]] = defaultdict(list)
        for table, values in rows:
            tables[table].append(dict(zip(columns()[table], values, strict=True)))
        self._nodes = dict(_node_rows(tables))
        self._edges: dict[tuple[str, ...], list[Named]] = defaultdict(list)
        for key, row in _edge_rows(tables):
            self._edges[key].append(row)

    def of_node(self, node: Node) -> CypherValues:
        """All that `NODE_PROPERTIES` promises."""
        told = {"name": node.label, "title": node.label, "plan_id": node.plan_id, **self._nodes.get(node.key, {})}
        return tuple(told.get(name) for name in NODE_PROPERTIES[node.kind])

    def of_edge(self, edge: Edge) -> CypherValues:
        """All that `EDGE_PROPERTIES` promises. Of edges that share a key, rows come in the order of the edges."""
        names = EDGE_PROPERTIES.get(edge.kind, {})
        if not names:
            return ()
        if edge.kind == "member_of":
            return (int(edge.detail != "inferred"),)
        row = self._edges[edge.kind, edge.source, edge.detail if edge.kind == "cites" else edge.target].pop(0)
        return tuple(row[name] for name in names)


def _node_rows(tables: Mapping[str, list[Named]]) -> Iterator[tuple[str, Named]]:
    """Rows by the keys of their nodes."""
    gaps = _listed(tables["gap"], "task_id", "code")
    reach = _listed(tables["reach"], "fact_id", "task_id")
    for table, kind in _TABLES.items():
        for row in tables[table]:
            yield node_key(kind, row["id"]), {**row, "gaps": gaps.get(row["id"]), "reach": reach.get(row["id"])}
    for row in tables["fact"]:
        yield node_key(row["kind"], row["id"]), {**msgspec.json.decode(row["said"]), **row}


def _listed(rows: Iterable[Named], by: str, name: str) -> dict[str, str]:
    """The values of a column by those of another, one a line (`graph.schema.properties.LISTS`)."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row[by]].append(row[name])
    return {key: "\n".join(several) for key, several in found.items()}


def _edge_rows(tables: Mapping[str, list[Named]]) -> Iterator[tuple[tuple[str, ...], Named]]:
    """Rows by kind, source and target of their edges; a citation, which does not know its document, by its role."""
    for row in tables["assignment"]:
        yield (ROLE_EDGES[row["role"]], node_key("unit", row["unit_id"]), node_key("task", row["task_id"])), row
    for row in sorted(tables["citation"], key=lambda row: str(row["id"])):
        yield ("cites", node_key(row["holder"], row["holder_id"]), row["role"]), {**row, "citation": row["id"]}
    for row in tables["person"]:
        person = node_key("person", f"{row['name']}@{row['plan_id']}")
        yield ("in_charge", person, node_key("task", row["task_id"])), row
