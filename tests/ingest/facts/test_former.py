"""Plans that were written when tasks had a field for each kind of fact are the same plans today."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Plan, from_json, to_json
from ingest.parse import parse_plan
from ingest.readers.read import read_source

FORMER = Path(__file__).parent / "former"


@pytest.fixture
def plan(lexicon: Lexicon) -> Plan:
    return parse_plan(read_source(FORMER / "plan.txt"), lexicon)


def test_a_plan_of_former_form_is_what_is_read_today(plan: Plan) -> None:
    stored = (FORMER / "plan.json").read_bytes()
    assert b'"facts"' not in stored
    uncounted = msgspec.structs.replace(plan.coverage, classes={})
    assert from_json(stored) == msgspec.structs.replace(plan, coverage=uncounted)
    assert {fact.__class__.__name__ for task in plan.tasks for fact in task.facts} == {"Citation", "Deadline", "Target"}
    assert all(milestone.facts for milestone in plan.milestones)


def test_a_plan_of_todays_form_is_read_at_once(plan: Plan) -> None:
    assert from_json(to_json(plan)) == plan


@pytest.mark.parametrize("stored", [b"[]", b"{}", b'{"tasks": 1}', b'{"tasks": [1]}', b'{"tasks": [{"citations": 1}]}'])
def test_what_is_no_plan_is_refused(stored: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        from_json(stored)
