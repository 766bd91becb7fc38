"""How well search ranks (`python -m tests.ranking_report`): nDCG@10, MRR and zero hits by class, beside BM25 OR.

The searches were written by someone who saw two plans and no engine. Only tasks are ranked, in the order of the page;
what is beside it is whoosh's own BM25F over jieba's words, any of which is enough.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import OrGroup, QueryParser

from search import Catalog
from search.query import Filters
from search.words.analyzer import words
from tests.questions_report import QUESTIONS, asked_library

DEEP = 10
"""Places that are looked at."""

Ranking = Callable[[str], Sequence[str]]
"""What a query finds: names of tasks, best first."""


class Score(NamedTuple):
    """How one query was answered."""

    ndcg: float
    reciprocal: float
    nothing: bool


def score(found: Sequence[str], relevant: Mapping[str, int]) -> Score:
    """Of what is found, by how relevant each is (2 meant, 1 touched).

    >>> score(["a.1", "a.2"], {"a.2": 2})
    Score(ndcg=0.6309297535714575, reciprocal=0.5, nothing=False)
    """
    gains = [relevant.get(each, 0) for each in found[:DEEP]]
    best = sorted(relevant.values(), reverse=True)[:DEEP]
    first = next((nth for nth, each in enumerate(found, 1) if each in relevant), 0)
    return Score(_gained(gains) / _gained(best), 1 / first if first else 0.0, not found)


def _gained(gains: Sequence[int]) -> float:
    return sum((2.0**gain - 1) / math.log2(nth + 2) for nth, gain in enumerate(gains))


def scores(ranking: Ranking) -> dict[str, list[Score]]:
    """The scores of all searches by their class."""
    found: dict[str, list[Score]] = defaultdict(list)
    for case in json.loads((QUESTIONS / "searches.json").read_text("utf-8")):
        found[case["cls"]].append(score(ranking(case["query"]), case["relevant"]))
    return dict(found)


def of_pages(catalog: Catalog, names: Mapping[str, str]) -> Ranking:
    """What the search page shows of tasks."""

    def ranked(query: str) -> list[str]:
        hits = catalog.look(query, Filters(kind=("task",), plan=_judged(names)), 0, DEEP).hits
        return [names[hit.entry.id] for hit in hits]

    return ranked


def _judged(names: Mapping[str, str]) -> tuple[str, ...]:
    """The two plans that who wrote the searches saw: nobody has said what of the others is relevant."""
    return tuple({id.partition(".")[0] for id, name in names.items() if name.partition(".")[0] in ("seed", "data")})


def said_by_tasks(catalog: Catalog, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The ids of the tasks that are judged, and what each says: its section, its text and its units."""
    for each in catalog.find("", Filters(kind=("task",), plan=_judged(names)))[1].scored:
        yield each.entry.id, " ".join([each.entry.section, each.entry.text, *(part.name for part in each.entry.parts)])


def of_any_word(catalog: Catalog, names: Mapping[str, str], folder: str) -> Ranking:
    """BM25F of whoosh over the words of tasks with their sections and units, any word being enough."""
    text = TEXT(analyzer=RegexTokenizer(r"\S+"))
    index = create_in(folder, Schema(id=ID(stored=True), text=text))
    writer = index.writer()
    for id, said in said_by_tasks(catalog, names):
        writer.add_document(id=id, text=" ".join(token.text for token in words(said)))
    writer.commit()
    searcher, parser = index.searcher(), QueryParser("text", index.schema, group=OrGroup)

    def ranked(query: str) -> list[str]:
        said = " ".join(f'"{token.text}"' for token in words(query))
        return [names[hit["id"]] for hit in searcher.search(parser.parse(said), limit=DEEP)]

    return ranked


def main() -> int:
    """Prints a line a class: how we rank, and how BM25 OR does."""
    with asked_library() as (catalog, names), tempfile.TemporaryDirectory() as folder:
        ours, theirs = scores(of_pages(catalog, names)), scores(of_any_word(catalog, names, folder))
    print(f"  {'class':<12} {'n':>3}  nDCG@10  MRR    none    BM25 OR: nDCG@10  MRR    none")
    for cls in (*ours, "all"):
        pair = [each[cls] if cls != "all" else sum(each.values(), []) for each in (ours, theirs)]
        first, second = (
            (sum(s.ndcg for s in each) / len(each), sum(s.reciprocal for s in each) / len(each),
             sum(s.nothing for s in each) / len(each)) for each in pair
        )  # fmt: skip
        said = [f"{one[0]:.3f}    {one[1]:.3f}  {one[2]:6.1%}" for one in (first, second)]
        print(f"  {cls:<12} {len(pair[0]):>3}  {said[0]}           {said[1]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
