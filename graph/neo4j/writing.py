"""A transaction of Neo4j that writes (`graph.record.commits.Writing`): the record and the graph of one generation."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph.neo4j import documents, record, tables
from graph.neo4j.record import View
from graph.record.decisions import Decision, decided
from graph.record.kept import Kept
from graph.store import Members, Resolve
from ingest.model import Plan, Source


class Neo4jWriting:
    """What a commit does inside its transaction, by who holds the lease."""

    def __init__(self, view: View, resolve: Resolve, members: Members, generation: int) -> None:
        self._view = view
        self._resolve = resolve
        self._members = members
        self._generation = generation

    def generation(self) -> int:
        return self._generation

    def next_generation(self) -> int:
        self._generation += 1
        record.set_library(self._view, "generation", self._generation)
        return self._generation

    def plan_of_bytes(self, sha256: str) -> str | None:
        return record.plan_of_bytes(self._view, sha256)

    def plan_read_as(self, plan_id: str) -> str | None:
        return record.plan_read_as(self._view, plan_id)

    def set_aside_of_bytes(self, plan_id: str, sha256: str) -> int | None:
        return record.set_aside_of_bytes(self._view, plan_id, sha256)

    def answering_version(self, plan_id: str) -> int | None:
        return record.answering_version(self._view, plan_id)

    def last_version(self, plan_id: str) -> int:
        return record.last_version(self._view, plan_id)

    def bytes_of(self, plan_id: str, version: int) -> str:
        return record.bytes_of(self._view, plan_id, version)

    def load(self, plan_id: str) -> Plan:
        return record.load(self._view, plan_id)

    def add_version(self, plan: Plan, source: Source, number: int) -> None:
        record.add_version(self._view, plan, source, number, self._generation)
        record.add_source(self._view, plan.id, number, source, self._generation)

    def answer_with(self, plan_id: str, number: int, read_as: str) -> None:
        record.enter(self._view, plan_id, number, read_as, self._generation)

    def keep(self, kept: Kept) -> None:
        plan_id = kept.answering.plan.id
        for each in kept.versions:
            first = each.files[0].source
            record.add_version(self._view, each.plan, first, each.number, self._generation, each.added_on)
            for file in each.files:
                record.add_source(self._view, plan_id, each.number, file.source, self._generation, file.added_on)
        self.answer_with(plan_id, kept.answers, kept.read_as)

    def add_source(self, plan_id: str, version: int, source: Source) -> None:
        record.add_source(self._view, plan_id, version, source, self._generation)

    def touch(self, plan_id: str, read_as: str | None = None) -> None:
        version = record.known_version(self._view, plan_id, None)
        self.answer_with(plan_id, version, read_as or record.read_as(self._view, plan_id))

    def replace_plan(self, plan: Plan, version: int) -> None:
        record.replace_plan(self._view, plan, version, self._generation)

    def delete(self, plan_id: str) -> None:
        record.delete(self._view, plan_id, self._generation)

    def note_ids(self, gone: Mapping[str, str], here: Collection[str]) -> None:
        record.note_ids(self._view, gone, here, self._generation)

    def decisions(self) -> tuple[Decision, ...]:
        return record.decisions(self._view)

    def add_decision(self, decision: Decision) -> None:
        record.add_decision(self._view, decision, self._generation)

    def plans_naming(self, units: Collection[str]) -> tuple[str, ...]:
        return tables.plans_naming(self._view, units)

    def text_of(self, plan_id: str) -> str:
        return record.load_source(self._view, plan_id, None, None).text

    def fill(self, plan: Plan, text: str) -> None:
        keys = self._take_out(plan.id)
        resolve = decided(self._resolve, self.decisions())
        drawing = tables.fill(self._view, plan, text, resolve, self._members, self._generation)
        keys |= documents.count(self._view, plan.id, 1)
        names = documents.identify_documents(self._view, keys, self._generation)
        documents.draw_citations(self._view, plan.id, drawing, names)

    def empty(self, plan_id: str) -> None:
        documents.identify_documents(self._view, self._take_out(plan_id), self._generation)

    def draw_again(self, plan_id: str) -> None:
        """Fills from the record what the questions ask of a plan, as a commit of its own."""
        self.next_generation()
        self.fill(record.load(self._view, plan_id), self.text_of(plan_id))

    def _take_out(self, plan_id: str) -> set[str]:
        if not tables.stands(self._view, plan_id):
            return set()
        keys = documents.count(self._view, plan_id, -1)
        tables.empty(self._view, plan_id, self._generation)
        return keys
