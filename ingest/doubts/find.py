"""Doubts (存疑): what the reader could not settle, said and never silently dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.contacts import excerpt
from ingest.doubts.citations import citation_doubts
from ingest.doubts.documents import document_doubts
from ingest.doubts.names import name_doubts
from ingest.doubts.numbering import numbering_doubts
from ingest.doubts.places import place_doubts
from ingest.doubts.rows import row_doubts
from ingest.doubts.slips import slip_doubts
from ingest.doubts.times import time_doubts
from ingest.language.clean import Clean, tidy
from ingest.language.lexicon import Lexicon
from ingest.language.units import prefix_of
from ingest.ledger.items import items_without_unit
from ingest.model import Doubt, Plan, Source, Span, Task

_LEAST_HABIT, _HABIT = 3, 0.5
"""Tasks without a lead, and their share of those with several units, by which a plan as a whole names no leads."""


def find_doubts(
    plan: Plan, clean: Clean, source: Source, lexicon: Lexicon, unread_times: Sequence[Span]
) -> tuple[Doubt, ...]:
    """All doubts of a plan in the order of the text; `unread_times` are time fields of which nothing was read."""
    without_unit = items_without_unit(plan, lexicon)
    found = [
        *source.doubts,
        *_without_responsibilities(plan),
        *_without_lead(plan),
        *_about_roles(plan),
        *_body_and_table(plan),
        *name_doubts(plan, lexicon),
        *place_doubts(plan, lexicon),
        *numbering_doubts(plan, clean),
        *row_doubts(clean, lexicon),
        *slip_doubts(plan, clean),
        *document_doubts(plan, clean),
        *citation_doubts(plan, clean, source),
        *(Doubt("unread", {"text": excerpt(tidy(span.of(source.text)), 0, 80)}, span) for span in plan.coverage.unread),
        *(Doubt("no-unit", {"text": excerpt(tidy(span.of(source.text)), 0, 80)}, span) for span in without_unit),
        *time_doubts(plan, clean, source, unread_times),
    ]
    return tuple(sorted(found, key=lambda doubt: (doubt.span, doubt.code)))


def _without_responsibilities(plan: Plan) -> Iterator[Doubt]:
    if not plan.tasks:
        yield Doubt("no-responsibilities", {}, Span(0, 0))


def _without_lead(plan: Plan) -> Iterator[Doubt]:
    """Lists of units of which none leads: one by one where others of the plan have a lead, else once for the plan.

    A plan that writes 责任单位：A、B throughout leaves the lead open on purpose or by habit; said of each of a hundred
    tasks it would hide every other doubt. Which tasks they are, the gaps tell.
    """
    lists = [task for task in plan.tasks if len(task.assignments) > 1]
    open_ones = [task for task in lists if all(a.role != "lead" for a in task.assignments)]
    if len(open_ones) >= _LEAST_HABIT and _HABIT * len(lists) < len(open_ones):
        said = {"tasks": str(len(open_ones)), "lists": str(len(lists))}
        yield Doubt("leads-unstated", said, open_ones[0].assignments[0].statement)
        return
    for task in open_ones:
        yield Doubt("no-lead", {"units": str(len(task.assignments))}, task.assignments[0].statement)


def _about_roles(plan: Plan) -> Iterator[Doubt]:
    for task in plan.tasks:
        leads = {a.mention.text for a in task.assignments if a.role == "lead"}
        for assignment in task.assignments:
            if assignment.role == "support" and assignment.mention.text in leads:
                yield Doubt("lead-also-supports", {"unit": assignment.mention.text}, assignment.mention.span)


def _body_and_table(plan: Plan) -> Iterator[Doubt]:
    """A row that repeats a body task and names another lead, or another day."""
    bodies = {task.id: task for task in plan.tasks}
    for row in plan.tasks:
        if row.same_as is None:
            continue
        body = bodies[row.same_as]
        for field, said in (("lead", _leads), ("deadline", _days)):
            one, other = said(body), said(row)
            if one and other and one.keys() != other.keys():
                yield Doubt(
                    "body-and-table",
                    {"field": field, "body": "、".join(one.values()), "table": "、".join(other.values())},
                    row.span,
                )


def _leads(task: Task) -> dict[str, str]:
    """The names of those who lead without their prefix, and as written."""
    leads = (a.mention.text for a in task.assignments if a.role == "lead")
    return {name[len(prefix_of(name)) :]: name for name in leads}


def _days(task: Task) -> dict[str, str]:
    """The days by which the task is due, and the words that say so."""
    return {deadline.due: deadline.text for deadline in task.deadlines if deadline.due is not None}
