"""What search finds beneath a question that is not answered (答不了时): its own words, and no hundred hits by some."""

from __future__ import annotations

from search.catalog import Catalog
from search.query.results import Results
from search.questions.parsing import Problem

_OF_ITS_WORDS = ("unknown-unit", "unknown-document", "no-topic", "no-section")


def beneath(question: str, problem: Problem | None, catalog: Catalog, offset: int = 0, limit: int = 10) -> Results:
    """The entries that hold what was not known, as it was typed or nearly so; else those that hold the question.

    量子星际局负责什么 is answered by 没有这个单位: what says 负责 is none of it.
    """
    words = problem.words if problem and problem.kind in _OF_ITS_WORDS else question
    return catalog.look(words.strip("《》"), None, offset, limit, some=False)
