"""A Neo4j server that is away, slow, locked or somebody else's: a clear error, no half plan, and back again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from neo4j import GraphDatabase

from graph.errors import (
    DatabaseFailed,
    DatabaseRefused,
    DatabaseTimeout,
    DatabaseUnreachable,
    ForeignGraph,
    NewerLibrary,
    NoLibrary,
)
from graph.neo4j.server.connection import Database, address_of
from graph.neo4j.store import Neo4jStore, open_neo4j_store
from tests.support.factories import a_plan, resolve
from tests.support.graph_process import answers
from tests.support.neo4j_server import Neo4jServer


@pytest.fixture
def server(neo4j_server: Neo4jServer) -> Neo4jServer:
    neo4j_server.wipe()
    return neo4j_server


@pytest.fixture
def store(server: Neo4jServer) -> Iterator[Neo4jStore]:
    opened = open_neo4j_store(server.address, resolve, "1", retry=1)
    yield opened
    opened.close()


def assert_tells_no_password(error: BaseException, password: str) -> None:
    told: BaseException | None = error
    while told is not None:
        assert password not in f"{told} {told!r}"
        told = told.__cause__


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    for host in ("127.0.0.1:1", "nowhere.invalid:7687"):
        with pytest.raises(DatabaseUnreachable) as refused:
            open_neo4j_store(f"neo4j://neo4j:geheim-geheim@{host}/neo4j", resolve, "1", retry=1)
        assert refused.value.params["address"] == f"neo4j://{host}/neo4j"
        assert_tells_no_password(refused.value, "geheim-geheim")


def test_a_wrong_password_is_said_and_not_shown(server: Neo4jServer) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        open_neo4j_store(server.address_as("geheim-geheim"), resolve, "1", retry=1)
    assert_tells_no_password(refused.value, "geheim-geheim")


def test_a_database_that_is_not_there_is_no_library(server: Neo4jServer) -> None:
    with pytest.raises(NoLibrary):
        open_neo4j_store(server.address.removesuffix("neo4j") + "other", resolve, "1", retry=1)
    with pytest.raises(NoLibrary):
        open_neo4j_store(server.address, resolve, "1", create=False)
    assert server.run("MATCH (n) RETURN count(n)") == [[0]]


def test_another_graph_is_refused_and_left_as_it_is(server: Neo4jServer) -> None:
    server.run("CREATE (:Film {title: 'M'})<-[:ACTED_IN]-(:Actor {name: 'Lorre'})")
    with pytest.raises(ForeignGraph) as refused:
        open_neo4j_store(server.address, resolve, "1")
    assert refused.value.params["reason"] in ("Film", "Actor")
    assert server.run("MATCH (n) RETURN count(n)") == [[2]]


def test_a_node_of_another_graph_that_bears_a_tasks_id_keeps_the_plan_out_whole(
    server: Neo4jServer, store: Neo4jStore
) -> None:
    source, plan = a_plan("甲项任务", "乙项任务")
    before = answers(store)
    server.run("CREATE (:Task {id: $id})", id=plan.tasks[1].id)
    with pytest.raises(ForeignGraph):
        store.save(source, plan)
    assert answers(store) == before
    server.run("MATCH (t:Task {id: $id}) DELETE t", id=plan.tasks[1].id)
    assert store.save(source, plan).outcome == "new"


def test_a_library_of_a_newer_zeren_is_not_touched(server: Neo4jServer, store: Neo4jStore) -> None:
    server.run("MATCH (l:Library) SET l.schema = 99")
    with pytest.raises(NewerLibrary):
        open_neo4j_store(server.address, resolve, "1")


def test_a_transaction_that_takes_too_long_is_given_up_whole(server: Neo4jServer, store: Neo4jStore) -> None:
    impatient = open_neo4j_store(server.address, resolve, "1", timeout=3, retry=1)
    driver = GraphDatabase.driver(f"bolt://127.0.0.1:{server.port}", auth=("neo4j", server.password))
    with driver, driver.session() as session:
        holding = session.begin_transaction()
        holding.run("MATCH (l:Library) SET l.asked = 'somebody with a browser'").consume()
        with pytest.raises(DatabaseTimeout) as refused:
            impatient.save(*a_plan("一项"))
        holding.rollback()
    assert refused.value.params["seconds"] == 3
    assert impatient.plans() == ()
    assert impatient.save(*a_plan("一项")).outcome == "new"
    impatient.close()


def test_a_procedure_that_the_server_refuses_is_said_in_a_sentence(server: Neo4jServer) -> None:
    database = Database(address_of(server.address))
    with pytest.raises(DatabaseFailed) as failed:
        database.read(lambda reading: reading.rows("CALL db.index.fulltext.queryNodes('none', 'x') YIELD node"))
    assert failed.value.params["reason"] == "ProcedureCallFailed"
    database.close()
