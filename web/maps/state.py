"""How a map is looked at, as its address says it (视图): what is selected, folded, ordered. Its keys begin with `m-`.

What filters is the query's own (`lacks=lead`); these keys change what is drawn of the same tasks, never which.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from ingest.model import Record, Role
from web.errors import BadChoice
from web.facts.by_task import ROLES

ColumnOrder = Literal["load", "text", "near", "level"]
"""按任务多少, 按出现先后, 常在一起的相邻, 按层级."""
ORDERS: tuple[ColumnOrder, ...] = get_args(ColumnOrder)

MAP_KEYS: tuple[str, ...] = (
    "m-view", "m-open", "m-all", "m-fold", "m-more", "m-order", "m-least", "m-leads", "m-sel", "m-task",
    "m-unit", "m-with", "m-ring", "m-at",
)  # fmt: skip
"""The keys that have one value, in the order in which addresses have them."""

MANY_KEYS = ("m-roles",)
"""The keys that may have several."""


class MapState(Record, frozen=True):
    """What the address says. `open` names rows or boxes that are open, all others where `all`; `none` that none is.

    `turned` is one that was folded or unfolded after that, `*` or `-` where all or none were opened. `more` names
    lists that show all they have, `*` all of them; `roles` those that are drawn. `task`, `unit` and `other` are
    what is selected: a task, a unit on it, another unit; `sel` says the same of a cell, or something else that a
    map selects. `least` and `leads` narrow what networks draw, `ring` names the nodes that were
    opened, in order, `moved` those that were moved by hand, with their places.
    """

    view: str = ""
    open: tuple[str, ...] = ()
    all: bool = False
    none: bool = False
    turned: str = ""
    more: tuple[str, ...] = ()
    order: ColumnOrder = "load"
    roles: tuple[Role, ...] = ROLES
    least: int = 0
    leads: bool = False
    sel: str = ""
    task: str = ""
    unit: str = ""
    other: str = ""
    ring: tuple[str, ...] = ()
    moved: tuple[tuple[str, float, float], ...] = ()


def key_of(id: str) -> str:
    """A short name of a row, unit or task for the address: ids hold Chinese, a character of which takes nine bytes."""
    return hashlib.blake2s(id.encode(), digest_size=4).hexdigest()


def state_of(values: Mapping[str, str], roles: Sequence[str] = ()) -> MapState:
    """The state that a map's keys say. Raises `BadChoice` for a value that a key cannot have."""
    return MapState(
        view=values.get("m-view", ""),
        open=_several(values.get("m-open", "")),
        all=_one(values, "m-all", ("1", "0"), "") == "1",
        none=values.get("m-all") == "0",
        turned=values.get("m-fold", ""),
        more=_several(values.get("m-more", "")),
        order=_one(values, "m-order", ORDERS, "load"),
        roles=_roles(roles),
        least=int(_one(values, "m-least", tuple(map(str, range(1000))), "0")),
        leads=_one(values, "m-leads", ("1",), "") == "1",
        sel=values.get("m-sel", ""),
        task=values.get("m-task", ""),
        unit=values.get("m-unit", ""),
        other=values.get("m-with", ""),
        ring=tuple(dict.fromkeys(each for each in values.get("m-ring", "").split(",") if each)),
        moved=tuple(_moved(values.get("m-at", ""))),
    )


_MOVED = re.compile(r"(\w{1,9}):(-?[0-9]{1,5}):(-?[0-9]{1,5})")


def _moved(said: str) -> Iterator[tuple[str, float, float]]:
    """Nodes with their places, as `key:x:y`, with commas. Raises `BadChoice`."""
    for each in filter(None, said.split(",")):
        found = _MOVED.fullmatch(each)
        if found is None:
            raise BadChoice(text=each[:40])
        yield found[1], float(found[2]), float(found[3])


def _several(said: str) -> tuple[str, ...]:
    return tuple(sorted({each for each in said.split(",") if each}))


def _roles(said: Sequence[str]) -> tuple[Role, ...]:
    strange = [each for each in said if each not in ROLES]
    if strange:
        raise BadChoice(text=strange[0][:40])
    return tuple(role for role in ROLES if role in said) or ROLES


def _one(values: Mapping[str, str], name: str, allowed: tuple[Any, ...], default: Any) -> Any:
    said = values.get(name, "")
    if said and said not in allowed:
        raise BadChoice(text=said[:40])
    return said or default
