"""The first page (首页): what can be asked, what is in the library, what falls due next, who has most, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.query import DocumentRow, Lacks, PlanRow, Query, UnitRow
from ingest.model import Record
from web.pages.due import dated_query
from web.pages.held.plans import SORTS as PLAN_SORTS
from web.pages.held.units import Load, loads
from web.pages.rows import TaskList
from web.queries.address import address_of, month_of
from web.words.examples import EXAMPLES, ExampleKind

_UNITS, DUE, _NEWEST = 10, 6, 8
"""Units, tasks that fall due next, and plans that the page shows."""


class Example(Record, frozen=True):
    """A question that this library answers, and its kind."""

    kind: ExampleKind
    question: str


class HomePage(Record, frozen=True):
    """What a library holds: `plans` and `units` by their number, `tasks`, those `due_now` this month (its days in
    `due_url`), and `unled` that nobody leads. `examples` are questions that it answers.

    `due` are tasks with a day from `today` on. Where nothing does, `last_month` is the last month with deadlines of the
    newest plan that has any, and `last` what fell due then. `loads` are the units with most tasks, `newest` plans.
    """

    examples: tuple[Example, ...]
    plans: int
    tasks: int
    units: int
    due_now: int
    due_url: str
    unled: int
    unled_url: str
    due: TaskList
    today: str
    last_month: str
    last: TaskList | None
    loads: tuple[Load, ...]
    newest: tuple[PlanRow, ...]


class Holdings(Record, frozen=True):
    """What a library holds: plans; units with most tasks first; documents; topics with most tasks first; how many tasks
    nobody leads."""

    plans: Sequence[PlanRow]
    units: Sequence[UnitRow]
    documents: Sequence[DocumentRow] = ()
    topics: Sequence[str] = ()
    unled: int = 0


class Upcoming(Record, frozen=True):
    """What falls due next, from `today` on, and how much in this month; where nothing does, the last month in which
    anything did."""

    due: TaskList
    today: str
    now: int = 0
    last_month: str = ""
    last: TaskList | None = None


def home_page(held: Holdings, upcoming: Upcoming, examples: Sequence[Example]) -> HomePage:
    """The first page of a library."""
    newest = sorted(held.plans, key=PLAN_SORTS["date"])[:_NEWEST]
    this_month = dated_query(*month_of(upcoming.today[:7]))
    return HomePage(
        tuple(examples), len(held.plans), sum(plan.tasks for plan in held.plans), len(held.units), upcoming.now,
        address_of(this_month), held.unled, address_of(Query(Lacks("lead"))), upcoming.due, upcoming.today,
        upcoming.last_month, upcoming.last, loads(held.units[:_UNITS]), tuple(newest),
    )  # fmt: skip


def candidates(held: Holdings, month: str, english: bool) -> Iterator[tuple[ExampleKind, tuple[str, ...]]]:
    """For each kind of question some that this library may answer, the best first; `month` has deadlines (2026-12)."""
    leaders = sorted((unit for unit in held.units if unit.lead), key=lambda unit: -unit.lead)
    cited = [row for row in held.documents if row.citations and "〈" not in row.title]
    named: dict[ExampleKind, Sequence[str]] = {
        "unit": [f"{unit.region}{unit.name.removeprefix(unit.region)}" for unit in leaders],
        "topic": [topic for topic in held.topics if len(topic) in _TOPIC],
        "document": [row.title for row in cited],
        "month": [month] if month else [],
        "gap": [""] if held.unled else [],
        "most": [""] if held.units else [],
    }
    for kind, names in named.items():
        form = EXAMPLES[kind][1 if english else 0]
        said = (_month(name) if kind == "month" and not english else name for name in names[:_TRIED])
        yield kind, tuple(form.format(name) for name in said)


_TRIED = 6
"""Names of one kind that are tried."""
_TOPIC = range(5, 10)
"""Characters of a topic that a question names well."""


def _month(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"
