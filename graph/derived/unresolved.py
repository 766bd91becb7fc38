"""Units that may be another than they seem (待定的单位): pure, over the rows of a store.

Some the register does not know; of others it knows the name, and their place has another unit whose name is nearly
the same: 水务局 beside 水利局, 运检部 beside 运维检修部. Whether those are one body no text says: it is a suggestion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph.query.questions import UnitRow
from ingest.language import Register
from ingest.model import Record


class Unresolved(Record, frozen=True):
    """A unit that may be another: on how many tasks it stands, and names that its own may be a form of."""

    unit_id: str
    name: str
    region: str
    tasks: int
    suggestions: tuple[str, ...]


def unresolved(units: Iterable[UnitRow], register: Register, limit: int = 3) -> Iterator[Unresolved]:
    """The organisations that no entry of the register names, or that another of their place may be.

    Those on most tasks come first; of each `limit` suggestions, first the other units of its place.
    """
    rows = [(unit.lead + unit.responsible + unit.support, unit) for unit in units if unit.kind == "organization"]
    beside: dict[str, list[UnitRow]] = defaultdict(list)
    for _, unit in rows:
        beside[unit.region].append(unit)
    for tasks, unit in sorted(rows, key=lambda row: (-row[0], row[1].name)):
        name = unit.name.removeprefix(unit.region) or unit.name
        others = _others(name, [each for each in beside[unit.region] if each.id != unit.id], register)
        known = register.entry_of(name) is not None
        if known and not others:
            continue
        suggested = (*others, *(() if known else register.suggest(name, limit)))
        yield Unresolved(unit.id, unit.name, unit.region, tasks, tuple(dict.fromkeys(suggested))[:limit])


def _others(name: str, beside: Sequence[UnitRow], register: Register) -> tuple[str, ...]:
    """The names of units of the same place that may be the same body as one of this name."""
    others = (each.name.removeprefix(each.region) or each.name for each in beside)
    return tuple(other for other in others if _may_be_one(name, other, register))


def _may_be_one(one: str, other: str, register: Register) -> bool:
    """Whether one name is short for the other (运检部), or both are of one line of work and differ by a character."""
    if one == other or not one or not other or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    entry, entry_of_other = register.entry_of(one), register.entry_of(other)
    if entry and entry_of_other:
        same_line = entry.system == entry_of_other.system and entry.until is None and entry_of_other.until is None
        return same_line and len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    if entry or entry_of_other:
        return False
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return 2 < len(short) < len(long) and all(character in rest for character in short)
