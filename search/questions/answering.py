"""A question answered (答问): read, settled against the library, and answered with every task that the answer counts.

Nothing is guessed: what cannot be settled is refused or asked back (`choose`), and what was assumed is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from msgspec.structs import replace

from graph.query import (
    NAMED,
    AimsAt,
    All,
    Among,
    Cites,
    Citing,
    Has,
    InPlan,
    InSection,
    Not,
    OfSystem,
    OfUnit,
    OfYear,
    PlanRow,
    Query,
    Says,
    Some,
    Tally,
    TaskRow,
    Where,
    conjuncts,
    require_bounded,
)
from graph.store import Store
from ingest import document_id
from ingest.model import Record
from search.catalog import Catalog
from search.query.filters import Filters
from search.questions.foreign import in_chinese
from search.questions.found import TopicFound, sections_of_number, sections_titled, tasks_saying
from search.questions.grammar import understand
from search.questions.lexer import tokens_of
from search.questions.library_names import LibraryNames, names_of_library, undated
from search.questions.mended import mended
from search.questions.near.beside import Aside, beside
from search.questions.near.naming import instead, meant, meant_besides, nearest_units
from search.questions.normal import normal
from search.questions.parsing import Problem, Understood
from search.questions.picking import picked, without_like, years_of_one

Status = Literal["answered", "choose", "refused"]
_CHOICES = 8


class Reply(Record, frozen=True):
    """An answer: the tasks in `rows` are all that it counts; `tallies` are what was asked of them (units, documents …).

    `covered` counts tasks that name a collective which may hold a unit that is asked for, and not the unit itself.
    `places` are where documents that the question names are cited. `topics` say how words were found, `choices` are
    ids that may have been meant, with what they are called, and `rephrased` for each the question that means it.
    `beside` are near queries and what they mean. Where things are ranked, `ranked` are how many of them the rows are
    of, how many there are, and how many tasks they have together.
    """

    question: str
    status: Status
    understood: Understood
    query: Query
    rows: tuple[TaskRow, ...] = ()
    tallies: tuple[Tally, ...] = ()
    count: int = 0
    whole: int | None = None
    topics: tuple[TopicFound, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    rephrased: tuple[str, ...] = ()
    problem: Problem | None = None
    plans: tuple[PlanRow, ...] = ()
    places: tuple[Citing, ...] = ()
    covered: int = 0
    generation: int = 0
    beside: tuple[Aside, ...] = ()
    ranked: tuple[int, int, int] | None = None


def reply(question: str, catalog: Catalog, today: date) -> Reply:
    """Answers a question from one generation of the library."""
    with catalog.store.snapshot() as generation:
        names = names_in(catalog)
        stands = _Standing(catalog)
        said = in_chinese(question, names, lambda letters: _sounding(letters, catalog))
        tokens = mended(tokens_of(said, names, catalog.frequency, today), names, stands)
        understood = understand(tokens, names, today)
        made = _answered(question, understood, _Library(catalog, names, today))
    return replace(made, generation=generation)


def reply_to(query: Query, said: str, catalog: Catalog, today: date) -> Reply:
    """The answer to a query, which was asked by these words."""
    with catalog.store.snapshot() as generation:
        asked, topics = settled(query, catalog)
        made = _selected(said, Understood(query), asked, topics, _Library(catalog, names_in(catalog), today))
    return replace(made, generation=generation)


def names_in(catalog: Catalog) -> LibraryNames:
    """The gazetteer of a catalog's library."""
    return catalog.kept(_names_made)


def _names_made(catalog: Catalog) -> LibraryNames:
    store = catalog.store
    return names_of_library(store.units(), store.documents(), store.plans(), catalog.names)


def settled(query: Query, catalog: Catalog) -> tuple[Query, tuple[TopicFound, ...]]:
    """A query whose words and lines of work are tasks and units, so that a store can be asked; how words were found."""
    found: list[TopicFound] = []

    def settle(where: Where) -> Where:
        match where:
            case All(parts):
                return All(tuple(map(settle, parts)))
            case Some(parts):
                return Some(tuple(map(settle, parts)))
            case Not(part):
                return Not(settle(part))
            case Says(text):
                found.append(tasks_saying(catalog, text))
                return Among(found[-1].ids)
            case OfSystem(systems):
                return OfUnit(catalog.names.of_system(systems, catalog.store.units()))
        return where

    require_bounded(query.where)
    return replace(query, where=settle(query.where)), tuple(found)


def _sounding(letters: str, catalog: Catalog) -> str:
    """What stands in the texts and sounds like some letters: 城市 for chengshi; "" for none."""
    rungs = catalog.look(letters, Filters(kind=("task", "milestone", "plan")), 0, 1).rungs
    return next((rung.sought[0] for rung in rungs if rung.step == "near" and rung.count and rung.sought), "")


class _Standing:
    """Whether the texts hold a string; each is looked up once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[str, bool] = {}

    def __call__(self, text: str) -> bool:
        if text not in self._known:
            _, found = self._catalog.find(f'"{text}"', Filters(kind=("task", "milestone")))
            self._known[text] = bool(found.scored)
        return self._known[text]


class _Library(NamedTuple):
    """What is asked: a catalog with its gazetteer, and the day of the question."""

    catalog: Catalog
    names: LibraryNames
    today: date


def _answered(question: str, understood: Understood, library: _Library) -> Reply:
    catalog, names = library.catalog, library.names
    if understood.problem is not None:
        return _not_answered(question, understood, understood.problem, names)
    understood = _plans_in_short(understood, names)
    topics = tuple(tasks_saying(catalog, topic, _plans_of(understood.query)) for topic in understood.topics)
    lost = next((each for each in topics if each.step == "none"), None)
    if lost is not None:
        return _not_answered(question, understood, Problem("no-topic", lost.topic), names, topics)
    sections = sections_of_number(catalog, _plans_of(understood.query), understood.sections)
    if sections:
        sections = sections_titled(sections, understood.topics) or sections
        bare = not catalog.store.select(Query(InSection(tuple(each.id for each in sections))), limit=0).ids
        # 第十九条 党政同责: the words only say what the item is called; 第6项 may be a sentence of a task's text.
        topics, sections = (topics, ()) if bare and topics else ((), sections)
    if understood.sections and not sections and not topics:
        return _not_answered(question, understood, Problem("no-section", understood.sections[0][1]), names, topics)
    more: list[Where] = [Among(each.ids) for each in topics]
    more += [InSection(tuple(each.id for each in sections))] if sections else []
    query, denied = settled(replace(understood.query, where=All((*conjuncts(understood.query.where), *more))), catalog)
    topics = (*topics, *denied)
    if understood.fresh:
        return _compared(question, understood, query, topics, library)
    return _selected(question, understood, query, topics, library)


def _plans_in_short(understood: Understood, names: LibraryNames) -> Understood:
    """食安 beside a unit is the one plan that is about it; where no task says the word, it is so too."""
    narrowed = [*conjuncts(understood.query.where)]
    kept: list[str] = []
    for topic in understood.topics:
        plans = names.one_plan_in_short(topic)
        beside = narrowed or understood.query.select != "task" or len(understood.topics) > 1
        titles = (normal(row.title) for row in names.plans if row.id in plans)
        beside = beside or not any(topic in title for title in titles)
        if plans and beside:
            narrowed.append(InPlan(plans))
        else:
            kept.append(topic)
    query = replace(understood.query, where=All(tuple(narrowed)))
    return replace(understood, query=query, topics=tuple(kept))


def _not_answered(
    question: str, understood: Understood, problem: Problem, names: LibraryNames, topics: tuple[TopicFound, ...] = ()
) -> Reply:
    ids = problem.ids[:_CHOICES]
    if problem.kind == "which":
        choices, rephrased = meant(question, problem.words, ids, names)
        return Reply(
            question, "choose", understood, understood.query, topics=topics, choices=choices, rephrased=rephrased,
            problem=problem,
        )  # fmt: skip
    near = nearest_units(problem.words, names) if problem.kind == "unknown-unit" else ()
    choices, rephrased = instead(question, problem.words, near, names)
    return Reply(
        question, "refused", understood, understood.query, topics=topics, choices=choices, rephrased=rephrased,
        problem=problem,
    )  # fmt: skip


def _plans_of(query: Query) -> tuple[str, ...]:
    return tuple(id for each in conjuncts(query.where) if isinstance(each, InPlan) for id in each.ids)


def _selected(
    question: str, understood: Understood, query: Query, topics: tuple[TopicFound, ...], library: _Library
) -> Reply:
    store = library.catalog.store
    chosen = store.select(query, limit=0).ids
    ids = best_first(chosen, topics)
    tallies = tallies_of(query, ids, store)
    if query.select == "unit" and query.roles and any(isinstance(each, OfUnit) for each in conjuncts(query.where)):
        ids = _counted_in(tallies, ids)
    if understood.excluded:
        tallies = tuple(each for each in tallies if each.key not in understood.excluded)
        ids = _counted_in(tallies, ids)
    if query.select == "target":
        tallies = _aimed(tallies, understood.topics, query)
    if understood.part is not None:
        tallies = _ranked(tallies, *understood.part)
    if query.least is not None or query.order in ("most", "least"):
        ids = tuple(dict.fromkeys(id for each in tallies[:_CHOICES] for id in each.tasks))
    counted = tuple(each for each in conjuncts(query.where) if not isinstance(each, Has))
    narrowed = understood.counts and counted != conjuncts(query.where)
    whole = len(store.select(replace(query, where=All(counted)), limit=0).ids) if narrowed else None
    rows = store.tasks(ids)
    narrower = [row for row in rows if understood.noun in row.text] if understood.noun and topics else rows
    if 0 < len(narrower) < len(rows):
        return _either(question, understood)
    if understood.pick:
        rows = picked(rows, understood.pick, library.today)
        ids = tuple(row.id for row in rows)
    ranks = query.least is not None or query.most is not None or query.order in ("most", "least")
    whole_tasks = len({id for each in tallies for id in each.tasks})
    ranked = (
        (min(_CHOICES, len(tallies)), len(tallies), whole_tasks)
        if ranks and tallies and query.select != "task"
        else None
    )
    used = {row.plan_id for row in rows}
    plans = tuple(row for row in store.plans() if row.id in used)
    count = len(tallies) if query.select not in ("task", "unit") and understood.counts else len(ids)
    cited = [id for each in conjuncts(query.where) if isinstance(each, Cites) for id in each.documents]
    places = tuple(place for id in cited for place in store.citing(id))
    choices, rephrased = meant_besides(question, understood.other_units, library.names)
    return Reply(
        question, "answered", understood, query, rows, tallies, count, whole, topics, choices, rephrased,
        plans=plans, places=places, covered=_covered(query, chosen, store), ranked=ranked,
        beside=beside(query, understood, count, lambda near: len(store.select(near, limit=0).ids)),
    )  # fmt: skip


def _counted_in(tallies: Sequence[Tally], ids: Sequence[str]) -> tuple[str, ...]:
    """The tasks that some thing has."""
    had = {id for each in tallies for id in each.tasks}
    return tuple(id for id in ids if id in had)


def _compared(
    question: str, understood: Understood, query: Query, topics: tuple[TopicFound, ...], library: _Library
) -> Reply:
    """Tasks of a year that the year before had not, or the other way round; where a plan has two."""
    store, parts = library.catalog.store, conjuncts(query.where)
    asked = sorted({year for each in parts if isinstance(each, OfYear) for year in each.years})
    kept = tuple(each for each in parts if not isinstance(each, OfYear | InPlan))
    plans = _plans_of(query)
    named = {undated(row.title) for row in library.names.plans if row.id in plans}
    rows = [row for row in library.names.plans if not plans or undated(row.title) in named]
    pairs = years_of_one(rows, asked)
    if not pairs:
        return _not_answered(question, understood, Problem("one-year", understood.fresh), library.names, topics)
    sides = [
        store.select(replace(query, select="task", where=All((*kept, InPlan(ids)))), limit=None).rows
        for ids in ((*(new for new, _ in pairs),), (*(old for _, old in pairs),))
    ]
    came, went = without_like(*sides), without_like(*sides[::-1])
    found = {"more": came, "less": went}.get(understood.turn, (*came, *went))
    ids = tuple(row.id for row in found)
    used = {row.plan_id for side in sides for row in side}
    meant = replace(query, select="task", where=Among(ids))
    said = replace(
        understood, assumed=(*understood.assumed, f"fresh-{understood.turn or 'both'}:{len(came)}/{len(went)}")
    )
    return Reply(
        question, "answered", said, meant, found, (), len(ids), None, topics,
        plans=tuple(row for row in store.plans() if row.id in used),
    )  # fmt: skip


def _aimed(tallies: tuple[Tally, ...], topics: Sequence[str], query: Query) -> tuple[Tally, ...]:
    """Of the targets those that say the topic, where any does: 合格率 is no question about the other targets."""
    topics = [*topics, *(each.subject for each in conjuncts(query.where) if isinstance(each, AimsAt) and each.subject)]
    said = tuple(each for each in tallies if all(topic in normal(each.label) for topic in topics))
    return said or tallies


def _either(question: str, understood: Understood) -> Reply:
    """宣传方面有哪些活动: all tasks about it, or those that speak of 活动 too."""
    noun, asked = understood.noun, normal(question)
    at = asked.rfind(noun)
    wider, closer = f"{asked[:at]}任务{asked[at + len(noun) :]}", f"{noun} {asked[:at]}任务{asked[at + len(noun) :]}"
    return Reply(
        question, "choose", understood, understood.query, choices=(("", closer), ("", wider)),
        rephrased=(closer, wider), problem=Problem("which", noun),
    )  # fmt: skip


def _ranked(tallies: Sequence[Tally], first: int, end: int) -> tuple[Tally, ...]:
    """The things of some places, with those that have as many tasks as the last of them."""
    counts = sorted({len(each.tasks) for each in tallies}, reverse=True)
    if first:
        return tuple(each for each in tallies if counts[first:end] and len(each.tasks) in counts[first:end])
    least = len(tallies[min(end, len(tallies)) - 1].tasks) if tallies else 0
    return tuple(each for each in tallies if len(each.tasks) >= least)


def _covered(query: Query, named: Sequence[str], store: Store) -> int:
    """How many tasks besides those `named` would be meant, if a collective stood for each unit that may be of it."""
    parts = conjuncts(query.where)
    wider = tuple(
        replace(each, via=("member", "collective")) if isinstance(each, OfUnit) and each.via == NAMED else each
        for each in parts
    )
    if wider == parts:
        return 0
    return len({*store.select(replace(query, where=All(wider)), limit=0).ids} - {*named})


def best_first(ids: Sequence[str], topics: Sequence[TopicFound]) -> tuple[str, ...]:
    """Tasks that hold the words best come first, where words were asked for."""
    if not topics:
        return tuple(ids)
    place = {id: at for at, id in enumerate(topics[0].ids)}
    return tuple(sorted(ids, key=lambda id: place.get(id, len(place))))


def _cited_above(query: Query, known: Sequence[Tally], store: Store) -> tuple[Tally, ...]:
    """What the plans that a query names cite in their preambles, for no task in particular."""
    plans = _plans_of(query)
    cited = [citation for plan in plans for citation in store.load(plan).citations]
    there = {tally.key for tally in known}
    found: dict[str, Tally] = {}
    for each in cited:
        id = document_id(each.title or "", each.document_number)
        if id not in there:
            found[id] = Tally(id, each.title or each.document_number or "", each.document_number or "", ())
    return tuple(found.values())


def tallies_of(query: Query, ids: Sequence[str], store: Store) -> tuple[Tally, ...]:
    """What a query that lists something else than tasks lists: what these tasks, which it means, have of it, counted.

    A unit that the query itself asks for is not listed beside those it works with.
    """
    if query.select == "task":
        return ()
    found = store.tally(ids, query.select, query.roles)
    if query.select == "document":
        found += _cited_above(query, found, store)
    if query.select == "unit":
        if not found and query.roles:
            found = store.tally(ids, "unit")
        asked = {id for each in conjuncts(query.where) if isinstance(each, OfUnit) for id in each.ids}
        found = tuple(each for each in found if each.key not in asked)
    if query.least is not None or query.most is not None:
        low, high = query.least or 0, query.most or 10**9
        found = tuple(each for each in found if low <= len(each.tasks) <= high)
    return found[::-1] if query.order == "least" else found
