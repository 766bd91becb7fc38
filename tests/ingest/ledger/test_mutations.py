"""What a rule, a word or a step of the readers loses when it is taken away is told by the ledger, which shares none."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from tests.ledger_report import STEPS, Loss, losses, readings

LEAST_TOLD = 0.97
"""The share of what is lost that an `unread` or a new doubt must touch, over all mutations together."""
LEAST_OF_ONE = 0.5
"""That of any single mutation which loses something much."""
MUCH = 20
EACH_NTH = 12
"""So many of the plans are read; `python -m tests.ledger_report` reads them all."""


@pytest.fixture(scope="module")
def found(lexicon: Lexicon) -> list[Loss]:
    return [*losses(lexicon, readings(lexicon, EACH_NTH))]


def test_what_a_missing_rule_loses_is_told(found: list[Loss]) -> None:
    lost, told = sum(each.lost for each in found), sum(each.told for each in found)
    assert lost > 500
    assert told >= LEAST_TOLD * lost, [said for each in found for said in each.silent][:40]


def test_no_rule_is_lost_in_silence(found: list[Loss]) -> None:
    silent = [each.name for each in found if each.lost >= MUCH and each.told < LEAST_OF_ONE * each.lost]
    assert silent == []


def test_many_rules_and_each_step_lose_something(found: list[Loss]) -> None:
    losing = {each.name for each in found if each.lost}
    assert len(losing) >= 20
    assert {"rows of tables", "labelled lines", "brackets"} <= losing & STEPS.keys()
