"""The index of a library in a folder of its own (索引目录): `search.index.port.Home` on whoosh."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from search.index.port import Index, PlanEntries
from search.whoosh.folder import IndexFolder, Made
from search.whoosh.index import ENGINE, create_index, open_index
from search.whoosh.key import machine_key


class FolderHome:
    """A folder that holds the index, and nothing else. `key` gives the key that it is sealed by."""

    def __init__(self, folder: Path, key: Callable[[], bytes] = machine_key) -> None:
        self._folder = folder
        self._key = key

    @property
    def place(self) -> str:
        return str(self._folder)

    def open(self, stamp: str, library: str) -> Index:
        return open_index(self._at(stamp, library))

    def make(self, stamp: str, library: str, changes: Iterable[PlanEntries], generation: int) -> Index:
        index = create_index(self._at(stamp, library))
        index.write(changes, generation)
        return index

    def _at(self, stamp: str, library: str) -> IndexFolder:
        return IndexFolder(self._folder, Made(ENGINE, stamp, library), self._key)
