"""Which unit each mention of a plan means (单位归一): settled for a whole plan, with the register of the day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.identity import unit_id
from ingest.language.clean import fold
from ingest.language.lexicon import Lexicon
from ingest.language.units import collective_name, is_collective, prefix_of
from ingest.model import Header, Level, Mention, Plan, Resolution, Unit

_LEVEL_OF: Mapping[str, Level] = {"省": "省", "市": "市", "区": "县", "县": "县", "镇": "乡", "乡": "乡"}


@dataclass(frozen=True)
class _Name:
    canonical: str
    level: Level | None
    region: str
    collective: bool


def resolve(plan: Plan, lexicon: Lexicon) -> Resolution:
    """Which unit each mention of the plan means.

    A bare name takes the level and region of the plan's issuer; a prefix in force over a list belongs to each unit in
    it. Where a plan names one department at two levels, the canonical names keep the prefix.
    """
    mentions = sorted({a.mention for task in plan.tasks for a in task.assignments}, key=lambda m: m.span.start)
    named = [(mention, _name(mention, plan.header, lexicon)) for mention in mentions]
    levels: dict[str, set[Level | None]] = defaultdict(set)
    for _, name in named:
        levels[name.canonical].add(name.level)
    units: dict[str, tuple[_Name, str, list[str]]] = {}
    unit_ids: dict[int, str] = {}
    for mention, name in named:
        shown = _with_level(name, mention) if len(levels[name.canonical]) > 1 else name.canonical
        identity = unit_id(name.region, shown if name.collective else name.canonical)
        units.setdefault(identity, (name, shown, []))[2].append(mention.text)
        unit_ids[mention.span.start] = identity
    return Resolution(tuple(_unit(i, *entry) for i, entry in units.items()), unit_ids)


def _unit(identity: str, name: _Name, shown: str, written: list[str]) -> Unit:
    kind: Literal["organization", "collective"] = "collective" if name.collective else "organization"
    names = tuple(dict.fromkeys([shown, *written]))
    return Unit(identity, shown, kind, name.level, name.region, names)


def _with_level(name: _Name, mention: Mention) -> str:
    prefix = prefix_of(mention.text) or mention.prefix
    return f"{prefix}{name.canonical}" if prefix and not name.canonical.startswith(prefix) else name.canonical


def _name(mention: Mention, header: Header, lexicon: Lexicon) -> _Name:
    text = re.sub(r"（筹建?）", "", fold(mention.text))
    bare = text if is_collective(text, lexicon) else re.sub(r"（[^（）]{2,24}）$", "", text)
    own = prefix_of(bare)
    prefix = own or mention.prefix
    rest = bare[len(own) :]
    canonical = lexicon.canonical(collective_name(rest))
    if canonical not in lexicon.register.entries:
        canonical = lexicon.register.line_of_work(canonical) or canonical
    if prefix and prefix != header.region.level:
        level: Level | None = _LEVEL_OF.get(prefix, header.region.level)
    else:
        level = header.region.level
    return _Name(canonical, level, _region_at(header, level), is_collective(canonical, lexicon))


def _region_at(header: Header, level: Level | None) -> str:
    region = header.region
    if level is None or level == region.level:
        return region.name
    return dict(region.above).get(level, f"{region.name}·{level}")
