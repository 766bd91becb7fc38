"""The index on Neo4j (索引): entries are nodes, found by the database's own full-text index.

Which entries fulfil a query is for the database to say (search/neo4j/lucene.py); it answers with their keys. Entries
never change, so each is fetched once and kept; they are ranked here, by the same BM25F as everywhere
(search/index/ranking.py), for Lucene's own scores change with what was once deleted. An index shows one commit until it
is told to look again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from threading import Lock
from typing import TypeVar

import msgspec

from graph import ProcedureFailed
from graph.neo4j import Database, Transaction
from ingest.errors import ZerenError
from search.index.fields import Entry, decode
from search.index.port import Found, IndexDamaged, PlanEntries, Scored
from search.index.ranking import density, order_of, rarity
from search.index.tree import EVERYTHING, EXACT, And, Not, Or, Query, QueryNode, Term
from search.neo4j.commit import INDEX, NAME, Commit, clear
from search.neo4j.lucene import MOST_CLAUSES, clauses, in_parts, lucene, token

GRACE = 60.0
"""Seconds for which what was taken out is kept for who still shows an older commit."""

_KEPT = 20_000
"""Entries that are kept in memory."""

_TOGETHER = 2000
"""Entries that come in one row: about 3 MB."""

_HEAD = """
MATCH (i:SearchIndex {name: $name})
RETURN i.edition, i.commit, i.generation, i.entries, i.length, i.stamp, i.library
"""
_FIND = """
CALL db.index.fulltext.queryNodes($index, $sought) YIELD node
WHERE node.key < $before AND node.until > $commit
WITH collect(node.key) AS found
MATCH (i:SearchIndex {name: $name, edition: $edition}) WHERE i.cleared <= $commit
RETURN found
"""
_SEARCHABLE = "SHOW FULLTEXT INDEXES YIELD name, state WHERE name = $index AND state = 'ONLINE' RETURN name"
_FETCH = "UNWIND $keys AS key MATCH (e:SearchEntry {key: key}) RETURN collect([key, e.entry, e.words])"
"""In one row, for a row of its own costs an entry twice as much as what is in it."""
_WORDS = "MATCH (w:SearchWord) WHERE w.text STARTS WITH $prefix RETURN w.text, w.count"
_WORDS_IN_ORDER = "MATCH (w:SearchWord) WHERE w.text STARTS WITH $prefix RETURN w.text ORDER BY w.text LIMIT $limit"

Answer = TypeVar("Answer")


class IndexHead(msgspec.Struct, frozen=True, array_like=True):
    """What the index says of itself: which one it is, its last commit, how much it holds, and what it is made of."""

    edition: str
    commit: int
    generation: int
    entries: int
    length: int
    stamp: str
    library: str


class CachedEntry(msgspec.Struct, frozen=True, gc=False):
    """An entry in memory, its words in order, and how many they are."""

    entry: Entry
    words: str
    length: int

    def weight(self, word: str) -> int:
        """How often the word counts in the entry. Equal words stand side by side."""
        sought = f" {word} "
        first = self.words.find(sought)
        return 0 if first < 0 else (self.words.rfind(sought) - first) // (len(word) + 1) + 1


class _Gone(Exception):
    """What this commit showed was cleared away, or the index was made anew."""


class Neo4jIndex:
    """`search.index.port.Index` in a Neo4j database. Made by `search.neo4j.home`."""

    def __init__(self, database: Database, grace: float = GRACE) -> None:
        self._database = database
        self._grace = grace
        self.trouble: ZerenError | None = None
        self._cleared = time.monotonic()
        self._lock = Lock()
        self._kept: dict[int, CachedEntry] = {}
        self._shown = self.head()
        self._show(self._shown)

    def head(self) -> IndexHead:
        """What stands in the database now. Raises `IndexDamaged` where there is no index."""
        rows = self._database.read(lambda reading: reading.rows(_HEAD, name=NAME))
        if not rows:
            raise self._damaged("missing")
        try:
            return msgspec.convert(rows[0], IndexHead)
        except msgspec.ValidationError as error:
            raise self._damaged(type(error).__name__) from error

    def searchable(self) -> bool:
        """Whether the full-text index is there and ready; an administrator may drop it, and Neo4j may be filling it."""
        return bool(self._database.read(lambda reading: reading.rows(_SEARCHABLE, index=INDEX)))

    def generation(self) -> int:
        return self._shown.generation

    def write(self, changes: Iterable[PlanEntries], generation: int) -> None:
        commit = Commit(self._database)
        commit.put(changes)
        commit.finish(generation)
        self.refresh()
        if time.monotonic() - self._cleared >= self._grace:
            self._cleared = time.monotonic()
            clear(self._database, self._grace)

    def search(self, query: Query) -> Found:
        return self._present(lambda shown: self._ranked(query, shown))

    def frequency(self, word: str) -> int:
        return self._beginning(word[:2]).get(token(word), 0)

    def frequency_besides_text(self, word: str) -> int:
        return self._besides_text(word) if self.frequency(word) else 0

    def words_starting(self, prefix: str, limit: int) -> list[str]:
        rows = self._database.read(lambda reading: reading.rows(_WORDS_IN_ORDER, prefix=prefix, limit=limit))
        return [str(word) for (word,) in rows]

    def refresh(self) -> bool:
        head = self.head()
        if head == self._shown:
            return False
        self._show(head)
        return True

    def close(self) -> None:
        """The connections are those of the index's home."""

    def _show(self, head: IndexHead) -> None:
        with self._lock:
            if head.edition != self._shown.edition:
                self._kept = {}
            self._shown = head
            self._besides_text: Callable[[str], int] = lru_cache(maxsize=4096)(self._count_besides_text)
            self._beginning: Callable[[str], dict[str, int]] = lru_cache(maxsize=4096)(self._words_beginning)

    def _words_beginning(self, prefix: str) -> dict[str, int]:
        """The words that begin so, with how many entries hold each: one look-up for all the words of a string that
        begin at the same place. They are those of the last commit, at most a moment younger than what is shown."""
        rows = self._database.read(lambda reading: reading.rows(_WORDS, prefix=prefix))
        return {str(word): int(count) for word, count in rows}

    def _count_besides_text(self, word: str) -> int:
        sought = And((Term("words", word), Not(Term("kind", "text"))))
        return self._present(lambda shown: len(self._fulfilling(sought, shown)))

    def _present(self, question: Callable[[IndexHead], Answer]) -> Answer:
        """The answer from the commit that is shown; where that is gone, from the last."""
        for _ in range(3):
            try:
                return question(self._shown)
            except _Gone:
                self.refresh()
        raise self._damaged("missing")

    def _ranked(self, query: Query, shown: IndexHead) -> Found:
        found = self._entries(self._fulfilling(query.where, shown))
        average = shown.length / shown.entries if shown.entries else 1.0
        rare = [(token(word), rarity(self.frequency(word), shown.entries)) for word in query.rank]
        ranked = []
        for kept in found:
            score = sum(EXACT for exact in query.exact if exact.text in kept.entry.sought)
            for word, rareness in rare:
                weight = kept.weight(word)
                if weight:
                    score += rareness * density(weight, kept.length, average)
            ranked.append((order_of(kept.entry, score), kept.entry))
        ranked.sort(key=lambda each: each[0])
        return Found(tuple(Scored(entry, -order[1]) for order, entry in ranked), shown.generation)

    def _fulfilling(self, node: QueryNode, shown: IndexHead) -> Sequence[int]:
        """Keys of the entries that fulfil the node: one query, unless it has more clauses than Lucene takes."""
        if clauses(node) <= MOST_CLAUSES:
            return self._asked(lucene(node), shown)
        match node:
            case And():
                every = [set(self._fulfilling(part, shown)) for part in in_parts(node)]
                return list(set.intersection(*every))
            case Or():
                return list({key for part in in_parts(node) for key in self._fulfilling(part, shown)})
            case Not():
                held = set(self._fulfilling(node.node, shown))
                return [key for key in self._fulfilling(EVERYTHING, shown) if key not in held]
        raise AssertionError(node)

    def _asked(self, query: str, shown: IndexHead) -> Sequence[int]:
        values: dict[str, object] = {
            "index": INDEX, "sought": query, "name": NAME, "edition": shown.edition,
            "commit": shown.commit, "before": (shown.commit + 1) << 32,
        }  # fmt: skip
        try:
            rows = self._database.read(lambda reading: reading.rows(_FIND, **values))
        except ProcedureFailed:
            if self.searchable():
                raise
            raise self._damaged("missing") from None
        if not rows:
            raise _Gone
        found: list[int] = rows[0][0]
        return found

    def _entries(self, keys: Sequence[int]) -> list[CachedEntry]:
        kept = self._kept
        there = {key: each for key in keys if (each := kept.get(key)) is not None}
        missing = [key for key in keys if key not in there]
        if missing:
            fetched = self._database.read(lambda reading: self._fetched(reading, missing))
            there |= fetched
            with self._lock:
                for key, entry in fetched.items():
                    kept[key] = entry
                while len(kept) > _KEPT:
                    del kept[next(iter(kept))]
        try:
            return [there[key] for key in keys]
        except KeyError:
            raise _Gone from None

    def _fetched(self, reading: Transaction, keys: Sequence[int]) -> dict[int, CachedEntry]:
        groups = [keys[at : at + _TOGETHER] for at in range(0, len(keys), _TOGETHER)]
        try:
            return {
                key: CachedEntry(decode(entry), f" {words} ", max(words.count(" ") + 1, 1))
                for group in groups
                for key, entry, words in reading.rows(_FETCH, keys=group)[0][0]
            }
        except (msgspec.DecodeError, TypeError, AttributeError) as error:
            raise self._damaged(type(error).__name__) from error

    def _damaged(self, reason: str) -> IndexDamaged:
        return IndexDamaged(path=self._database.address.shown, reason=reason)
