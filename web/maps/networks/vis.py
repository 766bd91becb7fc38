"""Networks for the browser (交给 vis-network): pyvis builds nodes, edges and options; our own script draws them.

The only home of pyvis. Its HTML is never used: it links to other sites and does not escape.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from msgspec.structs import asdict

from web.maps.matrix.records import tone
from web.maps.networks.choosing import Lit
from web.maps.networks.records import NetworkPicture


@contextmanager
def _without_notebooks() -> Iterator[None]:
    """An empty stand-in for IPython, there only while pyvis loads.

    pyvis imports it to show a network in a notebook, which a site has no use for. It would bring fourteen packages,
    among them one that starts programs (pexpect): `pyproject.toml` leaves them out.
    """
    display = ModuleType("IPython.display")
    display.__dict__["IFrame"] = None
    standing_in = {"IPython": ModuleType("IPython"), "IPython.display": display}
    loaded = {name: sys.modules[name] for name in standing_in if name in sys.modules}
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name in standing_in:
            del sys.modules[name]
        sys.modules.update(loaded)


with _without_notebooks():
    from pyvis.network import Network

__all__ = ["Network", "vis_network"]

Told = Mapping[str, Sequence[tuple[str, str]]]


def vis_network(picture: NetworkPicture, shown: Lit, moves: bool = False, told: Told | None = None) -> dict[str, Any]:
    """The network as vis-network takes it, with the boxes that our script draws beneath; places are given.

    `shown` is what stands out. With `moves` nodes may be dragged. `told` are keys and words of the tasks that a node or
    line stands for, by its id: a page for offline use has no one to ask. Our script writes the labels: pyvis gets a
    blank, since it would put the key in the place of none, and never a title, which it may take for markup.
    """
    network = Network(directed=True, cdn_resources="in_line")
    for node in picture.nodes:
        network.add_node(
            node.key, label=" ", shape="custom", x=float(node.x), y=float(node.y), kind=node.kind, w=node.w, h=node.h,
            text=node.label, place=node.place, words=node.words, total=node.total, led=round(node.led, 3),
            tone=tone(sum(node.counts)), vague=node.collective, main=node.main, ring=node.ring,
            tasks=[*(told or {}).get(node.key, ())],
        )  # fmt: skip
    for tie in picture.ties:
        network.add_edge(
            tie.source, tie.target, id=tie.id, kind=tie.kind, weight=tie.weight, leads=tie.leads, led=tie.led,
            kept=tie.kept, wide=tie.wide, at=tie.at, guess=tie.inferred, arrows="",
            tasks=[*(told or {}).get(tie.id, ())],
        )  # fmt: skip
    nodes, edges, _, _, _, options = network.get_network_data()
    return {
        "nodes": nodes, "edges": edges, "options": _options(json.loads(options), moves),
        "boxes": [asdict(box) for box in picture.boxes], "least": picture.least, "arrows": picture.arrows,
        "x": picture.x, "y": picture.y, "w": picture.w, "h": picture.h,
        "lit": {"ends": [*shown.ends], "nodes": sorted(shown.nodes), "ties": sorted(shown.ties)},
    }  # fmt: skip


def _options(options: dict[str, Any], moves: bool) -> dict[str, Any]:
    """The options without pyvis's panel and physics: nothing moves by itself, lines are straight."""
    options.pop("configure", None)
    options["physics"] = {"enabled": False}
    options["layout"] = {"improvedLayout": False}
    options["nodes"] = {"chosen": False}
    options["edges"] = {"smooth": False, "chosen": False, "hoverWidth": 0, "selectionWidth": 0}
    options["interaction"] = {
        "hover": True, "dragNodes": moves, "hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "zoomView": False,
        "navigationButtons": False, "multiselect": False, "selectable": False, "tooltipDelay": 3_600_000,
        "keyboard": {"enabled": False},
    }  # fmt: skip
    return options
