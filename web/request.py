"""What a URL may ask (参数): the parameters that each page knows, every value read within bounds, or refused.

Links, the cache and the pages see a request's parameters only through `asked`: names that no page knows, a second
value where there can be one, and the order in which they came change nothing; but for a page that tells what it does
not know, whose links carry on no more than it knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qs, urlencode

from flask import Flask, current_app, g, request, url_for

from search.query import BadDate
from web.errors import BadChoice
from web.serving.security import LONGEST_QUERY

LONGEST_VALUE = 600
"""Characters of one value."""
MANY = 20
"""Values of one parameter."""


class ParameterNames(NamedTuple):
    """Names of parameters: those that have one value, and those that may have several."""

    one: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    strict: bool = False
    """Whether the page tells what it does not know: then other names are read too, and no value is cut."""


EVERYWHERE: Mapping[str, tuple[str, ...]] = {
    "lang": ("zh", "en"), "type": ("standard", "large"), "theme": ("auto", "dark", "light"),
}  # fmt: skip
"""What every page knows, with its values, the usual one first: language, size of type, and colours."""
COOKIE, KEEP = "zeren-look", "keep"
"""A cookie keeps those choices, en.large.dark, where `keep` asks for it: a link that somebody sends chooses for itself
alone. An address goes before it; a program has none."""

Asked = Mapping[str, tuple[str, ...]]
Choice = TypeVar("Choice", bound=str)


def know(app: Flask, pages: Mapping[str, ParameterNames]) -> None:
    """Says which parameters each page knows, by its name; that of the API knows the same, all others know none."""
    app.extensions["zeren-parameters"] = pages


def asked() -> Asked:
    """The values of the parameters that this request's page knows, in the order of its row; () where not given."""
    found: Asked | None = g.get("asked")
    if found is None:
        found = g.asked = dict(_read())
    return found


def _read() -> Iterator[tuple[str, tuple[str, ...]]]:
    known, sent = _known(), _sent()
    others = [name for name in sent if known.strict and name not in (*known.one, *known.many, *EVERYWHERE, KEEP)]
    longest, most = (LONGEST_QUERY, LONGEST_QUERY) if known.strict else (LONGEST_VALUE, MANY)
    for name in (*known.one, *known.many, *others):
        values = (value.strip()[:longest] for value in sent.get(name, ())[:most])
        each = tuple(dict.fromkeys(value for value in values if value))
        yield name, each[:1] if name in known.one else each
    kept = [] if is_api() else request.cookies.get(COOKIE, "")[:60].split(".")
    for name, known_values in EVERYWHERE.items():
        said = [value for value in (*sent.get(name, ())[:1], *kept) if value in known_values]
        yield name, tuple(value for value in said[:1] if value != known_values[0])


def kept_look() -> str | None:
    """What the cookie is to say from now on, where the address asks to keep its choices: en.large.dark."""
    if is_api() or KEEP not in _sent():
        return None
    return ".".join(value for name in EVERYWHERE for value in asked()[name])


def _sent() -> dict[str, list[str]]:
    """What the query says. Read here and not by `request.args`, which breaks down over bytes that are no UTF-8."""
    return parse_qs(request.query_string[:LONGEST_QUERY].decode("utf-8", "replace"))


def everywhere() -> Asked:
    """The choices of this request that every page knows."""
    return {name: asked()[name] for name in EVERYWHERE}


def takes_many(name: str) -> bool:
    """Whether this request's page takes several values of a parameter."""
    return name in _known().many


def carried() -> Asked:
    """What links of this page carry on: the parameters that it knows."""
    known = _known()
    return {name: values for name, values in asked().items() if name in (*known.one, *known.many, *EVERYWHERE)}


def conditions() -> Asked:
    """All that was asked but what every page knows, names that this page does not know among it."""
    return {name: values for name, values in asked().items() if values and name not in EVERYWHERE}


def is_api() -> bool:
    """Whether a program asks: what it asks amiss is refused; on a page it is told, and the rest is shown."""
    return (request.endpoint or "").startswith("api.")


def _known() -> ParameterNames:
    pages: Mapping[str, ParameterNames] = current_app.extensions["zeren-parameters"]
    return pages.get((request.endpoint or "").rpartition(".")[2], ParameterNames())


def query_of(values: Asked) -> str:
    """The values as the query of an address: one spelling for one meaning."""
    return urlencode([(name, value) for name, each in values.items() for value in each])


def address_of(endpoint: str, path: Mapping[str, Any], values: Asked) -> str:
    """The address of a page. Nothing that a request names can be taken for an argument of `url_for`."""
    query = query_of(values)
    bare = url_for(endpoint, **path, **dict.fromkeys(EVERYWHERE))
    return f"{bare}?{query}" if query else bare


def text(name: str) -> str:
    """A value without the blanks around it, cut to the bound; "" where there is none."""
    return next(iter(asked()[name]), "")


def texts(name: str) -> tuple[str, ...]:
    """All values of a parameter, each once."""
    return asked()[name]


def choice(name: str, allowed: Collection[Choice]) -> Choice | None:
    """One of some values, None where none is asked for. Raises `BadChoice`."""
    asked = text(name)
    if not asked:
        return None
    for value in allowed:
        if value == asked:
            return value
    raise BadChoice(text=asked[:40])


def choices(name: str, allowed: Collection[Choice]) -> tuple[Choice, ...]:
    """Several of some values. Raises `BadChoice`."""
    asked = texts(name)
    strange = [value for value in asked if value not in allowed]
    if strange:
        raise BadChoice(text=strange[0][:40])
    return tuple(value for value in allowed if value in asked)


def day(name: str) -> str | None:
    """An ISO date. Raises `BadDate`."""
    asked = text(name)
    if not asked:
        return None
    try:
        return date.fromisoformat(asked).isoformat()
    except ValueError:
        raise BadDate(text=asked[:40]) from None


def page() -> int:
    """The page asked for, from 1 to 100000. Raises `BadChoice`."""
    return number("page") or 1


def number(name: str) -> int | None:
    """A number from 1 to 100000, None where none is asked for. Raises `BadChoice`."""
    asked = text(name)
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:7]) <= 100_000):
        raise BadChoice(text=asked[:40])
    return int(asked)
