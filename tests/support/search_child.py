"""Processes of their own that write to a library with its index, for tests/search/test_catalog.py.

    python -m tests.support.search_child add PLACE TEXT       adds a plan of five tasks that all hold TEXT
    python -m tests.support.search_child kill FOLDER TIMES    kills a worker at TIMES moments, and checks what is left

A worker adds, edits and removes plans; it is killed before the n-th time that it opens, renames or removes a file of
the library or index. Afterwards the catalog must answer like one of a fresh ingest of what the record holds.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from ingest.model import Plan, Source
from search.catalog import Catalog
from search.words.analyzer import words
from tests.support.factories import a_plan, a_task, some_plans
from tests.support.search_library import a_catalog, task_texts

_MOMENTS = 400
"""How often a worker opens, renames or removes a file, roughly."""

PAIRS = some_plans(3, seed=5, tasks=4)


def work(folder: Path) -> None:
    catalog = a_catalog(folder)
    for source, plan in PAIRS:
        catalog.add(source, plan)
        acknowledge(folder, f"+{plan.id}")
    catalog.add(*edited(0))
    catalog.remove(PAIRS[1][1].id)
    acknowledge(folder, f"-{PAIRS[1][1].id}")
    catalog.rebuild()
    catalog.close()


def edited(nth: int) -> tuple[Source, Plan]:
    header = PAIRS[nth][1].header
    return a_plan(a_task("改写的任务"), number=header.document_number, region=header.region.name)


def acknowledge(folder: Path, what: str) -> None:
    with open(folder / "acknowledged", "a", encoding="utf-8") as file:
        file.write(f"{what}\n")


def kill_at(moment: int, folder: Path) -> bool:
    """Works in a child that dies at the moment; whether it died before it was done."""
    pid = os.fork()
    if pid == 0:
        count = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            if event in ("open", "os.rename", "os.remove") and str(folder) in str(arguments[0]):
                count += 1
                if count == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        work(folder)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def check(folder: Path) -> None:
    """Whether index and record agree, and hold what was acknowledged."""
    catalog = a_catalog(folder)
    plans = {row.id for row in catalog.store.plans()}
    log = folder / "acknowledged"
    lines = log.read_text(encoding="utf-8").split() if log.exists() else []
    gone = {line[1:] for line in lines if line[0] == "-"}
    assert {line[1:] for line in lines if line[0] == "+"} - gone <= plans | {PAIRS[1][1].id}, "a plan is lost"
    assert not gone & plans, "a plan is back"
    pairs = [(catalog.store.source(id), catalog.store.load(id)) for id in sorted(plans)]
    fresh = a_catalog(folder / "fresh", *pairs)
    assert said(catalog) == said(fresh), "the answers differ"
    for each in (catalog, fresh):
        each.close()
        each.store.close()


def said(catalog: Catalog) -> list[object]:
    results = [catalog.search(text, limit=500) for text in ("", "食品安全", "“体系”", "改写")]
    return [(each.total, each.hits, each.facets) for each in results]


def kill(folder: Path, times: int) -> None:
    words("食品安全")
    moment, killed, step = 1, 0, _MOMENTS // times
    while killed < times:
        target = folder / f"at-{moment}"
        target.mkdir()
        if not kill_at(moment, target):
            break
        killed += 1
        check(target)
        moment += step
    print(killed, "killed, last at", moment)


def main() -> None:
    what, place, value = sys.argv[1:]
    if what == "kill":
        kill(Path(place), int(value))
    else:
        texts = [a_task(f"{value}第{n}项", lead=["食药监分局"]) for n in range(5)]
        catalog = a_catalog(place if "://" in place else Path(place))
        catalog.add(*a_plan(*texts, number="测〔2021〕99号"))
        assert len(task_texts(catalog, value)) == 5


if __name__ == "__main__":
    main()
