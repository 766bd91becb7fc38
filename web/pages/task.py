"""The task page (任务): who does what by when, on what basis, and where the source says so."""

from __future__ import annotations

from collections.abc import Sequence

from ingest import FACTS, Place
from ingest.model import Milestone, Record, RowCell, Section, Span, Task, fact_id
from web.facts.by_task import DeadlineOnTask, PlanFacts, TaskView


class Piece(Record, frozen=True):
    """A stretch of words; `kind` and `fact_id` of the fact that it belongs to, both empty for plain text."""

    text: str
    kind: str = ""
    fact_id: str = ""


class Neighbour(Record, frozen=True):
    """Another task of the section."""

    id: str
    text: str


class Clause(Record, frozen=True):
    """A clause (工作进度) that sets deadlines for the task, or the task's own text ("")."""

    text: str
    deadlines: tuple[DeadlineOnTask, ...]


class TaskPage(Record, frozen=True):
    """A task, its text with facts marked, the sections above it, and its neighbours in its section.

    `repeats` are ids of table rows that say the same task again. `gaps` are codes of what it lacks. `cells` are
    all cells of the table row that the task is, none where it is no row.
    """

    task: TaskView
    pieces: tuple[Piece, ...]
    clauses: tuple[Clause, ...]
    sections: tuple[Section, ...]
    neighbours: tuple[Neighbour, ...]
    repeats: tuple[str, ...]
    gaps: tuple[str, ...]
    number: str | None
    place: Place
    cells: tuple[RowCell, ...]


def task_page(view: TaskView, facts: PlanFacts, gaps: Sequence[str], place: Place) -> TaskPage:
    """The page of a task; `gaps` are the store's, `place` is where in its file it stands."""
    task = next(each for each in facts.plan.tasks if each.id == view.id)
    others = [other for other in facts.tasks.values() if other.section_id == view.section_id]
    return TaskPage(
        view,
        pieces(task),
        _clauses(view),
        facts.above(view.section_id),
        tuple(Neighbour(other.id, other.text) for other in others if other.id != view.id),
        tuple(each.id for each in facts.plan.tasks if each.same_as == view.id),
        tuple(gaps),
        facts.plan.header.document_number,
        place,
        task.cells,
    )


def _clauses(view: TaskView) -> tuple[Clause, ...]:
    clauses: dict[str | None, list[DeadlineOnTask]] = {}
    for deadline in view.deadlines:
        clauses.setdefault(deadline.milestone_id, []).append(deadline)
    return tuple(Clause(each[0].clause, tuple(each)) for each in clauses.values())


def pieces(holder: Task | Milestone) -> tuple[Piece, ...]:
    """The holder's text with its own facts marked, found by their words in the order of the source."""
    marks = sorted(_marks(holder), key=lambda mark: (mark[0].start, mark[0].end))
    found: list[Piece] = []
    at = 0
    for _, words, kind, id in marks:
        start = holder.text.find(words, at) if words else -1
        if start >= 0:
            found += [Piece(holder.text[at:start])] if start > at else []
            found.append(Piece(words, kind, id))
            at = start + len(words)
    return (*found, *([Piece(holder.text[at:])] if at < len(holder.text) else []))


def _marks(holder: Task | Milestone) -> list[tuple[Span, str, str, str]]:
    """Span, words, kind and id of the facts inside a text."""
    return [
        (fact.span, fact.words, kind.shown_as, fact_id(holder.id, kind.name, nth))
        for kind in FACTS
        for nth, fact in enumerate(holder.facts_as(kind.record), 1)
        if holder.span.start <= fact.span.start < holder.span.end
    ]
