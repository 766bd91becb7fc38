"""What is selected on a network (选中): a node and what it touches, two nodes, or the way between two. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ingest.model import Record
from web.maps.networks.records import NetworkPicture


class Lit(Record, frozen=True):
    """What stands out: the nodes chosen (`ends`), all nodes and lines that are not dimmed; empty where nothing is."""

    ends: tuple[str, ...] = ()
    nodes: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()


def keys_in(sel: str, known: Collection[str]) -> tuple[str, ...]:
    """The keys of nodes that `m-sel` names: `.node`, or `node.node` for a line; none that is not there."""
    one, _, other = sel.partition(".")
    return tuple(dict.fromkeys(key for key in (one, other) if key in known))


def lit(net: NetworkPicture, chosen: Sequence[str], way: Sequence[str] = ()) -> Lit:
    """What stands out where these keys are chosen; `way` are the nodes that join two without a line."""
    if not chosen:
        return Lit()
    if len(chosen) == 1:
        own = [tie for tie in net.drawn if chosen[0] in (tie.source, tie.target)]
        near = {key for tie in own for key in (tie.source, tie.target)}
        return Lit(tuple(chosen), frozenset({*chosen, *near}), frozenset(tie.id for tie in own))
    stops = [*way] or [*chosen]
    steps = {frozenset(pair) for pair in zip(stops, stops[1:], strict=False)}
    ties = frozenset(tie.id for tie in net.ties if frozenset((tie.source, tie.target)) in steps)
    return Lit(tuple(chosen), frozenset(stops), ties)
