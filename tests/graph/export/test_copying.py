"""A library copied to another kind and back: nothing lost, resumed where it was stopped, held against its source."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from msgspec.structs import replace

from graph.export.copying import compare, copy_plans, copy_removed
from graph.neo4j.store import open_neo4j_store
from graph.sqlite.store import open_store
from graph.store import Store
from tests.conftest import ROOT
from tests.support.factories import a_plan, a_section, a_source, a_task, reader, resolve, some_plans
from tests.support.graph_everything import differing, everything
from tests.support.neo4j_server import Neo4jServer

WHAT_DEPENDS_ON_COMMITS = {"changes", "plans", "nodes and edges"}
"""Answers that tell generations, which each library counts for itself."""

Open = Callable[[], Store]


@pytest.fixture(params=["sqlite", "neo4j"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty library of either kind."""
    if request.param == "sqlite":
        opened: Store = open_store(tmp_path / "target", resolve, "1")
    else:
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        server.wipe()
        opened = open_neo4j_store(server.address, resolve, "1")
    yield opened
    opened.close()


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Store]:
    """A library with everything that a record may hold: versions, second files, ids that were carried or went."""
    store = open_store(tmp_path / "source", resolve, "1")
    fill(store)
    yield store
    store.close()


def fill(store: Store) -> None:
    pairs = some_plans(4, seed=7, tasks=6)
    for file, plan in pairs:
        store.save(file, plan)
    file, plan = pairs[0]
    store.save(a_source(file.text, "plan.pdf", "application/pdf", b"%PDF"), plan)
    store.save(a_source(f"{file.text}。"), replace(plan, tasks=plan.tasks[:4], milestones=()), replace=True)
    altered = replace(pairs[1][1], id="another-id", tasks=pairs[1][1].tasks[:5])
    again = reader([*pairs, (a_source(f"{file.text}。"), replace(plan, tasks=plan.tasks[:4], milestones=()))])
    list(store.reread(lambda read: altered if read.text == pairs[1][0].text else again(read)))
    store.save(*a_plan(a_section("甲", a_task("一项", lead=["教育局"], people=["张三"])), number="乙〔2021〕1号"))
    store.remove(pairs[3][1].id)


def copied(source: Store, target: Store, replacing: bool = False) -> list[str]:
    outcomes: list[str] = [each.outcome for each in copy_plans(source, target, replacing)]
    copy_removed(source, target)
    return outcomes


def test_a_copy_answers_as_its_source_and_keeps_versions_files_and_what_was_removed(
    source: Store, target: Store
) -> None:
    assert copied(source, target) == ["copied"] * 4
    compared = compare(source, target)
    assert compared.same
    assert not compared.more
    assert (compared.totals.plans, compared.totals.versions, compared.totals.files) == (4, 5, 6)
    assert set(differing(everything(source), everything(target))) <= WHAT_DEPENDS_ON_COMMITS
    for row in source.plans():
        assert target.kept(row.id) == source.kept(row.id)
    assert target.removed() == source.removed()
    assert target.counts() == source.counts()
    assert {table for table, rows in source.counts().items() if not rows} <= {"inner_title", "fact", "doubt"}


def test_a_copy_goes_there_and_back(source: Store, target: Store, tmp_path: Path) -> None:
    copied(source, target)
    back = open_store(tmp_path / "back", resolve, "1")
    copied(target, back)
    assert compare(source, back).same
    assert compare(source, back).totals == compare(source, target).totals
    back.close()


def test_a_copy_that_was_stopped_goes_on(source: Store, target: Store) -> None:
    assert [each.outcome for each in islice(copy_plans(source, target), 2)] == ["copied"] * 2
    assert not compare(source, target).same
    assert copied(source, target) == ["there", "there", "copied", "copied"]
    generation = target.generation()
    assert copied(source, target) == ["there"] * 4
    assert target.generation() == generation, "nothing was written"


def test_a_version_that_came_since_is_added(source: Store, target: Store) -> None:
    copied(source, target)
    file, plan = some_plans(4, seed=7, tasks=6)[2]
    source.save(a_source(f"{file.text}。。"), replace(plan, tasks=plan.tasks[:3], milestones=()), replace=True)
    assert sorted(copied(source, target)) == ["extended", "there", "there", "there"]
    assert compare(source, target).same
    assert set(differing(everything(source), everything(target))) <= WHAT_DEPENDS_ON_COMMITS


def test_what_differs_in_the_other_library_is_left_alone_unless_told_otherwise(source: Store, target: Store) -> None:
    copied(source, target)
    kept = source.plans()[0].id
    newest = target.source(kept)
    target.save(
        a_source(f"{newest.text}！"), replace(target.load(kept), tasks=target.load(kept).tasks[:1]), replace=True
    )
    before = target.kept(kept)
    assert "differs" in copied(source, target)
    assert target.kept(kept) == before
    assert compare(source, target).differing == (kept,)
    assert "replaced" in copied(source, target, replacing=True)
    assert compare(source, target).same


def test_what_only_the_other_library_has_stays_and_is_said(source: Store, target: Store) -> None:
    own = target.save(*a_plan("自己的一项", number="丙〔2021〕1号")).plan.id
    copied(source, target)
    compared = compare(source, target)
    assert compared.more == (own,)
    assert compared.same
    assert target.load(own)


def test_a_plan_that_was_removed_here_is_not_forgotten_though_the_other_never_had_it(
    source: Store, target: Store
) -> None:
    (gone,) = (id for id, kind in source.removed().items() if kind == "plan")
    copied(source, target)
    assert target.was_removed(gone)
    assert not copy_removed(source, target)


def test_the_commands_copy_a_library_and_say_so(tmp_path: Path) -> None:
    zeren(tmp_path, "ingest", str(ROOT / "data" / "plans"), "--library", "one")
    said = zeren(tmp_path, "copy", "--from", "sqlite:one", "--to", "two")
    assert "核对一致：1 个文件，1 个版本，1 份原文" in said
    assert "已有，相同" in zeren(tmp_path, "copy", "--from", "one", "--to", "two")
    found = [zeren(tmp_path, "search", "明厨亮灶", "--library", each) for each in ("one", "two")]
    assert found[0] == found[1] != ""
    zeren(tmp_path, "export", "--library", "two", "-o", "plans.cypher")
    assert (tmp_path / "plans.cypher").read_text("utf-8") == zeren(tmp_path, "export", "--library", "two")


def zeren(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "zeren", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=folder, env=environment, timeout=120, check=False)
    assert done.returncode == 0, json.dumps(done.stderr.decode(), ensure_ascii=False)
    return done.stdout.decode()
