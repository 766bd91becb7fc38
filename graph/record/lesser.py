"""When a new version of a plan says less than the one that answers (减少): pure, the same for all stores.

A part of a plan sent again under its title and number (an annex alone, one page, a file of which less was read) would
take the place of the whole without a word. It is told what would go, and it answers only where that is wanted.
"""

from __future__ import annotations

from graph.query.questions import Less
from ingest.model import Plan

_ANNEX = 0
"""Level of an annex's section."""


def less_of(new: Plan, old: Plan) -> Less | None:
    """What goes where a new version, with the ids that it keeps, is less than the old one; None where it is not.

    It is less with fewer tasks (rows that repeat one of the body count too), or with none of the body's though some of
    these are gone: 附件 alone. Of plans that assign nobody, sections are compared.
    """
    if not old.tasks:
        gone = _gone_sections(new, old)
        less = not new.tasks and len(new.sections) < len(old.sections)
        return Less("section", gone, len(old.sections)) if less else None
    here = {task.id for task in new.tasks}
    gone = tuple(task.text for task in old.tasks if task.id not in here)
    annex_alone = bool(gone) and _has_body(old) and not _has_body(new)
    return Less("task", gone, len(old.tasks)) if annex_alone or len(new.tasks) < len(old.tasks) else None


def _gone_sections(new: Plan, old: Plan) -> tuple[str, ...]:
    here = {section.id for section in new.sections}
    return tuple(f"{each.number}{each.title}" for each in old.sections if each.id not in here)


def _has_body(plan: Plan) -> bool:
    """Whether any task stands outside of annexes."""
    annexed: set[str] = set()
    for section in plan.sections:
        if section.level == _ANNEX or section.parent in annexed:
            annexed.add(section.id)
    return any(task.section_id not in annexed for task in plan.tasks)
