"""Files are read in a child process (隔离读取): what goes wrong there ends the child and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import DamagedFile, EmptyFile, FileTooHard, FileTooLarge, UnreadableFile
from ingest.read import read_source
from ingest.sandbox import Limits, Sandbox
from tests.conftest import ROOT
from tests.docx_writer import docx, p
from tests.fuzz.nasty import drawn_without_end
from tests.test_ingest_convert import needs_office

PLAN = next((ROOT / "data" / "plans").glob("*.txt"))
SHEET = next((ROOT / "tests" / "corpus" / "open").glob("linjiang*.xlsx"))
OLD = ROOT / "tests" / "samples" / "table.libreoffice.doc"
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to every limit")


LONG = ("<html>" + "<p>检查（市教育局牵头）。" * 500_000).encode()
"""A page that takes many seconds to read."""
LARGE = docx(p("检查") * 100_000)
"""A file whose tree takes a hundred megabytes."""


def why(refused: pytest.ExceptionInfo[FileTooHard]) -> str | int:
    return refused.value.params["reason"]


@pytest.mark.parametrize("file", [PLAN, SHEET, pytest.param(OLD, marks=needs_office)], ids=lambda file: file.suffix)
def test_a_file_is_read_as_it_is_read_without_a_child(file: Path) -> None:
    with Sandbox() as sandbox:
        assert sandbox.read(file) == read_source(file)


def test_an_error_of_the_reader_is_the_same_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04")
    with Sandbox() as sandbox:
        with pytest.raises(EmptyFile):
            sandbox.read(tmp_path / "empty.txt")
        with pytest.raises(UnreadableFile):
            sandbox.read(tmp_path / "none.txt")
        with pytest.raises(FileTooLarge):
            sandbox.read(PLAN, limit=10)
        with pytest.raises(DamagedFile) as refused:
            sandbox.read(tmp_path / "broken.docx")
    assert refused.value.params == {"path": str(tmp_path / "broken.docx"), "reason": "not-zip"}


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_is_read() -> None:
    with Sandbox(Limits(seconds=4)) as sandbox:
        with pytest.raises(FileTooHard) as refused:
            sandbox.source_of(LONG, "long.html")
        assert why(refused) == "timeout"
        assert sandbox.read(PLAN) == read_source(PLAN)


@linux
def test_a_file_that_takes_too_much_memory_is_stopped_and_the_next_one_is_read() -> None:
    with Sandbox(Limits(memory=150 << 20)) as sandbox:
        sandbox.read(PLAN)
        with pytest.raises(FileTooHard) as refused:
            sandbox.source_of(LARGE, "large.docx")
        assert why(refused) == "memory"
        assert sandbox.read(PLAN) == read_source(PLAN)


@linux
@pytest.mark.parametrize("name", drawn_without_end())
def test_a_library_that_dies_of_a_file_takes_nothing_with_it(name: str) -> None:
    with Sandbox(Limits(memory=300 << 20)) as sandbox:
        with pytest.raises(FileTooHard) as refused:
            sandbox.source_of(drawn_without_end()[name], name)
        assert why(refused) == "crash"
        assert sandbox.read(PLAN) == read_source(PLAN)


def test_many_files_share_one_child() -> None:
    with Sandbox() as sandbox:
        sandbox.read(PLAN)
        first = sandbox._child
        with pytest.raises(EmptyFile):
            sandbox.source_of(b"", "empty.txt")
        sandbox.read(SHEET)
        assert sandbox._child is first


def test_what_the_user_has_in_the_folder_is_no_module_of_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "msgspec.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    with Sandbox() as sandbox:
        assert sandbox.read(PLAN).text


@linux
@pytest.mark.parametrize("attempt", [
    "open('out', 'wb', 0).write(b'a')", "[open('/dev/null') for _ in range(100)]", "bytes(1 << 30)",
])  # fmt: skip
def test_the_child_writes_nothing_opens_little_and_holds_no_more_than_it_may(attempt: str, tmp_path: Path) -> None:
    program = f"from ingest.sandbox_child import *\nconfine(Limits())\n{attempt}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(("OSError: [Errno 27]", "OSError: [Errno 24]", "MemoryError"))


def zeren(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zeren", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


@linux
def test_a_hostile_file_is_refused_and_the_library_takes_in_the_others(tmp_path: Path) -> None:
    plans, library = tmp_path / "plans", str(tmp_path / "library")
    plans.mkdir()
    (plans / "a.pdf").write_bytes(drawn_without_end()["circle.pdf"])
    (plans / "b.txt").write_bytes(PLAN.read_bytes())
    done = zeren("ingest", str(plans), "--library", library)
    assert done.returncode == 2
    assert "a.pdf" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(zeren("list", "--library", library).stdout.splitlines()) >= 1
    assert zeren("ask", "哪些任务没有时限", "--library", library).returncode == 0


def test_a_question_loads_no_reader() -> None:
    asked = "import sys, zeren; print(sorted({'ingest.sandbox', 'ingest.read', 'ingest.convert'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
