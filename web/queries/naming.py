"""What people type for a thing, as its id (名称认定): one thing is taken, several are asked about, none is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from graph.store import Store
from ingest.model import Record
from web.queries.address import listed_values, values_of
from web.words.conditions import with_place

NAMED_THINGS = ("unit", "cites", "plan")
"""Conditions whose things people name, where an address has their ids."""
_NEAREST, _ALIKE = 6, 0.4


class NamedThing(Record, frozen=True):
    """A thing of the library by its id: what it is called, and every way to call it."""

    id: str
    label: str
    names: frozenset[str]


class NamedValue(Record, frozen=True):
    """A value with ids for names. `said` is the first name that is no single thing's ("" for none), `candidates` are
    the things that it may mean, or, where it means none, whose names are `near` it."""

    value: str
    said: str = ""
    candidates: tuple[NamedThing, ...] = ()
    near: bool = False

    def choosing(self, thing: str) -> str:
        """The value with the id of a thing in the place of the name."""
        named, *tail = self.value.split(":")
        ids = [thing if each == self.said else each for each in values_of(named)]
        return ":".join((listed_values(ids), *tail))


def by_names(name: str, value: str, store: Store) -> NamedValue:
    """A value of a condition with the ids of what it names; where a name is no single thing's it stays as it is."""
    of = name.removeprefix("-")
    if of not in NAMED_THINGS:
        return NamedValue(value)
    named, *tail = value.split(":")
    said = values_of(named)
    things = [*things_named(of, store)]
    ids = {each.id for each in things}
    called = {each: [thing for thing in things if each in thing.names] for each in said if each not in ids}
    found = [called[each][0].id if len(called.get(each, ())) == 1 else each for each in said]
    settled = ":".join((listed_values(found), *tail))
    for each, those in called.items():
        if len(those) != 1:
            return NamedValue(settled, each, tuple(those or _nearest(each, things)), not those)
    return NamedValue(settled)


def things_named(of: str, store: Store) -> Iterator[NamedThing]:
    """The units, documents or plans that people name in a condition called so."""
    if of == "unit":
        for unit in store.units():
            label = with_place(unit.name, unit.region)
            yield NamedThing(unit.id, label, frozenset((label, unit.name, f"{unit.region}{unit.name}", *unit.names)))
    elif of == "cites":
        for document in store.documents():
            yield NamedThing(document.id, document.title, _titled(document.title, document.number, *document.titles))
    else:
        for plan in store.plans():
            yield NamedThing(plan.id, plan.title, _titled(plan.title, plan.document_number))


def _titled(*names: str | None) -> frozenset[str]:
    """Titles with and without their marks, and numbers."""
    return frozenset(said for name in names if name for said in (name, f"《{name}》"))


def _nearest(said: str, things: Sequence[NamedThing]) -> list[NamedThing]:
    """The things whose names are most like what was said, likest first."""
    by_name = {name: thing for thing in reversed(things) for name in thing.names}
    holding = [name for name in by_name if len(said) > 1 and (said in name or (len(name) > 1 and name in said))]
    like = [*sorted(holding, key=len)[: 2 * _NEAREST], *get_close_matches(said, by_name, 2 * _NEAREST, _ALIKE)]
    return [*{by_name[name].id: by_name[name] for name in like}.values()][:_NEAREST]
