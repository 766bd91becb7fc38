"""Nodes and edges out of the tables: each query is one kind, named as in schema.py."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

import msgspec

from graph.derived.structure import whole
from graph.query.questions import Edge, Node, Subgraph
from graph.query.row_types import CiteColumns, EdgeColumns, NamedColumns, NodeColumns, RowOf
from graph.schema.kinds import EdgeName, NodeName, node_key
from graph.sqlite.connection import named_rows
from graph.store import Members
from ingest import PLAIN

_NODES: tuple[tuple[NodeName, str], ...] = (
    ("plan", "SELECT id, title AS label, id AS plan_id FROM plan_row WHERE {id} ORDER BY id"),
    ("section", "SELECT id, trim(number || ' ' || title) AS label, plan_id FROM section WHERE {plan} ORDER BY id"),
    ("task", "SELECT id, substr(text, 1, 60) AS label, plan_id FROM task WHERE {plan} ORDER BY plan_id, place"),
    ("unit", "SELECT id, MIN(name) AS label, NULL AS plan_id FROM unit WHERE {plan} GROUP BY id ORDER BY id"),
    ("document", "SELECT id, title AS label, plan_id FROM document WHERE id IN ({documents}) ORDER BY id"),
    ("deadline", "SELECT id, text AS label, plan_id FROM deadline WHERE {plan} ORDER BY id"),
    ("target", "SELECT id, text AS label, plan_id FROM target WHERE {plan} ORDER BY id"),
    *(
        (kind.name, f"SELECT id, text AS label, plan_id FROM fact WHERE kind = '{kind.name}' AND {{plan}} ORDER BY id")
        for kind in PLAIN
    ),
    (
        "milestone",
        "SELECT id, substr(text, 1, 60) AS label, plan_id FROM milestone WHERE {plan} ORDER BY plan_id, place",
    ),
    ("doubt", "SELECT id, code AS label, plan_id FROM doubt WHERE {plan} ORDER BY id"),
    (
        "person",
        "SELECT DISTINCT name || '@' || plan_id AS id, name AS label, plan_id FROM person WHERE {plan} ORDER BY 1",
    ),
)
"""For each kind of node: `NodeColumns`."""

_CITED = """
SELECT n.document_id FROM citation c JOIN named n ON n.title_key = c.title_key AND n.number_key = c.number_key
WHERE {c.plan}
UNION SELECT n.document_id FROM inner_title i JOIN named n ON n.title_key = i.title_key AND n.number_key = ''
WHERE {i.plan}
"""


def _of(table: str, source: str, target: str, which: str = "1", detail: str = "''", order: str = "id") -> str:
    columns = f"{source} AS source, {target} AS target, {detail} AS detail"
    return f"SELECT {columns} FROM {table} WHERE {which} AND {{plan}} ORDER BY {order}"


def _assigned(role: str) -> str:
    inferred = "iif(stated, '', 'inferred')"
    return _of("assignment", "unit_id", "task_id", f"role = '{role}'", inferred, "task_id, place")


_HATS = _of("assignment", "DISTINCT unit_id", "hat_id", "hat_id IS NOT NULL", order="1, 2")
_IN_CHARGE = _of("person", "name || '@' || plan_id", "task_id", order="1, 2")
_INNER = """
SELECT DISTINCT o.document_id AS source, n.document_id AS target, '' AS detail FROM inner_title i
JOIN named n ON n.title_key = i.title_key AND n.number_key = '' JOIN citation c ON c.id = i.citation_id
JOIN named o ON o.title_key = c.title_key AND o.number_key = c.number_key
WHERE o.document_id <> n.document_id AND {i.plan} ORDER BY 1, 2
"""

_EDGES: tuple[tuple[EdgeName, NodeName, NodeName, str], ...] = (
    ("contains", "plan", "section", _of("section", "plan_id", "id", "+parent IS NULL")),
    ("contains", "section", "section", _of("section", "parent", "id", "+parent IS NOT NULL")),
    ("contains", "section", "task", _of("task", "section_id", "id", "section_id <> plan_id")),
    ("contains", "plan", "task", _of("task", "plan_id", "id", "section_id = plan_id")),
    ("contains", "section", "milestone", _of("milestone", "section_id", "id")),
    ("leads", "unit", "task", _assigned("lead")),
    ("supports", "unit", "task", _assigned("support")),
    ("responsible_for", "unit", "task", _assigned("responsible")),
    ("due", "task", "deadline", _of("deadline", "task_id", "id", "task_id IS NOT NULL")),
    ("due", "milestone", "deadline", _of("deadline", "milestone_id", "id", "task_id IS NULL")),
    ("aims_at", "task", "target", _of("target", "holder_id", "id", "holder_kind = 'task'")),
    ("aims_at", "milestone", "target", _of("target", "holder_id", "id", "holder_kind = 'milestone'")),
    *(
        (
            kind.edge.name,
            holder,
            kind.name,
            _of("fact", "holder_id", "id", f"kind = '{kind.name}' AND holder_kind = '{holder}'"),
        )
        for kind in PLAIN
        for holder in ("task", "milestone")
    ),
    ("about", "milestone", "task", _of("milestone", "id", "task_id", "+task_id IS NOT NULL")),
    ("same_as", "task", "task", _of("task", "id", "same_as", "same_as IS NOT NULL")),
    ("hat", "unit", "unit", _HATS),
    ("names", "document", "plan", _of("document", "id", "plan_id", "plan_id IS NOT NULL")),
    ("in_charge", "person", "task", _IN_CHARGE),
    ("inner", "document", "document", _INNER),
    ("doubts", "doubt", "plan", _of("doubt", "id", "plan_id")),
)
"""For each kind of edge: kinds at its ends, and `EdgeColumns`. A `+` keeps SQLite from the index of that column, which
goes through all plans."""

_CITES = """
SELECT c.holder, c.holder_id, n.document_id, c.role FROM citation c
JOIN named n ON n.title_key = c.title_key AND n.number_key = c.number_key WHERE {c.plan} ORDER BY c.id
"""

_UNITS = "SELECT DISTINCT id, name, kind, region FROM unit WHERE {plan} ORDER BY id, plan_id"


def nodes_and_edges(
    connection: sqlite3.Connection, plans: Collection[str] | None, generation: int, members: Members
) -> Subgraph:
    """Everything, or what the given plans hold and point to; every edge has both its nodes."""
    asked = None if plans is None else msgspec.json.encode(sorted(plans)).decode()
    units = _rows(connection, _UNITS, asked, NamedColumns)
    return whole(_nodes(connection, asked), _edges(connection, asked), units, generation, members)


def _rows(connection: sqlite3.Connection, query: str, asked: str | None, row: type[RowOf]) -> list[RowOf]:
    """Rows of a query whose {plan}, {c.plan} … stand for the condition on the plans asked for (JSON, None for all)."""
    query = query.replace("{documents}", _CITED)
    for name, column in (("{plan}", "plan_id"), ("{id}", "id"), ("{c.plan}", "c.plan_id"), ("{i.plan}", "i.plan_id")):
        condition = "1" if asked is None else f"{column} IN (SELECT value FROM json_each(:asked))"
        query = query.replace(name, condition)
    return named_rows(connection.execute(query, {} if asked is None else {"asked": asked}), row)


def _nodes(connection: sqlite3.Connection, asked: str | None) -> Iterator[Node]:
    for kind, query in _NODES:
        for row in _rows(connection, query, asked, NodeColumns):
            yield Node(node_key(kind, row.id), kind, row.id, row.label, row.plan_id)


def _edges(connection: sqlite3.Connection, asked: str | None) -> Iterator[Edge]:
    for kind, source_kind, target_kind, query in _EDGES:
        for row in _rows(connection, query, asked, EdgeColumns):
            yield Edge(kind, f"{source_kind}:{row.source}", f"{target_kind}:{row.target}", row.detail)
    for cite in _rows(connection, _CITES, asked, CiteColumns):
        yield Edge("cites", f"{cite.holder}:{cite.holder_id}", node_key("document", cite.document_id), cite.role)
