"""What a painter of the collaboration map needs besides its places (画协作图): lines with ends, titles of boxes."""

from __future__ import annotations

import math

from graph.projection import SharedWork
from web.maps.collaboration.making import Collaboration, Community
from web.maps.picture import em

Ends = tuple[float, float, float, float]
_FONT = 13.0


def lines_of(made: Collaboration, least: int, leads: bool) -> list[tuple[SharedWork, Ends]]:
    """The lines that are drawn; where only 牵头→参与 is meant, those alone, from who leads more to whom it leads."""
    at = {spot.unit.id: spot for spot in made.spots}
    found = []
    for pair in made.drawn(least):
        one, other = at[pair.one], at[pair.other]
        if not leads:
            found.append((pair, (one.x, one.y, other.x, other.y)))
        elif pair.leads or pair.led:
            source, target = (one, other) if pair.leads >= pair.led else (other, one)
            found.append((pair, _to_edge(source.x, source.y, (target.x, target.y, target.w))))
    return found


def _to_edge(x: float, y: float, pill: tuple[float, float, float]) -> Ends:
    """A line that ends at the edge of a pill, so that its arrow is seen."""
    tx, ty, w = pill
    dx, dy = tx - x, ty - y
    length = math.hypot(dx, dy) or 1.0
    share = min(w / 2 / abs(dx) if dx else math.inf, 13 / abs(dy) if dy else math.inf, 1.0)
    back = share * length
    return x, y, tx - dx / length * back, ty - dy / length * back


def title_of(group: Community, regions: int, words: str) -> str:
    """What a box is called, as long as it is wide: its region where there are several, who is largest, how many.

    `words` is 家, with the numbers.
    """
    end = f" {words}"
    names = "、".join(group.named)
    region = f"{group.region} · " if regions > 1 and group.region else ""
    first = group.named[0] if group.named else ""
    for said in (f"{region}{names}", f"{region}{first}", names, first, group.region):
        if em(said + end) * _FONT < group.area.w - 24:
            return said + end
    return words
