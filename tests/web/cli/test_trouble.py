"""What keeps the index from being kept is told in one line, once, and what is asked is answered all the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from search.opening import close_both, open_catalog_at
from tests.support.factories import a_plan
from web.cli.console import the_lexicon
from zeren import app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    catalog = open_catalog_at(tmp_path / "library", the_lexicon())
    catalog.add(*a_plan("开展校园抽检"))
    close_both(catalog)
    shutil.rmtree(tmp_path / "library" / "index")
    return tmp_path / "library"


def search(folder: Path, lang: str = "") -> Result:
    return CliRunner(env={"ZEREN_LANG": lang, "ZEREN_LIBRARY": str(folder)}).invoke(app, ["search", "校园抽检"])


@pytest.mark.parametrize(("lang", "said"), [("", "检索索引没有更新或保存下来"), ("en", "The search index was not")])
def test_an_index_that_cannot_be_kept_is_told_once(
    folder: Path, lang: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answered = search(folder, lang)
    assert (answered.exit_code, answered.output.count(said)) == (0, 1)
    assert "校园抽检" in answered.stdout
    monkeypatch.undo()
    search(folder, lang)
    assert said not in search(folder, lang).output
