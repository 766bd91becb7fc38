"""The document page (依据文件): who rests on it, in which role, in which words, whom that binds, and its chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.questions import Citing, DocumentRow, Party
from ingest.model import CitationRole, Record, fact_id
from web.contexts import CitationOnTask, PlanFacts, citation_on

ROLES: tuple[CitationRole, ...] = ("implement", "revise", "formulate", "compile", "legislate", "mention")
"""The order in which roles of citation are shown."""


class Words(Record, frozen=True):
    """A stretch of a sentence, marked where it names the document."""

    text: str
    marked: bool


class CitingPlace(Record, frozen=True):
    """A place that cites the document, its sentence with the title marked."""

    citing: Citing
    sentence: tuple[Words, ...]


class CitingRole(Record, frozen=True):
    """The places that cite the document in one role."""

    role: CitationRole
    places: tuple[CitingPlace, ...]


class Bound(Record, frozen=True):
    """A unit that citing tasks bind, and how many of these tasks it stands on."""

    unit_id: str
    name: str
    tasks: int


class DocumentPage(Record, frozen=True):
    """A document. `cites` are what it cites itself, where the library has it; `issued_by` are documents that issue it
    (印发〈…〉的通知)."""

    document: DocumentRow
    roles: tuple[CitingRole, ...]
    bound: tuple[Bound, ...]
    issued_by: tuple[tuple[str, str], ...]
    cites: tuple[CitationOnTask, ...]


def document_page(document: DocumentRow, citing: Sequence[Citing], plan: PlanFacts | None) -> DocumentPage:
    """The page of a document; `plan` is the document itself where it is a plan in the library."""
    places = citing_places(citing)
    grouped = (CitingRole(role, tuple(each for each in places if each.citing.role == role)) for role in ROLES)
    return DocumentPage(
        document,
        tuple(group for group in grouped if group.places),
        _bound(citing),
        tuple({each.through: each.title for each in citing if each.through}.items()),
        _cited_by(plan) if plan else (),
    )


def citing_places(citing: Iterable[Citing]) -> tuple[CitingPlace, ...]:
    """The places with the title marked in their sentences."""
    return tuple(CitingPlace(each, _sentence(each.sentence, f"《{each.title}》")) for each in citing)


def _sentence(sentence: str, title: str) -> tuple[Words, ...]:
    before, found, after = sentence.partition(title)
    if not found:
        return (Words(sentence, False),)
    return tuple(words for words in (Words(before, False), Words(found, True), Words(after, False)) if words.text)


def _bound(citing: Sequence[Citing]) -> tuple[Bound, ...]:
    tasks: dict[str, set[str]] = {}
    names: dict[str, Party] = {}
    for each in citing:
        for party in each.parties:
            names.setdefault(party.unit_id, party)
            tasks.setdefault(party.unit_id, set()).update(each.tasks)
    bound = [Bound(id, names[id].name, len(of)) for id, of in tasks.items()]
    return tuple(sorted(bound, key=lambda unit: (-unit.tasks, unit.unit_id)))


def _cited_by(facts: PlanFacts) -> tuple[CitationOnTask, ...]:
    """What a plan cites, each document once."""
    plan = facts.plan
    own = [citation_on(fact_id(plan.id, "citation", nth), each) for nth, each in enumerate(plan.citations, 1)]
    held = [citation for task in facts.tasks.values() for citation in task.citations]
    return tuple({citation.document_id: citation for citation in (*own, *held)}.values())
