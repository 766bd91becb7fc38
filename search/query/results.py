"""What was found, as it is shown (结果): a page of hits with highlights, and counts by facet. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.model import Record, Span
from search.index.fields import Entry, Kind
from search.index.port import Found, Scored
from search.index.tree import Mark, Note, Query
from search.query.filters import Filters
from search.query.ladder import Rung
from search.query.once import without_repeats
from search.words.analyzer import Folded, fold

MAX_FACET_VALUES = 50


class Hit(Record, frozen=True):
    """命中. Highlights are sorted and do not overlap: `marks` in characters of `entry.text`, `section_marks` of
    `entry.section`, `page_marks` in characters of the plan's source text, line breaks included."""

    entry: Entry
    score: float
    marks: tuple[Span, ...]
    section_marks: tuple[Span, ...]
    page_marks: tuple[Span, ...]


class FacetValue(Record, frozen=True):
    """A value to filter by, what to call it, and how many of the tasks found have it."""

    value: str
    label: str
    count: int


class Facets(Record, frozen=True):
    """分面: counts of tasks (rows that repeat one left out), the most frequent values first. A month is 2021-12."""

    unit: tuple[FacetValue, ...]
    role: tuple[FacetValue, ...]
    plan: tuple[FacetValue, ...]
    section: tuple[FacetValue, ...]
    document: tuple[FacetValue, ...]
    month: tuple[FacetValue, ...]


class Results(Record, frozen=True):
    """A page of hits from `offset`, how many there are in all and of each kind, what was cut of the query, and the
    steps of the ladder that led to them."""

    total: int
    offset: int
    hits: tuple[Hit, ...]
    kinds: dict[Kind, int]
    facets: Facets
    notes: tuple[Note, ...]
    generation: int
    rungs: tuple[Rung, ...] = ()


def shape(found: Found, query: Query, filters: Filters, offset: int = 0, limit: int = 20) -> Results:
    """The results of a query: documents and units once each, highlights only on the page that is shown.

    `filters` are those chosen, for the facets.
    """
    scored = without_repeats(found.scored, query.marks)
    hits = tuple(_hit(each, query.marks) for each in scored[offset : offset + limit])
    kinds: dict[Kind, int] = dict(Counter(each.entry.kind for each in scored))
    return Results(
        len(scored), offset, hits, kinds, facets(scored, filters.unit, filters.role), query.notes, found.generation
    )


def facets(scored: Iterable[Scored], units: Sequence[str] = (), roles: Sequence[str] = ()) -> Facets:
    """The facets of all tasks among the entries. A unit and a role hold in one assignment: where units are chosen,
    only their roles count, and where roles are chosen, only the units in them."""
    tasks = [each.entry for each in scored if each.entry.kind == "task" and not each.entry.same_as]
    return Facets(
        _facet(each for task in tasks for each in _units_in(task, roles)),
        _facet((role, role) for task in tasks for role in _roles_of(task, units)),
        _facet((task.plan, task.plan_title) for task in tasks),
        _facet((task.section_id, task.section) for task in tasks),
        _facet((cited.document, cited.title) for task in tasks if task.cited for cited in task.cited),
        _facet((month, month) for task in tasks if task.due for month in {day[:7] for day in task.due}),
    )


def _units_in(task: Entry, roles: Sequence[str]) -> set[tuple[str, str]]:
    return {(part.unit, part.name) for part in task.parts if not roles or part.role in roles}


def _roles_of(task: Entry, units: Sequence[str]) -> set[str]:
    return {part.role for part in task.parts if not units or part.unit in units}


def highlight(text: Folded, marks: Iterable[Mark]) -> tuple[Span, ...]:
    """Where the marks stand in a text: a mark's strings, or where none does, its words. Touching ones are joined."""
    places: list[tuple[int, int]] = []
    for mark in marks:
        places += _places(text.text, mark.strings) or _places(text.text, mark.words)
    return tuple(text.span(start, end) for start, end in _joined(places))


def page_highlight(entry: Entry, marks: tuple[Mark, ...]) -> tuple[Span, ...]:
    """Where the marks stand in the plan's source text.

    Where layout noise (a page number) parts what belongs together, the task's own text leads to the places.
    """
    page = fold(entry.page)
    spans = highlight(page, marks)
    if not spans and page.text:
        text = fold(entry.text)
        way = _way(text.text, page.text)
        places = [place for mark in marks for place in _places(text.text, mark.strings)]
        spans = tuple(page.span(way[start], way[end - 1] + 1) for start, end in _joined(places)) if way else ()
    return tuple(Span(entry.span.start + each.start, entry.span.start + each.end) for each in spans)


def _hit(scored: Scored, marks: tuple[Mark, ...]) -> Hit:
    entry = scored.entry
    section = highlight(fold(entry.section), marks)
    return Hit(entry, scored.score, highlight(fold(entry.text), marks), section, page_highlight(entry, marks))


def _facet(values: Iterable[tuple[str, str]]) -> tuple[FacetValue, ...]:
    """Counts of values, each with what it is called; where one is called differently, by its most frequent name."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for (value, label), count in Counter(values).most_common():
        counts[value] = counts.get(value, 0) + count
        labels.setdefault(value, label)
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MAX_FACET_VALUES]
    return tuple(FacetValue(value, labels[value], count) for value, count in ranked)


def _places(text: str, strings: Iterable[str]) -> list[tuple[int, int]]:
    found = []
    for each in strings:
        at = text.find(each) if each else -1
        while at >= 0:
            found.append((at, at + len(each)))
            at = text.find(each, at + 1)
    return found


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _way(text: str, page: str) -> list[int]:
    """For each character of the text its place on the page, the rest being noise; [] if one is not there."""
    way: list[int] = []
    at = -1
    for character in text:
        at = page.find(character, at + 1)
        if at < 0:
            return []
        way.append(at)
    return way
