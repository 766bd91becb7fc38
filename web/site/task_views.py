"""From an address to the list that it means (清单视图): what of it means nothing is told, or refused to a program."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from graph import RemovedThing, UnknownThing
from graph.query import Cites, InPlan, OfUnit, Query, Select, Tally, Where, predicates_of
from graph.store import Store
from search.questions import TopicFound, settled, tallies_of
from web import request as parameters
from web.errors import BadChoice
from web.maps.state import MANY_KEYS, MAP_KEYS
from web.pages.reply import topic_notes
from web.pages.tasks import FACETS, PER_PAGE, TasksFound, TasksPage, pages_in, tasks_page, without_one
from web.queries.address import NAMES, SINGLE, query_of
from web.queries.labels import labels_in
from web.site.views import library
from web.words.conditions import sentence

_WITHOUT = 8
"""Conditions that are left out one by one where nothing is found."""
_LONGEST_TOLD = 60
"""Characters of what is told as not used."""


def tasks() -> TasksPage:
    """The list that the address means. Raises `BadChoice` in the API for what it does not know, `BadQuery`."""
    query, unused = _asked()
    catalog, store = library().catalog, library().store
    settled_query, topics = settled(query, catalog)
    ids = _in_order(query, store.select(settled_query, limit=0).ids, topics)
    tallies = tallies_of(settled_query, ids, store)
    listed = len(ids) if query.select == "task" else len(tallies)
    page = min(_page(), pages_in(listed))
    plans = {each.key for each in store.tally(ids, "plan")}
    found = TasksFound(
        query,
        ids,
        store.tasks(ids[(page - 1) * PER_PAGE : page * PER_PAGE]) if query.select == "task" else (),
        tallies,
        tuple((name, _facet(name, ids, store)) for name in FACETS),
        tuple(row for row in store.plans() if row.id in plans),
        () if ids else tuple(_counted(each) for each in [*without_one(query)][:_WITHOUT]),
        unused,
        tuple(topic_notes(topics, gettext)),
    )
    return tasks_page(found, page, labels_in(store), gettext)


def list_meant() -> tuple[Query, tuple[str, ...], str]:
    """The query of the address, the tasks that it means in their order, and the same in a sentence."""
    query, _ = _asked()
    catalog, store = library().catalog, library().store
    settled_query, topics = settled(query, catalog)
    ids = _in_order(query, store.select(settled_query, limit=0).ids, topics)
    return query, ids, sentence(query, labels_in(store), gettext)


def _facet(name: Select, ids: Sequence[str], store: Store) -> tuple[Tally, ...]:
    """What the tasks have of a kind, most first; a unit has those too that name it as a second nameplate (加挂牌子)."""
    found = store.tally(ids, name)
    if name != "unit":
        return found
    kept = frozenset(ids)
    named: list[Tally] = [*found]
    for unit in store.units():
        if unit.as_hat:
            whole = tuple(id for id in store.select(Query(OfUnit((unit.id,))), limit=0).ids if id in kept)
            named = [each for each in named if each.key != unit.id]
            named += [Tally(unit.id, unit.name, unit.region, whole)] if whole else []
    return tuple(sorted(named, key=lambda each: (-len(each.tasks), each.key)))


def _page() -> int:
    return parameters.page() if parameters.is_api() else _or_first()


def _or_first() -> int:
    try:
        return parameters.page()
    except BadChoice:
        return 1


def _counted(query: Query) -> int:
    asked, _ = settled(query, library().catalog)
    return len(library().store.select(asked, limit=0).ids)


def _in_order(query: Query, ids: Sequence[str], topics: Sequence[TopicFound]) -> tuple[str, ...]:
    """Those that hold the words best first, where that is asked for."""
    if query.order != "relevance" or not topics:
        return tuple(ids)
    place = {id: at for at, id in enumerate(topics[0].ids)}
    return tuple(sorted(ids, key=lambda id: place.get(id, len(place))))


def _asked() -> tuple[Query, tuple[str, ...]]:
    """The query of the address, and what of the address means nothing. Raises `BadChoice` in the API."""
    used: dict[str, list[str]] = {}
    unused: list[str] = []
    for name, values in parameters.conditions().items():
        for value in values:
            if _is_known(name, value):
                used.setdefault(name, []).append(value)
            elif parameters.is_api():
                raise BadChoice(text=f"{name}={value}"[:_LONGEST_TOLD])
            else:
                unused.append(f"{name}={value}"[:_LONGEST_TOLD])
    return query_of(used), tuple(unused)


def _is_known(name: str, value: str) -> bool:
    """Whether a parameter says something here: a name of a condition, and a value that it can have."""
    if name == "page" or name in (*MAP_KEYS, *MANY_KEYS):
        return True
    if name.removeprefix("-") not in NAMES and name not in SINGLE:
        return False
    try:
        query = query_of({name: (value,)})
    except BadChoice:
        return False
    return all(_is_there(each, library().store) for each in predicates_of(query.where))


def _is_there(where: Where, store: Store) -> bool:
    """Whether the library knows the units, plans and documents that a condition names."""
    try:
        match where:
            case OfUnit(ids):
                return bool(ids) and all(store.unit(id) for id in ids)
            case Cites(documents):
                return bool(documents) and all(store.document(id) for id in documents)
            case InPlan(ids):
                return bool(ids) and not set(ids) - {row.id for row in store.plans()}
    except (UnknownThing, RemovedThing):
        return False
    return True
