"""Files are read in a child process (隔离读取): what goes wrong there ends the child and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from ingest.errors import DamagedFile, EmptyFile, FileTooHard, FileTooLarge, UnreadableFile, ZerenError
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Source, to_json
from ingest.parse import parse_plan
from ingest.readers.read import read_source, source_of
from ingest.sandbox.parent import Sandbox
from ingest.sandbox.protocol import ChildAnswer, Limits, Request, Stopped, ToParse
from tests.conftest import LEXICON, ROOT
from tests.fuzz.nasty import drawn_without_end
from tests.ingest.files.test_convert import needs_office
from tests.support.docx_writer import docx, p
from web.cli import console
from web.cli import library as commands_library
from web.cli import reading as commands_reading

PLAN = next((ROOT / "data" / "plans").glob("*.txt"))
SHEET = next((ROOT / "tests" / "corpus" / "open").glob("linjiang*.xlsx"))
OLD = ROOT / "tests" / "samples" / "table.libreoffice.doc"
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to every limit")


SAMPLES = sorted(
    path
    for path in [
        PLAN,
        *(ROOT / "tests" / "samples").iterdir(),
        *(ROOT / "tests" / "corpus" / "blind").glob("E0*"),
        *(ROOT / "tests" / "fuzz" / "crashers").rglob("*.*"),
    ]
    if path.suffix not in (".md", ".py", ".json") and path.is_file()
)
CONVERTED = {".doc", ".rtf", ".xls"}
HARD_TO_PARSE = ("1.检查（市教育局牵头，市公安局配合）。" * 200_000).encode()
"""Read in no time; the rules that make a plan of it take many seconds."""

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


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(lexicon=LEXICON) as made:
        yield made


@pytest.mark.parametrize("file", [
    pytest.param(file, marks=[needs_office] if file.suffix in CONVERTED else [], id=file.name) for file in SAMPLES
])  # fmt: skip
def test_a_plan_made_in_isolation_is_the_plan(file: Path, sandbox: Sandbox, lexicon: Lexicon) -> None:
    def here() -> tuple[Source, Plan]:
        source = source_of(file.read_bytes(), file.name)
        return source, parse_plan(source, lexicon)

    def there() -> tuple[Source, Plan]:
        return sandbox.plan_of(file.read_bytes(), file.name)

    outcome = outcome_of(here)
    assert outcome_of(there) == outcome
    if not isinstance(outcome[0], type):
        assert sandbox.parse(outcome[0]) == outcome[1]
        assert to_json(sandbox.parse(outcome[0])) == to_json(outcome[1])


def outcome_of(read: Callable[[], tuple[Source, Plan]]) -> tuple[Any, Any]:
    try:
        return read()
    except ZerenError as error:
        return type(error), error.params


def test_the_offices_own_units_are_known_to_the_child(tmp_path: Path) -> None:
    units = tmp_path / "units.local.csv"
    units.write_text("name,names\n责任办,责任办公室\n", "utf-8")
    data = "关于印发工作要点的通知\n一、检查（责任办公室牵头）。\n".encode()
    lexicon = load_lexicon(LEXICON, units)
    with Sandbox(lexicon=LEXICON, local_units=units) as sandbox:
        assert sandbox.plan_of(data, "a.txt")[1] == parse_plan(source_of(data, "a.txt"), lexicon)


def test_a_text_that_takes_too_long_to_parse_is_stopped_and_the_next_one_is_parsed(lexicon: Lexicon) -> None:
    with Sandbox(Limits(seconds=3), LEXICON) as sandbox:
        source = sandbox.source_of(HARD_TO_PARSE, "hard.txt")
        for parse in (lambda: sandbox.plan_of(HARD_TO_PARSE, "hard.txt"), lambda: sandbox.parse(source)):
            with pytest.raises(FileTooHard) as refused:
                parse()
            assert refused.value.params == {"path": "hard.txt", "reason": "timeout"}
        assert sandbox.read_plan(PLAN)[1] == parse_plan(read_source(PLAN), lexicon)


def test_no_command_parses_a_text_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each is given a child that stops one of two files: the other one is answered, the first one refused."""
    plans, library = tmp_path / "plans", str(tmp_path / "library")
    plans.mkdir()
    (plans / "a.txt").write_bytes(HARD_TO_PARSE[:3000])
    (plans / "b.txt").write_bytes(PLAN.read_bytes())
    with Sandbox(lexicon=LEXICON) as made:
        monkeypatch.setattr(console, "sandbox", lambda: made)
        monkeypatch.setattr(commands_library, "sandbox", lambda: made)
        monkeypatch.setattr(commands_reading, "sandbox", lambda: made)
        assert commands_library.take_in_all([plans], library) == 0

        real = made._ask

        def stopping(request: Request) -> ChildAnswer:
            name = request.source.name if isinstance(request, ToParse) else request.name
            return Stopped("timeout") if name == "a.txt" else real(request)

        monkeypatch.setattr(made, "_ask", stopping)
        assert commands_library.take_in_all([plans], str(tmp_path / "other")) == 1
        with pytest.raises(typer.Exit) as stopped:
            commands_library.reread(library)
        assert stopped.value.exit_code == 2
        with pytest.raises(typer.Exit) as stopped:
            commands_reading.check([plans])
        assert stopped.value.exit_code == 2
        with pytest.raises(typer.Exit) as stopped:
            commands_reading.extract(plans / "a.txt")
        assert stopped.value.exit_code == 2
    with console.the_store(library) as store:
        assert len(store.plans()) == 2
    with console.the_store(str(tmp_path / "other")) as store:
        assert len(store.plans()) == 1


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
    "os.write(held, b'a')", "[os.open(os.__file__, os.O_RDONLY) for _ in range(100)]", "bytes(1 << 30)",
])  # fmt: skip
def test_the_child_writes_nothing_opens_little_and_holds_no_more_than_it_may(attempt: str, tmp_path: Path) -> None:
    opened = "held = os.open('out', os.O_WRONLY | os.O_CREAT)"
    program = f"from ingest.sandbox.child import *\n{opened}\nconfine(Limits())\n{attempt}"
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
    late = {"ingest.sandbox.parent", "ingest.readers.read", "ingest.files.convert"}
    asked = f"import sys, zeren; print(sorted({late} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
