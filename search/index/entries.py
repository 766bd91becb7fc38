"""A plan into entries (条目): its tasks, milestones, title, the documents and units that it names, and all its text.

A document or a unit that several plans name has an entry for each of them, all under its one id, so that a plan is
put in and taken out as a whole; `results` shows it once.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from graph import due_days, in_force, masked_record, reached
from ingest import KIND_OF, PLAIN, document_id, mask, normal_number, normal_title
from ingest.language import Clean, clean_text
from ingest.model import Assignment, Citation, Deadline, Milestone, Plan, Resolution, Section, Source, Span, Task
from search.index.fields import Cited, Entry, EntryUnit, Kind, numbers_in
from search.index.texts import passages
from search.words.analyzer import folded

_MOST_LINES = 100
"""Parts of an entry of which it is asked whether they stand inside another."""
_ALL_DAYS = ("0001-01-01", "9999-12-31")


def entries_of(plan: Plan, resolution: Resolution, source: Source) -> list[Entry]:
    """All entries of a plan. `resolution` says which unit each mention means.

    Contacts are hidden in them: whoever searches can neither find nor try out what the pages do not show.
    """
    return list(_Writer(masked_record(plan), masked_record(resolution), source).entries())


class _Writer:
    """Holds what the entries of one plan have in common."""

    def __init__(self, plan: Plan, resolution: Resolution, source: Source) -> None:
        self.plan = plan
        self.units = {unit.id: unit for unit in resolution.units}
        self.unit_ids = resolution.unit_ids
        self.text = mask(source.text)
        self.clean = _masked(clean_text(source))
        self.sections = {section.id: section for section in plan.sections}
        self.due = _due_days(plan)

    def entries(self) -> Iterator[Entry]:
        said = [self._plan(), *map(self._task, self.plan.tasks), *map(self._milestone, self.plan.milestones)]
        yield from said
        yield from self._texts({entry.id: entry.sought for entry in said})
        yield from self._documents()
        yield from self._units()

    def _plan(self) -> Entry:
        header = self.plan.header
        said = [header.title, header.document_number or "", header.issuer or "", *header.addressees]
        numbers = (normal_number(header.document_number),) if header.document_number else ()
        cited = _cited(self.plan.citations)
        own = Cited("", normal_title(header.title), "")
        return self._entry("plan", self.plan.id, header.title, said, cited=(*cited, own), numbers=numbers)

    def _task(self, task: Task) -> Entry:
        parts = tuple(self._parts(task.assignments))
        said = [self._page(task.span), task.text, *self._titles(task.section_id), *_plain_words(task)]
        return self._entry(
            "task", task.id, task.text, said, task.span, task.section_id, parts, _cited(task.citations),
            numbers_in(task.text), task.same_as, _kinds(task),
        )  # fmt: skip

    def _milestone(self, clause: Milestone) -> Entry:
        said = [self._page(clause.span), clause.text, *self._titles(clause.section_id), *_plain_words(clause)]
        return self._entry(
            "milestone", clause.id, clause.text, said, clause.span, clause.section_id, (), _cited(clause.citations),
            numbers_in(clause.text), None, _kinds(clause),
        )  # fmt: skip

    def _texts(self, sought: dict[str, str]) -> Iterator[Entry]:
        """What the entries that are `sought` so leave unsaid of the text."""
        for each in passages(self.plan, self.clean, sought):
            entry = self._entry("text", each.id, each.words, [each.words], each.span, each.section_id)
            yield replace(entry, within=each.within, own=each.own)

    def _documents(self) -> Iterator[Entry]:
        titles: dict[str, list[Citation]] = defaultdict(list)
        holders: list[Plan | Task | Milestone] = [self.plan, *self.plan.tasks, *self.plan.milestones]
        for citation in (each for holder in holders for each in holder.citations):
            titles[document_id(*citation.meant)].append(citation)
            for inner in citation.inner:
                titles[document_id(inner, None)].append(
                    Citation(inner, None, "mention", (), (), rule="", span=citation.span)
                )
        for id, citations in titles.items():
            said = [part for each in citations for part in (each.title, each.document_number or "")]
            title, number = citations[0].meant
            yield self._entry("document", id, title or number or "", said, cited=_cited(citations))

    def _units(self) -> Iterator[Entry]:
        for unit in self.units.values():
            yield self._entry("unit", unit.id, unit.name, [unit.name, *unit.names, unit.region])

    def _entry(
        self,
        kind: Kind,
        id: str,
        text: str,
        said: Iterable[str],
        span: Span = Span(0, 0),  # noqa: B008  (a frozen record)
        section_id: str = "",
        parts: tuple[EntryUnit, ...] = (),
        cited: tuple[Cited, ...] = (),
        numbers: tuple[str, ...] = (),
        same_as: str | None = None,
        facts: tuple[str, ...] = (),
    ) -> Entry:
        return Entry(
            kind,
            id,
            self.plan.id,
            self.plan.header.title,
            section_id,
            " › ".join(self._titles(section_id)),
            text,
            span,
            self._page(span),
            _lines(said),
            parts,
            cited,
            numbers,
            self.due.get(id, ()),
            same_as,
            tuple(section.id for section in self._upwards(section_id)),
            facts,
        )

    def _page(self, span: Span) -> str:
        return span.of(self.text)

    def _titles(self, section_id: str) -> list[str]:
        """Titles of the section and of those above it, the highest first."""
        return [section.title for section in self._upwards(section_id) if section.title][::-1]

    def _upwards(self, section_id: str) -> Iterator[Section]:
        section = self.sections.get(section_id)
        while section is not None:
            yield section
            section = self.sections.get(section.parent or "")

    def _parts(self, assignments: Iterable[Assignment]) -> Iterator[EntryUnit]:
        for assignment in assignments:
            unit = self.units.get(self.unit_ids.get(assignment.mention.span.start, ""))
            if unit:
                yield EntryUnit(unit.id, unit.name, assignment.role)


def _masked(page: Clean) -> Clean:
    """The clean text with its contacts hidden: a number that a page's end parts is whole in it alone."""
    return dataclasses.replace(page, text=mask(page.text))


def _kinds(holder: Task | Milestone) -> tuple[str, ...]:
    """The names of the kinds of facts that it holds."""
    return tuple(dict.fromkeys(KIND_OF[type(fact)].name for fact in holder.facts))


def _plain_words(holder: Task | Milestone) -> Iterator[str]:
    """What its plain facts say, where it stands outside its text too: in a cell of its row."""
    return (fact.words for kind in PLAIN for fact in holder.facts_as(kind.record))


def _cited(citations: Iterable[Citation]) -> tuple[Cited, ...]:
    """Each document once, those whose titles stand inside another's title too."""
    found: dict[Cited, None] = {}
    for each in citations:
        title, number = each.meant
        found[Cited(document_id(title, number), normal_title(title), normal_number(number or ""))] = None
        for inner in each.inner:
            found[Cited(document_id(inner, None), normal_title(inner), "")] = None
    return tuple(found)


def _lines(parts: Iterable[str]) -> str:
    """The folded parts, a line each, without those that stand inside another."""
    lines: dict[str, None] = {}
    for nth, part in enumerate(dict.fromkeys(map(folded, parts))):
        # A line too many does no harm; a document that is cited by 10,000 titles has few that hold another.
        if part and not (nth < _MOST_LINES and any(part in line for line in lines)):
            lines[part] = None
    return "\n".join(lines)


def _due_days(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The days on which the deadlines of each task (own and linked) and milestone fall, by id."""
    days: dict[str, set[str]] = defaultdict(set)
    for level, deadline, task, milestone, tasks in reached(plan):
        falls = _falls(deadline, plan)
        holders = [*(tasks if level != "item" else ()), *([task.id] if task else [])]
        for holder in [*holders, *([milestone.id] if milestone else [])]:
            days[holder].update(falls)
    return {id: tuple(sorted(each)) for id, each in days.items()}


def _falls(deadline: Deadline, plan: Plan) -> list[str]:
    force = in_force(plan.header)
    if deadline.due:
        return [deadline.due]
    return due_days(deadline.every, *force, *_ALL_DAYS) if deadline.every and force else []
