"""Hostile texts cost what their size says: steps are counted, and patterns are held to a form that is linear."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from ingest.language.lexicon import load_lexicon
from tests.attack.doubling import read_keep_show
from tests.attack.doubling_texts import HOSTILE
from tests.conftest import LEXICON

SHIPPED = load_lexicon(LEXICON)
SIZES = ((3_000, 6_000, 12_000), (24_000, 48_000, 96_000))
"""Bytes. What any text costs, however short, goes out of the difference of two. The larger sizes are for texts that
are dear up to a bound: a row is compared to ten tasks, if there are ten."""
GROWTH = 2.3
"""Times the steps for twice the bytes: 2 where each costs alike."""


def steps(work: Callable[[], object]) -> int:
    """Lines of Python run, each round of a loop anew."""
    count = 0

    def traced(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(name: str, sizes: tuple[int, int, int]) -> float:
    """Steps from the second size to the third, beside those from the first to the second."""
    read_keep_show(HOSTILE[name](sizes[0]), SHIPPED)
    counts = []
    for size in sizes:
        text = HOSTILE[name](size)
        counts.append(steps(lambda text=text: read_keep_show(text, SHIPPED)))  # type: ignore[misc]
    small, middle, large = counts
    return (large - middle) / max(middle - small, small / 10)


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_twice_the_steps(name: str) -> None:
    assert any(growth(name, sizes) <= GROWTH for sizes in SIZES)
