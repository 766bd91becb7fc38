"""Units of measure (计量单位): what stands behind a number, 40.8% and 120多家 and 180万多条."""

from __future__ import annotations

from ingest.base import Record
from ingest.language.lexicon import Lexicon

_MORE = "多余"
"""Behind a number: 120多家, 2000余个."""


class UnitOfMeasure(Record, frozen=True):
    """The unit behind a number and where it ends; `more` where the number is a little more (120多家)."""

    unit: str
    end: int
    kind: str
    more: bool

    @property
    def is_count(self) -> bool:
        return self.kind != "share"


def measure_at(text: str, position: int, end: int, lexicon: Lexicon) -> UnitOfMeasure | None:
    """The unit at a place; 多 and 余 stand in front of it (120多家) or inside (180万多条)."""
    more = text[position : position + 1] in _MORE and position < end
    start = position + more
    found = lexicon["measure"].match(text, start, min(end, start + 12))
    if found is None:
        return None
    unit, stop = found[1].group(), found[1].end()
    if unit in ("万", "亿") and stop < end and text[stop] in _MORE:
        inner = lexicon["measure"].match(unit + text[stop + 1 : stop + 8])
        if inner is not None:
            unit, stop, more = inner[1].group(), stop + len(inner[1].group()), True
        else:
            stop, more = stop + 1, True
    return UnitOfMeasure(unit, stop, found[0].value, more)
