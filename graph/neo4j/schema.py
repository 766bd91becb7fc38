"""What stands in the database: labels, constraints and indexes, and the one node that is the library.

**For everybody**: nodes and relationships as graph/schema/kinds.py names them, `Plan`, `Task`, `Unit` … and `LEADS`,
`CITES` … Label both ends of a pattern, `(:Unit)-[:LEADS]->(:Task)`, and only what holds now is found.

**For Zeren**: every node of a plan is a `Part` too; `since` and `until` say in which generations it holds. What a new
version replaces loses its public label and becomes `Past`; a reader that began before still finds it, and it is
cleared away a while later. The record is `Entry` (a plan), `Version`, `File`, `Removed` and `Decision`; which titles
and numbers mean which document is told by `Identity`, `Name`, `Redirect` and `Clash`, and counted by `Naming`.
"""

from __future__ import annotations

from graph.errors import ForeignGraph, NewerLibrary, NoLibrary
from graph.neo4j.server.connection import Database, Transaction
from graph.schema.kinds import NODES, EdgeName, NodeName

SCHEMA = 3
"""Version of what stands here. Since 2 plans hold their facts in one list, since 3 there is a log of decisions; an
earlier Zeren would not find them."""

FOREVER = 2**62
"""`until` of what holds now."""

NOW = FOREVER - 1
"""The generation at which a writer looks: it sees what holds now."""

PUBLIC = ("Citation", "InnerTitle", *(kind.name.title() for kind in NODES))
"""Labels that only nodes bear that hold now."""

ROLES = "LEADS|SUPPORTS|RESPONSIBLE_FOR"

_IDS = tuple(label for label in PUBLIC if label != "Unit")
_UNIQUE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Library", ("name",)),
    ("UnitAnchor", ("id",)),
    ("Entry", ("id", "until")),
    ("Version", ("plan_id", "number", "until")),
    ("File", ("plan_id", "version", "sha256", "until")),
    ("Removed", ("id", "until")),
    ("Decision", ("number",)),
    ("Naming", ("key",)),
    *((label, ("id",)) for label in (*_IDS, "Unit")),
)
"""Label and properties that only one node may have together."""

_INDEXED: tuple[tuple[str, str], ...] = (
    *(("Part", name) for name in ("id", "plan_id", "part", "due", "kind", "title_key", "gaps")),
    *(("Plan", name) for name in ("title_key", "number_key")),
    *(("Entry", name) for name in ("read_as", "generation")),
    *(("File", name) for name in ("plan_id", "sha256")),
    ("Version", "plan_id"),
    ("Removed", "since"),
    ("Past", "gone_at"),
    ("UnitAnchor", "region"),
    ("Document", "plan_id"),
    *(("Naming", name) for name in ("title_key", "number_key")),
    *(("Name", name) for name in ("title_key", "document_id")),
    ("Identity", "id"),
    ("Redirect", "id"),
    ("Clash", "number_key"),
)


def label_of(kind: NodeName) -> str:
    """The public label of a kind of node."""
    return kind.title()


def type_of(kind: EdgeName) -> str:
    """The relationship type of a kind of edge."""
    return kind.upper()


def seen(*names: str) -> str:
    """The condition that variables of a query hold in the generation `$at`."""
    return " AND ".join(f"{name}.since <= $at AND {name}.until > $at" for name in names)


def statements() -> tuple[str, ...]:
    """The constraints and indexes, each made only where it is missing."""
    unique = (
        f"CREATE CONSTRAINT zeren_{label.lower()} IF NOT EXISTS FOR (n:{label})"
        f" REQUIRE ({', '.join(f'n.{name}' for name in names)}) IS UNIQUE"
        for label, names in _UNIQUE
    )
    indexed = (
        f"CREATE INDEX zeren_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, name in _INDEXED
    )
    return (*unique, *indexed)


def prepare(database: Database, create: bool = True) -> None:
    """Makes constraints, indexes and an empty library where there are none yet.

    Raises `ForeignGraph` where the database holds something else, `NewerLibrary`, `NoLibrary` unless `create`.
    """
    found, labels = database.read(_schema)
    if found is not None and found > SCHEMA:
        raise NewerLibrary(path=database.address.shown, found=found, known=SCHEMA)
    if found == SCHEMA and labels == [*PUBLIC]:
        return
    if found is None:
        _require_empty(database)
        if not create:
            raise NoLibrary(path=database.address.shown)
    database.write(_make_schema)
    database.read(lambda reading: reading.rows("CALL db.awaitIndexes(300)"))
    database.write(_make_library)


def _schema(reading: Transaction) -> tuple[int | None, list[str]]:
    """The schema of the library, and the labels that have constraints; None where there is no library."""
    rows = reading.rows("MATCH (l:Library {name: 'zeren'}) RETURN l.schema, coalesce(l.labels, [])")
    return (int(rows[0][0]), rows[0][1]) if rows else (None, [])


def _require_empty(database: Database) -> None:
    """Another process may make a library between the two looks, so a node found is looked at again."""
    strangers = database.read(lambda reading: reading.rows("MATCH (n) RETURN labels(n) LIMIT 1"))
    if strangers and database.read(_schema)[0] is None:
        raise ForeignGraph(address=database.address.shown, reason=":".join(sorted(strangers[0][0])) or "-")


def _make_schema(writing: Transaction) -> None:
    for statement in statements():
        writing.rows(statement)


def _make_library(writing: Transaction) -> None:
    writing.rows(
        "MERGE (l:Library {name: 'zeren'})"
        " ON CREATE SET l.id = randomUUID(), l.generation = 0, l.stamp = '', l.cleared = 0"
        " SET l.schema = $schema, l.labels = $labels",
        schema=SCHEMA,
        labels=[*PUBLIC],
    )
