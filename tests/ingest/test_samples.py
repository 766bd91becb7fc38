"""Two plans as the programs of offices write them: every file of one plan says the same (tests/samples/README.md).

And two files of the largest kind that an office has: they are read within bounds.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.language.lexicon import Lexicon
from ingest.model import Source
from ingest.parse import parse_plan
from ingest.readers.formats import FORMAT_OF
from ingest.readers.kinds import kind_of
from ingest.readers.read import read_source, source_of
from tests.conftest import ROOT
from tests.ingest.files.test_convert import SAMPLES, needs_office
from tests.support import ofd_writer
from tests.support.docx_writer import docx, p, row, table
from tests.support.layout_files import ofd_pages
from tests.support.layouts import Block, Cell, Paragraph, Table

FACTS = {"brackets": "brackets.txt", "table": "table.listed.txt"}
"""Which text says the plan's facts: a text file has no tables, so those of the table stand there in a list."""

WITHOUT_LINES = "table.easyofd.ofd"
"""easyofd leaves a table's ruling lines out: its characters are there, its cells cannot be told apart."""


def _written(path: Path) -> object:
    data = path.read_bytes()
    marks = [needs_office] if FORMAT_OF[kind_of(data, path.name, path.name)].becomes else []
    return pytest.param(path, id=path.name, marks=marks)


FILES = [_written(path) for path in sorted(SAMPLES.glob("*.*.*")) if path.suffix != ".txt"]


def facts(source: Source, lexicon: Lexicon) -> list[tuple[object, ...]]:
    """What a plan's tasks say, in their order."""
    return [
        (
            task.section.rstrip("."),
            task.text.rstrip("。"),
            [(each.mention.text, each.mention.hat, each.role, each.stated) for each in task.assignments],
            [(each.title, each.document_number, each.role, each.articles) for each in task.citations],
            [(each.text, each.kind, each.due, each.every, each.min_count) for each in task.deadlines],
            [(each.subject, each.op, each.value, each.unit) for each in task.targets],
        )
        for task in parse_plan(source, lexicon).tasks
    ]


def hanzi(source: Source) -> Counter[str]:
    """How often each Chinese character stands in a reading text."""
    return Counter(character for character in source.text if "\u4e00" <= character <= "\u9fff")


@cache
def text_of(name: str) -> Source:
    return read_source(SAMPLES / name)


@pytest.mark.parametrize(("plan", "tasks", "assignments"), [("brackets", 6, 16), ("table", 8, 22)])
def test_the_texts_say_what_the_plans_mean(plan: str, tasks: int, assignments: int, lexicon: Lexicon) -> None:
    said = facts(text_of(FACTS[plan]), lexicon)
    assert len(said) == tasks
    assert sum(len(units) for _, _, units, *_ in said if isinstance(units, list)) == assignments


@pytest.mark.parametrize("path", FILES)
def test_a_file_says_what_the_text_of_its_plan_says(path: Path, lexicon: Lexicon) -> None:
    plan = path.name.partition(".")[0]
    source = read_source(path)
    assert hanzi(source) == hanzi(text_of(f"{plan}.txt"))
    if path.name != WITHOUT_LINES:
        assert facts(source, lexicon) == facts(text_of(FACTS[plan]), lexicon)


# -- OFD in the forms that offices' writers give it


def blocks(text: str) -> list[Block]:
    """A plan's paragraphs and its table; an empty cell is covered by the one above."""
    lines = text.splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line]
    found: list[Block] = [Paragraph(line) for line in lines if "\t" not in line]
    if rows:
        at = next(place for place, line in enumerate(lines) if "\t" in line)
        found.insert(at, Table(tuple(_cells(rows, place) for place in range(len(rows))), 1))
    return found


def _cells(rows: Sequence[Sequence[str]], place: int) -> tuple[Cell | None, ...]:
    below = [next((n for n, row in enumerate(rows[place + 1 :]) if row[column]), len(rows) - place - 1)
             for column in range(len(rows[place]))]  # fmt: skip
    return tuple(Cell(text, rows=1 + n) if text else None for text, n in zip(rows[place], below, strict=True))


def _composed(pages: Sequence[str]) -> bytes:
    """Every page is one composite object at half its size, as converters write them, on a page half as large."""
    drawn = [ofd_writer.composite(unit, scale=0.5) for unit in range(len(pages))]
    return ofd_writer.ofd(drawn, units=pages, size=(105.0, 148.5))


def _on_template(pages: Sequence[str]) -> bytes:
    """Every page is drawn over a template page with the line that stands below the head of a letter (版头)."""
    return ofd_writer.ofd(pages, templates=[ofd_writer.rule(28, 30, 182, 30)])


WRITERS: Mapping[str, Callable[[Sequence[str]], bytes]] = {
    "lines": ofd_writer.ofd,
    "glyphs": lambda pages: ofd_writer.ofd([ofd_writer.with_glyphs(page) for page in pages]),
    "composite": _composed,
    "template": _on_template,
}


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("plan", FACTS)
def test_an_ofd_says_what_the_text_of_its_plan_says(plan: str, form: str, lexicon: Lexicon) -> None:
    text = text_of(f"{plan}.txt")
    source = source_of(WRITERS[form](ofd_pages(blocks(text.text))), "plan.ofd")
    assert hanzi(source) == hanzi(text)
    assert facts(source, lexicon) == facts(text_of(FACTS[plan]), lexicon)


# -- bounds

_HEADER = ("序号", "重点任务", "牵头单位", "配合单位", "完成时限")


def _duty(number: int) -> tuple[str, ...]:
    text = f"推进第{number}项民生工程建设，完成改造{number % 90 + 10}个，覆盖率达到{number % 40 + 60}%以上"
    return str(number), text, "市住房和城乡建设局", "市财政局、市交通运输局", f"2025年{number % 12 + 1}月底前"


def large_workbook() -> bytes:
    """A sheet of 5,000 tasks."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("任务")
    for cells in (("2025年重点工作任务分解表",), _HEADER, *map(_duty, range(1, 5001))):
        sheet.append(cells)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def large_document() -> bytes:
    """2,000 paragraphs, and after each tenth a table of five tasks."""
    parts = [p("云门市2025年重点工作方案")]
    for number in range(1, 2001):
        parts.append(p(f"{number}.{_duty(number)[1]}。（市教育局牵头，市财政局、市水利局配合）"))
        if number % 10 == 0:
            parts.append(table(row(*_HEADER), *(row(*_duty(nth)) for nth in range(1, 6))))
    return docx("".join(parts))


_CHILD = """
import resource, sys, time
from pathlib import Path
from ingest.language.lexicon import load_lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source
plan = parse_plan(read_source(Path(sys.argv[1])), load_lexicon(Path("data/lexicon")))
used = resource.getrusage(resource.RUSAGE_SELF)
print(len(plan.tasks), used.ru_maxrss * (1 if sys.platform == "darwin" else 1024), used.ru_utime + used.ru_stime)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what a process used at its most")
@pytest.mark.parametrize(("name", "write", "tasks"), [
    ("large.xlsx", large_workbook, 5000), ("large.docx", large_document, 3000)])  # fmt: skip
def test_a_large_file_is_read_within_a_minute_and_a_gigabyte(
    name: str, write: Callable[[], bytes], tasks: int, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(write())
    done = subprocess.run([sys.executable, "-c", _CHILD, str(path)], cwd=ROOT, capture_output=True, check=True)
    read, memory, seconds = map(float, done.stdout.split())
    assert read == tasks
    assert memory < 1e9
    assert seconds < 60
