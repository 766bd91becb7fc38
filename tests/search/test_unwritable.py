"""Where the index cannot be written: a full disk, a folder without rights, a write that fails at any step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from graph.errors import DiskFull
from graph.sqlite.lock import WriterLock
from graph.sqlite.store import open_store
from ingest.errors import ZerenError
from ingest.language.lexicon import Lexicon
from search.catalog import Catalog, open_catalog
from search.index.tree import EVERYTHING, Query
from search.opening import close_both, open_catalog_at
from search.whoosh.home import FolderHome
from search.whoosh.index import open_index
from tests.graph.sqlite.test_damage import as_nobody
from tests.search.index.test_port import change
from tests.search.test_catalog import Clock, a_numbered_plan, answers
from tests.support.factories import resolve, some_plans
from tests.support.hostile_index import loaded_and_sealed
from tests.support.search_engines import a_folder, create_at
from tests.support.search_library import NO_NAMES, a_catalog, task_texts
from tests.support.web_library import settings_for
from web.site.app import create_app

NOBODY = 65534


@contextmanager
def a_full_disk() -> Iterator[None]:
    """A disk that keeps no file of an index."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", full)
        yield


def test_on_a_full_disk_a_plan_is_found_all_the_same_and_its_index_is_kept_once_there_is_room(tmp_path: Path) -> None:
    clock = Clock()
    catalog = a_catalog(tmp_path, a_numbered_plan(1, "开展抽检"), clock=clock)
    with a_full_disk():
        assert catalog.add(*a_numbered_plan(2, "组织抽检")).outcome == "new"
        assert catalog.trouble is not None
        assert catalog.trouble.code == "index-not-writable"
        assert catalog.trouble.params["reason"] == "No space left on device"
        assert sorted(task_texts(catalog, "抽检")) == ["开展抽检", "组织抽检"]
        clock.now += 120
        assert sorted(task_texts(catalog, "抽检")) == ["开展抽检", "组织抽检"]
        assert catalog.trouble is not None
    clock.now += 120
    assert sorted(task_texts(catalog, "抽检")) == ["开展抽检", "组织抽检"]
    assert catalog.trouble is None
    again = a_catalog(tmp_path)
    assert again.generation() == again.store.generation()
    assert _made_anew(tmp_path) == 0


def test_on_a_full_disk_a_library_without_index_is_searched(tmp_path: Path) -> None:
    wanted = answers(a_catalog(tmp_path, *some_plans(2, tasks=4)))
    shutil.rmtree(tmp_path / "index")
    with a_full_disk(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(WriterLock, "__enter__", _no_room)
        catalog = a_catalog(tmp_path)
        assert answers(catalog) == wanted
        assert catalog.trouble is not None
    assert a_catalog(tmp_path).trouble is None


def _no_room(lock: WriterLock) -> None:
    raise DiskFull(path="library.lock")


def test_a_write_that_failed_leaves_nothing_of_itself_on_the_disk(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_numbered_plan(1, "开展抽检"))
    before = _sizes(tmp_path / "index")
    with a_full_disk():
        catalog.add(*a_numbered_plan(2, "组织抽检"))
    assert _sizes(tmp_path / "index") == before


def _sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir()}


def _made_anew(folder: Path) -> int:
    """How many plans are indexed anew when the library is opened."""
    told: list[str] = []
    store, home = open_store(folder / "library", resolve, "1"), FolderHome(folder / "index")
    close_both(open_catalog(store, home, resolve, NO_NAMES, watch=lambda step, *_: told.append(step)))
    return len(told)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("no more"), MemoryError()])
@pytest.mark.parametrize(
    "step",
    [
        "whoosh.writing.SegmentWriter.__init__",
        "whoosh.writing.SegmentWriter.delete_by_term",
        "whoosh.writing.SegmentWriter.add_document",
        "whoosh.writing.SegmentWriter._flush_segment",
        "whoosh.writing.SegmentWriter.commit",
        "whoosh.index.TOC.write",
        "search.whoosh.index._left_alone",
        "search.whoosh.index.tokens_of",
        "search.whoosh.folder._take",
        "search.whoosh.folder._put",
        "search.whoosh.folder._sync_names",
        "os.fsync",
        "os.replace",
    ],
)
def test_after_a_write_that_failed_at_any_step_the_next_one_works(tmp_path: Path, step: str, error: Exception) -> None:
    index = create_at(tmp_path / "index")
    index.write([change("p", "食品")], 1)

    def failing(*_: object, **__: object) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(step, failing)
        with suppress(ZerenError, type(error)):
            index.write([change("p", "药品"), change("q", "药品")], 2)
    index.write([change("p", "抽检")], 3)
    index.write([change("q")], 4)
    again = open_index(a_folder(tmp_path / "index"))
    for each in (index, again):
        assert [scored.entry.text for scored in each.search(Query(EVERYTHING)).scored] == ["抽检"]
        assert (each.generation(), each.trouble) == (4, None)


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that every user may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize("index", ["there", "behind", "missing", "hostile", "of another user"])
def test_a_library_that_may_not_be_written_is_searched_and_served(
    common: Path, lexicon: Lexicon, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(common / "state"))
    folder, proof = common / "library", common / "proof"
    with closing_both(open_catalog_at(folder, lexicon)) as catalog:
        for source, plan in some_plans(2, tasks=4):
            catalog.add(source, plan)
        if index == "behind":
            catalog.store.save(*a_numbered_plan(9, "组织抽检"))
    shutil.copytree(folder, common / "copy")
    with closing_both(open_catalog_at(common / "copy", lexicon)) as catalog:
        wanted = answers(catalog)
    if index == "missing":
        shutil.rmtree(folder / "index")
    elif index == "hostile":
        loaded_and_sealed(folder / "index", proof)
    _for_reading_only(folder, nobody=index != "of another user")
    _give(common / "state")
    _give(common)

    def ask() -> None:
        told: list[str] = []
        with closing_both(open_catalog_at(folder, lexicon, watch=lambda step, *_: told.append(step))) as opened:
            assert (answers(opened), not told) == (wanted, index in ("there", "behind"))
            assert (opened.trouble is None) == (index == "there")
            assert opened.generation() == opened.store.generation()
        client = create_app(settings_for(folder)).test_client()
        assert [client.get(page).status_code for page in ("/", "/search?q=抽检")] == [200, 200]

    assert as_nobody(ask)
    assert not proof.exists()


def _give(path: Path) -> None:
    """Gives a folder, and what is in it, to the user `nobody`; where we are not root it is ours already."""
    if os.getuid() == 0:
        for each in (path, *path.rglob("*")) if path.name == "state" else (path,):
            os.chown(each, NOBODY, NOBODY)


def _for_reading_only(folder: Path, nobody: bool) -> None:
    for path in (*folder.rglob("*"), folder):
        if nobody and os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(path.stat().st_mode & ~0o222 if path.name == "index" or path.parent.name == "index" else 0o555)


@contextmanager
def closing_both(catalog: Catalog) -> Iterator[Catalog]:
    try:
        yield catalog
    finally:
        close_both(catalog)
