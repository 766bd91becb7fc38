"""The first page (首页): what is in the library, who has most to do, what falls due next."""

from __future__ import annotations

from collections.abc import Sequence

from graph.query import DocumentRow, PlanRow, UnitRow
from graph.store import PAGE
from ingest.model import Record
from web.facts.by_task import ROLES
from web.pages.rows import TaskList
from web.pages.unit import role_address

_UNITS, DUE = 15, 8
"""Units, and tasks that fall due next, that the page shows."""


class Load(Record, frozen=True):
    """A unit's tasks by role; `widths` are the roles' shares (lead, responsible, support) of the longest bar, 0–100,
    and `urls` the addresses of the tasks that each role counts."""

    unit: UnitRow
    tasks: int
    widths: tuple[float, float, float]
    urls: tuple[str, str, str]


class HomePage(Record, frozen=True):
    """Plans, newest first; units with most tasks; what falls due from `today`, and when the last deadline falls.

    `hats` of the units stand only as a second nameplate (加挂牌子). Where nothing is due, `last_month` is the last
    month with deadlines of the newest plan that has any, and `last` what fell due then.
    `questions` are examples that this library answers. `page` of
    `pages` of the list of plans is shown.
    """

    plans: tuple[PlanRow, ...]
    loads: tuple[Load, ...]
    units: int
    hats: int
    due: TaskList
    today: str
    last_month: str
    last: TaskList | None
    questions: tuple[str, ...]
    plans_total: int
    page: int
    pages: int


class Holdings(Record, frozen=True):
    """What a library holds: plans, newest first; units with most tasks first; documents."""

    plans: Sequence[PlanRow]
    units: Sequence[UnitRow]
    documents: Sequence[DocumentRow]


class Upcoming(Record, frozen=True):
    """What falls due next, from `today` on; where nothing does, the last month in which anything did."""

    due: TaskList
    today: str
    last_month: str = ""
    last: TaskList | None = None


def home_page(held: Holdings, upcoming: Upcoming, page: int = 1) -> HomePage:
    """The first page of a library."""
    plans, units = held.plans, held.units
    pages = max(1, -(-len(plans) // PAGE))
    page = min(page, pages)
    return HomePage(
        tuple(plans[(page - 1) * PAGE : page * PAGE]), loads(units[:_UNITS]), len(units), only_as_hat(units),
        upcoming.due, upcoming.today, upcoming.last_month, upcoming.last, _questions(units, held.documents),
        len(plans), page, pages,
    )  # fmt: skip


def loads(units: Sequence[UnitRow]) -> tuple[Load, ...]:
    """Bars of units, each as long as its tasks are many."""
    most = max((_tasks(unit) for unit in units), default=0) or 1
    return tuple(_load(unit, most) for unit in units)


def _load(unit: UnitRow, most: int) -> Load:
    lead, responsible, support = (100 * getattr(unit, role) / most for role in ROLES)
    first, second, third = (role_address(unit, role) for role in ROLES)
    return Load(unit, _tasks(unit), (lead, responsible, support), (first, second, third))


def only_as_hat(units: Sequence[UnitRow]) -> int:
    """How many units no plan names but as the second nameplate of another."""
    return sum(1 for unit in units if unit.as_hat and not _tasks(unit))


def _tasks(unit: UnitRow) -> int:
    return sum(int(getattr(unit, role)) for role in ROLES)


def _questions(units: Sequence[UnitRow], documents: Sequence[DocumentRow]) -> tuple[str, ...]:
    """A question of each kind that search understands, about what the library holds."""
    leader = max((unit for unit in units if unit.lead), key=lambda unit: unit.lead, default=None)
    cited = next((document for document in documents if document.number), None)
    asked = [f"{leader.name}牵头哪些任务"] if leader else []
    if units:
        asked.append("11月要完成什么")
    if cited:
        asked.append(f"哪些任务引用了《{cited.title}》")
    return tuple(asked)
