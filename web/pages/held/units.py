"""The units of a library (单位) with how many tasks they have in which role, sorted by any column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.query import UnitRow
from ingest.model import Record
from web.facts.by_task import ROLES
from web.pages.held.sorting import SortKey, Wanted, wanted_rows
from web.pages.unit import role_address


def tasks_of(unit: UnitRow) -> int:
    """The tasks that name a unit itself; one that names it in two roles counts in both."""
    return sum(int(getattr(unit, role)) for role in ROLES)


SORTS: Mapping[str, SortKey] = {
    "tasks": lambda unit: (-tasks_of(unit), unit.name),
    "name": lambda unit: (unit.name, unit.region),
    "region": lambda unit: (unit.region, -tasks_of(unit), unit.name),
    "lead": lambda unit: (-unit.lead, -tasks_of(unit), unit.name),
    "responsible": lambda unit: (-unit.responsible, -tasks_of(unit), unit.name),
    "support": lambda unit: (-unit.support, -tasks_of(unit), unit.name),
    "plans": lambda unit: (-unit.plans, -tasks_of(unit), unit.name),
}
"""What units are sorted by: most tasks first …"""


class Load(Record, frozen=True):
    """A unit's tasks by role; `widths` are the roles' shares (lead, responsible, support) of the longest bar, 0–100,
    and `urls` the addresses of the tasks that each role counts."""

    unit: UnitRow
    tasks: int
    widths: tuple[float, float, float]
    urls: tuple[str, str, str]


class UnitsPage(Record, frozen=True):
    """A page of the units: `total` of the `all` of the library hold the `query`'s words; sorted by `sort`. `hats`
    of all stand only as a second nameplate (加挂牌子), `single` have one task."""

    loads: tuple[Load, ...]
    query: str
    sort: str
    total: int
    all: int
    hats: int
    single: int
    page: int
    pages: int


def units_page(units: Iterable[UnitRow], wanted: Wanted) -> UnitsPage:
    """A page of all units."""
    every = tuple(units)
    rows = wanted_rows(every, wanted, SORTS, lambda unit: " ".join((unit.name, *unit.names, unit.region)))
    most = max(map(tasks_of, every), default=0)
    single = sum(1 for unit in every if tasks_of(unit) == 1)
    return UnitsPage(
        loads(rows.shown, most), wanted.words, wanted.sort or "tasks", rows.total, len(every), only_as_hat(every),
        single, rows.page, rows.pages,
    )  # fmt: skip


def loads(units: Sequence[UnitRow], most: int = 0) -> tuple[Load, ...]:
    """Bars of units, each as long as its tasks are many; the longest has `most`."""
    longest = most or max(map(tasks_of, units), default=0) or 1
    return tuple(_load(unit, longest) for unit in units)


def _load(unit: UnitRow, most: int) -> Load:
    lead, responsible, support = (100 * getattr(unit, role) / most for role in ROLES)
    first, second, third = (role_address(unit, role) for role in ROLES)
    return Load(unit, tasks_of(unit), (lead, responsible, support), (first, second, third))


def only_as_hat(units: Sequence[UnitRow]) -> int:
    """How many units no plan names but as the second nameplate of another."""
    return sum(1 for unit in units if unit.as_hat and not tasks_of(unit))
