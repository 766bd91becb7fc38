"""What a terminal obeys never reaches it (控制字符): from plans, file names and errors, by any command."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rich.progress import Progress
from rich.table import Table

from ingest.errors import EmptyFile
from search.questions import reply
from tests.conftest import ROOT
from tests.support.search_library import a_catalog, a_plan_of
from web.cli.console import files_in
from web.cli.terminal import Screen, Terminal
from web.pages.reply import reply_view
from web.queries.labels import labels_in
from web.words.harmless import harmless, harmless_json

if sys.platform != "win32":
    import pty

EVIL = "\x1b]0;名\x07\x1b[2J\x9b31m\x9d0;\x85\x7f\x00\x08\u202e令\u2066\r"
OBEYED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
OWN = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
"""The colours and cursor moves that rich makes; no plan says them, for ESC is not left in any."""

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def test_nothing_that_a_screen_shows_is_obeyed(tmp_path: Path) -> None:
    said = io.StringIO()
    screen = Screen(file=said, width=200, highlight=False, soft_wrap=True)
    catalog = a_catalog(tmp_path, a_plan_of([f"开展抽检{EVIL}一次"]))
    terminal = Terminal(screen)
    terminal.error(EmptyFile(path=EVIL))
    terminal.refused(EVIL, EmptyFile(path=EVIL))
    terminal.done("removed", title=EVIL)
    view = reply_view(reply("哪些任务没有时限", catalog, date(2021, 6, 1)), labels_in(catalog.store))
    terminal.reply(view, 5)
    terminal.results(catalog.search("抽检"))
    terminal.plans(catalog.store.plans())
    table = Table(EVIL)
    table.add_row(EVIL)
    screen.print(table)
    assert said.getvalue().count("\ufffd") > 20
    assert OBEYED.findall(said.getvalue()) == []


def test_a_bar_shows_a_files_name_without_obeying_it() -> None:
    said = io.StringIO()
    screen = Screen(file=said, width=200, force_terminal=True)
    with Progress(console=screen) as bar:
        bar.add_task("\x1b]0;名\x07\x1b[2J\x9b31m", total=2)
    shown = said.getvalue()
    assert "�]0;名" in shown
    assert "\x1b]" not in shown
    assert "\x1b[2J" not in shown
    assert OBEYED.findall(OWN.sub("", shown).replace("\r", "")) == []


@pytest.mark.parametrize("said", ["一、检查\t二\n", "a\r\nb", "页\f页"])
def test_white_space_is_no_command(said: str) -> None:
    assert harmless(said) == said


def test_json_says_the_same_in_codes() -> None:
    said = json.dumps({"name": EVIL}, ensure_ascii=False)
    assert OBEYED.findall(harmless_json(said)) == []
    assert json.loads(harmless_json(said)) == {"name": EVIL}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "zeren", *arguments]


def on_a_terminal(*arguments: str) -> str:
    """What a command writes on a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command(*arguments), cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        said = b""
        while True:
            try:
                said += os.read(ours, 65536)
            except OSError:
                break
    os.close(ours)
    return said.decode("utf-8", "replace")


PLAN = f"关于印发工作要点的通知\n一、检查{EVIL.replace(chr(0), '')}食品（市教育局牵头）。\n二、尽快整改。\n".replace(
    "\r", ""
)


@posix
@pytest.mark.parametrize("asked", [("text",), ("extract",), ("check", "--unread"), ("check", "--format", "json")])
def test_a_plan_is_harmless_on_a_terminal_and_exact_in_a_pipe(asked: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "plan\x1b[2J\x9b.txt"
    file.write_text(PLAN, "utf-8", newline="")
    shown = on_a_terminal(*asked, str(file)).replace("\r\n", "\n")
    assert OBEYED.findall(shown) == []
    if asked == ("text",):
        piped = subprocess.run(command(*asked, str(file)), cwd=ROOT, capture_output=True, check=True)
        assert piped.stdout.decode() == PLAN


@posix
def test_a_link_that_leads_out_of_a_folder_is_told_and_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, folder = tmp_path / "secret", tmp_path / "plans"
    (folder / "a").mkdir(parents=True)
    secret.mkdir()
    (secret / "kept.txt").write_text("机密", "utf-8")
    (folder / "a" / "plan.txt").write_text("一", "utf-8")
    (folder / "out.txt").symlink_to(secret / "kept.txt")
    (folder / "folder").symlink_to(secret)
    (folder / "in.txt").symlink_to(folder / "a" / "plan.txt")
    (folder / "lost.txt").symlink_to(folder / "none.txt")
    assert list(files_in([folder])) == [folder / "a" / "plan.txt", folder / "in.txt"]
    assert "out.txt" in capsys.readouterr().err
    assert list(files_in([folder / "out.txt"])) == [folder / "out.txt"]
    (tmp_path / "also").symlink_to(folder)
    assert len(list(files_in([tmp_path / "also"]))) == 2
