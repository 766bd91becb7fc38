"""Networks as records: numbers that hide nothing, names that stand twice, what is selected, pyvis as builder only."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.maps.collaboration.test_making import a_network
from web.maps.collaboration.making import ROOM, collaboration
from web.maps.collaboration.painting import network_of
from web.maps.networks.choosing import Lit, keys_in, lit
from web.maps.networks.records import NetworkNode, NetworkPicture, NetworkTie, ends_of
from web.maps.networks.tags import TAG_HIGH, TAG_WIDE, tagged
from web.maps.networks.vis import vis_network
from web.maps.picture import cut, em, places_beside


def a_picture(units: int = 70, tasks: int = 400, seed: int = 1, least: int = 0, leads: bool = False) -> NetworkPicture:
    made = collaboration(*a_network(units, tasks, seed))
    return network_of(made, [f"第{n}框" for n, _ in enumerate(made.groups)], least, leads)


def spots(net: NetworkPicture) -> list[tuple[float, float]]:
    at = net.by_key
    found = []
    for tie in net.drawn:
        if tie.at >= 0:
            one, other = at[tie.source], at[tie.target]
            found.append((one.x + (other.x - one.x) * tie.at, one.y + (other.y - one.y) * tie.at))
    return found


@settings(deadline=None, max_examples=8)
@given(st.integers(8, 60), st.integers(20, 200), st.integers(0, 100))
def test_a_number_on_a_line_hides_no_name_no_title_and_no_other_number(units: int, tasks: int, seed: int) -> None:
    net = a_picture(units, tasks, seed)
    numbers = spots(net)
    for x, y in numbers:
        for node in net.nodes:
            assert abs(x - node.x) >= (node.w + TAG_WIDE) / 2 or abs(y - node.y) >= (node.h + TAG_HIGH) / 2
        assert not any(box.x < x < box.x + em(box.title) * 12 and box.y < y < box.y + 24 for box in net.boxes)
    for (x, y), (u, v) in combinations(numbers, 2):
        assert abs(x - u) >= TAG_WIDE or abs(y - v) >= TAG_HIGH


def test_the_strongest_lines_bear_their_number_and_no_weaker_one_before_them() -> None:
    net = a_picture()
    ranked = sorted(net.drawn, key=lambda tie: (-tie.weight, tie.id))
    assert sum(tie.at >= 0 for tie in ranked[:10]) >= 5
    assert all(tie.at < 0 for tie in net.ties if not tie.shown)


def test_one_task_is_no_number() -> None:
    nodes = [NetworkNode(key, "unit", key, key, 200.0 * n, 0.0, 60, key) for n, key in enumerate("甲乙")]
    assert [tie.at for tie in tagged(nodes, [NetworkTie("t", "甲", "乙", 1)])] == [-1.0]
    assert [tie.at for tie in tagged(nodes, [NetworkTie("t", "甲", "乙", 2)])] == [0.5]


@pytest.mark.parametrize(
    ("regions", "beside"),
    [
        (("焦作市", "焦作市示范区"), ["焦作市", "示范区"]),
        (("浙江省", "江北市"), ["浙江省", "江北市"]),
        (("江北市", "江北市新区", "江北市东乡县"), ["江北市", "新区", "东乡县"]),
        (("江北市",), [""]),
    ],
)
def test_a_name_that_stands_twice_has_its_place_beside_it(regions: tuple[str, ...], beside: list[str]) -> None:
    found = places_beside([*((region, "发改委", region) for region in regions), ("x", "住建局", "江北市")])
    assert [found[region] for region in regions] == beside
    assert found["x"] == ""


@given(st.text("局a市（）", max_size=60), st.integers(2, 30))
def test_a_cut_name_says_so_and_is_no_wider(name: str, width: int) -> None:
    said = cut(name, width)
    assert em(said) <= width
    assert said == name or said.endswith("…")


def test_the_browser_moves_nothing_by_itself_and_gets_no_title_that_might_be_markup() -> None:
    net = a_picture(20, 60)
    made = json.loads(json.dumps(vis_network(net, Lit())))
    assert made["options"]["physics"] == {"enabled": False}
    assert made["options"]["edges"]["smooth"] is False
    assert "configure" not in made["options"]
    assert not any("title" in each for each in (*made["nodes"], *made["edges"]))
    assert [(node["id"], node["x"], node["y"]) for node in made["nodes"]] == [(n.key, n.x, n.y) for n in net.nodes]
    assert [(edge["id"], edge["weight"]) for edge in made["edges"]] == [(tie.id, tie.weight) for tie in net.ties]


def test_an_arrow_ends_at_the_edge_of_whom_the_other_leads() -> None:
    nodes = {key: NetworkNode(key, "unit", key, key, x, 0.0, 60, key) for key, x in (("甲", 0.0), ("乙", 200.0))}
    assert ends_of(NetworkTie("t", "甲", "乙", 3, leads=2), nodes, arrow=True) == (0.0, 0.0, 170.0, 0.0)
    assert ends_of(NetworkTie("t", "甲", "乙", 3, led=2), nodes, arrow=True) == (200.0, 0.0, 30.0, 0.0)
    assert ends_of(NetworkTie("t", "甲", "乙", 3), nodes, arrow=False) == (0.0, 0.0, 200.0, 0.0)


def test_only_who_leads_leaves_lines_on_which_one_leads() -> None:
    net = a_picture(leads=True)
    assert net.ties
    assert all(tie.leads or tie.led for tie in net.ties)


def test_what_is_selected_stands_out_with_what_it_touches() -> None:
    net = a_picture()
    tie = net.drawn[0]
    assert keys_in(f".{tie.source}", net.by_key) == (tie.source,)
    assert keys_in(tie.id, net.by_key) == (tie.source, tie.target)
    assert keys_in("nobody.none", net.by_key) == ()
    assert lit(net, ()) == Lit()
    one = lit(net, (tie.source,))
    assert tie.id in one.ties
    assert {tie.source, tie.target} <= one.nodes
    assert lit(net, (tie.source, tie.target)).ties == {tie.id}
    way = [tie.source, tie.target]
    assert lit(net, (tie.source, net.nodes[0].key), way).nodes == {*way}


def test_what_the_boxes_hold_adds_up() -> None:
    made = collaboration(*a_network(90, 500))
    assert made.boxed == sum(group.units for group in made.groups) <= made.units <= made.named
    assert sum(group.shown for group in made.groups) == len(made.spots) == ROOM.units
