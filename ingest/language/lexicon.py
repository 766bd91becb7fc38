"""The vocabulary of plans (词表): patterns and names from `data/lexicon/`, read once into a frozen value.

Patterns are data: each has an id (the `rule` of the facts that it makes), a value, and examples that the tests hold
it to, both ways. A `Scanner` finds the leftmost match of a group of patterns in one pass. Names of units come from
`units.csv`; an office's own file is added to them. Places are those of `places.csv`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from ingest.language.openings import opening_of
from ingest.language.register import Register, RegisteredUnit, parse_register, register_of
from ingest.language.tables.gazetteer import Gazetteer
from ingest.language.tables.holidays import Holidays, holidays_of

RULES_VERSION = "8"
"""To be raised when code changes what is read of the same text, so that libraries are made again: part of the stamp."""

_NAMED = re.compile(r"\(\?P<\w+>")
_PART = re.compile(r"\{([A-Z]+)\}")
"""A part of a pattern that several patterns of a file have in common, by its name: {MONTH}."""


@dataclass(frozen=True)
class Rule:
    """One pattern: `id` is the rule of the facts it makes, `value` what it means (a role, a kind, an operator)."""

    id: str
    value: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


class Scanner:
    """Several rules searched for together, the earlier rule first where two match at one place.

    The joint patterns are compiled when they are first needed: a question reads no plan, and waits for none of them.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)

    @cached_property
    def opening(self) -> re.Pattern[str] | None:
        """What stands where a match may begin, if that can be told: see `ingest.language.openings`."""
        opening = opening_of(rule.pattern for rule in self.rules)
        return re.compile(opening) if opening else None

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(self._joint())

    @cached_property
    def _ending(self) -> re.Pattern[str]:
        return re.compile(rf"{self._joint()}\Z")

    def _joint(self) -> str:
        guard = f"(?={self.opening.pattern})" if self.opening else ""
        # An empty group behind each pattern tells which one matched, and leaves the engine its first-character test.
        patterns = (f"(?:{_NAMED.sub('(?:', r.pattern.pattern)})(?P<r{n}>)" for n, r in enumerate(self.rules))
        return f"{guard}(?:{'|'.join(patterns)})"

    def scan(self, text: str, start: int, end: int) -> Iterator[tuple[Rule, re.Match[str]]]:
        """All matches in `[start, end)`, left to right, not overlapping; with the rule's own groups."""
        if (opening := self.opening) is not None:
            if not (begun := opening.search(text, start, end)):
                return iter(())  # So it is with most of the texts that are asked for.
            start = begun.start()
        return (self._named(text, found, end) for found in self._any.finditer(text, start, end))

    def search(self, text: str, start: int = 0, end: int | None = None) -> tuple[Rule, re.Match[str]] | None:
        """The leftmost match."""
        limit = len(text) if end is None else end
        if (opening := self.opening) is not None:
            if not (begun := opening.search(text, start, limit)):
                return None
            start = begun.start()
        found = self._any.search(text, start, limit)
        return self._named(text, found, limit) if found else None

    def match(self, text: str, start: int = 0, end: int | None = None) -> tuple[Rule, re.Match[str]] | None:
        """The match that begins at `start`."""
        limit = len(text) if end is None else end
        found = self._any.match(text, start, limit)
        return self._named(text, found, limit) if found else None

    def whole(self, text: str) -> Rule | None:
        """The first rule that matches all of `text`."""
        found = self._any.fullmatch(text)
        return self._rule(found) if found else None

    def ending(self, text: str, start: int, end: int) -> tuple[Rule, int] | None:
        """The leftmost place in `[start, end)` from which a rule matches all that is left, and the first such rule."""
        if (opening := self.opening) is not None:
            if not (begun := opening.search(text, start, end)):
                return None
            start = begun.start()
        found = self._ending.search(text, start, end)
        return (self._rule(found), found.start()) if found and found.start() < end else None

    def _rule(self, found: re.Match[str]) -> Rule:
        return self.rules[int((found.lastgroup or "r0")[1:])]

    def _named(self, text: str, found: re.Match[str], end: int) -> tuple[Rule, re.Match[str]]:
        rule = self._rule(found)
        return rule, rule.pattern.match(text, found.start(), end) or found if rule.pattern.groups else found


@dataclass(frozen=True, eq=False)
class Lexicon:
    """词表: groups of rules as scanners, the names of units, named days, and a stamp that changes with any of them."""

    scanners: Mapping[str, Scanner] = field(repr=False)
    register: Register = field(repr=False)
    holidays: Holidays = field(repr=False)
    stamp: str
    places: Gazetteer = field(repr=False, default_factory=Gazetteer, compare=False)

    @property
    def aliases(self) -> Mapping[str, str]:
        """Every written name of a unit, and its canonical one."""
        return self.register.aliases

    def __getitem__(self, group: str) -> Scanner:
        return self.scanners[group]

    def canonical(self, name: str) -> str:
        """The one name of the unit that is written so: 卫健委 → 卫生健康委; a name that is not known is its own."""
        return self.aliases.get(name, name)

    def names(self, canonical: str) -> tuple[str, ...]:
        """Every way the unit is written, its canonical name first."""
        entry = self.register.entries.get(canonical)
        return entry.written if entry else (canonical,)


def load_lexicon(folder: Path, local: Path | None = None) -> Lexicon:
    """Reads `*.toml`, `units.csv` and `places.csv` of a folder, and the office's own names if there are any.

    Raises `ValueError` naming the file and the entry or row where a pattern or a unit is malformed.
    """
    groups: dict[str, list[Rule]] = {}
    calendar: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        tables = tomllib.loads(path.read_bytes().decode("utf-8"))
        calendar.update(tables.pop("calendar", {}))
        parts = tables.pop("parts", {})
        for group, entries in tables.items():
            groups.setdefault(group, []).extend(_rule(path, entry, parts) for entry in entries)
    units: list[tuple[RegisteredUnit, ...]] = []
    for path in [folder / "units.csv", *([local] if local and local.exists() else [])]:
        units.append(parse_register(_utf8(path, path.read_bytes()), path.name))
    # A progress paragraph and a time field know what a task knows, and more.
    for wider in ("progress", "time_field"):
        groups[f"deadline+{wider}"] = [*groups["deadline"], *groups[wider]]
    scanners = {group: Scanner(rules) for group, rules in groups.items()}
    places = folder / "places.csv"
    known = Gazetteer(_utf8(places, places.read_bytes()), places.name) if places.exists() else Gazetteer()
    stamp = _stamp(groups, units, (calendar, known.text))
    return Lexicon(MappingProxyType(scanners), register_of(*units), holidays_of(calendar), stamp, known)


def _stamp(
    groups: Mapping[str, Sequence[Rule]],
    units: Iterable[Iterable[RegisteredUnit]],
    tables: tuple[Mapping[str, Any], str],
) -> str:
    """A hash of what rules and names say; examples, notes and comments say nothing to a reader of plans."""
    rules = {group: [(rule.id, rule.value, rule.pattern.pattern) for rule in each] for group, each in groups.items()}
    names = [[replace(entry, example="", note="") for entry in each] for each in units]
    said = msgspec.json.encode((RULES_VERSION, rules, names, tables), order="sorted")
    return hashlib.sha256(said).hexdigest()[:16]


def _rule(path: Path, entry: Mapping[str, object], parts: Mapping[str, str]) -> Rule:
    try:
        pattern = re.compile(_PART.sub(lambda part: f"(?:{parts[part[1]]})", str(entry["pattern"])))
        examples = entry["examples"]
        assert isinstance(examples, list)
        return Rule(str(entry["id"]), str(entry["value"]), pattern, tuple(map(str, examples)))
    except (KeyError, re.error, AssertionError) as error:
        raise ValueError(f"{path.name}: {entry.get('id')}: {error}") from error


def _utf8(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name}: not in UTF-8: {error}") from error
