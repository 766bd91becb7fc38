"""The index of a library in the Neo4j database that holds the library (索引所在): `search.index.Home` on Neo4j."""

from __future__ import annotations

from collections.abc import Iterable

from graph.neo4j_connection import RETRY, TIMEOUT, Database, address_of
from search.index import Change, Index, IndexDamaged
from search.neo4j_commit import INDEX, Commit, make_head, make_schema
from search.neo4j_index import GRACE, Neo4jIndex

_LAYOUT = 1
"""To be raised with every change of nodes, properties or the full-text index."""

_READY = "SHOW FULLTEXT INDEXES YIELD name, state WHERE name = $index AND state = 'ONLINE' RETURN name"


class Neo4jHome:
    """The database at an address. `timeout` of a transaction, `retry` of a fault that passes, and `grace` for who
    still shows what was taken out are seconds."""

    def __init__(self, address: str, timeout: float = TIMEOUT, retry: float = RETRY, grace: float = GRACE) -> None:
        self._database = Database(address_of(address), timeout, retry)
        self._grace = grace

    @property
    def place(self) -> str:
        return self._database.address.shown

    def open(self, stamp: str, library: str) -> Index:
        index = Neo4jIndex(self._database, self._grace)
        head = index.head()
        if (head.library, head.stamp) != (library, _made_by(stamp)):
            raise IndexDamaged(path=self.place, reason="foreign" if head.library != library else "old")
        if not self._database.read(lambda reading: reading.rows(_READY, index=INDEX)):
            raise IndexDamaged(path=self.place, reason="missing")
        return index

    def make(self, stamp: str, library: str, changes: Iterable[Change], generation: int) -> Index:
        make_schema(self._database)
        make_head(self._database)
        commit = Commit(self._database, anew=True)
        commit.put(changes)
        commit.finish(generation, stamp=_made_by(stamp), library=library)
        return Neo4jIndex(self._database, self._grace)

    def close(self) -> None:
        self._database.close()


def _made_by(stamp: str) -> str:
    return f"{_LAYOUT} {stamp}"
