"""What a map shows (图谱): nodes and edges with their places, and the same as rows for its table twin."""

from __future__ import annotations

from collections.abc import Sequence

from graph import ROLE_EDGES, EdgeName, NodeName
from graph.query import CitedBy, DocumentRow
from ingest.model import Record
from web.facts.by_task import CitationOnTask, TaskView
from web.maps.layout import Layer, place
from web.pages.unit import UnitDuties

MOST_TASKS = 60
"""Tasks that a map shows; more is unreadable, and the page that it belongs to lists them."""


class MapNode(Record, frozen=True):
    """A node: key, kind, id, its words in full, its centre (pixels), and whether the map is about it."""

    key: str
    kind: NodeName
    id: str
    label: str
    x: float
    y: float
    main: bool = False


class MapEdge(Record, frozen=True):
    """An edge of a kind between two keys; `count` is how many it stands for, `inferred` that it is not stated."""

    id: str
    kind: EdgeName
    source: str
    target: str
    count: int = 1
    inferred: bool = False


class MapPage(Record, frozen=True):
    """A map. `about` and `id` name what it is of; `cut` tasks or citing places are left out."""

    about: NodeName
    id: str
    title: str
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    cut: int


class _Sketch:
    """Collects nodes by layer and edges between them, each once; `done` gives them their places."""

    def __init__(self) -> None:
        self._layers: dict[int, dict[str, tuple[NodeName, str, str, bool]]] = {}
        self._edges: dict[tuple[EdgeName, str, str], MapEdge] = {}

    def node(self, layer: int, kind: NodeName, id: str, label: str, main: bool = False) -> str:
        """Puts a node into a layer (0 is the leftmost) unless it is somewhere already; its key."""
        key = f"{kind}:{id}"
        if not any(key in nodes for nodes in self._layers.values()):
            self._layers.setdefault(layer, {})[key] = (kind, id, label, main)
        return key

    def edge(self, kind: EdgeName, source: str, target: str, count: int = 1, inferred: bool = False) -> None:
        """Joins two nodes."""
        id = f"{kind}|{source}|{target}"
        self._edges.setdefault((kind, source, target), MapEdge(id, kind, source, target, count, inferred))

    def done(self, about: NodeName, id: str, title: str, cut: int = 0) -> MapPage:
        layers = [
            Layer(tuple((key, label) for key, (_, _, label, _) in self._layers[n].items()))
            for n in sorted(self._layers)
        ]
        places = place(layers, [(edge.source, edge.target) for edge in self._edges.values()])
        nodes = tuple(
            MapNode(key, kind, own, label, *places[key], main)
            for n in sorted(self._layers)
            for key, (kind, own, label, main) in self._layers[n].items()
        )
        return MapPage(about, id, title, nodes, tuple(self._edges.values()), cut)


def unit_map(page: UnitDuties) -> MapPage:
    """A unit, its tasks by role, and the documents and other units of these."""
    sketch = _Sketch()
    unit = sketch.node(0, "unit", page.unit.id, page.unit.name, main=True)
    tasks = [one for group in page.roles for plan in group.plans for one in plan.tasks]
    own = page.unit.lead + page.unit.responsible + page.unit.support
    for one in tasks[:MOST_TASKS]:
        task = _task(sketch, 1, one.task)
        sketch.edge(ROLE_EDGES[one.role], unit, task, inferred=not one.stated)
        for other in one.others:
            key = sketch.node(2, "unit", other.unit_id, other.name)
            sketch.edge(ROLE_EDGES[other.role], key, task, inferred=not other.stated)
        _cite(sketch, 3, task, one.task.citations)
    return sketch.done("unit", page.unit.id, page.unit.name, max(0, own - MOST_TASKS))


def document_map(document: DocumentRow, cited: CitedBy, tasks: Sequence[TaskView]) -> MapPage:
    """A document, the plans and tasks that cite it, and the units that they bind."""
    sketch = _Sketch()
    about = sketch.node(0, "document", document.id, document.title, main=True)
    if document.plan_id:
        sketch.edge("names", about, sketch.node(1, "plan", document.plan_id, document.title))
    known = {task.id: task for task in tasks}
    for each in cited.rows:
        if each.through:
            outer = sketch.node(1, "document", each.through, each.title)
            sketch.edge("inner", outer, about)
        for task_id in each.tasks:
            if task_id in known:
                task = _task(sketch, 2, known[task_id])
                sketch.edge("cites", task, about)
                for unit in known[task_id].units:
                    key = sketch.node(3, "unit", unit.unit_id, unit.name)
                    sketch.edge(ROLE_EDGES[unit.role], key, task, inferred=not unit.stated)
        if not each.tasks:
            sketch.edge("cites", sketch.node(1, "plan", each.plan_id, each.plan_title), about)
    drawn = sum(all(task in known for task in each.tasks) for each in cited.rows)
    return sketch.done("document", document.id, document.title, cited.total - drawn)


def _task(sketch: _Sketch, layer: int, task: TaskView) -> str:
    return sketch.node(layer, "task", task.id, task.text)


def _cite(sketch: _Sketch, layer: int, task: str, citations: Sequence[CitationOnTask]) -> None:
    for citation in citations:
        sketch.edge(
            "cites",
            task,
            sketch.node(
                layer,
                "document",
                citation.document_id,
                f"《{citation.title}》" if citation.title else citation.number or "",
            ),
        )
