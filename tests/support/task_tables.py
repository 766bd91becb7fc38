"""Plans made of tables, for tests: rows of plain strings, cells that reach down, sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.language.lexicon import Lexicon
from ingest.model import Plan, Source, Task
from ingest.parse import parse_plan
from ingest.reading import CellText, ReadingBuilder

Rows = Sequence[Sequence[str | CellText | None]]
"""A table: a string is the cell at its place, None a place that a merged cell covers or that is empty."""


def plan_of(lexicon: Lexicon, *parts: str | Rows, title: str = "松河市2024年重点任务清单") -> Plan:
    """The plan that these paragraphs and tables make, in order."""
    builder = ReadingBuilder()
    builder.paragraph(title)
    for part in parts:
        if isinstance(part, str):
            builder.paragraph(part)
            continue
        builder.begin_table()
        for row in part:
            builder.row([*_cells(row)])
    reading = builder.done()
    source = Source("plan.docx", "docx", b"", "", reading.text, reading.pages, reading.cells)
    return parse_plan(source, lexicon)


def _cells(row: Sequence[str | CellText | None]) -> Iterable[CellText]:
    for column, cell in enumerate(row, 1):
        if cell is not None:
            yield CellText(column, cell) if isinstance(cell, str) else cell


def who(task: Task) -> list[tuple[str, str]]:
    """Role and name of each unit of a task."""
    return [(each.role, each.mention.text) for each in task.assignments]


def said(plan: Plan) -> list[tuple[str, list[tuple[str, str]], list[str | None]]]:
    """What each task says: its text, its units with roles, its days."""
    return [(task.text, who(task), [each.due for each in task.deadlines]) for task in plan.tasks]
