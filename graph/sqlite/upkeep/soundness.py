"""What a store does about damage (健全): looks before it answers, and makes again what can be made again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from graph.errors import LibraryDamaged, NoLibrary, PlanDamaged
from graph.query.questions import Finding
from graph.sqlite.connection import connect, translated
from graph.sqlite.upkeep.backup import LIBRARY
from graph.sqlite.upkeep.checking import check, check_file, said
from graph.sqlite.upkeep.migrations import is_current
from graph.sqlite.writing import SqliteWriting
from graph.store import Watched, unminded


def check_folder(folder: Path, watch: Watched = unminded) -> tuple[Finding, ...]:
    """What of a folder's library is not as it was written; the file is read as it lies there, and nothing made again.

    Raises `NoLibrary`, `NotALibrary`, `NewerLibrary`, `LibraryDamaged`, `LibraryClosed`.
    """
    path = folder / LIBRARY
    with translated(path):
        if not path.exists():
            raise NoLibrary(path=str(folder))
        with closing(connect(path)) as connection, suppress(LibraryDamaged):
            is_current(connection, path)
    return check_file(path, watch)


@dataclass
class Soundness:
    """What a store knows of its library: plans whose record is damaged, and why it answers nothing, if so."""

    lost: frozenset[str] = frozenset()
    refused: LibraryDamaged | None = None

    @property
    def whole(self) -> bool:
        return not self.lost and self.refused is None

    def refuse(self, path: Path, found: Finding) -> None:
        self.refused = LibraryDamaged(path=str(path), reason=said(found))

    def require(self) -> None:
        """Raises `LibraryDamaged` where the library cannot be trusted."""
        if self.refused is not None:
            raise LibraryDamaged(**self.refused.params)

    def require_whole(self, path: Path) -> None:
        """Raises `PlanDamaged` where anything of the record is: a commit would sign what it stands on."""
        if self.lost:
            raise PlanDamaged(path=str(path), plan=min(self.lost), reason="checksum")

    @contextmanager
    def of(self, path: Path, plan_id: str) -> Iterator[None]:
        """Raises `PlanDamaged` where what the record holds of a plan is, or turns out to be, damaged."""
        if plan_id in self.lost:
            raise PlanDamaged(path=str(path), plan=plan_id, reason="checksum")
        try:
            yield
        except LibraryDamaged as error:
            if isinstance(error.__cause__, zlib.error | msgspec.MsgspecError | UnicodeDecodeError):
                raise PlanDamaged(path=str(path), plan=plan_id, reason=str(error.params["reason"])) from error
            raise


def mended(writing: SqliteWriting) -> None:
    """Makes all tables and indexes anew from the record, and reads everything again. Raises `LibraryDamaged`."""
    writing.make_tables()
    writing.connection.execute("REINDEX")
    for found in check(writing.connection):
        if found.code != "plan":
            raise LibraryDamaged(path="", reason=said(found))
