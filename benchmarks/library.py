"""The library, measured (文件库): ingest, a cold command, each question, one plan more, memory."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks import search as searching
from benchmarks.plans import recombined, seed_plan
from benchmarks.timing import Figure
from ingest.language.lexicon import Lexicon
from ingest.readers.read import read_source
from ingest.resolution import resolve
from search.catalog import Catalog
from search.opening import close_both, open_catalog_at
from search.questions import reply
from search.words.names import names_of

ROUNDS = 30


SMALL, LARGE = 14, 132
"""Plans that hold about 1,000 and 10,000 tasks."""


def measure(lexicon: Lexicon) -> Iterator[Figure]:
    """The library at 1,000 tasks, and search there beside FTS5."""
    yield from at_size(lexicon, SMALL)
    yield from search_beside_fts5(lexicon, SMALL)


def measure_large(lexicon: Lexicon) -> Iterator[Figure]:
    """The same at 10,000 tasks."""
    yield from at_size(lexicon, LARGE)
    yield from search_beside_fts5(lexicon, LARGE)


def search_beside_fts5(lexicon: Lexicon, plans: int) -> Iterator[Figure]:
    """Search with highlights beside SQLite FTS5 on the same tokens in the same process."""
    pairs = list(recombined(read_source(seed_plan()), plans, lexicon))
    found = searching.measure(pairs, lambda plan: resolve(plan, lexicon), names_of(lexicon.aliases))
    for row in found.timings:
        beside = f"p95 {row.p95:.1f} ms; FTS5 {row.fts5_p50:.1f} / {row.fts5_p95:.1f} ms; about {row.hits} hits"
        yield Figure(f"{found.tasks} tasks: search, {row.kind}", f"p50 {row.p50:.1f} ms", beside)
    yield Figure(
        f"{found.tasks} tasks: index made anew",
        f"{found.build_seconds:.1f} s",
        f"FTS5 {found.fts5_build_seconds:.1f} s",
    )


def at_size(lexicon: Lexicon, plans: int) -> list[Figure]:
    """Rows for a library of so many recombined plans."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalog = open_catalog_at(folder, lexicon)
        pairs = list(recombined(read_source(seed_plan()), plans + 1, lexicon))
        started = time.perf_counter()
        for _ in catalog.add_all(pairs[:-1]):
            pass
        took = time.perf_counter() - started
        tasks = sum(len(plan.tasks) for _, plan in pairs[:-1])
        rows = [Figure(f"{tasks} tasks: ingest", f"{plans / took:.1f} plans/s", f"{tasks / took:.0f} tasks/s")]
        rows += _questions(catalog, tasks)
        started = time.perf_counter()
        catalog.add(*pairs[-1])
        rows.append(Figure(f"{tasks} tasks: one plan more", f"{time.perf_counter() - started:.2f} s", ""))
        close_both(catalog)
        rows.append(Figure(f"{tasks} tasks: cold `ask`", f"{_cold(folder):.2f} s", "median of 5 processes"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append(Figure(f"{tasks} tasks: peak memory", f"{peak:.0f} MB", "this process"))
        return rows


def _questions(catalog: Catalog, tasks: int) -> list[Figure]:
    store = catalog.store
    unit = store.units()[0].id
    document = store.documents()[0].id
    questions: dict[str, Callable[[], object]] = {
        "duties of the busiest unit": lambda: store.duties_of(unit),
        "citing a document": lambda: store.citing(document),
        "due in a month": lambda: store.due_between("2021-11-01", "2021-11-30"),
        "gaps": lambda: store.gap_counts(),
        "谁负责校园食品安全": lambda: reply("谁负责校园食品安全", catalog, date(2021, 6, 1)),
        "search 明厨亮灶, highlights": lambda: catalog.search("明厨亮灶"),
        "search 食品 安全 监管, highlights": lambda: catalog.search("食品 安全 监管"),
    }
    return [Figure(f"{tasks} tasks: {name}", *_percentiles(question)) for name, question in questions.items()]


def _percentiles(question: Callable[[], object]) -> tuple[str, str]:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        question()
        times.append((time.perf_counter() - started) * 1000)
    return f"p50 {statistics.median(times):.1f} ms", f"p95 {sorted(times)[int(ROUNDS * 0.95)]:.1f} ms"


def _cold(folder: Path) -> float:
    command = [sys.executable, "-m", "zeren", "ask", "食药监分局", "--library", str(folder)]
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=seed_plan().parent.parent.parent)
        times.append(time.perf_counter() - started)
    return statistics.median(times)
