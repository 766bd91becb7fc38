"""Doubts about slips of the pen (笔误存疑): a bracket that nobody closed, a task that stands in a plan twice."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.contacts import excerpt
from ingest.language.clean import Clean
from ingest.model import Doubt, Plan, Span, Task
from ingest.plan.brackets import open_brackets

_SHOWN = 20
"""Characters shown of what stands behind a bracket, or of a task."""
_SHORTEST = 8
"""Characters of a task from which on its words are no accident: 开展监督检查 may be said of two things."""


def slip_doubts(plan: Plan, clean: Clean) -> Iterator[Doubt]:
    """Each sentence with a bracket that is not closed, and each task whose words another one has."""
    told = -1
    for low, high in open_brackets(clean.folded, 0):
        if high - low > 1 and high != told:
            told = high
            said = {"text": excerpt(clean.said(low, min(high, low + _SHOWN)), 0, _SHOWN)}
            yield Doubt("unclosed-bracket", said, clean.span(low, min(high, low + _SHOWN)))
    yield from _twice(plan)


def _twice(plan: Plan) -> Iterator[Doubt]:
    """A task that says the same as an earlier one elsewhere; a row that repeats a task of the text is meant to."""
    first: dict[str, Task] = {}
    told: set[Span] = set()
    for task in plan.tasks:
        earlier = first.setdefault(task.text.strip("。；"), task)
        again = earlier.span != task.span and task.span not in told and task.same_as is None
        if again and len(task.text) >= _SHORTEST:
            told.add(task.span)
            yield Doubt("task-twice", {"text": excerpt(task.text, 0, _SHOWN)}, task.span)
