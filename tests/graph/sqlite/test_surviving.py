"""Nothing acknowledged is ever lost: processes killed anywhere, two at once, damage, a full disk, a folder closed.

`ZEREN_KILLS=200` sets how often the killing tests kill (25 without it).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.errors import (
    LibraryLocked,
)
from graph.sqlite.lock import WriterLock
from graph.sqlite.store import open_store, restore
from graph.sqlite.upkeep.migrations import MIGRATIONS, current_schema
from tests.support import graph_child
from tests.support.factories import a_plan, resolve, some_plans
from tests.support.graph_process import answers, child_that, opened

KILLS = int(os.environ.get("ZEREN_KILLS", "25"))
ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """What a library that nobody killed says after each commit of `graph_child.work`."""
    store = opened(tmp_path_factory.mktemp("calm"))
    said = [answers(store)]
    said += (answers(store) for _ in graph_child.work(store))
    store.close()
    return said


def child(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.support.graph_child", str(folder), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str]) -> int:
    output, _ = process.communicate()
    return output.count("done\n")


def test_a_process_killed_at_random_moments_loses_nothing_it_acknowledged(
    tmp_path: Path, states: list[tuple[object, ...]]
) -> None:
    chance = random.Random(20210524)
    for nth in range(KILLS):
        folder = tmp_path / str(nth)
        process = child(folder, "work")
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        assert_nothing_lost(folder, acknowledged(process), states)


def test_a_process_killed_inside_its_commits_loses_nothing_it_acknowledged(
    tmp_path: Path, states: list[tuple[object, ...]]
) -> None:
    chance = random.Random(20211231)
    for nth in range(KILLS):
        folder = tmp_path / str(nth)
        process = child(folder, "work", str(chance.randint(1, 1900)))
        assert_nothing_lost(folder, acknowledged(process), states)


def assert_nothing_lost(
    folder: Path, done: int, states: list[tuple[object, ...]], migrations: tuple[str, ...] = MIGRATIONS
) -> None:
    """The library stands after the last acknowledged commit, or after the one that was under way."""
    store = open_store(folder, resolve, "1", migrations=migrations)
    said = answers(store)
    assert said in states[done : done + 2], f"after {done} commits"
    assert store.check() == ()
    store.close()
    shutil.rmtree(folder)


def test_a_process_killed_while_it_makes_a_library_leaves_none_or_a_whole_one(
    tmp_path: Path, states: list[tuple[object, ...]]
) -> None:
    for nth in range(0, 100, 7):
        folder = tmp_path / str(nth)
        process = child(folder, "migrate", str(1 + nth))
        acknowledged(process)
        assert_nothing_lost(folder, 0, states, migrations=(*MIGRATIONS, graph_child.STEP))


@pytest.mark.parametrize("what", ["migrate", "rebuild"])
def test_a_process_killed_while_it_migrates_or_rebuilds_loses_nothing(tmp_path: Path, what: str) -> None:
    calm = tmp_path / "calm"
    store = opened(calm)
    for source, plan in graph_child.PAIRS:
        store.save(source, plan)
    said = answers(store)
    store.close()
    for nth in range(max(10, KILLS // 5)):
        folder = tmp_path / str(nth)
        shutil.copytree(calm, folder)
        process = child(folder, what, str(1 + nth if what == "migrate" else 1 + nth * 150))
        acknowledged(process)
        again = open_store(folder, resolve, "1", migrations=(*MIGRATIONS, graph_child.STEP))
        assert answers(again) == said
        assert again.check() == ()
        again.close()
        assert_sound_backup(folder / f"library.schema-{current_schema()}.sqlite", said, tmp_path / f"backup-{nth}")


def assert_sound_backup(backup: Path, said: tuple[object, ...], folder: Path) -> None:
    """The backup that a migration makes first is a library of the older schema."""
    restore(backup, folder)
    store = opened(folder)
    assert answers(store) == said
    store.close()


def test_two_processes_that_ingest_the_same_plan_at_once_make_one_plan(tmp_path: Path) -> None:
    processes = [child(tmp_path / "library", "same") for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert [process.stdout.readline(), process.stdout.readline()] == ["begun\n", "opened\n"]
    outcomes = [process.communicate("go\n")[0].split()[0] for process in processes]
    assert sorted(outcomes) == ["new", "unchanged"]
    store = opened(tmp_path / "library")
    assert [(row.id, row.version) for row in store.plans()] == [(graph_child.PAIRS[0][1].id, 1)]
    store.close()


def test_readers_see_whole_plans_only_and_new_ones_within_two_seconds(tmp_path: Path) -> None:
    store = opened(tmp_path)
    expected = {plan.id: (len(plan.tasks), len(plan.milestones)) for _, plan in graph_child.PAIRS}
    halves: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with store.snapshot():
                for row in store.plans():
                    nodes = store.nodes_and_edges([row.id]).nodes
                    kinds = [node.kind for node in nodes]
                    if (kinds.count("task"), kinds.count("milestone")) != (row.tasks, row.milestones):
                        halves.append(row)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    process = child(tmp_path, "same")
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.readline()
    process.stdout.readline()
    process.stdin.write("go\n")
    process.stdin.flush()
    assert process.stdout.readline() == "new\n"
    saved_at = time.monotonic()
    while graph_child.PAIRS[0][1].id not in {row.id for row in store.plans()}:
        assert time.monotonic() - saved_at < 2
    process.communicate()
    for source, plan in graph_child.PAIRS[1:]:
        store.save(source, plan)
    stop.set()
    for thread in threads:
        thread.join()
    assert halves == []
    assert {row.id: (row.tasks, row.milestones) for row in store.plans()} == expected
    store.close()


def test_a_second_writer_waits_and_then_names_the_holder(tmp_path: Path) -> None:
    store = opened(tmp_path)
    holder = child_that(lambda: hold(tmp_path))
    while WriterLock(tmp_path / "library.lock").holder() != holder:
        time.sleep(0.01)
    impatient = open_store(tmp_path, resolve, "1", wait=0.3)
    with pytest.raises(LibraryLocked) as refused:
        impatient.save(*a_plan("一项"))
    assert refused.value.params["holder"] == holder
    assert impatient.plans() == ()
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    assert impatient.save(*a_plan("一项")).outcome == "new"
    impatient.close()
    store.close()


def hold(folder: Path) -> None:
    with WriterLock(folder / "library.lock"):
        time.sleep(60)


def test_threads_of_one_process_write_one_after_the_other(tmp_path: Path) -> None:
    store = opened(tmp_path)
    pairs = some_plans(12, tasks=2)
    threads = [threading.Thread(target=lambda pair=pair: store.save(*pair)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(store.plans()), store.generation()) == (12, 13)
    store.close()
