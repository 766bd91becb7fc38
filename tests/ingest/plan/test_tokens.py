"""A statement is cut into names, joins, role words, times and persons."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.plan.tokens import tokens_of


def cut(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    blanks = [at - nth for nth, at in enumerate(n for n, character in enumerate(text) if character == " ")]
    words = text.replace(" ", "")
    return [(each.kind, words[each.start : each.end]) for each in tokens_of(words, 0, len(words), blanks, lexicon)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("市水务局牵头", [("name", "市水务局"), ("role", "牵头")]),
        ("市水务局会同市财政局负责", [("name", "市水务局"), ("join", "会同"), ("name", "市财政局"), ("role", "负责")]),
        ("市水务局 市财政局配合", [("name", "市水务局"), ("name", "市财政局"), ("role", "配合")]),
        ("★市水务局、市财政局", [("marked", "市水务局"), ("name", "市财政局")]),
        ("市应急局 李明", [("name", "市应急局"), ("person", "李明")]),
        ("市水务局主任：张大海", [("name", "市水务局"), ("person", "张大海")]),
        ("副市长王大明牵头", [("person", "王大明"), ("role", "牵头")]),
        ("市水务局，年底前完成", [("name", "市水务局"), ("time", "年底前完成")]),
        ("①市水务局②市财政局", [("name", "市水务局"), ("name", "市财政局")]),
    ],
)
def test_a_statement_is_cut_once(text: str, tokens: list[tuple[str, str]], lexicon: Lexicon) -> None:
    assert cut(text, lexicon) == tokens


@pytest.mark.parametrize(
    "name", ["市政协办", "市落实办", "市督导组", "市支援合作办", "商务部", "市市场监管（知识产权）局"]
)
def test_a_name_that_holds_a_role_word_is_one_name(name: str, lexicon: Lexicon) -> None:
    assert cut(name, lexicon) == [("name", name)]


@pytest.mark.parametrize("name", ["市政协办", "市委督查室", "市财政局"])
def test_a_role_word_behind_a_name_is_none_of_it(name: str, lexicon: Lexicon) -> None:
    assert cut(f"{name}会办", lexicon) == [("name", name), ("role", "会办")]


@pytest.mark.parametrize("name", ["市“双减”办", "市12345热线办", "市5G专班", "市PPP中心"])
def test_quotes_digits_and_letters_stand_in_names(name: str, lexicon: Lexicon) -> None:
    assert cut(f"{name}牵头", lexicon) == [("name", name), ("role", "牵头")]
