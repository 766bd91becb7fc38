"""SQLite with whoosh and Neo4j side by side (两种后端): the same plans, the same questions, in one run.

A real Neo4j is started for it on 127.0.0.1 (tests/support/neo4j_server.py says what that needs); without it there is
one line that says so. Questions are asked in turn, so that a slow moment of the machine meets both.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.plans import recombined, seed_plan
from benchmarks.timing import Figure
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source
from ingest.readers.read import read_source
from search.catalog import Catalog
from search.opening import close_both, open_catalog_at
from search.questions import reply
from tests.support.neo4j_server import Neo4jServer, neo4j_jars

SIZES, SIZES_AT_SCALE = (100,), (1000, 10_000)
"""Plans after which questions are asked; fewer where filling takes longer than these seconds: whoosh, in pure Python,
takes in two or three plans a second, Neo4j hardly more."""
FILLING, FILLING_AT_SCALE = 150.0, 2400.0

ROUNDS, SECONDS = 20, 1.5
"""A question is asked so many times, or until it has taken so long."""

_TOGETHER = 20
_JAVA = ("-Xmx2g",)
"""As for a small service; the tests' own server forgoes the second compiler."""


@dataclass(frozen=True)
class Backend:
    """A catalog, and the folder whose size is the library's."""

    catalog: Catalog
    folder: Path

    def add(self, pairs: Iterable[tuple[Source, Plan]]) -> None:
        """Puts plans into the library and its index."""
        for _ in self.catalog.add_all(pairs):
            pass

    def size(self) -> float:
        """Megabytes on disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file()) / 1e6


def measure(lexicon: Lexicon) -> Iterator[Figure]:
    """Both at 100 plans."""
    yield from growing(lexicon, SIZES, FILLING)


def measure_large(lexicon: Lexicon) -> Iterator[Figure]:
    """Both at 1,000 plans, and at as many of 10,000 as go in."""
    yield from growing(lexicon, SIZES_AT_SCALE, FILLING_AT_SCALE)


def growing(lexicon: Lexicon, sizes: Sequence[int], seconds: float) -> Iterator[Figure]:
    """Rows for libraries that grow to each of these sizes, or as far as they come within so many seconds."""
    try:
        jars = neo4j_jars()
    except RuntimeError as missing:
        yield Figure("SQLite beside Neo4j", "skipped", str(missing))
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        server = Neo4jServer(jars, Path(name) / "neo4j", _JAVA)
        stack.callback(server.stop)
        server.start()
        sqlite = Backend(open_catalog_at(Path(name) / "sqlite", lexicon), Path(name) / "sqlite")
        neo4j = Backend(open_catalog_at(server.address, lexicon), server.home / "data" / "databases" / "neo4j")
        for backend in (sqlite, neo4j):
            stack.callback(close_both, backend.catalog)
        pairs = recombined(read_source(seed_plan()), sizes[-1], lexicon)
        plans = tasks = 0
        for size in sizes:
            filled = _filled(sqlite, neo4j, islice(pairs, size - plans), seconds)
            plans, tasks, seconds = plans + filled.plans, tasks + filled.tasks, seconds - sum(filled.took)
            of = f"{plans} plans, {tasks} tasks"
            yield filled.figure(of)
            yield from _asked(of, sqlite, neo4j)
            if seconds <= 0:
                break
        server.stop()
        yield Figure(f"{of}: size", f"SQLite {sqlite.size():.0f} MB", f"Neo4j {neo4j.size():.0f} MB")


@dataclass
class Filled:
    """How much went in; seconds in SQLite and in Neo4j, of all and of the last few plans."""

    plans: int = 0
    tasks: int = 0
    took: tuple[float, float] = (0.0, 0.0)
    last_tasks: int = 0
    last: tuple[float, float] = (1.0, 1.0)

    def figure(self, of: str) -> Figure:
        """Tasks a second, over all and at the end."""
        said = [
            f"{self.tasks / whole:.0f} tasks/s, last {self.last_tasks / end:.0f}"
            for whole, end in zip(self.took, self.last, strict=True)
        ]
        return Figure(f"{of}: ingest", f"SQLite {said[0]}", f"Neo4j {said[1]}")


def _filled(sqlite: Backend, neo4j: Backend, pairs: Iterator[tuple[Source, Plan]], seconds: float) -> Filled:
    """Puts plans into both, some at a time in turn."""
    filled = Filled()
    while sum(filled.took) < seconds and (several := list(islice(pairs, _TOGETHER))):
        filled.plans += len(several)
        filled.last_tasks = sum(len(plan.tasks) for _, plan in several)
        filled.tasks += filled.last_tasks
        filled.last = (_seconds(lambda: sqlite.add(several)), _seconds(lambda: neo4j.add(several)))
        filled.took = (filled.took[0] + filled.last[0], filled.took[1] + filled.last[1])
    return filled


def _asked(of: str, sqlite: Backend, neo4j: Backend) -> Iterator[Figure]:
    """Each question of both, in turn."""
    ours, theirs = questions(sqlite.catalog), questions(neo4j.catalog)
    for name in ours:
        here, there = map(_percentiles, _in_turn(ours[name], theirs[name]))
        yield Figure(f"{of}: {name}", f"SQLite {here}", f"Neo4j {there} ms (p50 / p95)")


def questions(catalog: Catalog) -> dict[str, Callable[[], object]]:
    """Every kind of question that a page or a command asks, by name."""
    store = catalog.store
    units, plans = store.units(), [row.id for row in store.plans()]
    busy, document = units[0].id, store.documents()[0].id
    chance = random.Random(1)
    return {
        "a plan": lambda: store.load(chance.choice(plans)),
        "all plans": store.plans,
        "all units": store.units,
        "a unit": lambda: store.unit(chance.choice(units).id),
        "duties of the busiest unit": lambda: store.duties_of(busy),
        "its duties in a plan": lambda: store.duties_of(busy, plan=chance.choice(plans)),
        "all documents": store.documents,
        "citing the document cited most": lambda: store.citing(document),
        "due in a month": lambda: store.due_between("2021-11-01", "2021-11-30"),
        "due in a month, a plan": lambda: store.due_between("2021-11-01", "2021-11-30", plan=chance.choice(plans)),
        "gaps of a plan": lambda: store.gaps(plan=chance.choice(plans)),
        "gap counts": store.gap_counts,
        "a plan's graph": lambda: store.nodes_and_edges([chance.choice(plans)]),
        "谁负责校园食品安全": lambda: reply("谁负责校园食品安全", catalog, date(2021, 6, 1)),
        "search 明厨亮灶": lambda: catalog.search("明厨亮灶"),
        "search 食品 安全 监管": lambda: catalog.search("食品 安全 监管"),
        "search “食品安全监管”": lambda: catalog.search("“食品安全监管”"),
    }


def _in_turn(*work: Callable[[], object]) -> list[list[float]]:
    """Milliseconds of each; one round before does not count."""
    times: list[list[float]] = [[] for _ in work]
    for each in work:
        each()
    began = time.monotonic()
    while len(times[0]) < ROUNDS and (not times[0] or time.monotonic() - began < SECONDS):
        for each, taken in zip(work, times, strict=True):
            taken.append(_seconds(each) * 1000)
    return times


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2]:.1f} / {ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]:.1f}"
