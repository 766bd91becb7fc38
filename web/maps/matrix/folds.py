"""Which rows of a matrix are open (展开): what the address says or, where it says nothing, what fits a screen."""

from __future__ import annotations

from collections.abc import Sequence

from web.maps.matrix.tree import TreeRow, walk
from web.maps.state import MapState

FIRST_ROWS = 26
"""Rows that the first view opens at most: what a screen holds."""


def fold(nodes: Sequence[TreeRow], state: MapState) -> None:
    """Opens nodes: all but those named (`m-all=1`), those named (`m-open`), or as many headings as fit a screen."""
    groups = [node for node, _ in walk(nodes) if node.task is None]
    if state.turned in ("*", "-"):
        for node in groups:
            node.open = state.turned == "*"
    elif state.all or state.open or state.none:
        for node in groups:
            node.open = (node.key in state.open) != state.all
    else:
        _open_first(nodes, groups)
    for node in groups:
        node.open ^= node.key == state.turned


def _open_first(nodes: Sequence[TreeRow], groups: Sequence[TreeRow]) -> None:
    """Headings over headings are opened while they fit, the smallest first; tasks where all of them fit."""
    if sum(1 for _ in walk(nodes)) <= FIRST_ROWS:
        for node in groups:
            node.open = True
        return
    shown, depth = len(nodes), dict.fromkeys(map(id, nodes), 0)
    ahead = [node for node in nodes if _holds_groups(node)]
    while ahead:
        node = min(ahead, key=lambda each: (depth[id(each)], len(each.children)))
        ahead.remove(node)
        if shown + len(node.children) <= FIRST_ROWS:
            node.open = True
            shown += len(node.children)
            depth.update({id(child): depth[id(node)] + 1 for child in node.children})
            ahead += [child for child in node.children if _holds_groups(child)]
    if len(nodes) == 1:
        nodes[0].open = True


def _holds_groups(node: TreeRow) -> bool:
    return any(child.task is None for child in node.children)
