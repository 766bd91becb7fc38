"""What tasks lack (缺口), and whom a collective covers (泛指): pure functions over names and roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from graph.query.questions import GapCode, TaskDeadline
from graph.store import Members
from ingest.model import Role

_EACH, _LEVELS, _SOME = "各", "省市区县", ("相关", "有关")
_VAGUE = {f"{of}{who}" for of in ("", "职能", "成员", "责任") for who in ("部门", "单位", "地方", "方面")}
"""What 相关 and 有关 stand in front of where they name nobody."""
_TOWNS, _OF_TOWNS = ("镇", "乡", "街道", "办事处"), ("人民政府", "党委", "党工委")
_DEPARTMENTS, _MEMBERS = ("部门", "单位", "委办局"), "成员单位"


def is_vague(name: str) -> bool:
    """相关部门, 各有关单位 …: a collective that says nothing about who is in it."""
    bare = name[name[:1] in _LEVELS :].removeprefix(_EACH)
    return bare.startswith(_SOME) and bare[len(_SOME[0]) :] in _VAGUE


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
    each = collective.startswith(_EACH)
    if each and any(town in collective for town in _TOWNS[:3]):
        return _is_town(unit) and not unit.startswith(_EACH)
    covers = (each and any(word in collective for word in _DEPARTMENTS)) or collective.endswith(_MEMBERS)
    return covers and not _is_town(unit)


def _is_town(unit: str) -> bool:
    """A town, a street, or their government or party committee."""
    return any(unit.removesuffix(organ).endswith(_TOWNS) for organ in ("", *_OF_TOWNS))
