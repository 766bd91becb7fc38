"""The questions as methods of a store (`graph.store.Tables`), over whatever gives their rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from graph.answers import due, select
from graph.answers import from_rows as ask
from graph.answers.holdings import Catalogued, held_by_tasks
from graph.answers.lasting import AnswersKept
from graph.derived.structure import coverings
from graph.query.questions import (
    CitedBy,
    Citing,
    Covering,
    DocumentRow,
    DoubtRow,
    Due,
    Duty,
    Gap,
    GapCode,
    PairCount,
    PlanRow,
    TaskDeadline,
    UnitCount,
    UnitRow,
)
from graph.query.row_types import PAIR_COUNTS, UNIT_COUNTS, Rows
from graph.query.selected import Counted, Selection, Tally, TaskRow
from graph.query.selection import Query, Select
from graph.store import PAGE, CountedBy, Members
from ingest.model import Role

Answer = TypeVar("Answer")


class Answering(ABC):
    """Every question that is a table; a store says only how a question gets the rows of one generation.

    `_members` is what the office's register states of collectives.
    """

    _members: Members

    def __init__(self) -> None:
        self._kept = AnswersKept()

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[int]:
        """Holds one generation, see `graph.store.Record`."""

    @abstractmethod
    def _asked(self, question: Callable[[Rows], Answer]) -> Answer:
        """The answer to a question, from one generation."""

    def _asked_once(self, question: Callable[[Rows], Answer]) -> Answer:
        """The same, found once a generation."""
        with self.snapshot() as generation:
            return self._kept.answer(question.__name__, generation, lambda: self._asked(question))

    def _of_plan(self, plan: str | None, question: Callable[[Rows], Answer]) -> Answer:
        """The answer to a question that may name a plan, which then must be there."""

        def required(rows: Rows) -> Answer:
            ask.require_plan(rows, plan)
            return question(rows)

        return self._asked(required)

    def plans(self) -> tuple[PlanRow, ...]:
        return self._asked_once(ask.plans)

    def units(self, plan: str | None = None) -> tuple[UnitRow, ...]:
        if plan is None:
            return self._asked_once(ask.units)
        return self._of_plan(plan, lambda rows: ask.units(rows, plan))

    def unit(self, unit_id: str) -> UnitRow:
        return self._asked(lambda rows: ask.unit(rows, unit_id))

    def duties_of(
        self,
        unit_id: str,
        role: Role | None = None,
        plan: str | None = None,
        deadline: TaskDeadline | None = None,
    ) -> tuple[Duty, ...]:
        return self._of_plan(plan, lambda rows: ask.duties_of(rows, unit_id, role, plan, deadline, self._members))

    def unit_counts(self, by: CountedBy) -> tuple[UnitCount, ...]:
        return self._asked(lambda rows: tuple(rows(UNIT_COUNTS, by=by)))

    def pair_counts(self, plan: str | None = None) -> tuple[PairCount, ...]:
        return self._of_plan(plan, lambda rows: tuple(rows(PAIR_COUNTS, plan=plan)))

    def documents(self) -> tuple[DocumentRow, ...]:
        return self._asked_once(ask.documents)

    def document(self, document_id: str) -> DocumentRow:
        return self._asked(lambda rows: ask.document(rows, document_id))

    def citing(self, document_id: str) -> tuple[Citing, ...]:
        return self._asked(lambda rows: ask.citing(rows, document_id))

    def cited_by(self, document_id: str, offset: int = 0, limit: int = PAGE) -> CitedBy:
        return self._asked(lambda rows: ask.cited_by(rows, document_id, offset, limit))

    def due_between(self, start: str, end: str, plan: str | None = None) -> tuple[Due, ...]:
        return self._of_plan(plan, lambda rows: due.due_between(rows, start, end, plan))

    def gaps(self, code: GapCode | None = None, plan: str | None = None) -> tuple[Gap, ...]:
        return self._of_plan(plan, lambda rows: ask.gaps(rows, code, plan))

    def gap_counts(self, plan: str | None = None) -> dict[GapCode, int]:
        return self._of_plan(plan, lambda rows: ask.gap_counts(rows, plan))

    def doubts(self, plan: str | None = None) -> tuple[DoubtRow, ...]:
        return self._of_plan(plan, lambda rows: ask.doubts(rows, plan))

    def select(self, query: Query, offset: int = 0, limit: int | None = PAGE) -> Selection:
        with self.snapshot() as generation:
            everything = self._asked_once(select.all_tasks)
            ids = self._asked(lambda rows: select.selected_ids(rows, query, everything, self._members))
            last = None if limit is None else offset + limit
            return Selection(ids, self.tasks(ids[offset:last]), generation)

    def tasks(self, ids: Sequence[str]) -> tuple[TaskRow, ...]:
        return self._asked(lambda rows: select.task_rows(rows, ids))

    def tally(self, ids: Sequence[str], by: Select, roles: Iterable[Role] = ()) -> tuple[Tally, ...]:
        return self._asked(lambda rows: select.tallied(rows, ids, by, roles))

    def counted(self, ids: Sequence[str] | None, by: Select) -> tuple[Counted, ...]:
        with self.snapshot() as generation:
            known = Catalogued(self.units(), self.documents(), self.plans())
            held = self._kept.answer(
                f"held {by}", generation, lambda: self._asked(lambda rows: held_by_tasks(rows, by, known))
            )
        return held.counted(ids)

    def coverings(self) -> tuple[Covering, ...]:
        return tuple(coverings(self.units(), self._members))
