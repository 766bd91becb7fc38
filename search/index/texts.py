"""What a plan says besides its tasks (正文): every paragraph, heading and cell, with the place that it stands at.

A paragraph whose words an entry of a task, a milestone or the plan says whole is that entry's. One that holds tasks and
more has an entry, which knows the tasks (`within`) and what it says besides them (`own`): so results can leave it out
where only words of a task that was found too fulfil the query.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from ingest.language import Clean, Paragraph
from ingest.model import Milestone, Plan, Record, Section, Span, Task, fact_id
from search.words.analyzer import folded


class TextPassage(Record, frozen=True):
    """A paragraph, heading or cell: its id by its place, its words on one line, where it stands, its section's id.

    `within` are ids of the entries whose words or facts stand in it, `own` is what it says besides, folded.
    """

    id: str
    words: str
    span: Span
    section_id: str
    within: tuple[str, ...]
    own: str


def passages(plan: Plan, page: Clean, sought: Mapping[str, str]) -> Iterator[TextPassage]:
    """The passages of a plan, in the order of the text. `page` is its clean text, contacts hidden; `sought` is what
    each entry is found by, by its id."""
    paragraphs = [each for each in page.paragraphs if page.text[each.start : each.end].strip()]
    holders = _holders(plan, page, paragraphs)
    sections, headings = _Sections(plan), _Headings(plan, page)
    for paragraph, held in zip(paragraphs, holders, strict=True):
        words = page.said(paragraph.start, paragraph.end)
        form, ids = folded(words), tuple(dict.fromkeys(id for id, _, _ in held))
        if any(form in sought.get(id, "") for id in ids):
            continue
        span = page.span(paragraph.start, paragraph.end)
        taken = [(start, end) for _, start, end in held] + ([*headings.of(paragraph)] if held else [])
        own = folded(_besides(page.text, paragraph, taken))
        yield TextPassage(fact_id(plan.id, "text", span.start), words, span, sections.at(span.start), ids, own)


Held = tuple[str, int, int]
"""The id of an entry, and the stretch of the clean text that says something of it."""


def _holders(plan: Plan, page: Clean, paragraphs: list[Paragraph]) -> list[list[Held]]:
    """For each paragraph, what stands in it of tasks, milestones and the header."""
    ends = [each.end for each in paragraphs]
    starts = [each.start for each in paragraphs]
    found: list[list[Held]] = [[] for _ in paragraphs]
    for id, span in _spans(plan):
        if span.start < span.end:
            low, high = page.offset(span.start), page.offset(span.end - 1) + 1
            for nth in range(bisect_right(ends, low), bisect_left(starts, high)):
                found[nth].append((id, low, high))
    return found


def _spans(plan: Plan) -> Iterator[tuple[str, Span]]:
    for evidence in plan.header.evidence:
        yield plan.id, evidence.span
    holders: list[Task | Milestone] = [*plan.tasks, *plan.milestones]
    for holder in holders:
        yield holder.id, holder.span
        yield from ((holder.id, fact.span) for fact in (*holder.deadlines, *holder.targets, *holder.citations))
        if isinstance(holder, Task):
            yield from ((holder.id, each.mention.span) for each in holder.assignments)


def _besides(text: str, paragraph: Paragraph, taken: list[tuple[int, int]]) -> str:
    """The paragraph without the stretches that are taken, a line end in the place of each."""
    parts, at = [], paragraph.start
    for start, end in sorted(taken):
        if start > at:
            parts.append(text[at:start])
        at = max(at, end)
    parts.append(text[at : paragraph.end])
    return "\n".join(parts)


class _Headings:
    """Headings that run on into the text behind them (（一）标题。正文): tasks of the section say them too."""

    def __init__(self, plan: Plan, page: Clean) -> None:
        headings = [each.heading for each in plan.sections if each.heading.start < each.heading.end]
        self._places = sorted((page.offset(each.start), page.offset(each.end - 1) + 1) for each in headings)

    def of(self, paragraph: Paragraph) -> list[tuple[int, int]]:
        """Where they stand in a paragraph of the clean text."""
        first = bisect_left(self._places, (paragraph.start, 0))
        return self._places[first : bisect_left(self._places, (paragraph.end, 0))]


class _Sections:
    """Tells the lowest section that a place is in."""

    def __init__(self, plan: Plan) -> None:
        self._sections = sorted(plan.sections, key=lambda each: each.span.start)
        self._starts = [each.span.start for each in self._sections]
        self._by_id = {each.id: each for each in self._sections}

    def at(self, place: int) -> str:
        """Its id; "" where the place is in none."""
        nth = bisect_right(self._starts, place) - 1
        section: Section | None = self._sections[nth] if nth >= 0 else None
        while section is not None and place >= section.span.end:
            section = self._by_id.get(section.parent or "")
        return section.id if section else ""
