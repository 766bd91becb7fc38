"""A query asked of the library for a page (清单): a list with all that stands beside it, or its first rows."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import gettext

from graph.query import Query
from search.questions import TopicFound, best_first, settled, tallies_of
from web.library import Library
from web.pages.reply import topic_notes
from web.pages.rows import TaskList, row_view
from web.pages.tasks import (
    FACETS,
    PER_PAGE,
    TasksFound,
    TasksPage,
    Unsettled,
    due_anyhow,
    pages_in,
    tasks_page,
    without_one,
)
from web.queries.address import address_of
from web.queries.labels import labels_in

_WITHOUT = 8
"""Conditions that are left out one by one where nothing is found."""


def list_of(library: Library, query: Query, most: int = PER_PAGE, *, last_first: bool = False) -> TaskList:
    """The list that a query means: its first rows, or the last from behind, and where all are."""
    ids = meant(library, query)
    shown = ids[::-1][:most] if last_first else ids[:most]
    return TaskList(address_of(query), len(ids), tuple(map(row_view, library.store.tasks(shown))))


def meant(library: Library, query: Query) -> tuple[str, ...]:
    """The ids of the tasks that a query means, in its order."""
    return _settled(library, query).ids


class _Settled(NamedTuple):
    """A query as a store is asked it, the tasks that it means in its order, and how words were found."""

    query: Query
    ids: tuple[str, ...]
    topics: tuple[TopicFound, ...]


def _settled(library: Library, query: Query) -> _Settled:
    asked, topics = settled(query, library.catalog)
    ids = library.store.select(asked, limit=0).ids
    return _Settled(asked, best_first(ids, topics) if query.order == "relevance" else ids, topics)


class NotUsed(NamedTuple):
    """What of an address means nothing, and names in it that are no single thing's."""

    unused: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()


NOTHING = NotUsed()


def listed(library: Library, query: Query, page: int, not_used: NotUsed = NOTHING) -> TasksPage:
    """A page of the list that a query means, with its facets."""
    store = library.store
    asked, ids, topics = _settled(library, query)
    tallies = tallies_of(asked, ids, store)
    rows = len(ids) if query.select == "task" else len(tallies)
    page = min(page, pages_in(rows))
    every = len(ids) == sum(row.tasks for row in store.plans())
    counts = {name: store.counted(None if every else ids, name) for name in FACETS}
    plans = {each.key for each in counts["plan"]}
    found = TasksFound(
        query,
        ids,
        store.tasks(ids[(page - 1) * PER_PAGE : page * PER_PAGE]) if query.select == "task" else (),
        tallies,
        tuple(counts.items()),
        tuple(row for row in store.plans() if row.id in plans),
        () if ids else tuple(len(meant(library, each)) for each in [*without_one(query)][:_WITHOUT]),
        _wider(library, query, len(ids)),
        *not_used,
        tuple(topic_notes(topics, gettext)),
    )
    return tasks_page(found, page, labels_in(store), gettext)


def _wider(library: Library, query: Query, count: int) -> int:
    """How many more tasks fall due then by days of their section, or because they recur."""
    wider = due_anyhow(query)
    return 0 if wider is query else max(0, len(meant(library, wider)) - count)
