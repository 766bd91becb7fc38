"""From one library to another (迁移): every plan with its versions and files, and what was removed; then compared.

A plan is one commit, and one that the other library has already, content for content, is passed over: so a copy that
was stopped goes on when it is asked for again. What differs in the other library is left alone unless told otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from graph.record.kept import Kept, KeptVersion, ids_of
from graph.store import Store
from ingest.model import Record, to_json

CopyWatched = Callable[[int], object]
CopyOutcome = Literal["copied", "there", "extended", "replaced", "differs"]
"""Copied; there already; there with older versions only; replaced as told; different, and left alone."""


def unwatched(done: int) -> None:
    """Tells nobody."""


class Copied(Record, frozen=True):
    """What became of a plan."""

    plan_id: str
    outcome: CopyOutcome


class Totals(Record, frozen=True):
    """What a library holds, of the plans that were compared. `size` is bytes of files, `digest` of all content."""

    plans: int
    versions: int
    files: int
    size: int
    digest: str


class Comparison(Record, frozen=True):
    """Two libraries held against one another.

    `differing` are plans that are not the same in both, `more` those that only the other has, `forgotten` ids that were
    removed here and are not known there. `tables` are names with both counts of rows where they are not equal; with
    `more` they are not compared.
    """

    totals: Totals
    differing: tuple[str, ...]
    more: tuple[str, ...]
    forgotten: tuple[str, ...]
    tables: tuple[tuple[str, int, int], ...]

    @property
    def same(self) -> bool:
        """Whether everything that is here is there too, and nothing of it is another."""
        return not (self.differing or self.forgotten or self.tables)


def copy_plans(source: Store, target: Store, replace: bool = False) -> Iterator[Copied]:
    """Copies every plan, those that were saved last come last."""
    there = {row.id for row in target.plans()}
    for row in sorted(source.plans(), key=lambda row: (row.generation, row.id)):
        kept = source.kept(row.id)
        outcome = _outcome(kept, target.kept(row.id), replace) if row.id in there else "copied"
        if outcome not in ("there", "differs"):
            target.adopt(kept)
        yield Copied(row.id, outcome)


def _outcome(kept: Kept, other: Kept, replace: bool) -> CopyOutcome:
    ours, theirs = digests(kept), digests(other)
    if ours == theirs and (kept.read_as, kept.answers) == (other.read_as, other.answers):
        return "there"
    # Which version answers only ever goes up: a lower number is that of the library that is behind.
    if ours[: len(theirs)] == theirs and kept.answers >= other.answers:
        return "extended"
    return "replaced" if replace else "differs"


def copy_removed(source: Store, target: Store) -> int:
    """Lets the other library know which ids were removed, unless it has them; how many were new to it."""
    gone = _forgotten(source, target)
    if gone:
        target.adopt_removed(gone)
    return len(gone)


def copy_decisions(source: Store, target: Store) -> int:
    """Lets the other library decide as this one; how many decisions were new to it. Raises `BadDecision`."""
    log = source.decisions()
    return target.adopt_decisions(log) if log != target.decisions() else 0


def _forgotten(source: Store, target: Store) -> dict[str, str]:
    known = target.removed()
    unknown = {id: kind for id, kind in source.removed().items() if id not in known}
    if not unknown:
        return {}
    alive = {id for row in target.plans() for id in ids_of(target.load(row.id))}
    return {id: kind for id, kind in unknown.items() if id not in alive}


def compare(source: Store, target: Store, watch: CopyWatched = unwatched) -> Comparison:
    """Reads both again, from the first plan to the last; `watch` is told how many are done."""
    theirs = {row.id for row in target.plans()}
    ours = sorted(row.id for row in source.plans())
    whole, differing = hashlib.sha256(), []
    versions = files = size = 0
    for done, plan_id in enumerate(ours):
        watch(done)
        kept = source.kept(plan_id)
        found = digests(kept)
        if plan_id not in theirs or not _are_one(target.kept(plan_id), found, kept.answers):
            differing.append(plan_id)
        versions += len(kept.versions)
        files += sum(len(each.files) for each in kept.versions)
        size += sum(len(file.source.data) for each in kept.versions for file in each.files)
        whole.update("".join(found).encode())
    more = tuple(sorted(theirs - {*ours}))
    counts = target.counts()
    tables = () if more else tuple(
        (table, count, counts[table]) for table, count in source.counts().items() if count != counts[table]
    )  # fmt: skip
    totals = Totals(len(ours), versions, files, size, whole.hexdigest())
    return Comparison(totals, tuple(differing), more, tuple(sorted(_forgotten(source, target))), tables)


def _are_one(other: Kept, found: tuple[str, ...], answers: int) -> bool:
    """Whether what the other library keeps has these digests, and the same version answers."""
    return digests(other) == found and other.answers == answers


def digests(kept: Kept) -> tuple[str, ...]:
    """SHA-256 of the content of each version, oldest first: its reading as JSON, its files' bytes, texts and places."""
    return tuple(map(_digest, kept.versions))


def _digest(version: KeptVersion) -> str:
    parts: list[bytes] = [to_json(version.plan), version.added_on.encode(), str(version.number).encode()]
    for file in version.files:
        source = file.source
        parts += [hashlib.sha256(source.data).digest(), source.text.encode(), file.added_on.encode()]
        parts.append(msgspec.json.encode((source.name, source.media, source.pages, source.cells, source.doubts)))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
