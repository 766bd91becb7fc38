"""How a map stands on the site (图上的链接): its legend, and where its nodes lead to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from graph import EdgeName
from web.maps.network import LINES, vis_network
from web.maps.page import MapNode, MapPage

_LEGEND: tuple[EdgeName, ...] = ("leads", "responsible_for", "supports", "cites", "inner", "names", "contains")
"""The kinds of edges that maps draw, in the order of the legend."""


def drawn(page: MapPage) -> Mapping[str, object]:
    """What the template of a map gets besides the map: the lines of the legend, and where a node leads to."""
    shown = {edge.kind for edge in page.edges}
    return {"lines": {kind: LINES[kind] for kind in _LEGEND if kind in shown}, "url_of": _url_of}


def network(page: MapPage) -> dict[str, Any]:
    """The network that the browser draws."""
    return vis_network(page, _url_of)


def _url_of(node: MapNode) -> str:
    """Where a node of a map leads to."""
    if node.kind == "section":
        return url_for("pages.text", id=node.id.partition(".")[0], _anchor=node.id)
    return url_for(f"pages.{node.kind}", id=node.id)
