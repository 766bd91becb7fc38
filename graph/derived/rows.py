"""A plan's records as rows of the tables that answer questions: pure, and the one place that says what a row holds.

Facts of a table row that repeats a body task (`same_as`) become the body task's, each once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from graph.derived.counts import pair_counts, unit_counts
from graph.derived.deadlines import in_force, reached, task_deadlines, tasks_below
from graph.derived.gaps import gaps_of
from graph.store import Resolve
from ingest import PLAIN, excerpt, number_key, title_key, unit_id
from ingest.model import (
    Assignment,
    Citation,
    Fact,
    Milestone,
    Plan,
    Reference,
    Resolution,
    Role,
    Task,
    Unit,
    doubts_by_id,
    fact_id,
)

Row = tuple[str, tuple[str | int | float | None, ...]]
"""Name of a table and the values of one of its rows, in the order of tables.sql."""

TABLES = (
    "plan_row", "section", "unit", "task", "assignment", "unit_count", "pair_count",
    "person", "milestone", "deadline", "reach", "target",
    "citation", "inner_title", "fact", "gap", "doubt",
)  # fmt: skip
"""All tables that a plan has rows in."""

_STOPS = "。！？；"
_LONGEST_SENTENCE = 300
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
"""Blanks and line breaks beside a Chinese character: the page's, not the sentence's."""


def rows_of(plan: Plan, text: str, resolve: Resolve) -> Iterator[Row]:
    """All rows of a plan; `text` is its source's."""
    resolution = resolve(plan)
    hats = _hats(plan, resolution, resolve)
    yield _plan_row(plan)
    for section in plan.sections:
        parts = (section.id, plan.id, section.number, section.title, section.level, section.parent)
        yield "section", parts
    for unit in _units(resolution, hats):
        names = msgspec.json.encode(unit.names).decode()
        yield "unit", (unit.id, plan.id, unit.name, unit.kind, unit.level, unit.region, names)
    yield from _tasks(plan, resolution, hats)
    for place, milestone in enumerate(plan.milestones):
        about = (milestone.section, milestone.text, milestone.task, milestone.span.start, milestone.span.end)
        yield "milestone", (milestone.id, plan.id, place, milestone.section_id, *about)
    yield from _deadlines(plan)
    yield from _targets(plan)
    yield from _citations(plan, text)
    yield from _facts(plan)
    for id, doubt in doubts_by_id(plan).items():
        params = msgspec.json.encode(doubt.params).decode()
        yield "doubt", (id, plan.id, doubt.code, params, doubt.span.start, doubt.span.end)


def _plan_row(plan: Plan) -> Row:
    header = plan.header
    counted = sum(task.same_as is None for task in plan.tasks)
    return "plan_row", (
        plan.id, header.title, header.document_number, header.issuer, header.issued_on, header.year,
        header.region.name, len(plan.sections), counted, len(plan.milestones), len(plan.doubts),
        plan.coverage.consumed, plan.coverage.total, *(in_force(header) or (None, None)),
        title_key(header.title), number_key(header.document_number),
    )  # fmt: skip


def _hats(plan: Plan, resolution: Resolution, resolve: Resolve) -> dict[int, Unit]:
    """The unit of each second nameplate (加挂牌子) by the start of its mention: same region as the first name's.

    It is found as if it stood there alone, so that 发改委（商务局） and 商务局 elsewhere are one unit.
    """
    units = {unit.id: unit for unit in resolution.units}
    alone = replace(
        plan, tasks=tuple(replace(task, assignments=tuple(map(_hat_alone, task.assignments))) for task in plan.tasks)
    )
    found = resolve(alone)
    hats = {unit.id: unit for unit in found.units}
    bearers = {
        each.mention.span.start: units[resolution.unit_ids[each.mention.span.start]]
        for task in plan.tasks
        for each in task.assignments
        if each.mention.hat and each.mention.span.start in resolution.unit_ids
    }
    return {
        start: _of_region(hats[found.unit_ids[start]], bearer)
        for start, bearer in bearers.items()
        if start in found.unit_ids
    }


def _hat_alone(assignment: Assignment) -> Assignment:
    mention = assignment.mention
    if not mention.hat:
        return assignment
    # What both names end in stands once, behind the bracket: 市场监管（知识产权）局.
    shared = mention.text[-1] if mention.text.endswith(f"（{mention.hat}）{mention.text[-1]}") else ""
    return replace(assignment, mention=replace(mention, text=f"{mention.hat}{shared}", hat=None))


def _of_region(hat: Unit, bearer: Unit) -> Unit:
    if hat.region == bearer.region:
        return hat
    return replace(hat, id=unit_id(bearer.region, hat.name), region=bearer.region, level=bearer.level)


def _units(resolution: Resolution, hats: dict[int, Unit]) -> list[Unit]:
    units = {unit.id: unit for unit in (*hats.values(), *resolution.units)}
    return list(units.values())


def _tasks(plan: Plan, resolution: Resolution, hats: dict[int, Unit]) -> Iterator[Row]:
    names = {unit.id: unit.name for unit in resolution.units}
    deadlines = task_deadlines(plan)
    parties = _parties(plan, resolution)
    held = {id: [(unit, each.role) for unit, each in own] for id, own in parties.items()}
    for counted in unit_counts(plan, held):
        yield "unit_count", counted
    for shared in pair_counts(plan.id, held):
        yield "pair_count", shared
    for place, task in enumerate(plan.tasks):
        where = (task.section_id, task.section, task.text, task.span.start, task.span.end, task.same_as)
        yield "task", (task.id, plan.id, place, *where, deadlines[task.id])
        for person in task.people:
            yield "person", (plan.id, task.same_as or task.id, person.name, person.label)
        if task.same_as:
            continue
        for ordinal, (unit, assignment) in enumerate(parties[task.id]):
            yield "assignment", _assignment(plan.id, task.id, ordinal, unit, assignment, hats)
        named: list[tuple[str, str, Role]] = [(unit, names[unit], each.role) for unit, each in parties[task.id]]
        for code in gaps_of(named, deadlines[task.id]):
            yield "gap", (task.id, code, plan.id)


def _parties(plan: Plan, resolution: Resolution) -> dict[str, list[tuple[str, Assignment]]]:
    """Units and assignments of each task; a repeating row adds only units that its body task does not name."""
    parties: dict[str, list[tuple[str, Assignment]]] = {task.id: [] for task in plan.tasks}
    for task in sorted(plan.tasks, key=lambda each: each.same_as is not None):
        here = parties.setdefault(task.same_as or task.id, [])
        known = {unit for unit, _ in here} if task.same_as else set()
        found = ((resolution.unit_ids.get(each.mention.span.start), each) for each in task.assignments)
        here += [(unit, each) for unit, each in found if unit is not None and unit not in known]
    return parties


def _assignment(
    plan_id: str, task_id: str, ordinal: int, unit: str, assignment: Assignment, hats: dict[int, Unit]
) -> tuple[str | int | None, ...]:
    mention, statement = assignment.mention, assignment.statement
    hat = hats.get(mention.span.start)
    return (
        task_id, ordinal, plan_id, unit, hat.id if hat else None, assignment.role, int(assignment.stated),
        mention.text, assignment.rule, mention.span.start, mention.span.end, statement.start, statement.end,
    )  # fmt: skip


def _deadlines(plan: Plan) -> Iterator[Row]:
    counts: dict[str, int] = {}
    said: set[tuple[object, ...]] = set()
    for level, deadline, task, milestone, tasks in reached(plan):
        holder = task or milestone
        assert holder is not None
        counts[holder.id] = counts.get(holder.id, 0) + 1
        same = (level, tasks, *deadline.same)
        repeats = task is not None and task.same_as is not None and same in said
        said.add(same)
        if repeats:
            continue
        id = fact_id(holder.id, "deadline", counts[holder.id])
        about = (holder.section_id, holder.section, holder.text, tasks[0] if task else None)
        yield "deadline", (
            id, plan.id, level, deadline.text, deadline.kind, deadline.due, deadline.every, deadline.min_count,
            deadline.precision, deadline.span.start, deadline.span.end, *about, milestone.id if milestone else None,
        )  # fmt: skip
        yield from _reach(plan.id, id, tasks)


def _reach(plan_id: str, id: str, tasks: tuple[str, ...]) -> Iterator[Row]:
    for place, task_id in enumerate(tasks):
        yield "reach", (id, place, task_id, plan_id)


def _targets(plan: Plan) -> Iterator[Row]:
    said: set[tuple[object, ...]] = set()
    for kind, holder in _holders(plan):
        body = _body(holder)
        for ordinal, target in enumerate(holder.targets, 1):
            same = (body, *target.same)
            if body == holder.id or same not in said:
                id = fact_id(holder.id, "target", ordinal)
                value = (target.subject, target.op, target.value, target.unit, target.text)
                yield "target", (id, plan.id, kind, body, *value, target.span.start, target.span.end)
            said.add(same)


def _facts(plan: Plan) -> Iterator[Row]:
    """The facts of the plain kinds."""
    for kind in PLAIN:
        said: set[tuple[object, ...]] = set()
        for holder_kind, holder in _holders(plan):
            body = _body(holder)
            for ordinal, fact in enumerate(holder.facts_as(kind.record), 1):
                same = (body, *fact.same)
                if body == holder.id or same not in said:
                    id = fact_id(holder.id, kind.name, ordinal)
                    where = (holder_kind, body, fact.words, _json_of(fact))
                    yield "fact", (id, plan.id, kind.name, *where, fact.span.start, fact.span.end)
                said.add(same)


def _json_of(fact: Fact) -> str:
    """The fields of a plain fact's own as JSON; rule and place are no properties of it."""
    values = msgspec.to_builtins(fact)
    own = {name: value for name, value in values.items() if name not in ("type", "rule", "span")}
    return msgspec.json.encode(own).decode()


def _holders(plan: Plan) -> Iterator[tuple[str, Task | Milestone]]:
    for task in sorted(plan.tasks, key=lambda each: each.same_as is not None):
        yield "task", task
    for milestone in plan.milestones:
        yield "milestone", milestone


def _body(holder: Task | Milestone) -> str:
    return holder.same_as or holder.id if isinstance(holder, Task) else holder.id


def _citations(plan: Plan, text: str) -> Iterator[Row]:
    below = tasks_below(plan)
    for ordinal, citation in enumerate(plan.citations, 1):
        sentence = _sentence(text, citation.span.start, citation.span.end)
        id = fact_id(plan.id, "citation", ordinal)
        yield from _citation(plan.id, id, ("plan", plan.id, ""), citation, sentence, ())
    said: set[tuple[object, ...]] = set()
    for kind, holder in _holders(plan):
        body = _body(holder)
        for ordinal, citation in enumerate(holder.citations, 1):
            same = (body, *citation.same)
            if body == holder.id or same not in said:
                id = fact_id(holder.id, "citation", ordinal)
                where = (kind, body, holder.section)
                yield from _citation(
                    plan.id, id, where, citation, _quoted(holder, citation, text), _bound(holder, below)
                )
            said.add(same)
        yield from _references(plan.id, (kind, holder), text, _bound(holder, below), said)


def _references(
    plan_id: str,
    held: tuple[str, Task | Milestone],
    text: str,
    tasks: tuple[str, ...],
    said: set[tuple[object, ...]],
) -> Iterator[Row]:
    """What a holder rests on by words that mean a document cited before (该办法), and does not cite itself."""
    kind, holder = held
    body = _body(holder)
    for ordinal, meant in enumerate(holder.facts_as(Reference), 1):
        same = (body, *meant.same)
        if same not in said:
            cites = Citation(meant.title, meant.document_number, meant.role, (), (), rule=meant.rule, span=meant.span)
            id, where = fact_id(holder.id, "reference", ordinal), (kind, body, holder.section)
            yield from _citation(plan_id, id, where, cites, _quoted(holder, meant, text), tasks)
        said.add(same)


def _bound(holder: Task | Milestone, below: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if isinstance(holder, Task):
        return (holder.same_as or holder.id,)
    return (holder.task,) if holder.task else below.get(holder.section_id, ())


def _citation(
    plan_id: str, id: str, where: tuple[str, str, str], citation: Citation, sentence: str, tasks: tuple[str, ...]
) -> Iterator[Row]:
    title, number = citation.meant
    keys = (title_key(title) if title else "", number_key(number))
    articles = msgspec.json.encode(citation.articles).decode()
    yield "citation", (
        id, plan_id, *where, title, number, *keys, citation.role, articles, sentence,
        citation.span.start, citation.span.end,
    )  # fmt: skip
    for place, title in enumerate(citation.inner):
        yield "inner_title", (id, place, plan_id, title, title_key(title))
    yield from _reach(plan_id, id, tasks)


def _quoted(holder: Task | Milestone, citation: Fact, text: str) -> str:
    """The sentence of the clean text that cites; of the source's where the clean text does not hold the title."""
    at = holder.text.find(citation.words)
    if at < 0:
        return _sentence(text, citation.span.start, citation.span.end)
    return _sentence(holder.text, at, at + len(citation.words))


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence round `[start, end)`, at most 300 characters of it, without line breaks; …… for what is cut off."""
    first, last = max(0, start - _LONGEST_SENTENCE), min(len(text), end + _LONGEST_SENTENCE)
    begin = max(text.rfind(mark, first, start) for mark in _STOPS) + 1
    stops = [at + 1 for mark in _STOPS if (at := text.find(mark, end, last)) >= 0]
    whole = begin or first, min(stops, default=last)
    begin = max(whole[0], min(start, end - _LONGEST_SENTENCE))
    stop = min(whole[1], begin + _LONGEST_SENTENCE)
    before = "……" if begin > whole[0] or (begin == first > 0 and text[begin - 1] not in _STOPS) else ""
    after = "……" if stop < whole[1] or (not stops and last < len(text)) else ""
    return before + _BREAK.sub("", excerpt(text, begin, stop)).strip() + after
