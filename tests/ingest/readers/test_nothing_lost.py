"""Nothing lost, nothing added: the Chinese characters of a PDF's reading text are those that pdftotext finds in it.

Page numbers, running heads and the header rows that a table repeats on each page are left out on purpose.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from functools import reduce
from itertools import product
from operator import add
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]

from ingest.readers.pdf.read import read_pdf
from ingest.reading import Reading
from tests.ingest.page.test_unruled import HEAD, WIDTHS, many, unruled
from tests.support.layout_facts import Facts
from tests.support.layout_files import FILES, TABLE_FILES
from tests.support.layouts import LAYOUTS, TABLES, Written, plans
from tests.support.pdf_writer import LONG, drawn, flowing, text_page

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
WRITERS = {name: writer for name, writer in {**FILES, **TABLE_FILES}.items() if name.endswith(".pdf")}

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext to compare with: install poppler-utils"
)


def chinese(text: str) -> Counter[str]:
    return Counter(c for c in text if "\u3400" <= c <= "\u9fff" or c >= "\U00020000")


def pdftotext(path: Path) -> str:
    """Its text without 第 3 页 共 5 页."""
    run = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, timeout=60)
    return re.sub(r"^第?\s*\d+\s*页(\s*[,，]?\s*共\s*\d+\s*页)?$", "", run.stdout.decode(), flags=re.MULTILINE)


def left_out(reading: Reading, theirs: str) -> list[Counter[str]]:
    """What may be left out: the header of each table, of one row or two, on each page after its first; lines that
    three pages or more begin or end with, on each page."""
    choices: list[list[Counter[str]]] = []
    for table in sorted({cell.table for cell in reading.cells}):
        depths = [
            chinese("".join(c.span.of(reading.text) for c in reading.cells if c.table == table and c.row <= depth))
            for depth in (1, 2)
        ]
        choices.append([Counter(), *(times(head, n) for head in depths for n in range(1, len(reading.pages)))])
    edges: Counter[str] = Counter()
    for page in theirs.split("\f"):
        lines = [line for line in re.sub(r"\d+", "", page).splitlines() if chinese(line)]
        edges.update({*lines[:2], *lines[-2:]})
    for line, count in edges.items():
        if count >= 3:
            choices.append([times(chinese(line), n) for n in (0, count - 1, count)])
    return [reduce(add, choice, Counter()) for choice in product(*choices)]


def times(characters: Counter[str], count: int) -> Counter[str]:
    return Counter({character: number * count for character, number in characters.items() if count})


def assert_whole(data: bytes, folder: Path) -> None:
    """That the reading text has each character as often as the file, but for what is left out on purpose."""
    path = folder / "plan.pdf"
    path.write_bytes(data)
    reading = read_pdf(data, path.name)
    bare = pdftotext(path)
    ours, theirs = chinese(reading.text), chinese(bare)
    assert ours - theirs == Counter(), "added"
    lost = theirs - ours
    assert not lost or lost in left_out(reading, bare), f"lost: {lost}"


@pytest.mark.parametrize("path", sorted(CORPUS.rglob("*.pdf")), ids=lambda path: path.stem)
def test_a_plan_of_the_corpus_is_read_whole(path: Path, tmp_path: Path) -> None:
    assert_whole(path.read_bytes(), tmp_path)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_plan_of_each_layout_is_read_whole(layout: str, tmp_path: Path) -> None:
    writers = [writer for name, writer in WRITERS.items() if name in FILES or layout in TABLES]

    @settings(
        max_examples=2, derandomize=True, database=None, phases=[Phase.generate], deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(drawn=plans(LAYOUTS[layout]))
    def reads_whole(drawn: tuple[Facts, Written]) -> None:
        for writer in writers:
            assert_whole(writer(drawn[1].blocks), tmp_path)

    reads_whole()


def test_running_heads_and_page_numbers_are_all_that_is_left_out(tmp_path: Path) -> None:
    pages = [text_page(f"{n}是{LONG}", LONG, number="— 1 —", head="市数据局文件") for n in "一二三四"]
    path = tmp_path / "plan.pdf"
    path.write_bytes(drawn(*pages))
    lost = chinese(pdftotext(path)) - chinese(read_pdf(path.read_bytes(), path.name).text)
    assert lost == chinese("市数据局文件" * 4)


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_without_lines_is_read_whole(repeat: int, tmp_path: Path) -> None:
    assert_whole(flowing(unruled([HEAD, *many(30)], widths=WIDTHS, repeat=repeat), size=landscape(A4)), tmp_path)
