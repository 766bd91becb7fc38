"""A condition set by what was typed (改条件): from a form to the one address of the list that it means."""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect
from werkzeug.wrappers import Response

from ingest.model import Role
from web import request as parameters
from web.errors import BadChoice
from web.maps.state import MANY_KEYS, MAP_KEYS
from web.queries.address import CONDITIONS, ROLES, SINGLE, address_of, query_of
from web.queries.naming import by_names
from web.request import ParameterNames
from web.site.views import library

NEW = tuple(f"new-{name}" for name in CONDITIONS)
"""What is typed for a condition, by its name."""

KNOWS = ParameterNames((*SINGLE, *NEW, "role", "tail", *MAP_KEYS), (*CONDITIONS, *MANY_KEYS))
"""`role` of a unit that is typed, or `tail`: what stands behind the value in the address."""


def changed() -> Response:
    """Leads to the list with what was typed: ids for names that are one thing's, nothing of what was left empty."""
    said: dict[str, tuple[str, ...]] = {}
    view: dict[str, tuple[str, ...]] = {}
    for name, values in parameters.asked().items():
        if name in (*CONDITIONS, *SINGLE) and values:
            said[name] = values
        elif name in (*MAP_KEYS, *MANY_KEYS) and values:
            view[name] = values
    for name, value in _typed():
        said[name] = (*said.get(name, ()), by_names(name, value, library().store).value)
    kept = {**view, **parameters.everywhere()}
    return redirect(_with(_address(said), parameters.query_of(kept)), 303)


def _typed() -> Iterator[tuple[str, str]]:
    """What was typed, by the name of its condition, with its tail."""
    role: Role | None = next((each for each in ROLES if each == parameters.text("role")), None)
    tail = parameters.text("tail")
    for name in CONDITIONS:
        value = parameters.text(f"new-{name}")
        of_unit = name.removeprefix("-") == "unit"
        tails = [each for each in (role if of_unit else None, tail) if each and ":" not in value]
        if value:
            yield name, ":".join((value, *tails))


def _address(said: parameters.Asked) -> str:
    """The one address of what was said; as it was said where it means nothing, which the list then tells."""
    try:
        return address_of(query_of(said))
    except BadChoice:
        return _with("/tasks", parameters.query_of(said))


def _with(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address
