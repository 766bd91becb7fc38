"""Every character of a source is taken for one thing, and the amounts are those of the whole source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.language.clean import clean
from ingest.language.lexicon import Lexicon
from ingest.ledger.classes import CLASSES, amounts, classes_of
from ingest.parse import parse_plan
from ingest.readers.read import read_source, source_of
from tests.conftest import ROOT

PLANS = sorted(p for p in (ROOT / "tests" / "corpus" / "open").iterdir() if p.suffix not in (".json", ".md"))[::9]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_each_character_has_one_class(path: Path, lexicon: Lexicon) -> None:
    source = read_source(path)
    plan = parse_plan(source, lexicon)
    assert sum(plan.coverage.classes.values()) == len(source.text)
    assert set(plan.coverage.classes) == {*CLASSES}
    assert plan.coverage.classes["read"] > len(source.text) / 3
    assert plan.coverage.classes["unread"] == sum(span.end - span.start for span in plan.coverage.unread)


BODY = (
    "宁川市2024年重点工作要点\n宁川市人民政府办公室\n2024年3月1日\n一、总体要求\n根据《食品安全法》制定本要点。\n"
    "坚持预防为主。\n二、重点任务\n（一）监督。开展监督检查。（市教育局负责）\n其他事项另行部署。\n"
    "三、其他\n由市水务局牵头，年底前改造管网。\n"
)


@pytest.mark.parametrize(
    ("words", "taken_for"),
    [
        ("宁川市2024年重点工作要点", "read"),
        ("根据《食品安全法》制定本要点。", "cites"),
        ("坚持预防为主。", "none"),
        ("二、重点任务", "heading"),
        ("开展监督检查。", "read"),
        ("（市教育局负责）", "read"),
        ("其他事项另行部署。", "context"),
        ("由市水务局牵头", "unread"),
    ],
)
def test_what_words_are_taken_for(words: str, taken_for: str, lexicon: Lexicon) -> None:
    source = source_of(BODY.encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    painted = classes_of(len(source.text), clean(source), 0, plan)
    at = source.text.index(words)
    assert {CLASSES[place] for place in painted[at : at + len(words)]} == {taken_for}
    assert sum(amounts(painted).values()) == len(source.text)
