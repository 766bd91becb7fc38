"""The questions that are tables, in SQL. Functions over a connection; each says by its name what it answers."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from graph.deadlines import due_days
from graph.errors import UnknownThing
from graph.gaps import may_cover
from graph.questions import (
    GAP_CODES,
    Citing,
    DocumentRow,
    DoubtRow,
    Due,
    Duty,
    Gap,
    GapCode,
    Partner,
    Party,
    PlanRow,
    SharedTask,
    TargetRow,
    TaskDeadline,
    UnitRow,
    Via,
)
from graph.sqlite_record import missing
from ingest.model import Role, Span

Connection = sqlite3.Connection

_PLANS = """
SELECT p.id, p.title, p.number, p.issuer, p.issued_on, p.year, p.region, p.sections, p.tasks, p.milestones, p.doubts,
       p.consumed, p.total, r.version, r.generation
FROM plan_row p JOIN plan r ON r.id = p.id ORDER BY p.issued_on DESC, p.id
"""


def plans(connection: Connection) -> tuple[PlanRow, ...]:
    """All plans, newest issue first."""
    return tuple(PlanRow(*row) for row in connection.execute(_PLANS))


_UNITS = """
SELECT u.id, substr(MIN(printf('%03d', length(u.name)) || u.name), 4), MIN(u.kind), MAX(u.level),
       MIN(u.region), json_group_array(json(u.names)),
       SUM(COALESCE(a.lead, 0)), SUM(COALESCE(a.support, 0)), SUM(COALESCE(a.responsible, 0)),
       SUM(COALESCE(h.tasks, 0)), COUNT(DISTINCT u.plan_id)
FROM unit u
LEFT JOIN (SELECT unit_id, plan_id, COUNT(DISTINCT iif(role = 'lead', task_id, NULL)) AS lead,
                  COUNT(DISTINCT iif(role = 'support', task_id, NULL)) AS support,
                  COUNT(DISTINCT iif(role = 'responsible', task_id, NULL)) AS responsible
           FROM assignment WHERE (:unit IS NULL OR unit_id = :unit) GROUP BY unit_id, plan_id) a
       ON a.unit_id = u.id AND a.plan_id = u.plan_id
LEFT JOIN (SELECT hat_id, plan_id, COUNT(DISTINCT task_id) AS tasks FROM assignment
           WHERE hat_id IS NOT NULL AND (:unit IS NULL OR hat_id = :unit) GROUP BY hat_id, plan_id) h
       ON h.hat_id = u.id AND h.plan_id = u.plan_id
WHERE (:unit IS NULL OR u.id = :unit) AND (:plan IS NULL OR u.plan_id = :plan)
GROUP BY u.id
"""


def units(connection: Connection, plan: str | None = None, unit: str | None = None) -> tuple[UnitRow, ...]:
    """All units, or those of a plan, or one; those with most tasks first."""
    rows = [_unit_row(row) for row in connection.execute(_UNITS, {"unit": unit, "plan": plan})]
    return tuple(sorted(rows, key=lambda each: (-(each.lead + each.support + each.responsible), each.id)))


def _unit_row(row: tuple[Any, ...]) -> UnitRow:
    id, name, kind, level, region, names, *counts = row
    written = {each for several in msgspec.json.decode(names, type=list[list[str]]) for each in several}
    return UnitRow(id, name, kind, level, region, tuple(sorted(written)), *counts)


def unit(connection: Connection, unit_id: str) -> UnitRow:
    """One unit. Raises `UnknownThing`."""
    found = units(connection, unit=unit_id)
    if not found:
        raise UnknownThing(kind="unit", id=unit_id)
    return found[0]


_DUTIES = """
SELECT a.unit_id, t.id, t.plan_id, p.title, p.issued_on, t.section, t.text, a.role, a.stated, u.name, a.mention,
       a.rule, t.start, t."end", a.statement_start, a.statement_end, t.deadline
FROM assignment a
JOIN task t ON t.id = a.task_id
JOIN plan_row p ON p.id = t.plan_id
JOIN unit u ON u.id = a.unit_id AND u.plan_id = a.plan_id
WHERE {which} AND (:role IS NULL OR a.role = :role) AND (:plan IS NULL OR a.plan_id = :plan)
  AND (:deadline IS NULL OR t.deadline = :deadline)
  AND (:unless IS NULL OR NOT EXISTS (
    SELECT 1 FROM assignment o WHERE o.task_id = a.task_id AND o.unit_id = :unless))
ORDER BY p.issued_on DESC, t.plan_id, t.place, a.place
"""


def duties_of(
    connection: Connection, unit_id: str, role: Role | None, plan: str | None, deadline: TaskDeadline | None
) -> tuple[Duty, ...]:
    """Own duties first, then those by a second nameplate, then those of collectives that cover the unit.

    A task that names the unit itself, in whatever role, is never told as one that reaches it otherwise.
    """
    asked = unit(connection, unit_id)
    filters = {"role": role, "plan": plan, "deadline": deadline}
    found = _duties(connection, "own", "a.unit_id = :unit", {**filters, "unit": unit_id, "unless": None})
    found += _duties(connection, "hat", "a.hat_id = :unit", {**filters, "unit": unit_id, "unless": unit_id})
    for collective in _collectives(connection, asked):
        values = {**filters, "unit": collective, "unless": unit_id}
        found += _duties(connection, "collective", "a.unit_id = :unit", values)
    return tuple(found)


def _duties(connection: Connection, via: Via, which: str, values: dict[str, str | None]) -> list[Duty]:
    rows = connection.execute(_DUTIES.format(which=which), values)
    return [
        Duty(
            task, plan, title, issued, section, text, role, bool(stated), via, named_id, named, mention, rule,
            Span(start, end), Span(said, till), deadline,
        )
        for named_id, task, plan, title, issued, section, text, role, stated, named, mention, rule, start, end, said,
        till, deadline in rows
    ]  # fmt: skip


def _collectives(connection: Connection, asked: UnitRow) -> list[str]:
    """Ids of the collectives of the unit's region that may cover it."""
    if asked.kind == "collective":
        return []
    rows = connection.execute(
        "SELECT DISTINCT id, name FROM unit WHERE region = ? AND kind = 'collective' ORDER BY id", (asked.region,)
    )
    return [id for id, name in rows if may_cover(name, asked.name)]


_PARTNERS = """
SELECT b.unit_id, u.name, u.kind, t.id, t.plan_id, t.section, t.text, a.role, b.role
FROM assignment a
JOIN assignment b ON b.task_id = a.task_id AND b.unit_id <> a.unit_id
JOIN task t ON t.id = a.task_id
JOIN unit u ON u.id = b.unit_id AND u.plan_id = b.plan_id
WHERE a.unit_id = :unit AND (:plan IS NULL OR a.plan_id = :plan)
ORDER BY t.plan_id, t.place, b.place, a.place
"""


def partners_of(connection: Connection, unit_id: str, plan: str | None) -> tuple[Partner, ...]:
    """With whom a unit works, each shared task once; who shares most comes first."""
    unit(connection, unit_id)
    shared: dict[tuple[str, str, str], dict[str, SharedTask]] = defaultdict(dict)
    for partner, name, kind, task, *rest in connection.execute(_PARTNERS, {"unit": unit_id, "plan": plan}):
        shared[partner, name, kind].setdefault(task, SharedTask(task, *rest))
    partners = [
        Partner(id, name, "collective" if kind == "collective" else "organization", tuple(tasks.values()))
        for (id, name, kind), tasks in shared.items()
    ]
    return tuple(sorted(partners, key=lambda each: (-len(each.tasks), each.unit_id)))


_DOCUMENTS = """
SELECT d.id, d.title, d.number, d.plan_id, json_group_array(DISTINCT c.title), COUNT(c.id), COUNT(DISTINCT c.plan_id)
FROM document d
JOIN named n ON n.document_id = d.id
LEFT JOIN citation c ON c.title_key = n.title_key AND c.number_key = n.number_key
WHERE :id IS NULL OR d.id = :id
GROUP BY d.id
ORDER BY COUNT(c.id) DESC, d.id
"""


def documents(connection: Connection, id: str | None = None) -> tuple[DocumentRow, ...]:
    """All documents, or one by its own id, those cited most first."""
    return tuple(_document_row(row) for row in connection.execute(_DOCUMENTS, {"id": id}))


def _document_row(row: tuple[Any, ...]) -> DocumentRow:
    id, title, number, plan, titles, citations, in_plans = row
    written = {each for each in msgspec.json.decode(titles, type=list[str | None]) if each}
    return DocumentRow(id, title, number, plan, tuple(sorted({title, *written})), citations, in_plans)


def document(connection: Connection, document_id: str) -> DocumentRow:
    """A document by its id or one that redirects to it. Raises `UnknownThing`."""
    row = connection.execute("SELECT document_id FROM redirect WHERE id = ?", (document_id,)).fetchone()
    found = documents(connection, row[0] if row else document_id)
    if not found:
        raise UnknownThing(kind="document", id=document_id)
    return found[0]


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


def citing(connection: Connection, document_id: str) -> tuple[Citing, ...]:
    """Who cites a document, itself or through the document that issues it."""
    asked = document(connection, document_id)
    rows = connection.execute(_CITING, {"document": asked.id}).fetchall()
    tasks = _reached(connection, (row[0] for row in rows))
    parties = _parties(connection, (task for several in tasks.values() for task in several))
    return tuple(
        Citing(
            id, asked.id, through, title, number, role, msgspec.json.decode(articles, type=tuple[str, ...]), plan,
            plan_title, holder, holder_id, section, sentence, Span(start, end), tasks[id], _all(parties, tasks[id]),
        )
        for id, through, title, number, role, articles, plan, plan_title, holder, holder_id, section, sentence, start,
        end in rows
    )  # fmt: skip


_DUE = """
SELECT d.id, d.level, d.text, d.kind, d.due, d.every, d.min_count, d."precision", d.start, d."end", d.plan_id, p.title,
       d.section_id, d.section, d.clause, d.milestone_id, p.recurs_from, p.recurs_to
FROM deadline d JOIN plan_row p ON p.id = d.plan_id
WHERE {which} AND (:plan IS NULL OR d.plan_id = :plan) AND (:unit IS NULL OR EXISTS (
    SELECT 1 FROM reach r JOIN assignment a ON a.task_id = r.task_id WHERE r.fact_id = d.id AND a.unit_id = :unit))
"""


def due_between(connection: Connection, start: str, end: str, plan: str | None, unit_id: str | None) -> tuple[Due, ...]:
    """What falls due, each clause once, by date: fixed days, and the last days of recurring and counted periods."""
    values = {"start": start, "end": end, "plan": plan, "unit": unit_id}
    fixed = "d.due BETWEEN :start AND :end AND d.kind = 'by'"
    recurring = "d.kind IN ('count', 'recurring') AND p.recurs_from <= :end AND p.recurs_to >= :start"
    rows = connection.execute(_DUE.format(which=fixed), values).fetchall()
    rows += connection.execute(_DUE.format(which=recurring), values).fetchall()
    dated = [(days, row) for row in rows if (days := _days(row, start, end))]
    tasks = _reached(connection, (row[0] for _, row in dated))
    parties = _parties(connection, (task for several in tasks.values() for task in several))
    found = [_due(row, days, tasks[row[0]], parties) for days, row in dated]
    return tuple(sorted(found, key=lambda each: (each.due, each.plan_id, each.span)))


def _days(row: tuple[Any, ...], start: str, end: str) -> list[str]:
    kind, due, every, first, last = row[3], row[4], row[5], row[16], row[17]
    return [due] if kind == "by" else due_days(every or "year", first, last, start, end)


def _due(row: tuple[Any, ...], days: list[str], tasks: tuple[str, ...], parties: dict[str, list[Party]]) -> Due:
    id, level, text, kind, _, every, least, precision, start, end = row[:10]
    plan, plan_title, section_id, section, clause, milestone = row[10:16]
    return Due(
        id, level, text, kind, days[0], len(days), every, least, precision, Span(start, end), plan, plan_title,
        section_id, section, clause, milestone, tasks, _all(parties, tasks),
    )  # fmt: skip


_GAPS = """
SELECT g.code, t.id, t.plan_id, p.title, t.section, t.text
FROM gap g JOIN task t ON t.id = g.task_id JOIN plan_row p ON p.id = g.plan_id
WHERE (:code IS NULL OR g.code = :code) AND (:plan IS NULL OR g.plan_id = :plan)
ORDER BY p.issued_on DESC, t.plan_id, t.place, g.code
"""


def gaps(connection: Connection, code: GapCode | None, plan: str | None) -> tuple[Gap, ...]:
    """What tasks lack, in the order of the plans' texts."""
    rows = connection.execute(_GAPS, {"code": code, "plan": plan}).fetchall()
    parties = _parties(connection, (row[1] for row in rows))
    return tuple(
        Gap(code, task, plan_id, title, section, text, tuple(parties.get(task, ())))
        for code, task, plan_id, title, section, text in rows
    )


def gap_counts(connection: Connection, plan: str | None) -> dict[GapCode, int]:
    """How many tasks have each gap."""
    counted = dict(
        connection.execute(
            "SELECT code, COUNT(*) FROM gap WHERE (:plan IS NULL OR plan_id = :plan) GROUP BY code", {"plan": plan}
        )
    )
    return {code: counted.get(code, 0) for code in GAP_CODES}


def targets(connection: Connection, plan: str | None) -> tuple[TargetRow, ...]:
    """All targets, in the order of the plans' texts."""
    rows = connection.execute(
        'SELECT id, plan_id, holder_id, subject, op, value, unit, text, start, "end" FROM target'
        " WHERE :plan IS NULL OR plan_id = :plan ORDER BY plan_id, start",
        {"plan": plan},
    )
    return tuple(
        TargetRow(id, plan_id, holder, subject, op, value, unit, text, Span(start, end))
        for id, plan_id, holder, subject, op, value, unit, text, start, end in rows
    )


def doubts(connection: Connection, plan: str | None) -> tuple[DoubtRow, ...]:
    """Doubts, the library's own first where no plan is asked for."""
    rows = connection.execute(
        'SELECT plan_id, code, params, start, "end" FROM doubt'
        " WHERE :plan IS NULL OR plan_id = :plan ORDER BY plan_id, start, code, params",
        {"plan": plan},
    )
    of_plans = (
        DoubtRow(plan_id, code, msgspec.json.decode(params, type=dict[str, str]), Span(start, end))
        for plan_id, code, params, start, end in rows
    )
    return (*(_clashes(connection) if plan is None else ()), *of_plans)


def _clashes(connection: Connection) -> Iterator[DoubtRow]:
    rows = connection.execute("SELECT number, title, other FROM clash ORDER BY number, title, other")
    for number, title, other in rows:
        yield DoubtRow(None, "number-of-two-titles", {"number": number, "title": title, "other": other}, None)


def require_plan(connection: Connection, plan: str | None) -> None:
    """Raises `UnknownThing` or `RemovedThing` where a plan is asked for that is not there."""
    if plan is not None and connection.execute("SELECT 1 FROM plan WHERE id = ?", (plan,)).fetchone() is None:
        raise missing(connection, "plan", plan)


def _reached(connection: Connection, facts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The tasks that each fact reaches."""
    found: dict[str, list[str]] = {fact: [] for fact in facts}
    rows = connection.execute(
        "SELECT fact_id, task_id FROM json_each(?) e JOIN reach r ON r.fact_id = e.value ORDER BY r.fact_id, r.place",
        (msgspec.json.encode(list(found)).decode(),),
    )
    for fact, task in rows:
        found[fact].append(task)
    return {fact: tuple(tasks) for fact, tasks in found.items()}


def _parties(connection: Connection, tasks: Iterable[str]) -> dict[str, list[Party]]:
    """The units on each task, in the order of the text."""
    found: dict[str, list[Party]] = defaultdict(list)
    rows = connection.execute(
        "SELECT a.task_id, a.unit_id, u.name, a.role, a.stated FROM json_each(?) e"
        " JOIN assignment a ON a.task_id = e.value JOIN unit u ON u.id = a.unit_id AND u.plan_id = a.plan_id"
        " ORDER BY a.task_id, a.place",
        (msgspec.json.encode(sorted(set(tasks))).decode(),),
    )
    for task, id, name, role, stated in rows:
        found[task].append(Party(id, name, role, bool(stated)))
    return found


def _all(parties: dict[str, list[Party]], tasks: Iterable[str]) -> tuple[Party, ...]:
    """The parties of several tasks, each unit and role once."""
    return tuple({(each.unit_id, each.role): each for task in tasks for each in parties.get(task, ())}.values())
