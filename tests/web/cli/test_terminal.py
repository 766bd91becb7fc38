"""Answers on the terminal (终端): long ones say that they are cut, and how to see the rest."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from search.questions import reply
from tests.support.search_library import a_catalog, a_plan_of
from web.cli.terminal import Terminal
from web.pages.reply import reply_view
from web.queries.labels import labels_in


@pytest.mark.parametrize(("limit", "cut"), [(2, True), (3, False)])
def test_a_long_answer_says_how_many_rows_it_left_out(tmp_path: Path, limit: int, cut: bool) -> None:
    catalog = a_catalog(tmp_path, a_plan_of(["开展抽检一次", "开展抽检两次", "开展抽检三次"]))
    said = io.StringIO()
    view = reply_view(reply("哪些任务没有时限", catalog, date(2021, 6, 1)), labels_in(catalog.store))
    Terminal(Console(file=said, width=200)).reply(view, limit)
    assert said.getvalue().count("开展抽检") == min(limit, 3)
    assert ("--limit 3" in said.getvalue()) is cut
