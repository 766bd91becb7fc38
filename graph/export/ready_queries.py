"""Cypher for the questions (现成查询), for anybody who asks the graph in Neo4j: Zeren's database or an export."""

from __future__ import annotations

from graph.schema.kinds import EDGES, NODES, ROLE_EDGES, label_of, type_of
from ingest.model import Record

_ROLES = "|".join(type_of(kind) for kind in ROLE_EDGES.values())
_PRIVATE = {kind.name for kind in NODES if kind.private}
_TYPES = "|".join(type_of(kind.name) for kind in EDGES if not _PRIVATE & {*kind.sources, *kind.targets})
_KIND = f"[label IN labels(n) WHERE label IN {[label_of(kind.name) for kind in NODES]}][0]"


class ReadyQuery(Record, frozen=True):
    """A question, its query, and what its answer leaves out beside Zeren's own (`graph.store.Tables`)."""

    name: str
    question: str
    cypher: str
    note: str = ""


READY: tuple[ReadyQuery, ...] = (
    ReadyQuery(
        "duties",
        "What does a unit have to do: itself (own), by its second nameplate (hat), as a member or one of a collective?",
        f"""
MATCH (u:Unit {{id: $unit}})-[r:{_ROLES}]->(t:Task)
RETURN 'own' AS via, t.id AS task, r.role AS role, r.stated AS stated, t.text AS text
UNION
MATCH (u:Unit {{id: $unit}})<-[:HAT]-(:Unit)-[r:{_ROLES}]->(t:Task)
WHERE r.hat_id = u.id AND NOT EXISTS {{ (u)-[:{_ROLES}]->(t) }}
RETURN 'hat' AS via, t.id AS task, r.role AS role, r.stated AS stated, t.text AS text
UNION
MATCH (u:Unit {{id: $unit}})-[m:MEMBER_OF]->(:Unit)-[r:{_ROLES}]->(t:Task)
WHERE NOT EXISTS {{ (u)-[:{_ROLES}]->(t) }}
RETURN CASE m.stated WHEN 1 THEN 'member' ELSE 'collective' END AS via,
       t.id AS task, r.role AS role, r.stated AS stated, t.text AS text
""",
    ),
    ReadyQuery(
        "partners",
        "With whom does a unit work, and on how many tasks?",
        f"""
MATCH (u:Unit {{id: $unit}})-[:{_ROLES}]->(t:Task)<-[:{_ROLES}]-(partner:Unit)
WHERE partner <> u
RETURN partner.id AS unit, partner.name AS name, count(DISTINCT t) AS tasks
ORDER BY tasks DESC, unit
""",
    ),
    ReadyQuery(
        "citing",
        "Who cites a document, itself or through the document that issues it (印发)?",
        """
MATCH (d:Document {id: $document})<-[:INNER*0..1]-(cited:Document)<-[c:CITES]-(holder:Plan|Task|Milestone)
RETURN DISTINCT c.citation AS citation, holder.id AS holder, c.role AS role, c.sentence AS sentence
ORDER BY citation
""",
    ),
    ReadyQuery(
        "due",
        "What falls due between two days, for which tasks and units?",
        f"""
MATCH (d:Deadline) WHERE d.kind = 'by' AND $start <= d.due <= $end
CALL (d) {{
  UNWIND d.reach AS id MATCH (t:Task {{id: id}}) OPTIONAL MATCH (u:Unit)-[:{_ROLES}]->(t)
  RETURN collect(DISTINCT t.id) AS tasks, collect(DISTINCT u.id) AS units
}}
RETURN d.due AS due, d.id AS deadline, d.level AS level, d.clause AS clause, tasks, units
ORDER BY due, deadline
""",
        "Fixed days only: the last days of recurring and counted periods are worked out by Zeren.",
    ),
    ReadyQuery(
        "gaps",
        "Which tasks lack a unit, a lead, a deadline?",
        """
MATCH (t:Task) WHERE t.gaps IS NOT NULL
UNWIND t.gaps AS gap
RETURN gap, t.id AS task, t.section AS section, t.text AS text
ORDER BY t.plan_id, t.place, gap
""",
    ),
    ReadyQuery(
        "neighbourhood",
        "What is within two steps of a unit? (Any other label does as well.)",
        f"""
MATCH p = (start:Unit {{id: $unit}})-[:{_TYPES}*1..2]-(n)
WHERE n <> start AND none(each IN nodes(p) WHERE each:Past)
RETURN {_KIND} AS kind, n.id AS id, min(length(p)) AS steps
ORDER BY steps, kind, id
""",
        "`Past` is what Zeren's database keeps for a while of plans that were replaced; an export has none.",
    ),
    ReadyQuery(
        "path",
        "What joins a unit and a document, by the shortest way?",
        f"""
MATCH p = shortestPath((:Unit {{id: $unit}})-[:{_TYPES}*..20]-(:Document {{id: $document}}))
WHERE none(each IN nodes(p) WHERE each:Past)
RETURN [n IN nodes(p) | {_KIND} + ':' + n.id] AS nodes, [r IN relationships(p) | type(r)] AS edges
""",
        "Of several ways of one length Zeren and Neo4j may each tell another.",
    ),
)
