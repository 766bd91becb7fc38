"""Maps for the browser (图谱): pyvis builds the network of a `MapPage`; our own page and vis-network draw it.

The only home of pyvis. Its HTML is never used: it links to other sites and does not escape.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from graph import EDGES, NODES, EdgeName
from web.maps.layout import wrapped
from web.maps.networks.vis import Network
from web.maps.page import MapEdge, MapNode, MapPage

_FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
_COLOURS = {kind.name: kind.colour for kind in NODES}
_EDGES = {kind.name: kind for kind in EDGES}

LINES: dict[EdgeName, tuple[float, tuple[int, ...]]] = {kind.name: (kind.width, kind.dashes) for kind in EDGES}
"""Width and dashes of the lines."""


def vis_network(page: MapPage, url_of: Callable[[MapNode], str]) -> dict[str, Any]:
    """Nodes, edges and options as vis-network takes them; `url_of` is where a node leads to."""
    network = Network(directed=True, cdn_resources="in_line")
    for node in page.nodes:
        _add_node(network, node, url_of(node))
    for edge in page.edges:
        _add_edge(network, edge)
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": _options(json.loads(options))}


def _add_node(network: Network, node: MapNode, url: str) -> None:
    colour = _COLOURS[node.kind]
    network.add_node(
        node.key, label=wrapped(node.label), shape="box", x=float(node.x), y=float(node.y), kind=node.kind,
        words=node.label, url=url, main=node.main, margin=8, borderWidth=2,
        color={"border": colour, "background": colour if node.main else "#ffffff",
               "highlight": {"border": colour, "background": "#ffe08a"}},
        font={"face": _FONT, "size": 14, "color": "#ffffff" if node.main else colour},
        shapeProperties={"borderRadius": 12 if node.kind == "unit" else 2,
                         "borderDashes": [4, 3] if node.kind == "document" else False},
    )  # fmt: skip


def _add_edge(network: Network, edge: MapEdge) -> None:
    kind = _EDGES[edge.kind]
    width, dashes = LINES[edge.kind]
    network.add_edge(
        edge.source, edge.target, id=edge.id, kind=edge.kind, count=edge.count, arrows="",
        color={"color": kind.colour, "opacity": 0.75, "highlight": kind.colour},
        dashes=list(dashes) or False,
        width=width + min(4.0, 0.4 * (edge.count - 1)),
    )  # fmt: skip


def _options(options: dict[str, Any]) -> dict[str, Any]:
    """The options without pyvis's panel and physics: places are given."""
    options.pop("configure", None)
    options["physics"] = {"enabled": False}
    curve = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.4}
    options["edges"] = {"smooth": curve}
    options["interaction"] = {
        "hover": True, "dragNodes": False, "hideEdgesOnDrag": False, "tooltipDelay": 200, "navigationButtons": False,
        "keyboard": {"enabled": True, "bindToWindow": False}, "multiselect": False,
    }  # fmt: skip
    return options
