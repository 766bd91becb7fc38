"""Plans of many fields and layouts, each with its annotation: what is read of them never gets less.

The floors lie a little under what is reached; tests/corpus/FIRST-RUN.md keeps what was reached at first sight.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.extract import extract
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from tests.conftest import ROOT
from tests.corpus_report import file_of
from tests.support.scoring import Score, misplaced, pooled, score

CORPUS = ROOT / "tests" / "corpus"
ANNOTATED = sorted(CORPUS.glob("open/*.gold.json"))

BLIND = sorted(CORPUS.glob("blind/*.gold.json"))
"""Plans that nobody has looked into while making rules: only their sums are tested, and no error of theirs is shown."""

# F1 over all plans together, a little under what is reached.
FLOORS = {
    "plan fields": 0.98,
    "tasks": 0.99,
    "task starts": 0.99,
    "assignments": 0.99,
    "assignments, no role": 0.99,
    "hats": 0.95,
    "citations": 0.98,
    "citation roles": 0.97,
    "deadlines": 0.97,
    "targets": 0.97,
    "facts on their task": 0.97,
    "words": 0.965,
    "milestones": 0.95,
    "milestone links": 0.88,
    "unit clusters": 0.98,
}
LEAST_ASSIGNMENTS = 0.97
"""F1 of the assignments of each plan by itself."""
LESS = {"p04_anquan.gold.json": 0.95, "J05_etuoke_zhenggai.gold.json": 0.95}
"""Two names in a cell of a PDF are parted by nothing but a narrow blank or the end of a line."""

Printed = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def printed(lexicon: Lexicon) -> Printed:
    return {path.name: extract(parse_plan(read_source(file_of(path)), lexicon), lexicon) for path in ANNOTATED}


@pytest.fixture(scope="module")
def scores(printed: Printed) -> dict[str, Score]:
    return {path.name: score(json.loads(path.read_text("utf-8")), printed[path.name]) for path in ANNOTATED}


def test_every_plan_of_the_corpus_is_annotated() -> None:
    plans = {path for path in CORPUS.glob("open/*.*") if path.suffix not in (".json", ".md")}
    assert {file_of(path) for path in ANNOTATED} == plans
    assert len(ANNOTATED) >= 40


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_every_fact_points_at_the_words_that_say_it(path: Path, printed: Printed) -> None:
    assert misplaced(printed[path.name], read_source(file_of(path)).text) == []


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_who_is_responsible_is_read_in_every_plan(path: Path, scores: dict[str, Score]) -> None:
    tasks, assignments = scores[path.name]["tasks"], scores[path.name]["assignments"]
    assert tasks.f1 >= LEAST_ASSIGNMENTS, str(tasks)
    assert assignments.f1 >= LESS.get(path.name, LEAST_ASSIGNMENTS), str(assignments)


@pytest.mark.parametrize("kind", FLOORS)
def test_all_plans_together_are_read_no_worse_than_before(kind: str, scores: dict[str, Score]) -> None:
    tally = pooled(scores.values())[kind]
    assert tally.f1 >= FLOORS[kind], str(tally)


BLIND_FLOORS = {"assignments": 0.98, "citations": 0.97, "deadlines": 0.95, "targets": 0.90}


@pytest.fixture(scope="module")
def blind(lexicon: Lexicon) -> Score:
    printed = {path: extract(parse_plan(read_source(file_of(path)), lexicon), lexicon) for path in BLIND}
    return pooled(score(json.loads(path.read_text("utf-8")), printed[path]) for path in BLIND)


def test_the_blind_half_is_large_enough_to_tell_something() -> None:
    assert len(BLIND) >= 45


@pytest.mark.parametrize("kind", BLIND_FLOORS)
def test_plans_that_no_rule_was_made_for_are_read_well(kind: str, blind: Score) -> None:
    assert blind[kind].f1 >= BLIND_FLOORS[kind]
