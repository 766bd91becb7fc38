"""Files made to break a reader (模糊测试): what once did is read again, and each reader is fuzzed for a while."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.readers.formats import READABLE
from ingest.sandbox.protocol import Limits
from tests.conftest import ROOT
from tests.fuzz.keep import cut
from tests.fuzz.nasty import drawn_without_end, nasty
from tests.fuzz.runner import Reader, Report, damaged, fuzz, try_all
from tests.fuzz.seeds import TARGETS, kept, seeds

SECONDS = float(os.environ.get("ZEREN_FUZZ_SECONDS", "15"))
"""For each reader; `make fuzz` runs ten minutes each."""


def faults(report: Report) -> dict[str, str]:
    return {key: outcome.what[-500:] for key, (_, outcome) in report.faults.items()}


@pytest.mark.parametrize("target", TARGETS)
def test_what_broke_a_reader_once_breaks_it_no_more(target: str) -> None:
    report = Report(target)
    with Reader() as reader:
        try_all(target, kept(target), reader, report)
    assert faults(report) == {}


@pytest.mark.parametrize("target", TARGETS)
def test_no_file_that_is_made_to_hurt_breaks_a_reader(target: str) -> None:
    report = Report(target)
    with Reader() as reader:
        try_all(target, nasty(target), reader, report)
    assert report.files > 10
    assert faults(report) == {}


@pytest.mark.parametrize("target", TARGETS)
def test_no_damaged_file_breaks_a_reader(target: str) -> None:
    report = Report(target)
    with Reader() as reader:
        fuzz(target, SECONDS, 1, reader, report)
    assert report.files > 0
    assert faults(report) == {}


@pytest.mark.parametrize("target", READABLE)
def test_a_seed_damages_always_in_the_same_way(target: str) -> None:
    made = list(itertools.islice(damaged(target, 7), 20))
    assert made == list(itertools.islice(damaged(target, 7), 20))
    assert any(work.data != seeds(target)[work.name] for work in made)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to every limit")
def test_what_a_reader_dies_of_is_a_fault_and_the_next_file_is_read() -> None:
    report = Report("pdf")
    good = next(iter(seeds("pdf").items()))
    with Reader(Limits(memory=300 << 20, seconds=10)) as reader:
        try_all("pdf", {**drawn_without_end(), **dict([good])}, reader, report)
    assert sorted(report.faults) == ["crash chain.pdf", "crash circle.pdf"]
    assert report.outcomes == {"crash": 2, "read": 1}


@pytest.mark.parametrize(("attempt", "told"), [
    ("open('out', 'w')", "open out"), ("os.open('out', os.O_CREAT)", "open out"), ("os.mkdir('out')", "os.mkdir"),
    ("os.system('true')", "os.system"), ("__import__('socket').socket()", "socket.__new__"),
    ("open(os.devnull).read()", "nothing"),
])  # fmt: skip
def test_what_no_reader_may_do_is_told(attempt: str, told: str, tmp_path: Path) -> None:
    program = f"import os, tests.fuzz.child as c\ndone = []\nc._watch(done)\n{attempt}\nprint([*done, 'nothing'][0])"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.stdout.startswith(told), done.stderr


def test_what_is_kept_is_cut_down_to_what_is_needed() -> None:
    file = b"a" * 5000 + b"needed" + b"b" * 3000
    assert len(cut(file, lambda data: b"needed" in data, time.monotonic() + 10)) < 50
    assert cut(file, lambda data: b"needed" in data, time.monotonic()) == file
