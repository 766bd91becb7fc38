"""What the things that a query names are called (名称)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graph import RemovedThing, UnknownThing
from graph.store import Store
from ingest.model import Section
from web.queries.naming import NAMED_THINGS, things_named
from web.words.conditions import LabelOf, with_place

IdsOf = Callable[[str], Mapping[str, str]]
"""Ids by what they are called, of the things that a condition names; a name of several is none."""


def ids_in(store: Store) -> IdsOf:
    """What `labels_in` calls things, the other way round."""

    def ids_of(name: str) -> Mapping[str, str]:
        if name in NAMED_THINGS:
            return _of_one((each.label, each.id) for each in things_named(name, store))
        if name == "section":
            sections = (each for row in store.plans() for each in store.load(row.id).sections)
            return _of_one((_section_label(each), each.id) for each in sections)
        return {}

    return ids_of


def _section_label(section: Section) -> str:
    return f"{section.number}{section.title}"


def _of_one(called: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for label, id in called:
        found.setdefault(label, []).append(id)
    return {label: ids[0] for label, ids in found.items() if len(ids) == 1}


def labels_in(store: Store) -> LabelOf:
    """Names of units with their region, titles of plans and documents; the id where nothing is known of it."""

    def label_of(name: str, id: str) -> str:
        try:
            match name:
                case "unit":
                    unit = store.unit(id)
                    return with_place(unit.name, unit.region)
                case "plan":
                    return store.load(id).header.title
                case "cites":
                    return store.document(id).title
                case "section":
                    found = next((each for each in store.load(id.partition(".")[0]).sections if each.id == id), None)
                    return _section_label(found) if found else id
        except (UnknownThing, RemovedThing):
            return id
        return id

    return label_of
