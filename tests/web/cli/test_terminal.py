"""Answers on the terminal (终端): long ones say that they are cut, and how to see the rest."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from search.questions import reply
from tests.support.search_library import a_catalog, a_plan_of
from web.cli.terminal import Terminal
from web.pages.reply import reply_view
from web.queries.labels import labels_in
from zeren import app


@pytest.mark.parametrize(("limit", "cut"), [(2, True), (3, False)])
def test_a_long_answer_says_how_many_rows_it_left_out(tmp_path: Path, limit: int, cut: bool) -> None:
    catalog = a_catalog(tmp_path, a_plan_of(["开展抽检一次", "开展抽检两次", "开展抽检三次"]))
    said = io.StringIO()
    view = reply_view(reply("哪些任务没有时限", catalog, date(2021, 6, 1)), labels_in(catalog.store))
    Terminal(Console(file=said, width=200)).reply(view, limit)
    assert said.getvalue().count("开展抽检") == min(limit, 3)
    assert ("--limit 3" in said.getvalue()) is cut


def test_a_search_by_the_command_line_takes_the_same_steps_as_the_page(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_plan_of(["严厉打击“瘦肉精”"]))
    said = io.StringIO()
    Terminal(Console(file=said, width=200)).results(catalog.look("瘦肉晶"))
    assert "没有找到“瘦肉晶”，按“瘦肉精”检索。" in said.getvalue()
    assert "严厉打击" in said.getvalue()


def test_lines_of_searches_become_a_table(tmp_path: Path) -> None:
    plan = next((Path(__file__).resolve().parents[3] / "data" / "plans").glob("*.txt"))
    asked = CliRunner(env={"ZEREN_LANG": "zh", "ZEREN_LIBRARY": str(tmp_path / "library")})
    assert asked.invoke(app, ["ingest", str(plan)]).exit_code == 0
    printed = asked.invoke(app, ["search", "-", "--limit", "1"], input="\ufeff瘦肉晶\n\n明厨亮灶\n@@@zzqq\n").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [(row["query"], row["kind"]) for row in rows] == [
        ("瘦肉晶", "task"),
        ("明厨亮灶", "milestone"),
        ("@@@zzqq", ""),
    ]
    assert rows[0]["step"].startswith("near")
