"""How a map is looked at, as its address says it (视图): what is selected, folded, ordered. Its keys begin with `m-`.

What filters is the query's own (`lacks=lead`); these keys change what is drawn of the same tasks, never which.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from ingest.model import Record, Role
from web.errors import BadChoice
from web.facts.by_task import ROLES

ColumnOrder = Literal["load", "text", "near", "level"]
"""按任务多少, 按出现先后, 常在一起的相邻, 按层级."""
ORDERS: tuple[ColumnOrder, ...] = get_args(ColumnOrder)

MAP_KEYS: tuple[str, ...] = (
    "m-view", "m-open", "m-all", "m-more", "m-order", "m-roles", "m-least", "m-leads", "m-about", "m-sel", "m-task",
    "m-unit", "m-with",
)  # fmt: skip
"""The keys, in the order in which addresses have them."""


class MapState(Record, frozen=True):
    """What the address says. `open` names rows or boxes that are open, all others where `all`; `none` that none is.

    `more` names lists that show all they have; `roles` those that are drawn; `task`, `unit` and `other` are what is
    selected: a task, a unit on it, another unit. `sel`, `about`, `least` and `leads` are read as they stand.
    """

    view: str = ""
    open: frozenset[str] = frozenset()
    all: bool = False
    none: bool = False
    more: frozenset[str] = frozenset()
    order: ColumnOrder = "load"
    roles: tuple[Role, ...] = ROLES
    least: int = 0
    leads: bool = False
    about: str = ""
    sel: str = ""
    task: str = ""
    unit: str = ""
    other: str = ""


def state_of(values: Mapping[str, str]) -> MapState:
    """The state of a map's keys. Raises `BadChoice` for a value that a key cannot have."""
    return MapState(
        view=values.get("m-view", ""),
        open=frozenset(_several(values.get("m-open", ""))),
        all=_one(values, "m-all", ("1", "0"), "") == "1",
        none=values.get("m-all") == "0",
        more=frozenset(_several(values.get("m-more", ""))),
        order=_one(values, "m-order", ORDERS, "load"),
        roles=_roles(values.get("m-roles", "")),
        least=int(_one(values, "m-least", tuple(map(str, range(1000))), "0")),
        leads=_one(values, "m-leads", ("1",), "") == "1",
        about=values.get("m-about", ""),
        sel=values.get("m-sel", ""),
        task=values.get("m-task", ""),
        unit=values.get("m-unit", ""),
        other=values.get("m-with", ""),
    )


def _several(said: str) -> tuple[str, ...]:
    return tuple(each for each in said.split(",") if each)


def _roles(said: str) -> tuple[Role, ...]:
    chosen = _several(said)
    strange = [each for each in chosen if each not in ROLES]
    if strange:
        raise BadChoice(text=strange[0][:40])
    return tuple(role for role in ROLES if role in chosen) or ROLES


def _one(values: Mapping[str, str], name: str, allowed: tuple[Any, ...], default: Any) -> Any:
    said = values.get(name, "")
    if said and said not in allowed:
        raise BadChoice(text=said[:40])
    return said or default
