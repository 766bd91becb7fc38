"""What a person decided about units (人工决定): a log that only grows, and what it makes of a plan's units.

The rules say which body a mention means; where they err, a person says so once and every answer follows. A decision
names units by their ids and changes no plan: the record stays what was read, and an undo is one more decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from graph.errors import BadDecision
from ingest import unit_id
from ingest.model import Plan, Record, Resolution, Unit

DecisionKind = Literal["merge-units", "split-unit", "undo"]


class Decision(Record, frozen=True):
    """One line of the log. `number` counts from 1; 0 until it is kept.

    merge-units  `unit` is the body `into` (市发改委 is 焦作市-发展和改革委员会)
    split-unit   what plan `plan` calls `unit` is another body, which is the plan's own
    undo         decision `undone` does not hold any more

    `unit` is an id; `into` says the body whole, since a plan that never names it must show it. `who`, `why` are a
    person's words, `decided_on` is ISO 8601 in UTC.
    """

    kind: DecisionKind
    decided_on: str
    who: str = ""
    why: str = ""
    unit: str = ""
    into: Unit | None = None
    plan: str = ""
    undone: int = 0
    number: int = 0


def standing(log: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, oldest first: no undo, and none that is undone."""
    undone = {each.undone for each in log if each.kind == "undo"}
    return tuple(each for each in log if each.kind != "undo" and each.number not in undone)


def units_about(decisions: Iterable[Decision], log: Sequence[Decision]) -> set[str]:
    """The ids under which a plan that decisions change may name its units, now or after them.

    A unit that was merged may have been merged again, or split off in one plan: so all that the log ties together.
    """
    found = {id for each in decisions for id in _units_of(each)}
    parts = [ids for each in log if (ids := _units_of(each))]
    while tied := [ids for ids in parts if ids & found and not ids <= found]:
        found |= set().union(*tied)
    return found


def _units_of(decision: Decision) -> set[str]:
    ids = {decision.unit, decision.into.id if decision.into else "", own_unit(decision)}
    return ids - {""}


def own_unit(decision: Decision) -> str:
    """The id that a unit has in the plan it was split off for; empty where the decision splits none."""
    return unit_id(decision.plan, decision.unit) if decision.kind == "split-unit" else ""


def require_sensible(decision: Decision, log: Sequence[Decision]) -> None:
    """Raises `BadDecision` for an undo of nothing that holds, and for a unit that is put into itself, or into one that
    is no more since it was merged (so no ring of merges comes about)."""
    if decision.kind == "undo" and decision.undone not in {each.number for each in standing(log)}:
        raise BadDecision(reason="not-standing", about=str(decision.undone))
    if decision.into is not None and decision.into.id in (decision.unit, *_merged(log)):
        raise BadDecision(reason="same-unit", about=decision.into.name)


def leads_to(unit: str, log: Sequence[Decision]) -> str:
    """The id of the unit that a unit was merged into, by however many steps; its own where it was not."""
    merged = _merged(log)
    while unit in merged:
        unit = merged[unit]
    return unit


def _merged(log: Sequence[Decision]) -> dict[str, str]:
    """Into which unit each was merged that is no more."""
    return {each.unit: each.into.id for each in standing(log) if each.into is not None}


def decided(resolve: Callable[[Plan], Resolution], log: Sequence[Decision]) -> Callable[[Plan], Resolution]:
    """The rules' resolution, with what was decided afterwards put in the place of what they say."""
    holding = standing(log)
    if not holding:
        return resolve

    def resolution(plan: Plan) -> Resolution:
        found = resolve(plan)
        for each in holding:
            found = _applied(found, each, plan.id)
        return found

    return resolution


def _applied(found: Resolution, decision: Decision, plan: str) -> Resolution:
    concerned = next((unit for unit in found.units if unit.id == decision.unit), None)
    if concerned is None or decision.plan not in ("", plan):
        return found
    body = decision.into or replace(concerned, id=own_unit(decision))
    units = _with(found.units, concerned, body)
    meant = {start: body.id if id == concerned.id else id for start, id in found.unit_ids.items()}
    return Resolution(units, meant)


def _with(units: Iterable[Unit], gone: Unit, body: Unit) -> tuple[Unit, ...]:
    """The units with `body` in the place of `gone`, under the names of both."""
    kept: dict[str, Unit] = {}
    for unit in units:
        if unit.id not in (gone.id, body.id):
            kept[unit.id] = unit
            continue
        before = kept.get(body.id, body)
        kept[body.id] = replace(before, names=tuple(dict.fromkeys((*before.names, *unit.names))))
    return tuple(kept.values())
