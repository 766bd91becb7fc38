"""The index on whoosh (索引), and the only home of whoosh: docs/search.md says which distribution and why.

What whoosh does here is to make postings and entries into files, in memory; `index_folder` keeps those files where the
next process finds them, and `whoosh_view` reads them. A writer works on a copy of the list of files, which themselves
never change: one that fails is thrown away with its copy, and leaves no lock and no trace.

Traps that this file keeps away from: text never reaches whoosh's analysis (every field is given its list of tokens);
`procs` stays 1; every field has lengths, for without them a commit asks for a file once a posting; readers are read
under a lock, for they move a file's cursor.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any, get_args

from whoosh.fields import COLUMN, KEYWORD, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.reading import SegmentReader

from ingest.errors import ZerenError
from search.index.fields import Field, encode, tokens_of
from search.index.port import Found, IndexDamaged, IndexLocked, IndexNotWritable, PlanEntries
from search.index.tree import Query
from search.whoosh.folder import IndexFolder
from search.whoosh.segments import LARGEST, Segment, to_merge
from search.whoosh.view import IndexView

ENGINE = "whoosh"

_SORTED_AT_ONCE = 256
"""Megabytes, by whoosh's count, of postings that are sorted as they are; more are packed first, which is slow."""


class WhooshIndex:
    """`search.index.port.Index` in memory, and in a folder for the next process. Made by `create_index` or
    `open_index`."""

    def __init__(self, folder: IndexFolder, files: Mapping[str, bytes], generation: int) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self.trouble: ZerenError | None = None
        self._show(files, generation)

    def generation(self) -> int:
        return self._generation

    def write(self, changes: Iterable[PlanEntries], generation: int) -> None:
        with self._writing:
            files = self._changed(changes)
            try:
                self._folder.write(files, generation)
                self.trouble = None
            except (IndexNotWritable, IndexLocked) as error:
                self.trouble = error
            with self._lock:
                self._show(files, generation)

    def search(self, query: Query) -> Found:
        with self._reading() as view:
            return view.search(query)

    def frequency(self, word: str) -> int:
        with self._reading() as view:
            return len(view.weights(word))

    def frequency_besides_text(self, word: str) -> int:
        with self._reading() as view:
            return len(view.weights(word).keys() - view.ids("kind", "text"))

    def words_starting(self, prefix: str, limit: int) -> list[str]:
        with self._reading() as view:
            return view.words_starting(prefix, limit)

    def refresh(self) -> bool:
        with self._writing:
            if not self._folder.changed():
                return False
            files, generation = self._folder.read()
            if generation < self._generation:
                return False  # what is kept there is behind what could not be kept
            with self._lock:
                self.trouble = None
                self._show(files, generation)
            return True

    def close(self) -> None:
        with self._lock:
            self._view.close()

    def _show(self, files: Mapping[str, bytes], generation: int) -> None:
        with self._damage():
            self._view = IndexView(_Files(files).open_index(schema=_schema()), generation)
        self._files, self._generation = files, generation

    def _changed(self, changes: Iterable[PlanEntries]) -> Mapping[str, bytes]:
        """The files as they are once the plans are put in and taken out, in segments of bounded size."""
        with self._damage():
            storage = _Files(self._files)
            index = storage.open_index(schema=_schema())
        waiting: list[PlanEntries] = []
        merged = True
        for change in changes:
            waiting.append(change)
            if sum(len(each.entries) for each in waiting) >= LARGEST:
                merged = self._commit(index, waiting)
                waiting = []
        if waiting:
            merged = self._commit(index, waiting)
        while not merged:
            merged = self._commit(index, ())
        return storage.files

    def _commit(self, index: Any, changes: Sequence[PlanEntries]) -> bool:
        """Puts plans in and out; whether nothing of what was taken out stands in any segment any more."""
        documents = [(encode(entry), tokens_of(entry)) for change in changes for entry in change.entries]
        left: list[Any] = []

        def merge(writer: Any, segments: list[Any]) -> list[Any]:
            left[:] = _left_alone(writer, segments, len(documents))
            return list(left)

        with self._damage():
            writer = index.writer(limitmb=_SORTED_AT_ONCE, compound=False)
            for change in changes:
                writer.delete_by_term("plan", change.plan_id)
            for data, tokens in documents:
                writer.add_document(entry=data, **tokens)
            writer.commit(mergetype=merge)
        return not any(segment.has_deletions() for segment in left)

    @contextmanager
    def _reading(self) -> Iterator[IndexView]:
        """The present view, for one thread at a time: whoosh is pure Python, so threads would not be quicker."""
        with self._lock, self._damage():
            yield self._view

    @contextmanager
    def _damage(self) -> Iterator[None]:
        """Says by one error what whoosh says by whatever its decoders raise when a file is not as it was written."""
        try:
            yield
        except ZerenError:
            raise
        except Exception as error:
            raise IndexDamaged(path=str(self._folder.path), reason=type(error).__name__) from error


def create_index(folder: IndexFolder) -> WhooshIndex:
    """A new, empty index of generation 0, in memory until it is written to."""
    storage = _Files({})
    storage.create_index(_schema())
    return WhooshIndex(folder, storage.files, 0)


def open_index(folder: IndexFolder) -> WhooshIndex:
    """The index in a folder. Raises `IndexDamaged`."""
    return WhooshIndex(folder, *folder.read())


class _Files(RamStorage):  # type: ignore[misc]  # whoosh has no types
    """Files in memory, the same bytes for all who read them."""

    files: dict[str, bytes]

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = dict(files)

    def create_file(self, name: str, **_: object) -> Any:
        return StructFile(_Written(partial(self.files.__setitem__, name)), name=name)

    def open_file(self, name: str, **_: object) -> Any:
        return BufferFile(self.files[name], name=name)

    def temp_storage(self, name: str | None = None) -> Any:
        return _Files({})


class _Written(BytesIO):
    """A file that is being written; what it holds is kept when it is closed."""

    def __init__(self, keep: Callable[[bytes], None]) -> None:
        super().__init__()
        self._keep = keep

    def close(self) -> None:
        if not self.closed:
            self._keep(self.getvalue())
        super().close()


def _schema() -> Any:
    return Schema(entry=COLUMN(), **{name: KEYWORD(scorable=True) for name in get_args(Field)})


def _left_alone(writer: Any, segments: Sequence[Any], added: int) -> list[Any]:
    """A merge policy for whoosh: what `to_merge` chooses joins the new entries, the rest stays as it is."""
    sizes = [Segment(segment.doc_count(), segment.deleted_count()) for segment in segments]
    chosen = to_merge(sizes, added)
    for place in chosen:
        if sizes[place].live:
            reader = SegmentReader(writer.storage, writer.schema, segments[place])
            writer.add_reader(reader)
            reader.close()
    return [segment for place, segment in enumerate(segments) if place not in chosen]
