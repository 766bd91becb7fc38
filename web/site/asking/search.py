"""Search from a request to its context (检索视图)."""

from __future__ import annotations

import re
import time
from typing import get_args

from flask import url_for
from flask_babel import gettext
from msgspec.structs import replace

from graph import RemovedThing, UnknownThing
from graph.query import Among, conjuncts
from ingest import mask
from search.query import Filters, Kind, Note, SuggestedKind
from search.questions import Reply, beneath
from web import request as parameters
from web.errors import BadChoice
from web.facts.by_task import ROLES, TaskView
from web.pages.found.suggest import SuggestPage, suggest_page
from web.pages.reply import reply_view
from web.pages.search import PER_PAGE, Searched, SearchPage, chosen_of, search_page
from web.queries.address import month_of
from web.queries.asking import asked
from web.queries.labels import labels_in
from web.site.views import library, settings

LONGEST_QUERY = 500
"""Characters of what is searched for."""
_LONGEST_TYPED = 60
"""Characters of what is typed for which something is suggested."""
_ASKING = ("?", "？", "谁", "哪", "什么", "多少")
_EMPTYING = 8
"""Filters that are tried one by one to say which emptied a result."""


def search() -> SearchPage:
    """What the words and filters of the URL find, and the answer where the words are a question."""
    began = time.perf_counter()
    catalog = library().catalog
    query = parameters.text("q")[:LONGEST_QUERY]
    filters, page = _filters(), parameters.page()
    found = asked(query, catalog, settings().today(), gettext) if query and not chosen_of(filters) else None
    told = found is not None and _says_more(found, query)
    answer = reply_view(found, labels_in(library().store), gettext) if found and told and page == 1 else None
    # Beneath an answer stands what holds its very words; nobody asked for what is close to them, nor to a contact.
    exact = mask(query) != query or (answer is not None and answer.status == "answered")
    look = catalog.search if exact else catalog.look
    if found and told and found.status == "refused":
        results = beneath(query, found.problem, catalog, (page - 1) * PER_PAGE, PER_PAGE)
    else:
        results = look(query, filters, (page - 1) * PER_PAGE, PER_PAGE)
    emptied = _emptied(query, filters) if not results.total else []
    if mask(query) != query:
        results = replace(results, notes=(*results.notes, Note("contact", "", 0)))
    seconds = time.perf_counter() - began
    searched = Searched(query, filters, results, answer, emptied, seconds)
    return search_page(searched, _task_of, _label_of, page)


def suggestions() -> SuggestPage:
    """What may be meant by what is typed so far. Raises `BadChoice`."""
    typed = parameters.text("q")[:_LONGEST_TYPED]
    kinds = parameters.choices("kind", get_args(SuggestedKind))
    return suggest_page(typed, library().catalog.suggest(typed, kinds), _address_of)


def _address_of(kind: SuggestedKind, id: str) -> str:
    return url_for("pages.search", q=id) if kind == "topic" else url_for(f"pages.{kind}", id=id)


def _filters() -> Filters:
    start = end = None
    if month := parameters.text("month"):
        if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", month):
            raise BadChoice(text=month[:40])
        start, end = month_of(month)
    return Filters(
        parameters.choices("kind", get_args(Kind)),
        parameters.texts("unit"),
        parameters.choices("role", ROLES),
        parameters.texts("plan"),
        parameters.texts("section"),
        parameters.texts("document"),
        start,
        end,
    )


def _says_more(found: Reply, query: str) -> bool:
    """Whether the words ask or narrow; a word alone is looked for, and nothing else is said of it."""
    if found.status != "answered":
        return bool(found.choices) or any(word in query for word in _ASKING)
    narrows = any(not isinstance(each, Among) for each in conjuncts(found.query.where))
    return narrows or found.query.select != "task" or found.understood.counts


def _emptied(query: str, filters: Filters) -> list[tuple[str, str, int]]:
    """For each filter, what would be found without it."""
    found = []
    for name, value in chosen_of(filters)[:_EMPTYING]:
        if name == "month":
            without = replace(filters, due_from=None, due_to=None)
        else:
            without = replace(filters, **{name: tuple(each for each in getattr(filters, name) if each != value)})
        found.append((name, value, library().catalog.search(query, without, 0, 1).total))
    return found


def _label_of(name: str, value: str) -> str:
    """What to call a filter's value: the name of the unit, title of the plan …; the value where nothing is known."""
    store = library().store
    try:
        match name:
            case "unit":
                return store.unit(value).name
            case "plan":
                return store.load(value).header.title
            case "document":
                return store.document(value).title
            case "section":
                section = library().facts(value.partition(".")[0]).sections.get(value)
                return f"{section.number} {section.title}" if section else value
    except (UnknownThing, RemovedThing):
        return value
    return value


def _task_of(plan_id: str, task_id: str) -> TaskView | None:
    return library().facts(plan_id).task(task_id)
