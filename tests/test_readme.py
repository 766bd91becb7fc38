"""What the READMEs show is what the commands say (文档可验证)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")


def run(*arguments: str, library: Path) -> str:
    command = [sys.executable, "-m", "zeren", *arguments, "--library", str(library)]
    done = subprocess.run(command, capture_output=True, cwd=HOME, check=True, timeout=120)
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    run("ingest", "data/plans", library=folder)
    return folder


def answers(readme: str) -> list[tuple[list[str], list[str]]]:
    """Each `$ python -m zeren …` of a README with the lines that it shows."""
    blocks = re.findall(r"```text\n\$ python -m zeren (.+)\n((?:.*\n)*?)```", (HOME / readme).read_text("utf-8"))
    return [(command.split(), shown.splitlines()) for command, shown in blocks]


@pytest.mark.parametrize("readme", READMES)
def test_every_answer_in_the_readme_is_what_the_command_prints(readme: str, library: Path) -> None:
    shown = answers(readme)
    assert len(shown) == 3
    for command, lines in shown:
        said = [line.rstrip() for line in run(*command, library=library).splitlines()]
        for line in lines:
            assert line.strip() == "…" or line in said, line


@pytest.mark.parametrize("readme", READMES)
def test_every_command_in_the_readme_exists(readme: str) -> None:
    command = [sys.executable, "-m", "zeren", "--help"]
    help_text = subprocess.run(command, capture_output=True, cwd=HOME, check=True).stdout
    named = re.findall(r"`python -m zeren (\w+)", (HOME / readme).read_text("utf-8"))
    assert named
    for command in named:
        assert f" {command} " in help_text.decode("utf-8"), command
