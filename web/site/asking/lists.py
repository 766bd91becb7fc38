"""From an address to the list that it means (清单视图): what of it means nothing is told, or refused to a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext
from msgspec.structs import replace

from graph import RemovedThing, UnknownThing
from graph.query import (
    Among,
    Cites,
    InPlan,
    InSection,
    OfPerson,
    OfRegion,
    OfSystem,
    OfUnit,
    Query,
    Where,
    predicates_of,
)
from graph.store import Store
from web import request as parameters
from web.errors import BadChoice
from web.maps.state import MANY_KEYS, MAP_KEYS
from web.pages.tasks import TasksPage, Unsettled
from web.queries.address import CONDITIONS, NAMES, SINGLE, address_of, query_of
from web.queries.labels import labels_in
from web.queries.naming import NamedValue, by_names
from web.site.listing import NOTHING, NotUsed, listed, meant
from web.site.views import library
from web.words.conditions import NAMES as TITLES
from web.words.conditions import sentence

_LONGEST_TOLD = 60
"""Characters of what is told as not used."""
_MOST_TOLD = 40
"""Values that are told as known."""


def tasks() -> TasksPage:
    """The list that the address means. Raises `BadChoice` in the API for what it does not know, `BadQuery`."""
    query, not_used = _asked()
    return listed(library(), query, _page(), not_used)


def list_meant() -> tuple[Query, tuple[str, ...], str]:
    """The query of the address, the tasks that it means in their order, and the same in a sentence."""
    query, _ = _asked()
    return query, meant(library(), query), sentence(query, labels_in(library().store), gettext)


def _page() -> int:
    return parameters.page() if parameters.is_api() else _or_first()


def _or_first() -> int:
    try:
        return parameters.page()
    except BadChoice:
        return 1


def _asked() -> tuple[Query, NotUsed]:
    """The query of the address, and what of the address means nothing. Raises `BadChoice` in the API."""
    if parameters.is_api():
        for name, values in parameters.conditions().items():
            for value in values:
                if (amiss := _amiss(name, value)) is not None:
                    raise BadChoice(text=f"{name}={value}"[:_LONGEST_TOLD], **amiss)
        return query_of(parameters.conditions()), NOTHING
    return _asked_by_people()


def _asked_by_people() -> tuple[Query, NotUsed]:
    """The same where people ask: things by name, and what is not there told.

    What names nothing that is there stays a condition, which no task fulfils; denied, it would say nothing.
    """
    used: dict[str, list[str]] = {}
    unused: list[str] = []
    open_: list[tuple[str, NamedValue]] = []
    for name, values in parameters.conditions().items():
        for value in values:
            named = by_names(name, value, library().store)
            amiss = _amiss(name, named.value)
            several = bool(named.candidates) and not named.near
            if amiss is not None and (_means_nothing(name, named.value) or (name.startswith("-") and not several)):
                unused.append(f"{name}={value}"[:_LONGEST_TOLD])
                continue
            used.setdefault(name, []).append(named.value)
            if amiss is not None:
                said = named.said or named.value.partition(":")[0]
                open_.append((name, replace(named, said=said, near=not several)))
    return query_of(used), NotUsed(tuple(unused), tuple(_unsettled(used, *each) for each in open_))


def _unsettled(used: Mapping[str, Sequence[str]], name: str, named: NamedValue) -> Unsettled:
    """A name that is no single thing's, with the addresses of the list for each thing that may be meant."""
    choices = []
    for thing in named.candidates[:_MOST_TOLD]:
        values = [named.choosing(thing.id) if each == named.value else each for each in used[name]]
        choices.append((thing.label, address_of(query_of({**used, name: values}))))
    title = gettext(TITLES[name.removeprefix("-")])
    return Unsettled(name, title, named.said[:_LONGEST_TOLD], named.near, tuple(choices))


def _means_nothing(name: str, value: str) -> bool:
    """Whether a parameter is no condition, or says what no condition of its kind can."""
    if name not in CONDITIONS:
        return True
    try:
        query_of({name: (value,)})
    except BadChoice:
        return True
    return False


def _amiss(name: str, value: str) -> dict[str, str] | None:
    """None where a parameter says something here, else what it could say instead, where that can be said: names of
    conditions, or values."""
    if name == "page" or name in (*MAP_KEYS, *MANY_KEYS):
        return None
    if name not in (*CONDITIONS, *SINGLE):
        return {"known": ", ".join((*NAMES, *SINGLE))}
    try:
        query = query_of({name: (value,)})
    except BadChoice as error:
        return {key: str(said) for key, said in error.params.items() if key != "text"}
    return None if all(_is_there(each, library().store) for each in predicates_of(query.where)) else _there(name)


def _there(name: str) -> dict[str, str]:
    """Where the ids of a kind of thing are told, and the regions of the library, which are few."""
    store = library().store
    regions = ", ".join(sorted({row.region for row in store.plans() if row.region})[:_MOST_TOLD])
    told = {"unit": "/api/v1/units", "plan": "/api/v1/plans", "region": regions}
    known = told.get(name.removeprefix("-"))
    return {"known": known} if known else {}


def _regions(names: Iterable[str], store: Store) -> bool:
    """Whether each is a region of a plan, or a place over one."""
    regions = {row.region for row in store.plans()}
    return all(any(region.startswith(name) for region in regions) for name in names)


def _is_there(where: Where, store: Store) -> bool:
    """Whether the library knows what a condition names: units, plans, documents, sections, persons, regions …"""
    try:
        match where:
            case OfUnit(ids):
                return bool(ids) and all(store.unit(id) for id in ids)
            case Cites(documents):
                return bool(documents) and all(store.document(id) for id in documents)
            case OfPerson(names):
                return all(store.select(Query(OfPerson((name,))), limit=0).ids for name in names)
            case OfSystem(names):
                return bool(library().catalog.names.of_system(names, store.units()))
            case OfRegion(names):
                return _regions(names, store)
            case InSection(ids):
                return all(labels_in(store)("section", id) != id for id in ids)
            case Among(ids):
                return len(store.tasks(ids)) == len({*ids})
            case InPlan(ids):
                return bool(ids) and not set(ids) - {row.id for row in store.plans()}
    except (UnknownThing, RemovedThing):
        return False
    return True
