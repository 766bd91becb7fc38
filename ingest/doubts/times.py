"""Doubts about times (时限存疑): dates that no calendar has, days before the issue, times that give no day at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.contacts import excerpt
from ingest.facts.deadline import impossible_dates
from ingest.language.clean import Clean, tidy
from ingest.model import Deadline, Doubt, Milestone, Plan, Source, Span, Task

_NOTHING = ("无", "暂无", "空")
"""What is written into a time field that has nothing to say."""


def says_a_time(words: str) -> bool:
    """Whether a time field holds words at all, and not a stroke: —, /, 无."""
    return words not in _NOTHING and any(character.isalnum() for character in words)


def time_doubts(plan: Plan, clean: Clean, source: Source, unread: Sequence[Span]) -> Iterator[Doubt]:
    """What is doubtful about the times of a plan; `unread` are the time fields of which nothing was read."""
    impossible = [clean.span(found.start(), found.end()) for found in impossible_dates(clean.folded)]
    yield from (Doubt("impossible-date", {"text": tidy(span.of(source.text))}, span) for span in impossible)
    for span in dict.fromkeys(unread):
        yield Doubt("unread-time", {"text": excerpt(tidy(span.of(source.text)), 0, 80)}, span)
    told = {span.start for span in impossible}
    issued_on = plan.header.issued_on or ""
    for deadline in _by(plan):
        if deadline.due is None and deadline.span.start not in told:
            yield Doubt("no-day", {"text": deadline.text}, deadline.span)
        elif deadline.due is not None and deadline.due < issued_on:
            said = {"text": deadline.text, "due": deadline.due, "issued_on": issued_on}
            yield Doubt("due-before-issue", said, deadline.span)


def _by(plan: Plan) -> Iterator[Deadline]:
    """The deadlines that are days, each place in the text once: a cell that is merged over rows belongs to each."""
    seen: set[Span] = set()
    holders: list[Task | Milestone] = [*plan.tasks, *plan.milestones]
    for deadline in (each for holder in holders for each in holder.deadlines if each.kind == "by"):
        if deadline.span not in seen:
            seen.add(deadline.span)
            yield deadline
