"""How two things hang together (联系): a path through the graph, step by step, with the words that say each step.

It asks a store and the structure over it, and is the same for every store.
"""

from __future__ import annotations

from itertools import pairwise

from graph.query.questions import Edge, Node, Subgraph
from graph.schema.kinds import ROLE_EDGES, EdgeName
from graph.store import Store, Structure
from ingest import excerpt
from ingest.model import Record, Span


class StepWords(Record, frozen=True):
    """Where a plan says a step: `words` are those in `span` of its source, on one line, or the sentence that cites."""

    plan_id: str
    plan_title: str
    section: str
    words: str
    span: Span


class Step(Record, frozen=True):
    """One edge on the way from `source` to `target`; `forward` where the edge points the same way.

    `detail` is the edge's. Edges that no one place says (a collective's members, the outline) have no evidence.
    """

    source: Node
    kind: EdgeName
    forward: bool
    target: Node
    detail: str
    evidence: StepWords | None


class Path(Record, frozen=True):
    """The way between two things, no steps where there is none, of one generation."""

    source: Node
    target: Node
    steps: tuple[Step, ...]
    generation: int


def path_between(store: Store, structure: Structure, source: Node, target: Node) -> Path:
    """A shortest path. Raises `UnknownThing` where one of the nodes is there no more."""
    with store.snapshot() as generation:
        found = structure.path(source.key, target.key)
        steps = () if found is None else tuple(_step(store, found, one, other) for one, other in pairwise(found.nodes))
    return Path(source, target, steps, generation)


def _step(store: Store, found: Subgraph, one: Node, other: Node) -> Step:
    """The first of the edges between two nodes."""
    edge = next(each for each in found.edges if {each.source, each.target} == {one.key, other.key})
    forward = edge.source == one.key
    ends = (one, other) if forward else (other, one)
    return Step(one, edge.kind, forward, other, edge.detail, _evidence(store, edge, *ends))


def _evidence(store: Store, edge: Edge, source: Node, target: Node) -> StepWords | None:
    if edge.kind == "cites":
        citing = (row for row in store.citing(target.id) if (row.holder_id, row.role) == (source.id, edge.detail))
        said = next(citing, None)
        return StepWords(said.plan_id, said.plan_title, said.section, said.sentence, said.span) if said else None
    if edge.kind in ROLE_EDGES.values() and target.plan_id:
        for duty in store.duties_of(source.id, plan=target.plan_id):
            if (duty.task_id, ROLE_EDGES[duty.role], duty.named_id) == (target.id, edge.kind, source.id):
                text = store.source(duty.plan_id).text
                words = "".join(excerpt(text, duty.statement.start, duty.statement.end).split())
                return StepWords(duty.plan_id, duty.plan_title, duty.section, words, duty.statement)
    return None
