"""The one table of kinds: readable on white, told apart without colour, and the only source of names."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from graph.derived.gaps import is_vague, may_cover
from graph.schema import kinds as schema
from graph.schema.kinds import EDGES, NODES, ROLE_EDGES

GRAPH = Path(schema.__file__).parents[1]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_kind_has_a_name_of_its_own_and_labels() -> None:
    assert len({kind.name for kind in NODES}) == len(NODES)
    assert len({kind.name for kind in EDGES}) == len(EDGES)
    labels = [(kind.zh, kind.en) for kind in NODES] + [(kind.zh, kind.en) for kind in EDGES]
    assert all(re.fullmatch("[一-鿿]+", zh) and en.isascii() for zh, en in labels)


def test_edges_join_kinds_that_exist() -> None:
    names = {kind.name for kind in NODES}
    assert all({*kind.sources, *kind.targets} <= names for kind in EDGES)
    assert set(ROLE_EDGES.values()) <= {kind.name for kind in EDGES}


@pytest.mark.parametrize("colour", sorted({kind.colour for kind in NODES} | {kind.colour for kind in EDGES}))
def test_colours_can_be_read_on_white(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_nothing_is_told_by_colour_alone() -> None:
    lines = [(kind.dashes, kind.width) for kind in EDGES if kind.name in ROLE_EDGES.values()]
    assert len(set(lines)) == 3


def seen_by_the_colour_blind(colour: str) -> tuple[float, float, float]:
    """The colour without green cones (deuteranopia), Machado, Oliveira and Fernandes 2009, on gamma-coded values."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return (
        0.367322 * red + 0.860646 * green - 0.227968 * blue,
        0.280085 * red + 0.672501 * green + 0.047413 * blue,
        -0.011820 * red + 0.042940 * green + 0.968881 * blue,
    )


def test_the_three_roles_differ_for_colour_blind_eyes() -> None:
    colours = [seen_by_the_colour_blind(kind.colour) for kind in EDGES if kind.name in ROLE_EDGES.values()]
    for one, other in itertools.combinations(colours, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 60


def test_the_cold_path_does_not_load_networkx() -> None:
    cold = [path for path in GRAPH.rglob("*.py") if "import networkx" in path.read_text(encoding="utf-8")]
    assert {path.name for path in cold} == {"projection.py", "together.py"}
    loading = ("projection", "together")
    importing = [
        path.name
        for path in GRAPH.glob("sqlite/*.py")
        if any(f"graph.{name} import" in path.read_text("utf-8") for name in loading)
    ]
    assert importing == []


@pytest.mark.parametrize("name", ["相关部门", "各有关部门", "有关单位", "各相关责任单位", "区有关部门"])
def test_these_names_say_nothing_about_who(name: str) -> None:
    assert is_vague(name)


@pytest.mark.parametrize("name", ["各乡镇（街道）", "食安委成员单位", "教育局", "各部门"])
def test_these_names_say_something(name: str) -> None:
    assert not is_vague(name)


@pytest.mark.parametrize(
    ("collective", "unit", "covered"),
    [
        ("各乡镇（街道）", "城关镇", True),
        ("各乡镇（街道）", "文苑街道办事处", True),
        ("各乡镇人民政府", "城关镇人民政府", True),
        ("各乡镇（街道）", "教育局", False),
        ("食安委成员单位", "教育局", True),
        ("各部门", "教育局", True),
        ("各部门", "城关镇", False),
        ("相关部门", "教育局", False),
    ],
)
def test_a_collective_covers_units_of_its_kind(collective: str, unit: str, covered: bool) -> None:
    assert may_cover(collective, unit) is covered
