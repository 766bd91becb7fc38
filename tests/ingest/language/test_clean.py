"""Lines are joined to paragraphs, and a bracket that nobody closed does not join what a number parts."""

from __future__ import annotations

import pytest

from ingest.language.clean import clean
from ingest.model import Source


def paragraphs(text: str) -> list[str]:
    cleaned = clean(Source("plan.txt", "txt", b"", "", text))
    return [cleaned.text[p.start : p.end] for p in cleaned.paragraphs]


@pytest.mark.parametrize(
    "unclosed",
    [
        "按照《关于印发（〈资金监管办法〉的通知》（松政办〔2021〕52号）执行。加强监管。（市住建局负责）",
        "推进小区（含公共设施改造。加强监管。（市住建局负责）",
        "加强监管（（责任单位：市住建局、市财政局）",
    ],
)
@pytest.mark.parametrize("heading", ["七、加大惠民力度", "（三）加大惠民力度", "4.加大惠民力度"])
def test_a_heading_behind_a_bracket_that_nobody_closed_is_a_line_of_its_own(unclosed: str, heading: str) -> None:
    assert paragraphs(f"{unclosed}\n{heading}\n支持改造。\n")[:2] == [unclosed, heading]


@pytest.mark.parametrize("broken", ["（责任单位：市水务局、\n市财政局）", "（市水务局负责，\n市财政局配合）"])
def test_a_bracket_broken_over_two_lines_is_one_statement(broken: str) -> None:
    assert paragraphs(f"加强监管。{broken}\n") == [f"加强监管。{broken}".replace("\n", "")]
