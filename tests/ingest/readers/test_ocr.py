"""A page that is a picture is read by what recognises its words, where there is such a thing, and says so."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ingest.errors import ScannedFile
from ingest.page.ink import Box
from ingest.page.recognised import SeenLine
from ingest.readers.pdf import read as reader
from ingest.readers.pdf.file import open_pdf
from ingest.readers.pdf.ocr import MAX_RECOGNISED, ocr_is_installed
from ingest.readers.pdf.read import read_pdf
from ingest.reading import Reading
from ingest.sandbox.parent import Sandbox
from tests.conftest import ROOT
from tests.support.pdf_writer import HEIGHT, LONG, SIZE, WIDTH, drawn, lines, text_page

needs_ocr = pytest.mark.skipif(not ocr_is_installed(), reason="the extra ocr is not installed (make ocr)")

PLAN = (
    "松河市2024年管网改造方案",
    "一、重点任务",
    "（一）推进管网改造。年底前完成35公里。（市水务局牵头，",
    "市财政局配合）",
)


def scan(canvas: Canvas, said: str = "") -> None:
    """A page that is a picture, with a few words set below it."""
    canvas.drawImage(ImageReader(io.BytesIO(b"P6 1 1 255 \x80\x80\x80")), 0, 0, WIDTH, HEIGHT)
    canvas.drawString(80, 30, said)


class Eyes:
    """Recognises the same lines on every picture, and keeps how large the pictures were."""

    def __init__(self, *said: str) -> None:
        self.said = said
        self.sizes: list[tuple[float, float]] = []

    def __call__(self, picture: Any, scale: float) -> Sequence[SeenLine]:
        self.sizes.append((round(picture.shape[1] / scale), round(picture.shape[0] / scale)))
        return [
            SeenLine(said, Box(80.0, 100.0 + 29 * n, 80.0 + SIZE * len(said), 116.0 + 29 * n))
            for n, said in enumerate(self.said)
        ]


class Dots:
    """A picture as the eyes see it: rows and columns."""

    def __init__(self, width: float, height: float) -> None:
        self.shape = (int(height), int(width), 3)


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures without what draws them, which the extra brings."""

    def picture(document: Any, number: int) -> tuple[Dots, float]:
        width, height = document[number - 1].get_size()
        return Dots(2 * width, 2 * height), 2.0

    monkeypatch.setattr(reader, "picture_of", picture)


def codes(reading: Reading) -> list[tuple[str, dict[str, str]]]:
    return [(doubt.code, doubt.params) for doubt in reading.doubts]


@pytest.mark.usefixtures("pictures")
def test_a_scan_is_read_line_by_line() -> None:
    eyes = Eyes(*PLAN)
    reading = read_pdf(drawn(scan), "plan.pdf", eyes)
    assert "".join(lines(reading)) == "".join(PLAN)
    assert eyes.sizes == [(round(WIDTH), round(HEIGHT))]


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize("scans", [1, 2, 3])
def test_each_recognised_page_is_doubted(scans: int) -> None:
    reading = read_pdf(drawn(text_page(LONG), *[scan] * scans), "plan.pdf", Eyes("管网改造。"))
    assert codes(reading) == [("read-by-ocr", {"page": str(page)}) for page in range(2, scans + 2)]


@pytest.mark.usefixtures("pictures")
def test_a_page_of_text_is_not_looked_at() -> None:
    eyes = Eyes("管网改造。")
    reading = read_pdf(drawn(text_page(LONG)), "plan.pdf", eyes)
    assert (eyes.sizes, codes(reading), lines(reading)) == ([], [], [LONG])


@pytest.mark.usefixtures("pictures")
def test_a_picture_without_words_is_a_scan_as_before() -> None:
    assert codes(read_pdf(drawn(text_page(LONG), scan), "plan.pdf", Eyes())) == [("scanned-pages", {"pages": "2"})]
    with pytest.raises(ScannedFile):
        read_pdf(drawn(scan), "plan.pdf", Eyes())


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize(("said", "seen"), [("- 2 -", "—2—"), ("扫描全能王", "扫描全能王"), ("", "")])
def test_what_is_set_below_a_picture_without_words_is_nothing_to_read(said: str, seen: str) -> None:
    pages = drawn(text_page(LONG), lambda canvas: scan(canvas, said))
    assert codes(read_pdf(pages, "plan.pdf", Eyes(seen))) == [("scanned-pages", {"pages": "2"})]


@pytest.mark.usefixtures("pictures")
def test_pages_beyond_the_most_are_told_as_scans() -> None:
    reading = read_pdf(drawn(*[scan] * (MAX_RECOGNISED + 2)), "plan.pdf", Eyes("管网改造。"))
    said = codes(reading)
    assert sum(code == "read-by-ocr" for code, _ in said) == MAX_RECOGNISED
    assert ("scanned-pages", {"pages": f"{MAX_RECOGNISED + 1}-{MAX_RECOGNISED + 2}"}) in said


@needs_ocr
def test_a_scanned_plan_is_read_in_the_child_that_may_do_nothing_else(tmp_path: Path) -> None:
    printed = [
        "松河市2024年管网改造工作方案",
        "一、重点任务",
        "1.推进管网改造，年底前完成改造35公里。（市水务局牵头，市财政局配合）",
    ]
    with open_pdf(drawn(text_page(*printed)), "plan.pdf") as document:
        picture = document[0].render(scale=200 / 72).to_pil()

    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)

    path = tmp_path / "scan.pdf"
    path.write_bytes(drawn(page))
    with Sandbox(lexicon=ROOT / "data" / "lexicon") as sandbox:
        _, plan = sandbox.read_plan(path)
    assert [[a.mention.text for a in task.assignments] for task in plan.tasks] == [["市水务局", "市财政局"]]
    assert "read-by-ocr" in {doubt.code for doubt in plan.doubts}
