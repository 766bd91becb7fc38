"""A title above a plan's text names the plan and cites nothing; a sentence of the notice does."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Source
from ingest.parse import parse_plan

BODY = "一、主要任务\n（一）修路。落实《道路建设意见》。（市交通局负责）\n"
TITLES = [
    "松河市人民政府关于印发《松河市2024年道路建设方案》的通知\n松政发〔2024〕1号\n",
    "松河市水务局 松河市财政局\n关于转发《松河市2024年道路建设方案》的通知\n",
    "《松河市交通强市意见》2024年重点任务分工方案\n",
    "《松河市2024年道路建设方案》\n",
    "标题：松河市人民政府关于印发《松河市2024年道路建设方案》的通知\n发文机关：松河市人民政府\n",
]


@pytest.mark.parametrize("titles", TITLES)
def test_a_title_of_the_plan_is_no_citation(titles: str, lexicon: Lexicon) -> None:
    plan = parse_plan(Source("plan.txt", "txt", b"", "", titles + BODY), lexicon)
    assert plan.citations == ()
    assert [citation.title for task in plan.tasks for citation in task.citations] == ["道路建设意见"]


@pytest.mark.parametrize(
    "sentence",
    [
        "现将《松河市2024年道路建设方案》印发给你们，请认真贯彻执行。",
        "为贯彻落实《松河市交通强市意见》，制定本方案。",
        "根据《中华人民共和国公路法》等规定，结合实际，制定本要点：",
    ],
)
def test_a_sentence_above_the_text_cites(sentence: str, lexicon: Lexicon) -> None:
    text = f"松河市人民政府关于印发《松河市2024年道路建设方案》的通知\n各县人民政府：\n{sentence}\n{BODY}"
    plan = parse_plan(Source("plan.txt", "txt", b"", "", text), lexicon)
    assert len(plan.citations) == 1
    assert plan.citations[0].title in sentence
