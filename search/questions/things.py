"""Which thing of the graph somebody means (所指): by its id, or by how a unit, document, plan or task is called."""

from __future__ import annotations

from collections.abc import Iterator

from graph import NODES, RemovedThing, UnknownThing, node_key
from graph.projection import Projection
from graph.query import Node
from ingest import normal_title
from ingest.errors import ZerenError
from search.catalog import Catalog
from search.questions.answering import names_in
from search.questions.normal import normal

MAX_SUGGESTIONS = 8

_PUBLIC = tuple(kind.name for kind in NODES if not kind.private)


class AmbiguousThing(ZerenError):
    """Words may mean several things. Params: words, candidates (their keys, the names behind them)."""

    code = "ambiguous-thing"


def find_thing(words: str, catalog: Catalog, projection: Projection) -> Node:
    """The one thing that is meant: `unit:ID`, an ID, or a name. Raises `UnknownThing`, `RemovedThing`,
    `AmbiguousThing`."""
    if catalog.store.was_removed(words):
        raise RemovedThing(kind="", id=words)
    for ways in (_by_id, _by_name, _by_text):
        found = list({node.key: node for node in ways(words, catalog, projection)}.values())[:MAX_SUGGESTIONS]
        if len(found) > 1:
            raise AmbiguousThing(words=words, candidates="；".join(f"{node.key}（{node.label}）" for node in found))
        if found:
            return found[0]
    raise UnknownThing(kind="", id=words)


def _by_id(words: str, _: Catalog, projection: Projection) -> Iterator[Node]:
    is_key = words.partition(":")[0] in _PUBLIC and ":" in words
    keys = [words] if is_key else [node_key(each, words) for each in _PUBLIC]
    yield from (node for key in keys if (node := projection.node(key)) is not None)


def _by_name(words: str, catalog: Catalog, projection: Projection) -> Iterator[Node]:
    """Units by all their names, else plans by their titles, else documents by title or number."""
    said = normal(words).strip("《》")
    names = names_in(catalog)
    meanings = [each for each in names.names.get(said, ()) if not each.loose]
    keys = [node_key("unit", id) for each in meanings if each.kind == "unit" for id in each.ids]
    keys = keys or [node_key("plan", row.id) for row in names.plans if normal_title(row.title) == normal_title(words)]
    keys = keys or [node_key("document", id) for each in meanings if each.kind == "document" for id in each.ids]
    if not keys and len(said) > 1:
        near = (row for row in names.documents if any(said in normal(title) for title in row.titles))
        keys = [node_key("document", row.id) for row in near]
    yield from (node for key in keys if (node := projection.node(key)) is not None)


def _by_text(words: str, _: Catalog, projection: Projection) -> Iterator[Node]:
    yield from projection.saying("task", words, MAX_SUGGESTIONS) if words else ()
