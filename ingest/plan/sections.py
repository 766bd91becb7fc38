"""The outline → the sections of the plan (章节), each with its id and all the text below it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ingest.identity import SectionKey, section_ids
from ingest.language.clean import Clean
from ingest.model import Section
from ingest.plan.outline import Outline
from ingest.plan.tasks import Draft

Sections = dict[int | None, Section]
"""By the index of their heading, in order; None is the plan itself, for what stands under no heading."""


def read_sections(text: Clean, outline: Outline, plan: str) -> Sections:
    """The sections of the plan whose id is `plan`."""
    ids = section_ids(plan, [SectionKey(h.number, h.title, h.level, h.parent) for h in outline.headings])
    ends = _ends(outline)
    return {
        i: Section(
            ids[i],
            h.number,
            h.title,
            h.level,
            None if h.parent is None else ids[h.parent],
            text.span(h.start, ends[i]),
            text.span(h.start, h.end),
        )
        for i, h in enumerate(outline.headings)
    }


def whole_plan(text: Clean, plan: str, title: str, start: int) -> Section:
    """The section of tasks that stand under no heading: the plan itself, whose text begins at `start`."""
    return Section(f"{plan}.0", "", title, 0, None, text.span(start, len(text.text)), text.span(start, start))


def _ends(outline: Outline) -> list[int]:
    """Where each section ends in the clean text, with all that is below it."""
    ends = list(outline.ends)
    for i in range(len(outline.headings) - 1, -1, -1):
        parent = outline.headings[i].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[i])
    return ends


def titles_of_tasks(outline: Outline, drafts: Sequence[Draft]) -> Mapping[tuple[int, int], tuple[int, int]]:
    """The titles, by the places of the tasks that they head alone.

    培育5家企业 on a line above 加强服务。（市工信局负责） says how much of the one task below it; above several nobody
    knows of which.
    """
    ends = _ends(outline)
    starts = sorted(draft.start for draft in drafts)
    found = {}
    for draft in drafts:
        heading = outline.headings[draft.section] if draft.section is not None else None
        if heading is None or draft.section is None or not heading.title or not heading.named:
            continue
        alone = bisect_left(starts, ends[draft.section]) - bisect_left(starts, heading.start) == 1
        if alone and draft.start >= heading.end:
            found[draft.start, draft.end] = heading.named, heading.end
    return found
