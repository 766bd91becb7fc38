"""The index of a library in a folder of its own (索引目录): `search.index.Home` on whoosh."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from search import index_folder
from search.index import Change, Index
from search.whoosh_index import ENGINE, create_index, open_index


class FolderHome:
    """A folder that holds the index, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def place(self) -> str:
        return str(self._folder)

    def open(self, stamp: str, library: str) -> Index:
        index_folder.check(self._folder, index_folder.stamp_of(ENGINE, stamp, library))
        return open_index(self._folder)

    def make(self, stamp: str, library: str, changes: Iterable[Change], generation: int) -> Index:
        fresh = index_folder.begin(self._folder)
        index = create_index(fresh)
        index.write(changes, generation)
        index.close()
        index_folder.finish(fresh, self._folder, index_folder.stamp_of(ENGINE, stamp, library))
        return open_index(self._folder)
