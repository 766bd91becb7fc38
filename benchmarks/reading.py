"""Reading a text plan, beside cutting the same text into words: `.txt → Plan` must take less time than jieba's `lcut`.

Dictionary and lexicon are loaded before; file and decoding are counted on our side. Then 1, 10 and 100 times the text:
where time per character stays the same, reading is linear.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial

import jieba

from benchmarks.plans import seed_plan
from benchmarks.timing import Figure, medians
from ingest.language.lexicon import Lexicon
from ingest.parse import parse_plan
from ingest.readers.read import read_source, source_of

RUNS = 20
RATIO_BOUND = 1.0
REPEATS = {1: 10, 10: 5, 100: 3}
"""Times the text → runs."""
GROWTH_BOUND = 1.5
"""How many times as long a character may take in a text of 100 times the length, if reading is to be called linear."""


def measure(lexicon: Lexicon) -> Iterator[Figure]:
    """All figures of reading, in order."""
    yield from against_jieba(lexicon)
    yield from growth(lexicon)


def against_jieba(lexicon: Lexicon) -> Iterator[Figure]:
    """The time from file to plan, the time of `jieba.lcut` on the decoded text, and their ratio."""
    path = seed_plan()
    text = read_source(path).text
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    ours, theirs = medians(RUNS, lambda: parse_plan(read_source(path), lexicon), lambda: jieba.lcut(text))
    yield Figure("one plan, file to record", f"{ours * 1000:.1f} ms", f"{len(text)} characters, median of {RUNS}")
    yield Figure("lcut of its text", f"{theirs * 1000:.1f} ms", f"jieba {jieba.__version__}")
    yield _bounded("ratio", ours / theirs, RATIO_BOUND)


def growth(lexicon: Lexicon) -> Iterator[Figure]:
    """The time at 1, 10 and 100 times the text, and how much the time per character grows."""
    text = read_source(seed_plan()).text
    per_character: list[float] = []
    for times, runs in REPEATS.items():
        source = source_of((text * times).encode(), "plan.txt")
        (taken,) = medians(runs, partial(parse_plan, source, lexicon))
        per_character.append(taken / len(source.text))
        yield Figure(f"{times} × the text", f"{taken * 1000:.0f} ms", f"{per_character[-1] * 1e6:.2f} µs a character")
    yield _bounded("time per character, 100 × beside 1 ×", per_character[-1] / per_character[0], GROWTH_BOUND)


def _bounded(name: str, value: float, bound: float) -> Figure:
    return Figure(name, f"{value:.2f}", f"< {bound:g}", value < bound)
