"""An answer as people and programs get it (回答): how the question was read, every task that it counts, and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from graph.query import All, Among, Not, PlanRow, Query, Says, Some, Tally, Where, conjuncts
from ingest.model import Record, Role
from search.questions import Aside, AsideKind, Reply, Status, TopicFound
from web.pages.document import CitingPlace, citing_places
from web.pages.rows import ReplyRow, row_view
from web.queries.address import address_of
from web.words.conditions import SELECTED, Chip, LabelOf, chips, sentence, with_place
from web.words.replies import ASSUMED, BESIDE, NO_REPLY
from web.words.wording import ROLES, Translate, as_is, say

TALLIES = 50
"""Things of an answer (units, documents …) that are named; how many there are is always said."""


class ReplyChoice(Record, frozen=True):
    """Something that may have been meant, and the question that means it and keeps all else."""

    id: str
    label: str
    question: str


class ReplyMore(Record, frozen=True):
    """What stands beside an answer: what that is, how many tasks it means, and the address of their list."""

    kind: AsideKind
    words: str
    count: int
    url: str


class ReplyComplete(Record, frozen=True):
    """How complete an answer is: of the plans that it draws on, what of their responsibility text was read, in
    characters, and how many doubts they have."""

    plans: int
    consumed: int
    total: int
    doubts: int


class ReplyView(Record, frozen=True):
    """An answer. `rows` has every task that it counts; `values` are all that it says in words: what is `told` first,
    then the targets of its tasks, then `places`, where a document that is asked for is cited. `more` are lists beside
    it; `problem` is why there is no answer, "" where there is one.
    """

    status: Status
    problem: str
    question: str
    reading: str
    chips: tuple[Chip, ...]
    query: dict[str, Any]
    url: str
    readings: tuple[ReplyChoice, ...]
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    more: tuple[ReplyMore, ...]
    rows: tuple[ReplyRow, ...]
    told: tuple[str, ...]
    values: tuple[str, ...]
    places: tuple[CitingPlace, ...]
    count: int
    completeness: ReplyComplete


def reply_view(reply: Reply, label_of: LabelOf, translate: Translate = as_is) -> ReplyView:
    """The answer in words."""
    query = _asked(reply, reply.query)
    told = tuple(_told(reply, translate))
    return ReplyView(
        reply.status,
        reply.problem.kind if reply.problem else "",
        reply.question,
        sentence(query, label_of, translate) if reply.status == "answered" else "",
        chips(query, label_of, translate) if reply.status == "answered" else (),
        dict(msgspec.to_builtins(query)),
        address_of(query),
        tuple(ReplyChoice(id, label, again) for (id, label), again in zip(reply.choices, reply.rephrased, strict=True)),
        reply.understood.unused,
        tuple(_notes(reply, label_of, translate)),
        tuple(_more(reply, each, label_of, translate) for each in reply.beside),
        tuple(map(row_view, reply.rows)),
        told,
        (*told, *_values(reply)),
        citing_places(reply.places[:TALLIES]),
        reply.count,
        complete(reply.plans),
    )


def complete(plans: Sequence[PlanRow]) -> ReplyComplete:
    """How completely the plans that an answer draws on were read."""
    read, total = sum(row.consumed for row in plans), sum(row.total for row in plans)
    return ReplyComplete(len(plans), read, total, sum(row.doubts for row in plans))


def _more(reply: Reply, near: Aside, label_of: LabelOf, translate: Translate) -> ReplyMore:
    query = _asked(reply, near.query)
    about = _asked(reply, Query(near.about)) if near.about is not None else None
    shown = "、".join(f"{chip.title} {chip.words}" for chip in chips(about, label_of, translate)) if about else ""
    params = {"count": near.count, "words": near.words, "about": shown}
    return ReplyMore(near.kind, say(BESIDE, near.kind, params, translate), near.count, address_of(query))


def _asked(reply: Reply, query: Query) -> Query:
    """A query with topics as words again, so that its address says what was asked and not which tasks that were."""
    topics: dict[tuple[str, ...], str] = {found.ids: found.topic for found in reply.topics}
    parts = tuple(_in_words(each, topics) for each in conjuncts(query.where))
    return msgspec.structs.replace(query, where=All(parts))


def _in_words(where: Where, topics: Mapping[tuple[str, ...], str]) -> Where:
    match where:
        case Among(ids) if ids in topics:
            return Says(topics[ids])
        case Not(part):
            return Not(_in_words(part, topics))
        case Some(parts):
            return Some(tuple(_in_words(part, topics) for part in parts))
    return where


def _notes(reply: Reply, label_of: LabelOf, translate: Translate) -> Iterable[str]:
    """What was assumed, how words were found, and why there is no answer."""
    for assumed in dict.fromkeys(filter(None, reply.understood.assumed)):
        code, _, words = assumed.partition(":")
        if code in ASSUMED and (reply.status == "answered" or code == "near"):
            yield say(ASSUMED, code, {"words": words}, translate)
    yield from topic_notes(reply.topics, translate)
    if reply.ranked is not None:
        listed, things, whole = reply.ranked
        thing = translate(SELECTED[reply.query.select])
        params = {"listed": listed, "all": things, "whole": whole, "count": len(reply.rows), "thing": thing}
        yield say(ASSUMED, "ranked", params, translate)
    if reply.covered:
        yield say(ASSUMED, "covered", {"words": str(reply.covered)}, translate)
    if reply.status == "answered":
        for words, id, _others in reply.understood.other_units:
            yield say(ASSUMED, "taken", {"words": words, "without": label_of("unit", id)}, translate)
    if reply.problem is not None:
        many = reply.problem.kind == "which" and len(reply.problem.ids) > len(reply.choices)
        params = {"words": reply.problem.words, "count": len(reply.problem.ids)}
        yield say(NO_REPLY, "which-many" if many else reply.problem.kind, params, translate)
        if reply.choices and reply.status == "refused":
            yield say(NO_REPLY, "nearest", {}, translate)


def topic_notes(topics: Iterable[TopicFound], translate: Translate = as_is) -> Iterable[str]:
    """How words were found that no task says as they were typed."""
    for found in topics:
        if found.step in ("progress", "title", "alike", "apart", "loose", "fewer"):
            yield say(ASSUMED, f"topic-{found.step}", {"words": found.topic, "without": found.without}, translate)


def _told(reply: Reply, translate: Translate) -> Iterable[str]:
    """The answer where it is more than tasks: how many, what they have in common, that there are none."""
    if reply.status != "answered":
        return
    if reply.understood.counts:
        yield str(reply.count)
        if reply.whole is not None and reply.whole != reply.count:
            yield say(ASSUMED, "whole", {"words": str(reply.whole)}, translate)
    for tally in reply.tallies[:TALLIES]:
        yield _tally(tally, reply.query, translate)
    none = not (reply.rows or reply.tallies or reply.places)
    if none or (reply.query.select not in ("task", "plan") and not reply.tallies):
        yield say(NO_REPLY, "none-such", {}, translate)


def _values(reply: Reply) -> Iterable[str]:
    """Targets of the tasks, and places that cite."""
    if reply.status == "answered" and reply.query.select == "task":
        yield from dict.fromkeys(aim.text for row in reply.rows[:TALLIES] for aim in row.aims)
    for place in reply.places[:TALLIES]:
        yield f"《{place.title}》 {place.plan_title} {place.section}".rstrip()
    if reply.status == "answered" and reply.query.select == "plan":
        yield from (_plan_words(row) for row in reply.plans)


def _plan_words(row: PlanRow) -> str:
    said = (f"《{row.title}》", row.document_number, row.issuer, row.issued_on)
    return " ".join(filter(None, said))


def _tally(tally: Tally, query: Query, translate: Translate) -> str:
    if query.select != "unit":
        said = tally.label if query.select == "target" else with_place(tally.label, tally.detail)
        ranked = query.order in ("most", "least")
        return say(ASSUMED, "counted", {"words": said, "count": len(tally.tasks)}, translate) if ranked else said
    counted: Sequence[tuple[Role, int]] = (
        ("lead", tally.lead), ("responsible", tally.responsible), ("support", tally.support),
    )  # fmt: skip
    said = " ".join(f"{translate(ROLES[role])}{number}" for role, number in counted if number)
    return f"{with_place(tally.label, tally.detail)}{said}"
