"""A month without a year belongs to the year of the nearest title, else to the plan's."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import Lexicon
from ingest.model import Source
from ingest.parse import parse_plan
from ingest.reading import CellText, ReadingBuilder

TASK = "（一）修建道路，完善设施。11月底前完成。（市住建局负责）\n"
NO_YEAR = "松河市重点工作方案\n"
OF_2024 = "松河市2024年重点工作方案\n"


def due(text: str, lexicon: Lexicon) -> list[str | None]:
    plan = parse_plan(Source("plan.txt", "txt", b"", "", text), lexicon)
    return [each.due for task in plan.tasks for each in task.deadlines]


def due_in_table(before: str, lexicon: Lexicon) -> list[str | None]:
    builder = ReadingBuilder()
    for paragraph in before.splitlines():
        builder.paragraph(paragraph)
    builder.begin_table()
    for row in (["工作任务", "责任单位", "完成时限"], ["修建道路，完善设施。", "市住建局", "11月"]):
        builder.row([CellText(n, said) for n, said in enumerate(row, 1)])
    reading = builder.done()
    source = Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells)
    return [each.due for task in parse_plan(source, lexicon).tasks for each in task.deadlines]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"{OF_2024}一、工作\n{TASK}", "2024"),
        (f"{OF_2024}一、工作\n附件1\n松河市2025年工作任务清单\n一、工作\n{TASK}", "2025"),
        (f"{OF_2024}一、工作\n（二）巩固2023年整治工作成果\n{TASK}", "2024"),
        (f"{OF_2024}一、工作\n附件1\n2023—2025年项目清单\n一、工作\n{TASK}", "2024"),
        (f"{NO_YEAR}各单位：\n现将2019年民生实事目标任务分解给你们，请抓好落实。\n一、工作\n{TASK}", "2019"),
        (f"{NO_YEAR}为落实2020年以来的部署，制定本方案。\n一、工作\n{TASK}", None),
    ],
)
def test_the_nearest_title_says_the_year(text: str, year: str | None, lexicon: Lexicon) -> None:
    assert due(text, lexicon) == [f"{year}-11-30" if year else None]


def test_behind_an_annex_of_another_year_the_plans_own_is_in_force_again(lexicon: Lexicon) -> None:
    text = f"{OF_2024}一、工作\n附件1\n2025年工作任务清单\n一、工作\n{TASK}附件2\n保障措施清单\n一、工作\n{TASK}"
    assert due(text, lexicon) == ["2025-11-30", "2024-11-30"]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("人工智能创新发展2026年工作任务清单", "2026"),
        ("2025年度重点项目表", "2025"),
        ("重点项目表", "2024"),
        ("截至2022年底已建成项目表", "2024"),
    ],
)
def test_a_title_above_a_table_does_too(title: str, year: str, lexicon: Lexicon) -> None:
    assert due_in_table(f"{OF_2024}一、工作\n{title}", lexicon) == [f"{year}-11-30"]
