"""`zeren ingest` replaces nothing by less unasked, takes no README for a plan, and says so both times."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from zeren import app

HEAD = "测试发〔2021〕1号\n平川市人民政府\n关于印发工作要点的通知\n2021年5月24日\n平川市2021年工作要点\n一、重点任务\n"
TASKS = ("完善食品安全制度", "开展农产品抽检", "推广明厨亮灶", "组织应急演练", "建立追溯体系")
ID = "平川市-测试发-2021-1"


def a_plan_file(folder: Path, name: str, count: int) -> Path:
    """A plan with the first tasks of `TASKS`."""
    body = "".join(f"{nth}.{task}。（教育局牵头，财政局配合）\n" for nth, task in enumerate(TASKS[:count], 1))
    file = folder / name
    file.write_text(HEAD + body, encoding="utf-8")
    return file


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library that holds the whole plan."""
    folder = tmp_path / "library"
    assert run("ingest", a_plan_file(tmp_path, "whole.txt", 5), library=folder).exit_code == 0
    return folder


def run(*arguments: object, library: Path, lang: str = "") -> Result:
    return CliRunner(env={"ZEREN_LANG": lang, "ZEREN_LIBRARY": str(library), "COLUMNS": "200"}).invoke(
        app, [*map(str, arguments)]
    )


def test_a_file_with_less_says_what_would_go_and_is_kept_aside(library: Path, tmp_path: Path) -> None:
    said = run("ingest", a_plan_file(tmp_path, "part.txt", 1), library=library)
    assert said.exit_code == 0
    first, gone, how = said.output.strip().splitlines()
    assert first.split() == ["已存，未采用", "part.txt", ID]
    assert "原有 5 项任务，这一版没有其中 4 项" in gone
    assert [task in gone for task in TASKS] == [False, True, True, True, False], "a few are named"
    assert ("第 2 版" in how, "仍是第 1 版" in how, "--replace" in how) == (True, True, True)
    assert "5" in run("list", library=library).output
    assert "共 5 条" in run("ask", "教育局牵头哪些任务", library=library).output


def test_the_file_is_shown_with_the_version_that_answers(library: Path, tmp_path: Path) -> None:
    run("ingest", a_plan_file(tmp_path, "part.txt", 2), library=library)
    shown = run("show", ID, library=library).output
    aside, answering = shown.index("未采用"), shown.index("现在采用")
    assert aside < shown.index("part.txt") < answering < shown.index("whole.txt")
    assert ("任务 2" in shown, "任务 5" in shown) == (True, True)


def test_asked_to_replace_it_answers_and_says_what_went(library: Path, tmp_path: Path) -> None:
    part = a_plan_file(tmp_path, "part.txt", 4)
    run("ingest", part, library=library)
    said = run("ingest", "--replace", part, library=library)
    assert (said.exit_code, said.output.split()[0]) == (0, "新版本")
    assert ("建立追溯体系" in said.output, "--replace" in said.output) == (True, False)
    assert "共 4 条" in run("ask", "教育局牵头哪些任务", library=library).output


def test_it_is_said_in_english_too(library: Path, tmp_path: Path) -> None:
    said = run("ingest", a_plan_file(tmp_path, "part.txt", 1), library=library, lang="en").output
    assert ("kept, not in use" in said, "Of 5 tasks this version lacks 4" in said) == (True, True)
    assert "version 1 still answers" in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "# plans\n\nDownloaded from the web.\n"),
        ("说明.txt", "数据说明\n这里的文件从网上下载，仅供学习。\n"),
        ("names.csv.txt", "姓名,学号\n张三,1\n"),
    ],
)
def test_what_is_no_official_document_is_refused_unless_it_is_wanted_anyway(
    library: Path, tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    said = run("ingest", file, a_plan_file(tmp_path, "more.txt", 5), library=library)
    assert said.exit_code == 2
    refused = next(line for line in said.output.splitlines() if name in line)
    assert (refused.split()[0], "不像公文" in refused, "--anyway" in refused) == ("未收", True, True)
    assert run("ingest", file, "--anyway", library=library).exit_code == 0
    for command in ("extract", "text"):
        assert run(command, file, library=library).exit_code == 0


def test_a_notice_that_assigns_nobody_is_taken_and_no_share_of_it_is_said_to_be_read(
    library: Path, tmp_path: Path
) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text("平川市关于调整办公时间的通知\n自5月1日起，上午8时上班。\n", encoding="utf-8")
    assert run("ingest", notice, library=library).exit_code == 0
    listed = run("list", library=library).output
    (row,) = (line for line in listed.splitlines() if "平川市关于" in line)
    assert (row.rstrip().endswith("—"), "100" in row) == (True, False)
