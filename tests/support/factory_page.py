"""Writes the page of a made-to-measure plan and notes what stands where; `tests/support/factories.py` is its public
face."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

import msgspec

from ingest.identity import distinct, milestone_id, task_id
from ingest.model import (
    Assignment,
    Citation,
    CitationRole,
    Deadline,
    Fact,
    Mention,
    Milestone,
    Period,
    Person,
    Role,
    Section,
    Span,
    Target,
    Task,
)

RULE = "factory"
WORDS: dict[Role, str] = {"lead": "牵头", "support": "配合", "responsible": "负责"}

Cited = str | tuple[str, str | None] | tuple[str, str | None, CitationRole]


class FactWords(TypedDict, total=False):
    """Facts by the words that say them.

    by: {words: ISO date}; every: {words: period}; count: {words: times a year}; open: [words];
    cites: [title | (title, number) | (title, number, role)]; targets: {words: (subject, value, unit)}, all of them >=.
    """

    by: Mapping[str, str]
    every: Mapping[str, Period]
    count: Mapping[str, int]
    open: Sequence[str]
    cites: Sequence[Cited]
    targets: Mapping[str, tuple[str, float, str]]


@dataclass(frozen=True)
class TaskSpec:
    """A task to be written: its text, units by role, facts, people, and the prefix in force over its units."""

    text: str
    units: Mapping[Role, Sequence[str]]
    facts: FactWords
    people: Sequence[str]
    prefix: str


@dataclass(frozen=True)
class MilestoneSpec:
    """A progress clause to be written; `about` counts the tasks of its section from 0."""

    text: str
    facts: FactWords
    about: int | None


@dataclass(frozen=True)
class SectionSpec:
    """A section to be written."""

    title: str
    number: str
    level: int
    parts: Sequence[TaskSpec | MilestoneSpec]


@dataclass
class Page:
    """The text written so far, and the records of what stands in it."""

    text: str = ""
    consumed: int = 0
    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)

    def write(self, text: str) -> Span:
        start = len(self.text)
        self.text += text
        return Span(start, len(self.text))

    def cite(self, facts: FactWords) -> tuple[Citation, ...]:
        """Writes a preamble that cites; its citations belong to the plan."""
        start = self.write("").start
        self.write("，".join(_fact_words(facts)) + "\n" if facts else "")
        return _citations(self.text, start, facts)

    def add(self, spec: SectionSpec, section_id: str) -> None:
        heading = self.write(f"{spec.number}{spec.title}。")
        tasks = [self._task(part, section_id, spec.number) for part in spec.parts if isinstance(part, TaskSpec)]
        ids = distinct(task.id for task in tasks)
        tasks = [msgspec.structs.replace(task, id=each) for task, each in zip(tasks, ids, strict=True)]
        self.tasks += tasks
        self.write("\n")
        for part in spec.parts:
            if isinstance(part, MilestoneSpec):
                about = None if part.about is None else tasks[part.about].id
                self._milestone(part, section_id, spec.number, about)
        span = Span(heading.start, len(self.text))
        self.sections.append(Section(section_id, spec.number, spec.title, spec.level, None, span, heading))

    def _task(self, spec: TaskSpec, section_id: str, number: str) -> Task:
        text = _full_text(spec.text, spec.facts)
        start = self.write(text).start
        self.write("。")
        statement, assignments = self._statement(spec) if spec.units or spec.people else (None, ())
        end = statement.end if statement else len(self.text)
        self.consumed += end - statement.start if statement else 0
        return Task(
            task_id(section_id, text),
            section_id,
            number,
            text,
            Span(start, end),
            (statement,) if statement else (),
            assignments,
            tuple(Person(each, "责任领导", _find(self.text, end - 200, each)) for each in spec.people),
            facts=_facts(self.text, start, spec.facts),
        )

    def _statement(self, spec: TaskSpec) -> tuple[Span, tuple[Assignment, ...]]:
        start = self.write("（").start
        mentions: list[tuple[Role, Mention]] = []
        for role, units in spec.units.items():
            for place, unit in enumerate(units):
                self.write("、" if place else ("，" if mentions else ""))
                mentions.append((role, Mention(unit, spec.prefix, _hat(unit), self.write(unit))))
            self.write(WORDS[role])
        self.write("".join(f"；责任领导：{person}" for person in spec.people) + "）")
        statement = Span(start, len(self.text))
        return statement, tuple(Assignment(each, role, True, RULE, statement) for role, each in mentions)

    def _milestone(self, spec: MilestoneSpec, section_id: str, number: str, about: str | None) -> None:
        self.write("工作进度：")
        text = _full_text(spec.text, spec.facts)
        span = self.write(text)
        self.write("。\n")
        clause = Milestone(
            distinct([*(each.id for each in self.milestones), milestone_id(section_id, text)])[-1],
            section_id,
            number,
            text,
            about,
            span,
            facts=_facts(self.text, span.start, spec.facts),
        )
        self.milestones.append(clause)


def _fact_words(facts: FactWords) -> list[str]:
    cited = map(_cited, facts.get("cites", ()))
    return [
        *facts.get("by", {}),
        *facts.get("every", {}),
        *facts.get("count", {}),
        *facts.get("open", ()),
        *facts.get("targets", {}),
        *(f"《{title}》（{number}）" if number else f"《{title}》" for title, number, _ in cited),
    ]


def _full_text(text: str, facts: FactWords) -> str:
    return "，".join([text, *(words for words in _fact_words(facts) if words not in text)])


def _find(text: str, start: int, words: str) -> Span:
    at = text.index(words, max(start, 0))
    return Span(at, at + len(words))


def _cited(spec: Cited) -> tuple[str, str | None, CitationRole]:
    if isinstance(spec, str):
        return spec, None, "mention"
    return spec if len(spec) == 3 else (spec[0], spec[1], "implement")


def _facts(text: str, start: int, facts: FactWords) -> tuple[Fact, ...]:
    return (*_citations(text, start, facts), *_deadlines(text, start, facts), *_targets(text, start, facts))


def _citations(text: str, start: int, facts: FactWords) -> tuple[Citation, ...]:
    return tuple(
        Citation(title, number, role, _inner(title), (), rule=RULE, span=_find(text, start, f"《{title}》"))
        for title, number, role in map(_cited, facts.get("cites", ()))
    )


def _inner(title: str) -> tuple[str, ...]:
    return tuple(re.findall("〈(.+?)〉", title))


def _deadlines(text: str, start: int, facts: FactWords) -> tuple[Deadline, ...]:
    found = [
        *(_deadline(text, start, words, due=day) for words, day in facts.get("by", {}).items()),
        *(_deadline(text, start, words, every=each) for words, each in facts.get("every", {}).items()),
        *(_deadline(text, start, words, every="year", least=least) for words, least in facts.get("count", {}).items()),
        *(_deadline(text, start, words) for words in facts.get("open", ())),
    ]
    return tuple(sorted(found, key=lambda each: each.span))


def _deadline(
    text: str, start: int, words: str, due: str | None = None, every: Period | None = None, least: int | None = None
) -> Deadline:
    span = _find(text, start, words)
    if due:
        return Deadline(words, "by", due, None, None, "day", rule=RULE, span=span)
    if every:
        return Deadline(words, "count" if least else "recurring", None, every, least, None, rule=RULE, span=span)
    return Deadline(words, "open", None, None, None, None, rule=RULE, span=span)


def _targets(text: str, start: int, facts: FactWords) -> tuple[Target, ...]:
    return tuple(
        Target(subject, ">=", value, unit, words, rule=RULE, span=_find(text, start, words))
        for words, (subject, value, unit) in facts.get("targets", {}).items()
    )


def _hat(unit: str) -> str | None:
    inner = re.search("（(.+)）$", unit)
    return inner.group(1) if inner and not unit.startswith("各") else None
