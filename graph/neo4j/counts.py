"""How many rows each table of a plan's (graph/derived/rows.py) would have, counted in the graph that is drawn of
them."""

from __future__ import annotations

from graph.derived.rows import TABLES
from graph.neo4j.record import View
from graph.neo4j.schema import ROLES, seen
from ingest.facts import PLAIN

_PARTS = f"""
MATCH (n:Part) WHERE {seen("n")}
RETURN n.part, count(*), sum(size(coalesce(n.reach, []))), sum(size(coalesce(n.gaps, [])))
"""
_UNITS = f"MATCH (:UnitAnchor)-[r:NAMED_IN]->(n:Part) WHERE {seen('n')} RETURN count(r)"
_ASSIGNMENTS = f"MATCH (:UnitAnchor)-[r:{ROLES}]->(n:Part) WHERE {seen('n')} RETURN count(r)"
_PEOPLE = f"MATCH (n:Part)-[r:IN_CHARGE]->(:Part) WHERE n.part = 'person' AND {seen('n')} RETURN count(r)"

_TABLES = {"plan": "plan_row", "inner": "inner_title", **{kind.name: "fact" for kind in PLAIN}}
"""Tables that are not named as the parts that their rows are."""


def table_counts(view: View) -> dict[str, int]:
    """Rows by table."""
    counts = dict.fromkeys(TABLES, 0)
    for part, rows, reach, gaps in view.rows(_PARTS):
        if part != "person":
            counts[_TABLES.get(part, part)] += rows
        counts["reach"] += reach
        counts["gap"] += gaps
    named = {"unit": _UNITS, "assignment": _ASSIGNMENTS, "person": _PEOPLE}
    return counts | {table: int(view.value(query)) for table, query in named.items()}
