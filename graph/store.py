"""The port (端口): what Zeren asks of a store of plans. Every store passes tests/graph/contract/test_record.py.

A question that names something raises `UnknownThing`, or `RemovedThing` where it once was there. All questions asked
inside `with store.snapshot():` answer from one generation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Protocol

from graph.errors import PlanNotSaved
from graph.query.questions import (
    Change,
    CitedBy,
    Citing,
    Covering,
    DocumentRow,
    DoubtRow,
    Due,
    Duty,
    Finding,
    Gap,
    GapCode,
    PairCount,
    PlanRow,
    Reread,
    Saved,
    Subgraph,
    TaskDeadline,
    UnitCount,
    UnitRow,
    VersionRow,
)
from graph.query.selected import Counted, Selection, Tally, TaskRow
from graph.query.selection import Query, Select
from graph.record.decisions import Decision
from graph.record.kept import Kept
from ingest.model import Plan, Resolution, Role, Source

Parse = Callable[[Source], Plan | None]
"""Makes a plan of a source; None where it cannot, and the plan that is stored is kept as it is."""

Resolve = Callable[[Plan], Resolution]
Members = Callable[[str, str], bool | None]
"""Whether a unit is a member of a collective, both by name, as the office's own register states it
(`ingest.language.stated`); None where that states no members of the collective. Never one of another line of work."""

CountedBy = Literal["plan", "region", "year", "month"]
"""What counts are kept by."""

PAGE = 200
"""Rows of a question that is answered part by part."""

Watch = Callable[[Literal["tables", "index", "mending"], int, int], None]
"""Told while tables or index are made anew, or tables for they are damaged: which, plans done, plans in all."""

Watched = Callable[[int, int], None]
"""Told while a library is read whole: how many versions are done, and of how many."""


def unstated(collective: str, unit: str) -> bool | None:
    """No members of any collective are stated."""
    return None


def unminded(done: int, total: int) -> None:
    """Tells nobody."""


def unwatched(step: Literal["tables", "index", "mending"], done: int, total: int) -> None:
    """Tells nobody."""


class PlanRecord(Protocol):
    """The record: what was ingested, and nothing that could be made from it."""

    def library_id(self) -> str:
        """A random id that the library got when it was made and keeps for ever; an index names it."""

    def generation(self) -> int:
        """How many commits there were; 0 for an empty library."""

    def stamp(self) -> str:
        """The stamp of the rules and lexicon that the tables were made by."""

    def snapshot(self) -> AbstractContextManager[int]:
        """Holds one generation, and gives its number, for all questions of this thread inside the `with`."""

    def writing(self) -> AbstractContextManager[None]:
        """Holds the writer's lock, so that several commits (record, then index) stay together. May be nested."""

    def save(self, source: Source, plan: Plan, replace: bool = False) -> Saved:
        """Saves a plan as one commit: all of it or nothing. Ids are carried over from the version that answers.

        A version that says less than that one (graph/record/lesser.py) is kept and does not answer, unless it is to
        `replace` it.
        """

    def save_all(self, pairs: Sequence[tuple[Source, Plan]], replace: bool = False) -> tuple[Saved | PlanNotSaved, ...]:
        """Saves some plans, in one commit where the store can; what became of each, in their order.

        One that cannot be saved leaves nothing and costs only itself; what is wrong with the library is raised, and
        no plan is then acknowledged.
        """

    def remove(self, plan_id: str) -> int:
        """Removes a plan with all its versions as one commit; its ids answer 410 from then on. The new generation."""

    def reread(self, parse: Parse) -> Iterator[Reread]:
        """Reads every stored plan again with today's rules, one commit for each plan that reads differently."""

    def load(self, plan_id: str, version: int | None = None) -> Plan:
        """A plan as stored, the version that answers unless another is asked for."""

    def source(self, plan_id: str, version: int | None = None, sha256: str | None = None) -> Source:
        """The source that the spans index, or with `sha256` another of the version's files."""

    def versions(self, plan_id: str) -> tuple[VersionRow, ...]:
        """All versions, newest first."""

    def changes(self, since: int) -> tuple[Change, ...]:
        """What happened to which plan after a generation, oldest first, each plan once."""

    def was_removed(self, id: str) -> bool:
        """Whether a plan, section, task or milestone of this id was once here and is no more."""

    def kept(self, plan_id: str) -> Kept:
        """A plan with all its versions and files, for another library. Raises `UnknownThing`, `RemovedThing`."""

    def removed(self) -> dict[str, str]:
        """The kinds of all ids that were here and are no more, by id."""

    def adopt(self, kept: Kept) -> int:
        """Puts a plan as another library kept it in the place of what is here, as one commit. The new generation."""

    def adopt_removed(self, ids: Mapping[str, str]) -> int:
        """Remembers ids (with their kinds) that were removed in another library, as one commit. The new generation."""

    def decide(self, decision: Decision) -> Decision:
        """Adds a decision to the log and lets every answer follow it, as one commit; the decision with its number.

        Raises `BadDecision`, and `UnknownThing` for a unit or plan that is not there.
        """

    def decisions(self) -> tuple[Decision, ...]:
        """The log of decisions, oldest first."""

    def adopt_decisions(self, log: Sequence[Decision]) -> int:
        """Takes over what another library's log has more than this one's, as one commit; how many were taken.

        Raises `BadDecision` where this log is not the beginning of that.
        """

    def counts(self) -> dict[str, int]:
        """How many rows of each table (graph/derived/rows.py) there are, by the table's name."""

    def backup(self, target: Path) -> None:
        """Writes the whole library to one file, consistent while others read and write."""

    def check(self, watch: Watched = unminded) -> tuple[Finding, ...]:
        """Reads everything; what of it is not as it was written. As slow as the library is big."""

    def examine(self, watch: Watched = unminded) -> tuple[Finding, ...]:
        """The same, with consequences: what can be made again from the record is, a plan whose record is damaged is not
        given any more (`PlanDamaged`), and a library that cannot be mended answers nothing (`LibraryDamaged`)."""

    def close(self) -> None:
        """Lets go of files. The store cannot be used afterwards."""


class Tables(Protocol):
    """Questions that are tables. Rows of tables that repeat a body task (`same_as`) are told as the body task."""

    def plans(self) -> tuple[PlanRow, ...]:
        """All plans, newest issue first."""

    def units(self, plan: str | None = None) -> tuple[UnitRow, ...]:
        """All units, those with most tasks first."""

    def unit(self, unit_id: str) -> UnitRow: ...

    def duties_of(
        self,
        unit_id: str,
        role: Role | None = None,
        plan: str | None = None,
        deadline: TaskDeadline | None = None,
    ) -> tuple[Duty, ...]:
        """What a unit has to do: named itself, by its second nameplate, and as one of a collective, told apart."""

    def unit_counts(self, by: CountedBy) -> tuple[UnitCount, ...]:
        """How many tasks each unit has in each plan, region, year or month (2026-03; a year alone; `often`, `open`,
        `none`), by its strongest role. Commits keep these counts, so that no task is looked at."""

    def pair_counts(self, plan: str | None = None) -> tuple[PairCount, ...]:
        """Each two units that share tasks, in a plan or in all, counted in the same way. A task that names more than
        120 units joins none of them."""

    def documents(self) -> tuple[DocumentRow, ...]:
        """All cited documents, those cited most first."""

    def document(self, document_id: str) -> DocumentRow:
        """A document by its id or by an older id that redirects to it."""

    def citing(self, document_id: str) -> tuple[Citing, ...]:
        """Who cites a document, in which words, and whom that binds."""

    def cited_by(self, document_id: str, offset: int = 0, limit: int = PAGE) -> CitedBy:
        """Who cites a document, `limit` places from `offset` on (of the last part where that is past the end)."""

    def due_between(self, start: str, end: str, plan: str | None = None) -> tuple[Due, ...]:
        """What falls due from `start` to `end` (ISO dates, both included), each clause once, by date."""

    def gaps(self, code: GapCode | None = None, plan: str | None = None) -> tuple[Gap, ...]:
        """What tasks lack."""

    def gap_counts(self, plan: str | None = None) -> dict[GapCode, int]:
        """How many tasks have each gap; every code is there, 0 too."""

    def doubts(self, plan: str | None = None) -> tuple[DoubtRow, ...]:
        """Doubts of the plans' readings and, where no plan is asked for, of the library as a whole."""

    def select(self, query: Query, offset: int = 0, limit: int | None = PAGE) -> Selection:
        """The tasks that a query means: all ids in its order, and `limit` rows (None: all) from `offset` on.

        Raises `BadQuery` for a tree that is too big, or that still holds words or lines of work (see `search`).
        """

    def tasks(self, ids: Sequence[str]) -> tuple[TaskRow, ...]:
        """The tasks of some ids, in their order; ids that are not there are left out."""

    def tally(self, ids: Sequence[str], by: Select, roles: Iterable[Role] = ()) -> tuple[Tally, ...]:
        """What the tasks have of a kind and how many have it, most first; of units only those in one of the roles."""

    def counted(self, ids: Sequence[str] | None, by: Select) -> tuple[Counted, ...]:
        """How many of the tasks (None: of all) have each unit, document, plan, month, region or year, most first.

        A task that names a unit by its name and by a nameplate counts once. Months are of days of the tasks' own.
        Raises `BadQuery` for another kind.
        """

    def coverings(self) -> tuple[Covering, ...]:
        """Which units of the library its collectives cover, and whether that is stated."""

    def nodes_and_edges(self, plans: Collection[str] | None = None) -> Subgraph:
        """Everything as nodes and edges, or what the given plans hold and point to."""


class Store(PlanRecord, Tables, Protocol):
    """The record and the tables over it."""


class Structure(Protocol):
    """Questions about structure. Nodes are named by keys (`graph.schema.kinds.node_key`)."""

    def neighbourhood(self, key: str, depth: int = 1, limit: int = 200) -> Subgraph:
        """What is within `depth` steps of a node, nearest first, at most `limit` nodes."""

    def path(self, source: str, target: str) -> Subgraph | None:
        """A shortest path between two nodes, edges taken in either direction; None where there is none.

        It leads over what is guessed, and over the outline (`contains`), only where there is no other.
        """
