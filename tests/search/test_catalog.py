"""Store and index kept in step, whatever happens."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import PlanNotSaved
from graph.query.questions import Saved
from graph.sqlite.store import open_store, restore
from ingest.model import Plan, Source
from search import catalog as catalog_module
from search.catalog import Catalog, open_catalog
from search.query.filters import Filters
from search.whoosh.folder import SEAL_FILE
from search.whoosh.home import FolderHome
from tests.support.factories import a_plan, a_task, reader, resolve, some_plans
from tests.support.search_library import NO_NAMES, Where, a_catalog, a_store, task_texts
from tests.support.search_places import Fresh

ROOT = Path(__file__).resolve().parents[2]


def a_numbered_plan(nth: int, *texts: str) -> tuple[Source, Plan]:
    return a_plan(*(a_task(text, lead=["食药监分局"]) for text in texts), number=f"焦示食安〔2021〕{nth}号")


def answers(catalog: Catalog) -> list[object]:
    """What a catalog answers to some searches; the generation apart."""
    results = [catalog.search(text, limit=500) for text in ("", "食品", "“安全”", "体系建设", "民法典")]
    return [(each.total, each.hits, each.kinds, each.facets) for each in results]


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_plan_is_found_as_soon_as_it_is_added_and_no_more_once_removed(library: Where) -> None:
    catalog = a_catalog(library)
    saved = catalog.add(*a_numbered_plan(1, "开展抽检"))
    assert (saved.outcome, task_texts(catalog, "抽检")) == ("new", ["开展抽检"])
    assert catalog.generation() == catalog.store.generation()
    catalog.remove(saved.plan.id)
    assert task_texts(catalog, "抽检") == []


def test_a_new_version_takes_the_place_of_the_old(library: Where) -> None:
    catalog = a_catalog(library, a_numbered_plan(1, "开展抽检", "组织宣传"))
    catalog.add(*a_numbered_plan(1, "开展快检", "组织宣传"))
    assert (task_texts(catalog, "抽检"), task_texts(catalog, "快检")) == ([], ["开展快检"])


def test_adding_the_same_bytes_again_writes_nothing(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_numbered_plan(1, "开展抽检"))
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "index").iterdir())
    assert catalog.add(*a_numbered_plan(1, "开展抽检")).outcome == "unchanged"
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "index").iterdir()) == before


def test_many_plans_can_be_added_together(fresh: Fresh) -> None:
    pairs = some_plans(5, tasks=4)
    one_by_one = answers(a_catalog(fresh(), *pairs))
    together = a_catalog(fresh())
    for saved in together.add_all(pairs, together=2):
        assert isinstance(saved, Saved)
        assert together.search("", Filters(plan=(saved.plan.id,))).total
    assert answers(together) == one_by_one


def test_plans_wait_for_a_common_commit_no_longer_than_agreed(tmp_path: Path) -> None:
    time, kept = [0.0], a_catalog(tmp_path)
    kept._clock = lambda: time[0]
    read: list[int] = []

    def slowly() -> Iterator[tuple[Source, Plan]]:
        for nth, pair in enumerate(some_plans(6, tasks=2)):
            time[0] += 3.0
            read.append(nth)
            yield pair

    seen = [len(read) for _ in kept.add_all(slowly())]
    assert seen == [2, 2, 4, 4, 6, 6]


def test_large_files_are_not_held_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_module, "CLOSE_AT", 10)
    read: list[int] = []

    def pairs() -> Iterator[tuple[Source, Plan]]:
        for nth, pair in enumerate(some_plans(3, tasks=2)):
            read.append(nth)
            yield pair

    assert [len(read) for _ in a_catalog(tmp_path).add_all(pairs())] == [1, 2, 3]


def test_what_was_read_before_a_failure_is_kept(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[Source, Plan]]:
        yield from some_plans(3, tasks=2)
        raise RuntimeError

    catalog = a_catalog(tmp_path)
    outcomes: list[Saved | PlanNotSaved] = []
    with pytest.raises(RuntimeError):
        outcomes.extend(catalog.add_all(failing()))
    assert len(outcomes) == len(catalog.store.plans()) == 3
    assert catalog.generation() == catalog.store.generation()


def test_what_reads_differently_today_is_found_by_what_it_says_today(library: Where) -> None:
    source, plan = a_numbered_plan(1, "开展抽检")
    catalog = a_catalog(library, (source, plan))
    _, other = a_numbered_plan(1, "开展快检")
    assert [each.changed for each in catalog.reread(reader([(source, other)]))] == [True]
    assert task_texts(catalog, "快检") == ["开展快检"]


def test_an_index_that_is_behind_is_caught_up_when_it_is_opened(library: Where) -> None:
    first, second, third = (a_numbered_plan(n, f"第{n}项抽检") for n in (1, 2, 3))
    catalog = a_catalog(library, first, second)
    catalog.store.remove(first[1].id)
    catalog.store.save(*third)
    again = a_catalog(library)
    assert sorted(task_texts(again, "抽检")) == ["第2项抽检", "第3项抽检"]
    assert again.generation() == again.store.generation()


def test_an_index_that_is_damaged_or_gone_while_it_is_used_does_not_change_the_answers(tmp_path: Path) -> None:
    clock = Clock()
    catalog = a_catalog(tmp_path, *some_plans(2, tasks=4), clock=clock)
    wanted = answers(catalog)
    for path in (tmp_path / "index").iterdir():
        path.write_bytes(b"\0" * path.stat().st_size)
    for _ in range(2):
        clock.now += 2
        assert answers(catalog) == wanted
        shutil.rmtree(tmp_path / "index")
    assert answers(a_catalog(tmp_path)) == wanted


def test_another_lexicon_makes_the_index_anew(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_numbered_plan(1, "开展抽检"))
    catalog.close()
    catalog.store.close()
    old = (tmp_path / "index" / SEAL_FILE).read_text()
    told: list[tuple[str, int, int]] = []
    store = open_store(tmp_path / "library", resolve, "another lexicon", watch=lambda *step: told.append(step))
    home = FolderHome(tmp_path / "index")
    again = open_catalog(store, home, resolve, NO_NAMES, watch=lambda *step: told.append(step))
    assert told == [("tables", 0, 1), ("index", 0, 1)]
    assert json.loads((tmp_path / "index" / SEAL_FILE).read_text()[64:])["made"] != json.loads(old[64:])["made"]
    assert task_texts(again, "抽检") == ["开展抽检"]


def test_a_library_put_back_to_an_earlier_state_gets_an_index_of_that_state(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_numbered_plan(1, "开展抽检"))
    catalog.store.backup(tmp_path / "backup")
    catalog.add(*a_numbered_plan(2, "组织抽检"))
    catalog.close()
    catalog.store.close()
    restore(tmp_path / "backup", tmp_path / "library")
    assert task_texts(a_catalog(tmp_path), "抽检") == ["开展抽检"]


def test_an_open_catalog_looks_for_what_others_wrote_at_most_once_a_second(library: Where) -> None:
    clock = Clock()
    reading = a_catalog(library, clock=clock)
    a_catalog(library).add(*a_numbered_plan(1, "开展抽检"))
    clock.now = 0.9
    assert task_texts(reading, "抽检") == []
    clock.now = 1.1
    assert task_texts(reading, "抽检") == ["开展抽检"]


def test_a_plan_that_another_process_saved_and_did_not_index_is_indexed_within_two_looks(library: Where) -> None:
    clock = Clock()
    reading = a_catalog(library, clock=clock)
    other = a_store(library)
    other.save(*a_numbered_plan(1, "开展抽检"))
    for clock.now in (1.1, 2.2):
        reading.search("抽检")
    assert task_texts(reading, "抽检") == ["开展抽检"]


def test_eight_threads_see_a_plan_that_the_command_line_ingests_within_two_seconds(library: Where) -> None:
    catalog = a_catalog(library, *some_plans(3, tasks=8), clock=time.monotonic)
    seen: dict[int, float] = {}
    wrong: list[int] = []
    stop = time.monotonic() + 30

    def read(number: int) -> None:
        while number not in seen and time.monotonic() < stop:
            total = catalog.search("丁戊己庚", Filters(kind=("task",))).total
            if total == 5:
                seen[number] = time.monotonic()
            elif total:
                wrong.append(total)

    readers = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for each in readers:
        each.start()
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.search_child", "add", str(library), "丁戊己庚"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    indexed = time.monotonic()
    for each in readers:
        each.join()
    assert (done.stderr, wrong, sorted(seen)) == ("", [], list(range(8)))
    assert max(seen.values()) - indexed < 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_process_killed_at_any_moment_leaves_what_it_acknowledged(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.search_child", "kill", str(tmp_path), "24"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout.split()[0]) >= 20
