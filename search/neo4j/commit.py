"""Writing to the index in Neo4j (写入): in batches of any size, and yet as one commit.

An entry's `key` says in which commit it came (`key >> 32`), its `until` which commit took it out. What a commit
adds and takes out shows only when its last transaction raises the index's `commit`; what a writer left behind that
died before is undone by the next. Each transaction makes sure that no other writer has begun since.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from graph.neo4j import Database, Transaction
from search.index.fields import Entry, encode
from search.index.port import IndexDamaged, IndexLocked, PlanEntries
from search.neo4j.lucene import PROPERTIES, fields_of, token

NAME = "zeren"
INDEX = "zeren_search"
"""Name of the full-text index."""

FOREVER = 2**62
"""`until` of what holds now."""

_TOGETHER = 500
"""Entries that are put in by one transaction."""

_MANY = 5000
"""Nodes that are touched by one transaction where nothing is put in."""

SCHEMA = (
    "CREATE CONSTRAINT zeren_searchindex IF NOT EXISTS FOR (i:SearchIndex) REQUIRE (i.name) IS UNIQUE",
    "CREATE CONSTRAINT zeren_searchentry IF NOT EXISTS FOR (e:SearchEntry) REQUIRE (e.key) IS UNIQUE",
    "CREATE CONSTRAINT zeren_searchword IF NOT EXISTS FOR (w:SearchWord) REQUIRE (w.text) IS UNIQUE",
    "CREATE INDEX zeren_searchentry_plan IF NOT EXISTS FOR (e:SearchEntry) ON (e.plan)",
    "CREATE INDEX zeren_searchentry_until IF NOT EXISTS FOR (e:SearchEntry) ON (e.until)",
    f"CREATE FULLTEXT INDEX {INDEX} IF NOT EXISTS FOR (e:SearchEntry)"
    f" ON EACH [{', '.join(f'e.{name}' for name in PROPERTIES)}]"
    " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}",
)

_BEGIN = """
MATCH (i:SearchIndex {name: $name}) SET i.writer = $writer RETURN i.commit
"""

_OWN = """
MATCH (i:SearchIndex {name: $name}) SET i.asked = $writer
WITH i WHERE i.writer = $writer RETURN i.commit
"""
"""The SET locks the index's node until the transaction ends."""

_UNDO = (
    "MATCH (e:SearchEntry) WHERE e.key >= $first WITH e LIMIT $many DETACH DELETE e RETURN count(*)",
    "MATCH (e:SearchEntry) WHERE e.until = $commit WITH e LIMIT $many"
    " SET e.until = $forever REMOVE e.gone RETURN count(*)",
)
_TAKE_OUT = """
UNWIND $plans AS plan MATCH (e:SearchEntry {plan: plan}) WHERE e.until >= $commit AND e.key < $first
SET e.until = $commit, e.gone = timestamp() RETURN e.words
"""
_TAKE_OUT_ALL = """
MATCH (e:SearchEntry) WHERE e.until > $commit AND e.key < $first WITH e LIMIT $many
SET e.until = $commit, e.gone = timestamp() RETURN count(*)
"""
_PUT_IN = "UNWIND $rows AS row MERGE (e:SearchEntry {key: row.key}) SET e = row"

_COUNT = """
UNWIND $words AS row MERGE (w:SearchWord {text: row[0]}) SET w.count = coalesce(w.count, 0) + row[1]
WITH w WHERE w.count <= 0 DELETE w
"""
_FINISH = """
MATCH (i:SearchIndex {name: $name})
SET i.commit = $commit, i.generation = $generation,
    i.entries = $entries + CASE WHEN $anew THEN 0 ELSE i.entries END,
    i.length = $length + CASE WHEN $anew THEN 0 ELSE i.length END
"""
_CLEAR = """
MATCH (i:SearchIndex {name: $name})
MATCH (e:SearchEntry) WHERE e.until <= i.commit AND e.gone < timestamp() - $grace
WITH i, e LIMIT $many
WITH i, collect(e) AS gone, max(e.until) AS cleared
SET i.cleared = CASE WHEN i.cleared > cleared THEN i.cleared ELSE cleared END
FOREACH (e IN gone | DELETE e)
RETURN size(gone)
"""


def make_schema(database: Database) -> None:
    """Constraints and indexes, each where it is missing, ready for use when this returns."""

    def make(writing: Transaction) -> None:
        for statement in SCHEMA:
            writing.rows(statement)

    database.write(make)
    database.read(lambda reading: reading.rows("CALL db.awaitIndexes(300)"))


def make_head(database: Database) -> None:
    """The index's node, of an index that is not finished, where there is none; entries without it are no one's."""
    if database.read(lambda reading: reading.rows("MATCH (i:SearchIndex {name: $name}) RETURN 1", name=NAME)):
        return
    for label in ("SearchEntry", "SearchWord"):
        _until_none(database, f"MATCH (n:{label}) WITH n LIMIT $many DETACH DELETE n RETURN count(*)")
    made = (
        "MERGE (i:SearchIndex {name: $name}) ON CREATE SET i.edition = randomUUID(), i.commit = 0, i.generation = 0,"
        " i.entries = 0, i.length = 0, i.cleared = 0, i.stamp = '', i.library = ''"
    )
    database.write(lambda writing: writing.rows(made, name=NAME))


class Commit:
    """One commit: `put` any number of changes, then `finish`. With `anew` all that was there is taken out."""

    def __init__(self, database: Database, anew: bool = False) -> None:
        self._database = database
        self._anew = anew
        self._writer = uuid.uuid4().hex
        self._words: Counter[str] = Counter()
        self._entries = self._length = self._put = 0
        self._commit = 1 + self._began()
        self._first = self._commit << 32
        for query in _UNDO:
            self._until_none(query)
        if anew:
            self._until_none(_TAKE_OUT_ALL)

    def put(self, changes: Iterable[PlanEntries]) -> None:
        """Puts in and takes out plans. Raises `IndexLocked`."""
        for group in _groups(changes):
            plans = [token(change.plan_id) for change in group]
            rows = [self._row(entry) for change in group for entry in change.entries]
            for words in self._database.write(partial(self._batch, plans, rows)):
                self._count(words, -1)
            for row in rows:
                self._count(str(row["words"]), 1)

    def _batch(self, plans: list[str], rows: list[dict[str, object]], writing: Transaction) -> list[str]:
        """Gives the words of the entries taken out."""
        self._own(writing)
        out = [] if self._anew else self._rows(writing, _TAKE_OUT, plans=plans)
        writing.rows(_PUT_IN, rows=rows)
        return [str(words) for (words,) in out]

    def finish(self, generation: int, **properties: str) -> None:
        """Shows all of it, as this generation. Raises `IndexLocked`."""
        words = [[word, count] for word, count in self._words.items() if count]

        def finish(writing: Transaction) -> None:
            if self._own(writing) == self._commit:
                return  # done before: the answer was lost, and the driver tried again
            if self._anew:
                writing.rows("MATCH (w:SearchWord) DELETE w")
            writing.rows(_COUNT, words=words)
            self._rows(
                writing, _FINISH,
                generation=generation, anew=self._anew, entries=self._entries, length=self._length,
            )  # fmt: skip
            writing.rows("MATCH (i:SearchIndex {name: $name}) SET i += $properties", name=NAME, properties=properties)

        self._database.write(finish)

    def _began(self) -> int:
        rows = self._database.write(lambda writing: writing.rows(_BEGIN, name=NAME, writer=self._writer))
        if not rows:
            raise IndexDamaged(path=self._database.address.shown, reason="missing")
        return int(rows[0][0])

    def _own(self, writing: Transaction) -> int:
        rows = writing.rows(_OWN, name=NAME, writer=self._writer)
        if not rows:
            raise IndexLocked(path=self._database.address.shown)
        return int(rows[0][0])

    def _rows(self, writing: Transaction, query: str, **values: object) -> list[list[object]]:
        return writing.rows(
            query, name=NAME, commit=self._commit, first=self._first, forever=FOREVER, many=_MANY, **values
        )

    def _until_none(self, query: str) -> None:
        def some(writing: Transaction) -> bool:
            self._own(writing)
            return self._rows(writing, query) != [[0]]

        while self._database.write(some):
            pass

    def _row(self, entry: Entry) -> dict[str, object]:
        key = self._first + self._put
        self._put += 1
        return {"key": key, "until": FOREVER, "entry": encode(entry), **fields_of(entry)}

    def _count(self, words: str, sign: int) -> None:
        said = words.split()
        for word in set(said):
            self._words[word] += sign
        self._entries += sign
        self._length += sign * max(len(said), 1)


def clear(database: Database, grace: float) -> None:
    """Deletes what was taken out more than `grace` seconds ago."""
    values: dict[str, object] = {"name": NAME, "grace": round(grace * 1000)}
    _until_none(database, _CLEAR, **values)


def _until_none(database: Database, query: str, **values: object) -> None:
    def some(writing: Transaction) -> bool:
        return writing.rows(query, many=_MANY, **values) not in ([], [[0]])

    while database.write(some):
        pass


def _groups(changes: Iterable[PlanEntries]) -> Iterator[list[PlanEntries]]:
    """The changes in groups of about `_TOGETHER` entries."""
    group: list[PlanEntries] = []
    size = 0
    for change in changes:
        group.append(change)
        size += 1 + len(change.entries)
        if size >= _TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group
