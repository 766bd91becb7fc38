"""Wordings of responsibility, time, basis and measure (tests/wordings_report.py says how they are judged).

The floors lie a little under what is reached; tests/corpus/FIRST-RUN.md keeps what was reached at first sight.
"""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from tests.wordings_report import Case, assigns, by_kind, cases, verdict

RIGHT, SILENT = 150, 0
SECOND_RIGHT, SECOND_SILENT = 148, 0


@pytest.mark.parametrize("case", cases("open"), ids=lambda case: str(case["text"])[:40])
def test_an_open_wording_is_read_as_it_is_meant(case: Case, lexicon: Lexicon) -> None:
    assert verdict(case, lexicon) == "right"


def test_wordings_of_someone_who_had_not_seen_the_code_are_read_no_worse_than_they_were(lexicon: Lexicon) -> None:
    found = by_kind("opened", lexicon).values()
    assert sum(each["right"] for each in found) >= RIGHT
    assert sum(each["silent"] for each in found) <= SILENT


def test_wordings_of_another_such_person_are_read_no_worse_than_at_first(lexicon: Lexicon) -> None:
    found = by_kind("second", lexicon).values()
    assert sum(each["right"] for each in found) >= SECOND_RIGHT
    assert sum(each["silent"] for each in found) <= SECOND_SILENT


def test_sentences_that_assign_nobody_give_no_task(lexicon: Lexicon) -> None:
    assert [text for half in ("none", "none-second") for text in cases(half) if assigns(text, lexicon)] == []
