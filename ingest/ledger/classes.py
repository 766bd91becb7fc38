"""What every character of a source was taken for (分类): one class each, none left out.

read       words of a task, of its statement, of a progress paragraph, or of the header
heading    of a section
context    in a section or a table that gave a task, and no part of it
cites      a paragraph that names documents and is no context
none       states no responsibility
furniture  blanks between paragraphs, page numbers, what stands before the plan
unread     looks like responsibility, and no rule read it
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ingest.language.clean import Clean
from ingest.model import Plan, Span

CharacterClass = Literal["furniture", "none", "cites", "context", "heading", "read", "unread"]
CLASSES: tuple[CharacterClass, ...] = ("furniture", "none", "cites", "context", "heading", "read", "unread")
"""The later wins where two could be said of one character."""


def classes_of(length: int, clean: Clean, start: int, plan: Plan) -> bytearray:
    """For each character of a source of some length, the place of its class in `CLASSES`.

    `start` is where the plan's own text begins in the clean text.
    """
    painted = bytearray(length)
    for name, span in _stretches(clean, start, plan):
        painted[span.start : span.end] = bytes((CLASSES.index(name),)) * (span.end - span.start)
    return painted


def amounts(painted: bytearray) -> dict[str, int]:
    """How many characters each class has."""
    return {name: painted.count(place) for place, name in enumerate(CLASSES)}


def _stretches(clean: Clean, start: int, plan: Plan) -> Iterator[tuple[CharacterClass, Span]]:
    """What is painted, in order: a later one goes over those before it."""
    own = [paragraph for paragraph in clean.paragraphs if start <= paragraph.start < paragraph.end]
    yield from (("none", clean.span(paragraph.start, paragraph.end)) for paragraph in own)
    cited = {clean.paragraph_at(clean.offset(citation.span.start)) for citation in plan.citations}
    yield from (("cites", clean.span(p.start, p.end)) for p in own if p in cited)
    with_task = {task.section_id for task in plan.tasks}
    parents = {section.parent for section in plan.sections}
    for section in plan.sections:
        if section.id in with_task and section.id not in parents:
            yield "context", section.span
    cells = (clean.cell_at(clean.offset(task.span.start)) for task in plan.tasks)
    tables = {cell.table for cell in cells if cell is not None}
    yield from (("context", p.cell.span) for p in own if p.cell is not None and p.cell.table in tables)
    yield from (("heading", section.heading) for section in plan.sections)
    yield from (("read", evidence.span) for evidence in plan.header.evidence)
    for task in plan.tasks:
        yield from (("read", span) for span in (task.span, *task.statements))
    yield from (("read", milestone.span) for milestone in plan.milestones)
    yield from (("unread", span) for span in plan.coverage.unread)
