"""How well search ranks, beside SQLite FTS5 over jieba's words (any of which is enough) and whoosh as it comes (排序).

The searches and what they mean are those of tests/corpus/questions/searches.json, by someone who had not seen the
engine; tests/ranking_report.py says how they are scored. Never below FTS5 in any class is the bound.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import QueryParser

from benchmarks.timing import Figure
from ingest.language.lexicon import Lexicon
from search.catalog import Catalog
from search.words.analyzer import words
from tests.questions_report import asked_library
from tests.ranking_report import DEEP, Ranking, Score, of_pages, said_by_tasks, scores

_NEARLY = 0.0005


def measure(_: Lexicon) -> Iterator[Figure]:
    """A row a class: nDCG@10, MRR and how many searches find nothing."""
    with asked_library() as (catalog, names), tempfile.TemporaryDirectory() as folder:
        ours = scores(of_pages(catalog, names))
        fts5 = scores(_of_fts5(catalog, names))
        whoosh = scores(_of_whoosh(catalog, names, folder))
    for cls in (*ours, "all"):
        mine, theirs, plain = (each[cls] if cls != "all" else sum(each.values(), []) for each in (ours, fts5, whoosh))
        beside = f"FTS5 + jieba, OR: {_said(theirs)}; whoosh's defaults: {_said(plain)}"
        yield Figure(f"ranking, {cls}", _said(mine), beside, _mean(mine) + _NEARLY >= _mean(theirs))


def _said(of: Sequence[Score]) -> str:
    """nDCG@10 / MRR / nothing found."""
    reciprocal = sum(each.reciprocal for each in of) / len(of)
    return f"{_mean(of):.3f} / {reciprocal:.3f} / {sum(each.nothing for each in of) / len(of):.0%}"


def _mean(of: Sequence[Score]) -> float:
    return sum(each.ndcg for each in of) / len(of)


def _of_fts5(catalog: Catalog, names: Mapping[str, str]) -> Ranking:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table task using fts5(id unindexed, text, tokenize='unicode61')")
    rows = [(id, " ".join(token.text for token in words(said))) for id, said in said_by_tasks(catalog, names)]
    connection.executemany("insert into task values (?, ?)", rows)

    def ranked(query: str) -> list[str]:
        said = " OR ".join(f'"{each}"' for token in words(query) if (each := token.text.replace('"', "")))
        if not said:
            return []
        asked = "select id from task where task match ? order by bm25(task) limit ?"
        with closing(connection.execute(asked, (said, DEEP))) as found:
            return [names[id] for (id,) in found]

    return ranked


def _of_whoosh(catalog: Catalog, names: Mapping[str, str], folder: str) -> Ranking:
    """Its own analyzer and parser, as its documentation begins."""
    index = create_in(folder, Schema(id=ID(stored=True), text=TEXT()))
    writer = index.writer()
    for id, said in said_by_tasks(catalog, names):
        writer.add_document(id=id, text=said)
    writer.commit()
    searcher, parser = index.searcher(), QueryParser("text", index.schema)

    def ranked(query: str) -> list[str]:
        return [names[hit["id"]] for hit in searcher.search(parser.parse(query), limit=DEEP)]

    return ranked
