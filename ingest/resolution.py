"""Which unit each mention of a plan means (单位归一): settled for a whole plan, with the register of the day."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from ingest.bodies.home import home_of
from ingest.bodies.names import NamedBody, reader_of
from ingest.identity import unit_id
from ingest.language.lexicon import Lexicon
from ingest.language.units import prefix_of
from ingest.model import Mention, Plan, Resolution, Unit


def resolve(plan: Plan, lexicon: Lexicon) -> Resolution:
    """Which unit each mention of the plan means.

    A body is a place and an organisation (`ingest/bodies/`). Where a plan names one department at two levels, the
    canonical names keep the word for their level.
    """
    mentions = sorted({a.mention for task in plan.tasks for a in task.assignments}, key=lambda m: m.span.start)
    read = reader_of(home_of(plan, lexicon), lexicon)
    named = [(mention, read(mention)) for mention in mentions]
    places: dict[str, set[str]] = defaultdict(set)
    for _, body in named:
        places[body.shown].add(body.key)
    units: dict[str, tuple[NamedBody, str, list[str]]] = {}
    unit_ids: dict[int, str] = {}
    for mention, body in named:
        shown = _with_level(body, mention) if len(places[body.shown]) > 1 else body.shown
        identity = unit_id(body.key, body.name)
        units.setdefault(identity, (body, shown, []))[2].append(mention.text)
        unit_ids[mention.span.start] = identity
    return Resolution(tuple(_unit(i, *entry) for i, entry in units.items()), unit_ids)


def _unit(identity: str, body: NamedBody, shown: str, written: list[str]) -> Unit:
    kind: Literal["organization", "collective"] = "collective" if body.collective else "organization"
    names = tuple(dict.fromkeys([shown, *written]))
    return Unit(identity, shown, kind, body.level, body.region, names)


def _with_level(body: NamedBody, mention: Mention) -> str:
    prefix = prefix_of(mention.text) or mention.prefix
    return f"{prefix}{body.shown}" if prefix and not body.shown.startswith(prefix) else body.shown
