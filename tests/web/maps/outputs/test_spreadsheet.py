"""The table of a matrix: a row a task, and nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.support.map_rows import a_section, a_task, some_data
from tests.web.maps.outputs.test_drawing import frame_of
from web.maps.outputs.spreadsheet import csv_of
from web.maps.state import MapState
from web.words.harmless import cell

ROLE_NAMES = {"lead": "牵头", "responsible": "负责", "support": "配合"}


def test_every_task_is_a_row_with_its_roles_also_where_it_is_folded_away() -> None:
    sections = (a_section("一"), a_section("二"))
    data = some_data(
        a_task("a", "一", "牵发改委", "责财政局"),
        a_task("b", "一", "配发改委"),
        a_task("c", "二", "责财政局"),
        sections=sections,
    )
    said = csv_of(frame_of(data, MapState(none=True)), ("章节", "任务", "牵头"), ROLE_NAMES)  # type: ignore[arg-type]
    assert said.startswith("\ufeff")
    rows = [*csv.reader(StringIO(said.removeprefix("\ufeff")))]
    assert rows == [
        ["章节", "任务", "牵头", "发改委", "财政局"],
        ["一 标题一", "做好a。", "发改委", "牵头", "负责"],
        ["一 标题一", "做好b。", "", "配合", ""], ["二 标题二", "做好c。", "", "", "负责"],
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")'])
def test_what_looks_like_a_formula_is_text(said: str) -> None:
    assert not cell(said).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("said", ["发改委", "2026年", "（一）", "a=b", ""])
def test_other_text_stays_as_it_is(said: str) -> None:
    assert cell(said) == said
