"""A question in words, answered (问答): how it was understood, a table, and how complete that is.

Records only; what is shown is made of them at the edge. Nothing is estimated and no clock is read: a question that
names no year means the year of the newest plan, and the interpretation says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.query import Citing, Due, Duty, Gap, Party, PlanRow
from ingest.model import Record, Role
from search.catalog import Catalog
from search.index.fields import Entry
from search.query.filters import Filters
from search.questions.days import Days
from search.questions.understand import Interpretation, Known, interpret


class Responsible(Record, frozen=True):
    """A unit and the tasks on a topic that it has a part in: ids, by role, those that fit the topic best first."""

    unit_id: str
    name: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    support: tuple[str, ...]


class AnswerTable(Record, frozen=True):
    """The rows of an answer: only the table of the interpretation's form has any, and none where there is a problem."""

    duties: tuple[Duty, ...] = ()
    responsible: tuple[Responsible, ...] = ()
    citing: tuple[Citing, ...] = ()
    due: tuple[Due, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Completeness(Record, frozen=True):
    """How complete an answer is: facts for the line beneath it.

    things      tasks (duties, responsible), places that cite (citing), clauses that fall due (due) or tasks that lack
                something (gaps) in the answer; of duties only those that name the unit itself
    roles       how many of these things have a unit in each role
    inferred    further tasks (duties) that reach the unit only by a second nameplate or a collective,
                most of them inferred (推定): each says by its `via` whether a member is stated
    plans       plans that the answer draws on, of `plans_searched`
    consumed    characters of responsibility-like text in the plans that the answer draws on that were read, of `total`
    doubts      doubts of these plans
    plan        the plan that it draws on, where it is one
    """

    things: int
    roles: dict[Role, int]
    inferred: int
    plans: int
    plans_searched: int
    consumed: int
    total: int
    doubts: int
    plan: str | None

    @property
    def unread(self) -> int:
        """Characters that look like a responsibility and that no rule has read."""
        return self.total - self.consumed


class Answer(Record, frozen=True):
    """An answer, and the record's generation that it belongs to."""

    interpretation: Interpretation
    table: AnswerTable
    completeness: Completeness
    generation: int


def ask(question: str, catalog: Catalog, year: int | None = None) -> Answer:
    """Answers a question. `year` is meant where the question names none: that of the newest plan, if not given."""
    store = catalog.store
    with store.snapshot() as generation:
        plans = store.plans()
        meant = year or max((plan.year for plan in plans if plan.year), default=None)
        understood = interpret(question, Known(store.units(), store.documents(), meant), catalog.names)
        table, used = _table(understood, catalog)
    return Answer(understood, table, _completeness(used, plans), generation)


class _Use(Record, frozen=True):
    """A thing in an answer, its plan, and a role that a unit has in it; None where no unit has any.

    `inferred` says that the text does not name the unit itself.
    """

    thing: str
    plan: str
    role: Role | None
    inferred: bool = False


def _table(understood: Interpretation, catalog: Catalog) -> tuple[AnswerTable, list[_Use]]:
    store = catalog.store
    match understood:
        case Interpretation(problem=None, form="duties", unit=str(unit), role=role):
            duties = store.duties_of(unit, role)
            return AnswerTable(duties=duties), [
                _Use(each.task_id, each.plan_id, each.role, each.via != "own") for each in duties
            ]
        case Interpretation(problem=None, form="responsible", topic=topic, role=role):
            tasks = _tasks_on(topic, role, catalog)
            return AnswerTable(responsible=_by_unit(tasks, role)), list(_uses_of_tasks(tasks, role))
        case Interpretation(problem=None, form="citing", document=str(document)):
            citing = store.citing(document)
            roles = ((each.citation_id, each.plan_id, each.parties) for each in citing)
            return AnswerTable(citing=citing), list(_uses_of_parties(roles))
        case Interpretation(problem=None, form="gaps", gap=str(code)):
            gaps = store.gaps(code)
            roles = ((each.task_id, each.plan_id, each.parties) for each in gaps)
            return AnswerTable(gaps=gaps), list(_uses_of_parties(roles))
        case Interpretation(problem=None, form="due", days=Days() as days, unit=unit, role=role):
            due = store.due_between(days.start, days.end, unit=unit)
            due = tuple(each for each in due if role is None or _has_role(each.parties, unit, role))
            roles = ((each.deadline_id, each.plan_id, each.parties) for each in due)
            return AnswerTable(due=due), list(_uses_of_parties(roles))
    return AnswerTable(), []


def _has_role(parties: Iterable[Party], unit: str | None, role: Role) -> bool:
    return any((party.unit_id, party.role) == (unit, role) for party in parties)


def _tasks_on(topic: str, role: Role | None, catalog: Catalog) -> list[Entry]:
    """The tasks that hold the topic and where a unit has the role asked for; no row that repeats a task."""
    _, found = catalog.find(topic, Filters(kind=("task",), role=(role,) if role else ()))
    return [each.entry for each in found.scored if each.entry.same_as is None]


def _by_unit(tasks: Iterable[Entry], role: Role | None) -> tuple[Responsible, ...]:
    """The units of the tasks, who leads most first."""
    names: dict[str, str] = {}
    by_role: dict[Role, dict[str, dict[str, None]]] = {"lead": {}, "responsible": {}, "support": {}}
    for task in tasks:
        for part in task.parts:
            if role in (None, part.role):
                names.setdefault(part.unit, part.name)
                by_role[part.role].setdefault(part.unit, {})[task.id] = None
    rows = [Responsible(id, name, *(tuple(of.get(id, ())) for of in by_role.values())) for id, name in names.items()]
    return tuple(sorted(rows, key=lambda row: (-len(row.lead), -len(row.responsible), -len(row.support), row.unit_id)))


def _uses_of_tasks(tasks: Iterable[Entry], role: Role | None) -> Iterator[_Use]:
    for task in tasks:
        roles = {part.role for part in task.parts if role in (None, part.role)}
        yield from _uses(task.id, task.plan, roles)


def _uses_of_parties(things: Iterable[tuple[str, str, tuple[Party, ...]]]) -> Iterator[_Use]:
    for thing, plan, parties in things:
        yield from _uses(thing, plan, {party.role for party in parties})


def _uses(thing: str, plan: str, roles: set[Role]) -> list[_Use]:
    return [_Use(thing, plan, role) for role in roles] or [_Use(thing, plan, None)]


def _completeness(used: list[_Use], plans: Sequence[PlanRow]) -> Completeness:
    roles: dict[Role, int] = {"lead": 0, "responsible": 0, "support": 0}
    for use in set(used):
        if use.role and not use.inferred:
            roles[use.role] += 1
    named = {use.thing for use in used if not use.inferred}
    drawn_on = {use.plan for use in used}
    rows = [plan for plan in plans if plan.id in drawn_on]
    return Completeness(
        len(named),
        roles,
        len({use.thing for use in used} - named),
        len(drawn_on),
        len(plans),
        sum(plan.consumed for plan in rows),
        sum(plan.total for plan in rows),
        sum(plan.doubts for plan in rows),
        rows[0].id if len(rows) == 1 else None,
    )
