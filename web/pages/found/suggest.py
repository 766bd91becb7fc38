"""What may be meant while somebody types (联想): units, plans, documents and topics, each with where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ingest.model import Record
from search.query import SuggestedKind, Suggestion
from web.words.conditions import with_place


class SuggestedThing(Record, frozen=True):
    """Something that may be meant: `said` is what to type for it and nothing else (教育局（兴化市）), `detail` the
    unit's region or the number of a plan or document, `count` its tasks (of a document the places that cite it), and
    `url` its page, of a topic the search for it."""

    kind: SuggestedKind
    id: str
    label: str
    detail: str
    said: str
    count: int
    url: str


class SuggestPage(Record, frozen=True):
    """At most ten things, those that are likeliest first; none where nothing was typed."""

    query: str
    suggestions: tuple[SuggestedThing, ...]


def suggest_page(query: str, found: Iterable[Suggestion], url_of: Callable[[SuggestedKind, str], str]) -> SuggestPage:
    """What was found for what was typed."""
    return SuggestPage(query, tuple(_thing(each, url_of(each.kind, each.id)) for each in found))


def _thing(of: Suggestion, url: str) -> SuggestedThing:
    said = with_place(of.label, of.detail) if of.kind == "unit" else of.label
    return SuggestedThing(of.kind, of.id, of.label, of.detail, said, of.count, url)
