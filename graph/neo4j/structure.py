"""Nodes and edges out of the graph as it was in one generation: each query is one kind, named as in schema.py.

Nodes and edges come in the order in which SQLite gives them, so that of two paths of one length both stores tell one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.derived.structure import whole
from graph.neo4j.record import View
from graph.neo4j.schema import seen
from graph.query.questions import Edge, Node, Subgraph
from graph.query.row_types import CiteColumns, EdgeColumns, NamedColumns, NodeColumns, RowOf
from graph.schema.kinds import EdgeName, NodeName, node_key
from graph.store import Members
from ingest import PLAIN


def _parts(part: str, label: str, order: str = "n.id") -> str:
    which = f"n.part = '{part}' AND {seen('n')}"
    return (
        f"MATCH (n:Part) WHERE {which} {{n}} RETURN n.id AS id, {label} AS label, n.plan_id AS plan_id ORDER BY {order}"
    )


_PLACE = "n.plan_id, n.place"
_NAMES = f"(n:Name {{title_key: c.title_key}}) WHERE n.number_key = c.number_key AND {seen('n')}"
_INNER = f"(n:Name {{title_key: i.title_key, number_key: ''}}) WHERE {seen('n')}"

_CITED = f"""
CALL () {{
  MATCH (c:Part) WHERE c.part = 'citation' AND {seen("c")} {{c}} MATCH {_NAMES} RETURN n.document_id AS id
  UNION
  MATCH (i:Part) WHERE i.part = 'inner' AND {seen("i")} {{i}} MATCH {_INNER} RETURN n.document_id AS id
}}
MATCH (d:Identity {{id: id}}) WHERE {seen("d")} RETURN d.id AS id, d.title AS label, d.plan_id AS plan_id ORDER BY d.id
"""

_NODES: tuple[tuple[NodeName, str], ...] = (
    ("plan", _parts("plan", "n.title")),
    ("section", _parts("section", "trim(n.number + ' ' + n.title)")),
    ("task", _parts("task", "substring(n.text, 0, 60)", _PLACE)),
    (
        "unit",
        f"MATCH (u:UnitAnchor)-[r:NAMED_IN]->(n:Part) WHERE {seen('n')} {{n}}"
        " RETURN u.id AS id, min(r.name) AS label, null AS plan_id ORDER BY id",
    ),
    ("document", _CITED),
    ("deadline", _parts("deadline", "n.text")),
    ("target", _parts("target", "n.text")),
    *((kind.name, _parts(kind.name, "n.text")) for kind in PLAIN),
    ("milestone", _parts("milestone", "substring(n.text, 0, 60)", _PLACE)),
    ("doubt", _parts("doubt", "n.code")),
    ("person", _parts("person", "n.name")),
)
"""For each kind of node: `NodeColumns`."""


def _fact(part: str, source: str, target: str, which: str = "true", order: str = "n.id") -> str:
    about = f"n.part = '{part}' AND {seen('n')} AND {which}"
    ends = f"{source} AS source, {target} AS target"
    return f"MATCH (n:Part) WHERE {about} {{n}} RETURN {ends}, '' AS detail ORDER BY {order}"


def _assigned(type: str) -> str:
    return (
        f"MATCH (n:Part) WHERE n.part = 'task' AND {seen('n')} {{n}} MATCH (u:UnitAnchor)-[a:{type}]->(n)"
        " RETURN u.id AS source, n.id AS target, CASE a.stated WHEN 0 THEN 'inferred' ELSE '' END AS detail"
        " ORDER BY n.id, a.place"
    )


_HATS = f"""
MATCH (h:UnitAnchor)-[x:AS_HAT]->(n:Part) WHERE {seen("n")} {{n}}
MATCH (u:UnitAnchor)-[a:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(n) WHERE a.place = x.place
RETURN DISTINCT u.id AS source, h.id AS target, '' AS detail ORDER BY source, target
"""

_INNER_EDGES = f"""
MATCH (i:Part) WHERE i.part = 'inner' AND {seen("i")} {{i}}
MATCH {_INNER}
MATCH (i)-[:INSIDE]->(c:Part)
MATCH (o:Name {{title_key: c.title_key}})
WHERE o.number_key = c.number_key AND {seen("o")} AND o.document_id <> n.document_id
RETURN DISTINCT o.document_id AS source, n.document_id AS target, '' AS detail ORDER BY source, target
"""

_EDGES: tuple[tuple[EdgeName, NodeName, NodeName, str], ...] = (
    ("contains", "plan", "section", _fact("section", "n.plan_id", "n.id", "n.parent IS NULL")),
    ("contains", "section", "section", _fact("section", "n.parent", "n.id", "n.parent IS NOT NULL")),
    ("contains", "section", "task", _fact("task", "n.section_id", "n.id", "n.section_id <> n.plan_id")),
    ("contains", "plan", "task", _fact("task", "n.plan_id", "n.id", "n.section_id = n.plan_id")),
    ("contains", "section", "milestone", _fact("milestone", "n.section_id", "n.id")),
    ("leads", "unit", "task", _assigned("LEADS")),
    ("supports", "unit", "task", _assigned("SUPPORTS")),
    ("responsible_for", "unit", "task", _assigned("RESPONSIBLE_FOR")),
    ("due", "task", "deadline", _fact("deadline", "n.task_id", "n.id", "n.task_id IS NOT NULL")),
    ("due", "milestone", "deadline", _fact("deadline", "n.milestone_id", "n.id", "n.task_id IS NULL")),
    ("aims_at", "task", "target", _fact("target", "n.holder_id", "n.id", "n.holder_kind = 'task'")),
    ("aims_at", "milestone", "target", _fact("target", "n.holder_id", "n.id", "n.holder_kind = 'milestone'")),
    *(
        (kind.edge.name, holder, kind.name, _fact(kind.name, "n.holder_id", "n.id", f"n.holder_kind = '{holder}'"))
        for kind in PLAIN
        for holder in ("task", "milestone")
    ),
    ("about", "milestone", "task", _fact("milestone", "n.id", "n.task_id", "n.task_id IS NOT NULL")),
    ("same_as", "task", "task", _fact("task", "n.id", "n.same_as", "n.same_as IS NOT NULL")),
    ("hat", "unit", "unit", _HATS),
    (
        "names", "document", "plan",
        f"MATCH (n:Identity) WHERE n.plan_id IS NOT NULL AND {seen('n')} {{n}}"
        " RETURN n.id AS source, n.plan_id AS target, '' AS detail ORDER BY n.id",
    ),
    (
        "in_charge", "person", "task",
        f"MATCH (n:Part) WHERE n.part = 'person' AND {seen('n')} {{n}} MATCH (n)-[:IN_CHARGE]->(t:Part)"
        " RETURN n.id AS source, t.id AS target, '' AS detail ORDER BY n.id, t.id",
    ),
    ("inner", "document", "document", _INNER_EDGES),
    ("doubts", "doubt", "plan", _fact("doubt", "n.id", "n.plan_id")),
)  # fmt: skip
"""For each kind of edge: kinds at its ends, and `EdgeColumns`."""

_CITES = f"""
MATCH (c:Part) WHERE c.part = 'citation' AND {seen("c")} {{c}} MATCH {_NAMES}
RETURN c.holder AS holder, c.holder_id AS holder_id, n.document_id AS document_id, c.role AS role ORDER BY c.id
"""

_DOUBTS = f"""
MATCH (n:Part) WHERE n.part = 'doubt' AND {seen("n")} {{n}}
RETURN n.code AS code, n.plan_id AS plan_id ORDER BY n.plan_id, n.start, n.code
"""

_UNITS = f"""
MATCH (u:UnitAnchor)-[r:NAMED_IN]->(n:Part) WHERE {seen("n")} {{n}}
WITH u, r.name AS name, r.kind AS kind, min(n.id) AS first
RETURN u.id AS id, name, kind, u.region AS region ORDER BY id, first
"""


def nodes_and_edges(view: View, plans: Collection[str] | None, generation: int, members: Members) -> Subgraph:
    """Everything, or what the given plans hold and point to; every edge has both its nodes."""
    asked = None if plans is None else sorted(plans)
    units = _rows(view, _UNITS, asked, NamedColumns)
    return whole(_nodes(view, asked), _edges(view, asked), units, generation, members)


def _rows(view: View, query: str, asked: list[str] | None, row: type[RowOf]) -> list[RowOf]:
    """Rows of a query whose {n}, {c} and {i} stand for the condition on the plan of that variable."""
    for name in "nci":
        query = query.replace(f"{{{name}}}", "" if asked is None else f"AND {name}.plan_id IN $asked")
    return view.named_rows(query, row, asked=asked)


def _nodes(view: View, asked: list[str] | None) -> Iterator[Node]:
    for kind, query in _NODES:
        for row in _rows(view, query, asked, NodeColumns):
            yield Node(node_key(kind, row.id), kind, row.id, row.label, row.plan_id)


def _edges(view: View, asked: list[str] | None) -> Iterator[Edge]:
    for kind, source_kind, target_kind, query in _EDGES:
        for row in _rows(view, query, asked, EdgeColumns):
            yield Edge(kind, node_key(source_kind, row.source), node_key(target_kind, row.target), row.detail)
    for cite in _rows(view, _CITES, asked, CiteColumns):
        yield Edge("cites", f"{cite.holder}:{cite.holder_id}", node_key("document", cite.document_id), cite.role)
