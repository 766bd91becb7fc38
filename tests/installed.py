"""`python -m tests.installed FOLDER`: installs Zeren from wheels as an office without a network does (安装).

A fresh environment, pip without index and cache, another working directory, an empty home: then the command `zeren`
says its version, takes a plan in, answers with its words, and nothing was written among the installed packages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT


def main(wheels: Path) -> None:
    """Raises `CalledProcessError` where a command fails, `AssertionError` where it does not do what it should."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        environment = {"PATH": os.environ["PATH"], "HOME": made, "PYTHONUTF8": "1", "PIP_NO_CACHE_DIR": "1"}

        def run(*command: object) -> str:
            done = subprocess.run(
                [*map(str, command)], cwd=place, env=environment, capture_output=True, encoding="utf-8", check=False
            )
            if done.returncode:
                raise SystemExit(f"{command} → {done.returncode}\n{done.stdout}{done.stderr}")
            return done.stdout

        run(sys.executable, "-m", "venv", "python")
        bin = place / "python" / ("Scripts" if os.name == "nt" else "bin")
        run(
            bin / "python",
            "-m",
            "pip",
            "install",
            "--no-index",
            "--no-deps",
            "--find-links",
            wheels,
            *wheels.glob("*.whl"),
        )
        packages = Path(run(bin / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        before = _files(packages)
        print(run(bin / "zeren", "--version").strip())
        run(bin / "zeren", "ingest", ROOT / "data" / "plans")
        answer = run(bin / "zeren", "ask", "食药监分局牵头哪些任务")
        assert "食品安全信用" in answer, answer
        assert _files(packages) == before, sorted(_files(packages) - before)[:5]
        assert any(place.rglob("library.sqlite")), "no library in the home of its user"
        print(f"installed from {wheels.name}, {len(list(wheels.glob('*.whl')))} wheels, no network: answered")


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "__pycache__" not in path.parts}


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
