"""Nodes and edges out of the tables: each query is one kind, named as in schema.py."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator

import msgspec

from graph.gaps import may_cover
from graph.questions import Edge, Node, Subgraph
from graph.schema import EdgeName, NodeName, node_key
from ingest.model import fact_id

_NODES: tuple[tuple[NodeName, str], ...] = (
    ("plan", "SELECT id, title, id FROM plan_row WHERE {id}"),
    ("section", "SELECT id, trim(number || ' ' || title), plan_id FROM section WHERE {plan}"),
    ("task", "SELECT id, substr(text, 1, 60), plan_id FROM task WHERE {plan} ORDER BY plan_id, place"),
    ("unit", "SELECT id, MIN(name), NULL FROM unit WHERE {plan} GROUP BY id"),
    ("document", "SELECT d.id, d.title, d.plan_id FROM document d WHERE d.id IN ({documents})"),
    ("deadline", "SELECT id, text, plan_id FROM deadline WHERE {plan}"),
    ("target", "SELECT id, text, plan_id FROM target WHERE {plan}"),
    ("milestone", "SELECT id, substr(text, 1, 60), plan_id FROM milestone WHERE {plan} ORDER BY plan_id, place"),
    ("person", "SELECT DISTINCT name || '@' || plan_id, name, plan_id FROM person WHERE {plan}"),
)
"""For each kind of node: id, label, plan."""

_CITED = """
SELECT n.document_id FROM citation c JOIN named n ON n.title_key = c.title_key AND n.number_key = c.number_key
WHERE {c.plan}
UNION SELECT n.document_id FROM inner_title i JOIN named n ON n.title_key = i.title_key AND n.number_key = ''
WHERE {i.plan}
"""

_AIMS = "SELECT holder_id, id, '' FROM target WHERE holder_kind = "
_ASSIGNED = "SELECT unit_id, task_id, iif(stated, '', 'inferred') FROM assignment WHERE role = "

_EDGES: tuple[tuple[EdgeName, str, str, str], ...] = (
    ("contains", "plan", "section", "SELECT plan_id, id, '' FROM section WHERE parent IS NULL AND {plan}"),
    ("contains", "section", "section", "SELECT parent, id, '' FROM section WHERE parent IS NOT NULL AND {plan}"),
    ("contains", "section", "task", "SELECT section_id, id, '' FROM task WHERE section_id <> plan_id AND {plan}"),
    ("contains", "plan", "task", "SELECT plan_id, id, '' FROM task WHERE section_id = plan_id AND {plan}"),
    ("contains", "section", "milestone", "SELECT section_id, id, '' FROM milestone WHERE {plan}"),
    ("leads", "unit", "task", _ASSIGNED + "'lead' AND {plan}"),
    ("supports", "unit", "task", _ASSIGNED + "'support' AND {plan}"),
    ("responsible_for", "unit", "task", _ASSIGNED + "'responsible' AND {plan}"),
    ("due", "task", "deadline", "SELECT task_id, id, '' FROM deadline WHERE task_id IS NOT NULL AND {plan}"),
    ("due", "milestone", "deadline", "SELECT milestone_id, id, '' FROM deadline WHERE task_id IS NULL AND {plan}"),
    ("aims_at", "task", "target", _AIMS + "'task' AND {plan}"),
    ("aims_at", "milestone", "target", _AIMS + "'milestone' AND {plan}"),
    ("about", "milestone", "task", "SELECT id, task_id, '' FROM milestone WHERE task_id IS NOT NULL AND {plan}"),
    ("same_as", "task", "task", "SELECT id, same_as, '' FROM task WHERE same_as IS NOT NULL AND {plan}"),
    ("hat", "unit", "unit", "SELECT DISTINCT unit_id, hat_id, '' FROM assignment WHERE hat_id IS NOT NULL AND {plan}"),
    ("names", "document", "plan", "SELECT id, plan_id, '' FROM document WHERE plan_id IS NOT NULL AND {plan}"),
    ("in_charge", "person", "task", "SELECT name || '@' || plan_id, task_id, '' FROM person WHERE {plan}"),
    (
        "inner", "document", "document",
        "SELECT DISTINCT o.document_id, n.document_id, '' FROM inner_title i"
        " JOIN named n ON n.title_key = i.title_key AND n.number_key = '' JOIN citation c ON c.id = i.citation_id"
        " JOIN named o ON o.title_key = c.title_key AND o.number_key = c.number_key"
        " WHERE o.document_id <> n.document_id AND {i.plan}",
    ),
)  # fmt: skip
"""For each kind of edge: kinds at its ends, and ids at its ends with a detail."""

_CITES = """
SELECT c.holder, c.holder_id, n.document_id, c.role FROM citation c
JOIN named n ON n.title_key = c.title_key AND n.number_key = c.number_key WHERE {c.plan}
"""


def nodes_and_edges(connection: sqlite3.Connection, plans: Collection[str] | None, generation: int) -> Subgraph:
    """Everything, or what the given plans hold and point to; every edge has both its nodes."""
    asked = None if plans is None else msgspec.json.encode(sorted(plans)).decode()
    nodes = {node.key: node for node in (*_nodes(connection, asked), *_doubts(connection, asked))}
    edges = (*_edges(connection, asked), *_coverings(connection, asked), *_doubt_edges(nodes.values()))
    whole = tuple(edge for edge in edges if edge.source in nodes and edge.target in nodes)
    return Subgraph(tuple(nodes.values()), whole, generation)


def _rows(connection: sqlite3.Connection, query: str, asked: str | None) -> Iterator[tuple[str, ...]]:
    """Rows of a query whose {plan}, {c.plan} … stand for the condition on the plans asked for (JSON, None for all)."""
    query = query.replace("{documents}", _CITED)
    for name, column in (("{plan}", "plan_id"), ("{id}", "id"), ("{c.plan}", "c.plan_id"), ("{i.plan}", "i.plan_id")):
        condition = "1" if asked is None else f"{column} IN (SELECT value FROM json_each(:asked))"
        query = query.replace(name, condition)
    yield from connection.execute(query, {} if asked is None else {"asked": asked})


def _nodes(connection: sqlite3.Connection, asked: str | None) -> Iterator[Node]:
    for kind, query in _NODES:
        for id, label, plan in _rows(connection, query, asked):
            yield Node(node_key(kind, id), kind, id, label, plan)


def _doubts(connection: sqlite3.Connection, asked: str | None) -> Iterator[Node]:
    places: dict[str, int] = defaultdict(int)
    query = "SELECT code, plan_id FROM doubt WHERE {plan} ORDER BY plan_id, start, code"
    for code, plan in _rows(connection, query, asked):
        places[plan] += 1
        id = fact_id(plan, "doubt", places[plan])
        yield Node(node_key("doubt", id), "doubt", id, code, plan)


def _doubt_edges(nodes: Collection[Node]) -> Iterator[Edge]:
    for node in nodes:
        if node.kind == "doubt" and node.plan_id:
            yield Edge("doubts", node.key, node_key("plan", node.plan_id))


def _edges(connection: sqlite3.Connection, asked: str | None) -> Iterator[Edge]:
    for kind, source_kind, target_kind, query in _EDGES:
        for source, target, detail in _rows(connection, query, asked):
            yield Edge(kind, f"{source_kind}:{source}", f"{target_kind}:{target}", detail)
    for holder, holder_id, document, role in _rows(connection, _CITES, asked):
        yield Edge("cites", f"{holder}:{holder_id}", node_key("document", document), role)


def _coverings(connection: sqlite3.Connection, asked: str | None) -> Iterator[Edge]:
    """From each unit to the collectives of its region that may cover it."""
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    collectives: list[tuple[str, str, str]] = []
    query = "SELECT DISTINCT id, name, kind, region FROM unit WHERE {plan}"
    for id, name, kind, region in _rows(connection, query, asked):
        if kind == "collective":
            collectives.append((id, name, region))
        else:
            members[region].append((id, name))
    for collective, name, region in collectives:
        for unit, own_name in members[region]:
            if may_cover(name, own_name):
                yield Edge("member_of", node_key("unit", unit), node_key("unit", collective))
