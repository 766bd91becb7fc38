"""The graph as Cypher, loaded into a real Neo4j: nothing lost, nothing twice, and text that stays text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Driver, GraphDatabase

from graph.export.cypher import export_cypher
from graph.export.cypher_text import literal
from graph.schema.kinds import NODES, label_of, type_of
from graph.schema.properties import NODE_PROPERTIES
from graph.sqlite.store import open_store
from graph.store import Store
from tests.support.factories import a_milestone, a_plan, a_section, a_task, resolve, some_plans
from tests.support.neo4j_server import Neo4jServer

HOSTILE = (
    "') DETACH DELETE n //", "\\' OR 1=1", "\\", "\\\\", "\\u0027}) DETACH DELETE n //", "\\\\u0027", "x\\\u202eu0027",
    "一\n二\r三\t四\x07五", "`Task`", '"', "$unit", "/* */ // ;", ";\n:exit",
    "右\u202e至左\u2066", "𠀀\U000e0041", "\u2028",
)  # fmt: skip
"""Names that would do something if they were not text."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, resolve, "1")
    yield opened
    opened.close()


@pytest.fixture
def driver(neo4j_server: Neo4jServer) -> Iterator[Driver]:
    neo4j_server.wipe()
    with GraphDatabase.driver(f"bolt://127.0.0.1:{neo4j_server.port}", auth=("neo4j", neo4j_server.password)) as opened:
        yield opened


def load(driver: Driver, lines: list[str]) -> None:
    """As cypher-shell does: a statement ends with `;` at the end of a line."""
    with driver.session() as session:
        for line in lines:
            if not line.startswith("//"):
                session.run(line.removesuffix(";")).consume()


def loaded(driver: Driver) -> tuple[Counter[str], Counter[str]]:
    """How many nodes of each label and relationships of each type there are."""
    nodes = driver.execute_query("MATCH (n) RETURN labels(n)[0], count(*)").records
    edges = driver.execute_query("MATCH ()-[r]->() RETURN type(r), count(*)").records
    return Counter({row[0]: row[1] for row in nodes}), Counter({row[0]: row[1] for row in edges})


def told(store: Store, people: bool) -> tuple[Counter[str], Counter[str]]:
    """The same of what the store tells."""
    everything = store.nodes_and_edges()
    kept = {node.key for node in everything.nodes if people or node.kind != "person"}
    nodes = Counter(label_of(node.kind) for node in everything.nodes if node.key in kept)
    return nodes, Counter(type_of(edge.kind) for edge in everything.edges if edge.source in kept)


def fill(store: Store) -> str:
    """Plans that name one another's units and documents; the id of one with everything that a plan may hold."""
    for source, plan in some_plans(4, seed=3, tasks=8):
        store.save(source, plan)
    outer = ("办公厅关于印发〈深化改革加强食品安全工作的意见〉的通知", "厅字〔2019〕13号")
    saved = store.save(
        *a_plan(
            a_task("一项", lead=["教育局"], support=["住建局（交通运输局）"], people=["张三"], cites=[outer, "民法典"]),
            a_section(
                "二",
                a_task("每月一次", responsible=["各部门"], targets={"覆盖率达到95%": ("覆盖率", 95.5, "%")}),
                a_milestone("年底前完成", by={"年底前": "2021-12-31"}, about=0),
            ),
            number="第1区办〔2016〕1号",
            region="第1区",
            title="深化改革加强食品安全工作的意见",
        )  # fmt: skip
    )
    return saved.plan.id


@pytest.mark.parametrize("people", [False, True])
def test_what_is_loaded_is_what_the_library_tells_and_loading_it_again_changes_nothing(
    store: Store, driver: Driver, people: bool
) -> None:
    fill(store)
    lines = list(export_cypher(store, resolve, people))
    load(driver, lines)
    assert loaded(driver) == told(store, people)
    assert bool(loaded(driver)[0]["Person"]) == people
    load(driver, lines)
    assert loaded(driver) == told(store, people)


def test_people_are_left_out_unless_asked_for(store: Store) -> None:
    fill(store)
    assert not [line for line in export_cypher(store, resolve) if "张三" in line]
    assert [line for line in export_cypher(store, resolve, people=True) if "张三" in line]


def test_every_property_that_is_promised_is_there_and_no_other(store: Store, driver: Driver) -> None:
    plan = fill(store)
    load(driver, list(export_cypher(store, resolve, people=True)))
    for kind in NODES:
        named = driver.execute_query(f"MATCH (n:{label_of(kind.name)}) UNWIND keys(n) AS name RETURN DISTINCT name")
        extra = {row[0] for row in named.records} - {"id", *NODE_PROPERTIES[kind.name]}
        assert not extra, kind.name
    first = "MATCH (t:Task {place: 0, plan_id: $plan}) RETURN t.deadline, t.gaps"
    (task,) = driver.execute_query(first, plan=plan).records
    assert list(task) == ["none", ["deadline-none"]]
    (deadline,) = driver.execute_query("MATCH (d:Deadline {due: '2021-12-31'}) RETURN size(d.reach), d.level").records
    assert list(deadline) == [1, "linked"]
    (target,) = driver.execute_query("MATCH (x:Target {subject: '覆盖率'}) WHERE x.value > 95.1 RETURN x.value").records
    assert list(target) == [95.5]


def test_hostile_names_stay_text(store: Store, driver: Driver) -> None:
    for nth, name in enumerate(HOSTILE):
        task = a_task(f"任务{nth}{name}", lead=[f"教育局{name}"], cites=[f"法{name}律"])
        store.save(*a_plan(task, number=f"甲〔2021〕{nth}号"))
    lines = list(export_cypher(store, resolve))
    assert all(line.isprintable() for line in lines), "nothing that cannot be seen, one line a statement"
    load(driver, lines)
    assert loaded(driver) == told(store, people=False)
    texts = {row[0] for row in driver.execute_query("MATCH (t:Task) RETURN t.text").records}
    assert texts == {task.text for row in store.plans() for task in store.load(row.id).tasks}
    names = {row[0] for row in driver.execute_query("MATCH (u:Unit) RETURN u.name").records}
    assert names == {unit.name for unit in store.units()}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.one_of(st.sampled_from("\\u0027'\"`\n"), st.characters(exclude_categories=["Cs"]))))
def test_a_literal_is_its_text(driver: Driver, text: str) -> None:
    (row,) = driver.execute_query(f"RETURN {literal(text)}").records  # type: ignore[arg-type]
    assert row[0] == text
