"""What tasks lack (缺口), and whom a collective covers (泛指): pure functions over names and roles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal

from graph.query.questions import GapCode, TaskDeadline
from graph.store import Members
from ingest.model import Role

_VAGUE = re.compile(r"^[省市区县]?各?(相关|有关)(职能|成员|责任)?(部门|单位|地方|方面)$")
_TOWN = re.compile(r"(镇|乡|街道|街道办事处|办事处)(人民政府|党委|党工委)?$")
_TOWNS = re.compile(r"^各.*(乡|镇|街道)")
_DEPARTMENTS = re.compile(r"^各.*(部门|单位|委办局)|成员单位$")


def is_vague(name: str) -> bool:
    """相关部门, 各有关单位 …: a collective that says nothing about who is in it."""
    return bool(_VAGUE.match(name))


def gaps_of(parties: Collection[tuple[str, str, Role]], deadline: TaskDeadline) -> Iterator[GapCode]:
    """The gaps of a task with these parties (unit id, canonical name, role) and this nearest deadline."""
    if not parties:
        yield "no-unit"
    elif all(is_vague(name) for _, name, _ in parties):
        yield "only-vague"
    if len({unit for unit, _, _ in parties}) > 1 and not any(role == "lead" for _, _, role in parties):
        yield "no-lead"
    missing: dict[TaskDeadline, GapCode] = {"none": "deadline-none", "item": "deadline-item", "open": "deadline-open"}
    if deadline in missing:
        yield missing[deadline]


def covered_as(collective: str, unit: str, members: Members) -> Literal["member", "collective"] | None:
    """How a collective of a region covers a unit of it: as a stated `member`, or as names let guess; None if not.

    Where members are stated they are all that it covers, whatever the names say.
    """
    stated = members(collective, unit)
    if stated is None:
        return "collective" if may_cover(collective, unit) else None
    return "member" if stated else None


def may_cover(collective: str, unit: str) -> bool:
    """Whether a collective of a region may include a unit of the same region, judged by their names.

    各乡镇（街道） covers towns and streets, 各部门 and …成员单位 cover departments; 相关部门 covers nobody.
    """
    if is_vague(collective) or collective == unit:
        return False
    if _TOWNS.match(collective):
        return bool(_TOWN.search(unit)) and not unit.startswith("各")
    return bool(_DEPARTMENTS.search(collective)) and not _TOWN.search(unit)
