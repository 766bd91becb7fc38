"""Doubts and coverage (存疑、覆盖率): what the reader could not settle, said and never silently dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.contacts import excerpt
from ingest.doubts.citations import citation_doubts
from ingest.doubts.names import name_doubts
from ingest.doubts.numbering import numbering_doubts
from ingest.doubts.times import time_doubts
from ingest.language.clean import Clean, tidy
from ingest.language.lexicon import Lexicon
from ingest.language.units import is_unit, prefix_of
from ingest.model import Coverage, Doubt, Plan, Source, Span, Task
from ingest.plan.statements import Statement, outer_brackets

_LOOKS_LIKE = re.compile(
    r"[（〔](?=[^（）〔〕\n]*(?:负责|牵头|配合|参与|责任单位|落实单位))[^（）〔〕\n]*+[）〕]"
    r"|(?:责任单位|牵头单位|配合单位|牵头部门|责任部门|配合部门|主责单位|协办单位)[：][^\n。]*"
)


def measure_coverage(clean: Clean, start: int, statements: Sequence[Statement], lexicon: Lexicon) -> Coverage:
    """Characters of responsibility-like text inside consumed statements ÷ all such text; the rest is unread."""
    consumed = sorted((s.start, s.end) for s in statements)
    like = list(_responsibility_like(clean, start, lexicon))
    total = done = 0
    unread: list[Span] = []
    position = 0
    for low, high in _merged([*like, *consumed]):
        while position < len(consumed) and consumed[position][1] <= low:
            position += 1
        inside = sum(min(high, e) - max(low, s) for s, e in _touching(consumed, position, high))
        total += high - low
        done += min(inside, high - low)
        if not inside:
            unread.append(clean.span(low, high))
    return Coverage(done, total, tuple(unread))


def _touching(spans: Sequence[tuple[int, int]], position: int, high: int) -> Iterator[tuple[int, int]]:
    while position < len(spans) and spans[position][0] < high:
        yield spans[position]
        position += 1


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for low, high in sorted(spans):
        if current is not None and low < current[1]:
            current = (current[0], max(current[1], high))
            continue
        if current is not None:
            yield current
        current = (low, high)
    if current is not None:
        yield current


def _responsibility_like(clean: Clean, start: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Brackets and lines that look as if they assigned something, whether a rule consumed them or not."""
    for found in _LOOKS_LIKE.finditer(clean.folded, start):
        yield found.span()
    for low, high in outer_brackets(clean.folded, start):
        before = clean.folded[low - 1 : low]
        if (
            before in "。；\n"
            and high - low < 300
            and is_unit(clean.folded[low + 1 : high - 1].split("、")[-1], lexicon)
        ):
            yield low, high


def find_doubts(
    plan: Plan, clean: Clean, source: Source, lexicon: Lexicon, unread_times: Sequence[Span]
) -> tuple[Doubt, ...]:
    """All doubts of a plan in the order of the text; `unread_times` are time fields of which nothing was read."""
    found = [
        *source.doubts,
        *_without_responsibilities(plan),
        *_about_roles(plan),
        *_body_and_table(plan),
        *name_doubts(plan, lexicon),
        *numbering_doubts(plan, clean),
        *citation_doubts(plan, clean, source),
        *(Doubt("unread", {"text": excerpt(tidy(span.of(source.text)), 0, 80)}, span) for span in plan.coverage.unread),
        *time_doubts(plan, clean, source, unread_times),
    ]
    return tuple(sorted(found, key=lambda doubt: (doubt.span, doubt.code)))


def _without_responsibilities(plan: Plan) -> Iterator[Doubt]:
    if not plan.tasks:
        yield Doubt("no-responsibilities", {}, Span(0, 0))


def _about_roles(plan: Plan) -> Iterator[Doubt]:
    for task in plan.tasks:
        leads = {a.mention.text for a in task.assignments if a.role == "lead"}
        if len(task.assignments) > 1 and not leads:
            yield Doubt("no-lead", {"units": str(len(task.assignments))}, task.assignments[0].statement)
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
