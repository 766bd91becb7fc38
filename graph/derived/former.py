"""Ids that units had before their place belonged to them (旧标识): an old link leads to the unit that it meant.

An id used to be the place of the plan and the canonical name as that plan wrote it: 浙江省-温州市数据局 for what is
温州市-数据局, 松河市-财政部 for 全国-财政部, 乐山市-市民政局 for 乐山市-民政局. So an old id can be made of a unit's
names and of the places of the plans that name it, and no table of them need be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from graph.query.questions import UnitRow
from ingest import unit_id
from ingest.language import without_level

_LEVELS = ("", "·省", "·市", "·县", "·乡")


def unit_of_former_id(
    id: str, units: Iterable[UnitRow], regions_of: Callable[[str], Iterable[str]], canonical: Callable[[str], str]
) -> str | None:
    """The id that the unit of a former id has today; None where there is none, or where it may be one of several.

    `regions_of` gives the places, as their headers say them, of the plans that name a unit.
    """
    found = {unit.id for unit in units if _had(id, unit, regions_of, canonical)}
    return found.pop() if len(found) == 1 else None


def _had(id: str, unit: UnitRow, regions_of: Callable[[str], Iterable[str]], canonical: Callable[[str], str]) -> bool:
    forms = [form for form in _forms(unit, canonical) if id.endswith(unit_id("", form))]
    if not forms:
        return False
    regions = {*regions_of(unit.id), ""}
    return any(id == unit_id(f"{region}{level}", form) for region in regions for level in _LEVELS for form in forms)


def _forms(unit: UnitRow, canonical: Callable[[str], str]) -> Iterator[str]:
    """What the second part of the id could be: each name, and its canonical form without the word for its level."""
    for name in dict.fromkeys((unit.name, *unit.names)):
        yield name
        yield (bare := without_level(name))
        yield canonical(bare)
