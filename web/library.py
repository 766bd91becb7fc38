"""The library as the site reads it (库): store, catalog, structure and lexicon, opened once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from graph.projection import Projection
from graph.store import Store
from ingest.clean import Clean, clean
from ingest.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Resolution, Source
from search.catalog import Catalog
from search.opening import close_both, open_catalog_at, resolver
from web.contexts import PlanFacts, plan_facts

_KEPT = 256
"""How many plans' facts are kept in memory."""


@dataclass
class Library:
    """Everything that pages are made from. `facts` is safe for many threads."""

    store: Store
    catalog: Catalog
    projection: Projection
    lexicon: Lexicon
    resolve: Callable[[Plan], Resolution]
    _written: tuple[int, dict[str, int]] = field(default_factory=lambda: (-1, {}))
    _lock: Lock = field(default_factory=Lock)
    _facts: dict[tuple[str, int], PlanFacts] = field(default_factory=dict)

    def facts(self, plan_id: str) -> PlanFacts:
        """A plan with every fact of it told by task. Raises `UnknownThing`, `RemovedThing`."""
        key = (plan_id, self._generation_of(plan_id))
        with self._lock:
            kept = self._facts.get(key)
        if kept is not None:
            return kept
        plan = self.store.load(plan_id)
        made = plan_facts(plan, self.resolve(plan), self.store.units(plan_id))
        with self._lock:
            while len(self._facts) >= _KEPT:
                self._facts.pop(next(iter(self._facts)))
            self._facts[key] = made
        return made

    def _generation_of(self, plan_id: str) -> int:
        """The generation in which the plan was last written; 0 for one that is not there."""
        now = self.store.generation()
        with self._lock:
            generation, written = self._written
        if generation != now:
            written = {row.id: row.generation for row in self.store.plans()}
            with self._lock:
                self._written = (now, written)
        return written.get(plan_id, 0)

    def page_of(self, plan_id: str) -> tuple[Source, Clean]:
        """A plan's source, and the same without layout noise."""
        source = self.store.source(plan_id)
        return source, clean(source)

    def close(self) -> None:
        """Lets go of all files and connections."""
        close_both(self.catalog)


def open_library(address: str | Path, lexicon_folder: Path, local_units: Path | None = None) -> Library:
    """Opens the library at an address (search/opening.py). Raises what `open_catalog_at` raises."""
    lexicon = load_lexicon(lexicon_folder, local_units)
    catalog = open_catalog_at(address, lexicon)
    return Library(catalog.store, catalog, Projection(catalog.store), lexicon, resolver(lexicon))
