"""The collaboration map as a network (画协作图): its pills, lines and titles, as the address wants them."""

from __future__ import annotations

from collections.abc import Sequence

from web.maps.collaboration.making import Collaboration, Community
from web.maps.networks.records import NetworkBox, NetworkNode, NetworkPicture, NetworkTie
from web.maps.networks.tags import heading, tagged
from web.maps.picture import cut, em

_FONT = 12.0


def network_of(made: Collaboration, titles: Sequence[str], least: int, leads: bool) -> NetworkPicture:
    """The network: every line between units that are shown; where only 牵头→参与 is meant, those alone.

    `titles` are those of the boxes, `least` the tasks that a line stands for at least (0: as the map has it).
    """
    nodes = tuple(
        NetworkNode(
            spot.key, "unit", spot.unit.id, spot.label, spot.x, spot.y, spot.w, f"{spot.unit.region} {spot.unit.name}",
            spot.place, spot.counts, spot.total, collective=spot.unit.kind == "collective",
        )
        for spot in made.spots
    )  # fmt: skip
    keys = {spot.unit.id: spot.key for spot in made.spots}
    drawn = {(pair.one, pair.other) for pair in made.drawn(least)}
    ties = [
        NetworkTie(
            f"{keys[pair.one]}.{keys[pair.other]}", keys[pair.one], keys[pair.other], pair.weight, "shared",
            pair.leads, pair.led, (pair.one, pair.other) in made.kept, (pair.one, pair.other) in drawn,
        )
        for pair in made.pairs
        if not leads or pair.leads or pair.led
    ]  # fmt: skip
    areas = [group.area for group in made.groups]
    boxes = tuple(
        NetworkBox(title, round(area.x, 1), round(area.y, 1), round(area.w, 1), round(area.h, 1))
        for title, area in zip(titles, areas, strict=True)
    )
    taken = [heading(box.x, box.y, em(box.title) * _FONT + 24) for box in boxes]
    bound = least or made.least
    return NetworkPicture(nodes, tagged(nodes, ties, taken), boxes, made.room.w, made.room.h, 0, 0, leads, bound)


def title_of(group: Community, regions: int, words: str) -> str:
    """What a box is called, as long as it is wide: its region where there are several, who is largest, how many.

    `words` is 家, with the numbers; where not even one name has room, it is cut.
    """
    end = f" {words}"
    names = "、".join(group.named)
    region = f"{group.region} · " if regions > 1 and group.region else ""
    first = group.named[0] if group.named else ""
    for said in (f"{region}{names}", f"{region}{first}", names, first, group.region):
        if em(said + end) * _FONT < group.area.w - 24:
            return said + end
    return f"{cut(first or group.region, (group.area.w - 24) / _FONT - em(end))}{end}"
