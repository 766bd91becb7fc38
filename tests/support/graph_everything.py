"""All that a library says, to hold one store against another, or one moment against another."""

from __future__ import annotations

from graph.query.questions import GAP_CODES
from graph.store import CountedBy, Store
from ingest.model import Role

BY: tuple[CountedBy, ...] = ("plan", "region", "year", "month")
ROLES: tuple[Role, ...] = ("lead", "support", "responsible")


def everything(store: Store) -> dict[str, object]:
    """The answers to every question, about every plan, unit and document, by the question."""
    plans = [row.id for row in store.plans()]
    units = [row.id for row in store.units()]
    documents = [row.id for row in store.documents()]
    return {
        "record": [(store.load(id), store.source(id)) for id in plans],
        "files": [[(row.number, [file.sha256 for file in row.sources]) for row in store.versions(id)] for id in plans],
        "changes": store.changes(0),
        "plans": store.plans(),
        "units": [store.units(), *(store.units(plan=id) for id in plans), *map(store.unit, units)],
        "unit counts": [store.unit_counts(by) for by in BY],
        "pair counts": [store.pair_counts(), *map(store.pair_counts, plans)],
        "duties": [store.duties_of(id) for id in units],
        "duties by role": [store.duties_of(id, role=role) for id in units[:9] for role in ROLES],
        "duties by plan": [store.duties_of(id, plan=plan) for id in units[:9] for plan in plans],
        "duties without deadline": [store.duties_of(id, deadline="none") for id in units[:9]],
        "documents": [store.documents(), *map(store.document, documents)],
        "citing": [store.citing(id) for id in documents],
        "cited by": [store.cited_by(id, 0, limit) for id in documents for limit in (3, 200)],
        "due": [
            store.due_between("2000-01-01", "2100-01-01"),
            store.due_between("2021-09-01", "2021-09-30"),
            *(store.due_between("2000-01-01", "2100-01-01", plan=id) for id in plans),
        ],
        "gaps": [store.gaps(), *map(store.gaps, GAP_CODES), *(store.gaps(plan=id) for id in plans)],
        "gap counts": [store.gap_counts(), *map(store.gap_counts, plans)],
        "doubts": [store.doubts(), *map(store.doubts, plans)],
        "nodes and edges": [store.nodes_and_edges(), *(store.nodes_and_edges([id]) for id in plans)],
    }


def differing(one: dict[str, object], other: dict[str, object]) -> list[str]:
    """The questions that two libraries answer differently."""
    return [question for question in one if one[question] != other[question]]
