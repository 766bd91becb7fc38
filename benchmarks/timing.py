"""What a benchmark hands back, and the median of some runs (计时)."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A row of the table that `make bench` prints: what was measured, the figure, what it stands beside or below.

    `kept` is False where the figure breaks the bound that it must keep.
    """

    name: str
    figure: str
    beside: str = ""
    kept: bool = True


def medians(runs: int, *work: Callable[[], object]) -> list[float]:
    """The median time of each piece of work in seconds.

    They run in turn, so that a slow moment of the machine meets all of them alike. One run before does not count.
    """
    times: list[list[float]] = [[] for _ in work]
    for run in range(runs + 1):
        for each, taken in zip(work, times, strict=True):
            begun = time.perf_counter()
            each()
            if run:
                taken.append(time.perf_counter() - begun)
    return [statistics.median(taken) for taken in times]
