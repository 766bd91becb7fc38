"""The one table of node and edge kinds: builder, stores, legend and documentation read it, and nothing else says so.

Colours keep a contrast of at least 4.5 : 1 on white (WCAG 2.1 AA), the three roles also differ for colour-blind eyes,
and no kind is told by colour alone: each node names its kind in words, each role edge has a line of its own.
"""

from __future__ import annotations

from ingest import CITATION, FACTS
from ingest.model import Record, Role

NodeName = str
"""The name of a row of `NODES`."""

EdgeName = str
"""The name of a row of `EDGES`."""


class NodeKind(Record, frozen=True):
    """A kind of node: labels, colour, and whether exports leave it out."""

    name: NodeName
    zh: str
    en: str
    colour: str
    private: bool = False


class EdgeKind(Record, frozen=True):
    """A kind of edge: from which kinds to which, labels, colour, dashes (lengths in pixels, () for a full line), width.

    A role's line is as its mark is: 牵头 filled (broad), 负责 outlined (full), 配合 dashed.
    """

    name: EdgeName
    sources: tuple[NodeName, ...]
    targets: tuple[NodeName, ...]
    zh: str
    en: str
    colour: str
    dashes: tuple[int, ...] = ()
    width: float = 1.2


NODES: tuple[NodeKind, ...] = (
    NodeKind("plan", "文件", "Plan", "#12355B"),
    NodeKind("section", "章节", "Section", "#56616B"),
    NodeKind("task", "任务", "Task", "#0B6FB3"),
    NodeKind("unit", "单位", "Unit", "#A83A00"),
    *(NodeKind(kind.shown_as, kind.zh, kind.en, kind.look.colour) for kind in FACTS),
    NodeKind("milestone", "工作进度", "Milestone", "#2F6F7A"),
    NodeKind("person", "责任领导", "Person in charge", "#8E2A66", private=True),
    NodeKind("doubt", "存疑", "Doubt", "#B00020"),
)

EDGES: tuple[EdgeKind, ...] = (
    EdgeKind("contains", ("plan", "section"), ("section", "task", "milestone"), "包含", "contains", "#56616B"),
    EdgeKind("leads", ("unit",), ("task",), "牵头", "leads", "#A83A00", width=3.2),
    EdgeKind("supports", ("unit",), ("task",), "配合", "supports", "#0B6FB3", (6, 4), 1.6),
    EdgeKind("responsible_for", ("unit",), ("task",), "负责", "is responsible for", "#1F1F1F", width=1.4),
    *(
        EdgeKind(
            kind.edge.name,
            ("plan", "task", "milestone") if kind is CITATION else ("task", "milestone"),
            (kind.shown_as,),
            kind.edge.zh,
            kind.edge.en,
            kind.look.colour,
        )
        for kind in FACTS
    ),
    EdgeKind("about", ("milestone",), ("task",), "进度属于", "is about", "#2F6F7A"),
    EdgeKind("same_as", ("task",), ("task",), "同一任务", "repeats", "#56616B", (2, 3)),
    EdgeKind("member_of", ("unit",), ("unit",), "泛指包括", "is covered by", "#7A5900", (6, 4)),
    EdgeKind("hat", ("unit",), ("unit",), "加挂牌子", "also bears the name", "#A83A00", (2, 3)),
    EdgeKind("inner", ("document",), ("document",), "印发", "issues", "#5B3A8C", (6, 4)),
    EdgeKind("names", ("document",), ("plan",), "即", "is", "#12355B", (2, 3)),
    EdgeKind("in_charge", ("person",), ("task",), "分管", "is in charge of", "#8E2A66"),
    EdgeKind("doubts", ("doubt",), ("plan",), "存疑于", "casts doubt on", "#B00020", (6, 4)),
)

ROLE_EDGES: dict[Role, EdgeName] = {"lead": "leads", "support": "supports", "responsible": "responsible_for"}


def node_key(kind: NodeName, id: str) -> str:
    """The name of a node in a graph: ids are unique within a kind, keys within a graph."""
    return f"{kind}:{id}"


def label_of(kind: NodeName) -> str:
    """The label of a kind of node in Cypher: `Task`."""
    return kind.title()


def type_of(kind: EdgeName) -> str:
    """The relationship type of a kind of edge in Cypher: `RESPONSIBLE_FOR`."""
    return kind.upper()
