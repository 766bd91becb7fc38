"""The register of units (单位名录): how each organisation is written, at which levels, and what became of it.

It is read from `units.csv` and from an office's own `units.local.csv`. An organisation that is no more (卫计委) is an
entry of its own, with its last year and who does its work today: never an alias of today's, for a plan may name both.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add, itemgetter
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from ingest.base import Level, Record

COLUMNS = ("name", "names", "level", "system", "from", "to", "successor", "example", "note", "members", "hat")
_LEVELS: Mapping[str, Level] = {"国家": "国家", "省": "省", "市": "市", "县": "县", "乡": "乡"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_REGIONS = ("自治区", "自治州", "自治县", "开发区", "高新区", "街道", *"省市州县区旗盟镇乡")
_ORGANS = ("局", "委", "厅", "部", "委员会", "办")
"""What stands behind a line of work (条线) in the name of its department."""
_LEAST_LIKENESS = 0.45
"""文旅体局 and 文旅局 share 0.71 of their parts, 卫健局 and 民政局 0.33."""


class RegisteredUnit(Record, frozen=True):
    """One organisation: `name` is canonical and without the region's prefix, `names` its other ways of writing.

    `system` is the line of work (条线), one word for all levels. `since` and `until` are years, None where open or not
    known. `successors` are canonical names. `example` is a mention as plans write it, `note` the source and any doubt.
    An office's own file may list the `members` of a collective (成员单位) and second nameplates, `hats` (加挂牌子).
    """

    name: str
    names: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    system: str = ""
    since: int | None = None
    until: int | None = None
    successors: tuple[str, ...] = ()
    example: str = ""
    note: str = ""
    members: tuple[str, ...] = ()
    hats: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """Every way of writing it, the canonical name first."""
        return (self.name, *self.names)


@dataclass(frozen=True)
class Register:
    """名录: entries by canonical name, and `aliases`, which maps every written name to its canonical one."""

    entries: Mapping[str, RegisteredUnit] = field(repr=False)
    aliases: Mapping[str, str] = field(repr=False)

    def entry_of(self, name: str) -> RegisteredUnit | None:
        """The entry of a name, or of what is left of it without 市, 县 or 市委 in front, or of the line of work that it
        is (水务); None if it is not known."""
        forms = forms_of(name)
        canonical = next((self.aliases[form] for form in forms if form in self.aliases), None)
        if canonical is None:
            canonical = next(filter(None, map(self.line_of_work, forms)), None)
        return None if canonical is None else self.entries[canonical]

    def line_of_work(self, name: str) -> str | None:
        """The canonical name of the department of a line of work, the word for its organ left out: 水务 → 水务局."""
        written = (f"{name}{organ}" for organ in _ORGANS)
        return next((self.aliases[each] for each in written if each in self.aliases), None)

    def today_of(self, name: str) -> tuple[str, ...]:
        """Canonical names of who does the work today (卫生局 → 卫生健康委), over all the changes in between.

        A present organisation is its own; one that is no more and left its work to nobody has none, nor has a name
        that is not known.
        """
        entry = self.entry_of(name)
        if entry is None:
            return ()
        today: dict[str, None] = {}
        ahead = [entry.name]
        # It grows while it is passed through, and a name stands in it once: files of offices may go in a circle.
        for each in ahead:
            found = self.entries.get(each)
            if found is None or found.until is None:
                today[each] = None
            else:
                ahead += [successor for successor in found.successors if successor not in ahead]
        return tuple(today)

    def successors_of(self, name: str) -> tuple[str, ...]:
        """Who does today the work of an organisation that is no more: none for one of today, or one not known."""
        entry = self.entry_of(name)
        return self.today_of(name) if entry is not None and entry.until is not None else ()

    def predecessors_of(self, name: str) -> tuple[str, ...]:
        """The organisations that are no more and whose work one does today: 食药监局, 工商局 of 市场监管局."""
        entry = self.entry_of(name)
        if entry is None or entry.until is not None:
            return ()
        gone = (each.name for each in self.entries.values() if each.until is not None)
        return tuple(each for each in gone if entry.name in self.today_of(each))

    def former(self) -> dict[str, tuple[str, ...]]:
        """All names of organisations that are no more, and who does their work today (农委 → 农业农村局)."""
        gone = (entry for entry in self.entries.values() if entry.until is not None)
        return {name: today for entry in gone if (today := self.today_of(entry.name)) for name in entry.written}

    def suggest(self, name: str, limit: int = 5) -> tuple[str, ...]:
        """Canonical names of the entries one of whose names is most like a name that is not known, the likest first."""
        likeness: dict[str, float] = {}
        for form in forms_of(name):
            characters, parts = {*form}, _parts(form)
            for written, canonical in self.aliases.items():
                # Most names share no two characters with it, and need no closer look.
                if len(characters.intersection(written)) > 1:
                    shared = _shared(parts, _parts(written))
                    if shared > likeness.get(canonical, 0):
                        likeness[canonical] = shared
        # Of names that are equally like, the one that stands earlier in the register: departments before their offices.
        likely = [canonical for canonical in self.entries if likeness.get(canonical, 0) >= _LEAST_LIKENESS]
        return tuple(sorted(likely, key=lambda canonical: -likeness[canonical])[:limit])


def register_of(shipped: Iterable[RegisteredUnit], own: Iterable[RegisteredUnit] = ()) -> Register:
    """The register of some entries and of an office's own, which add to an entry of the same name and win over others.

    A name that the office gives to another unit is that unit's. The entry that it was taken from keeps the rest of its
    names, under the first of them.
    """
    stated = {entry.name: entry for entry in own}
    owner = {written: entry.name for entry in stated.values() for written in entry.written}
    entries: dict[str, RegisteredUnit] = {}
    for entry in shipped:
        if owner:
            left = [written for written in entry.written if owner.get(written, entry.name) == entry.name]
            if not left:
                continue
            entry = msgspec.structs.replace(entry, name=left[0], names=tuple(left[1:]))
        entries[entry.name] = _joined(entry, stated[entry.name]) if entry.name in stated else entry
    entries = entries | {name: entry for name, entry in stated.items() if name not in entries}
    aliases = {written: entry.name for entry in entries.values() for written in entry.written}
    return Register(MappingProxyType(entries), MappingProxyType(aliases))


def parse_register(text: str, file: str) -> tuple[RegisteredUnit, ...]:
    """The entries of a CSV text whose first line names its columns, of which only `name` must be there; a BOM may.

    Raises `ValueError` with the file and the line (from 1, which is the heading) where a column or level is not known,
    a year is none, a row has no name or too many cells, or a name stands in two rows.
    """
    lines = csv.reader(text.removeprefix("\ufeff").splitlines())
    heading = next(lines, [])
    if "name" not in heading or not set(heading) <= {*COLUMNS}:
        raise ValueError(f"{file}: row 1: the columns are {', '.join(COLUMNS)}; not {', '.join(heading)}")
    in_order = itemgetter(*(heading.index(column) if column in heading else -1 for column in COLUMNS))
    missing = [""] * (len(heading) + 1)
    entries: list[RegisteredUnit] = []
    row_of: dict[str, int] = {}
    for row, cells in enumerate(lines, 2):
        if not cells:
            continue
        try:
            if len(cells) > len(heading):
                raise ValueError(f"{len(cells)} cells under {len(heading)} columns")
            entry = _entry(_Row(*in_order(cells + missing)))
            for written in entry.written:
                if written in row_of:
                    raise ValueError(f"{written} stands in row {row_of[written]} already")
                row_of[written] = row
        except ValueError as error:
            raise ValueError(f"{file}: row {row}: {error}") from error
        entries.append(entry)
    return tuple(entries)


class _Row(NamedTuple):
    """The cells of a row, as `COLUMNS` has them."""

    name: str
    names: str
    level: str
    system: str
    since: str
    until: str
    successor: str
    example: str
    note: str
    members: str
    hat: str


def _entry(row: _Row) -> RegisteredUnit:
    if not row.name:
        raise ValueError("no name")
    return RegisteredUnit(
        row.name,
        _list(row.names),
        _levels(row.level),
        row.system,
        _year(row.since),
        _year(row.until),
        _list(row.successor),
        row.example,
        row.note,
        _list(row.members),
        _list(row.hat),
    )


@lru_cache(64)
def _levels(cell: str) -> tuple[Level, ...]:
    levels = cell.split("/") if cell else []
    if unknown := [each for each in levels if each not in _LEVELS]:
        raise ValueError(f"{unknown[0]} is no level: {'/'.join(_LEVELS)}")
    return tuple(_LEVELS[each] for each in levels)


def _list(cell: str) -> tuple[str, ...]:
    return tuple([part for part in cell.split("|") if part]) if cell else ()


def _year(cell: str) -> int | None:
    if not cell:
        return None
    if not _YEAR.fullmatch(cell):
        raise ValueError(f"{cell} is no year")
    return int(cell)


def _joined(shipped: RegisteredUnit, own: RegisteredUnit) -> RegisteredUnit:
    """An entry with what an office says of it: its names are added, all else that it states holds instead."""
    stated = {field: value for field in own.__struct_fields__ if (value := getattr(own, field))}
    names = tuple(dict.fromkeys([*shipped.names, *own.names]))
    return msgspec.structs.replace(shipped, **{**stated, "names": names})


def forms_of(name: str) -> tuple[str, ...]:
    """A name, and what is left of it without its region and the Party committee of it: 市委组织部, 委组织部, 组织部."""
    rest = name.removeprefix(next((region for region in _REGIONS if name.startswith(region)), ""))
    return tuple(dict.fromkeys(form for form in (name, rest, rest.removeprefix("委")) if len(form) > 1))


def _parts(name: str) -> set[str]:
    """The characters of a name, its pairs of neighbours, and its end, which says what kind of organisation it is."""
    return {*name, *map(add, name, name[1:]), name[-1] + "。"}


def _shared(one: set[str], other: set[str]) -> float:
    """How much two names have in common, 0 to 1 (Dice's coefficient of their parts)."""
    return 2 * len(one & other) / (len(one) + len(other))
