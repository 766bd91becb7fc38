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
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from ingest.facts import FACTS
from ingest.language.lexicon import load_lexicon
from tests.conftest import LEXICON

READ_A_TEXT = (
    "plan.grid.columns", "plan.grid.cells", "plan.grid.heads", "plan.grid.names", "plan.calendars",
    "language.inline_numbers", "readers.pasted", "facts.numbers",
    "ledger.account", "ledger.claims", "ledger.classes", "ledger.items", "ledger.sheets", "ledger.words",
    "carry", "doubts.citations", "doubts.find", "doubts.names", "doubts.numbering", "doubts.rows", "extract",
    "header.parts", "header.read", "header.region", "header.title", "identity", "language.clean",
    "language.likeness", "language.titles", "language.units", "parse", "plan.assignments",
    "plan.milestones", "plan.outline", "plan.row_links", "plan.statements", "plan.tables", "plan.tasks",
    "readers.text", "readers.markdown", "language.furniture", "plan.labels",
    "plan.tokens", "plan.sentences.bodies", "plan.sentences.duties", "plan.sentences.find", "plan.sentences.phrases",
    "plan.sentences.read",
    "resolution", *(kind.find.__module__.removeprefix("ingest.") for kind in FACTS),
)  # fmt: skip

NOTHING_BEHIND = {
    "identity._NOT_CHINESE",
    "ledger.words._APART", "ledger.words._SIGN", "ledger.claims._FIELD",
    "readers.pasted._LINE", "plan.sentences.duties._SENTENCE", "plan.sentences.find._SENTENCE",
    "plan.sentences.find._PIECE",
    "remark/remark-below", "facts.citation._INNER", "language.clean._LINE", "language.clean._DROPPED",
    "identity.slug", "identity._arabic", "plan.milestones._WORD",
    "set_phrase/set-phrase", "readers.text._LINE", "plan.row_links._letters", "language.titles.same_title",
}  # fmt: skip
"""Nothing that could fail stands behind the repeat, or what ends it can only be what it does not hold."""
BEGINS_ONCE = {
    "deadline/recurring", "header.read._YEARS", "header.title._NAMED",
    "facts.target._NUMBER",
    "doubts.citations._PARTS",
}  # fmt: skip
"""What is repeated holds no beginning of the pattern, and is not given back to a repeat of the same characters."""
AT_ONE_PLACE = {
    "readers.pasted._RULE",
    "language.clean._PAGE_NUMBER",
    "doubts.numbering._NUMBER", "header.parts.FIELD", "plan.tasks._FILLER",
    "language.titles._ISSUED", "column/column-lead", "column/column-support",
    "column/column-responsible", "column/column-text", "suffix/organ",
}  # fmt: skip
"""It is asked whether the pattern stands at one place, not where; each character is decided without a second try."""
IN_A_SHORT_TEXT = {
    "tail/tail-support", "tail/tail-responsible", "generic_tail/and-so-on",
    "language.clean._STRUCTURE",
    "language.units._OWN_BRACKET",
}  # fmt: skip
"""The code cuts what it is searched in: a name, a line's head, the end of a clause."""


def patterns() -> Iterator[tuple[str, str]]:
    """Names of all patterns that a text is held against: group/rule, module.constant, module.function."""
    for group, scanner in load_lexicon(LEXICON).scanners.items():
        if "+" not in group:
            yield from ((f"{group}/{rule.id}", rule.pattern.pattern) for rule in scanner.rules)
    for name in READ_A_TEXT:
        module = import_module(f"ingest.{name}")
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
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
    assert not nested or name in ("facts.citation._BETWEEN", "header.title._NAMED"), "parted by brackets, each once"


@pytest.mark.parametrize("said", ["甲[^）]*）", "(?=甲.*)乙", "(?:甲|乙+)丙", "(?>甲*)", "甲*+"])
def test_a_repeat_without_a_bound_is_seen(said: str) -> None:
    assert any(without_bound(_parser.parse(said)))
