"""From rows (graph/derived/rows.py) to nodes and relationships: pure. Rows say what is stored, this says as what.

A row of most tables is a node with the row's columns as properties; a row that only links is a relationship.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from graph.derived.columns import columns
from graph.derived.rows import Row
from graph.derived.stamp import stamp_of, tables_stamp
from graph.neo4j.schema import label_of, type_of
from graph.schema.kinds import EDGES, ROLE_EDGES, EdgeName, NodeName
from ingest import PLAIN

Values = dict[str, Any]

DRAWN_VERSION = 3
"""To be raised when the code of this folder draws the same rows otherwise: nodes, relationships or their properties."""

_NODES: dict[str, str] = {
    "plan_row": "plan", "section": "section", "task": "task", "milestone": "milestone", "deadline": "deadline",
    "target": "target", "citation": "citation", "inner_title": "inner", "doubt": "doubt",
}  # fmt: skip
"""Tables whose rows are nodes, and what part of a plan each is."""

_EDGES = {kind.name: kind.edge.name for kind in PLAIN}


@dataclass(frozen=True, order=True)
class Link:
    """A kind of relationship: its type, and the labels at its ends."""

    type: str
    source: str
    target: str


_AS_HAT = Link("AS_HAT", "Unit", "Task")
_REACHES = Link("REACHES", "Deadline", "Task")
_INSIDE = Link("INSIDE", "InnerTitle", "Citation")


_SHOWN_BY_DOCUMENTS = ("cites", "inner", "names", "member_of")
"""Edges that depend on more than one plan (graph/neo4j/documents.py, graph/neo4j/tables.py)."""

PARTS = (*_NODES.values(), *(kind.name for kind in PLAIN), "person")
LINKS = (
    *(
        Link(type_of(edge.name), label_of(source), label_of(target))
        for edge in EDGES
        if edge.name not in _SHOWN_BY_DOCUMENTS
        for source in edge.sources
        for target in edge.targets
    ),
    _AS_HAT,
    _REACHES,
    _INSIDE,
)
"""All kinds of nodes and of relationships that a plan is drawn with."""


@dataclass
class Drawing:
    """A plan as nodes by part, relationships by kind, and the units that it names."""

    nodes: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    links: dict[Link, list[Values]] = field(default_factory=lambda: defaultdict(list))
    units: list[Values] = field(default_factory=list)

    def link(self, edge: EdgeName, source: tuple[NodeName, str], target: tuple[NodeName, str], **about: object) -> None:
        """Draws a relationship that everybody sees between two nodes (kind and id)."""
        self.join(Link(type_of(edge), label_of(source[0]), label_of(target[0])), source[1], target[1], **about)

    def join(self, link: Link, source_id: str, target_id: str, **about: object) -> None:
        """Draws any relationship."""
        self.links[link].append({"source": source_id, "target": target_id, "about": about})


def public_label(part: str) -> str:
    """The label of a part of a plan that everybody sees."""
    return "InnerTitle" if part == "inner" else part.title()


@cache
def drawn_stamp() -> str:
    """What decides the graph besides the rules: what decides the rows, and as what they are drawn."""
    return stamp_of(tables_stamp(), DRAWN_VERSION, PARTS, LINKS)


def drawing_of(plan_id: str, rows: Iterable[Row]) -> Drawing:
    """A plan's rows as nodes and relationships."""
    tables = _by_table(rows)
    drawing = Drawing(units=tables["unit"])
    _add_what_links_to_nodes(tables)
    for table, part in _NODES.items():
        drawing.nodes[part] = [{**row, "part": part, "plan_id": plan_id} for row in tables[table]]
    for row in tables["fact"]:
        about = {name: value for name, value in row.items() if name not in ("kind", "said")}
        drawing.nodes[row["kind"]].append({**msgspec.json.decode(row["said"]), **about, "part": row["kind"]})
    drawing.nodes["person"] = list(_people(plan_id, tables["person"]))
    _link_outline(drawing, plan_id, tables)
    _link_parties(drawing, tables)
    _link_facts(drawing, plan_id, tables)
    return drawing


def _by_table(rows: Iterable[Row]) -> dict[str, list[Values]]:
    tables: dict[str, list[Values]] = defaultdict(list)
    for table, values in rows:
        tables[table].append(dict(zip(columns()[table], values, strict=True)))
    return tables


def _add_what_links_to_nodes(tables: dict[str, list[Values]]) -> None:
    """Ids where rows have none, and what rows of their own say of a node: the tasks that a fact reaches, gaps."""
    citations = {row["id"]: row for row in tables["citation"]}
    for row in tables["inner_title"]:
        row["id"] = f"{row['citation_id']}#{row['place']}"
        row["outer_title_key"] = citations[row["citation_id"]]["title_key"]
        row["outer_number_key"] = citations[row["citation_id"]]["number_key"]
    reached: dict[str, list[str]] = defaultdict(list)
    for row in tables["reach"]:
        reached[row["fact_id"]].append(row["task_id"])
    for row in (*tables["deadline"], *tables["citation"]):
        row["reach"] = reached[row["id"]]
    _add_counts(tables)
    lacking: dict[str, list[str]] = defaultdict(list)
    for row in tables["gap"]:
        lacking[row["task_id"]].append(row["code"])
    for row in tables["task"]:
        row["gaps"] = lacking.get(row["id"])


def _add_counts(tables: dict[str, list[Values]]) -> None:
    """What an overview adds up, on the relationship from the unit to the plan: role, time, tasks; and shared tasks."""
    counts: dict[str, list[str]] = defaultdict(list)
    for row in tables["unit_count"]:
        counts[row["unit_id"]].append(f"{row['role']}|{row['month']}|{row['tasks']}")
    pairs: dict[str, list[str]] = defaultdict(list)
    for row in tables["pair_count"]:
        pairs[row["one"]].append(f"{row['tasks']}|{row['leads']}|{row['led']}|{row['other']}")
    for row in tables["unit"]:
        row["counts"], row["pairs"] = counts.get(row["id"]), pairs.get(row["id"])


def _people(plan_id: str, rows: Iterable[Values]) -> Iterator[Values]:
    for id, name in {_person(row): row["name"] for row in rows}.items():
        yield {"id": id, "name": name, "part": "person", "plan_id": plan_id}


def _person(row: Values) -> str:
    return f"{row['name']}@{row['plan_id']}"


def _link_outline(drawing: Drawing, plan_id: str, tables: dict[str, list[Values]]) -> None:
    for row in tables["section"]:
        above: tuple[NodeName, str] = ("section", row["parent"]) if row["parent"] else ("plan", plan_id)
        drawing.link("contains", above, ("section", row["id"]))
    for row in tables["task"]:
        loose = row["section_id"] == plan_id
        drawing.link("contains", ("plan" if loose else "section", row["section_id"]), ("task", row["id"]))
        if row["same_as"]:
            drawing.link("same_as", ("task", row["id"]), ("task", row["same_as"]))
    for row in tables["milestone"]:
        drawing.link("contains", ("section", row["section_id"]), ("milestone", row["id"]))
        if row["task_id"]:
            drawing.link("about", ("milestone", row["id"]), ("task", row["task_id"]))
    for row in tables["doubt"]:
        drawing.link("doubts", ("doubt", row["id"]), ("plan", plan_id))


def _link_parties(drawing: Drawing, tables: dict[str, list[Values]]) -> None:
    named = {row["id"]: row for row in tables["unit"]}
    for row in tables["assignment"]:
        about = {name: value for name, value in row.items() if name not in ("unit_id", "task_id")}
        about |= {"name": named[row["unit_id"]]["name"], "kind": named[row["unit_id"]]["kind"]}
        drawing.link(ROLE_EDGES[row["role"]], ("unit", row["unit_id"]), ("task", row["task_id"]), **about)
        if row["hat_id"]:
            drawing.join(_AS_HAT, row["hat_id"], row["task_id"], place=row["place"])
    hats = {(row["unit_id"], row["hat_id"]) for row in tables["assignment"] if row["hat_id"]}
    for bearer, hat in sorted(hats):
        drawing.link("hat", ("unit", bearer), ("unit", hat), plan_id=named[hat]["plan_id"])
    for row in tables["person"]:
        drawing.link("in_charge", ("person", _person(row)), ("task", row["task_id"]), label=row["label"])


def _link_facts(drawing: Drawing, plan_id: str, tables: dict[str, list[Values]]) -> None:
    for row in tables["deadline"]:
        if row["task_id"]:
            drawing.link("due", ("task", row["task_id"]), ("deadline", row["id"]))
        else:
            drawing.link("due", ("milestone", row["milestone_id"]), ("deadline", row["id"]))
        for task in row["reach"]:
            drawing.join(_REACHES, row["id"], task)
    for row in tables["inner_title"]:
        drawing.join(_INSIDE, row["id"], row["citation_id"])
    for row in tables["target"]:
        drawing.link("aims_at", (row["holder_kind"], row["holder_id"]), ("target", row["id"]))
    for row in tables["fact"]:
        drawing.link(_EDGES[row["kind"]], (row["holder_kind"], row["holder_id"]), (row["kind"], row["id"]))
