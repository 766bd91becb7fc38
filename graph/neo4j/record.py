"""The record in Neo4j: plans, versions and files as they were ingested, each with the generations in which it holds."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from graph.errors import RemovedThing, UnknownThing
from graph.neo4j.schema import FOREVER, NOW, seen
from graph.neo4j.server.connection import Transaction
from graph.query.questions import Change, Finding, SourceRow, VersionRow
from graph.query.row_types import RowOf
from graph.record.decisions import Decision
from graph.record.kept import (
    FileColumns,
    PackedSource,
    counted_tasks,
    now,
    packed_plan,
    packed_source,
    state_of,
    unpacked_plan,
    unpacked_source,
)
from graph.store import Watched
from ingest.model import Plan, Source


@dataclass(frozen=True)
class View:
    """A transaction that looks at one generation; `NOW` for who writes."""

    transaction: Transaction
    at: int = NOW

    def rows(self, query: str, **values: object) -> list[list[Any]]:
        """The rows of a query, which names the generation as `$at`."""
        return self.transaction.rows(query, at=self.at, **values)

    def named_rows(self, query: str, row: type[RowOf], /, **values: object) -> list[RowOf]:
        """The same as records, by the names of their columns."""
        return self.transaction.named_rows(query, row, at=self.at, **values)

    def value(self, query: str, **values: object) -> Any:
        """The first value of the first row, None where there is none."""
        rows = self.rows(query, **values)
        return rows[0][0] if rows else None


def library(view: View, name: str) -> Any:
    """A property of the library: id, generation, stamp, cleared."""
    return view.value("MATCH (l:Library {name: 'zeren'}) RETURN l[$name]", name=name)


def set_library(view: View, name: str, value: str | int) -> None:
    """Sets a property of the library."""
    view.rows("MATCH (l:Library {name: 'zeren'}) SET l[$name] = $value", name=name, value=value)


_ENTRY = f"MATCH (e:Entry {{id: $id}}) WHERE {seen('e')}"


def answering_version(view: View, plan_id: str) -> int | None:
    """The number of the version that answers, None where the library has no such plan."""
    found = view.value(f"{_ENTRY} RETURN e.version", id=plan_id)
    return None if found is None else int(found)


def known_version(view: View, plan_id: str, version: int | None) -> int:
    """The version asked for, or the one that answers. Raises `UnknownThing`, `RemovedThing`."""
    answering = answering_version(view, plan_id)
    if answering is None:
        gone = was_removed(view, plan_id)
        raise RemovedThing(kind="plan", id=plan_id) if gone else UnknownThing(kind="plan", id=plan_id)
    return answering if version is None else version


def was_removed(view: View, id: str) -> bool:
    """Whether a thing of this id was here and is no more."""
    return bool(view.rows(f"MATCH (r:Removed {{id: $id}}) WHERE {seen('r')} RETURN 1", id=id))


def load(view: View, plan_id: str, version: int | None = None) -> Plan:
    """A plan as stored. Raises `UnknownThing`, `RemovedThing`."""
    number = known_version(view, plan_id, version)
    stored = view.value(f"{_VERSION} RETURN v.plan", id=plan_id, number=number)
    if stored is None:
        raise UnknownThing(kind="version", id=f"{plan_id} {number}")
    return unpacked_plan(stored)


_VERSION = f"MATCH (v:Version {{plan_id: $id, number: $number}}) WHERE {seen('v')}"


def bytes_of(view: View, plan_id: str, version: int) -> str:
    """The SHA-256 of the file that a version's spans index."""
    return str(view.value(f"{_VERSION} RETURN v.sha256", id=plan_id, number=version))


def load_source(view: View, plan_id: str, version: int | None, sha256: str | None) -> Source:
    """The file that the version's spans index, or another of its files. Raises `UnknownThing`, `RemovedThing`."""
    number = known_version(view, plan_id, version)
    packed = view.named_rows(
        f"{_VERSION} MATCH (f:File {{plan_id: $id, version: $number, sha256: coalesce($sha256, v.sha256)}})"
        f" WHERE {seen('f')} RETURN f.name AS name, f.media AS media, f.sha256 AS sha256, f.data AS data,"
        " f.text AS text, f.places AS places",
        PackedSource, id=plan_id, number=number, sha256=sha256,
    )  # fmt: skip
    if not packed:
        raise UnknownThing(kind="source", id=f"{plan_id} {number} {sha256 or ''}".strip())
    return unpacked_source(packed[0])


_FILES = f"""
MATCH (f:File {{plan_id: $id}}) WHERE {seen("f")}
MATCH (v:Version {{plan_id: $id, number: f.version}}) WHERE {seen("v")}
RETURN f.version AS version, f.sha256 AS sha256, f.name AS name, f.media AS media, f.size AS size,
       f.added_on AS added_on
ORDER BY f.sha256 <> v.sha256, f.added_on, f.sha256
"""

_VERSIONS = f"""
MATCH (v:Version {{plan_id: $id}}) WHERE {seen("v")}
RETURN v.number, v.added_on, v.plan ORDER BY v.number DESC
"""


def versions(view: View, plan_id: str) -> tuple[VersionRow, ...]:
    """All versions, newest first, each with its files, the one that spans index first."""
    answering = known_version(view, plan_id, None)
    files: dict[int, list[SourceRow]] = {}
    for file in view.named_rows(_FILES, FileColumns, id=plan_id):
        files.setdefault(file.version, []).append(file.row())
    rows = view.rows(_VERSIONS, id=plan_id)
    return tuple(
        VersionRow(number, added_on, counted_tasks(stored), state_of(number, answering), tuple(files.get(number, ())))
        for number, added_on, stored in rows
    )


_CHANGES = f"""
MATCH (e:Entry) WHERE e.generation > $since AND {seen("e")}
RETURN e.id AS plan_id, e.generation AS generation, false AS removed
UNION ALL
MATCH (r:Removed {{kind: 'plan'}}) WHERE r.since > $since AND {seen("r")}
RETURN r.id AS plan_id, r.since AS generation, true AS removed
"""


def changes(view: View, since: int) -> tuple[Change, ...]:
    """Plans saved or removed after a generation, oldest first."""
    found = view.named_rows(_CHANGES, Change, since=since)
    return tuple(sorted(found, key=lambda change: (change.generation, change.plan_id)))


def read_as(view: View, plan_id: str) -> str:
    """The id that the rules gave a plan when it was last read. Raises `UnknownThing`, `RemovedThing`."""
    known_version(view, plan_id, None)
    return str(view.value(f"{_ENTRY} RETURN e.read_as", id=plan_id))


def removed(view: View) -> dict[str, str]:
    """The kinds of ids that were here and are no more."""
    return {row[0]: row[1] for row in view.rows(f"MATCH (r:Removed) WHERE {seen('r')} RETURN r.id, r.kind")}


def plan_ids(view: View) -> tuple[str, ...]:
    """The ids of all plans."""
    return tuple(row[0] for row in view.rows(f"MATCH (e:Entry) WHERE {seen('e')} RETURN e.id ORDER BY e.id"))


def check(view: View, watch: Watched) -> Iterator[Finding]:
    """Reads every plan and file; against damage of its pages Neo4j has checksums of its own."""
    versions = view.rows(f"MATCH (v:Version) WHERE {seen('v')} RETURN v.plan_id, v.number")
    files: dict[tuple[str, int], list[str]] = {}
    for plan_id, number, digest in view.rows(f"MATCH (f:File) WHERE {seen('f')} RETURN f.plan_id, f.version, f.sha256"):
        files.setdefault((plan_id, number), []).append(digest)
    for done, (plan_id, number) in enumerate(versions):
        watch(done, len(versions))
        try:
            load(view, plan_id, number)
            for digest in files.get((plan_id, number), ()):
                if hashlib.sha256(load_source(view, plan_id, number, digest).data).hexdigest() != digest:
                    yield Finding("plan", plan_id, f"{number} SHA-256 {digest}")
        except (zlib.error, msgspec.DecodeError, UnicodeDecodeError, UnknownThing) as error:
            yield Finding("plan", plan_id, f"{number} {type(error).__name__}")


# What a commit writes; `generation` is its own


def retire(view: View, pattern: str, generation: int, **values: object) -> None:
    """Ends what a pattern for `n` finds among what holds now; it stays for readers of older generations."""
    view.rows(
        f"MATCH {pattern} WHERE n.until = $forever SET n:Past, n.until = $generation, n.gone_at = timestamp()",
        forever=FOREVER, generation=generation, **values,
    )  # fmt: skip


def put(view: View, label: str, rows: Collection[Mapping[str, object]], generation: int) -> None:
    """Adds nodes that hold from this generation on."""
    if rows:
        view.rows(
            f"UNWIND $rows AS row CREATE (n:{label}) SET n = row, n.since = $generation, n.until = $forever",
            rows=list(rows), generation=generation, forever=FOREVER,
        )  # fmt: skip


def plan_of_bytes(view: View, sha256: str) -> str | None:
    """The plan whose answering version was read from these bytes."""
    found = view.value(
        f"MATCH (f:File {{sha256: $sha256}}) WHERE {seen('f')}"
        f" MATCH (e:Entry {{id: f.plan_id}}) WHERE e.version = f.version AND {seen('e')} RETURN e.id",
        sha256=sha256,
    )
    return None if found is None else str(found)


def set_aside_of_bytes(view: View, plan_id: str, sha256: str) -> int | None:
    """The version of a plan that was read from these bytes and set aside since it got the one that answers."""
    found = view.value(
        f"{_ENTRY} MATCH (f:File {{plan_id: $id, sha256: $sha256}}) WHERE f.version > e.version AND {seen('f')}"
        " RETURN max(f.version)",
        id=plan_id, sha256=sha256,
    )  # fmt: skip
    return None if found is None else int(found)


def last_version(view: View, plan_id: str) -> int:
    """The number of a plan's newest version, whether it answers or not; 0 where there is none."""
    found = view.value(f"MATCH (v:Version {{plan_id: $id}}) WHERE {seen('v')} RETURN max(v.number)", id=plan_id)
    return int(found or 0)


def plan_read_as(view: View, plan_id: str) -> str | None:
    """The id of the stored plan that has this id, or got it when it was last read."""
    found = view.value(
        f"MATCH (e:Entry) WHERE (e.id = $id OR e.read_as = $id) AND {seen('e')}"
        " RETURN e.id ORDER BY e.id <> $id, e.id LIMIT 1",
        id=plan_id,
    )
    return None if found is None else str(found)


def enter(view: View, plan_id: str, version: int, read_as: str, generation: int) -> None:
    """Says that a plan changed in a generation: the version that answers, and which id the rules give it now."""
    retire(view, "(n:Entry {id: $id})", generation, id=plan_id)
    row = {"id": plan_id, "version": version, "generation": generation, "read_as": read_as}
    put(view, "Entry", [row], generation)


def add_version(
    view: View, plan: Plan, source: Source, number: int, generation: int, added_on: str | None = None
) -> None:
    """Adds a version that was read from a file; now, unless it was added before."""
    row = {"plan_id": plan.id, "number": number, "plan": packed_plan(plan)}
    put(view, "Version", [{**row, "sha256": source.sha256, "added_on": added_on or now()}], generation)


def add_source(
    view: View, plan_id: str, version: int, source: Source, generation: int, added_on: str | None = None
) -> None:
    """Adds a file to a version; now, unless it was added before."""
    data, text, places = packed_source(source)
    where = {"plan_id": plan_id, "version": version, "sha256": source.sha256, "added_on": added_on or now()}
    about = {"name": source.name, "media": source.media, "size": len(source.data)}
    put(view, "File", [{**where, **about, "data": data, "text": text, "places": places}], generation)


def replace_plan(view: View, plan: Plan, number: int, generation: int) -> None:
    """Puts another reading of the same file in the place of a version's."""
    kept = {"id": plan.id, "number": number}
    sha256, added_on = view.rows(f"{_VERSION} RETURN v.sha256, v.added_on", **kept)[0]
    retire(view, "(n:Version {plan_id: $id, number: $number})", generation, **kept)
    row = {"plan_id": plan.id, "number": number, "plan": packed_plan(plan)}
    put(view, "Version", [{**row, "sha256": sha256, "added_on": added_on}], generation)


def delete(view: View, plan_id: str, generation: int) -> None:
    """Deletes a plan with all its versions and files."""
    for pattern in ("(n:Version {plan_id: $id})", "(n:File {plan_id: $id})", "(n:Entry {id: $id})"):
        retire(view, pattern, generation, id=plan_id)


def decisions(view: View) -> tuple[Decision, ...]:
    """The log of decisions, oldest first."""
    rows = view.rows(f"MATCH (d:Decision) WHERE {seen('d')} RETURN d.decision ORDER BY d.number")
    return tuple(msgspec.json.decode(row[0], type=Decision) for row in rows)


def add_decision(view: View, decision: Decision, generation: int) -> None:
    """Adds a decision to the log."""
    row = {"number": decision.number, "decision": msgspec.json.encode(decision).decode()}
    put(view, "Decision", [row], generation)


def note_ids(view: View, gone: Mapping[str, str], here: Collection[str], generation: int) -> None:
    """Remembers ids (with their kinds) that went, and forgets that any of those that are here ever went."""
    retire(view, "(n:Removed) WHERE n.id IN $ids WITH n", generation, ids=[*gone, *here])
    put(view, "Removed", [{"id": id, "kind": kind} for id, kind in gone.items()], generation)
