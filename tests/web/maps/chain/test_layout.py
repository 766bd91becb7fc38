"""The staircase: no line crosses another or a box, no boxes overlap, whatever is cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import Level, Region
from web.maps.chain.layout import FIRST, MADE, ChainMap, chain_map
from web.maps.chain.making import CitedPlace, KnownDocument, chain_of
from web.maps.picture import PictureBox

PLACES: tuple[tuple[Level | None, str], ...] = (
    ("国家", "全国"), ("省", "河南省"), ("省", "浙江省"), ("市", "焦作市"), ("市", "郑州市"), ("县", "焦作市示范区"),
    (None, ""),
)  # fmt: skip
MATTERS = ("若干措施", "实施方案", "<script>alert(1)</script>", "责任" * 60)
Segment = tuple[float, float, float, float]


def a_map(cited: Sequence[tuple[int, int, int, int]], every: bool = False) -> ChainMap:
    """Documents, each told as place, matter, plan and role (1: it is to be written)."""
    known, places = {}, []
    for place, matter, plan, made in cited:
        level, name = PLACES[place]
        id = f"{place}-{matter}"
        title = f"{name}印发〈{MATTERS[matter % 4]}{matter}〉的通知"
        known[id] = KnownDocument(id, title, f"{name}发〔2020〕{matter}号", None, Region(name, level))
        places.append(CitedPlace(id, f"plan{plan}", "revise" if made else "implement", (f"t{plan}{place}{matter}",)))
    plans = dict.fromkeys(place.plan_id for place in places)
    return chain_map(chain_of(places, known, {id: f"工作要点{id}" * 3 for id in plans}), every, "3 件依据")


cited = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=60
)


def segments(path: str) -> list[Segment]:
    """The straight pieces of a path of M, H and V."""
    found: list[Segment] = []
    x = y = 0.0
    for command, said in re.findall(r"([MHV])([^MHV]+)", path):
        numbers = [float(each) for each in said.split()]
        nx, ny = (numbers[0], numbers[1]) if command == "M" else (numbers[0], y) if command == "H" else (x, numbers[0])
        if command != "M":
            found.append((min(x, nx), min(y, ny), max(x, nx), max(y, ny)))
        x, y = nx, ny
    return found


def cross(one: Segment, other: Segment) -> bool:
    """Whether two level or upright pieces cross inside both of them; what begins or ends on the other only meets it."""
    level, upright = (one, other) if one[1] == one[3] else (other, one)
    if level[1] != level[3] or upright[0] != upright[2]:
        return False
    return level[0] + 0.5 < upright[0] < level[2] - 0.5 and upright[1] + 0.5 < level[1] < upright[3] - 0.5


def runs_through(piece: Segment, box: PictureBox) -> bool:
    return (
        piece[0] < box.x + box.w - 1 and box.x + 1 < piece[2] + 0.01 and piece[1] < box.y + box.h - 1
        and box.y + 1 < piece[3] + 0.01
    )  # fmt: skip


@given(cited)
@settings(max_examples=60, deadline=None)
def test_nothing_crosses_and_nothing_lies_on_anything(places: list[tuple[int, int, int, int]]) -> None:
    made = a_map(places, every=True)
    pieces = [(line, piece) for line in made.picture.lines for piece in segments(line.path)]
    assert not [(a[0].id, b[0].id) for a, b in combinations(pieces, 2) if a[0] is not b[0] and cross(a[1], b[1])]
    for box in made.picture.boxes:
        assert not [line.id for line, piece in pieces if runs_through(piece, box)]
        assert box.x + box.w <= made.picture.w
        assert box.y + box.h <= made.picture.h
    for one, other in combinations(made.picture.boxes, 2):
        apart = one.y + one.h <= other.y or other.y + other.h <= one.y
        assert apart or one.x + one.w <= other.x or other.x + other.w <= one.x


@given(cited)
@settings(max_examples=40, deadline=None)
def test_every_document_has_a_row_and_every_plan_its_dot(places: list[tuple[int, int, int, int]]) -> None:
    made = a_map(places, every=True)
    assert [each.key for each in made.shown] == [each.key for each in made.chain.documents]
    if len(made.chain.plans) > 1:
        assert len(made.dots) == sum(len(each.by_plan) for each in made.chain.documents)
        assert made.chain.of == len(made.chain.documents) + sum(plan.alone for plan in made.chain.plans)


def test_the_first_view_fits_a_screen_and_says_what_it_leaves_out() -> None:
    places = [(place, matter, 0, made) for place in range(7) for matter in range(10) for made in (0, 1)]
    made = a_map(places)
    assert made.picture.shown == FIRST
    assert made.picture.of == 70
    assert made.picture.h <= 620
    assert sum(box.kind == "made" for box in made.picture.boxes) == MADE
    assert a_map(places, every=True).picture.shown == 70


def test_a_number_is_never_cut_away() -> None:
    for matters in (3, 10):
        made = a_map([(place, matter, 0, 0) for place in range(6) for matter in range(matters)])
        for each in made.shown:
            box = next(box for box in made.picture.boxes if box.id == each.key)
            assert (each.document.number or "") in "".join(box.lines)
