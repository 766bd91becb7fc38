"""The register of places (行政区划名录): provinces, prefectures and counties with the chain of those above them.

`data/lexicon/places.csv` has those of the civil-affairs codes that were in use at any time since 2010: a plan of 2012
is issued by 增城市, which is a district today. A place goes by its full name (凉山彝族自治州), by a form that people
use (凉山州), and by its stem (凉山) in names of bodies that sit there (凉山移动分公司).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from ingest.base import Level

COLUMNS = ("code", "name", "level", "parent", "names", "sign", "until")
_LEVELS: Mapping[str, Level] = {"省": "省", "市": "市", "县": "县"}
_RANK: Mapping[Level, int] = {"国家": 0, "省": 1, "市": 2, "县": 3, "乡": 4}
_LONGEST = 15
"""Characters of the longest name: 双江拉祜族佤族布朗族傣族自治县."""


class Division(NamedTuple):
    """A place: `parent` is the full name of the one above it, "" of a province; `sign` a province's letter (浙)."""

    name: str
    level: Level
    parent: str
    names: tuple[str, ...] = ()
    sign: str = ""
    until: str = ""


def rank(level: Level | None) -> int:
    """国家 is 0, 乡 is 4; a level that is not known counts as the lowest."""
    return _RANK[level] if level else 5


class Gazetteer:
    """The places of a CSV text, read when they are first asked for."""

    def __init__(self, text: str = "", file: str = "places.csv") -> None:
        self.text, self._file = text, file

    @cached_property
    def _places(self) -> tuple[Division, ...]:
        lines = csv.reader(self.text.splitlines())
        heading = tuple(next(lines, COLUMNS))
        if heading != COLUMNS:
            raise ValueError(f"{self._file}: row 1: the columns are {', '.join(COLUMNS)}")
        places = []
        for row, cells in enumerate(lines, 2):
            if len(cells) != len(COLUMNS) or cells[2] not in _LEVELS:
                raise ValueError(f"{self._file}: row {row}: {','.join(cells)}")
            _, name, level, parent, names, sign, until = cells
            places.append(Division(name, _LEVELS[level], parent, tuple(filter(None, names.split("|"))), sign, until))
        return tuple(places)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Division, ...]]:
        return _grouped((name, place) for place in self._places for name in (place.name, *place.names))

    @cached_property
    def _by_stem(self) -> Mapping[str, tuple[Division, ...]]:
        pairs = [(stem, place) for place in self._places for stem in stems(place.name, *place.names)]
        # A province's usual form is its stem: 内蒙古.
        pairs += [(name, place) for place in self._places if place.level == "省" for name in place.names]
        return _grouped(pairs)

    @cached_property
    def by_sign(self) -> Mapping[str, Division]:
        """Provinces by the letter that their document numbers begin with: 浙 → 浙江省."""
        return {place.sign: place for place in self._places if place.sign}

    def named(self, name: str, within: Collection[str] = ()) -> Division | None:
        """The place of a full name or a usual form, of several the one that lies `within` some places, if one does."""
        return self._one(self._by_name.get(name, ()), {*within})

    def of_stem(self, stem: str, within: Collection[str] = ()) -> Division | None:
        """The place whose name begins with a stem and ends with its level: 温州 → 温州市.

        A county's stem is a word of many things (南湖, 城关): it counts `within` the places above it alone.
        """
        found = self._one(self._by_stem.get(stem, ()), {*within})
        if found is None or found.level != "县" or {*within} & {name for _, name in self.chain(found)}:
            return found
        return None

    def beginning(self, text: str, at: int, within: Collection[str] = ()) -> tuple[Division, int] | None:
        """The place whose name stands at a position, the longest one, and where the name ends."""
        for end in range(min(len(text), at + _LONGEST), at + 1, -1):
            found = self.named(text[at:end], within) if text[at:end] in self._by_name else None
            # 城区, 郊区 and 矿区 are counties of some prefectures, and words everywhere else.
            if found and (end - at > 2 or not text.endswith("区", at, end) or found.parent in within):
                return found, end
        return None

    def chain(self, place: Division) -> tuple[tuple[Level, str], ...]:
        """The place with those above it, highest first, each by its `key`."""
        above: list[Division] = [place]
        while above[0].parent and (parent := self._one(self._by_name.get(above[0].parent, ()), set())):
            above.insert(0, parent)
        return tuple((each.level, self.key(each)) for each in above)

    def key(self, place: Division) -> str:
        """What tells a place from all others: a district, and a name that there is twice, with the place above it."""
        several = {each.parent for each in self._by_name[place.name]}
        return place.parent + place.name if place.name.endswith("区") or len(several) > 1 else place.name

    def _one(self, places: tuple[Division, ...], within: set[str]) -> Division | None:
        if len(places) > 1 and within:
            # Of 乐山市's and 内江市's 市中区, both of 四川省, a plan of 乐山市 means its own.
            shared = [len(within & {name for _, name in self.chain(each)}) for each in places]
            places = tuple(each for each, n in zip(places, shared, strict=True) if n == max(shared))
        # A province before its county of the same stem, a place of today before one that is no more.
        ranked = sorted(places, key=lambda each: (each.until != "", rank(each.level)))
        if len(ranked) > 1 and (ranked[0].level, ranked[0].until) == (ranked[1].level, ranked[1].until):
            return None
        return ranked[0] if ranked else None


def stems(*names: str) -> tuple[str, ...]:
    """What is left of names without the word for their level, where that is still a name: 浙江省 → 浙江."""
    return tuple(dict.fromkeys(name[:-1] for name in names if len(name) > 2))


def _grouped(pairs: Iterable[tuple[str, Division]]) -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, dict[Division, None]] = defaultdict(dict)
    for name, place in pairs:
        found[name][place] = None
    return {name: tuple(places) for name, places in found.items()}
