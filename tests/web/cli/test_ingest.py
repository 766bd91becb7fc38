"""`zeren ingest` keeps plans twenty to a commit, and says of none that it is kept before it is."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOGETHER = 20

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def a_folder_of_plans(folder: Path, count: int) -> Path:
    folder.mkdir()
    for nth in range(count):
        text = (
            f"测试发〔2021〕{nth}号\n平川市人民政府\n关于印发第{nth}号工作要点的通知\n2021年5月24日\n第{nth}号工作要点\n"
            f"一、食品安全\n（一）完善第{nth}项制度。（教育局牵头，财政局配合）\n"
        )
        (folder / f"plan-{nth:03}.txt").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def ingesting(plans: Path, library: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "zeren", "ingest", str(plans), "--library", str(library)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def kept_in(library: Path) -> dict[str, int]:
    """The generation in which each plan was kept, in the order in which they were read."""
    connection = sqlite3.connect(library / "library.sqlite")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = dict(connection.execute("SELECT id, generation FROM plan"))
    finally:
        connection.close()
    return dict(sorted(rows.items(), key=lambda each: int(each[0].rpartition("-")[2])))


def test_a_plan_is_acknowledged_when_its_batch_is_kept_and_a_killed_ingest_leaves_whole_batches(
    tmp_path: Path,
) -> None:
    plans = a_folder_of_plans(tmp_path / "plans", 2 * TOGETHER + 5)
    with ingesting(plans, tmp_path / "library") as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read()
    acknowledged = [line.split()[2] for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    kept = kept_in(tmp_path / "library")
    assert acknowledged
    assert list(kept)[: len(acknowledged)] == acknowledged
    assert len(kept) in (TOGETHER, 2 * TOGETHER, 2 * TOGETHER + 5)
    assert max(Counter(kept.values()).values()) == TOGETHER


def test_a_file_that_is_refused_costs_only_itself(tmp_path: Path) -> None:
    plans = a_folder_of_plans(tmp_path / "plans", 5)
    (plans / "plan-002b.txt").write_bytes(b"")
    with ingesting(plans, tmp_path / "library") as process:
        output, _ = process.communicate(timeout=120)
    assert process.returncode == 2
    assert len(output.splitlines()) == 6
    kept = kept_in(tmp_path / "library")
    assert (len(kept), len(set(kept.values()))) == (5, 1)
