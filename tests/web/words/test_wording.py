"""Every code has its sentence (措辞): errors of all packages, and all documented doubts."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from ingest.errors import ZerenError
from web.errors import STATUS_OF_CODE
from web.words import phrases as words
from web.words import wording
from web.words.wording import say

HOME = Path(__file__).resolve().parents[3]


def error_codes() -> set[str]:
    """The codes of all errors, of every package that has some."""
    for module in ("graph.errors", "search.index.port", "search.query.parse", "search.query.filters", "zeren"):
        importlib.import_module(module)
    found, waiting = set(), [ZerenError]
    while waiting:
        children = waiting.pop().__subclasses__()
        found |= {child.code for child in children}
        waiting += children
    return found


def test_every_error_has_a_sentence() -> None:
    assert error_codes() <= set(wording.ERRORS) | set(words.ERRORS)


def test_every_documented_doubt_has_a_sentence_and_every_sentence_a_documented_doubt() -> None:
    documented = set(re.findall(r"^### `([a-z-]+)`", (HOME / "docs" / "doubts.md").read_text("utf-8"), re.MULTILINE))
    assert documented == set(wording.DOUBTS)


@pytest.mark.parametrize("code", sorted(wording.ERRORS))
def test_a_sentence_is_said_even_where_a_param_is_missing(code: str) -> None:
    assert say(wording.ERRORS, code, {})


def test_an_unknown_code_is_shown_with_what_is_known_of_it() -> None:
    assert say(wording.ERRORS, "from-the-future", {"path": "x"}) == "from-the-future; path: x"


def test_every_problem_of_the_api_is_documented() -> None:
    documented = (HOME / "docs" / "api.md").read_text("utf-8")
    assert not [code for code in STATUS_OF_CODE if f"`{code}`" not in documented]
