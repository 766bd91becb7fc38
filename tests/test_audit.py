"""The audit fails for a vulnerability and for nothing else, and says so wherever it could not be done."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.audit import COMMAND, Ran, ask, judged, main

KNOWN = {"name": "flask", "version": "3.1.3", "vulns": []}
UNKNOWN = {"name": "jieba", "skip_reason": "not found"}
BAD = {
    "name": "werkzeug", "version": "3.1.9",
    "vulns": [{"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["3.2.0"]}],
}  # fmt: skip


def told(*packages: object) -> Ran:
    return Ran(1, json.dumps({"dependencies": packages, "fixes": []}), "")


def test_a_vulnerability_fails_and_is_named_with_the_version_that_mends_it() -> None:
    status, said = judged(told(KNOWN, BAD), {})
    assert status == 1
    assert said == ["pip-audit: 2 packages audited, 1 vulnerabilities", "werkzeug 3.1.9: PYSEC-2026-1, mended in 3.2.0"]


@pytest.mark.parametrize("id", ["PYSEC-2026-1", "CVE-2026-1"])
def test_one_that_is_accepted_does_not_fail(id: str) -> None:
    assert judged(told(KNOWN, BAD), {id: "Zeren starts no debugger"})[0] == 0


def test_packages_that_the_registry_does_not_know_are_named() -> None:
    status, said = judged(told(KNOWN, UNKNOWN), {})
    assert (status, said[-1]) == (0, "pip-audit: not known to the registry: jieba")


@pytest.mark.parametrize(
    "ran",
    [
        Ran(None, "", ""),
        Ran(1, "", "Traceback\nConnectionError: nobody there"),
        told(UNKNOWN, UNKNOWN),
    ],
)
def test_a_registry_that_cannot_be_asked_is_said_and_is_no_failure(ran: Ran) -> None:
    status, said = judged(ran, {})
    assert status == 0
    assert len(said) == 1
    assert said[0].startswith("pip-audit: not audited, ")


def test_a_mistake_of_ours_in_asking_fails() -> None:
    assert judged(Ran(2, "", "usage: …\npip-audit: error: unrecognized arguments: --x"), {})[0] == 1


def test_a_tool_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*_: object, timeout: float, **__: object) -> None:
        raise subprocess.TimeoutExpired(COMMAND, timeout)

    monkeypatch.setattr(subprocess, "run", hangs)
    assert ask() == Ran(None, "", "")


def test_the_list_of_what_is_accepted_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(lambda: told(KNOWN)) == 0
    assert capsys.readouterr().out == "pip-audit: 1 packages audited, 0 vulnerabilities\n"


def test_the_tool_takes_the_options_that_it_is_given() -> None:
    done = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0
