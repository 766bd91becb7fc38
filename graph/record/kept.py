"""What the record keeps of a plan and its files, and when two readings are one plan: pure, the same for all stores."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import Protocol

import msgspec

from graph.query.questions import Reread, SourceRow, VersionRow, VersionState
from ingest import squeeze
from ingest.model import Cell, Doubt, Milestone, Page, Plan, Record, Source, StyledHeading, Task, from_json, to_json


class Places(Record, frozen=True):
    """The part of a source that is stored as JSON."""

    pages: tuple[Page, ...]
    cells: tuple[Cell, ...]
    doubts: tuple[Doubt, ...]
    headings: tuple[StyledHeading, ...] = ()


class KeptFile(Record, frozen=True):
    """A file of a version. `added_on` is ISO 8601 in UTC."""

    source: Source
    added_on: str


class KeptVersion(Record, frozen=True):
    """A version and its files, the one that its spans index first."""

    number: int
    plan: Plan
    added_on: str
    files: tuple[KeptFile, ...]


class Kept(Record, frozen=True):
    """All that a record keeps of a plan: versions, oldest first, the id that the rules gave it last, and the number of
    the version that answers."""

    read_as: str
    versions: tuple[KeptVersion, ...]
    answers: int

    @property
    def answering(self) -> KeptVersion:
        return next(version for version in self.versions if version.number == self.answers)


def packed_plan(plan: Plan) -> bytes:
    """A plan as it is stored: JSON, zlib-compressed."""
    return zlib.compress(to_json(plan))


def unpacked_plan(stored: bytes) -> Plan:
    """A plan as it was stored. Raises `zlib.error` or `msgspec.DecodeError` where it is damaged."""
    return from_json(zlib.decompress(stored))


def packed_source(source: Source) -> tuple[bytes, bytes, bytes]:
    """A file's bytes, its text, and its pages, cells and doubts as JSON, each zlib-compressed."""
    places = msgspec.json.encode(Places(source.pages, source.cells, source.doubts, source.headings))
    return zlib.compress(source.data), zlib.compress(source.text.encode()), zlib.compress(places)


def state_of(number: int, answering: int) -> VersionState:
    """What a version is beside the one that answers."""
    return "answers" if number == answering else "set-aside" if number > answering else "former"


class _CountedTask(Record, frozen=True):
    same_as: str | None = None


class _Counted(Record, frozen=True):
    tasks: tuple[_CountedTask, ...]


def counted_tasks(stored: bytes) -> int:
    """How many tasks a stored plan has, rows that repeat one aside; nothing else of it is decoded. Raises as
    `unpacked_plan`."""
    found = msgspec.json.decode(zlib.decompress(stored), type=_Counted)
    return sum(task.same_as is None for task in found.tasks)


class PackedSource(Record, frozen=True):
    """A source as it is stored: bytes, text and places each zlib-compressed."""

    name: str
    media: str
    sha256: str
    data: bytes
    text: bytes
    places: bytes


class FileColumns(Record, frozen=True):
    """A file of a version, as `SourceRow`."""

    version: int
    sha256: str
    name: str
    media: str
    size: int
    added_on: str

    def row(self) -> SourceRow:
        """The file without its version."""
        return SourceRow(self.sha256, self.name, self.media, self.size, self.added_on)


def unpacked_source(packed: PackedSource) -> Source:
    """A source as it was stored. Raises `zlib.error`, `msgspec.DecodeError`, `UnicodeDecodeError` where damaged."""
    where = msgspec.json.decode(zlib.decompress(packed.places), type=Places)
    return Source(
        name=packed.name,
        media=packed.media,
        data=zlib.decompress(packed.data),
        sha256=packed.sha256,
        text=zlib.decompress(packed.text).decode(),
        pages=where.pages,
        cells=where.cells,
        doubts=where.doubts,
        headings=where.headings,
    )


class Keeper(Protocol):
    """What gives all that is kept of a plan, one thing at a time (`graph.store.Record`)."""

    def load(self, plan_id: str, version: int | None = None) -> Plan: ...

    def source(self, plan_id: str, version: int | None = None, sha256: str | None = None) -> Source: ...

    def versions(self, plan_id: str) -> tuple[VersionRow, ...]: ...


def kept_of(plan_id: str, read_as: str, keeper: Keeper) -> Kept:
    """Puts together what is kept of a plan."""
    versions = []
    rows = keeper.versions(plan_id)
    for row in reversed(rows):
        files = (KeptFile(keeper.source(plan_id, row.number, file.sha256), file.added_on) for file in row.sources)
        versions.append(KeptVersion(row.number, keeper.load(plan_id, row.number), row.added_on, tuple(files)))
    return Kept(read_as, tuple(versions), next(row.number for row in rows if row.state == "answers"))


def ids_of(plan: Plan | None) -> dict[str, str]:
    """Kinds of the things of a plan whose ids are links, by id."""
    if plan is None:
        return {}
    return {
        plan.id: "plan",
        **{section.id: "section" for section in plan.sections},
        **{task.id: "task" for task in plan.tasks},
        **{milestone.id: "milestone" for milestone in plan.milestones},
    }


def says_the_same(one: Plan, other: Plan) -> bool:
    """Whether two readings hold the same words in the same places: one plan in two files (txt and pdf)."""
    return _said(one) == _said(other)


def _said(plan: Plan) -> list[tuple[str, ...]]:
    """The words of headings, tasks, assignments and facts; facts too, for a table's time stands beside its task."""
    headings: list[tuple[str, ...]] = [(squeeze(section.number), squeeze(section.title)) for section in plan.sections]
    return [*headings, *map(_words, plan.tasks), *map(_words, plan.milestones)]


def _words(clause: Task | Milestone) -> tuple[str, ...]:
    parties = [f"{each.role} {each.mention.text}" for each in clause.assignments] if isinstance(clause, Task) else []
    facts = (fact.words for fact in clause.facts)
    return tuple(squeeze(words) for words in (clause.text, *parties, *facts))


def difference(old: Plan, new: Plan) -> Reread:
    """What another reading of a plan changed."""
    before, after = {task.id: task for task in old.tasks}, {task.id: task for task in new.tasks}
    return Reread(
        new.id,
        True,
        tuple(id for id in after if id not in before),
        tuple(id for id in before if id not in after),
        tuple(id for id in after if id in before and after[id] != before[id]),
    )


def now() -> str:
    """The time in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")
