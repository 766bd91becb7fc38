"""The document page (依据文件): who rests on it, in which role, in which words, whom that binds, and its chain."""

from __future__ import annotations

from collections.abc import Iterable

from graph.query import All, CitedBy, Cites, Citing, Counted, DocumentRow, OfUnit, Query
from graph.store import PAGE
from ingest.model import CitationRole, Record, fact_id
from web.facts.by_task import CitationOnTask, PlanFacts, citation_on
from web.pages.rows import Shared, TaskList
from web.queries.address import address_of

MOST = 100
"""Units that it binds, documents that issue it and documents that it cites: as many of each are shown."""


class Words(Record, frozen=True):
    """A stretch of a sentence, marked where it names the document."""

    text: str
    marked: bool


class CitingPlace(Record, frozen=True):
    """A place that cites the document, its sentence with the title marked."""

    citing: Citing
    sentence: tuple[Words, ...]


class CitingRole(Record, frozen=True):
    """How many places cite the document in one role, and those of them that this page shows."""

    role: CitationRole
    count: int
    places: tuple[CitingPlace, ...]


class DocumentPage(Record, frozen=True):
    """A document. `cites` are what it cites itself, where the library has it; `issued_by` are documents that issue it
    (印发〈…〉的通知).

    `total` places cite it, of which the page shows `PAGE`; `tasks` are those that rest on it. `bound`,
    `issued_by` and `cites` are at most `MOST` of
    `bound_total`, `issued_by_total` and `cites_total`.
    """

    document: DocumentRow
    roles: tuple[CitingRole, ...]
    tasks: TaskList
    bound: tuple[Shared, ...]
    bound_total: int
    issued_by: tuple[tuple[str, str], ...]
    issued_by_total: int
    cites: tuple[CitationOnTask, ...]
    cites_total: int
    total: int
    page: int
    pages: int


class Resting(Record, frozen=True):
    """The tasks that rest on a document, and the units that they bind, most first."""

    tasks: TaskList
    units: tuple[Counted, ...]


def document_page(
    document: DocumentRow, cited: CitedBy, resting: Resting, plan: PlanFacts | None, page: int
) -> DocumentPage:
    """The page of a document; `plan` is the document itself where it is a plan in the library."""
    places = citing_places(cited.rows)
    pages = max(1, -(-cited.total // PAGE))
    cites = _cited_by(plan) if plan else ()
    return DocumentPage(
        document,
        tuple(
            CitingRole(role, count, tuple(each for each in places if each.citing.role == role))
            for role, count in cited.roles.items()
        ),
        resting.tasks,
        tuple(_bound(document.id, each) for each in resting.units[:MOST]),
        len(resting.units),
        cited.issued_by[:MOST],
        len(cited.issued_by),
        cites[:MOST],
        len(cites),
        cited.total,
        min(page, pages),
        pages,
    )


def _bound(document: str, of: Counted) -> Shared:
    url = address_of(Query(All((Cites((document,)), OfUnit((of.key,))))))
    return Shared(of.key, of.label, of.detail, of.tasks, url)


def citing_places(citing: Iterable[Citing]) -> tuple[CitingPlace, ...]:
    """The places with the title marked in their sentences."""
    return tuple(CitingPlace(each, _sentence(each.sentence, f"《{each.title}》")) for each in citing)


def _sentence(sentence: str, title: str) -> tuple[Words, ...]:
    before, found, after = sentence.partition(title)
    if not found:
        return (Words(sentence, False),)
    return tuple(words for words in (Words(before, False), Words(found, True), Words(after, False)) if words.text)


def _cited_by(facts: PlanFacts) -> tuple[CitationOnTask, ...]:
    """What a plan cites, each document once."""
    plan = facts.plan
    own = [citation_on(fact_id(plan.id, "citation", nth), each) for nth, each in enumerate(plan.citations, 1)]
    held = [citation for task in facts.tasks.values() for citation in task.citations]
    return tuple({citation.document_id: citation for citation in (*own, *held)}.values())
