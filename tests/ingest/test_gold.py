"""The real plan is read as two annotators read it, and every fact points at the words that say it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from ingest.extract import extract
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from tests.conftest import ROOT
from tests.support.scoring import KINDS, facts, misplaced, score

GOLD = ROOT / "tests" / "golden" / "jiaozuo-2021.gold.json"
PLAN = ROOT / "data" / "plans" / "000_3fa5fd6deccc4e95.txt"
TEXT = PLAN.read_bytes().decode("utf-8")
LEAST_F1 = 0.99


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    return dict(json.loads(GOLD.read_text("utf-8")))


@pytest.fixture(scope="module")
def printed(lexicon: Lexicon) -> dict[str, Any]:
    return extract(parse_plan(read_source(PLAN), lexicon), lexicon)


@pytest.mark.parametrize("kind", KINDS)
def test_the_real_plan_is_read_as_annotated(kind: str, gold: dict[str, Any], printed: dict[str, Any]) -> None:
    tally = score(gold, printed)[kind]
    assert tally.gold, "the annotation has nothing of this kind"
    assert tally.f1 >= LEAST_F1, str(tally)


def test_every_fact_of_the_real_plan_points_at_the_words_that_say_it(printed: dict[str, Any]) -> None:
    assert misplaced(printed, TEXT) == []
    assert len(list(facts(printed))) > 380


def test_every_fact_of_the_real_plan_names_its_rule(printed: dict[str, Any]) -> None:
    ruled = [fact for kind, _, fact, _ in facts(printed) if kind not in ("task", "milestone")]
    assert all(fact["rule"] for fact in ruled)


def test_each_assignment_names_a_unit_that_is_listed(printed: dict[str, Any]) -> None:
    listed = {unit["id"] for unit in printed["units"]}
    assert {a["unit"] for task in printed["tasks"] for a in task["assignments"]} == listed


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("plan fields", lambda out: out["plan"].update(issuer="别的单位")),
        ("tasks", lambda out: out["tasks"].pop()),
        ("assignments", lambda out: out["tasks"][0]["assignments"][0].update(role="support")),
        ("citations", lambda out: out["citations"].pop()),
        ("deadlines", lambda out: out["milestones"].pop(0)),
        ("targets", lambda out: next(t for t in out["tasks"] if t["targets"])["targets"].pop()),
        ("unit clusters", lambda out: out["tasks"][0]["assignments"][0].update(unit="another")),
    ],
)
def test_the_score_sees_what_is_read_wrongly(
    kind: str, spoil: Any, gold: dict[str, Any], printed: dict[str, Any]
) -> None:
    spoilt = copy.deepcopy(printed)
    spoil(spoilt)
    assert score(gold, spoilt)[kind].f1 < score(gold, printed)[kind].f1


def test_a_fact_beside_its_words_is_misplaced(printed: dict[str, Any]) -> None:
    spoilt = copy.deepcopy(printed)
    spoilt["tasks"][3]["assignments"][0]["start"] += 1
    assert len(misplaced(spoilt, TEXT)) == 1
