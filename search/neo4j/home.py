"""The index of a library in the Neo4j database that holds the library (索引所在): `search.index.port.Home` on Neo4j."""

from __future__ import annotations

from collections.abc import Iterable

from graph.neo4j import Database
from search.index.port import Index, IndexDamaged, PlanEntries
from search.neo4j.commit import Commit, make_head, make_schema
from search.neo4j.index import GRACE, Neo4jIndex

_LAYOUT = 1
"""To be raised with every change of nodes, properties or the full-text index."""


class Neo4jHome:
    """The database, by the connections of who gives it. `grace` is seconds for who still shows what was taken out."""

    def __init__(self, database: Database, grace: float = GRACE) -> None:
        self._database = database
        self._grace = grace

    @property
    def place(self) -> str:
        return self._database.address.shown

    def open(self, stamp: str, library: str) -> Index:
        index = Neo4jIndex(self._database, self._grace)
        head = index.head()
        if (head.library, head.stamp) != (library, _made_by(stamp)):
            raise IndexDamaged(path=self.place, reason="foreign" if head.library != library else "old")
        if not index.searchable():
            make_schema(self._database)  # The entries are there: Neo4j indexes them itself.
        return index

    def make(self, stamp: str, library: str, changes: Iterable[PlanEntries], generation: int) -> Index:
        make_schema(self._database)
        make_head(self._database)
        commit = Commit(self._database, anew=True)
        commit.put(changes)
        commit.finish(generation, stamp=_made_by(stamp), library=library)
        return Neo4jIndex(self._database, self._grace)


def _made_by(stamp: str) -> str:
    return f"{_LAYOUT} {stamp}"
