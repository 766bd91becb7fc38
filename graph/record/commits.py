"""What saving, removing and reading again mean (提交): once for all stores, over what a store does in a transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec.structs import replace as changed

from graph.errors import BadDecision, PlanNotSaved, UnknownThing
from graph.query.questions import Reread, Saved
from graph.record.decisions import Decision, require_sensible, units_about
from graph.record.kept import Kept, difference, ids_of, says_the_same
from graph.record.lesser import less_of
from ingest import carry_ids
from ingest.model import Plan, Source


class Writing(Protocol):
    """A transaction for writing. It sees what is there now, whatever snapshot its thread holds."""

    def generation(self) -> int:
        """The number of the last commit."""

    def next_generation(self) -> int:
        """Counts this commit, once, and gives its number; what is written afterwards belongs to it."""

    def plan_of_bytes(self, sha256: str) -> str | None:
        """The plan whose answering version was read from these bytes."""

    def set_aside_of_bytes(self, plan_id: str, sha256: str) -> int | None:
        """The version of a plan that was read from these bytes and set aside since it got the one that answers."""

    def plan_read_as(self, plan_id: str) -> str | None:
        """The id of the stored plan that has this id, or got it when it was last read."""

    def answering_version(self, plan_id: str) -> int | None:
        """The number of the version that answers, None where the library has no such plan."""

    def last_version(self, plan_id: str) -> int:
        """The number of a plan's newest version, whether it answers or not; 0 where there is none."""

    def bytes_of(self, plan_id: str, version: int) -> str:
        """The SHA-256 of the file that a version's spans index."""

    def load(self, plan_id: str) -> Plan:
        """The version that answers, as stored. Raises `UnknownThing`, `RemovedThing`."""

    def add_version(self, plan: Plan, source: Source, number: int) -> None:
        """Adds a version with its file; which one answers stays as it is."""

    def answer_with(self, plan_id: str, number: int, read_as: str) -> None:
        """Says that a version answers from this commit on, and which id the rules give the plan now."""

    def keep(self, kept: Kept) -> None:
        """Adds a plan that is not there with all its versions, as another library kept it."""

    def add_source(self, plan_id: str, version: int, source: Source) -> None:
        """Adds a file to a version."""

    def touch(self, plan_id: str, read_as: str | None = None) -> None:
        """Says that the plan changed in this commit, and which id the rules give it now, if that may be another."""

    def replace_plan(self, plan: Plan, version: int) -> None:
        """Puts another reading of the same file in the place of a version's."""

    def delete(self, plan_id: str) -> None:
        """Deletes a plan with all its versions and files."""

    def note_ids(self, gone: Mapping[str, str], here: Collection[str]) -> None:
        """Remembers ids (with their kinds) that went, and forgets that any of those that are here ever went."""

    def decisions(self) -> tuple[Decision, ...]:
        """The log of decisions, oldest first."""

    def add_decision(self, decision: Decision) -> None:
        """Adds a decision to the log; what is filled afterwards follows it."""

    def plans_naming(self, units: Collection[str]) -> tuple[str, ...]:
        """The ids of the plans that name one of some units."""

    def text_of(self, plan_id: str) -> str:
        """The text that the spans of the answering version index."""

    def fill(self, plan: Plan, text: str) -> None:
        """Puts what the questions ask of a plan in the place of what was there; `text` is its source's."""

    def empty(self, plan_id: str) -> None:
        """Takes out what the questions ask of a plan."""


def save(writing: Writing, source: Source, plan: Plan, replace: bool = False) -> Saved:
    """Saves a plan: nothing for bytes that are known, a second source, a new version, or a new plan.

    A version that is less than the one that answers is kept and set aside, unless it is to `replace` it.
    """
    same = writing.plan_of_bytes(source.sha256)
    if same is not None:
        return Saved("unchanged", writing.load(same), writing.answering_version(same) or 0, writing.generation())
    known = writing.plan_read_as(plan.id)
    if known is not None:
        return _save_again(writing, source, plan, writing.load(known), replace)
    generation = writing.next_generation()
    writing.add_version(plan, source, 1)
    _answer(writing, None, plan, 1, (plan.id, source.text))
    return Saved("new", plan, 1, generation)


def _save_again(writing: Writing, source: Source, plan: Plan, old: Plan, replace: bool) -> Saved:
    """Saves another file of a plan that is there."""
    answering = writing.answering_version(old.id) or 0
    if says_the_same(plan, old):
        generation = writing.next_generation()
        writing.add_source(old.id, answering, source)
        writing.touch(old.id, plan.id)
        return Saved("second-source", old, answering, generation)
    kept = carry_ids(plan, old)
    less = less_of(kept, old)
    aside = writing.set_aside_of_bytes(old.id, source.sha256)
    if less and not replace and aside:
        return Saved("set-aside", kept, aside, writing.generation(), less, answering)
    generation = writing.next_generation()
    number = aside or writing.last_version(old.id) + 1
    if aside:
        writing.replace_plan(kept, aside)
    else:
        writing.add_version(kept, source, number)
    if less and not replace:
        writing.touch(old.id)
        return Saved("set-aside", kept, number, generation, less, answering)
    _answer(writing, old, kept, number, (plan.id, source.text))
    return Saved("new-version", kept, number, generation, less, number)


def _answer(writing: Writing, old: Plan | None, kept: Plan, number: int, read: tuple[str, str]) -> None:
    """Lets a version answer; `read` is the id that the rules gave it, and its text."""
    read_as, text = read
    writing.answer_with(kept.id, number, read_as)
    _note(writing, old, kept)
    writing.fill(kept, text)


def save_each(
    save: Callable[[Source, Plan], Saved], pairs: Iterable[tuple[Source, Plan]]
) -> tuple[Saved | PlanNotSaved, ...]:
    """Saves plans one after the other; what became of each, for one that could not be saved the error."""
    outcomes: list[Saved | PlanNotSaved] = []
    for source, plan in pairs:
        try:
            outcomes.append(save(source, plan))
        except PlanNotSaved as error:
            outcomes.append(error)
    return tuple(outcomes)


def remove(writing: Writing, plan_id: str) -> int:
    """Removes a plan; the new generation. Raises `UnknownThing`, `RemovedThing`."""
    old = writing.load(plan_id)
    generation = writing.next_generation()
    _note(writing, old, None)
    writing.delete(plan_id)
    writing.empty(plan_id)
    return generation


def reread(writing: Writing, plan_id: str, source: Source, read: Plan) -> Reread | None:
    """Stores what today's rules read in a plan's file; None where the plan went, or got a newer file, meanwhile."""
    version = writing.answering_version(plan_id)
    if version is None or writing.bytes_of(plan_id, version) != source.sha256:
        return None
    old = writing.load(plan_id)
    new = carry_ids(read, old)
    if new == old:
        return Reread(plan_id, False, (), (), ())
    writing.next_generation()
    writing.replace_plan(new, version)
    writing.touch(plan_id, read.id)
    _note(writing, old, new)
    writing.fill(new, source.text)
    return difference(old, new)


def adopt(writing: Writing, kept: Kept) -> int:
    """Puts a plan as another library kept it in the place of what is here; the new generation."""
    plan = kept.answering.plan
    old = None if writing.answering_version(plan.id) is None else writing.load(plan.id)
    generation = writing.next_generation()
    if old is not None:
        writing.delete(plan.id)
    writing.keep(kept)
    _note(writing, old, plan)
    writing.fill(plan, kept.answering.files[0].source.text)
    return generation


def adopt_removed(writing: Writing, ids: Mapping[str, str]) -> int:
    """Remembers ids that were removed in another library; the new generation."""
    generation = writing.next_generation()
    writing.note_ids(ids, ())
    return generation


def decide(writing: Writing, decision: Decision) -> Decision:
    """Adds a decision to the log and fills the plans again that it is about; the decision with its number.

    Raises `BadDecision`, `UnknownThing`.
    """
    log = writing.decisions()
    require_sensible(decision, log)
    kept = changed(decision, number=len(log) + 1)
    about = log[kept.undone - 1] if kept.kind == "undo" else kept
    if kept.kind != "undo":
        _require_named(writing, kept)
    _follow(writing, (kept,), units_about([about], log))
    return kept


def _require_named(writing: Writing, decision: Decision) -> None:
    named = writing.plans_naming([decision.unit])
    if not named:
        raise UnknownThing(kind="unit", id=decision.unit)
    if decision.plan and decision.plan not in named:
        raise BadDecision(reason="not-named", about=decision.plan)


def _follow(writing: Writing, fresh: Sequence[Decision], units: Collection[str]) -> None:
    """Adds decisions, and fills again the plans that name their units, before or after."""
    concerned = set(writing.plans_naming(units))
    writing.next_generation()
    for each in fresh:
        writing.add_decision(each)
    for plan_id in sorted(concerned):
        writing.touch(plan_id)
        writing.fill(writing.load(plan_id), writing.text_of(plan_id))


def adopt_decisions(writing: Writing, log: Sequence[Decision]) -> int:
    """Takes over another library's log, whose beginning the own one must be; how many were new.

    Raises `BadDecision` where the two logs say different things.
    """
    own = writing.decisions()
    if own != tuple(log[: len(own)]):
        raise BadDecision(reason="other-log", about=str(len(own)))
    fresh = log[len(own) :]
    if fresh:
        _follow(writing, fresh, units_about(log, log))
    return len(fresh)


def _note(writing: Writing, old: Plan | None, new: Plan | None) -> None:
    before, here = ids_of(old), ids_of(new)
    writing.note_ids({id: kind for id, kind in before.items() if id not in here}, here)
