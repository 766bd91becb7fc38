"""The search tests once more on another distribution of whoosh: docs/search.md says how."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
SECOND = os.environ.get("ZEREN_SECOND_WHOOSH", "")
FILES = (
    "index/test_port.py", "test_recall.py", "query/test_results.py", "test_catalog.py",
    "whoosh/test_handed_over.py", "whoosh/test_segments.py", "test_unwritable.py",
)  # fmt: skip


@pytest.mark.skipif(not SECOND, reason="ZEREN_SECOND_WHOOSH names no folder with another whoosh")
@pytest.mark.parametrize("file", FILES)
def test_search_does_the_same_on_a_second_distribution(file: str) -> None:
    environment = {**os.environ, "PYTHONPATH": SECOND, "ZEREN_SECOND_WHOOSH": "", "PYTHONWARNINGS": "ignore"}
    where = [sys.executable, "-c", "import whoosh; print(whoosh.__file__)"]
    found = subprocess.run(
        where, env=environment, cwd=HERE.parents[1], capture_output=True, text=True, check=True
    ).stdout
    assert Path(found.strip()).is_relative_to(Path(SECOND).resolve())
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / file)],
        env=environment, cwd=HERE.parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
