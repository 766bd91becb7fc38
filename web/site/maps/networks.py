"""Networks on the site (网络视图): from a map's frame to the network that is drawn, and to what is chosen on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext
from msgspec.structs import replace

from graph.projection import SharedWork, ways_between
from web.facts.by_task import ROLES
from web.maps.collaboration.adjacency import adjacency
from web.maps.collaboration.making import Collaboration, UnitPill
from web.maps.collaboration.painting import network_of, title_of
from web.maps.frame import MapFrame
from web.maps.matrix.painting import CellPainter, overview
from web.maps.networks.choosing import keys_in, lit
from web.maps.networks.records import NetworkPicture, ends_of
from web.maps.networks.vis import vis_network
from web.maps.strip import StripList, strip_of
from web.words.phrases import PAIR_ROLES


def box_titles(made: Collaboration) -> list[str]:
    """What the boxes of a collaboration map are called."""
    regions = len({group.region for group in made.groups})
    return [
        title_of(group, regions, gettext("%(shown)s/%(all)s 家", shown=group.shown, all=group.units))
        for group in made.groups
    ]


def network_in(frame: MapFrame, made: Collaboration) -> NetworkPicture:
    """The collaboration of a frame as a network."""
    return network_of(made, box_titles(made), frame.state.least, frame.state.leads)


def pairs_of(frame: MapFrame, made: Collaboration) -> MapFrame:
    """The frame with the table of units by units in the place of its matrix, as files of it need it."""
    return replace(frame, matrix=adjacency(made, box_titles(made)))


def drawn_pairs(frame: MapFrame, made: Collaboration) -> Mapping[str, object]:
    """What the template of the table of units by units gets."""
    table = adjacency(made, box_titles(made))
    painter = CellPainter(table, {}, {role: gettext(PAIR_ROLES[role]) for role in ROLES}, "", frame.sel)
    return {
        "map_pairs": table, "map_rows": painter.rows(), "small": overview(table), "together_counts": counted(made),
    }  # fmt: skip


def drawn_network(frame: MapFrame, made: Collaboration) -> Mapping[str, object]:
    """What the template of the collaboration map gets."""
    if frame.view == "pairs":
        return drawn_pairs(frame, made)
    net = network_in(frame, made)
    chosen = keys_in(frame.sel, net.by_key)
    way = [pill.key for pill in way_of(made, chosen)]
    shown = lit(net, chosen, way)
    return {
        "net": net, "net_data": vis_network(net, shown), "net_ends": ends_of, "net_lit": shown,
        "together_counts": counted(made),
    }  # fmt: skip


def counted(made: Collaboration) -> list[str]:
    """What the numbers in the titles of boxes come to, and who stands in none of them."""
    apart, alone = made.units - made.boxed, made.named - made.units
    said = [gettext("任务写到 %(count)s 个单位：", count=made.named)]
    said.append(
        gettext("各框合计 %(count)s 家，图上画其中共同承担最多的 %(shown)s 家", count=made.boxed, shown=len(made.spots))
    )
    if apart:
        said.append(gettext("；%(count)s 家所在的组没有一家画出来", count=apart))
    if alone:
        said.append(gettext("；%(count)s 家没有与别的单位共同承担的任务", count=alone))
    return said


def way_of(made: Collaboration, chosen: Sequence[str]) -> tuple[UnitPill, ...]:
    """The units on the shortest way between two that share nothing, the ends among them; none for other choices."""
    steps = _steps(made, chosen)
    if not steps:
        return ()
    at = {pill.unit.id: pill for pill in made.spots}
    here = next(pill.unit.id for pill in made.spots if pill.key == chosen[0])
    found = [at[here]]
    for pair in steps:
        here = pair.other if pair.one == here else pair.one
        found.append(at[here])
    return tuple(found)


def _steps(made: Collaboration, chosen: Sequence[str]) -> tuple[SharedWork, ...]:
    if len(chosen) < 2:
        return ()
    ids = {pill.key: pill.unit.id for pill in made.spots}
    return next(iter(ways_between(made.pairs, ids[chosen[0]], ids[chosen[1]], 1)), ())


def strip_of_pair(frame: MapFrame, made: Collaboration, sel: str) -> StripList | None:
    """The tasks of two units with both roles; of two that share none those of the way between them."""
    known = {pill.key: pill for pill in made.spots}
    chosen = keys_in(sel, known)
    if len(chosen) < 2:
        return None
    way = way_of(made, chosen)
    ids = {id for pair in _steps(made, chosen) for id in pair.tasks}
    one, other = known[chosen[0]].unit, known[chosen[1]].unit
    if len(way) > 2:
        return strip_of(frame.matrix, ids, " → ".join(pill.unit.name for pill in way), "", "")
    return strip_of(frame.matrix, ids, one.name, other.id, one.id)
