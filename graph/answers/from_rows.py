"""Answers to the questions that are tables, made from rows of named columns: once for all stores.

A store gives `Rows`: the rows of a query in its own language, decoded into the columns that
graph/query/row_types.py names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from graph.derived.gaps import covered_as
from graph.errors import RemovedThing, UnknownThing
from graph.query import row_types as q
from graph.query.questions import (
    CITATION_ROLES,
    GAP_CODES,
    CitedBy,
    Citing,
    DocumentRow,
    DoubtRow,
    Duty,
    Gap,
    GapCode,
    Party,
    PlanRow,
    TaskDeadline,
    UnitRow,
    Via,
)
from graph.query.row_types import CitingColumns, DocumentColumns, DutyColumns, NamedColumns, Rows, UnitColumns
from graph.store import Members
from ingest.model import Role, Span


def require_plan(rows: Rows, plan: str | None) -> None:
    """Raises `UnknownThing` or `RemovedThing` where a plan is asked for that is not there."""
    if plan is not None and not rows(q.PLAN_KNOWN, id=plan):
        gone = rows(q.WAS_REMOVED, id=plan)
        raise RemovedThing(kind="plan", id=plan) if gone else UnknownThing(kind="plan", id=plan)


def plans(rows: Rows) -> tuple[PlanRow, ...]:
    """All plans, newest issue first."""
    return tuple(rows(q.PLANS))


def units(rows: Rows, plan: str | None = None, unit: str | None = None) -> tuple[UnitRow, ...]:
    """All units, or those of a plan, or one; those with most tasks first."""
    found = [_unit_row(row) for row in rows(q.UNITS, unit=unit, plan=plan)]
    return tuple(sorted(found, key=lambda each: (-(each.lead + each.support + each.responsible), each.id)))


def _unit_row(row: UnitColumns) -> UnitRow:
    written = {each for several in row.names for each in msgspec.json.decode(several, type=list[str])}
    return UnitRow(
        id=row.id,
        name=row.name,
        kind=row.kind,
        level=row.level,
        region=row.region,
        names=tuple(sorted(written)),
        lead=row.lead,
        support=row.support,
        responsible=row.responsible,
        as_hat=row.as_hat,
        plans=row.plans,
    )


def unit(rows: Rows, unit_id: str) -> UnitRow:
    """One unit. Raises `UnknownThing`."""
    found = units(rows, unit=unit_id)
    if not found:
        raise UnknownThing(kind="unit", id=unit_id)
    return found[0]


def duties_of(
    rows: Rows, unit_id: str, role: Role | None, plan: str | None, deadline: TaskDeadline | None, members: Members
) -> tuple[Duty, ...]:
    """Own duties first, then those by a second nameplate, of collectives of which it is a stated member, and of others.

    A task that names the unit itself, in whatever role, is never told as one that reaches it otherwise.
    """
    asked = _named(rows, unit_id)
    filters = {"role": role, "plan": plan, "deadline": deadline}
    found = _duties(rows(q.DUTIES, unit=unit_id, unless=None, **filters), "own")
    found += _duties(rows(q.DUTIES, hat=unit_id, unless=unit_id, **filters), "hat")
    covering = [] if asked.kind == "collective" else _collectives(rows, asked, members)
    for collective, via in covering:
        found += _duties(rows(q.DUTIES, unit=collective, unless=unit_id, **filters), via)
    return tuple(found)


def _duties(rows: Iterable[DutyColumns], via: Via) -> list[Duty]:
    return [
        Duty(
            task_id=row.task_id,
            plan_id=row.plan_id,
            plan_title=row.plan_title,
            issued_on=row.issued_on,
            section=row.section,
            text=row.text,
            role=row.role,
            stated=row.stated,
            via=via,
            named_id=row.unit_id,
            named=row.unit,
            mention=row.mention,
            rule=row.rule,
            span=Span(row.start, row.end),
            statement=Span(row.statement_start, row.statement_end),
            deadline=row.deadline,
        )
        for row in rows
    ]


def _named(rows: Rows, unit_id: str) -> NamedColumns:
    """A unit as one of its plans has it. Raises `UnknownThing`."""
    found = next(iter(rows(q.NAMED, unit=unit_id)), None)
    if found is None:
        raise UnknownThing(kind="unit", id=unit_id)
    return found


def _collectives(rows: Rows, unit: NamedColumns, members: Members) -> list[tuple[str, Via]]:
    """The collectives of a unit's region that cover it, as ids, those first of which it is a stated member."""
    found: list[tuple[str, Via]] = [
        (each.id, via)
        for each in rows(q.COLLECTIVES, region=unit.region)
        if (via := covered_as(each.name, unit.name, members))
    ]
    return sorted(found, key=lambda each: each[1] != "member")


def documents(rows: Rows, id: str | None = None) -> tuple[DocumentRow, ...]:
    """All documents, or one by its own id, those cited most first."""
    return tuple(_document_row(row) for row in rows(q.DOCUMENTS, id=id))


def _document_row(row: DocumentColumns) -> DocumentRow:
    titles = tuple(sorted({row.title, *filter(None, row.titles)}))
    return DocumentRow(row.id, row.title, row.number, row.plan_id, titles, row.citations, row.plans)


def document(rows: Rows, document_id: str) -> DocumentRow:
    """A document by its id or one that redirects to it. Raises `UnknownThing`."""
    redirected = [row.document_id for row in rows(q.REDIRECT, id=document_id)]
    found = documents(rows, (redirected or [document_id])[0])
    if not found:
        raise UnknownThing(kind="document", id=document_id)
    return found[0]


def citing(rows: Rows, document_id: str) -> tuple[Citing, ...]:
    """Who cites a document, itself or through the document that issues it."""
    asked = document(rows, document_id)
    return _citing(rows, asked.id, rows(q.CITING, document=asked.id))


def _citing(rows: Rows, document_id: str, cited: Sequence[CitingColumns]) -> tuple[Citing, ...]:
    tasks = reached_tasks(rows, (row.citation_id for row in cited))
    parties = parties_on(rows, (task for several in tasks.values() for task in several))
    return tuple(_cited_at(row, document_id, tasks[row.citation_id], parties) for row in cited)


def _cited_at(row: CitingColumns, document_id: str, tasks: tuple[str, ...], parties: dict[str, list[Party]]) -> Citing:
    return Citing(
        citation_id=row.citation_id,
        document_id=document_id,
        through=row.through,
        title=row.title,
        number=row.number,
        role=row.role,
        articles=row.articles,
        plan_id=row.plan_id,
        plan_title=row.plan_title,
        holder=row.holder,
        holder_id=row.holder_id,
        section=row.section,
        sentence=row.sentence,
        span=Span(row.start, row.end),
        tasks=tasks,
        parties=once(parties, tasks),
    )


def cited_by(rows: Rows, document_id: str, offset: int, limit: int) -> CitedBy:
    """Who cites a document by role, some rows of it, and what is counted over all."""
    asked = document(rows, document_id)
    cited = sorted(rows(q.CITING, document=asked.id), key=lambda row: CITATION_ROLES.index(row.role))
    first = first_shown(len(cited), offset, limit)
    counted = Counter(row.role for row in cited)
    return CitedBy(
        len(cited),
        {role: counted[role] for role in CITATION_ROLES if counted[role]},
        _citing(rows, asked.id, cited[first : first + limit]),
        tuple({row.through: row.title for row in cited if row.through}.items()),
    )


def first_shown(total: int, offset: int, limit: int) -> int:
    """Where a part of a list begins: at its last part where `offset` is past its end."""
    return min(offset, max(0, total - 1) // max(1, limit) * limit)


def gaps(rows: Rows, code: GapCode | None, plan: str | None) -> tuple[Gap, ...]:
    """What tasks lack, in the order of the plans' texts."""
    found = rows(q.GAPS, code=code, plan=plan)
    parties = parties_on(rows, (row.task_id for row in found))
    return tuple(
        Gap(
            code=row.code,
            task_id=row.task_id,
            plan_id=row.plan_id,
            plan_title=row.plan_title,
            section=row.section,
            text=row.text,
            parties=tuple(parties.get(row.task_id, ())),
        )
        for row in found
    )


def gap_counts(rows: Rows, plan: str | None) -> dict[GapCode, int]:
    """How many tasks have each gap."""
    counted = {row.code: row.tasks for row in rows(q.GAP_COUNTS, plan=plan)}
    return {code: counted.get(code, 0) for code in GAP_CODES}


def doubts(rows: Rows, plan: str | None) -> tuple[DoubtRow, ...]:
    """Doubts, the library's own first where no plan is asked for."""
    clashes = rows(q.CLASHES) if plan is None else []
    of_library = (
        DoubtRow(None, "number-of-two-titles", {"number": row.number, "title": row.title, "other": row.other}, None)
        for row in clashes
    )
    of_plans = (
        DoubtRow(row.plan_id, row.code, row.params, Span(row.start, row.end), row.id)
        for row in rows(q.DOUBTS, plan=plan)
    )
    return (*of_library, *of_plans)


def reached_tasks(rows: Rows, facts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The tasks that each fact reaches."""
    found: dict[str, list[str]] = {fact: [] for fact in facts}
    for row in rows(q.REACHED, facts=list(found)):
        found[row.fact_id].append(row.task_id)
    return {fact: tuple(tasks) for fact, tasks in found.items()}


def parties_on(rows: Rows, tasks: Iterable[str]) -> dict[str, list[Party]]:
    """The units on each task, in the order of the text."""
    found: dict[str, list[Party]] = defaultdict(list)
    for row in rows(q.PARTIES, tasks=sorted(set(tasks))):
        found[row.task_id].append(Party(row.unit_id, row.name, row.role, row.stated))
    return found


def once(parties: dict[str, list[Party]], tasks: Iterable[str]) -> tuple[Party, ...]:
    """The parties of several tasks, each unit and role once."""
    return tuple({(each.unit_id, each.role): each for task in tasks for each in parties.get(task, ())}.values())
