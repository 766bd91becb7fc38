"""backup, restore and library --check, as somebody at the command line meets them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph.sqlite.upkeep.backup import LIBRARY
from search.opening import open_store_at
from tests.conftest import ROOT
from tests.support.factories import a_plan
from web.cli.console import the_lexicon
from zeren import app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library that the command line opens without making anything anew."""
    store = open_store_at(tmp_path / "library", the_lexicon())
    store.save(*a_plan("一项任务"))
    store.close()
    return tmp_path / "library"


def run(*arguments: object, folder: Path) -> Result:
    return CliRunner(env={"ZEREN_LANG": "", "ZEREN_LIBRARY": str(folder)}).invoke(app, [*map(str, arguments)])


def altered(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_backup_never_overwrites_unasked(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.sqlite"
    target.write_text("somebody's")
    refused = run("backup", target, folder=folder)
    assert (refused.exit_code, target.read_text()) == (2, "somebody's")
    assert "--replace" in refused.output
    assert run("backup", target, "--replace", folder=folder).exit_code == 0
    assert target.read_bytes().startswith(b"SQLite")


def test_a_damaged_library_is_not_said_to_be_backed_up(folder: Path, tmp_path: Path) -> None:
    altered(folder / LIBRARY, "UPDATE version SET added_on = '2001'")
    done = run("backup", tmp_path / "backup.sqlite", folder=folder)
    assert done.exit_code == 2
    assert a_plan("一项任务")[1].id in done.output
    assert "已备份" not in done.output
    assert not (tmp_path / "backup.sqlite").exists()


@pytest.mark.parametrize("discards", [False, True])
def test_the_former_library_is_kept_and_named_unless_it_is_to_be_discarded(
    folder: Path, tmp_path: Path, discards: bool
) -> None:
    assert run("backup", tmp_path / "backup.sqlite", folder=folder).exit_code == 0
    done = run("restore", tmp_path / "backup.sqlite", *["--discard"] * discards, folder=folder)
    assert done.exit_code == 0
    former = folder / "library.before-restore-1.sqlite"
    assert str(former) in done.output.replace("\n", "")
    assert former.exists() is not discards


def test_nothing_is_discarded_where_the_backup_is_refused(folder: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "backup.sqlite", folder=folder).exit_code == 0
    altered(tmp_path / "backup.sqlite", "UPDATE version SET added_on = '2001'")
    before = (folder / LIBRARY).read_bytes()
    assert run("restore", tmp_path / "backup.sqlite", "--discard", folder=folder).exit_code == 2
    assert (folder / LIBRARY).read_bytes() == before


def test_a_check_says_a_sentence_for_each_finding_and_changes_nothing(folder: Path) -> None:
    sound = run("library", "--check", folder=folder)
    assert (sound.exit_code, sound.stdout.split()[0]) == (0, "核对无误")
    altered(folder / LIBRARY, "UPDATE task SET text = '？'")
    altered(folder / LIBRARY, "UPDATE version SET added_on = '2001'")
    before = (folder / LIBRARY).read_bytes()
    found = run("library", "--check", folder=folder)
    assert found.exit_code == 1
    assert [line.endswith("。") for line in found.stdout.splitlines()] == [True, True]
    assert found.stdout.count(a_plan("一项任务")[1].id) == 2
    assert (folder / LIBRARY).read_bytes() == before


def test_a_library_that_is_not_there_has_no_state(tmp_path: Path) -> None:
    for arguments in (("library",), ("library", "--check")):
        assert run(*arguments, folder=tmp_path / "none").exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_all_that_commands_write_is_its_owners_alone(tmp_path: Path) -> None:
    folder, exported = tmp_path / "new" / "library", tmp_path / "graph.export.cypher_text"
    for arguments in (("ingest", str(ROOT / "data" / "plans")), ("export", "-o", str(exported))):
        command = [sys.executable, "-m", "zeren", *arguments, "--library", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120, umask=0o022)
    files = [exported, *(path for path in folder.rglob("*") if path.is_file())]
    folders = [folder.parent, folder, *(path for path in folder.rglob("*") if path.is_dir())]
    assert any(path.parent.name.startswith("index") or "index" in path.parts for path in files)
    assert not [path for path in [*files, *folders] if path.stat().st_mode & 0o077]
    assert (folder / LIBRARY).stat().st_mode & 0o777 == exported.stat().st_mode & 0o777 == 0o600


def test_a_librarys_state_is_how_much_it_holds(folder: Path) -> None:
    assert "1 个文件" in run("library", folder=folder).output
