"""How quick search is, beside SQLite FTS5 on the same tokens in the same process: `measure` for a bench runner."""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from graph.sqlite.store import open_store
from ingest.model import Plan, Resolution, Source
from ingest.model import Record as Frozen
from search.catalog import Catalog, open_catalog
from search.index.entries import entries_of
from search.index.fields import Entry, Field, tokens_of
from search.index.tree import And, Not, Or, Phrase, QueryNode, Term
from search.query.filters import Filters
from search.query.parse import parse_query
from search.whoosh.home import FolderHome
from search.words.names import Names

REPEAT = 3

Result = TypeVar("Result")


class Timing(Frozen, frozen=True):
    """Milliseconds of one kind of query, and how many hits it had in the middle."""

    kind: str
    p50: float
    p95: float
    fts5_p50: float
    fts5_p95: float
    hits: int


class Measured(Frozen, frozen=True):
    """Seconds and milliseconds at one size of library."""

    tasks: int
    entries: int
    build_seconds: float
    fts5_build_seconds: float
    index_megabytes: float
    open_seconds: float
    first_query_ms: float
    add_plan_seconds: tuple[float, ...]
    timings: tuple[Timing, ...]


def measure(pairs: Sequence[tuple[Source, Plan]], resolve: Callable[[Plan], Resolution], names: Names) -> Measured:
    """Puts more than five plans in and asks. The last five are added one by one, to see how long one takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with closing(open_store(path / "library", resolve, "1")) as store:
            for source, plan in pairs[:-5]:
                store.save(source, plan)
            build, catalog = _timed(open_catalog, store, FolderHome(path / "index"), resolve, names)
            adding = tuple(_timed(catalog.add, *pair)[0] for pair in pairs[-5:])
            catalog.close()
            entries = [each for source, plan in pairs for each in entries_of(plan, resolve(plan), source)]
            fts5_build, fts5 = _timed(_fts5, entries, path / "fts5")
            opening, catalog = _timed(open_catalog, store, FolderHome(path / "index"), resolve, names)
            first, _ = _timed(catalog.search, "食品安全")
            timings = tuple(_compare(kind, queries, catalog, fts5) for kind, queries in _queries(pairs).items())
            size = sum(each.stat().st_size for each in (path / "index").iterdir()) / 1e6
            catalog.close()
            fts5.close()
        tasks = sum(len(plan.tasks) for _, plan in pairs)
        return Measured(tasks, len(entries), build, fts5_build, size, opening, first * 1000, adding, timings)


_EXACT: tuple[Field, ...] = ("kind", "role", "unit_name")

Asked = tuple[str, Filters]


def _queries(pairs: Sequence[tuple[Source, Plan]], seed: int = 1, count: int = 40) -> dict[str, list[Asked]]:
    """Strings taken from the tasks themselves, by length, and the other ways to ask."""
    chance = random.Random(seed)
    texts = [task.text for _, plan in pairs for task in plan.tasks]

    def strings(size: int) -> Iterator[str]:
        while True:
            runs = [run for run in re.findall("[\u4e00-\u9fff]+", chance.choice(texts)) if len(run) >= size]
            if runs:
                run = chance.choice(runs)
                at = chance.randrange(len(run) - size + 1)
                yield run[at : at + size]

    def some(size: int) -> list[str]:
        drawn = strings(size)
        return [next(drawn) for _ in range(count)]

    nothing, tasks = Filters(), Filters(kind=("task",), role=("lead",))
    return {
        "2 characters": [(each, nothing) for each in some(2)],
        "4 characters": [(each, nothing) for each in some(4)],
        "8 characters": [(each, nothing) for each in some(8)],
        "4 characters in quotes": [(f'"{each}"', nothing) for each in some(4)],
        "two strings": [(f"{one} {other}", nothing) for one, other in zip(some(2), some(3), strict=True)],
        "a string and filters": [(each, tasks) for each in some(2)],
    }


def _compare(kind: str, queries: list[Asked], catalog: Catalog, fts5: sqlite3.Connection) -> Timing:
    """Ours: query, all hits in order, facets, a page with highlights. FTS5: the same tokens, all ids in its order."""
    ours, theirs, hits = [], [], []
    for text, filters in queries * REPEAT:
        seconds, results = _timed(catalog.search, text, filters)
        ours.append(seconds * 1000)
        hits.append(results.total)
        match = _match(parse_query(text, filters, catalog.names, catalog._index).where)
        theirs.append(_timed(_ask_fts5, fts5, match)[0] * 1000)
    return Timing(kind, *_quantiles(ours), *_quantiles(theirs), int(statistics.median(hits)))


def _fts5(entries: Sequence[Entry], path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE entry USING fts5 (page, words, exact, id UNINDEXED, tokenize = 'ascii')")
    rows = []
    for entry in entries:
        tokens = tokens_of(entry)
        exact = [_token(field, each) for field in _EXACT for each in tokens[field]]
        page = (run[at : at + 2] for line in entry.sought.split("\n") for run in [line] for at in range(len(run)))
        rows.append((" ".join(map(_quoted, page)), " ".join(tokens["words"]), " ".join(exact), entry.id))
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    return connection


def _ask_fts5(connection: sqlite3.Connection, match: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT id FROM entry WHERE entry MATCH ? ORDER BY rank", (match,))]


def _match(node: QueryNode) -> str:
    """The node in FTS5's language."""
    match node:
        case Term(field="words"):
            return f'words:"{node.token}"'
        case Term():
            return f'exact:"{_token(node.field, node.token)}"'
        case Phrase():
            return 'page:"' + " ".join(map(_quoted, node.grams)) + '"'
        case And():
            return "(" + " AND ".join(map(_match, node.nodes)) + ")"
        case Or():
            return "(" + " OR ".join(map(_match, node.nodes)) + ")"
        case Not():
            raise ValueError("FTS5 has no NOT of one side")


def _token(field: str, token: str) -> str:
    return f"{field}x{token.encode().hex()}"


def _quoted(gram: str) -> str:
    return re.sub(r"[^\w]", "x", gram)


def _timed(step: Callable[..., Result], *arguments: Any) -> tuple[float, Result]:
    start = time.perf_counter()
    result = step(*arguments)
    return time.perf_counter() - start, result


def _quantiles(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return round(statistics.median(ordered), 2), round(ordered[int(len(ordered) * 0.95)], 2)
