"""The search page (检索): how the words were understood, an answer table, hits with marks, facets, what emptied it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.model import Record, Span
from search.query import FacetValue, Filters, Hit, Kind, Note, Results, Rung
from web.facts.by_task import TaskView
from web.pages.reply import ReplyView

PER_PAGE = 20
EXCERPT = 160
"""Characters of a hit's words; what is longer is shown by the sentences that matched."""
FACETS = ("unit", "role", "plan", "section", "document", "month")


class Bit(Record, frozen=True):
    """A stretch of a hit's words, marked where it matched."""

    text: str
    marked: bool


class HitView(Record, frozen=True):
    """A hit: what it is, its marked words, the section that it stands in, and its task where it is one."""

    kind: Kind
    id: str
    plan_id: str
    plan_title: str
    section: tuple[Bit, ...]
    words: tuple[Bit, ...]
    task: TaskView | None


class Choice(Record, frozen=True):
    """A value of a facet, how many tasks have it, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


class Facet(Record, frozen=True):
    """A facet: the name of its parameter, its values, those that are chosen first."""

    name: str
    values: tuple[Choice, ...]


class Emptied(Record, frozen=True):
    """A filter without which something would be found, and how much."""

    name: str
    value: str
    label: str
    found: int


class SearchPage(Record, frozen=True):
    """What was found. `question` is set where the words were read as a question, answered or not.

    `rungs` are the steps from what was typed to what was found.
    `chosen` are the filters in force, `seconds` how long search took, `page` counts from 1.
    """

    query: str
    question: ReplyView | None
    hits: tuple[HitView, ...]
    total: int
    kinds: dict[Kind, int]
    facets: tuple[Facet, ...]
    chosen: tuple[Emptied, ...]
    emptied: tuple[Emptied, ...]
    notes: tuple[Note, ...]
    rungs: tuple[Rung, ...]
    page: int
    pages: int
    seconds: float


class Searched(Record, frozen=True):
    """What was asked and what was found, in how many seconds.

    `emptied` are filters (name, value) and what would be found without each.
    """

    query: str
    filters: Filters
    results: Results
    answer: ReplyView | None
    emptied: Sequence[tuple[str, str, int]]
    seconds: float


def search_page(
    searched: Searched,
    task_of: Callable[[str, str], TaskView | None],
    label_of: Callable[[str, str], str],
    page: int,
) -> SearchPage:
    """The page of a search. `label_of` says what to call a filter's value that no facet names."""
    chosen, results = chosen_of(searched.filters), searched.results
    return SearchPage(
        searched.query,
        searched.answer,
        tuple(_hit(hit, task_of) for hit in results.hits),
        results.total,
        results.kinds,
        tuple(_facet(name, getattr(results.facets, name), chosen, label_of) for name in FACETS),
        tuple(Emptied(name, value, label_of(name, value), 0) for name, value in chosen),
        tuple(Emptied(name, value, label_of(name, value), found) for name, value, found in searched.emptied if found),
        results.notes,
        results.rungs,
        page,
        max(1, -(-results.total // PER_PAGE)),
        round(searched.seconds, 3),
    )


def chosen_of(filters: Filters) -> list[tuple[str, str]]:
    """The filters in force as (name, value) pairs; a month is the days of it."""
    pairs = [(name, value) for name in ("kind", *FACETS[:-1]) for value in getattr(filters, name)]
    return [*pairs, *([("month", filters.due_from[:7])] if filters.due_from else [])]


def _hit(hit: Hit, task_of: Callable[[str, str], TaskView | None]) -> HitView:
    entry = hit.entry
    task = task_of(entry.plan, entry.id) if entry.kind == "task" else None
    words = tuple(excerpt(entry.text, hit.marks))
    section = tuple(_bits(entry.section, hit.section_marks))
    return HitView(entry.kind, entry.id, entry.plan, entry.plan_title, section, words, task)


def excerpt(text: str, marks: Sequence[Span]) -> Iterator[Bit]:
    """The sentences round the first mark, at most so many characters; …… stands for what is left out."""
    if len(text) <= EXCERPT:
        return _bits(text, marks)
    first = marks[0].start if marks else 0
    start = max((text.rfind(stop, 0, first) for stop in "。；！？"), default=-1) + 1
    start = start if first - start < EXCERPT // 2 else first - EXCERPT // 4
    end = min(len(text), start + EXCERPT)
    stop = max(text.rfind(each, start, end) for each in "。；！？，、")
    end = stop + 1 if stop > (marks[0].end if marks else start) else end
    inside = [Span(mark.start - start, mark.end - start) for mark in marks if start <= mark.start and mark.end <= end]
    before, after = "……" if start else "", "……" if end < len(text) else ""
    shown = (Bit(before, False), *_bits(text[start:end], inside), Bit(after, False))
    return (bit for bit in shown if bit.text)


def _bits(text: str, marks: Iterable[Span]) -> Iterator[Bit]:
    at = 0
    for mark in marks:
        if mark.start > at:
            yield Bit(text[at : mark.start], False)
        yield Bit(mark.of(text), True)
        at = mark.end
    if at < len(text):
        yield Bit(text[at:], False)


def _facet(
    name: str, values: Sequence[FacetValue], chosen: Sequence[tuple[str, str]], label_of: Callable[[str, str], str]
) -> Facet:
    picked = [value for each, value in chosen if each == name]
    found = {value.value: value for value in values}
    first = [
        Choice(value, found[value].label if value in found else label_of(name, value),
               found[value].count if value in found else 0, True)
        for value in picked
    ]  # fmt: skip
    rest = [Choice(value.value, value.label, value.count, False) for value in values if value.value not in picked]
    if name == "month":
        rest.sort(key=lambda choice: choice.value)
    return Facet(name, (*first, *rest))
