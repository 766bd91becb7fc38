"""The library as the site reads it (库): store, catalog, structure and lexicon, opened once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from msgspec.structs import replace

from graph import masked_store
from graph.projection import Projection
from graph.store import Store
from ingest import mask
from ingest.language import Clean, Lexicon, clean_text, load_lexicon
from ingest.model import Plan, Resolution, Source
from search import Catalog, close_both, open_catalog_at, resolver
from web.facts.by_task import PlanFacts, plan_facts

_KEPT = 256
"""How many plans' facts, and things that are made once, are kept in memory."""

Made = TypeVar("Made")


@dataclass
class Library:
    """Everything that pages are made from. `facts` is safe for many threads."""

    store: Store
    catalog: Catalog
    projection: Projection
    lexicon: Lexicon
    resolve: Callable[[Plan], Resolution]
    show_contacts: bool = False
    _written: tuple[int, dict[str, int]] = field(default_factory=lambda: (-1, {}))
    _lock: Lock = field(default_factory=Lock)
    _facts: dict[tuple[str, int | None, int], PlanFacts] = field(default_factory=dict)
    _once: dict[object, tuple[int, object]] = field(default_factory=dict)

    def facts(self, plan_id: str, version: int | None = None) -> PlanFacts:
        """A plan (the version that answers, unless another is asked for) with every fact of it told by task. Raises
        `UnknownThing`, `RemovedThing`."""
        key = (plan_id, version, self._generation_of(plan_id))
        with self._lock:
            kept = self._facts.get(key)
        if kept is not None:
            return kept
        plan = self.store.load(plan_id, version)
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

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What `make` makes, made once for a generation of the library."""
        generation = self.store.generation()
        with self._lock:
            kept = self._once.get(key)
        if kept is None or kept[0] != generation:
            kept = generation, make()
            with self._lock:
                while len(self._once) >= _KEPT:
                    self._once.pop(next(iter(self._once)))
                self._once[key] = kept
        return cast(Made, kept[1])

    def page_of(self, plan_id: str, version: int | None = None) -> tuple[Source, Clean]:
        """The source of a plan (of the version that answers, unless another is asked for), and the same without layout
        noise.

        A number that such noise parts (a page's end) is whole only in the second: what is hidden there is in both.
        """
        source = self.store.source(plan_id, version)
        page = clean_text(source)
        if self.show_contacts or (shown := mask(page.text)) == page.text:
            return source, page
        text = list(source.text)
        for at, (old, new) in enumerate(zip(page.text, shown, strict=True)):
            if old != new:
                text[page.origin(at)] = new
        return replace(source, text="".join(text)), dataclasses.replace(page, text=shown)

    def close(self) -> None:
        """Lets go of all files and connections."""
        close_both(self.catalog)


def open_library(
    address: str | Path, lexicon_folder: Path, local_units: Path | None = None, *, show_contacts: bool = False
) -> Library:
    """Opens the library at an address (search/opening.py). Raises what `open_catalog_at` raises.

    Contacts are hidden in all that it answers unless `show_contacts`: nothing of the site knows another store.
    """
    lexicon = load_lexicon(lexicon_folder, local_units)
    catalog = open_catalog_at(address, lexicon)
    if not show_contacts:
        catalog.store = masked_store(catalog.store)
    return Library(catalog.store, catalog, Projection(catalog.store), lexicon, resolver(lexicon), show_contacts)
