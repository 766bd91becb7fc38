"""Writes docs/graph-model.md (图模型): `python -m graph.export.model_docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.export.ready_queries import READY
from graph.schema.kinds import EDGES, NODES, label_of, type_of
from graph.schema.properties import EDGE_KEYS, EDGE_PROPERTIES, NODE_PROPERTIES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "graph-model.md"

_HEAD = """# The graph

Written by `python -m graph.export.model_docs` out of `graph/schema/kinds.py`, `graph/schema/properties.py` and
`graph/export/ready_queries.py`: change those, not this.

Two ways to have it in Neo4j (5.23 or newer):

- **Zeren's own database** (`--store neo4j://…`): the graph is always there, and changes with every commit. Label both
  ends of a pattern, `(:Unit)-[:LEADS]->(:Task)`: what else stands in the database is Zeren's own. Read, never write.
- **An export** into your own: `python -m zeren export --format cypher -o plans.cypher`, then
  `cypher-shell -f plans.cypher`. Loading it again changes nothing; what was removed from the library since stays, so
  load a newer export into an empty database. Persons are left out unless you say `--with-people`, and
  telephone, identity and e-mail digits are `*` unless you say `--show-contacts`.

Ids are those of Zeren's pages and API. A property is absent where the plan does not say it. Places in a text are
characters (code points) of the plan's reading text (`python -m zeren text FILE`).
"""


def model_docs() -> str:
    """The whole document."""
    return "\n".join([_HEAD, *_nodes(), *_edges(), *_queries()])


def _nodes() -> Iterator[str]:
    yield "## Nodes\n"
    for kind in NODES:
        private = " (private)" if kind.private else ""
        yield f"### `{label_of(kind.name)}` {kind.zh}{private}\n"
        yield "| property | meaning |\n|---|---|\n| `id` | the same as in Zeren's addresses |"
        yield from (f"| `{name}` | {meaning} |" for name, meaning in NODE_PROPERTIES[kind.name].items())
        yield ""


def _edges() -> Iterator[str]:
    yield "## Relationships\n\n| type | 中文 | from | to | properties |\n|---|---|---|---|---|"
    for kind in EDGES:
        ends = (", ".join(f"`{label_of(end)}`" for end in several) for several in (kind.sources, kind.targets))
        names = ", ".join(f"`{name}`" for name in EDGE_PROPERTIES.get(kind.name, ()))
        yield f"| `{type_of(kind.name)}` | {kind.zh} | {' | '.join(ends)} | {names} |"
    yield "\nOf most types there is one between two nodes. Of some there may be several, told apart by a property:"
    yield ", ".join(f"`{type_of(kind)}` by `{key}`" for kind, key in EDGE_KEYS.items()) + ".\n"
    meanings = {name: meaning for names in EDGE_PROPERTIES.values() for name, meaning in names.items()}
    meanings["role"] = "of a unit: lead, support or responsible; of a citation: implement, revise, formulate …"
    meanings["stated"] = (
        "of a role: 1 where the text says it, 0 where it is inferred (推定);"
        " of a member: 1 where the office's own register states it, 0 where names let guess it (推定)"
    )
    yield "| property | meaning |\n|---|---|"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in meanings.items())
    yield ""


def _queries() -> Iterator[str]:
    yield "## Ready queries\n\nEach is run by the tests on both databases and compared with Zeren's own answer.\n"
    yield "Parameters in the browser or `cypher-shell`: `:param unit => '焦作市示范区-食药监分局'`, and so on.\n"
    for ready in READY:
        yield f"**{ready.question}** {ready.note}".rstrip() + f"\n\n```cypher{ready.cypher.rstrip()}\n```\n"


if __name__ == "__main__":
    DOCS.write_text(model_docs(), "utf-8")
