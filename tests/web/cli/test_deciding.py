"""decide and decisions, as somebody at the command line meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from search.opening import open_store_at
from tests.support.factories import a_plan, a_task
from web.cli.console import the_lexicon
from zeren import app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = open_store_at(tmp_path / "library", the_lexicon())
    store.save(*a_plan(a_task("检查食堂", lead=["食药监分局"]), title="一号方案", number=None))
    store.save(*a_plan(a_task("检查市场", lead=["商务局"]), title="二号方案", number=None))
    store.close()
    return tmp_path / "library"


def run(*arguments: object, folder: Path) -> Result:
    variables = {"ZEREN_LANG": "", "ZEREN_LIBRARY": str(folder), "ZEREN_WHO": "王敏"}
    return CliRunner(env=variables).invoke(app, [*map(str, arguments)])


def test_units_are_merged_by_their_names_and_search_follows(folder: Path) -> None:
    merged = run("decide", "merge", "食药监分局", "商务局", "--why", "机构改革", folder=folder)
    assert merged.exit_code == 0
    assert "合并单位" in merged.output
    assert "检查食堂" in run("ask", "商务局负责什么", folder=folder).output
    log = run("decisions", folder=folder).output
    assert "王敏" in log
    assert "机构改革" in log
    assert run("decide", "undo", "1", folder=folder).exit_code == 0
    assert "检查食堂" not in run("ask", "商务局负责什么", folder=folder).output
    assert "已撤销" in run("decisions", folder=folder).output


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "食药监分局"),
        ("merge", "食药监分局", "没有的单位"),
        ("merge", "食药监分局", "食药监分局"),
        ("undo", "七"),
        ("undo", "7"),
        ("split", "食药监分局", "没有的文件"),
    ],
)
def test_what_cannot_be_decided_is_one_sentence(arguments: tuple[str, ...], folder: Path) -> None:
    refused = run("decide", *arguments, folder=folder)
    assert refused.exit_code == 2
    assert "Traceback" not in refused.output
    assert run("decisions", folder=folder).output.count("合并") == 0
