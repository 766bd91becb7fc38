"""The unit page (单位): what it is responsible for, role by role and plan by plan, and with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.query import NAMED, All, Counted, InPlan, Not, OfUnit, Query, UnitRow, Via, Where
from ingest.model import Record, Role
from web.facts.by_task import ROLES
from web.pages.rows import Shared, TaskList
from web.queries.address import address_of

MOST, PARTNERS = 100, 100
"""Tasks of one list, and partners, that the page shows."""


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


class UnitList(Record, frozen=True):
    """A part of the unit's tasks: a role in which the unit itself is named, or how they come to it otherwise (`hat`,
    `member`, `collective`). `whole` are all tasks of the kind, those among them that are listed elsewhere too."""

    code: Role | Via
    tasks: TaskList
    whole: TaskList


class UnitPage(Record, frozen=True):
    """A unit. Its tasks stand in `lists`: by role those that name it itself, and those that reach it otherwise.

    A member is one of collectives whose members the office's register states, `collective` is of others. By the
    register too, the unit bears the second nameplates `hats`, and its own name is one of `bearers`.
    `today` is who does its work today, where it is no more, `before` who did it and stands in the library. `named`
    are all tasks that name it, by whatever name, of the plan and role asked for; `as_of` is the newest
    date of their plans.
    """

    unit: UnitRow
    today: tuple[SameWork, ...]
    before: tuple[SameWork, ...]
    hats: tuple[Nameplate, ...]
    bearers: tuple[Nameplate, ...]
    lists: tuple[UnitList, ...]
    partners: tuple[Shared, ...]
    partners_total: int
    as_of: str | None
    plan: str | None
    role: Role | None
    total: int
    list_url: str


class UnitDossier(Record, frozen=True):
    """What the library and the office's register know of a unit: who does its work `today`
    and who did it `before`, its second nameplates (`hats`), who bears its name as one, and the units (`sharing`) on the
    tasks that name it."""

    unit: UnitRow
    today: tuple[SameWork, ...] = ()
    before: tuple[SameWork, ...] = ()
    hats: tuple[Nameplate, ...] = ()
    bearers: tuple[Nameplate, ...] = ()
    sharing: tuple[Counted, ...] = ()
    as_of: str | None = None


class Chosen(Record, frozen=True):
    """The plan and role that the page is narrowed to."""

    plan: str | None = None
    role: Role | None = None

    def parts(self, unit: str, role: Role | None = None, via: tuple[Via, ...] = NAMED) -> tuple[Where, ...]:
        """The conditions of the unit's tasks, in a role and by a way of its own if one is given."""
        asked = role or self.role
        of_unit = OfUnit((unit,), (asked,) if asked else (), via)
        return (of_unit, *([InPlan((self.plan,))] if self.plan else []))


def unit_page(known: UnitDossier, lists: Sequence[UnitList], named: TaskList, chosen: Chosen) -> UnitPage:
    """The page of a unit, of the plan and role chosen."""
    unit = known.unit
    others = [each for each in known.sharing if each.key != unit.id]
    return UnitPage(
        unit,
        known.today,
        known.before,
        known.hats,
        known.bearers,
        tuple(each for each in lists if each.tasks.total),
        tuple(_shared(unit.id, each, chosen) for each in others[:PARTNERS]),
        len(others),
        known.as_of,
        chosen.plan,
        chosen.role,
        named.total,
        named.url,
    )


def _shared(unit: str, other: Counted, chosen: Chosen) -> Shared:
    both = All((*chosen.parts(unit), OfUnit((other.key,))))
    return Shared(other.key, other.label, other.detail, other.tasks, address_of(Query(both)))


def named_query(unit: UnitRow, chosen: Chosen) -> Query:
    """The tasks that name a unit, by whatever name."""
    return Query(All(chosen.parts(unit.id)))


def list_queries(unit: UnitRow, chosen: Chosen) -> Iterator[tuple[Role | Via, Query, Query]]:
    """The lists of a unit's page: what each is of, what it shows, and all of its kind.

    What names the unit itself is not told again as what reaches it by another name.
    """
    # Where nobody bears its name as a nameplate, who names it names it itself: the shorter address means the same.
    own: tuple[Via, ...] = ("own",) if unit.as_hat else NAMED
    for role in ROLES:
        if chosen.role in (None, role):
            query = Query(All(chosen.parts(unit.id, role, own)))
            yield role, query, query
    besides: list[Where] = [Not(OfUnit((unit.id,), via=own))]
    for via in _OTHERWISE:
        whole = chosen.parts(unit.id, None, (via,))
        yield via, Query(All((*whole, *besides))), Query(All(whole))
        besides = [Not(OfUnit((unit.id,)))]


_OTHERWISE: tuple[Via, ...] = ("hat", "member", "collective")


def role_address(unit: UnitRow, role: Role) -> str:
    """The address of the tasks that a unit's row counts in a role."""
    own: tuple[Via, ...] = ("own",) if unit.as_hat else NAMED
    return address_of(Query(OfUnit((unit.id,), (role,), own)))
