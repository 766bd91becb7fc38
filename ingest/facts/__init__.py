"""What a task says besides who does it (事实): one file a kind of fact, and the table of all kinds.

What a row says is all that the rest of Zeren knows of a plain kind: from it follow how it is kept, searched, exported
and shown (docs/ARCHITECTURE.md, "Add a kind of fact").
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ingest.facts.citation import CITATION
from ingest.facts.deadline import DEADLINE
from ingest.facts.kind import Fact, FactKind
from ingest.facts.reference import REFERENCE
from ingest.facts.stretch import Stretch
from ingest.facts.target import TARGET

FACTS: tuple[FactKind, ...] = (
    CITATION,
    REFERENCE,
    DEADLINE,
    TARGET,
)
"""Every kind of fact, in the order in which they are read and told."""

KIND_OF: dict[type[Fact], FactKind] = {kind.record: kind for kind in FACTS}
PLAIN: tuple[FactKind, ...] = tuple(kind for kind in FACTS if kind.plain)
"""The kinds that need nothing but their row."""

_PLACES = {record: place for place, record in enumerate(KIND_OF)}


def find_facts(stretch: Stretch) -> tuple[Fact, ...]:
    """The facts of a stretch, kind after kind, those of a kind as the text orders them."""
    for kind in FACTS:
        found = tuple(kind.find(stretch))
        if not found:
            continue
        closed = tuple((each.span.start, each.span.end) for each in found) if kind.opaque else ()
        stretch = replace(stretch, found=stretch.found + found, closed=tuple(sorted(stretch.closed + closed)))
    return stretch.found


def by_kind(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts of several stretches, kind after kind; of one kind they stay as they are."""
    return tuple(sorted(facts, key=lambda fact: _PLACES[type(fact)]))
