"""Answers to a query (查询): tasks in order with what they have, and what they have in common, counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from graph.answers.from_rows import parties_on
from graph.answers.meaning import AllTasks, Meaning, Recurring
from graph.query import select_types as s
from graph.query.questions import Party
from graph.query.row_types import Rows
from graph.query.select_types import SelectedColumns
from graph.query.selected import Tally, TaskAim, TaskBasis, TaskDay, TaskRow
from graph.query.selection import FallsDue, Query, Select, conjuncts
from graph.store import Members
from ingest.model import Record, Role, Span

_NEVER = "9999"
ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
RowOfTask = TypeVar("RowOfTask", bound=Record)


def all_tasks(rows: Rows) -> AllTasks:
    """All tasks that do not repeat another, newest plan first, in the order of their plan; which of them recur."""
    again: defaultdict[Recurring, list[str]] = defaultdict(list)
    for row in rows(s.TASKS_DUE_AGAIN):
        again[row.every or "year", row.recurs_from, row.recurs_to].append(row.id)
    order = tuple(rows(s.TASKS_ALL))
    return AllTasks(order, frozenset(each.id for each in order), dict(again))


def selected_ids(rows: Rows, query: Query, everything: AllTasks, members: Members) -> tuple[str, ...]:
    """Ids of the tasks that a query means, in the order that it asks for. Raises `BadQuery`.

    By deadline: by the first of the days that the query asks for, where it asks for some.
    """
    meaning = Meaning(rows, everything, members)
    found = meaning.of(query.where)
    kept = [each for each in everything.order if each.id in found]
    if query.order == "due":
        asked = next((each for each in conjuncts(query.where) if isinstance(each, FallsDue)), None)
        days = meaning.first_days(asked) if asked else {each.id: each.due for each in kept if each.due}
        kept.sort(key=lambda each: days.get(each.id, _NEVER))
    return tuple(each.id for each in kept)


def task_rows(rows: Rows, ids: Sequence[str]) -> tuple[TaskRow, ...]:
    """The tasks of some ids, in their order, with all that is shown of them."""
    asked = [*ids]
    found = {row.id: row for row in rows(s.TASK_ROWS, tasks=asked)}
    parties = parties_on(rows, asked)
    days = _by_task((row.task_id, _day(row)) for row in rows(s.TASK_DAYS, tasks=asked))
    aims = _by_task((row.task_id, _aim(row)) for row in rows(s.TASK_AIMS, tasks=asked))
    bases = _by_task((row.task_id, _basis(row)) for row in rows(s.TASK_BASES, tasks=asked))
    return tuple(_task(found[id], tuple(parties[id]), days[id], aims[id], bases[id]) for id in ids if id in found)


def tallied(rows: Rows, ids: Sequence[str], by: Select, roles: Iterable[Role] = ()) -> tuple[Tally, ...]:
    """What the tasks have of a kind, those that most of them have first; of units only those in one of the roles."""
    found: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    in_role: dict[str, dict[Role, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    wanted = frozenset(roles)
    if by == "unit":
        for row in rows(s.TASK_UNITS, tasks=[*ids]):
            if not wanted or row.role in wanted:
                found[row.unit_id, row.name, row.region][row.task_id] = None
                in_role[row.unit_id][row.role][row.task_id] = None
    else:
        for key, task in _keys(rows, ids, by):
            found[key][task] = None
    made = [_tally(key, tuple(tasks), in_role[key[0]]) for key, tasks in _joined(found).items()]
    return tuple(sorted(made, key=lambda each: (-len(each.tasks), each.key)))


def _joined(found: dict[tuple[str, str, str], dict[str, None]]) -> dict[tuple[str, str, str], dict[str, None]]:
    """One row a key: a unit that plans spell otherwise has the shortest of its names."""
    by_key: dict[str, tuple[tuple[str, str, str], dict[str, None]]] = {}
    for key, tasks in sorted(found.items(), key=lambda each: (each[0][0], len(each[0][1]), each[0][1])):
        by_key.setdefault(key[0], (key, {}))[1].update(tasks)
    return dict(by_key.values())


def _tally(key: tuple[str, str, str], tasks: tuple[str, ...], in_role: dict[Role, dict[str, None]]) -> Tally:
    lead, responsible, support = (len(in_role.get(role, ())) for role in ROLES)
    return Tally(*key, tasks, lead, responsible, support)


def _keys(rows: Rows, ids: Sequence[str], by: Select) -> Iterator[tuple[tuple[str, str, str], str]]:
    """What each task has of a kind other than units: key, label and detail."""
    asked = [*ids]
    match by:
        case "document":
            for basis in rows(s.TASK_BASES, tasks=asked):
                yield (basis.document_id, basis.name, basis.number or ""), basis.task_id
        case "target":
            for aim in rows(s.TASK_AIMS, tasks=asked):
                yield (aim.target_id, aim.text, aim.subject), aim.task_id
        case "month" | "deadline":
            for day in rows(s.TASK_DAYS, tasks=asked):
                if by == "deadline":
                    yield (day.deadline_id, day.text, day.due or ""), day.task_id
                elif day.due and day.kind == "by" and day.level != "item":
                    yield (day.due[:7], day.due[:7], ""), day.task_id
        case "plan" | "region" | "year":
            for place in rows(s.TASK_PLACES, tasks=asked):
                year = str(place.year or "")
                key = {"plan": (place.plan_id, place.plan_title, year), "region": (place.region, place.region, "")}
                yield key.get(by, (year, year, "")), place.task_id
        case "task" | "unit":
            return


def _by_task(pairs: Iterable[tuple[str, RowOfTask]]) -> defaultdict[str, tuple[RowOfTask, ...]]:
    found: defaultdict[str, tuple[RowOfTask, ...]] = defaultdict(tuple)
    for task, row in pairs:
        found[task] += (row,)
    return found


def _day(row: s.DayColumns) -> TaskDay:
    said = (row.text, row.kind, row.due, row.every, row.min_count, row.precision, row.level, row.clause)
    return TaskDay(row.deadline_id, *said, Span(row.start, row.end))


def _aim(row: s.AimColumns) -> TaskAim:
    return TaskAim(row.target_id, row.subject, row.op, row.value, row.unit, row.text, Span(row.start, row.end))


def _basis(row: s.BasisColumns) -> TaskBasis:
    return TaskBasis(row.citation_id, row.document_id, row.title, row.number, row.role)


def _task(
    row: SelectedColumns,
    parties: tuple[Party, ...],
    days: tuple[TaskDay, ...],
    aims: tuple[TaskAim, ...],
    bases: tuple[TaskBasis, ...],
) -> TaskRow:
    return TaskRow(
        id=row.id,
        plan_id=row.plan_id,
        plan_title=row.plan_title,
        issued_on=row.issued_on,
        year=row.year,
        region=row.region,
        section_id=row.section_id,
        section=row.section,
        place=row.place,
        text=row.text,
        span=Span(row.start, row.end),
        deadline=row.deadline,
        parties=parties,
        days=days,
        aims=aims,
        bases=bases,
    )
