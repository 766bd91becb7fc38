"""Items that name nobody (没有责任单位的事项): a numbered item where its siblings name units, or where nobody does.

They are no tasks, for a task is what somebody is charged with; that nobody is named for them is told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.language.clean import Clean
from ingest.language.lexicon import Lexicon
from ingest.ledger.claims import Governed
from ingest.ledger.words import LONGEST
from ingest.model import Milestone, Plan, Section, Span, Task

_FEWEST = 2
"""Siblings that name units, from which on one that names none is an exception."""
_SHORTEST = 8
"""Characters of an item's own text, number and title with it; a shorter one says nothing to do."""


def items_without_unit(plan: Plan, lexicon: Lexicon) -> Iterator[Span]:
    """The headings of the items, in order."""
    spans = [span for task in plan.tasks for span in (task.span, *task.statements)]
    spans += [*(milestone.span for milestone in plan.milestones), *plan.coverage.unread]
    held = Governed([(span.start, span.end) for span in spans])
    parents = {section.parent for section in plan.sections}
    leaves = [section for section in plan.sections if section.id not in parents and section.level > 0]
    named = {leaf.id for leaf in leaves if held.touches(leaf.span.start, leaf.span.end)}
    asides = _frames(plan.sections, lexicon)
    without = [leaf for leaf in leaves if leaf.id not in named and not asides.intersection((leaf.id, leaf.parent))]
    if not plan.tasks:
        if not plan.coverage.total and lexicon["ledger_plan"].search(plan.header.title):
            yield from (_place(leaf) for leaf in without if leaf.level > 1 and _says_something(leaf))
        return
    siblings: defaultdict[str | None, int] = defaultdict(int)
    for leaf in leaves:
        siblings[leaf.parent] += leaf.id in named
    missing: defaultdict[str | None, int] = defaultdict(int)
    for leaf in without:
        missing[leaf.parent] += 1
    for leaf in filter(_says_something, without):
        if siblings[leaf.parent] >= max(_FEWEST, 2 * missing[leaf.parent]):
            yield _place(leaf)


def goals_in_headings(
    clean: Clean, sections: Sequence[Section], tasks: Sequence[Task], milestones: Sequence[Milestone], lexicon: Lexicon
) -> Iterator[Span]:
    """By when and how much headings over tasks say where no task has it: 1.培育5家企业（1）…（市工信局负责）（2）…."""
    starts = sorted(task.span.start for task in tasks)
    facts = (fact for holders in (tasks, milestones) for each in holders for fact in each.facts)
    read = Governed([(fact.span.start, fact.span.end) for fact in facts])
    spans = [*(task.span for task in tasks), *(milestone.span for milestone in milestones)]
    held = Governed([(span.start, span.end) for span in spans])
    for section in sections:
        low, high = section.heading.start, section.heading.end
        over_tasks = bisect_left(starts, low) < bisect_left(starts, section.span.end)
        if not section.title or not over_tasks or held.holds(low):
            continue
        for group in ("ledger_due", "ledger_amount"):
            for _, match in lexicon[group].scan(clean.folded, clean.offset(low), clean.offset(high - 1) + 1):
                span = clean.span(*match.span())
                if not read.touches(span.start, span.end):
                    yield span


def _frames(sections: Sequence[Section], lexicon: Lexicon) -> set[str]:
    """The sections, and those below them, whose titles say that they are no work: 总体要求, 保障措施."""
    found: set[str] = set()
    for section in sections:
        if section.parent in found or lexicon["ledger_frame"].whole(section.title):
            found.add(section.id)
    return found


def _says_something(section: Section) -> bool:
    return section.span.end - section.span.start >= _SHORTEST


def _place(section: Section) -> Span:
    span = section.heading
    return Span(span.start, min(span.end, span.start + LONGEST))
