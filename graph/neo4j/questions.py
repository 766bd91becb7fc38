"""The queries behind the questions that are tables (graph/answers/from_rows.py), in Cypher.

`{plan}` in a pattern stands for the plan that is asked for, so that its index finds it; `seen(…)` for the generation.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.answers.from_rows import QueryName, Row, Rows, Value
from graph.neo4j.record import View
from graph.neo4j.schema import ROLES, seen

_PLANS = f"""
MATCH (p:Part {{part: 'plan'}}) WHERE {seen("p")}
MATCH (e:Entry {{id: p.id}}) WHERE {seen("e")}
RETURN p.id, p.title, p.number, p.issuer, p.issued_on, p.year, p.region, p.sections, p.tasks, p.milestones, p.doubts,
       p.consumed, p.total, e.version, e.generation
ORDER BY coalesce(p.issued_on, '') DESC, p.id
"""

_COUNTED = """
CALL (u) {{
  MATCH (u)-[:{type}]->(t:Part{of_plan}) WHERE {seen}
  RETURN count(DISTINCT t) AS {name}
}}"""


def _units(start: str, of_plan: str) -> str:
    counted = "".join(
        _COUNTED.format(type=type, name=name, seen=seen("t"), of_plan=of_plan)
        for type, name in (
            ("LEADS", "lead"), ("SUPPORTS", "support"), ("RESPONSIBLE_FOR", "responsible"), ("AS_HAT", "hat"),
        )
    )  # fmt: skip
    return f"""
{start} WHERE {seen("p")}
WITH u, substring(min(right('00' + toString(size(n.name)), 3) + n.name), 3) AS name, min(n.kind) AS kind,
     max(n.level) AS level, min(n.region) AS region, collect(n.names) AS names, count(p) AS plans
{counted}
RETURN u.id, name, kind, level, region, names, lead, support, responsible, hat, plans
"""


_DUTIES = f"""
MATCH (p:Part {{id: t.plan_id}}) WHERE {seen("p")}
RETURN u.id, t.id, t.plan_id, p.title, p.issued_on, t.section, t.text, a.role, a.stated, a.name, a.mention,
       a.rule, t.start, t.end, a.statement_start, a.statement_end, t.deadline
ORDER BY coalesce(p.issued_on, '') DESC, t.plan_id, t.place, a.place
"""

_ASKED = f"""
WHERE {seen("t")} AND ($role IS NULL OR a.role = $role)
  AND ($deadline IS NULL OR t.deadline = $deadline)
  AND ($unless IS NULL OR NOT EXISTS {{ (t)<-[:{ROLES}]-(:UnitAnchor {{id: $unless}}) }})
"""

_OWN = f"MATCH (u:UnitAnchor {{id: $unit}})-[a:{ROLES}]->(t:Part{{plan}}) {_ASKED} {_DUTIES}"

_BY_HAT = f"""
MATCH (:UnitAnchor {{id: $unit}})-[h:AS_HAT]->(t:Part{{plan}})
MATCH (u:UnitAnchor)-[a:{ROLES}]->(t) WHERE a.place = h.place
WITH u, a, t {_ASKED} {_DUTIES}
"""

_COLLECTIVES = f"""
MATCH (u:UnitAnchor {{region: $region}})-[n:NAMED_IN {{kind: 'collective'}}]->(p:Part) WHERE {seen("p")}
RETURN DISTINCT u.id AS id, n.name AS name ORDER BY id, name
"""

_PARTNERS = f"""
MATCH (u:UnitAnchor {{id: $unit}})-[a:{ROLES}]->(t:Part{{plan}}) WHERE {seen("t")}
MATCH (t)<-[b:{ROLES}]-(o:UnitAnchor) WHERE o.id <> $unit
RETURN o.id, b.name, b.kind, t.id, t.plan_id, t.section, t.text, a.role, b.role
ORDER BY t.plan_id, t.place, b.place, a.place
"""


def _documents(which: str) -> str:
    return f"""
MATCH (d:Identity{which}) WHERE {seen("d")}
MATCH (n:Name {{document_id: d.id}}) WHERE {seen("n")}
OPTIONAL MATCH (c:Part {{title_key: n.title_key}})
WHERE c.part = 'citation' AND c.number_key = n.number_key AND {seen("c")}
WITH d, collect(DISTINCT c.title) AS titles, count(c) AS citations, count(DISTINCT c.plan_id) AS plans
RETURN d.id, d.title, d.number, d.plan_id, titles, citations, plans ORDER BY citations DESC, d.id
"""


_CITING = f"""
CALL () {{
  MATCH (n:Name {{document_id: $document}}) WHERE {seen("n")}
  MATCH (c:Part {{title_key: n.title_key}})
  WHERE c.part = 'citation' AND c.number_key = n.number_key AND {seen("c")}
  RETURN c, 0 AS inside
  UNION
  MATCH (n:Name {{document_id: $document, number_key: ''}}) WHERE {seen("n")}
  MATCH (i:Part {{title_key: n.title_key}}) WHERE i.part = 'inner' AND {seen("i")}
  MATCH (i)-[:INSIDE]->(c:Part)
  RETURN c, 1 AS inside
}}
WITH c, min(inside) AS inside
MATCH (o:Name {{title_key: c.title_key}}) WHERE o.number_key = c.number_key AND {seen("o")}
MATCH (p:Part {{id: c.plan_id}}) WHERE {seen("p")}
RETURN c.id, CASE inside WHEN 1 THEN o.document_id END, c.title, c.number, c.role, c.articles, c.plan_id, p.title,
       c.holder, c.holder_id, c.section, c.sentence, c.start, c.end
ORDER BY coalesce(p.issued_on, '') DESC, c.plan_id, c.start
"""


def _by_day(start: str) -> str:
    return f"""
{start} d.due >= $start AND d.due <= $end AND d.kind = 'by' AND {seen("d")}
RETURN DISTINCT d.id, d.due, d.plan_id, d.start, d.end
"""


def _again(start: str) -> str:
    return f"""
{start} d.kind IN ['count', 'recurring'] AND {seen("d")}
MATCH (p:Part {{id: d.plan_id}}) WHERE {seen("p")} AND p.recurs_from <= $end AND p.recurs_to >= $start
RETURN DISTINCT d.id, d.every, d.plan_id, d.start, d.end, p.recurs_from, p.recurs_to
"""


_DEADLINES = "MATCH (d:Part{plan}) WHERE"
_OF_UNIT = f"MATCH (:UnitAnchor {{id: $unit}})-[:{ROLES}]->(:Part)<-[:REACHES]-(d:Part{{plan}}) WHERE"

_DUE = f"""
UNWIND $facts AS fact MATCH (d:Part {{id: fact}}) WHERE {seen("d")}
MATCH (p:Part {{id: d.plan_id}}) WHERE {seen("p")}
RETURN d.id, d.level, d.text, d.kind, d.every, d.min_count, d.precision, d.start, d.end, d.plan_id, p.title,
       d.section_id, d.section, d.clause, d.milestone_id
"""

_BOUND = f"""
UNWIND $facts AS fact MATCH (d:Part {{id: fact}}) WHERE {seen("d")}
UNWIND d.reach AS task MATCH (t:Part {{id: task}}) WHERE {seen("t")}
MATCH (t)<-[a:{ROLES}]-(u:UnitAnchor)
RETURN u.id, min(a.name), count(DISTINCT fact), count(DISTINCT task)
"""

_REACHED = f"""
UNWIND $facts AS fact MATCH (d:Part {{id: fact}}) WHERE {seen("d")} UNWIND d.reach AS task RETURN fact, task
"""

_PARTIES = f"""
UNWIND $tasks AS id
MATCH (t:Part {{id: id}}) WHERE {seen("t")}
MATCH (t)<-[a:{ROLES}]-(u:UnitAnchor)
RETURN t.id, u.id, a.name, a.role, a.stated ORDER BY t.id, a.place
"""

_GAPS = f"""
MATCH (t:Part{{plan}}) WHERE t.gaps IS NOT NULL AND {seen("t")}
UNWIND t.gaps AS code
WITH t, code WHERE $code IS NULL OR code = $code
MATCH (p:Part {{id: t.plan_id}}) WHERE {seen("p")}
RETURN code, t.id, t.plan_id, p.title, t.section, t.text
ORDER BY coalesce(p.issued_on, '') DESC, t.plan_id, t.place, code SKIP $offset LIMIT $limit
"""

_GAP_COUNTS = f"""
MATCH (t:Part{{plan}}) WHERE t.gaps IS NOT NULL AND {seen("t")} UNWIND t.gaps AS code RETURN code, count(*)
"""

_DOUBTS = f"""
MATCH (x:Part{{plan}}) WHERE x.part = 'doubt' AND {seen("x")}
RETURN x.plan_id, x.code, x.params, x.start, x.end, x.id ORDER BY x.plan_id, x.start, x.code, x.params, x.id
"""

_CLASHES = f"""
MATCH (c:Clash) WHERE {seen("c")} RETURN c.number, c.title, c.other ORDER BY c.number, c.title, c.other
"""

_ANY = "MATCH (u:UnitAnchor)-[n:NAMED_IN]->(p:Part)"
_ONE = "MATCH (u:UnitAnchor {id: $unit})-[n:NAMED_IN]->(p:Part)"
_THERE = "MATCH (p:Part {id: $plan})<-[n:NAMED_IN]-(u:UnitAnchor)"

_NAMED = f"""
{_ONE} WHERE {seen("p")} RETURN n.name, n.kind, n.region ORDER BY p.id LIMIT 1
"""

QUERIES: Mapping[QueryName, str] = {
    "plan_known": f"MATCH (e:Entry {{id: $id}}) WHERE {seen('e')} RETURN 1",
    "was_removed": f"MATCH (r:Removed {{id: $id}}) WHERE {seen('r')} RETURN 1",
    "plans": _PLANS,
    "units": _units(_ANY, ""),
    "named": _NAMED,
    "duties": _OWN,
    "duties_by_hat": _BY_HAT,
    "collectives": _COLLECTIVES,
    "partners": _PARTNERS,
    "documents": _documents(""),
    "redirect": f"MATCH (r:Redirect {{id: $id}}) WHERE {seen('r')} RETURN r.document_id",
    "citing": _CITING,
    "due_by_day": _by_day(_DEADLINES),
    "due_again": _again(_DEADLINES),
    "due": _DUE,
    "bound": _BOUND,
    "reached": _REACHED,
    "parties": _PARTIES,
    "gaps": _GAPS,
    "gap_counts": _GAP_COUNTS,
    "doubts": _DOUBTS,
    "clashes": _CLASHES,
}

_NARROW: Mapping[tuple[QueryName, str], str] = {
    ("units", "unit"): _units(_ONE, ""),
    ("units", "plan"): _units(_THERE, " {plan_id: $plan}"),
    ("documents", "id"): _documents(" {id: $id}"),
    ("due_by_day", "unit"): _by_day(_OF_UNIT),
    ("due_again", "unit"): _again(_OF_UNIT),
}
"""Queries that begin elsewhere where a value is given."""


def asking(view: View) -> Rows:
    """Answers the queries in the generation of a view."""

    def rows(query: QueryName, /, **values: Value) -> list[Row]:
        given = [name for name, value in values.items() if value is not None]
        narrow = (text for (asked, name), text in _NARROW.items() if asked == query and name in given)
        text = next(narrow, QUERIES[query])
        of_plan = " {plan_id: $plan}" if "plan" in given else ""
        return list(view.rows(text.replace("{plan}", of_plan), **values))

    return rows
