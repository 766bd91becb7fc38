"""The port of an index (索引): what search asks of any engine. Every engine passes tests/search/index/test_port.py.

An engine sees tokens only: AND, OR, NOT and phrases of exact tokens. What a word is, what an alias means and what
stands in a text is settled before (analyzer, query) and after (results).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ingest.errors import ZerenError
from ingest.model import Record
from search.index.fields import Entry
from search.index.tree import Query


class IndexDamaged(ZerenError):
    """The index cannot be read, or is not ours; it is to be made anew from the record. Params: path, reason."""

    code = "index-damaged"


class IndexNotWritable(ZerenError):
    """The folder of the index may not be written, or the disk is full. Params: path, reason."""

    code = "index-not-writable"


class IndexLocked(ZerenError):
    """Another process is writing to the index. Params: path."""

    code = "index-locked"


class PlanEntries(Record, frozen=True):
    """A plan's entries as they shall be from now on; none for a plan that is taken out."""

    plan_id: str
    entries: tuple[Entry, ...]


class Scored(Record, frozen=True, gc=False):
    """An entry that fulfils a query; the higher the score, the better. 0 where the query ranks by nothing."""

    entry: Entry
    score: float


class Found(Record, frozen=True):
    """All entries that fulfil a query, best first, ties by id, and the generation that they belong to."""

    scored: tuple[Scored, ...]
    generation: int


class Index(Protocol):
    """An index that shows one generation until it is told to look again."""

    trouble: ZerenError | None
    """Why what it shows is in this process's memory alone; None where the next process finds it too."""

    def generation(self) -> int:
        """The record's generation that the index shows; 0 for an empty one."""

    def write(self, changes: Iterable[PlanEntries], generation: int) -> None:
        """Puts in and takes out plans as one commit: all of it or nothing, on the disk when this returns.

        An engine that can show it from memory does so where it cannot be kept (full disk, read-only folder), with a
        `trouble`; written again, without changes too, it tries again. Who writes holds the library's lock.
        Raises `IndexLocked` where another process is writing all the same, `IndexDamaged`.
        """

    def search(self, query: Query) -> Found:
        """All that fulfils the query. Safe for many threads. Raises `IndexDamaged`."""

    def frequency(self, word: str) -> int:
        """In how many entries a word of the `words` field stands. With `words_starting`, our own term list."""

    def frequency_besides_text(self, word: str) -> int:
        """The same of entries that are no mere paragraphs: what a question about tasks may count on."""

    def words_starting(self, prefix: str, limit: int) -> list[str]:
        """Words that begin with `prefix`, in the order of the term list, at most `limit`."""

    def refresh(self) -> bool:
        """Shows from now on what another process has written since; whether there was anything."""

    def close(self) -> None:
        """Lets go of files."""


class Home(Protocol):
    """Where the index of a library lives: a folder (search/whoosh/home.py), a database (search/neo4j/home.py).

    `stamp` is that of the rules by which the index must be made (`search.index.fields.stamp`), `library` the id of its
    library. `place` is where the home is, as a user may read it.
    """

    @property
    def place(self) -> str: ...

    def open(self, stamp: str, library: str) -> Index:
        """The index that is there. Raises `IndexDamaged` (reason: missing, foreign, old, or what else is wrong)."""

    def make(self, stamp: str, library: str, changes: Iterable[PlanEntries], generation: int) -> Index:
        """An index of these plans alone, in the place of what was there; with a `trouble` where it cannot be kept.

        Raises `IndexLocked`.
        """
