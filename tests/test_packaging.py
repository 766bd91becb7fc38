"""The wheel that `pip install .` makes: everything that the program reads is in it, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ingest.folders import VERSION
from tests.conftest import ROOT

PACKAGES = ("graph", "ingest", "search", "web")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (made,) = folder.glob(f"zeren-{VERSION}-*.whl")
    with zipfile.ZipFile(made) as wheel:
        return {*wheel.namelist()}


def test_all_code_templates_styles_and_queries_are_in_it(names: set[str]) -> None:
    here = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert here - names == set()
    assert "zeren.py" in names


def test_the_vocabulary_is_in_it_under_a_name_that_is_nobody_elses(names: set[str]) -> None:
    lexicon = {f"zeren_data/lexicon/{path.name}" for path in (ROOT / "data" / "lexicon").iterdir()}
    assert lexicon | {"zeren_data/questions.toml"} == {name for name in names if name.startswith("zeren_data/")}


def test_nothing_else_is_in_it(names: set[str]) -> None:
    folders = {Path(name).parts[0] for name in names}
    assert folders == {*PACKAGES, "zeren.py", "zeren_data", f"zeren-{VERSION}.dist-info"}
