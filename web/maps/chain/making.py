"""What rests on what (依据): the documents that tasks cite, by level, and which of them hand one matter down.

A title inside 〈〉 and the notice that issues it are one here: the notice, which has a number and a level. Documents of
one matter at several levels are handed down: 豫发〔2019〕31号 → 焦发〔2020〕9号 → 焦示党文〔2020〕21号 issue the same
〈关于健全食品安全责任制加强食品安全工作的若干措施〉.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from ingest import title_key
from ingest.model import Level, Record, Region
from web.maps.state import key_of

LEVELS: tuple[Level | None, ...] = ("国家", "省", "市", "县", "乡", None)
"""The columns, the highest first; None for what says of no level."""
_MADE = ("formulate", "revise", "compile", "legislate")
"""Roles of citation by which a plan orders a document to be written."""
_INNER = re.compile("〈([^〈〉]+)〉")


class CitedPlace(Record, frozen=True):
    """A plan that cites a document: in which role, and the ids of its tasks that do (none: its head does)."""

    document_id: str
    plan_id: str
    role: str
    tasks: tuple[str, ...]


class KnownDocument(Record, frozen=True):
    """A document as the library knows it: `held` is its plan where the library has it."""

    id: str
    title: str
    number: str | None
    held: str | None
    region: Region


class ChainPlan(Record, frozen=True):
    """A plan of the chain; `alone` counts documents that it alone cites, which a chain of several plans leaves out."""

    id: str
    title: str
    alone: int = 0

    @property
    def key(self) -> str:
        return key_of(self.id)


class ChainDocument(Record, frozen=True):
    """A document with the tasks that cite it, by plan (a plan whose head alone cites it has none).

    `ids` are those of its own and of the title inside 〈〉 that it issues. `above` is the key of the document that
    hands the matter down to it, "" where none does; `main` says that the map is about it.
    """

    document: KnownDocument
    ids: tuple[str, ...]
    by_plan: Mapping[str, tuple[str, ...]]
    above: str = ""
    main: bool = False

    @property
    def key(self) -> str:
        return key_of(self.document.id)

    @property
    def tasks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(id for plan in sorted(self.by_plan) for id in self.by_plan[plan]))


class AuthorityChain(Record, frozen=True):
    """Plans and the documents that they rest on, in the order of their rows; `made` are those that are to be written.

    `of` counts documents before any was left out.
    """

    plans: tuple[ChainPlan, ...]
    documents: tuple[ChainDocument, ...]
    made: tuple[ChainDocument, ...]
    of: int

    @property
    def levels(self) -> tuple[Level | None, ...]:
        """The levels that have a document."""
        used = {each.document.region.level for each in self.documents}
        return tuple(level for level in LEVELS if level in used)

    def at(self, level: Level | None) -> tuple[ChainDocument, ...]:
        """The documents of a level."""
        return tuple(each for each in self.documents if each.document.region.level == level)

    def named(self, key: str) -> ChainDocument | None:
        """The document of a key."""
        return next((each for each in (*self.documents, *self.made) if each.key == key), None)


def chain_of(
    places: Iterable[CitedPlace], known: Mapping[str, KnownDocument], plans: Mapping[str, str], about: str = ""
) -> AuthorityChain:
    """The chain of some plans (ids with titles). Of several, only documents that two of them cite are shown, the others
    counted; `about` is the document that a chain is of, which is shown however few cite it."""
    used: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    made: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for place in places:
        if known[place.document_id].held != place.plan_id:
            side = made if place.role in _MADE and place.document_id != about else used
            side[place.document_id][place.plan_id].update(place.tasks)
    documents = _merged(used, known)
    shown = documents
    if len(plans) > 1:
        shown = [each for each in documents if len(each.by_plan) > 1 or about in each.ids]
    alone: dict[str, int] = defaultdict(int)
    for each in documents:
        if each not in shown:
            alone[next(iter(each.by_plan))] += 1
    told = tuple(ChainPlan(id, title, alone[id]) for id, title in plans.items())
    ordered = _ordered([replace(each, main=about in each.ids) for each in shown])
    written = sorted((_document(known[id], (id,), by) for id, by in made.items()), key=_weight)
    return AuthorityChain(told, tuple(ordered), tuple(written), len(documents))


def matter_of(title: str) -> str:
    """What a document is about, as a key: the title inside 〈〉 of a notice that issues one, else its own."""
    found = _INNER.search(title)
    return title_key(found[1] if found else title)


def _merged(used: Mapping[str, Mapping[str, set[str]]], known: Mapping[str, KnownDocument]) -> list[ChainDocument]:
    """Documents, a title inside 〈〉 with the notice that issues it where exactly one does."""
    notices: dict[str, list[str]] = defaultdict(list)
    for id in sorted(used):
        if _INNER.search(known[id].title):
            notices[matter_of(known[id].title)].append(id)
    home = {id: id for id in used}
    for id in used:
        issuing = notices.get(title_key(known[id].title), ())
        if len(issuing) == 1 and issuing[0] != id:
            home[id] = issuing[0]
    by: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    ids: dict[str, list[str]] = defaultdict(list)
    for id in sorted(used, key=lambda id: (home[id] != id, id)):
        ids[home[id]].append(id)
        for plan, tasks in used[id].items():
            by[home[id]][plan] |= tasks
    return [_document(known[id], ids[id], by[id]) for id in sorted(by)]


def _document(known: KnownDocument, ids: Sequence[str], by: Mapping[str, set[str]]) -> ChainDocument:
    return ChainDocument(known, tuple(ids), {plan: tuple(sorted(by[plan])) for plan in sorted(by)})


def _ordered(documents: Sequence[ChainDocument]) -> list[ChainDocument]:
    """Matters that are handed down first, each from the top as a tree; then the rest by level and weight."""
    matters: dict[str, list[ChainDocument]] = defaultdict(list)
    for each in documents:
        matters[matter_of(each.document.title)].append(each)
    families: list[list[ChainDocument]] = []
    single: list[list[ChainDocument]] = []
    for own in matters.values():
        levels = {each.document.region.level for each in own} - {None}
        (families if len(levels) > 1 else single).append(own)
    families.sort(key=lambda own: min(_place(each) for each in own))
    found = [each for own in families for each in _handed(sorted(own, key=_place))]
    return [*found, *sorted((each for own in single for each in own), key=_place)]


def _handed(matter: Sequence[ChainDocument]) -> list[ChainDocument]:
    """Documents of one matter, each beneath the one that hands it down: of the next higher level, of its own place."""
    below: dict[str, list[ChainDocument]] = defaultdict(list)
    for n, each in enumerate(matter):
        higher = [one for one in matter[:n] if _rank(one) < _rank(each) and one.document.region.level]
        if higher and each.document.region.level:
            nearest = max(_rank(one) for one in higher)
            ranked = [one for one in higher if _rank(one) == nearest]
            over = max(
                ranked, key=lambda one: (_is_above(one.document.region, each.document.region), -ranked.index(one))
            )
            below[over.key].append(replace(each, above=over.key))
        else:
            below[""].append(each)
    return [*_walked(below, "")]


def _walked(below: Mapping[str, Sequence[ChainDocument]], key: str) -> Iterable[ChainDocument]:
    for each in below.get(key, ()):
        yield each
        yield from _walked(below, each.key)


def _is_above(one: Region, other: Region) -> bool:
    return other.name.startswith(one.name) or any(name == one.name for _, name in other.above)


def _rank(each: ChainDocument) -> int:
    return LEVELS.index(each.document.region.level)


def _weight(each: ChainDocument) -> tuple[int, int, bool, str]:
    """Documents that most tasks cite first, those with a number before those without."""
    return -len(each.by_plan), -len(each.tasks), not each.document.number, each.document.id


def _place(each: ChainDocument) -> tuple[int, int, int, bool, str]:
    return (_rank(each), *_weight(each))
