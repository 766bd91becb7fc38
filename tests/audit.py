"""`python -m tests.audit`: known vulnerabilities of what is shipped, as far as the registry tells of them (审计).

Part of `make check`. A registry that cannot be asked, or knows nothing of advisories, is said in a sentence and is no
failure: `make check` must pass on a machine without a network. A vulnerability fails, unless `[tool.zeren.accepted]`
in `pyproject.toml` says why it does not concern Zeren.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.conftest import ROOT

LIMIT = 120
"""Seconds for the whole audit."""

COMMAND = (
    sys.executable, "-m", "pip_audit", "-r", "requirements.txt", "--disable-pip", "--require-hashes", "-f", "json",
    "--progress-spinner", "off", "--timeout", "10", "--aliases", "on",
)  # fmt: skip
_USAGE = 2


@dataclass(frozen=True)
class Ran:
    """How the tool ended: its status, None where it took too long, and what it printed."""

    status: int | None
    out: str
    error: str


def ask() -> Ran:
    """Runs the tool."""
    try:
        done = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return Ran(None, "", "")
    return Ran(done.returncode, done.stdout, done.stderr)


def judged(ran: Ran, accepted: Mapping[str, str]) -> tuple[int, list[str]]:
    """The exit status, and what to say."""
    if ran.status is None:
        return 0, [f"pip-audit: not audited, no answer within {LIMIT} s"]
    if ran.status == _USAGE:
        return 1, [f"pip-audit: {_last(ran.error)}"]
    try:
        asked: list[dict[str, Any]] = json.loads(ran.out)["dependencies"]
    except ValueError:
        return 0, [f"pip-audit: not audited, the registry could not be asked: {_last(ran.error)}"]
    unknown = [each["name"] for each in asked if "skip_reason" in each]
    if len(unknown) == len(asked):
        return 0, [f"pip-audit: not audited, the registry here tells of no advisories ({len(asked)} packages asked)"]
    found = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for each in asked
        for fault in each.get("vulns", ())
        if not {fault["id"], *fault.get("aliases", ())} & set(accepted)
    ]
    said = [f"pip-audit: {len(asked) - len(unknown)} packages audited, {len(found)} vulnerabilities", *found]
    if unknown:
        said.append(f"pip-audit: not known to the registry: {', '.join(unknown)}")
    return int(bool(found)), said


def _last(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def main(asking: Callable[[], Ran] = ask) -> int:
    """Asks, and says what was told."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    status, said = judged(asking(), settings["tool"]["zeren"]["accepted"])
    print(*said, sep="\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
