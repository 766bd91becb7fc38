"""The table of formats: whole, told to people, and read with no library that the file does not need."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.readers.formats import FORMAT_OF, FORMATS, KIND_OF_SUFFIX, READABLE, FileFormat
from tests.conftest import ROOT
from web.words import wording
from web.words.wording import say

LIBRARIES = ("openpyxl", "pypdfium2", "python_calamine", "selectolax")


def test_no_two_formats_have_one_name_or_one_suffix() -> None:
    assert len(FORMAT_OF) == len(FORMATS)
    assert len(KIND_OF_SUFFIX) == sum(len(row.suffixes) for row in FORMATS)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.kind)
def test_a_format_is_read_or_becomes_one_that_is(row: FileFormat) -> None:
    assert not (row.reader and row.becomes)
    assert row.becomes is None or row.becomes in READABLE
    asked = inspect.signature(row.reader()).parameters.values() if row.reader else ()
    assert row.reader is None or sum(each.default is each.empty for each in asked) == 2


def loaded_by(file: Path) -> set[str]:
    """The libraries for files that a new process has loaded after it has read a file."""
    code = (
        "import sys; from pathlib import Path; from ingest.readers.read import read_source;"
        f"read_source(Path(sys.argv[1])); print(*({set(LIBRARIES)!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, file], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_text_file_loads_no_library_of_other_formats(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("一、加强监管。（市教育局负责）\n", "utf-8")
    assert loaded_by(file) == set()


def test_a_file_loads_the_library_of_its_format_alone() -> None:
    assert loaded_by(ROOT / "tests" / "samples" / "table.libreoffice.xlsx") == {"openpyxl"}


def test_who_brings_another_format_is_told_all_that_can_be_read() -> None:
    said = say(wording.ERRORS, "unsupported-format", {"format": ".pptx", "path": "x.pptx"})
    assert " / ".join(READABLE) in said


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_format(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    office = [row.kind for row in FORMATS if row.becomes and row.by_office]
    assert not [kind for kind in (*READABLE, *office) if not re.search(rf"(?<![.\w]){kind}(?![.\w])", text)]


def test_the_reference_lists_every_suffix_and_no_other() -> None:
    text = " ".join((ROOT / "docs" / "extract.md").read_text("utf-8").split())
    told = re.search(r"\*\*Files\.\*\* ([\w, ]+) are read directly.+? page\. ([\w, ]+), and the XML", text)
    assert told is not None
    direct, converted = (set(re.split(r", | and ", listed)) for listed in told.groups())
    assert direct == {suffix[1:] for row in FORMATS if row.reader for suffix in row.suffixes if suffix}
    assert converted == {suffix[1:] for row in FORMATS if row.becomes for suffix in row.suffixes}
