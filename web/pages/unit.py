"""The unit page (单位): what it is responsible for, role by role and plan by plan, and with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from graph.query import All, Duty, InPlan, OfUnit, Partner, Query, UnitRow, Via, Where
from ingest.model import Record, Role
from web.facts.by_task import ROLES, TaskView, UnitOnTask
from web.queries.address import address_of

PER_PAGE, PARTNERS = 200, 100
"""Tasks and partners that one page shows."""

_VIAS: tuple[Via, ...] = ("own", "hat", "member", "collective")


class UnitTask(Record, frozen=True):
    """A task of the unit: in which role, whether stated, and how it comes to it (`via`, by the name `named`)."""

    task: TaskView
    role: Role
    stated: bool
    via: Via
    named: str
    named_id: str
    others: tuple[UnitOnTask, ...]


class PlanDuties(Record, frozen=True):
    """The unit's tasks of one plan in one role."""

    plan_id: str
    plan_title: str
    issued_on: str | None
    tasks: tuple[UnitTask, ...]


class RoleDuties(Record, frozen=True):
    """The unit's tasks in one role: how many by its own name in all, and those that this page shows."""

    role: Role
    plans: tuple[PlanDuties, ...]


class Nameplate(Record, frozen=True):
    """A name that the office's register joins with the unit's by 加挂, and the id of the unit of that name, if any."""

    name: str
    unit_id: str | None


class SameWork(Record, frozen=True):
    """An organisation that does the unit's work today, or did it before, by the register of units; the id of the unit
    of that name and place, if the library has one, and how many tasks name that one: they are not the unit's own."""

    name: str
    unit_id: str | None
    tasks: int


class UnitPage(Record, frozen=True):
    """A unit. `roles` holds what names it itself; `as_hat`, `as_member` and `as_collective` what reaches it otherwise.

    `as_member` is of collectives whose members the office's register states, `as_collective` of others. By the register
    too, the unit bears the second nameplates `hats`, and its own name is one of `bearers`.
    `today` is who does its work today, where it is no more, `before` who did it and stands in the library. `page` of
    `pages` is shown, counted from 1; `total` counts tasks of all pages. `plan` is the plan asked for.
    """

    unit: UnitRow
    today: tuple[SameWork, ...]
    before: tuple[SameWork, ...]
    hats: tuple[Nameplate, ...]
    bearers: tuple[Nameplate, ...]
    roles: tuple[RoleDuties, ...]
    as_hat: tuple[PlanDuties, ...]
    as_member: tuple[PlanDuties, ...]
    as_collective: tuple[PlanDuties, ...]
    partners: tuple[Partner, ...]
    partners_total: int
    as_of: str | None
    plan: str | None
    role: Role | None
    total: int
    page: int
    pages: int
    list_url: str


class UnitDossier(Record, frozen=True):
    """What the library and the office's register know of a unit: its duties and partners, who does its work `today`
    and who did it `before`, its second nameplates (`hats`), and who bears its name as one."""

    unit: UnitRow
    duties: Sequence[Duty]
    partners: Sequence[Partner] = ()
    today: tuple[SameWork, ...] = ()
    before: tuple[SameWork, ...] = ()
    hats: tuple[Nameplate, ...] = ()
    bearers: tuple[Nameplate, ...] = ()


def unit_page(
    known: UnitDossier,
    task_of: Callable[[str, str], TaskView | None],
    plan: str | None = None,
    role: Role | None = None,
    page: int = 1,
) -> UnitPage:
    """The page of a unit, of the plan and role chosen; `task_of` gives the task of a plan's and a task's id."""
    ordered = sorted(known.duties, key=lambda duty: (_VIAS.index(duty.via), ROLES.index(duty.role)))
    pages = max(1, -(-len(ordered) // PER_PAGE))
    page = min(page, pages)
    shown = _unit_tasks(ordered[(page - 1) * PER_PAGE : page * PER_PAGE], task_of)
    issued = {duty.plan_id: duty.issued_on for duty in ordered}
    return UnitPage(
        known.unit,
        known.today,
        known.before,
        known.hats,
        known.bearers,
        _by_role(shown, issued),
        _by_plan([one for one in shown if one.via == "hat"], issued),
        _by_plan([one for one in shown if one.via == "member"], issued),
        _by_plan([one for one in shown if one.via == "collective"], issued),
        tuple(known.partners[:PARTNERS]),
        len(known.partners),
        max((day for day in issued.values() if day), default=None),
        plan,
        role,
        len(ordered),
        page,
        pages,
        _list_of(known.unit.id, role, plan),
    )


def _list_of(unit_id: str, role: Role | None, plan: str | None) -> str:
    """The address of the list of the tasks that name the unit."""
    parts: list[Where] = [OfUnit((unit_id,), (role,) if role else ())]
    return address_of(Query(All((*parts, *([InPlan((plan,))] if plan else [])))))


def role_duties(
    duties: Sequence[Duty], task_of: Callable[[str, str], TaskView | None]
) -> tuple[tuple[RoleDuties, ...], tuple[PlanDuties, ...]]:
    """Duties by role and plan: those that name the unit itself, and those that reach it otherwise."""
    issued = {duty.plan_id: duty.issued_on for duty in duties}
    tasks = _unit_tasks(duties, task_of)
    return _by_role(tasks, issued), _by_plan([one for one in tasks if one.via != "own"], issued)


def _unit_tasks(duties: Sequence[Duty], task_of: Callable[[str, str], TaskView | None]) -> list[UnitTask]:
    return [_unit_task(duty, task) for duty in duties if (task := task_of(duty.plan_id, duty.task_id))]


def _by_role(tasks: Sequence[UnitTask], issued: dict[str, str | None]) -> tuple[RoleDuties, ...]:
    own = [one for one in tasks if one.via == "own"]
    roles = (RoleDuties(role, _by_plan([one for one in own if one.role == role], issued)) for role in ROLES)
    return tuple(each for each in roles if each.plans)


def _unit_task(duty: Duty, task: TaskView) -> UnitTask:
    others = tuple(unit for unit in task.units if unit.unit_id != duty.named_id)
    return UnitTask(task, duty.role, duty.stated, duty.via, duty.named, duty.named_id, others)


def _by_plan(tasks: Sequence[UnitTask], issued: dict[str, str | None]) -> tuple[PlanDuties, ...]:
    grouped = groupby(tasks, key=lambda one: (one.task.plan_id, one.task.plan_title))
    return tuple(PlanDuties(id, title, issued.get(id), tuple(each)) for (id, title), each in grouped)
