"""Names of units (单位名称) as search uses them: which written names mean the same unit, in folded form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph.query import UnitRow
from search.words.analyzer import folded


@dataclass(frozen=True)
class Names:
    """Folded names. `alike` maps a name to the others of its unit, `canonical` to the one that stands for them.

    `bearers` maps a name to those of the units that bear it as second nameplate (加挂牌子), by the office's register,
    `former` a name of the past to those of the units that do its work today (农委 → 农业农村局), `systems` a
    canonical name to its line of work.
    """

    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    canonical: Mapping[str, str] = field(default_factory=dict)
    bearers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    systems: Mapping[str, str] = field(default_factory=dict)

    def of_system(self, systems: Collection[str], units: Iterable[UnitRow]) -> tuple[str, ...]:
        """Ids of the units that belong to any of the lines of work (条线)."""
        return tuple(unit.id for unit in units if self.systems.get(folded(unit.name)) in systems)

    def with_units(self, units: Iterable[UnitRow]) -> Names:
        """These names and those by which plans call their units: 省发展改革委, 高新检察室."""
        alike, canonical = dict(self.alike), dict(self.canonical)
        for unit in units:
            names = tuple(dict.fromkeys(map(folded, (unit.name, *unit.names))))
            for name in names:
                canonical.setdefault(name, names[0])
                others = (each for each in names if each != name)
                alike[name] = tuple(dict.fromkeys((*alike.get(name, ()), *others)))
        return replace(self, alike=alike, canonical=canonical)

    @cached_property
    def longest(self) -> int:
        """Characters of the longest name; 0 without any."""
        return max(map(len, self.alike), default=0)

    def found_in(self, text: str) -> list[tuple[int, int]]:
        """Where names stand in a folded text, from left to right, the longest first, none overlapping another."""
        found: list[tuple[int, int]] = []
        at, longest = 0, self.longest
        while at < len(text):
            sizes = range(min(longest, len(text) - at), 1, -1)
            size = next((size for size in sizes if text[at : at + size] in self.alike), 0)
            if size:
                found.append((at, at + size))
            at += size or 1
        return found

    def holding(self, part: str) -> list[str]:
        """Canonical names of the units one of whose names holds `part`, sorted."""
        return sorted({self.canonical[name] for name in self.alike if part in name})


def names_of(
    aliases: Mapping[str, str],
    bearers: Mapping[str, tuple[str, ...]] | None = None,
    former: Mapping[str, tuple[str, ...]] | None = None,
    systems: Mapping[str, str] | None = None,
) -> Names:
    """The names of a lexicon, which maps every written name to its unit's canonical one (`Lexicon.aliases`).

    `bearers` are the canonical names of who bears each second nameplate (`ingest.language.stated.bearers_by_hat`),
    `former` those of who does today what an organisation of the past did (`Register.former`), `systems`
    the line of work of each canonical name.
    """
    standards = {standard: folded(standard) for standard in {*aliases.values()}}
    canonical = {standards.get(name) or folded(name): standards[standard] for name, standard in aliases.items()}
    canonical |= {standard: standard for standard in standards.values()}
    same: dict[str, list[str]] = defaultdict(list)
    for name, standard in canonical.items():
        same[standard].append(name)
    alike = {name: (*group[:at], *group[at + 1 :]) for group in same.values() for at, name in enumerate(group)}
    borne: dict[str, tuple[str, ...]] = {}
    for hat, several in (bearers or {}).items():
        for name in (folded(hat), *alike.get(folded(hat), ())):
            borne[name] = tuple(dict.fromkeys([*borne.get(name, ()), *map(folded, several)]))
    past = {folded(name): tuple(map(folded, today)) for name, today in (former or {}).items()}
    lines = {folded(name): system for name, system in (systems or {}).items() if system}
    return Names(alike, canonical, borne, past, lines)
