"""Where the index cannot be written: a full disk, a folder without rights, a write that fails at any step."""

from __future__ import annotations

import gc
import os
import stat
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.lexicon import Lexicon
from search import whoosh_index
from search.catalog import Catalog
from search.index import Index
from search.opening import close_both, open_catalog_at
from search.tree import EVERYTHING, Query
from search.whoosh_view import View
from tests.conftest import ROOT
from tests.factories import some_plans
from tests.search_engines import a_folder, create_at
from tests.search_library import a_catalog, task_texts
from tests.test_search_catalog import Clock, a_numbered_plan, answers
from tests.test_search_index import change
from tests.web_library import library_of, settings_for
from web.app import create_app


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A disk that keeps no file of an index."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("search.index_folder._put", full)
        yield patched


def test_on_a_full_disk_a_plan_is_kept_and_found_and_the_index_is_kept_once_there_is_room(
    tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    with full_disk.context() as room:
        room.undo()
        catalog = a_catalog(tmp_path, a_numbered_plan(1, "开展抽检"), clock=clock)
        full_disk.undo()
    _fill(full_disk)
    assert catalog.add(*a_numbered_plan(2, "组织抽检")).outcome == "new"
    assert catalog.trouble is not None
    assert (catalog.trouble.code, catalog.trouble.params["reason"]) == (
        "index-not-writable", "No space left on device",
    )  # fmt: skip
    assert sorted(task_texts(catalog, "抽检")) == ["开展抽检", "组织抽检"]
    full_disk.undo()
    assert a_catalog(tmp_path).generation() == 2
