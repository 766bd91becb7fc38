"""No pattern goes over the same characters again and again: what it repeats without a bound is looked at once here.

Such a repeat is dear in two ways. A search begins it anew from inside itself: `责任[^）]*）` reads 责任责任责任 to its
end three times. And it gives back what it took, character by character, to what follows: `[^）]*责任[^）]*）`. A bound
is the cure for both. A pattern that does without one stands below, with the reason why it may.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from ingest.language.lexicon import load_lexicon
from tests.conftest import LEXICON, ROOT

READ_A_TEXT = (
    "assignments", "carry", "citations", "clean", "deadlines", "doubts", "doubts_citations", "doubts_names",
    "doubts_numbering", "extract", "header", "header_parts", "header_title", "identity", "likeness", "milestones",
    "outline", "parse", "read_text", "region", "row_links", "statements", "tables", "targets", "tasks", "titles",
    "units",
)  # fmt: skip

NOTHING_BEHIND = {
    "remark/remark-below", "citations._INNER", "clean._LINE", "clean._DROPPED", "outline._ANNEX_LIST",
    "identity.slug", "identity._arabic", "milestones._WORD", "milestones._SET_PHRASES", "read_text._LINE",
    "row_links._letters", "titles.same_title",
}  # fmt: skip
"""Nothing that could fail stands behind the repeat, or what ends it can only be what it does not hold."""
BEGINS_ONCE = {
    "deadline/recurring", "doubts._LOOKS_LIKE", "header._YEARS", "header_title._ISSUED", "header_title._LETTERHEAD",
    "targets._NUMBER", "units._ROLE_BRACKET", "assignments._named", "doubts_citations._PARTS",
}  # fmt: skip
"""What is repeated holds no beginning of the pattern, and is not given back to a repeat of the same characters."""
AT_ONE_PLACE = {
    "assignments._LEADING", "assignments.NOBODY", "citations._BETWEEN", "clean._PAGE_NUMBER",
    "doubts_numbering._NUMBER",
    "header_parts.FIELD", "tasks._FILLER", "tasks._is_time_field", "header_title._annexed_title", "titles._ISSUED",
    "column/column-lead", "column/column-support", "column/column-responsible", "column/column-text",
    "suffix/organ", "units._are_two_names",
}  # fmt: skip
"""It is asked whether the pattern stands at one place, not where; each character is decided without a second try."""
IN_A_SHORT_TEXT = {
    "tail/tail-support", "tail/tail-responsible", "generic_tail/and-so-on", "assignments._is_time",
    "clean._STRUCTURE", "header._issued", "targets._PER_PERIOD", "targets._AROUND_A_NAME", "units._OWN_BRACKET",
    "units._LEVELS_LIST", "units._NOT_A_HAT",
}  # fmt: skip
"""The code cuts what it is searched in: a name, a line's head, the end of a clause."""


def patterns() -> Iterator[tuple[str, str]]:
    """Names of all patterns that a text is held against: group/rule, module.constant, module.function."""
    for group, scanner in load_lexicon(LEXICON).scanners.items():
        if "+" not in group:
            yield from ((f"{group}/{rule.id}", rule.pattern.pattern) for rule in scanner.rules)
    for name in READ_A_TEXT:
        module = import_module(f"ingest.{name}")
        tree = ast.parse((ROOT / "ingest" / f"{name}.py").read_text("utf-8"))
        own = {target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
               if isinstance(target, ast.Name)}  # fmt: skip
        constants = {key: value for key, value in vars(module).items() if isinstance(value, re.Pattern) and key in own}
        yield from ((f"{name}.{key}", value.pattern) for key, value in constants.items())
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        yield from ((f"{name}.{each.name}", said) for each in functions for said in _inline(each))


def _inline(function: ast.FunctionDef) -> Iterator[str]:
    """The patterns in calls such as re.search("…", text)."""
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Constant(value=str(said)), *_]):
                yield said


def without_bound(items: Any) -> Iterator[Any]:
    """The repeats of a parsed pattern that have no bound, wherever they stand."""
    for op, argument in items:
        if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            if argument[1] is _constants.MAXREPEAT:
                yield argument
            yield from without_bound(argument[2])
        elif op is _constants.SUBPATTERN:
            yield from without_bound(argument[3])
        elif op is _constants.BRANCH:
            for branch in argument[1]:
                yield from without_bound(branch)
        elif op in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from without_bound(argument[1])
        elif op is _constants.ATOMIC_GROUP:
            yield from without_bound(argument)


PATTERNS = list(patterns())
EXPLAINED = NOTHING_BEHIND | BEGINS_ONCE | AT_ONE_PLACE | IN_A_SHORT_TEXT


def test_what_a_pattern_repeats_without_a_bound_is_explained() -> None:
    open_ended = {name for name, said in PATTERNS if any(without_bound(_parser.parse(said)))}
    assert open_ended == EXPLAINED


@pytest.mark.parametrize("name", sorted(EXPLAINED - IN_A_SHORT_TEXT))
def test_a_pattern_does_not_repeat_what_repeats_itself(name: str) -> None:
    nested = [
        inner
        for said in (said for each, said in PATTERNS if each == name)
        for repeat in without_bound(_parser.parse(said))
        for inner in without_bound(repeat[2])
    ]
    assert not nested or name in ("citations._BETWEEN", "header_title._ISSUED"), "parted by brackets, each once"


@pytest.mark.parametrize("said", ["甲[^）]*）", "(?=甲.*)乙", "(?:甲|乙+)丙", "(?>甲*)", "甲*+"])
def test_a_repeat_without_a_bound_is_seen(said: str) -> None:
    assert any(without_bound(_parser.parse(said)))
