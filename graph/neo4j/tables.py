"""Puts a plan into the graph and takes it out, a plan at a time; rows.py says what it holds, graph/neo4j/rows.py as
what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from graph.derived.rows import TABLES, rows_of
from graph.derived.structure import coverings
from graph.neo4j.record import View, retire
from graph.neo4j.rows import LINKS, PARTS, Drawing, Link, drawing_of, public_label
from graph.neo4j.schema import FOREVER, PUBLIC, ROLES, seen
from graph.query.questions import Covering
from graph.query.row_types import NamedColumns
from graph.store import Members, Resolve
from ingest import PLAIN
from ingest.model import Plan, Record


def fill(view: View, plan: Plan, text: str, resolve: Resolve, members: Members, generation: int) -> Drawing:
    """Draws a plan, where none of it stands (see `empty`); `text` is its source's. What was drawn."""
    drawing = drawing_of(plan.id, rows_of(plan, text, resolve))
    nodes = {part: drawing.nodes[part] for part in PARTS}
    view.rows(_CREATE, generation=generation, forever=FOREVER, **nodes)
    _name_units(view, plan.id, drawing.units, members)
    for links, query in _LINK:
        view.rows(query, **{_name_of(link): drawing.links[link] for link in links})
    return drawing


def _name_of(link: Link) -> str:
    return f"{link.type}_{link.source}_{link.target}"


_CREATE = "\n".join(
    f"""CALL () {{
  UNWIND ${part} AS row CREATE (n:Part:{public_label(part)}) SET n = row, n.since = $generation, n.until = $forever
}}"""
    for part in PARTS
)
"""All nodes of a plan in one query: a query for each kind would spend most of its time on the way."""


def _linking(links: tuple[Link, ...]) -> str:
    return "\n".join(
        f"""CALL () {{
  UNWIND ${_name_of(link)} AS end
  MATCH (a:{link.source} {{id: end.source}}) MATCH (b:{link.target} {{id: end.target}})
  CREATE (a)-[r:{link.type}]->(b) SET r = end.about
}}"""
        for link in links
    )


_TOGETHER = 4
"""Kinds of relationships in one query: one each spends its time on the way, all in one take the server seconds to plan.
"""

_LINK = tuple(
    (links, _linking(links))
    for links in (LINKS[first : first + _TOGETHER] for first in range(0, len(LINKS), _TOGETHER))
)

_LIVE_UNITS = "UNWIND $ids AS id MATCH (u:Unit {id: id}) RETURN u.id"

_NAME = """
MATCH (p:Plan {id: $plan})
UNWIND $units AS row
MERGE (u:UnitAnchor {id: row.id}) ON CREATE SET u.names = []
SET u:Unit, u.name = row.name, u.kind = row.kind, u.level = row.level, u.region = row.region
CREATE (u)-[n:NAMED_IN]->(p)
SET n = row
"""

_UNITS = "MATCH (u:Unit) RETURN u.id AS id, u.name AS name, u.kind AS kind, u.region AS region"
_OF_REGIONS = """
MATCH (u:UnitAnchor) WHERE u.region IN $regions AND u:Unit
RETURN u.id AS id, u.name AS name, u.kind AS kind, u.region AS region
"""

_COVER = """
UNWIND $pairs AS pair MATCH (u:Unit {id: pair[0]}) MATCH (c:Unit {id: pair[1]})
MERGE (u)-[m:MEMBER_OF]->(c) SET m.stated = pair[2]
"""

_UNCOVER = "MATCH (:UnitAnchor)-[m:MEMBER_OF]->() DELETE m"


def _name_units(view: View, plan_id: str, units: Collection[dict[str, Any]], members: Members) -> None:
    """Links the units that a plan names to it, and those that are new to the collectives that cover them."""
    known = {row[0] for row in view.rows(_LIVE_UNITS, ids=[row["id"] for row in units])}
    view.rows(_NAME, plan=plan_id, units=list(units))
    fresh = {row["id"]: row["region"] for row in units if row["id"] not in known}
    if fresh:
        there = view.named_rows(_OF_REGIONS, NamedColumns, regions=sorted(set(fresh.values())))
        covered = coverings(there, members)
        _cover(view, (each for each in covered if each.unit_id in fresh or each.collective_id in fresh))


def _cover(view: View, covered: Iterable[Covering]) -> None:
    view.rows(_COVER, pairs=[[each.unit_id, each.collective_id, int(each.stated)] for each in covered])


def cover_again(view: View, members: Members) -> None:
    """Links all units anew to the collectives that cover them: another lexicon may state other members."""
    view.rows(_UNCOVER)
    _cover(view, coverings(view.named_rows(_UNITS, NamedColumns), members))


def stands(view: View, plan_id: str) -> bool:
    """Whether a plan is drawn."""
    return bool(view.rows("MATCH (p:Plan {id: $plan}) RETURN 1", plan=plan_id))


_UNLINK = (
    "MATCH (:Plan {id: $plan})<-[:NAMED_IN]-(:UnitAnchor)-[h:HAT {plan_id: $plan}]->() DELETE h",
    "MATCH (n:Part {plan_id: $plan}) WHERE n.until = $forever MATCH (n)-[:CITES]->(:Document)-[r:INNER]->()"
    " WHERE r.plan_id = $plan DELETE r",
    "MATCH (n:Part {plan_id: $plan}) WHERE n.until = $forever MATCH (n)-[r:CITES]->() DELETE r",
    "MATCH (:Plan {id: $plan})<-[r:NAMES]-() DELETE r",
)
"""What everybody sees of a plan beside its own nodes."""

_NAMED = "MATCH (:Plan {id: $plan})<-[:NAMED_IN]-(u:UnitAnchor) RETURN u.id"

_NAMING = "MATCH (p:Plan)<-[:NAMED_IN]-(u:UnitAnchor) WHERE u.id IN $ids RETURN DISTINCT p.id ORDER BY p.id"

_UNNAME = """
UNWIND $ids AS id MATCH (u:UnitAnchor {id: id}) WHERE NOT EXISTS { (u)-[:NAMED_IN]->(:Plan) }
REMOVE u:Unit
WITH u MATCH (u)-[m:MEMBER_OF]-() DELETE m
"""


def plans_naming(view: View, units: Collection[str]) -> tuple[str, ...]:
    """The ids of the plans that name one of some units."""
    return tuple(row[0] for row in view.rows(_NAMING, ids=sorted(units)))


def empty(view: View, plan_id: str, generation: int) -> None:
    """Takes a plan out of what holds now."""
    for query in _UNLINK:
        view.rows(query, plan=plan_id, forever=FOREVER)
    units = [row[0] for row in view.rows(_NAMED, plan=plan_id)]
    labels = ":".join(PUBLIC)
    retire(view, "(n:Part {plan_id: $plan})", generation, plan=plan_id)
    view.rows(
        f"MATCH (n:Part {{plan_id: $plan}}) WHERE n.until = $generation REMOVE n:{labels}",
        plan=plan_id, generation=generation,
    )  # fmt: skip
    view.rows(_UNNAME, ids=units)


_CLEAR = """
MATCH (n:Past) WHERE n.gone_at < timestamp() - $grace
WITH n LIMIT 5000
WITH collect(n) AS gone, max(n.until) AS until
MATCH (l:Library {name: 'zeren'})
SET l.cleared = CASE WHEN until > l.cleared THEN until ELSE l.cleared END
FOREACH (n IN gone | DETACH DELETE n)
RETURN size(gone)
"""

_CLEAR_UNITS = "MATCH (u:UnitAnchor) WHERE NOT u:Unit AND NOT EXISTS { (u)--() } DELETE u"


def clear(view: View, grace: int) -> bool:
    """Deletes some of what has been past for `grace` milliseconds; whether there may be more."""
    rows = view.rows(_CLEAR, grace=grace)
    view.rows(_CLEAR_UNITS)
    return bool(rows and rows[0][0] == 5000)


_PARTS = f"""
MATCH (n:Part) WHERE {seen("n")}
RETURN n.part AS part, count(*) AS nodes, sum(size(coalesce(n.reach, []))) AS reach,
       sum(size(coalesce(n.gaps, []))) AS gaps
"""
_NAMINGS = f"MATCH (:UnitAnchor)-[r:NAMED_IN]->(n:Part) WHERE {seen('n')} RETURN count(r)"
_COUNTED = f"MATCH (:UnitAnchor)-[r:NAMED_IN]->(n:Part) WHERE {seen('n')} RETURN sum(size(coalesce(r.<<list>>, [])))"
_ASSIGNMENTS = f"MATCH (:UnitAnchor)-[r:{ROLES}]->(n:Part) WHERE {seen('n')} RETURN count(r)"
_PEOPLE = f"MATCH (n:Part)-[r:IN_CHARGE]->(:Part) WHERE n.part = 'person' AND {seen('n')} RETURN count(r)"

_TABLES = {"plan": "plan_row", "inner": "inner_title", **{kind.name: "fact" for kind in PLAIN}}
"""Tables that are not named as the parts that their rows are."""


class _PartColumns(Record, frozen=True):
    """How many nodes are parts of a kind, and how many tasks they reach and gaps they have."""

    part: str
    nodes: int
    reach: int
    gaps: int


def table_counts(view: View) -> dict[str, int]:
    """How many rows each table of a plan's would have, counted in the graph that is drawn of them."""
    counts = dict.fromkeys(TABLES, 0)
    for row in view.named_rows(_PARTS, _PartColumns):
        if row.part != "person":
            counts[_TABLES.get(row.part, row.part)] += row.nodes
        counts["reach"] += row.reach
        counts["gap"] += row.gaps
    listed = {"unit_count": "counts", "pair_count": "pairs"}
    counts |= {table: int(view.value(_COUNTED.replace("<<list>>", name))) for table, name in listed.items()}
    named = {"unit": _NAMINGS, "assignment": _ASSIGNMENTS, "person": _PEOPLE}
    return counts | {table: int(view.value(query)) for table, query in named.items()}
