"""A store that hides contacts (遮盖): whatever it is asked, its texts come out without telephone and identity digits.

What is shown to many (pages, the API, an export) asks through this one and through no other, so that a new question is
masked without anybody thinking of it. Records keep their types, spans hold, ids are of hidden text anyway; the bytes
of a file are left as they are, and what is written goes through as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from graph.query.questions import Edge, Node
from graph.query.selected import Counted, Tally
from graph.store import Store
from ingest import mask

Shown = TypeVar("Shown")


def masked(value: Shown) -> Shown:
    """The same value with contacts hidden in every text of it: of records, tuples, lists, dicts, however deep.

    What holds none is given back itself.
    """
    return cast(Shown, _masked(value))


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Struct):
        return _record(value)
    if isinstance(value, tuple | list):
        shown = [_masked(each) for each in value]
        same = all(one is other for one, other in zip(shown, value, strict=True))
        return value if same else type(value)(shown)
    if isinstance(value, dict):
        return {_masked(key): _masked(each) for key, each in value.items()}
    if isinstance(value, Iterator):
        return map(_masked, value)
    return value


def _record(record: Struct) -> Struct:
    changed = {}
    for name in _fields(record):
        old = getattr(record, name)
        if isinstance(old, str | Struct | tuple | list | dict):
            new = _masked(old)
            if new is not old:
                changed[name] = new
    return replace(record, **changed) if changed else record


def _fields(record: Struct) -> tuple[str, ...]:
    """The fields that may hold texts: of nodes and edges the labels, and the keys of persons, which hold a name;
    of what is counted not the tasks, which may be thousands of ids."""
    if isinstance(record, Tally | Counted):
        return "key", "label", "detail"
    if isinstance(record, Node):
        return record.__struct_fields__ if record.kind == "person" else ("label",)
    if isinstance(record, Edge):
        return ("source", "target") if record.kind == "in_charge" else ()
    return _texts(type(record))


@cache
def _texts(kind: type[Struct]) -> tuple[str, ...]:
    """All but ids, which are made of hidden text (ingest/identity.py) and must stay as they are: some are hashes."""
    return tuple(name for name in kind.__struct_fields__ if not name.endswith(("id", "ids", "sha256", "rule")))


class _Masked:
    """Every method of a store, its answer masked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        own = getattr(self._store, name)
        return _answering(own) if callable(own) else own


def _answering(method: Callable[..., Any]) -> Callable[..., Any]:
    def answer(*given: Any, **named: Any) -> Any:
        found = method(*given, **named)
        return found if isinstance(found, str) else _masked(found)

    return answer


def masked_store(store: Store) -> Store:
    """The store, hiding contacts in all that it answers."""
    return cast(Store, _Masked(store))
