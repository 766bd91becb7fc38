"""The map of a unit: every duty once, no boxes on each other, no lines across, and opening moves nothing above."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.query import TaskRow
from tests.support.map_rows import a_section, a_task, some_data
from web.maps.matrix.making import MatrixData
from web.maps.picture import Picture, PictureBox, PictureLine
from web.maps.state import MapState, key_of
from web.maps.wings.layout import TALL, UnitMap, unit_map
from web.maps.wings.tree import Wing, walk

WORDS = {
    "lead": "牵头", "responsible": "负责", "support": "配合", "led": "它牵头，参与的单位", "leads": "牵头它的单位",
    "joint": "和它共同牵头的单位", "third": "同受别家牵头的单位", "beside": "无牵头、共同承担",
    "documents": "依据和要出的文件", "times": "时限",
}  # fmt: skip
MARKS = "牵责配"
NAMES = ("发改委", "财政局", "教育局", "公安局", "各乡镇", "市场监管局", "水利局", "住建局")


def a_library(roles: list[tuple[str, int, list[tuple[str, int]]]]) -> MatrixData:
    """A task for each: the unit's mark, the section, and other units with their marks."""
    tasks = [
        a_task(f"任务{n}", f"{section}", f"{mark}民政局", *(f"{m}{NAMES[at]}" for m, at in dict(others).items()))
        for n, (mark, section, others) in enumerate(roles)
    ]
    return some_data(*tasks, sections=tuple(a_section(str(n)) for n in range(6)), first="民政局")


libraries = st.lists(
    st.tuples(
        st.sampled_from(MARKS),
        st.integers(0, 5),
        st.lists(st.tuples(st.sampled_from(MARKS), st.integers(0, len(NAMES) - 1)), max_size=3),
    ),
    min_size=1,
    max_size=40,
).map(a_library)


def drawn(data: MatrixData, state: MapState | None = None) -> UnitMap:
    return unit_map(data, state or MapState(), lambda code: WORDS.get(code, code))


def on_each_other(one: PictureBox, other: PictureBox) -> bool:
    return (
        one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h
    )


def points(line: PictureLine) -> list[tuple[float, float]]:
    """A line as points along it: of an elbow its corners, of a curve thirty of its points."""
    numbers = [float(each) for each in re.findall(r"-?[\d.]+", line.path)]
    if "C" not in line.path:
        x, y, down, across = numbers
        return [(x, y), (x, down), (across, down)]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = zip(numbers[::2], numbers[1::2], strict=True)
    found = []
    for n in range(31):
        t, s = n / 30, 1 - n / 30
        found.append((
            s**3 * x0 + 3 * s * s * t * x1 + 3 * s * t * t * x2 + t**3 * x3,
            s**3 * y0 + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t**3 * y3,
        ))  # fmt: skip
    return found


def cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < -1e-6 and side(c, d, a) * side(c, d, b) < -1e-6


def crossings(picture: Picture) -> list[tuple[str, str]]:
    made = [(line, points(line)) for line in picture.lines]
    return [
        (one.id, other.id)
        for (one, first), (other, second) in combinations(made, 2)
        if {one.source, one.target}.isdisjoint({other.source, other.target})
        and any(cross(*a, *b) for a in pairwise(first) for b in pairwise(second))
    ]


def leaves(wings: tuple[Wing, ...]) -> list[str]:
    return [id for wing in walk(wings) if wing.kind == "task" for id in wing.tasks]


@given(libraries)
@settings(deadline=None)
def test_every_duty_stands_once_and_every_box_counts_what_hangs_on_it(data: MatrixData) -> None:
    made = drawn(data)
    assert sorted(leaves(made.left)) == sorted(task.id for task in data.tasks)
    assert sum(made.counts) == len(data.tasks)
    for wing in walk(made.left):
        below = [id for child in wing.children for id in child.tasks]
        assert not wing.children or sorted(below) == sorted(wing.tasks)
    for wing in made.right:
        assert {id for child in wing.children for id in child.tasks} == set(wing.tasks)


@given(libraries, st.booleans())
@settings(max_examples=15, deadline=None)
def test_no_box_stands_on_another_and_no_line_crosses_another(data: MatrixData, everything: bool) -> None:
    picture = drawn(data, MapState(turned="*") if everything else None).picture
    assert not [(a.words, b.words) for a, b in combinations(picture.boxes, 2) if on_each_other(a, b)]
    assert crossings(picture) == []
    assert all(box.x >= 0 and box.x + box.w <= picture.w + 0.1 for box in picture.boxes)
    assert all(box.y >= -0.1 and box.y + box.h <= picture.h + 0.1 for box in picture.boxes)


@given(libraries)
@settings(deadline=None)
def test_the_first_view_fits_a_screen_where_plans_and_groups_alone_do(data: MatrixData) -> None:
    assert drawn(data).picture.h <= TALL + 60


@given(libraries, st.data())
@settings(deadline=None)
def test_opening_a_box_moves_nothing_above_it_in_its_wing(data: MatrixData, choose: st.DataObject) -> None:
    tall = MapState(all=True, open=("none",))
    before = drawn(data, tall)
    shut = choose.draw(st.sampled_from([wing for wing in walk(before.left) if wing.children]))
    now = drawn(data, MapState(all=True, open=(shut.key,)))
    at = {box.id: box.y for box in before.picture.boxes}
    where = {box.id: box.y for box in now.picture.boxes}
    if before.picture.h >= TALL and now.picture.h >= TALL and shut.kind != "role":
        stacked = [
            wing.key for wing in walk(now.left) if wing.kind in ("plan", "section", "task") and wing.key in where
        ]
        for key in stacked[: stacked.index(shut.key) + 1 if shut.key in stacked else 0]:
            assert where[key] == pytest.approx(at[key], abs=0.1)


def test_whom_the_unit_leads_who_leads_it_and_what_others_are_to_it_are_told_apart() -> None:
    tasks = (
        a_task("一", "1", "牵民政局", "配财政局"),
        a_task("二", "1", "配民政局", "牵财政局", "配教育局"),
        a_task("三", "1", "牵民政局", "牵公安局", "配教育局"),
        a_task("四", "1", "责民政局", "责水利局"),
        a_task("五", "1", "责民政局", "牵公安局", "责水利局"),
    )
    made = drawn(some_data(*tasks, first="民政局"))
    assert {(wing.id, child.label): child.counts for wing in made.right for child in wing.children} == {
        ("led", "财政局"): (0, 0, 1),
        ("led", "教育局"): (0, 0, 1),
        ("leads", "财政局"): (1, 0, 0),
        ("leads", "公安局"): (1, 0, 0),
        ("joint", "公安局"): (1, 0, 0),
        ("third", "教育局"): (0, 0, 1),
        ("third", "水利局"): (0, 1, 0),
        ("beside", "水利局"): (0, 1, 0),
    }


def test_many_partners_end_in_a_row_that_says_how_many_are_left_and_opens_on_request() -> None:
    tasks: list[TaskRow] = [a_task(f"任务{n}", "1", "牵民政局", f"配单位{n:02}局") for n in range(40)]
    data = some_data(*tasks, first="民政局")
    rest = [box for box in drawn(data).picture.boxes if box.kind == "rest"]
    shown = sum(box.kind == "unit" for box in drawn(data).picture.boxes)
    assert [int(box.words) for box in rest] == [40 - shown]
    everything = drawn(data, MapState(more=(key_of("led"),)))
    assert sum(box.kind == "unit" for box in everything.picture.boxes) == 40


def test_the_same_view_is_the_same_picture() -> None:
    data = a_library([("牵", n % 6, [("配", n % 8), ("责", (n + 3) % 8)]) for n in range(30)])
    assert drawn(data).picture == drawn(data).picture
