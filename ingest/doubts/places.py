"""A doubt about whose bodies a plan names (单位所在地不明): nothing in it tells of which place it is."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.bodies.home import home_of
from ingest.bodies.names import reader_of
from ingest.language.lexicon import Lexicon
from ingest.model import Doubt, Plan


def place_doubts(plan: Plan, lexicon: Lexicon) -> Iterator[Doubt]:
    """The first unit whose place is not known; its id is good for this plan alone, since 市发改委 is in every city."""
    home = home_of(plan, lexicon)
    if home.known or home.whole:
        return
    read = reader_of(home, lexicon)
    mentions = sorted({a.mention for task in plan.tasks for a in task.assignments}, key=lambda each: each.span)
    for mention in mentions:
        body = read(mention)
        if not body.collective and body.key.startswith(home.key):
            yield Doubt("place-unknown", {"unit": mention.text}, mention.span)
            return
