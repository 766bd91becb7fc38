"""The library on Neo4j: the same answers as on SQLite, a graph that anybody can ask, generations, two processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from graph.errors import BadAddress, LibraryLocked, SnapshotGone
from graph.neo4j.schema import PUBLIC, type_of
from graph.neo4j.server.connection import address_of
from graph.neo4j.store import Neo4jStore, open_neo4j_store
from graph.schema.kinds import EDGES
from graph.sqlite.store import open_store
from graph.store import Store
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Resolution
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from ingest.resolution import resolve as resolve_units
from tests.conftest import ROOT
from tests.support.factories import a_plan, a_section, a_source, a_task, reader, resolve, some_plans
from tests.support.graph_everything import differing, everything
from tests.support.graph_process import child_that, ended_well
from tests.support.neo4j_server import Neo4jServer

FILES = [*sorted((ROOT / "data" / "plans").glob("*.txt")), *sorted((ROOT / "tests" / "corpus" / "open").glob("*.txt"))]
ALL = ("2000-01-01", "2100-01-01")


@pytest.fixture
def opening(neo4j_server: Neo4jServer) -> Iterator[Callable[..., Neo4jStore]]:
    """Opens the one library of an empty database; what is still open at the end is closed."""
    neo4j_server.wipe()
    opened: list[Neo4jStore] = []

    def once_more(**options: float) -> Neo4jStore:
        opened.append(open_neo4j_store(neo4j_server.address, resolve, "1", **options))  # type: ignore[arg-type]
        return opened[-1]

    yield once_more
    for store in opened:
        store.close()


def test_every_question_about_real_plans_has_the_same_answer_as_on_sqlite(
    neo4j_server: Neo4jServer, lexicon: Lexicon, tmp_path: Path
) -> None:
    def resolving(plan: Plan) -> Resolution:
        return resolve_units(plan, lexicon)

    neo4j_server.wipe()
    stores: list[Store] = [
        open_store(tmp_path, resolving, lexicon.stamp),
        open_neo4j_store(neo4j_server.address, resolving, lexicon.stamp),
    ]
    for file in FILES[:4]:
        source = read_source(file)
        plan = parse_plan(source, lexicon)
        assert [store.save(source, plan).outcome for store in stores] == ["new", "new"]
    on_sqlite, on_neo4j = map(everything, stores)
    assert differing(on_sqlite, on_neo4j) == []
    assert public_graph(neo4j_server) == drawn(stores[1])
    gone = stores[0].plans()[1].id
    for store in stores:
        store.remove(gone)
    assert differing(*map(everything, stores)) == []
    assert public_graph(neo4j_server) == drawn(stores[1])
    for store in stores:
        store.close()


def drawn(store: Store) -> set[tuple[str, str, str]]:
    """The edges that the store tells, as type and keys."""
    return {(type_of(edge.kind), edge.source, edge.target) for edge in store.nodes_and_edges().edges}


def public_graph(server: Neo4jServer) -> set[tuple[str, str, str]]:
    """The relationships that anybody finds who labels both ends of a pattern."""
    labels = "|".join(label for label in PUBLIC if label not in ("Citation", "InnerTitle"))
    types = "|".join(type_of(edge.name) for edge in EDGES)
    rows = server.run(
        f"MATCH (a:{labels})-[r:{types}]->(b:{labels})"
        " UNWIND labels(a) AS one UNWIND labels(b) AS other"
        " WITH * WHERE one IN $public AND other IN $public"
        " RETURN DISTINCT type(r), toLower(one) + ':' + a.id, toLower(other) + ':' + b.id",
        public=[*PUBLIC],
    )
    return {(str(row[0]), str(row[1]), str(row[2])) for row in rows}


def test_the_graph_that_anybody_can_ask_follows_every_commit(
    opening: Callable[..., Neo4jStore], neo4j_server: Neo4jServer
) -> None:
    store = opening()
    pairs = some_plans(4, seed=3, tasks=8)
    for source, plan in pairs:
        store.save(source, plan)
    outer = a_task("一项", cites=[("办公厅关于印发〈深化改革加强食品安全工作的意见〉的通知", "厅字〔2019〕13号")])
    store.save(*a_plan(outer, number="甲〔2021〕7号", title="深化改革加强食品安全工作的意见"))
    assert public_graph(neo4j_server) == drawn(store)
    edited = replace(pairs[0][1], tasks=pairs[0][1].tasks[:3], milestones=())
    store.save(a_source(f"{pairs[0][0].text}。"), edited)
    assert public_graph(neo4j_server) == drawn(store)
    for _, plan in pairs[1:3]:
        store.remove(plan.id)
        assert public_graph(neo4j_server) == drawn(store)
    (led,) = neo4j_server.run("MATCH (:Unit {name: '教育局'})-[:LEADS]->(t:Task) RETURN count(DISTINCT t)")
    assert led == [sum(row.lead for row in store.units() if row.name == "教育局")]


def test_a_reader_sees_one_generation_whatever_others_commit(opening: Callable[..., Neo4jStore]) -> None:
    reading, writing = opening(), opening()
    pairs = some_plans(4, seed=5, tasks=8)
    for source, plan in pairs[:3]:
        writing.save(source, plan)
    with reading.snapshot() as generation:
        before = everything(reading)
        writing.save(*pairs[3])
        writing.remove(pairs[0][1].id)
        edited = replace(pairs[1][1], tasks=pairs[1][1].tasks[:3], milestones=())
        writing.save(a_source(f"{pairs[1][0].text}。"), edited, replace=True)
        altered = replace(pairs[2][1], tasks=pairs[2][1].tasks[:5], milestones=())
        again = reader([pairs[2], pairs[3], (a_source(f"{pairs[1][0].text}。"), edited)])
        list(writing.reread(lambda source: altered if source.text == pairs[2][0].text else again(source)))
        assert differing(before, everything(reading)) == []
        assert not reading.was_removed(pairs[0][1].id)
        assert reading.generation() == generation
    assert differing(everything(writing), everything(reading)) == []
    assert reading.was_removed(pairs[0][1].id)


def test_what_was_replaced_is_cleared_away_and_a_reader_that_began_before_is_told(
    opening: Callable[..., Neo4jStore], neo4j_server: Neo4jServer
) -> None:
    reading, writing = opening(), opening(grace=0)
    source, plan = a_plan(a_task("一项", lead=["教育局"], cites=["民法典"]))
    reading.save(source, plan)
    with reading.snapshot():
        writing.remove(plan.id)
        writing.clear()
        with pytest.raises(SnapshotGone):
            reading.plans()
    assert reading.plans() == ()
    kept = neo4j_server.run("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label ORDER BY label")
    assert [row[0] for row in kept] == ["Library", "Removed"]


def test_a_library_is_read_again_with_another_lexicon_and_the_rest_stays(
    opening: Callable[..., Neo4jStore], neo4j_server: Neo4jServer
) -> None:
    first = opening()
    for source, plan in some_plans(3, seed=9, tasks=6):
        first.save(source, plan)
    said = everything(first)
    again = open_neo4j_store(neo4j_server.address, resolve, "2")
    assert [question for question in differing(said, everything(again)) if question != "nodes and edges"] == []
    assert public_graph(neo4j_server) == drawn(again)
    assert first.outdated()
    first.save(*a_plan("一项", number="甲〔2021〕9号"))
    assert not first.outdated()
    again.close()


def test_the_graph_follows_another_statement_of_a_collectives_members(
    opening: Callable[..., Neo4jStore], neo4j_server: Neo4jServer
) -> None:
    first = opening()
    for year in (2021, 2022):
        named = a_task("一项", responsible=["食安委成员单位", "教育局", "税务局"])
        first.save(*a_plan(named, number=f"甲〔{year}〕1号"))
    assert members_in(neo4j_server) == {("教育局", 0), ("税务局", 0)}
    again = open_neo4j_store(neo4j_server.address, resolve, "2", members=lambda _, unit: unit == "税务局")
    assert members_in(neo4j_server) == {("税务局", 1)}
    assert public_graph(neo4j_server) == drawn(again)
    again.save(*a_plan(a_task("又一项", lead=["公安分局"]), number="甲〔2023〕1号"))
    assert members_in(neo4j_server) == {("税务局", 1)}
    again.close()


def members_in(server: Neo4jServer) -> set[tuple[str, int]]:
    """The members of collectives, and whether they are stated, as anybody finds them."""
    rows = server.run("MATCH (u:Unit)-[m:MEMBER_OF]->(:Unit) RETURN u.name, m.stated")
    return {(str(row[0]), int(str(row[1]))) for row in rows}


# Two at once


def test_two_processes_that_ingest_the_same_plans_leave_each_once(
    opening: Callable[..., Neo4jStore], neo4j_server: Neo4jServer
) -> None:
    pairs = some_plans(3, seed=11, tasks=5)

    def ingest() -> None:
        store = open_neo4j_store(neo4j_server.address, resolve, "1", wait=60)
        for source, plan in pairs:
            store.save(source, plan)
        store.close()

    both = [child_that(ingest), child_that(ingest)]
    assert [ended_well(process) for process in both] == [True, True]
    store = opening()
    assert sorted(row.id for row in store.plans()) == sorted(plan.id for _, plan in pairs)
    assert [len(store.versions(plan.id)) for _, plan in pairs] == [1, 1, 1]
    assert neo4j_server.run("MATCH (l:Library) RETURN count(l)") == [[1]]
    assert len(neo4j_server.run("MATCH (t:Task) RETURN t.id")) == sum(len(plan.tasks) for _, plan in pairs)


def test_a_second_writer_waits_and_is_told_who_writes(opening: Callable[..., Neo4jStore]) -> None:
    one, other = opening(), opening(wait=0.2)
    with one.writing(), pytest.raises(LibraryLocked) as refused:
        other.save(*a_plan("一项"))
    assert str(refused.value.params["holder"]).startswith(f"{os.getpid()}@")
    assert other.save(*a_plan("一项")).outcome == "new"


def test_a_writer_that_was_killed_holds_nobody_up_for_long(
    opening: Callable[..., Neo4jStore], neo4j_server: Neo4jServer
) -> None:
    store = opening(wait=20)

    def die_holding_the_lock() -> None:
        dying = open_neo4j_store(neo4j_server.address, resolve, "1", lease=1.5)
        with dying.writing():
            os.kill(os.getpid(), signal.SIGKILL)

    assert os.waitpid(child_that(die_holding_the_lock), 0)[1] == signal.SIGKILL
    assert store.save(*a_plan("一项")).outcome == "new"


def test_a_writer_that_lost_its_lock_writes_nothing(
    opening: Callable[..., Neo4jStore], neo4j_server: Neo4jServer
) -> None:
    store = opening()
    with store.writing():
        neo4j_server.run("MATCH (l:Library) SET l.owner = 'another', l.holder = '7@elsewhere'")
        with pytest.raises(LibraryLocked) as refused:
            store.save(*a_plan("一项"))
    assert refused.value.params["holder"] == "7@elsewhere"
    assert store.plans() == ()


def test_a_writer_keeps_its_lock_for_longer_than_a_lease(opening: Callable[..., Neo4jStore]) -> None:
    one, other = opening(lease=0.6), opening(wait=1.8)
    with one.writing():
        with pytest.raises(LibraryLocked):
            other.save(*a_plan("一项"))
        assert one.save(*a_plan("一项")).outcome == "new"


def test_a_backup_is_a_library_of_sqlite(opening: Callable[..., Neo4jStore], tmp_path: Path) -> None:
    store = opening()
    source, plan = a_plan(a_section("甲", a_task("一项", lead=["教育局"])))
    store.save(source, plan)
    store.save(a_source(source.text, "plan.pdf", data=b"%PDF"), plan)
    (tmp_path / "library").mkdir()
    store.backup(tmp_path / "library" / "library.sqlite")
    restored = open_store(tmp_path / "library", resolve, "1")
    assert restored.library_id() == store.library_id()
    assert (restored.load(plan.id), restored.source(plan.id)) == (plan, source)
    assert restored.versions(plan.id) == store.versions(plan.id)
    assert restored.units() == store.units()
    restored.close()


# Addresses


def test_an_address_names_server_database_and_user_and_never_shows_the_password() -> None:
    address = address_of("neo4j+s://wang:p%40ss%2Fword@db.example.cn:7688/zeren")
    assert (address.scheme, address.server, address.database) == ("neo4j+s", "db.example.cn:7688", "zeren")
    assert (address.user, address.password) == ("wang", "p@ss/word")
    assert address.shown == "neo4j+s://db.example.cn:7688/zeren"
    assert "p@ss" not in repr(address)
    assert address_of("bolt://u:p@[::1]/x").server == "[::1]:7687"
    assert address_of("neo4j://u:p@host").database == "neo4j"


@pytest.mark.parametrize(
    "text", ["http://u:p@host/x", "neo4j+x://host", "neo4j://", "bolt://u:secret@host:port/x", "x"]
)
def test_an_address_that_cannot_be_read_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(BadAddress) as refused:
        address_of(text)
    assert "secret" not in str(refused.value)


def test_a_cluster_address_works_with_one_server_too(neo4j_server: Neo4jServer) -> None:
    neo4j_server.wipe()
    store = open_neo4j_store(neo4j_server.address_as(neo4j_server.password, "neo4j"), resolve, "1")
    store.save(*a_plan("一项"))
    assert len(store.plans()) == 1
    store.close()
