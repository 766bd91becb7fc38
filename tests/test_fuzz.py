"""Files made to break a reader (模糊测试): what once did is read again, and each reader is fuzzed for a while."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.runner import Reader, Report, fuzz, try_all
from tests.fuzz.seeds import TARGETS, kept, seeds

SECONDS = float(os.environ.get("ZEREN_FUZZ_SECONDS", "15"))
"""For each reader; `make fuzz` runs ten minutes each."""


@pytest.mark.parametrize("target", TARGETS)
def test_no_file_breaks_a_reader(target: str) -> None:
    report = Report(target)
    with Reader() as reader:
        try_all(target, {**kept(target), **seeds(target)}, reader, report)
        fuzz(target, SECONDS, 1, reader, report)
    assert report.files > 0
    faults = {key: outcome.what[-500:] for key, (_, outcome) in report.faults.items()}
    assert {key: what for key, what in faults.items() if not _is_pdfium(target, key)} == {}


def _is_pdfium(target: str, fault: str) -> bool:
    """Whether PDFium itself ended the process, which no reader can mend and `ingest/sandbox.py` is there for."""
    return target == "pdf" and fault.startswith("crash")
