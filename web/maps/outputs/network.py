"""A network as SVG (网络矢量图): the nodes and lines of the view, with title, legend, date and source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph import NODES
from web.maps.matrix.records import tone
from web.maps.networks.records import NetworkBox, NetworkNode, NetworkPicture, NetworkTie, ends_of
from web.maps.outputs.naming import palette
from web.maps.outputs.shapes import MARGIN, TOP, SvgWords, arrow, heading, rect, safe, svg_page, text
from web.maps.picture import em

_COLOURS = {kind.name: kind.colour for kind in NODES}
_OWN = ("lead", "responsible", "support")


def svg_of_network(title: str, net: NetworkPicture, words: SvgWords, legend: Sequence[str]) -> str:
    """The picture; `legend` says what tones, lines and numbers mean."""
    nodes = net.by_key
    parts = [
        arrow("line-strong"),
        *heading(title, words),
        text(MARGIN, MARGIN + 68, "　".join(legend), fill="quiet"),
        f'<g transform="translate({MARGIN - net.x:g} {TOP - net.y:g})">',
        *(part for box in net.boxes for part in _box(box)),
        *(part for tie in net.drawn for part in _tie(tie, nodes, net.arrows)),
        *(part for box in net.boxes for part in _title(box)),
        *(part for node in net.nodes for part in _node(node)),
        *(part for tie in net.drawn if tie.at >= 0 for part in _tag(tie, nodes)),
        "</g>",
    ]
    return svg_page(title, net.w + 2 * MARGIN, net.h + TOP + MARGIN, parts)


def _box(box: NetworkBox) -> Iterator[str]:
    yield (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.w:g}" height="{box.h:g}" rx="6" fill="{palette()["ground"]}" '
        f'stroke="{palette()["line"]}"/>'
    )


def _title(box: NetworkBox) -> Iterator[str]:
    """The title of a box on a ground of its own, so that no line runs through it."""
    yield rect(box.x + 8, box.y + 6, em(box.title) * 12 + 8, 20, palette()["ground"])
    yield text(round(box.x + 12, 1), round(box.y + 20, 1), box.title, fill="quiet", size=12)


def _tie(tie: NetworkTie, nodes: Mapping[str, NetworkNode], arrows: bool) -> Iterator[str]:
    x1, y1, x2, y2 = ends_of(tie, nodes, arrows)
    arrow = ' marker-end="url(#arrow)"' if arrows else ""
    dash = ' stroke-dasharray="5 3"' if tie.kind == "support" else ' stroke-dasharray="2 3"' if tie.inferred else ""
    stroke = palette()["accent" if tie.kind in _OWN else "line-strong"]
    yield (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{stroke}" stroke-width="{tie.wide:g}" '
        f'opacity="0.75"{dash}{arrow}/>'
    )


def _tag(tie: NetworkTie, nodes: Mapping[str, NetworkNode]) -> Iterator[str]:
    """The number on a line."""
    one, other = nodes[tie.source], nodes[tie.target]
    x, y = (round(a + (b - a) * tie.at, 1) for a, b in ((one.x, other.x), (one.y, other.y)))
    yield (
        f'<rect x="{x - 11:g}" y="{y - 8:g}" width="22" height="16" rx="3" fill="{palette()["paper"]}" '
        f'stroke="{palette()["line"]}"/>'
    )
    yield text(x, y + 4, str(tie.weight), anchor="middle", size=12)


def _node(node: NetworkNode) -> Iterator[str]:
    left, top = node.x - node.w / 2, node.y - node.h / 2
    dash = ' stroke-dasharray="4 3"' if node.collective or node.kind == "document" else ""
    unit, step = node.kind == "unit", tone(sum(node.counts)) or 1
    fill = palette()[f"tone-{step}" if unit else "paper"]
    stroke = palette()["line-strong"] if unit or node.kind == "rest" else _COLOURS[node.kind]
    wide = 2.5 if node.main else 1
    yield (
        f'<rect x="{left:g}" y="{top:g}" width="{node.w:g}" height="{node.h:g}" rx="{node.h / 2 if unit else 2:g}" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{wide}"{dash}/>'
    )
    place = f'<tspan dx="5" font-size="12">{safe(node.place)}</tspan>' if node.place else ""
    said = text(node.x, node.y + 4.5, node.label, anchor="middle", fill="tone-ink" if unit else "ink")
    yield said.replace("</text>", f"{place}</text>")
    if node.led:
        yield rect(left + 12, round(node.y + node.h / 2 - 4, 1), (node.w - 24) * node.led, 2.5, palette()["accent"])
