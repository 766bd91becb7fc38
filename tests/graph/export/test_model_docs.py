"""docs/graph-model.md says what the code says, and its queries answer as Zeren does, on a real Neo4j."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from neo4j import GraphDatabase

from graph.export.cypher import export_cypher
from graph.export.model_docs import DOCS, model_docs
from graph.export.ready_queries import READY
from graph.neo4j.store import open_neo4j_store
from graph.projection import Projection
from graph.query.selection import OfUnit, Query
from graph.schema.kinds import NODES, label_of, type_of
from graph.schema.properties import EDGE_PROPERTIES, NODE_PROPERTIES
from graph.sqlite.store import open_store
from graph.store import Store
from ingest.facts import PLAIN
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from search.opening import resolver
from tests.conftest import ROOT
from tests.support.neo4j_server import Neo4jServer

MORE = sorted((ROOT / "tests" / "corpus" / "open").glob("*.txt"))[:4]
FILES = [*sorted((ROOT / "data" / "plans").glob("*.txt")), *MORE]
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["own", "export"])
def graph(
    request: pytest.FixtureRequest,
    neo4j_server: Neo4jServer,
    lexicon: Lexicon,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Store, Ask]]:
    """The real plans in a store, and in Neo4j: as Zeren's own database, and as an export of a library of SQLite."""
    neo4j_server.wipe()
    resolving = resolver(lexicon)
    if request.param == "own":
        store: Store = open_neo4j_store(neo4j_server.address, resolving, lexicon.stamp)
    else:
        store = open_store(tmp_path_factory.mktemp("library"), resolving, lexicon.stamp)
    for file in FILES:
        source = read_source(file)
        store.save(source, parse_plan(source, lexicon))
    with GraphDatabase.driver(f"bolt://127.0.0.1:{neo4j_server.port}", auth=("neo4j", neo4j_server.password)) as driver:
        if request.param == "export":
            for line in export_cypher(store, resolving, people=True):
                driver.execute_query(line.removesuffix(";")) if not line.startswith("//") else None

        def ask(name: str, **values: str) -> list[dict[str, Any]]:
            (cypher,) = (ready.cypher for ready in READY if ready.name == name)
            return [row.data() for row in driver.execute_query(cypher, values).records]

        yield store, ask
    store.close()


def test_the_document_is_up_to_date() -> None:
    assert DOCS.read_text("utf-8") == model_docs(), "run python -m graph.export.model_docs"


def test_duties_are_those_that_zeren_tells(graph: tuple[Store, Ask]) -> None:
    store, ask = graph
    seen: set[str] = set()
    for unit in store.units():
        rows = Counter((row["via"], row["task"], row["role"], row["stated"]) for row in ask("duties", unit=unit.id))
        duties = store.duties_of(unit.id)
        assert rows == Counter((duty.via, duty.task_id, duty.role, int(duty.stated)) for duty in duties), unit.name
        seen |= {duty.via for duty in duties}
    assert seen == {"own", "hat", "collective"}


def test_partners_are_those_that_zeren_tells(graph: tuple[Store, Ask]) -> None:
    store, ask = graph
    for unit in store.units()[:30]:
        rows = store.select(Query(OfUnit((unit.id,), via=("own",))), limit=None).rows
        partners = Counter(id for row in rows for id in {party.unit_id for party in row.parties} - {unit.id})
        assert {row["unit"]: row["tasks"] for row in ask("partners", unit=unit.id)} == partners


def test_who_cites_a_document_is_told_as_zeren_tells_it(graph: tuple[Store, Ask]) -> None:
    store, ask = graph
    through = 0
    for document in store.documents():
        cited = {(row.citation_id, row.holder_id, row.role, row.sentence) for row in store.citing(document.id)}
        rows = {tuple(row.values()) for row in ask("citing", document=document.id)}
        assert rows == cited, document.title
        through += any(row.through for row in store.citing(document.id))
    assert through


def test_what_falls_due_is_told_as_zeren_tells_it(graph: tuple[Store, Ask]) -> None:
    store, ask = graph
    for start, end in (("2021-11-01", "2021-11-30"), ("2000-01-01", "2100-01-01")):
        fixed = [row for row in store.due_between(start, end) if row.kind == "by"]
        rows = ask("due", start=start, end=end)
        assert fixed
        assert {(row["deadline"], row["due"], frozenset(row["tasks"]), frozenset(row["units"])) for row in rows} == {
            (row.deadline_id, row.due, frozenset(row.tasks), frozenset(each.unit_id for each in row.parties))
            for row in fixed
        }


def test_gaps_are_those_that_zeren_tells(graph: tuple[Store, Ask]) -> None:
    store, ask = graph
    assert Counter((row["gap"], row["task"]) for row in ask("gaps")) == Counter(
        (gap.code, gap.task_id) for gap in store.gaps()
    )


def test_a_neighbourhood_is_that_which_zeren_tells(graph: tuple[Store, Ask]) -> None:
    store, ask = graph
    structure = Projection(store)
    for unit in store.units()[:5]:
        around = structure.neighbourhood(f"unit:{unit.id}", depth=2, limit=100_000)
        rows = {(row["kind"].lower(), row["id"]) for row in ask("neighbourhood", unit=unit.id)}
        assert rows == {(node.kind, node.id) for node in around.nodes} - {("unit", unit.id)}


def test_a_shortest_path_is_as_long_as_that_which_zeren_tells(graph: tuple[Store, Ask]) -> None:
    store, ask = graph
    structure = Projection(store)
    found = 0
    for unit, document in zip(store.units()[:10], store.documents(), strict=False):
        path = structure.path(f"unit:{unit.id}", f"document:{document.id}")
        rows = ask("path", unit=unit.id, document=document.id)
        assert [len(row["nodes"]) for row in rows] == ([] if path is None else [len(path.nodes)])
        for row in rows:
            assert (row["nodes"][0], row["nodes"][-1]) == (f"Unit:{unit.id}", f"Document:{document.id}")
        found += len(rows)
    assert found


def test_both_databases_hold_the_properties_that_are_promised(
    graph: tuple[Store, Ask], neo4j_server: Neo4jServer
) -> None:
    for kind in (each for each in NODES if not each.private):
        promised = {"id", *NODE_PROPERTIES[kind.name]}
        rows = neo4j_server.run(f"MATCH (n:{label_of(kind.name)}) UNWIND keys(n) AS name RETURN DISTINCT name")
        never = promised - {str(row[0]) for row in rows}
        said_by_none = not rows and kind.name in {each.name for each in PLAIN}
        assert said_by_none or never <= NEVER_SAID, kind.name
    for edge, names in EDGE_PROPERTIES.items():
        rows = neo4j_server.run(f"MATCH ()-[r:{type_of(edge)}]->() UNWIND keys(r) AS name RETURN DISTINCT name")
        assert not rows or set(names) - {str(row[0]) for row in rows} <= NEVER_SAID, edge


NEVER_SAID = {"hat_id", "same_as"}
"""What these plans may not say."""
