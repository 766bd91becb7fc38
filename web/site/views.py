"""From a request to a page's context (视图): reads the URL, asks the library, builds the context for HTML and JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import cast

from flask import current_app

from graph import RemovedThing, UnknownThing, unit_of_former_id
from graph.query import GAP_CODES, DoubtRow, GapCode, PlanRow, UnitRow
from graph.store import PAGE
from ingest import place_of
from ingest.language import bearers_of, hats_of
from ingest.model import Source, Span, Task
from web import request as parameters
from web.facts.by_task import ROLES, TaskView
from web.library import Library
from web.maps.page import MOST_TASKS, MapPage, document_map, unit_map
from web.pages.document import DocumentPage, document_page
from web.pages.due import DueDays, DuePage, Month, due_page, usual_days
from web.pages.home import DUE, Holdings, HomePage, Upcoming, home_page
from web.pages.lists import DoubtLine, DoubtsPage, GapsPage, UnitsPage, doubts_page, gaps_page, pages_of, units_page
from web.pages.plan import PlanPage, StoredPlan, plan_page
from web.pages.reader import ReaderPage, ShownVersion, reader_page
from web.pages.task import TaskPage, task_page
from web.pages.unit import Nameplate, SameWork, UnitDossier, UnitPage, unit_page
from web.settings import Settings

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
    due, total = store.due_between(*days, limit=DUE), store.due_months(*days, limit=0).clauses
    last = None if due else _last_month(store.plans())
    held = Holdings(store.plans(), store.units(), store.documents())
    return home_page(held, Upcoming(due, total, days[0], last), parameters.page())


def _last_month(plans: Sequence[PlanRow]) -> Month | None:
    """The last month with deadlines of the newest plan that has any."""
    store = library().store
    for plan in sorted((row for row in plans if row.year), key=lambda row: row.issued_on or "", reverse=True):
        year = f"{plan.year:04}-01-01", f"{plan.year:04}-12-31"
        found = store.due_months(*year, plan.id, limit=0)
        if found.months:
            last = found.months[-1]
            rows = store.due_months(*year, plan.id, offset=found.total - last.count, limit=DUE).rows
            return Month(last.month, last.count, 1, tuple(row for row in rows if row.due[:7] == last.month), (), 0, "")
    return None


def plan(id: str) -> PlanPage:
    store, facts = library().store, library().facts(id)
    row = next(row for row in store.plans() if row.id == id)
    return plan_page(
        StoredPlan(row, store.units(id), store.doubts(id), store.gap_counts(id), store.versions(id)), facts
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
        return store.unit(id).id
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
    chosen, role = parameters.text("plan") or None, parameters.choice("role", ROLES)
    duties = store.duties_of(id, role, chosen)
    partners = store.partners_of(id, chosen)
    row = store.unit(id)
    register = library().lexicon.register
    bare = row.name.removeprefix(row.region) or row.name
    today = _same_work(register.successors_of(bare), row)
    before = tuple(each for each in _same_work(register.predecessors_of(bare), row) if each.unit_id)
    plates = (_nameplates(names, row) for names in (hats_of(row.name, register), bearers_of(row.name, register)))
    dossier = UnitDossier(row, duties, partners, today, before, *plates)
    return unit_page(dossier, _task_of, chosen, role, parameters.page())


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
    return document_page(row, store.cited_by(row.id, (page - 1) * PAGE), facts, page)


def map_unit(id: str) -> MapPage:
    store, id = library().store, unit_now(id)
    return unit_map(unit_page(UnitDossier(store.unit(id), store.duties_of(id)), _task_of))


def map_document(id: str) -> MapPage:
    store = library().store
    row = store.document(id)
    cited = store.cited_by(row.id, limit=MOST_TASKS)
    found = [(each.plan_id, task_id) for each in cited.rows for task_id in each.tasks[:MOST_TASKS]]
    tasks = [task for plan_id, task_id in dict.fromkeys(found[:MOST_TASKS]) if (task := _task_of(plan_id, task_id))]
    return document_map(row, cited, tasks)


def units() -> UnitsPage:
    return units_page(library().store.units(), parameters.page())


def due() -> DuePage:
    store = library().store
    usual = usual_days(store.plans(), settings().today())
    start, end = parameters.day("from"), parameters.day("to")
    unit_id, plan_id = parameters.text("unit") or None, parameters.text("plan") or None
    first = start or (min(usual[0], end) if end else usual[0])
    last = end or max(usual[1], f"{first[:4]}-12-31")
    # Days typed the wrong way round mean the same span; the page shows the days that it used.
    first, last = min(first, last), max(first, last)
    page = parameters.page()
    found = store.due_months(first, last, plan_id, unit_id, (page - 1) * PAGE)
    unit = store.unit(unit_id) if unit_id else None
    return due_page(found, DueDays(first, last, not (start or end)), unit, _plan_row(plan_id), page)


def gaps() -> GapsPage:
    store = library().store
    plan_id = parameters.text("plan") or None
    counts = store.gap_counts(plan_id)
    first: GapCode = next((each for each in GAP_CODES if counts[each]), GAP_CODES[0])
    code = parameters.choice("code", GAP_CODES) or first
    page = min(parameters.page(), pages_of(counts[code]))
    found = store.gaps(code, plan_id, (page - 1) * PAGE, PAGE)
    return gaps_page(code, counts, found, _plan_row(plan_id), page)


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
    return next((row for row in library().store.plans() if row.id == plan_id), None) if plan_id else None


def _task_of(plan_id: str, task_id: str) -> TaskView | None:
    return library().facts(plan_id).task(task_id)
