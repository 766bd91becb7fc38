"""The picture of a matrix holds what is open in the view, and what a plan says stays text in it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.support.map_rows import a_section, a_task, some_data
from web.maps.frame import MapFrame, sums_of
from web.maps.matrix.making import MatrixData, matrix_of
from web.maps.outputs.drawing import svg_of
from web.maps.outputs.shapes import SvgWords
from web.maps.state import MapState

SVG = "{http://www.w3.org/2000/svg}"
MARKS = {"lead": "牵", "responsible": "责", "support": "配"}
WORDS = SvgWords(
    MARKS, {"lead": "牵头", "responsible": "负责", "support": "配合"},  # type: ignore[arg-type]
    "推定", "合计", "牵头", "未写", "其他单位", "首列单位", ("出处", "截至 2026年1月1日"),
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    'a" onload="x',
    "x&y';",
    "\u202e反\u2066",
    "\x00\x0b\ufffe",
    "长" * 300,
    "]]>",
    "𠮷",
)


def frame_of(data: MatrixData, state: MapState, title: str = "要点") -> MapFrame:
    made = matrix_of(data, state)
    return MapFrame("plan", "plan", title, "", "matrix", state, sums_of(made), made, None, "/tasks")


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def some() -> MatrixData:
    tasks = (
        a_task("a", "一", "牵发改委", "责财政局?"), a_task("b", "一", "配发改委", "责财政局"),
        a_task("c", "二", "责各县区"),
    )  # fmt: skip
    return some_data(*tasks, sections=(a_section("一"), a_section("二"), a_section("三")))


def test_open_rows_are_drawn_with_the_marks_of_their_cells_and_folded_ones_are_not() -> None:
    open_ = frame_of(some(), MapState(all=True))
    said = texts(svg_of(open_, WORDS))
    legend = 4
    cells = [s.role for row in open_.matrix.rows if not row.group for s in row.squares]
    assert sum(text in MARKS.values() for text in said) == len(cells) + legend
    shut = texts(svg_of(frame_of(some(), MapState(none=True)), WORDS))
    assert sum(text in MARKS.values() for text in shut) == 1 + legend
    assert not any("做好a" in text for text in shut)


def test_title_legend_source_and_day_stand_in_it() -> None:
    said = texts(svg_of(frame_of(some(), MapState(), "2026年要点"), WORDS))
    assert {"2026年要点", "牵头", "负责", "配合", "推定", "合计", "出处 · 截至 2026年1月1日"} <= {*said}


def test_it_stands_alone() -> None:
    svg = svg_of(frame_of(some(), MapState(all=True)), WORDS)
    assert {each.tag for each in ElementTree.fromstring(svg).iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "rect", "path", "text")
    }
    assert not any(word in svg for word in ("href", "url(", "style=", "onload", "<image"))


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_plan_says_stays_text(said: str) -> None:
    data = some_data(a_task(said, f"一{said}", f"牵{said}局"), a_task("b", "二", "责财政局"))
    svg = svg_of(frame_of(data, MapState(all=True), said), WORDS)
    root = ElementTree.fromstring(svg)
    assert {each.tag for each in root.iter()} <= {f"{SVG}{name}" for name in ("svg", "title", "rect", "path", "text")}
    assert not any(name.startswith("on") for each in root.iter() for name in each.attrib)
    assert not set("\u202e\u2066\x00") & set(svg)
