"""What the things that a query names are called (名称)."""

from __future__ import annotations

from graph import RemovedThing, UnknownThing
from graph.store import Store
from web.words.conditions import LabelOf, with_place


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
                    return f"{found.number}{found.title}" if found else id
        except (UnknownThing, RemovedThing):
            return id
        return id

    return label_of
