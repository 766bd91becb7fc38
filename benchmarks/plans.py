"""Plans to measure with: sentences of a real plan recombined, the same for the same seed (重组的文件)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from ingest.language.clean import clean
from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source
from ingest.parse import parse_plan
from ingest.readers.read import source_of

SEED = 20211231
TASKS_A_PLAN = 76
_NUMERALS = "一二三四五六七八九十"


def recombined(real: Source, count: int, lexicon: Lexicon) -> Iterator[tuple[Source, Plan]]:
    """`count` plans, each with as many tasks as the real one, its sentences and statements drawn anew."""
    chance = random.Random(SEED)
    words = clean(real)
    plan = parse_plan(real, lexicon)
    sentences = [s for task in plan.tasks for s in task.text.split("。") if len(s) > 8]
    statements = [
        words.said(words.offset(task.statements[0].start), words.offset(task.statements[0].end - 1) + 1)
        for task in plan.tasks
    ]
    milestones = [milestone.text for milestone in plan.milestones]
    for number in range(1, count + 1):
        source = source_of(_page(number, chance, sentences, statements, milestones).encode(), f"plan-{number}.txt")
        yield source, parse_plan(source, lexicon)


def _page(
    number: int, chance: random.Random, sentences: list[str], statements: list[str], milestones: list[str]
) -> str:
    lines = [
        f"测试发〔2021〕{number}号",
        "平川市示范区管理委员会",
        f"关于印发第{number}号工作要点的通知",
        "各区人民政府：",
        "2021年5月24日",
        f"第{number}号工作要点",
    ]
    for part in range(7):
        lines.append(f"{_NUMERALS[part]}、{chance.choice(sentences)[:16]}")
        for item in range(3):
            heading = f"（{_NUMERALS[item]}）{chance.choice(sentences)[:14].replace('，', '')}。"
            tasks = [
                f"{'。'.join(chance.sample(sentences, 3))}。{chance.choice(statements)}"
                for _ in range(4 if part else 2)
            ]
            lines.append(heading + "".join(tasks))
            lines.append(f"工作进度：{'；'.join(chance.sample(milestones, 2))}。")
    return "\n".join(lines) + "\n"


def seed_plan() -> Path:
    """The published plan in data/plans."""
    return sorted((Path(__file__).resolve().parent.parent / "data" / "plans").glob("*.txt"))[0]
