"""Store and index kept in step (目录): open, add, remove, read again, search.

The record is committed first, then the index, which says the record's generation. So an index can be behind, never
ahead: it is caught up plan by plan. One that is damaged, foreign or made by other rules is made anew from the record.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar, cast

import msgspec

from graph import Decision, DiskFull, LibraryReadOnly, PlanNotSaved, decided
from graph.query import Reread, Saved
from graph.store import Parse, Resolve, Store, Watch, unwatched
from ingest import document_id
from ingest.errors import ZerenError
from ingest.model import Plan, Source
from search.index.entries import entries_of
from search.index.fields import stamp
from search.index.port import Found, Home, Index, IndexDamaged, PlanEntries
from search.index.tree import Query
from search.query.fields import Known, node_of
from search.query.filters import Filters
from search.query.ladder import climb
from search.query.parse import parse_query
from search.query.results import Results, shape
from search.query.suggest import SuggestedKind, Suggestible, Suggestion, suggest, things_called
from search.words.names import Names

CHECK_EVERY = 1.0
"""Seconds for which a reader trusts the generation that it saw."""

CLOSE_AFTER, CLOSE_AT = 5.0, 32_000_000
"""Seconds and bytes of files after which plans that wait for a common commit wait for no more."""
KEEP_EVERY = 60.0
"""Seconds after which an index that could not be kept is tried to be kept again."""

Answer = TypeVar("Answer")
Made = TypeVar("Made")


class Catalog:
    """A store with its index. Many threads may search one catalog; made by `open_catalog`.

    `trouble` is the error that keeps the index from being brought up to date or from being kept (a full disk, a folder
    that may not be written, a database that is away), None where there is none. Plans are safe in the record all the
    same; what cannot be kept is searched in this process's memory.
    """

    def __init__(
        self,
        store: Store,
        home: Home,
        resolve: Resolve,
        names: Names,
        clock: Callable[[], float] = time.monotonic,
        watch: Watch = unwatched,
    ) -> None:
        self.store = store
        self.names = names
        self.trouble: ZerenError | None = None
        self._home = home
        self._resolve = resolve
        self._clock = clock
        self._watch = watch
        self._renewing = threading.Lock()
        self._behind = False
        self._known: tuple[int, Known] | None = None
        self._made: dict[object, tuple[int, object]] = {}
        self._making = threading.RLock()
        self._index = self._opened()
        self._checked = self._kept = clock()
        self._attempt(self._catch_up)

    def search(self, text: str = "", filters: Filters | None = None, offset: int = 0, limit: int = 20) -> Results:
        """What a user's text and choices find, a page of it. Raises `BadDate`, `UnknownThing` (a document)."""
        query, found = self.find(text, filters)
        return shape(found, query, filters or Filters(), offset, limit)

    def look(
        self, text: str, filters: Filters | None = None, offset: int = 0, limit: int = 20, some: bool = True
    ) -> Results:
        """The same, but where nothing is found as it was typed, what is closest to it, and by which steps; in the end
        what says `some` of its words, if that is wanted."""
        self.renew()
        chosen = self._with_documents(filters or Filters())
        known = self._known_now()
        climbed = self._asking(lambda index: climb(text, _Ways(index, chosen, known), some))
        shown = shape(climbed.found, climbed.query, filters or Filters(), offset, limit)
        return msgspec.structs.replace(shown, rungs=climbed.rungs)

    def find(self, text: str = "", filters: Filters | None = None) -> tuple[Query, Found]:
        """All entries that are found, best first, and the query that they fulfil."""
        self.renew()
        chosen = self._with_documents(filters or Filters())

        def ask(index: Index) -> tuple[Query, Found]:
            query = parse_query(text, chosen, self.names, index)
            return query, _confirmed(index.search(query), query)

        return self._asking(ask)

    def _known_now(self) -> Known:
        """What fields are looked up in, and names with the plans' own: read once for a generation."""
        generation = self.store.generation()
        if self._known is None or self._known[0] != generation:
            units = self.store.units()
            self._known = generation, Known(units, self.store.plans(), self.names.with_units(units))
        return self._known[1]

    def suggest(self, typed: str, kinds: Collection[SuggestedKind] = ()) -> tuple[Suggestion, ...]:
        """At most ten units, plans, documents and topics that may be meant by the beginning of a word; of some kinds
        alone where they are named."""
        self.renew()
        called = self.kept(_things_called)
        return suggest(typed, [each for each in called if each.suggestion.kind in kinds] if kinds else called)

    def topics(self) -> tuple[str, ...]:
        """The titles of items that have tasks, those with most tasks first."""
        found = [each.suggestion for each in self.kept(_things_called) if each.suggestion.kind == "topic"]
        return tuple(each.label for each in sorted(found, key=lambda each: -each.count))

    def make_ready(self) -> None:
        """Makes what the first who types would wait for, a tenth of a second for each 5,000 tasks."""
        self.renew()
        self.kept(_things_called)

    def kept(self, make: Callable[[Catalog], Made]) -> Made:
        """What `make` makes of this catalog, made once for a generation of the record: who comes meanwhile waits."""
        generation = self.store.generation()
        made = self._made.get(make)
        if made is None or made[0] != generation:
            with self._making:
                made = self._made.get(make)
                if made is None or made[0] != generation:
                    made = self._made[make] = generation, make(self)
        return cast(Made, made[1])

    def frequency(self, word: str) -> int:
        """In how many entries a word stands, mere paragraphs aside, by the index's own list of words."""
        return self._asking(lambda index: index.frequency_besides_text(word))

    def generation(self) -> int:
        """The record's generation that a search sees."""
        return self._index.generation()

    def stamp(self) -> str:
        """The stamp of the rules that the index must be made by."""
        return stamp(self.store.stamp())

    def add(self, source: Source, plan: Plan, replace: bool = False) -> Saved:
        """Saves a plan, which may be set aside (`Store.save`), and indexes it."""
        with self.store.writing():
            saved = self.store.save(source, plan, replace)
            self._attempt(self._catch_up)
        return saved

    def add_all(
        self, pairs: Iterable[tuple[Source, Plan]], together: int = 20, replace: bool = False
    ) -> Iterator[Saved | PlanNotSaved]:
        """Saves many plans, up to `together` in a commit; what became of each, in their order.

        A plan is yielded once its commit is kept and it can be found. A commit is not waited for longer than
        `CLOSE_AFTER`, nor until more than `CLOSE_AT` of files have come together. Where the pairs end with an error,
        those that came before it are saved.
        """
        waiting: list[tuple[Source, Plan]] = []
        begun, held = self._clock(), 0
        try:
            for source, plan in pairs:
                waiting.append((source, plan))
                held += len(source.data)
                if len(waiting) >= together or held > CLOSE_AT or self._clock() - begun > CLOSE_AFTER:
                    yield from self._add_some(waiting, replace)
                    waiting, begun, held = [], self._clock(), 0
        except Exception:
            yield from self._add_some(waiting, replace)
            raise
        yield from self._add_some(waiting, replace)

    def _add_some(self, pairs: Sequence[tuple[Source, Plan]], replace: bool) -> tuple[Saved | PlanNotSaved, ...]:
        """Saves plans in one commit, and indexes them."""
        if not pairs:
            return ()
        with self.store.writing():
            outcomes = self.store.save_all(pairs, replace)
            self._attempt(self._catch_up)
        return outcomes

    def remove(self, plan_id: str) -> int:
        """Removes a plan from record and index. Gives the new generation. Raises `UnknownThing`, `RemovedThing`."""
        with self.store.writing():
            generation = self.store.remove(plan_id)
            self._attempt(self._catch_up)
        return generation

    def decide(self, decision: Decision) -> Decision:
        """Keeps a decision, and indexes again the plans that it is about. Raises `BadDecision`, `UnknownThing`."""
        with self.store.writing():
            made = self.store.decide(decision)
            self._attempt(self._catch_up)
        return made

    def reread(self, parse: Parse) -> Iterator[Reread]:
        """Reads every stored plan again with today's rules, and indexes those that read differently."""
        yield from self.store.reread(parse)
        self._attempt(self._catch_up)

    def renew(self) -> None:
        """Shows what other processes have written since, looking at most once a second.

        An index that another process is about to write is behind for a moment; only one that stays behind is caught
        up here, and by one thread, while the others answer from the generation that they have.
        """
        now = self._clock()
        if now - self._checked < CHECK_EVERY or not self._renewing.acquire(blocking=False):
            return
        try:
            self._asking(lambda index: index.refresh())
            if self._behind:
                self._attempt(self._catch_up)
            elif self._index.trouble and now - self._kept >= KEEP_EVERY:
                self._attempt(self._keep)
                self._kept = now
            self._behind = self._index.generation() < self.store.generation()
            if not self._behind:
                self.trouble = self._index.trouble
            self._checked = now
        finally:
            self._renewing.release()

    def rebuild(self) -> None:
        """Makes the index anew from the record."""
        with self._alone():
            old, self._index = self._index, self._made_anew()
            old.close()

    def close(self) -> None:
        """Lets go of the index; the store is closed by who opened it."""
        self._index.close()

    def _asking(self, question: Callable[[Index], Answer]) -> Answer:
        """The index's answer; from a new index where this one turns out to be damaged."""
        index = self._index
        try:
            return question(index)
        except IndexDamaged:
            with self._alone():
                if self._index is index:
                    self._index = self._opened()
                    index.close()
                try:
                    return question(self._index)
                except IndexDamaged:
                    self.rebuild()
            return question(self._index)

    def _opened(self) -> Index:
        """The index that is there, or a new one where that is not ours, old, damaged or ahead of the record."""
        try:
            return self._usable()
        except IndexDamaged:
            with self._alone():
                try:
                    return self._usable()
                except IndexDamaged:
                    return self._made_anew()

    def _usable(self) -> Index:
        index = self._home.open(*self._made_of())
        if index.generation() > self.store.generation():
            index.close()
            raise IndexDamaged(path=self._home.place, reason="ahead")
        return index

    def _made_anew(self) -> Index:
        with self.store.snapshot() as generation:
            plans = [plan.id for plan in self.store.plans()]
            return self._home.make(*self._made_of(), self._changes(self._watched(plans)), generation)

    def _watched(self, plans: Sequence[str]) -> Iterator[str]:
        for done, plan_id in enumerate(plans):
            self._watch("index", done, len(plans))
            yield plan_id

    def _made_of(self) -> tuple[str, str]:
        """The stamp of the rules that the index must be made by, and its library."""
        return self.stamp(), self.store.library_id()

    def _attempt(self, step: Callable[[], None]) -> None:
        """Does what needs an index that can be written; where none can, that is a trouble and no reason to stop."""
        try:
            try:
                step()
            except IndexDamaged:
                self.rebuild()
            self.trouble = self._index.trouble
        except ZerenError as error:
            self.trouble = error

    def _catch_up(self) -> None:
        """Indexes what was saved and removed since the index's generation, as one commit."""
        if self._index.generation() >= self.store.generation():
            return
        with self._alone(), self.store.snapshot() as generation:
            self._index.refresh()
            if self._index.generation() >= generation:
                return
            changes = self.store.changes(self._index.generation())
            gone = [PlanEntries(each.plan_id, ()) for each in changes if each.removed]
            there = self._changes(each.plan_id for each in changes if not each.removed)
            self._index.write((change for group in (gone, there) for change in group), generation)

    def _keep(self) -> None:
        """Writes an index that is in memory alone to its place, as it is."""
        with self._alone():
            self._index.write((), self._index.generation())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the writer's lock, where it can be had: without rights or room nobody else writes either."""
        with ExitStack() as held:
            with suppress(LibraryReadOnly, DiskFull):
                held.enter_context(self.store.writing())
            yield

    def _changes(self, plans: Iterable[str]) -> Iterator[PlanEntries]:
        resolve = decided(self._resolve, self.store.decisions())
        for plan_id in plans:
            plan = self.store.load(plan_id)
            yield PlanEntries(plan_id, tuple(entries_of(plan, resolve(plan), self.store.source(plan_id))))

    def _with_documents(self, filters: Filters) -> Filters:
        """The filters with each document under all ids that a single citation of it may give it."""
        wanted: dict[str, None] = {}
        for chosen in filters.document:
            row = self.store.document(chosen)
            wanted.update(dict.fromkeys([chosen, row.id, *(document_id(title, None) for title in row.titles)]))
        return msgspec.structs.replace(filters, document=tuple(wanted))


def _confirmed(found: Found, query: Query) -> Found:
    """Of what an engine found, the entries that say near each other what must stand so."""
    if not query.beside:
        return found
    kept = (each for each in found.scored if all(pair.holds(each.entry.sought) for pair in query.beside))
    return msgspec.structs.replace(found, scored=tuple(kept))


def _things_called(catalog: Catalog) -> tuple[Suggestible, ...]:
    store = catalog.store
    tasks = (each.entry for each in catalog.find("", Filters(kind=("task",)))[1].scored)
    return things_called(store.units(), store.plans(), store.documents(), tasks, catalog.names)


@dataclass(frozen=True)
class _Ways:
    """`search.query.ladder.Ways` of an index, with what was chosen besides the text."""

    index: Index
    chosen: Filters
    known: Known

    @property
    def names(self) -> Names:
        return self.known.names

    def read(self, text: str) -> Query:
        return parse_query(text, self.chosen, self.names, self.index, lambda asked: node_of(asked, self.known))

    def ask(self, query: Query) -> Found:
        return _confirmed(self.index.search(query), query)

    def frequency(self, word: str) -> int:
        return self.index.frequency(word)


def open_catalog(store: Store, home: Home, resolve: Resolve, names: Names, watch: Watch = unwatched) -> Catalog:
    """The catalog of a store, with its index at home, which is made where there is none.

    Raises `IndexLocked` or `LibraryLocked` where an index must be made and another process is writing.
    """
    return Catalog(store, home, resolve, names, watch=watch)
