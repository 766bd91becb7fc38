"""A statement is cut into names, joins, role words, times and persons."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.plan.assignments import parse_statement
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
        ("张副市长牵头", [("person", "张副市长"), ("role", "牵头")]),
        ("由欧阳副书记、李秘书长负责", [("person", "欧阳副书记"), ("person", "李秘书长"), ("role", "负责")]),
        ("市水务局王局长负责", [("name", "市水务局"), ("person", "王局长"), ("role", "负责")]),
        ("王书记任组长", [("person", "王书记"), ("role", "任组长")]),
        ("沈国强、李明任副组长", [("person", "沈国强"), ("person", "李明"), ("role", "任副组长")]),
        ("区长牵头", [("office", "区长"), ("role", "牵头")]),
        ("各镇镇长负责", [("office", "各镇镇长"), ("role", "负责")]),
        ("各级河长牵头", [("office", "各级河长"), ("role", "牵头")]),
        ("县委常委、副县长李明牵头", [("person", "李明"), ("role", "牵头")]),
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


@pytest.mark.parametrize(
    ("statement", "people", "units"),
    [
        ("（张副市长牵头，市水务局配合）", ["张副市长"], ["市水务局"]),
        ("（王书记任组长，市水务局、市财政局配合）", ["王书记"], ["市水务局", "市财政局"]),
        ("（分管副市长牵头，市水务局配合）", ["分管副市长"], ["市水务局"]),
        ("（责任人：各社区书记）", ["各社区书记"], []),
        ("（责任领导：区长；责任单位：市水务局）", ["区长"], ["市水务局"]),
        ("（责任领导：县委副书记吴国华，副县长郑海燕）", ["吴国华", "郑海燕"], []),
        ("（责任人：各社区书记、李明）", ["各社区书记", "李明"], []),
        ("（责任领导：吴国华、分管副县长）", ["吴国华", "分管副县长"], []),
        ("（区长、副区长牵头）", ["区长", "副区长"], []),
        ("（县委书记、县长牵头）", ["县委书记", "县长"], []),
        ("（县长、分管副县长、李明副县长牵头）", ["县长", "分管副县长", "李明"], []),
        ("（县委常委、副县长李明牵头，市水务局配合）", ["李明"], ["市水务局"]),
    ],
)
def test_whoever_is_called_by_the_office_is_a_person(
    statement: str, people: list[str], units: list[str], lexicon: Lexicon
) -> None:
    parsed = parse_statement(statement, 1, len(statement) - 1, lexicon)
    assert parsed is not None
    assert [statement[low:high] for low, high, _ in parsed.people] == people
    assert [statement[each.start : each.end] for each in parsed.units] == units


@pytest.mark.parametrize("aside", ["区政府党组成员", "副市长", "分管领导"])
def test_an_office_alone_in_brackets_is_no_statement(aside: str, lexicon: Lexicon) -> None:
    assert parse_statement(aside, 0, len(aside), lexicon) is None
