"""Signs in front of the points of a list are no words of the tasks that they stand before."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import load_lexicon
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from tests.conftest import LEXICON

SHIPPED = load_lexicon(LEXICON)
HEAD = "松河市2024年重点工作任务分解方案\n一、重点任务\n"
POINTS = (
    "改造老旧管网35公里。（市水务局负责）",
    "组织开展巡查。责任单位：市应急局",
    "修复堤防20处。（市林业局牵头）",
)
WORDS = ["改造老旧管网35公里。", "组织开展巡查。", "修复堤防20处。"]


@pytest.mark.parametrize("bullet", ["● ", "●", "·", "▪ ", "✓", "◆", "➢ ", "■", "※", "- ", "—", "1）", "√ "])
def test_a_bullet_is_no_word_of_the_task(bullet: str) -> None:
    text = HEAD + "".join(f"{bullet}{point}\n" for point in POINTS)
    plan = parse_plan(source_of(text.encode(), "plan.txt"), SHIPPED)
    assert [task.text for task in plan.tasks] == WORDS
    assert [task.span.of(text) for task in plan.tasks] == WORDS
    assert plan.tasks[0].targets[0].words == "改造老旧管网35公里"


@pytest.mark.parametrize("text", ["“一网通办”深化改革。", "“双减”工作抓好落实。", "5G基站新建20座。"])
def test_what_a_task_begins_with_stays(text: str) -> None:
    plan = parse_plan(source_of(f"{HEAD}{text}（市水务局负责）\n".encode(), "plan.txt"), SHIPPED)
    assert [task.text for task in plan.tasks] == [text]
