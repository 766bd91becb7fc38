"""What this machine's kernel can take from a process (隔离): tests of what it cannot are skipped, and say so."""

from __future__ import annotations

from functools import cache

import pytest

from ingest.sandbox.parent import Sandbox


@cache
def missing() -> frozenset[str]:
    """The parts of isolation that do not hold here, as a child says."""
    with Sandbox() as sandbox:
        return frozenset(sandbox.isolation().missing())


def needs(*parts: str) -> None:
    """Skips the test where one of these parts cannot hold."""
    if lacking := missing() & set(parts):
        pytest.skip(f"this kernel has no {', '.join(sorted(lacking))}")
