"""One body, one unit, over the plans of the corpus: pairs of mentions that an annotator called one body or two."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from tests.unit_pairs_report import HALVES, PAIRS, annotated, compare, unit_of_each_mention

# A little under what is reached.
LEAST_PRECISION = {"open half": 0.995, "blind half": 0.97, "all": 0.99}
LEAST_RECALL = {"open half": 0.97, "blind half": 0.95, "all": 0.97}


@pytest.fixture(scope="module")
def units(lexicon: Lexicon) -> dict[str, str]:
    return unit_of_each_mention(lexicon)


def test_every_annotated_mention_is_read(units: dict[str, str]) -> None:
    assert len(annotated()) > 2000
    assert sum(mention not in units for mention in annotated()) == 0, PAIRS


@pytest.mark.parametrize("half", HALVES)
def test_pairs_of_mentions_are_one_body_or_two_as_annotated(half: str, units: dict[str, str]) -> None:
    pairs = compare(units, annotated(), HALVES[half])
    assert pairs.precision >= LEAST_PRECISION[half], str(pairs)
    assert pairs.recall >= LEAST_RECALL[half], str(pairs)
