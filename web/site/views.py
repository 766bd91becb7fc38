"""From a request to a page's context (视图): reads the URL, asks the library, builds the context for HTML and JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import cast

from flask import current_app, g
from msgspec.structs import replace

from graph import RemovedThing, UnknownThing, leads_to, unit_of_former_id
from graph.query import GAP_CODES, Cites, DoubtRow, GapCode, InPlan, PlanRow, Query, UnitRow, Via
from graph.store import PAGE
from ingest import place_of
from ingest.language import bearers_of, hats_of
from ingest.model import Role, Source, Span, Task
from search.questions import reply
from web import request as parameters
from web.facts.by_task import ROLES
from web.library import Library
from web.pages.document import DocumentPage, Resting, document_page
from web.pages.due import (
    BESIDE,
    OF_A_MONTH,
    BesideMonths,
    DueDays,
    DuePage,
    Month,
    dated_query,
    due_page,
    due_query,
    months_between,
    strip_days,
    strip_of,
    undated_query,
    usual_days,
)
from web.pages.held import documents as document_list
from web.pages.held import plans as plan_list
from web.pages.held import units as unit_list
from web.pages.held.documents import DocumentsPage, documents_page
from web.pages.held.plans import PlansPage, plans_page
from web.pages.held.sorting import Wanted
from web.pages.held.units import UnitsPage, units_page
from web.pages.home import DUE, Example, Holdings, HomePage, Upcoming, candidates, home_page
from web.pages.lists import DoubtLine, DoubtsPage, GapsPage, doubts_page, gap_query
from web.pages.plan import TASKS, PlanPage, StoredPlan, plan_page
from web.pages.reader import ReaderPage, ShownVersion, reader_page
from web.pages.rows import TaskList
from web.pages.task import TaskPage, task_page
from web.pages.unit import (
    MOST,
    Chosen,
    Nameplate,
    SameWork,
    UnitDossier,
    UnitList,
    UnitPage,
    list_queries,
    named_query,
    unit_page,
)
from web.queries.address import month_of
from web.settings import Settings
from web.site.listing import list_of, listed, meant

_LONGEST_WORDS = 120
"""Characters of the words that a doubt is about."""


def library() -> Library:
    """The site's library."""
    return cast(Library, current_app.extensions["zeren-library"])


def settings() -> Settings:
    """The site's settings."""
    return cast(Settings, current_app.extensions["zeren-settings"])


def home() -> HomePage:
    store = library().store
    today = settings().today()
    days = today.isoformat(), date(today.year + 1, 12, 31).isoformat()
    due = list_of(library(), dated_query(*days), DUE)
    now = len(meant(library(), dated_query(*month_of(days[0][:7]))))
    last = ("", None) if due.total else _last_month(store.plans())
    topics = library().catalog.topics()
    held = Holdings(store.plans(), store.units(), store.documents(), topics, store.gap_counts()["no-lead"])
    examples = _examples(held, _month_of(due) or last[0])
    return home_page(held, Upcoming(due, days[0], now, *last), examples)


def _month_of(due: TaskList) -> str:
    """The month of the first day from today on; "" for none."""
    today = settings().today().isoformat()
    days = [
        day.due for row in due.rows for day in row.deadlines if day.due and day.due >= today and day.level != "item"
    ]
    return min(days)[:7] if days else ""


def _examples(held: Holdings, month: str) -> tuple[Example, ...]:
    """One question of each kind, of those with names of the library one that is answered by a task at least."""

    def made() -> Iterator[Example]:
        for kind, questions in candidates(held, month, g.english):
            named = kind not in ("gap", "most")
            answered = (each for each in questions if not named or _is_answered(each))
            yield from (Example(kind, each) for each in islice(answered, 1))

    return library().once((settings().today(), g.english, "examples"), lambda: tuple(made()))


def _is_answered(question: str) -> bool:
    found = reply(question, library().catalog, settings().today())
    return found.status == "answered" and bool(found.rows)


def _last_month(plans: Sequence[PlanRow]) -> tuple[str, TaskList | None]:
    """The last month with deadlines of the newest plan that has any, and what fell due in it."""
    store = library().store
    for plan in sorted((row for row in plans if row.year), key=lambda row: row.issued_on or "", reverse=True):
        ids = store.select(Query(InPlan((plan.id,))), limit=0).ids
        months = [each.key for each in store.counted(ids, "month") if each.key[:4] == f"{plan.year:04}"]
        if months:
            return max(months), list_of(library(), due_query(*month_of(max(months)), plan=plan), DUE)
    return "", None


def plan(id: str) -> PlanPage:
    store, facts = library().store, library().facts(id)
    row = next(row for row in store.plans() if row.id == id)
    return plan_page(
        StoredPlan(
            row,
            store.units(id),
            store.doubts(id),
            store.gap_counts(id),
            store.versions(id),
            list_of(library(), Query(InPlan((id,))), TASKS),
        ),
        facts,
    )


def reader(id: str) -> ReaderPage:
    versions = library().store.versions(id)
    answering = next(row for row in versions if row.state == "answers")
    number = parameters.number("version") or answering.number
    shown = next((row for row in versions if row.number == number), None)
    if shown is None:
        raise UnknownThing(kind="version", id=f"{id} {number}")
    version = None if shown is answering else number
    source, page = library().page_of(id, version)
    of = ShownVersion(shown, answering.number, source, page)
    return reader_page(library().facts(id, version), of, parameters.text("fact") or None)


def unit_now(id: str) -> str:
    """The id of a unit, today's where it is one that it had before. Raises `UnknownThing`."""
    store = library().store
    try:
        return store.unit(leads_to(id, store.decisions())).id
    except UnknownThing:
        regions = {plan.id: plan.region for plan in store.plans()}

        def regions_of(unit: str) -> set[str]:
            return {regions[duty.plan_id] for duty in store.duties_of(unit) if duty.via == "own"}

        now = unit_of_former_id(id, store.units(), regions_of, library().lexicon.canonical)
        if now is None:
            raise
        return now


def unit(id: str) -> UnitPage:
    store, id = library().store, unit_now(id)
    plan = _plan_row(parameters.text("plan") or None)
    chosen = Chosen(plan.id if plan else None, parameters.choice("role", ROLES))
    row = store.unit(id)
    register = library().lexicon.register
    bare = row.name.removeprefix(row.region) or row.name
    today = _same_work(register.successors_of(bare), row)
    before = tuple(each for each in _same_work(register.predecessors_of(bare), row) if each.unit_id)
    hats, bearers = hats_of(row.name, register), bearers_of(row.name, register)
    ids = store.select(named_query(row, chosen), limit=0).ids
    plans = {each.key for each in store.counted(ids, "plan")}
    as_of = max((each.issued_on for each in store.plans() if each.id in plans and each.issued_on), default=None)
    dossier = UnitDossier(
        row, today, before, _nameplates(hats, row), _nameplates(bearers, row), store.counted(ids, "unit"), as_of
    )
    lists = [_unit_list(code, shown, whole) for code, shown, whole in list_queries(row, chosen)]
    return unit_page(dossier, lists, list_of(library(), named_query(row, chosen), 0), chosen)


def _unit_list(code: Role | Via, shown: Query, whole: Query) -> UnitList:
    found = list_of(library(), shown, MOST)
    return UnitList(code, found, replace(found, rows=()) if shown is whole else list_of(library(), whole, 0))


def _same_work(names: Sequence[str], row: UnitRow) -> tuple[SameWork, ...]:
    """Organisations of the register, with the units of a unit's region that are called so."""
    if not names:
        return ()
    register = library().lexicon.register
    units: dict[str, UnitRow] = {}
    for each in library().store.units():
        if each.region == row.region and (entry := register.entry_of(each.name.removeprefix(each.region) or each.name)):
            units.setdefault(entry.name, each)
    found = ((name, units.get(name)) for name in names)
    return tuple(
        SameWork(name, one.id if one else None, one.lead + one.responsible + one.support if one else 0)
        for name, one in found
    )


def _nameplates(names: Sequence[str], row: UnitRow) -> tuple[Nameplate, ...]:
    """Names that the office's register joins with a unit's, and the units of its region that are called so."""
    if not names:
        return ()
    canonical = library().lexicon.canonical
    ids = {canonical(each.name): each.id for each in library().store.units() if each.region == row.region}
    return tuple(Nameplate(name, ids.get(canonical(name))) for name in names)


def task(id: str) -> TaskPage:
    store = library().store
    plan_id = id.partition(".")[0]
    if store.was_removed(id):
        raise RemovedThing(kind="task", id=id)
    facts = library().facts(plan_id)
    view = facts.task(id)
    if view is None:
        raise UnknownThing(kind="task", id=id)
    gaps = [gap.code for gap in store.gaps(plan=plan_id) if gap.task_id == view.id]
    return task_page(view, facts, gaps, place_of(store.source(plan_id), view.span.start))


def document(id: str) -> DocumentPage:
    store = library().store
    row = store.document(id)
    facts = library().facts(row.plan_id) if row.plan_id else None
    page = parameters.page()
    resting = Query(Cites((row.id,)))
    units = store.counted(store.select(resting, limit=0).ids, "unit")
    found = Resting(list_of(library(), resting), units)
    return document_page(row, store.cited_by(row.id, (page - 1) * PAGE), found, facts, page)


def _wanted(sorts: Collection[str]) -> Wanted:
    """What the address asks of a list. Raises `BadChoice`."""
    return Wanted(parameters.text("q"), parameters.choice("sort", sorts), parameters.page())


def plans() -> PlansPage:
    return plans_page(library().store.plans(), _wanted(plan_list.SORTS))


def units() -> UnitsPage:
    return units_page(library().store.units(), _wanted(unit_list.SORTS))


def documents() -> DocumentsPage:
    return documents_page(library().store.documents(), _wanted(document_list.SORTS))


def due() -> DuePage:
    store, now = library().store, settings().today()
    usual = usual_days(now)
    start, end = parameters.day("from"), parameters.day("to")
    unit_id, plan_id = parameters.text("unit") or None, parameters.text("plan") or None
    first = start or (min(usual[0], end) if end else usual[0])
    last = end or max(usual[1], f"{first[:4]}-12-31")
    # Days typed the wrong way round mean the same span; the page shows the days that it used.
    first, last = min(first, last), max(first, last)
    about = store.unit(unit_id) if unit_id else None, _plan_row(plan_id)
    tasks = listed(library(), due_query(first, last, *about), parameters.page())
    months = tuple(
        Month(month, begin, end, list_of(library(), due_query(begin, end, *about), OF_A_MONTH))
        for month, begin, end in months_between(first, last)
    )
    clauses = () if about[0] else store.due_between(first, last, about[1].id if about[1] else None)
    assumed = not (start or end)
    days = DueDays(first, last, assumed, now.isoformat(), _beside_months(now, about, months) if assumed else None)
    return due_page(days, about, months, tasks, clauses)


def _beside_months(today: date, about: tuple[UnitRow | None, PlanRow | None], months: Sequence[Month]) -> BesideMonths:
    """The strip of months around today, what is past, and what has no day; the `months` are counted already."""
    known = {(each.first, each.last): each.tasks.total for each in months}

    def counted(first: str, last: str) -> int:
        found = known.get((first, last))
        return len(meant(library(), due_query(first, last, *about))) if found is None else found

    strip = ((each, counted(*each[1:])) for each in months_between(*strip_days(today)))
    past = dated_query("", (today - timedelta(days=1)).isoformat(), *about)
    return BesideMonths(
        strip_of(strip, today.isoformat()),
        list_of(library(), past, BESIDE, last_first=True),
        list_of(library(), undated_query(*about), BESIDE),
    )


def gaps() -> GapsPage:
    store = library().store
    plan = _plan_row(parameters.text("plan") or None)
    counts = store.gap_counts(plan.id if plan else None)
    first: GapCode = next((each for each in GAP_CODES if counts[each]), GAP_CODES[0])
    code = parameters.choice("code", GAP_CODES) or first
    return GapsPage(code, counts, plan, listed(library(), gap_query(code, plan), parameters.page()))


def doubts() -> DoubtsPage:
    plan_id = parameters.text("plan") or None
    found = library().store.doubts(plan_id)
    source = cache(library().store.source)
    page = parameters.page()
    code = parameters.text("code") or None
    return doubts_page(found, code, _plan_row(plan_id), lambda doubt: _doubt_line(doubt, source), page)


def _doubt_line(doubt: DoubtRow, source: Callable[[str], Source]) -> DoubtLine:
    """The doubt with its place, where it has one."""
    if doubt.plan_id is None:
        return DoubtLine(doubt, "", None)
    facts = library().facts(doubt.plan_id)
    plan = facts.plan
    if doubt.span is None or doubt.span.start >= doubt.span.end:
        return DoubtLine(doubt, plan.header.title, None)
    words = "".join(doubt.span.of(source(plan.id).text).split())
    around = (task for task in plan.tasks if _holds(task, doubt.span))
    task = next((facts.task(each.id) for each in around), None)
    return DoubtLine(doubt, plan.header.title, doubt.id, words[:_LONGEST_WORDS], task)


def _holds(task: Task, span: Span) -> bool:
    """Whether a place stands in a task or in a statement of who is responsible for it."""
    return any(each.start <= span.start < each.end for each in (task.span, *task.statements))


def _plan_row(plan_id: str | None) -> PlanRow | None:
    """The plan that an address narrows a page to. Raises `UnknownThing`, `RemovedThing`."""
    if plan_id is None:
        return None
    store = library().store
    id = store.load(plan_id).id
    return next(row for row in store.plans() if row.id == id)
