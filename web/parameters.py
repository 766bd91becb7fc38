"""What a URL may ask (参数): every value read within bounds, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from flask import request

from search.filters import BadDate
from web.errors import BadChoice

LONGEST_VALUE = 600
"""Characters of one value."""
MANY = 20
"""Values of one parameter."""

Choice = TypeVar("Choice", bound=str)


def text(name: str) -> str:
    """A value without the blanks around it, cut to the bound; "" where there is none."""
    return request.args.get(name, "").strip()[:LONGEST_VALUE]


def texts(name: str) -> tuple[str, ...]:
    """All values of a parameter, each once."""
    return tuple(dict.fromkeys(value[:LONGEST_VALUE] for value in request.args.getlist(name)[:MANY] if value))


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
    asked = text("page") or "1"
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:7]) <= 100_000):
        raise BadChoice(text=asked[:40])
    return int(asked)
