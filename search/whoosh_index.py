"""The index on whoosh (索引), and the only home of whoosh: docs/search.md says which distribution and why.

What whoosh does here is to keep postings and entries on the disk, and to commit; `whoosh_view` reads them.

Traps that this file keeps away from: text never reaches whoosh's analysis (every field is given its list of tokens);
`procs` stays 1; a writer whose `add_document` failed is cancelled and never used again; every field has lengths,
for without them a commit asks the disk once a posting; readers are read under a lock, for they move a file's cursor.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, get_args

from whoosh.fields import COLUMN, KEYWORD, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import LockError
from whoosh.reading import SegmentReader

from ingest.errors import ZerenError
from search.index import Change, Found, IndexDamaged, IndexLocked, IndexNotWritable
from search.index_folder import sync
from search.schema import Field, encode, tokens_of
from search.tree import Query
from search.whoosh_view import GENERATION, View

_MERGED_AT_ONCE = 120
"""Entries that a commit may merge besides those it adds, so that adding one plan stays quick."""

_SORTED_IN_MEMORY = 256
"""Megabytes of postings that are sorted in memory; more are sorted on the disk."""

_WAIT = 10.0
"""Seconds that a second writer waits."""


class WhooshIndex:
    """`search.index.Index` in a folder of whoosh files. Made by `create_index` or `open_index`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        with _damage(folder):
            self._index = _Storage(str(folder)).open_index(schema=_schema())
            self._look()

    def generation(self) -> int:
        return self._view.generation

    def write(self, changes: Iterable[Change], generation: int) -> None:
        with self._writer() as writer:
            added = 0
            for change in changes:
                documents = [(encode(entry), tokens_of(entry)) for entry in change.entries]
                with self._guarded():
                    writer.delete_by_term("plan", change.plan_id)
                    for data, tokens in documents:
                        writer.add_document(entry=data, **tokens)
                added += len(change.entries)
            with self._guarded():
                writer.delete_by_term("kind", GENERATION)
                writer.add_document(kind=[GENERATION], entry=str(generation).encode())
                writer.commit(mergetype=_merging(max(added, _MERGED_AT_ONCE)))
        self.refresh()

    def search(self, query: Query) -> Found:
        with self._reading() as view:
            return view.search(query)

    def frequency(self, word: str) -> int:
        with self._reading() as view:
            return len(view.weights(word))

    def words_starting(self, prefix: str, limit: int) -> list[str]:
        with self._reading() as view:
            return view.words_starting(prefix, limit)

    def refresh(self) -> bool:
        with self._reading() as old:
            if self._on_disk() == self._seen:
                return False
            self._look()
            old.close()
            return True

    def close(self) -> None:
        with self._lock:
            self._view.close()

    def _look(self) -> None:
        self._seen = self._on_disk()
        self._view = View(self._index)

    def _on_disk(self) -> tuple[int, int]:
        """What changes with every commit, and when another folder takes the place of this one."""
        return self._folder.stat().st_ino, self._index.latest_generation()

    @contextmanager
    def _reading(self) -> Iterator[View]:
        """The present view, for one thread at a time: whoosh is pure Python, so threads would not be quicker."""
        with self._lock, _damage(self._folder):
            yield self._view

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        """A writer that is cancelled, and thereby let go of, whatever happens before its commit is done."""
        with self._guarded():
            try:
                writer = self._index.writer(limitmb=_SORTED_IN_MEMORY, timeout=_WAIT)
            except LockError:
                raise IndexLocked(path=str(self._folder)) from None
        try:
            yield writer
        finally:
            if not writer.is_closed:
                with suppress(Exception):
                    writer.cancel()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with _damage(self._folder), _writable(self._folder):
            yield


ENGINE = "whoosh"


def create_index(folder: Path) -> WhooshIndex:
    """A new, empty index of generation 0 in a folder that holds none. Raises `IndexNotWritable`."""
    with _writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _Storage(str(folder)).create_index(_schema())
    index = WhooshIndex(folder)
    index.write((), 0)
    return index


def open_index(folder: Path) -> WhooshIndex:
    """The index in a folder whose files are known to be ours: they are pickles. Raises `IndexDamaged`."""
    return WhooshIndex(folder)


class _Storage(FileStorage):  # type: ignore[misc]  # whoosh has no types
    """Files on the disk, and surely there before the table of contents that names them is: whoosh does not ask."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for name in self.list():
            if not name.endswith((".toc", "_WRITELOCK")):
                sync(Path(self.folder) / name)
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))


def _schema() -> Any:
    return Schema(entry=COLUMN(), **{name: KEYWORD(scorable=True) for name in get_args(Field)})


def _merging(limit: int) -> Callable[[Any, list[Any]], list[Any]]:
    """A merge policy for whoosh: the smallest segments are made one as long as they hold at most `limit` entries."""

    def merge(writer: Any, segments: list[Any]) -> list[Any]:
        kept = sorted(segments, key=lambda each: each.doc_count())
        total = 0
        while kept and total + kept[0].doc_count() <= limit:
            segment = kept.pop(0)
            total += segment.doc_count()
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return kept

    return merge


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexNotWritable(path=str(folder), reason=error.strerror or type(error).__name__) from error


@contextmanager
def _damage(folder: Path) -> Iterator[None]:
    """Says by one error what whoosh says by whatever its decoders raise when a file is not as it was written."""
    try:
        yield
    except ZerenError:
        raise
    except Exception as error:
        raise IndexDamaged(path=str(folder), reason=type(error).__name__) from error
