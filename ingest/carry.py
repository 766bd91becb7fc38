"""Ids over an edited plan (标识延续): what is still there keeps the id that links and notes already use.

A task whose squeezed text is unchanged keeps its id wherever its section moved. An edited task keeps it when exactly
one old task of its section is left over and the texts are alike. Everything else is new and gets an id of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from msgspec.structs import replace

from ingest.identity import free_id, milestone_id, section_path, squeeze, task_id
from ingest.language.likeness import likeness
from ingest.model import Milestone, Plan, Section, Task

ALIKE = 0.8
"""Share of characters that an edited text keeps (difflib ratio) to be the same task or milestone."""

Clause = TypeVar("Clause", Task, Milestone)
Part = TypeVar("Part", Section, Task, Milestone)


def carry_ids(new: Plan, old: Plan) -> Plan:
    """The new reading of a plan with the ids of the old one, wherever section, task or milestone is the same.

    The plan keeps its id too, where other rules would give it another now. Links (`parent`, `section_id`, `same_as`,
    `Milestone.task`) follow. `carry_ids(plan, plan) == plan`.
    """
    new = _under(new, old.id)
    by_text = _same_text(new.tasks, old.tasks)
    sections = _same_sections(new, old, by_text) | {new.id: old.id}
    tasks = by_text | _edited(new.tasks, old.tasks, by_text, sections)
    clauses = _same_text(new.milestones, old.milestones)
    clauses |= _edited(new.milestones, old.milestones, clauses, sections)
    section_ids = _section_ids(new, old, sections) | {new.id: old.id}
    task_ids = _clause_ids(new.tasks, tasks, section_ids, task_id)
    milestone_ids = _clause_ids(new.milestones, clauses, section_ids, milestone_id)
    return _renamed(new, old.id, section_ids, task_ids, milestone_ids)


def _under(plan: Plan, plan_id: str) -> Plan:
    """The plan with another id, and all ids within it under that."""
    if plan.id == plan_id:
        return plan

    def moved(ids: Iterable[str]) -> dict[str, str]:
        return {id: plan_id + id.removeprefix(plan.id) for id in ids}

    sections = moved([plan.id, *(section.id for section in plan.sections)])
    tasks, milestones = moved(task.id for task in plan.tasks), moved(each.id for each in plan.milestones)
    return _renamed(plan, plan_id, sections, tasks, milestones)


def _same_text(new: Sequence[Clause], old: Sequence[Clause]) -> dict[str, str]:
    """Ids of new clauses → ids of old ones of the same text; of twins first the one in the section of the same id."""
    words = {text: squeeze(text) for text in {clause.text for clause in (*new, *old)}}
    same: dict[str, str] = {}
    _pair(same, new, old, lambda each: (words[each.text], each.section_id))
    _pair(same, new, old, lambda each: words[each.text])
    return same


def _same_sections(new: Plan, old: Plan, tasks: dict[str, str]) -> dict[str, str]:
    """Ids of new sections → ids of old ones: by title, then by the tasks they share, then by place."""
    same: dict[str, str] = {}
    _pair(same, new.sections, old.sections, lambda each: (each.level, squeeze(each.title), each.id))
    _pair(same, new.sections, old.sections, lambda each: (each.level, squeeze(each.title)) if each.title else None)
    home = {task.id: task.section_id for task in old.tasks}
    votes: Counter[tuple[str, str]] = Counter(
        (task.section_id, home[tasks[task.id]]) for task in new.tasks if task.id in tasks
    )
    known = {section.id for section in new.sections}, {section.id for section in old.sections}
    taken = {*same.values()}
    for (mine, theirs), _ in votes.most_common():
        if mine in known[0] and theirs in known[1] and mine not in same and theirs not in taken:
            same[mine] = theirs
            taken.add(theirs)
    _pair(same, new.sections, old.sections, lambda each: each.id)
    return same


def _pair(same: dict[str, str], new: Iterable[Part], old: Iterable[Part], key: Callable[[Part], object]) -> None:
    """Adds pairs of things of one key, in order, that are not paired yet; a key of None pairs nothing."""
    taken = {*same.values()}
    waiting: dict[object, deque[str]] = defaultdict(deque)
    for part in old:
        if part.id not in taken and (own := key(part)) is not None:
            waiting[own].append(part.id)
    for part in new:
        if part.id not in same and (theirs := waiting.get(key(part))):
            same[part.id] = theirs.popleft()


def _edited(
    new: Sequence[Clause], old: Sequence[Clause], same: dict[str, str], sections: dict[str, str]
) -> dict[str, str]:
    """New clauses that are the one old clause left over in their section, in other words."""
    taken = dict.fromkeys(same.values(), 1)
    left: dict[str, list[Clause]] = defaultdict(list)
    for clause in old:
        if clause.id not in taken:
            left[clause.section_id].append(clause)
    edited: dict[str, str] = {}
    for section, candidates in _by_section(new, same).items():
        leftover = left[sections.get(section, section)]
        if len(leftover) == 1:
            was = squeeze(leftover[0].text)
            alike, best = max(
                ((likeness(squeeze(each.text), was, ALIKE), each) for each in candidates), key=itemgetter(0)
            )
            if alike >= ALIKE:
                edited[best.id] = leftover[0].id
    return edited


def _by_section(clauses: Iterable[Clause], same: dict[str, str]) -> dict[str, list[Clause]]:
    groups: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        if clause.id not in same:
            groups[clause.section_id].append(clause)
    return groups


def _section_ids(new: Plan, old: Plan, same: dict[str, str]) -> dict[str, str]:
    """Ids for all new sections: the old one's, or a fresh one under the parent's that nothing ever had."""
    taken = dict.fromkeys((section.id for section in old.sections), 1)
    parents = {section.id: section.parent for section in new.sections}
    ids: dict[str, str] = {}
    for section in new.sections:
        if section.id in same:
            ids[section.id] = same[section.id]
            continue
        parent = parents[section.id]
        place = ids[parent].removeprefix(f"{old.id}.") if parent else ""
        path = section_path(section.number, section.title, section.level, place)
        ids[section.id] = free_id(f"{old.id}.{path}", taken)
    return ids


def _clause_ids(
    clauses: Sequence[Clause], same: dict[str, str], sections: dict[str, str], make: Callable[[str, str], str]
) -> dict[str, str]:
    taken = dict.fromkeys(same.values(), 1)
    ids: dict[str, str] = {}
    for clause in clauses:
        fresh = clause.id not in same
        ids[clause.id] = free_id(make(sections[clause.section_id], clause.text), taken) if fresh else same[clause.id]
    return ids


def _renamed(
    plan: Plan, plan_id: str, sections: dict[str, str], tasks: dict[str, str], milestones: dict[str, str]
) -> Plan:
    return replace(
        plan,
        id=plan_id,
        sections=tuple(
            replace(each, id=sections[each.id], parent=sections[each.parent] if each.parent else None)
            for each in plan.sections
        ),
        tasks=tuple(
            replace(
                each,
                id=tasks[each.id],
                section_id=sections[each.section_id],
                same_as=tasks[each.same_as] if each.same_as else None,
            )
            for each in plan.tasks
        ),
        milestones=tuple(
            replace(
                each,
                id=milestones[each.id],
                section_id=sections[each.section_id],
                task=tasks[each.task] if each.task else None,
            )
            for each in plan.milestones
        ),
    )
