"""The queries behind the questions that are tables (graph/answers/from_rows.py), in SQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from graph.answers.from_rows import QueryName, Row, Rows, Value

_PLANS = """
SELECT p.id, p.title, p.number, p.issuer, p.issued_on, p.year, p.region, p.sections, p.tasks, p.milestones, p.doubts,
       p.consumed, p.total, r.version, r.generation
FROM plan_row p JOIN plan r ON r.id = p.id ORDER BY p.issued_on DESC, p.id
"""

_UNITS = """
SELECT u.id, substr(MIN(printf('%03d', length(u.name)) || u.name), 4), MIN(u.kind), MAX(u.level),
       MIN(u.region), json_group_array(u.names),
       SUM(COALESCE(a.lead, 0)), SUM(COALESCE(a.support, 0)), SUM(COALESCE(a.responsible, 0)),
       SUM(COALESCE(h.tasks, 0)), COUNT(DISTINCT u.plan_id)
FROM unit u
LEFT JOIN (SELECT unit_id, plan_id, COUNT(DISTINCT iif(role = 'lead', task_id, NULL)) AS lead,
                  COUNT(DISTINCT iif(role = 'support', task_id, NULL)) AS support,
                  COUNT(DISTINCT iif(role = 'responsible', task_id, NULL)) AS responsible
           FROM assignment WHERE (:unit IS NULL OR unit_id = :unit) AND (:plan IS NULL OR plan_id = :plan)
           GROUP BY unit_id, plan_id) a
       ON a.unit_id = u.id AND a.plan_id = u.plan_id
LEFT JOIN (SELECT hat_id, plan_id, COUNT(DISTINCT task_id) AS tasks FROM assignment
           WHERE hat_id IS NOT NULL AND (:unit IS NULL OR hat_id = :unit) AND (:plan IS NULL OR plan_id = :plan)
           GROUP BY hat_id, plan_id) h
       ON h.hat_id = u.id AND h.plan_id = u.plan_id
WHERE (:unit IS NULL OR u.id = :unit) AND (:plan IS NULL OR u.plan_id = :plan)
GROUP BY u.id
"""
"""What it counts is narrowed inside too: SQLite carries no condition into a subquery that groups."""

_DUTIES = """
SELECT a.unit_id, t.id, t.plan_id, p.title, p.issued_on, t.section, t.text, a.role, a.stated, u.name, a.mention,
       a.rule, t.start, t."end", a.statement_start, a.statement_end, t.deadline
FROM assignment a
JOIN task t ON t.id = a.task_id
JOIN plan_row p ON p.id = t.plan_id
JOIN unit u ON u.id = a.unit_id AND u.plan_id = a.plan_id
WHERE a.{which} = :unit AND (:role IS NULL OR a.role = :role) AND (:plan IS NULL OR a.plan_id = :plan)
  AND (:deadline IS NULL OR t.deadline = :deadline)
  AND (:unless IS NULL OR NOT EXISTS (
    SELECT 1 FROM assignment o WHERE o.unit_id = :unless AND o.plan_id = a.plan_id AND o.task_id = a.task_id))
ORDER BY p.issued_on DESC, t.plan_id, t.place, a.place
"""
"""`which`: unit_id, or hat_id for a second nameplate."""

_PARTNERS = """
SELECT b.unit_id, u.name, u.kind, t.id, t.plan_id, t.section, t.text, a.role, b.role
FROM assignment a
JOIN assignment b ON b.task_id = a.task_id AND b.unit_id <> a.unit_id
JOIN task t ON t.id = a.task_id
JOIN unit u ON u.id = b.unit_id AND u.plan_id = b.plan_id
WHERE a.unit_id = :unit AND (:plan IS NULL OR a.plan_id = :plan)
ORDER BY t.plan_id, t.place, b.place, a.place
"""

_DOCUMENTS = """
SELECT d.id, d.title, d.number, d.plan_id, json_group_array(DISTINCT c.title), COUNT(c.id), COUNT(DISTINCT c.plan_id)
FROM document d
JOIN named n ON n.document_id = d.id
LEFT JOIN citation c ON c.title_key = n.title_key AND c.number_key = n.number_key
WHERE (:id IS NULL OR d.id = :id)
GROUP BY d.id
ORDER BY COUNT(c.id) DESC, d.id
"""

_CITING = """
WITH place (citation_id, inside) AS (
    SELECT c.id, 0 FROM named n JOIN citation c ON c.title_key = n.title_key AND c.number_key = n.number_key
    WHERE n.document_id = :document
    UNION
    SELECT i.citation_id, 1 FROM named n JOIN inner_title i ON i.title_key = n.title_key AND n.number_key = ''
    WHERE n.document_id = :document
)
SELECT c.id, iif(MIN(place.inside), o.document_id, NULL), c.title, c.number, c.role, c.articles, c.plan_id, p.title,
       c.holder, c.holder_id, c.section, c.sentence, c.start, c."end"
FROM place
JOIN citation c ON c.id = place.citation_id
JOIN named o ON o.title_key = c.title_key AND o.number_key = c.number_key
JOIN plan_row p ON p.id = c.plan_id
GROUP BY c.id
ORDER BY p.issued_on DESC, c.plan_id, c.start
"""

_BY_DAY = """
SELECT d.id, d.due, d.plan_id, d.start, d."end" FROM {deadlines}
WHERE d.due BETWEEN :start AND :end AND d.kind = 'by' AND (:plan IS NULL OR d.plan_id = :plan)
"""

_AGAIN = """
SELECT d.id, d.every, d.plan_id, d.start, d."end", p.recurs_from, p.recurs_to
FROM {deadlines} JOIN plan_row p ON p.id = d.plan_id
WHERE d.kind IN ('count', 'recurring') AND p.recurs_from <= :end AND p.recurs_to >= :start
  AND (:plan IS NULL OR d.plan_id = :plan)
"""

_OF_UNIT = """
(SELECT DISTINCT r.fact_id FROM assignment a CROSS JOIN reach r ON r.task_id = a.task_id
 WHERE a.unit_id = :unit AND (:plan IS NULL OR a.plan_id = :plan)) o CROSS JOIN deadline d ON d.id = o.fact_id"""
"""The deadlines that reach a unit's tasks, found from the unit; SQLite would go through all that fall due."""

_DUE = """
SELECT d.id, d.level, d.text, d.kind, d.every, d.min_count, d."precision", d.start, d."end", d.plan_id, p.title,
       d.section_id, d.section, d.clause, d.milestone_id
FROM json_each(:facts) e JOIN deadline d ON d.id = e.value JOIN plan_row p ON p.id = d.plan_id
"""

_BOUND = """
SELECT a.unit_id, MIN(u.name), COUNT(DISTINCT r.fact_id), COUNT(DISTINCT r.task_id)
FROM json_each(:facts) e JOIN reach r ON r.fact_id = e.value JOIN assignment a ON a.task_id = r.task_id
JOIN unit u ON u.id = a.unit_id AND u.plan_id = a.plan_id GROUP BY a.unit_id
"""

_GAPS = """
SELECT g.code, t.id, t.plan_id, p.title, t.section, t.text
FROM gap g JOIN task t ON t.id = g.task_id JOIN plan_row p ON p.id = g.plan_id
WHERE (:code IS NULL OR g.code = :code) AND (:plan IS NULL OR g.plan_id = :plan)
ORDER BY p.issued_on DESC, t.plan_id, t.place, g.code LIMIT :limit OFFSET :offset
"""

_REACHED = """
SELECT fact_id, task_id FROM json_each(:facts) e JOIN reach r ON r.fact_id = e.value ORDER BY r.fact_id, r.place
"""

_PARTIES = """
SELECT a.task_id, a.unit_id, u.name, a.role, a.stated FROM json_each(:tasks) e
JOIN assignment a ON a.task_id = e.value JOIN unit u ON u.id = a.unit_id AND u.plan_id = a.plan_id
ORDER BY a.task_id, a.place
"""

_DOUBTS = """
SELECT plan_id, code, params, start, "end", id FROM doubt
WHERE (:plan IS NULL OR plan_id = :plan) ORDER BY plan_id, start, code, params, id
"""

_COLLECTIVES = "SELECT DISTINCT id, name FROM unit WHERE region = :region AND kind = 'collective' ORDER BY id, name"
_GAP_COUNTS = "SELECT code, COUNT(*) FROM gap WHERE (:plan IS NULL OR plan_id = :plan) GROUP BY code"
_NAMED = "SELECT name, kind, region FROM unit WHERE id = :unit ORDER BY plan_id LIMIT 1"

QUERIES: Mapping[QueryName, str] = {
    "plan_known": "SELECT 1 FROM plan WHERE id = :id",
    "was_removed": "SELECT 1 FROM removed WHERE id = :id",
    "plans": _PLANS,
    "units": _UNITS,
    "named": _NAMED,
    "duties": _DUTIES.format(which="unit_id"),
    "duties_by_hat": _DUTIES.format(which="hat_id"),
    "collectives": _COLLECTIVES,
    "partners": _PARTNERS,
    "documents": _DOCUMENTS,
    "redirect": "SELECT document_id FROM redirect WHERE id = :id",
    "citing": _CITING,
    "due_by_day": _BY_DAY.format(deadlines="deadline d"),
    "due_again": _AGAIN.format(deadlines="deadline d"),
    "due": _DUE,
    "bound": _BOUND,
    "reached": _REACHED,
    "parties": _PARTIES,
    "gaps": _GAPS,
    "gap_counts": _GAP_COUNTS,
    "doubts": _DOUBTS,
    "clashes": "SELECT number, title, other FROM clash ORDER BY number, title, other",
}

_NARROW: Mapping[tuple[QueryName, str], str] = {
    ("due_by_day", "unit"): _BY_DAY.format(deadlines=_OF_UNIT),
    ("due_again", "unit"): _AGAIN.format(deadlines=_OF_UNIT),
}
"""Queries that begin elsewhere where a value is given."""

_OPTIONAL = re.compile(r"\(:(\w+) IS NULL OR ([\w.]+ = :\w+)\)")


@lru_cache(256)
def _narrowed(query: str, given: frozenset[str]) -> str:
    """A query without the conditions on values that are not given: SQLite uses no index for `:x IS NULL OR y = :x`."""
    return _OPTIONAL.sub(lambda optional: optional[2] if optional[1] in given else "1", query)


def asking(connection: sqlite3.Connection) -> Rows:
    """Answers the queries over a connection; a list goes to SQLite as JSON."""

    def rows(query: QueryName, /, **values: Value) -> list[Row]:
        asked = {
            name: msgspec.json.encode(value).decode() if isinstance(value, list) else value
            for name, value in values.items()
        }
        given = frozenset(name for name, value in values.items() if value is not None)
        text = next((_NARROW[query, name] for name in given if (query, name) in _NARROW), QUERIES[query])
        return connection.execute(_narrowed(text, given), asked).fetchall()

    return rows
