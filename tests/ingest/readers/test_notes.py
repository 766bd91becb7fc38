"""Footnotes and endnotes of a Word file: read behind the document, cited from where they stand, in no task's text."""

from __future__ import annotations

import pytest

from ingest.language.lexicon import load_lexicon
from ingest.model import Plan
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from tests.conftest import LEXICON
from tests.support.docx_writer import docx, p, row, table, tc

SHIPPED = load_lexicon(LEXICON)
NOTE = "依据《城市地下管网条例》（松政发〔2022〕8号）。"


def mark(kind: str) -> str:
    return f'<w:r><w:{kind}Reference w:id="2"/></w:r>'


def read(kind: str, body: str) -> tuple[Plan, str]:
    notes = {f"{kind}s": f'<w:{kind} w:id="2">{p(NOTE)}</w:{kind}>'}
    source = source_of(docx(p("松河市2024年重点工作任务分解方案") + p("一、重点任务") + body, notes), "plan.docx")
    return parse_plan(source, SHIPPED), source.text


def bodies(kind: str) -> dict[str, str]:
    heads = row("序号", "重点任务", "责任单位")
    return {
        "amid the text": p("（一）推进管网改造。改造老旧管网", mark(kind), "35公里。（市水务局负责）"),
        "statement in the next paragraph": p("（一）推进管网改造。", mark(kind), "改造老旧管网35公里。")
        + p("（市水务局负责）"),
        "in a table": table(heads + row("1", tc(p("改造老旧管网35公里。", mark(kind))), "市水务局")),
    }


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("where", list(bodies("footnote")))
def test_a_note_is_cited_and_in_no_task(kind: str, where: str) -> None:
    plan, text = read(kind, bodies(kind)[where] + p("二、保障措施") + p("加强领导。"))
    assert text.endswith(NOTE + "\n")
    assert [(each.title, each.document_number) for each in plan.citations] == [
        ("城市地下管网条例", "松政发〔2022〕8号")
    ]
    assert plan.citations[0].span.of(text) in NOTE
    assert [task.text for task in plan.tasks] == ["改造老旧管网35公里。"]
    assert [each.mention for task in plan.tasks for each in task.assignments]
