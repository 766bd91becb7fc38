"""Chains of authority on the site (依据链视图): what a plan, a document or a list rests on, and what says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from flask_babel import gettext

from graph import UnknownThing
from graph.query import Citing, TaskRow
from ingest import document_region
from web.maps.chain.layout import ChainMap, chain_map
from web.maps.chain.making import ChainDocument, CitedPlace, KnownDocument, chain_of, matter_of
from web.maps.chain.saying import MOST_SAID, StripSaid, strip_said
from web.maps.state import MapState
from web.site.views import library


def chain_about(subject: str, id: str, tasks: Sequence[TaskRow], state: MapState) -> ChainMap:
    """The chain of a plan, a document (`id` is its) or a list."""
    places = [*_of_document(id)] if subject == "document" else [*_of_tasks(tasks)]
    if subject == "plan":
        places += _of_plan(id)
    known = _known(dict.fromkeys(place.document_id for place in places))
    titles = {row.id: row.title for row in library().store.plans()}
    plans = dict.fromkeys(place.plan_id for place in places)
    if subject == "plan":
        plans[id] = None
    chain = chain_of(
        (place for place in places if place.document_id in known),
        known, {each: titles.get(each, each) for each in plans}, id if subject == "document" else "",
    )  # fmt: skip
    note = gettext("%(count)s 件依据", count=chain.of)
    if chain.made:
        note += gettext("，要出 %(count)s 件", count=len(chain.made))
    return chain_map(chain, "documents" in state.more, note)


def _of_tasks(tasks: Sequence[TaskRow]) -> Iterator[CitedPlace]:
    for task in tasks:
        for basis in task.bases:
            yield CitedPlace(basis.document_id, task.plan_id, basis.role, (task.id,))


def _of_plan(id: str) -> Iterator[CitedPlace]:
    """What the head of a plan cites, and clauses of it that are about no task."""
    for edge in library().store.nodes_and_edges({id}).edges:
        if edge.kind == "cites" and edge.source.startswith(("plan:", "milestone:")):
            yield CitedPlace(edge.target.removeprefix("document:"), id, edge.detail, ())


def _of_document(id: str) -> Iterator[CitedPlace]:
    """Who cites a document, or another one of the same matter."""
    store = library().store
    matter = matter_of(store.document(id).title)
    for row in store.documents():
        if row.id == id or matter_of(row.title) == matter:
            for each in store.citing(row.id):
                if each.through:
                    continue  # The notice that issues it is of the same matter, and cited in the same words.
                yield CitedPlace(row.id, each.plan_id, each.role, each.tasks)


def _known(ids: Collection[str]) -> Mapping[str, KnownDocument]:
    """The documents by the ids by which they are cited; one that is gone meanwhile is left out."""
    found = {}
    for id in ids:
        try:
            row = library().store.document(id)
        except UnknownThing:
            continue
        region = document_region(row.title, row.number, library().lexicon)
        found[id] = KnownDocument(row.id, row.title, row.number, row.plan_id, region)
    return found


def strip_of_chain(made: ChainMap, picked: str) -> StripSaid | None:
    """The sentences of what is selected: a document (`@key`), in one plan (`@key.plan`), or a matter that is handed
    down from one document to another (`@key>key`)."""
    keys, _, plan = picked.removeprefix("@").partition(".")
    chosen = [each for key in keys.split(">")[:2] if (each := made.chain.named(key))]
    if not chosen or not picked.startswith("@"):
        return None
    plans = {each.id for each in made.chain.plans if not plan or each.key == plan}
    citing = [each for document in chosen for each in _citing(document, plans)]
    texts = {id: library().store.source(id).text for id in {each.plan_id for each in citing[:MOST_SAID]}}
    return strip_said([(each.document.id, each.document.title) for each in chosen], citing, texts)


def _citing(document: ChainDocument, plans: Collection[str]) -> Iterator[Citing]:
    """Each place once: a title inside 〈〉 is cited in the words that cite its notice."""
    seen: set[str] = set()
    for id in document.ids:
        for each in library().store.citing(id):
            if each.plan_id in plans and each.citation_id not in seen and each.through in (None, id):
                seen.add(each.citation_id)
                yield each


def lit_in(made: ChainMap, picked: str) -> frozenset[str]:
    """The keys of documents that stand out with a selection; none where nothing is selected."""
    chosen = picked.removeprefix("@").partition(".")[0].split(">")
    if not picked.startswith("@"):
        return frozenset()
    found = {key for key in chosen if made.chain.named(key)}
    for each in made.shown:
        # Who hands down to what is selected, and on whom it is handed.
        if len(chosen) == 1 and each.above and {each.key, each.above} & set(chosen):
            found |= {each.key, each.above}
    return frozenset(found)
