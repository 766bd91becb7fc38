"""How matches begin: a scan passes over the places where none can, and over no other."""

from __future__ import annotations

import random
import re

import pytest

from ingest.language.clean import clean
from ingest.language.lexicon import Scanner, load_lexicon
from ingest.language.openings import opening_of
from ingest.readers.read import read_source
from tests.conftest import LEXICON, ROOT

SHIPPED = load_lexicon(LEXICON)
PLANS = sorted((ROOT / "tests" / "corpus" / "open").rglob("*.txt"))[:6]
TEXTS = [clean(read_source(plan)).folded for plan in PLANS]
TOLD = [group for group, scanner in SHIPPED.scanners.items() if scanner.opening]

EXAMPLES = [example for scanner in SHIPPED.scanners.values() for rule in scanner.rules for example in rule.examples]


def made_up(seed: int) -> str:
    """Whole examples of all rules and torn ones, with what stands between words of a plan."""
    chance = random.Random(seed)
    words = []
    for example in chance.choices(EXAMPLES, k=16):
        cut = chance.randint(0, len(example))
        words.append(chance.choice((example, example, example[:cut], example[cut:])))
        words.append(chance.choice(("", "", "，", "。", "；", "、", "\n", "（", "）", "1", "2025", "年", "前")))
    return "".join(words)


MADE_UP = [made_up(seed) for seed in range(40)]


def begins(pattern: str, text: str) -> bool:
    opening = opening_of([re.compile(pattern)])
    return re.match(opening, text) is not None


@pytest.mark.parametrize(
    ("pattern", "may", "may_not"),
    [
        ("全年|全国两会", ["全年", "全国"], ["全面", "年", "国"]),
        ("[上下]半年", ["上半", "下半"], ["上年", "半年"]),
        (r"\d{1,2}月", ["6月", "12"], ["月6", "6日"]),
        ("(?:截至|到)?年底", ["年底", "截至", "到年"], ["截年", "底"]),
        ("(?<=于)(?:按)?(?:月|季度)", ["月", "季度", "按月", "按季"], ["按年", "季节", "度"]),
        ("甲(?:乙)*丙", ["甲乙", "甲丙"], ["甲丁", "乙丙"]),
        ("甲(?=乙)|丙丁", ["甲", "甲丁", "丙丁"], ["丙甲", "丁"]),
        ("(?>今|明)年", ["今年", "明年"], ["今天", "年"]),
        ("每[^天]{1,2}次|-底", ["每年", "每", "-底"], ["-年", "年每"]),
    ],
)
def test_a_match_begins_with_two_characters_that_its_pattern_says(
    pattern: str, may: list[str], may_not: list[str]
) -> None:
    assert [text for text in may if not begins(pattern, text)] == []
    assert [text for text in may_not if begins(pattern, text)] == []


@pytest.mark.parametrize("pattern", ["[一-鿿]{2}局", ".年", "[^年]底", "(?:年)?", "(?i:q)1", r"(?:(甲)?)\1乙"])
def test_of_a_pattern_that_begins_with_anything_nothing_is_told(pattern: str) -> None:
    assert opening_of([re.compile(pattern)]) == ""


@pytest.mark.parametrize("group", TOLD)
def test_every_example_of_a_rule_begins_so(group: str) -> None:
    scanner = SHIPPED[group]
    examples = [example for rule in scanner.rules for example in rule.examples]
    assert [each for each in examples if scanner.opening and not scanner.opening.match(each)] == []


@pytest.mark.parametrize("group", TOLD)
def test_every_match_in_a_plan_begins_so(group: str) -> None:
    opening = SHIPPED[group].opening
    assert opening is not None
    for text in TEXTS:
        found = {each.start() for rule in SHIPPED[group].rules for each in rule.pattern.finditer(text)}
        assert [place for place in found if not opening.match(text, place)] == []


@pytest.mark.parametrize("group", TOLD)
def test_a_scan_that_passes_over_places_finds_what_one_finds_that_passes_over_none(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.language.lexicon.opening_of", lambda patterns: "")
    quick, whole = SHIPPED[group], Scanner(SHIPPED[group].rules)
    for text in MADE_UP:
        for low, high in ((0, len(text)), (len(text) // 3, len(text) * 2 // 3)):
            assert found_by(quick, text, low, high) == found_by(whole, text, low, high)


def found_by(scanner: Scanner, text: str, low: int, high: int) -> list[object]:
    first, here = scanner.search(text, low, high), scanner.match(text, low, high)
    said = [(rule.id, match.span(), match.groupdict()) for rule, match in scanner.scan(text, low, high)]
    tails = [scanner.ending(text, max(low, end - 12), end) for end in range(low, high, 5)]
    once = [(found[0].id, found[1].span()) if found else None for found in (first, here)]
    return [said, once, [(tail[0].id, tail[1]) if tail else None for tail in tails]]
