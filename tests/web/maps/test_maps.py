"""Maps: every edge of the page's facts, every node in its place, the same each time, and pyvis as builder only."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.schema.kinds import ROLE_EDGES
from tests.conftest import ROOT
from tests.support.web_library import Addresses
from web.library import Library
from web.maps.layout import LINES, Layer, place, wrapped
from web.maps.network import LINES as EDGE_LINES
from web.maps.network import vis_network
from web.maps.page import unit_map
from web.pages.unit import unit_duties

LABELS = st.text("一二三，。（）abc", min_size=1, max_size=80)


def test_a_units_map_holds_each_of_its_tasks_in_its_role(addresses: Addresses, site_library: Library) -> None:
    store = site_library.store
    duties = store.duties_of(addresses.unit)
    page = unit_duties(store.unit(addresses.unit), duties, lambda plan, task: site_library.facts(plan).task(task))
    drawn = {(edge.kind, edge.target) for edge in unit_map(page).edges if edge.source == f"unit:{addresses.unit}"}
    assert drawn == {(ROLE_EDGES[duty.role], f"task:{duty.task_id}") for duty in duties if duty.via == "own"}


def test_every_edge_joins_two_nodes_of_the_map(site: FlaskClient, addresses: Addresses) -> None:
    for name in ("unit", "document"):
        path = addresses.all()[f"map-{name}"]
        network = site.get(f"{path}/network").json
        assert network is not None
        keys = {node["id"] for node in network["nodes"]}
        assert {edge[end] for edge in network["edges"] for end in ("from", "to")} <= keys
        assert len({edge["id"] for edge in network["edges"]}) == len(network["edges"])


def test_the_same_map_has_the_same_places(site: FlaskClient, addresses: Addresses) -> None:
    path = f"/api/v1/maps/unit/{addresses.unit}"
    assert site.get(path).data == site.get(f"{path}?again=1").data


def test_the_browser_moves_nothing_by_itself(site: FlaskClient, addresses: Addresses) -> None:
    network = site.get(f"/maps/unit/{addresses.unit}/network").json
    assert network is not None
    assert network["options"]["physics"] == {"enabled": False}
    assert "configure" not in network["options"]


def test_roles_are_told_apart_by_their_lines() -> None:
    lines = [EDGE_LINES[kind] for kind in ROLE_EDGES.values()]
    assert len(set(lines)) == 3
    assert EDGE_LINES["leads"][0] > EDGE_LINES["responsible_for"][0]
    assert EDGE_LINES["supports"][1]
    assert not EDGE_LINES["responsible_for"][1]


def test_a_node_without_a_label_keeps_its_words(addresses: Addresses, site_library: Library) -> None:
    store = site_library.store
    page = unit_map(unit_duties(store.unit(addresses.unit), (), lambda plan, task: None))
    network = vis_network(page, lambda node: f"/{node.kind}")
    assert [node["words"] for node in network["nodes"]] == [page.title]


@given(st.lists(st.lists(LABELS, min_size=1, max_size=12), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_no_two_nodes_of_a_column_touch(columns: list[list[str]]) -> None:
    layers = [Layer(tuple((f"{n}-{m}", label) for m, label in enumerate(column))) for n, column in enumerate(columns)]
    edges = [(f"{n}-0", f"{n + 1}-{m}") for n in range(len(columns) - 1) for m in range(len(columns[n + 1]))]
    places = place(layers, edges)
    for layer in layers:
        heights = sorted((places[key][1], wrapped(label).count("\n") + 1) for key, label in layer.nodes)
        for (above, lines), (below, more) in pairwise(heights):
            assert below - above >= 10 * (lines + more)


@given(LABELS)
@settings(max_examples=60, deadline=None)
def test_a_label_loses_nothing_without_saying_so(label: str) -> None:
    lines = wrapped(label).split("\n")
    assert len(lines) <= LINES
    assert "".join(lines) == label or lines[-1].endswith("……")


@pytest.mark.parametrize("kind", ["task", "unit", "document"])
def test_a_node_leads_to_its_page(site: FlaskClient, addresses: Addresses, kind: str) -> None:
    network = site.get(f"/maps/unit/{addresses.unit}/network").json
    assert network is not None
    node = next(node for node in network["nodes"] if node["kind"] == kind)
    assert site.get(node["url"]).status_code == 200


def test_the_site_loads_without_notebooks_and_what_they_bring() -> None:
    """Also where IPython is installed, as for some other purpose of the same Python."""
    asked = "import sys, web.site.app; print({'IPython', 'jedi', 'pexpect', 'traitlets'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


def test_what_is_installed_leaves_out_what_only_notebooks_need() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    names = {line.partition("==")[0] for line in lines if "==" in line}
    assert "pyvis" in names
    assert not names & {"ipython", "jedi", "pexpect", "ptyprocess", "traitlets", "prompt-toolkit"}


def test_an_ipython_that_is_there_stays_as_it_was() -> None:
    asked = """
import sys, types
mine = sys.modules["IPython"] = types.ModuleType("IPython")
import web.maps
assert sys.modules["IPython"] is mine and "IPython.display" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True)
