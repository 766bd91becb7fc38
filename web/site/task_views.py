"""From an address to the list that it means (清单视图): what of it means nothing is told, or refused to a program."""

from __future__ import annotations

from graph import RemovedThing, UnknownThing
from graph.query import Cites, InPlan, OfUnit, Query, Where, predicates_of
from graph.store import Store
from web import request as parameters
from web.errors import BadChoice
from web.pages.tasks import TasksPage
from web.queries.address import NAMES, SINGLE, query_of
from web.site.listing import listed
from web.site.views import library

_LONGEST_TOLD = 60
"""Characters of what is told as not used."""


def tasks() -> TasksPage:
    """The list that the address means. Raises `BadChoice` in the API for what it does not know, `BadQuery`."""
    query, unused = _asked()
    return listed(library(), query, _page(), unused)


def _page() -> int:
    return parameters.page() if parameters.is_api() else _or_first()


def _or_first() -> int:
    try:
        return parameters.page()
    except BadChoice:
        return 1


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
    if name == "page":
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
