"""Answers to the questions that are tables, made from plain rows: once for all stores.

A store gives `Rows`: the rows of a named query (`QueryName`) in its own language, with the columns in the order that
the function here unpacks. So a new question is a function here, and a query in each `*_questions.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Literal, Protocol

import msgspec

from graph.derived.gaps import covered_as
from graph.errors import RemovedThing, UnknownThing
from graph.query.questions import (
    CITATION_ROLES,
    GAP_CODES,
    Bound,
    CitedBy,
    Citing,
    DocumentRow,
    DoubtRow,
    Duty,
    Gap,
    GapCode,
    Partner,
    Party,
    PlanRow,
    SharedTask,
    TaskDeadline,
    UnitRow,
    Via,
)
from graph.store import Members
from ingest.model import Role, Span

QueryName = Literal[
    "plan_known", "was_removed", "plans", "units", "duties", "duties_by_hat", "collectives", "partners", "documents",
    "redirect", "citing", "due_by_day", "due_again", "due", "reached", "parties", "bound", "gaps", "gap_counts",
    "doubts", "clashes", "named",
]  # fmt: skip
Row = Sequence[Any]
_ALL = 2**62
"""A limit that nothing reaches."""
Value = str | int | list[str] | None


class Rows(Protocol):
    """The rows of a query of one generation. A query uses those of the values that it names."""

    def __call__(self, query: QueryName, /, **values: Value) -> Iterable[Row]: ...


def require_plan(rows: Rows, plan: str | None) -> None:
    """Raises `UnknownThing` or `RemovedThing` where a plan is asked for that is not there."""
    if plan is not None and not list(rows("plan_known", id=plan)):
        gone = list(rows("was_removed", id=plan))
        raise RemovedThing(kind="plan", id=plan) if gone else UnknownThing(kind="plan", id=plan)


def plans(rows: Rows) -> tuple[PlanRow, ...]:
    """All plans, newest issue first."""
    return tuple(PlanRow(*row) for row in rows("plans"))


def units(rows: Rows, plan: str | None = None, unit: str | None = None) -> tuple[UnitRow, ...]:
    """All units, or those of a plan, or one; those with most tasks first."""
    found = [_unit_row(row) for row in rows("units", unit=unit, plan=plan)]
    return tuple(sorted(found, key=lambda each: (-(each.lead + each.support + each.responsible), each.id)))


def _unit_row(row: Row) -> UnitRow:
    id, name, kind, level, region, names, *counts = row
    written = {each for several in _listed(names) for each in msgspec.json.decode(several, type=list[str])}
    return UnitRow(id, name, kind, level, region, tuple(sorted(written)), *counts)


def _listed(value: str | list[Any]) -> list[Any]:
    """A list, which some stores give as JSON."""
    return msgspec.json.decode(value, type=list[Any]) if isinstance(value, str) else value


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
    name, kind, region = _named(rows, unit_id)
    filters = {"role": role, "plan": plan, "deadline": deadline}
    found = _duties(rows("duties", unit=unit_id, unless=None, **filters), "own")
    found += _duties(rows("duties_by_hat", unit=unit_id, unless=unit_id, **filters), "hat")
    covering = [] if kind == "collective" else _collectives(rows, name, region, members)
    for collective, via in covering:
        found += _duties(rows("duties", unit=collective, unless=unit_id, **filters), via)
    return tuple(found)


def _duties(rows: Iterable[Row], via: Via) -> list[Duty]:
    return [
        Duty(
            task, plan, title, issued, section, text, role, bool(stated), via, named_id, named, mention, rule,
            Span(start, end), Span(said, till), deadline,
        )
        for named_id, task, plan, title, issued, section, text, role, stated, named, mention, rule, start, end, said,
        till, deadline in rows
    ]  # fmt: skip


def _named(rows: Rows, unit_id: str) -> Row:
    """A unit's name, kind and region, as one of its plans has them. Raises `UnknownThing`."""
    found = next(iter(rows("named", unit=unit_id)), None)
    if found is None:
        raise UnknownThing(kind="unit", id=unit_id)
    return found


def _collectives(rows: Rows, unit: str, region: str, members: Members) -> list[tuple[str, Via]]:
    """The collectives of a unit's region that cover it, as ids, those first of which it is a stated member."""
    found: list[tuple[str, Via]] = [
        (id, via) for id, name in rows("collectives", region=region) if (via := covered_as(name, unit, members))
    ]
    return sorted(found, key=lambda each: each[1] != "member")


def partners_of(rows: Rows, unit_id: str, plan: str | None) -> tuple[Partner, ...]:
    """With whom a unit works, each shared task once; who shares most comes first."""
    _named(rows, unit_id)
    shared: dict[tuple[str, str, str], dict[str, SharedTask]] = defaultdict(dict)
    for partner, name, kind, task, *rest in rows("partners", unit=unit_id, plan=plan):
        shared[partner, name, kind].setdefault(task, SharedTask(task, *rest))
    partners = [
        Partner(id, name, "collective" if kind == "collective" else "organization", tuple(tasks.values()))
        for (id, name, kind), tasks in shared.items()
    ]
    return tuple(sorted(partners, key=lambda each: (-len(each.tasks), each.unit_id)))


def documents(rows: Rows, id: str | None = None) -> tuple[DocumentRow, ...]:
    """All documents, or one by its own id, those cited most first."""
    return tuple(_document_row(row) for row in rows("documents", id=id))


def _document_row(row: Row) -> DocumentRow:
    id, title, number, plan, titles, citations, in_plans = row
    written = {each for each in _listed(titles) if each}
    return DocumentRow(id, title, number, plan, tuple(sorted({title, *written})), citations, in_plans)


def document(rows: Rows, document_id: str) -> DocumentRow:
    """A document by its id or one that redirects to it. Raises `UnknownThing`."""
    redirected = [str(row[0]) for row in rows("redirect", id=document_id)]
    found = documents(rows, (redirected or [document_id])[0])
    if not found:
        raise UnknownThing(kind="document", id=document_id)
    return found[0]


def citing(rows: Rows, document_id: str) -> tuple[Citing, ...]:
    """Who cites a document, itself or through the document that issues it."""
    asked = document(rows, document_id)
    return _citing(rows, asked.id, list(rows("citing", document=asked.id)))


def _citing(rows: Rows, document_id: str, cited: Sequence[Row]) -> tuple[Citing, ...]:
    tasks = reached_tasks(rows, (row[0] for row in cited))
    parties = parties_on(rows, (task for several in tasks.values() for task in several))
    return tuple(
        Citing(
            id, document_id, through, title, number, role, msgspec.json.decode(articles, type=tuple[str, ...]), plan,
            plan_title, holder, holder_id, section, sentence, Span(start, end), tasks[id],
            once(parties, tasks[id]),
        )
        for id, through, title, number, role, articles, plan, plan_title, holder, holder_id, section, sentence, start,
        end in cited
    )  # fmt: skip


def cited_by(rows: Rows, document_id: str, offset: int, limit: int) -> CitedBy:
    """Who cites a document by role, some rows of it, and what is counted over all."""
    asked = document(rows, document_id)
    cited = sorted(rows("citing", document=asked.id), key=lambda row: CITATION_ROLES.index(row[4]))
    first = first_shown(len(cited), offset, limit)
    counted = Counter(row[4] for row in cited)
    return CitedBy(
        len(cited),
        {role: counted[role] for role in CITATION_ROLES if counted[role]},
        _citing(rows, asked.id, cited[first : first + limit]),
        tuple({row[1]: row[2] for row in cited if row[1]}.items()),
        bound(rows, (row[0] for row in cited)),
    )


def first_shown(total: int, offset: int, limit: int) -> int:
    """Where a part of a list begins: at its last part where `offset` is past its end."""
    return min(offset, max(0, total - 1) // max(1, limit) * limit)


def bound(rows: Rows, facts: Iterable[str]) -> tuple[Bound, ...]:
    """The units on the tasks that any of the facts reach, who stands on most of them first."""
    found = (Bound(*row) for row in rows("bound", facts=list(facts)))
    return tuple(sorted(found, key=lambda each: (-each.tasks, each.unit_id)))


def gaps(
    rows: Rows, code: GapCode | None, plan: str | None, offset: int = 0, limit: int | None = None
) -> tuple[Gap, ...]:
    """What tasks lack, in the order of the plans' texts; of these `limit` from `offset` on."""
    found = list(rows("gaps", code=code, plan=plan, offset=offset, limit=_ALL if limit is None else limit))
    parties = parties_on(rows, (row[1] for row in found))
    return tuple(
        Gap(code, task, plan_id, title, section, text, tuple(parties.get(task, ())))
        for code, task, plan_id, title, section, text in found
    )


def gap_counts(rows: Rows, plan: str | None) -> dict[GapCode, int]:
    """How many tasks have each gap."""
    counted = {str(code): int(count) for code, count in rows("gap_counts", plan=plan)}
    return {code: counted.get(code, 0) for code in GAP_CODES}


def doubts(rows: Rows, plan: str | None) -> tuple[DoubtRow, ...]:
    """Doubts, the library's own first where no plan is asked for."""
    clashes = rows("clashes") if plan is None else ()
    of_library = (
        DoubtRow(None, "number-of-two-titles", {"number": number, "title": title, "other": other}, None)
        for number, title, other in clashes
    )
    of_plans = (
        DoubtRow(plan_id, code, msgspec.json.decode(params, type=dict[str, str]), Span(start, end), id)
        for plan_id, code, params, start, end, id in rows("doubts", plan=plan)
    )
    return (*of_library, *of_plans)


def reached_tasks(rows: Rows, facts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The tasks that each fact reaches."""
    found: dict[str, list[str]] = {fact: [] for fact in facts}
    for fact, task in rows("reached", facts=list(found)):
        found[fact].append(task)
    return {fact: tuple(tasks) for fact, tasks in found.items()}


def parties_on(rows: Rows, tasks: Iterable[str]) -> dict[str, list[Party]]:
    """The units on each task, in the order of the text."""
    found: dict[str, list[Party]] = defaultdict(list)
    for task, id, name, role, stated in rows("parties", tasks=sorted(set(tasks))):
        found[task].append(Party(id, name, role, bool(stated)))
    return found


def once(parties: dict[str, list[Party]], tasks: Iterable[str]) -> tuple[Party, ...]:
    """The parties of several tasks, each unit and role once."""
    return tuple({(each.unit_id, each.role): each for task in tasks for each in parties.get(task, ())}.values())
