"""Texts that double (加倍): by which power of its size the time grows in which a text is read, kept, found and shown.

The exponent is the slope of the logarithm of processor time over that of size, by least squares over the sizes from
which on a text takes long enough to be timed. 1 is linear; 2 is what takes an hour of a megabyte.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from math import log
from pathlib import Path

from msgspec.structs import replace

from graph.query.questions import VersionRow
from graph.record.kept import says_the_same
from ingest.carry import carry_ids
from ingest.extract import extract
from ingest.language.clean import clean
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.model import Plan, Source, from_json, to_json
from ingest.parse import parse_plan
from ingest.readers.read import source_of
from ingest.resolution import resolve
from search.index.entries import entries_of
from search.index.fields import Entry, tokens_of
from search.words.analyzer import words
from tests.attack.doubling_texts import HOSTILE, Grown, real_looking
from tests.attack.rows import Row
from web.facts.by_task import plan_facts
from web.pages.reader import ShownVersion, reader_page

GOAL = 1.15
"""The largest exponent that is called linear: memory beyond the processor's caches is slower too."""
_SMALLEST, _LARGEST = 16_000, 2_048_000
_FEWEST = 3
_LEAST_SECONDS = 0.02
"""Processor time from which on a size counts; below it the fixed cost of any plan is most of it."""
_TOO_SLOW = 60.0
"""Seconds of one text: what takes longer is stopped by the limits of the reading child."""
_LEXICON = Path(__file__).resolve().parent.parent.parent / "data" / "lexicon"


def read_keep_show(text: str, lexicon: Lexicon) -> list[Entry]:
    """What is done to a plan: read, printed, stored, read anew after an edit, shown, made into entries."""
    source = source_of(text.encode(), "plan.txt")
    plan = parse_plan(source, lexicon)
    extract(plan, lexicon)
    _keep(plan)
    return _show(plan, source, lexicon)


def _keep(plan: Plan) -> None:
    stored = from_json(to_json(plan))
    edited = replace(plan, tasks=tuple(replace(task, text=f"{task.text[:-1]}改") for task in plan.tasks))
    for new in (plan, edited):
        says_the_same(new, stored) or carry_ids(new, stored)


def _show(plan: Plan, source: Source, lexicon: Lexicon) -> list[Entry]:
    resolution = resolve(plan, lexicon)
    shown = ShownVersion(VersionRow(1, "", len(plan.tasks), "answers", ()), 1, source, clean(source))
    reader_page(plan_facts(plan, resolution, ()), shown, None)
    return entries_of(plan, resolution, source)


def doubling(seconds: float) -> Iterator[Row]:
    """Doubles each text from 16 kB on, up to 2 MB or as far as its share of the seconds reaches."""
    lexicon = load_lexicon(_LEXICON)
    kinds = {"hostile texts": HOSTILE, "plans recombined": real_looking(lexicon)}
    waiting = sum(map(len, kinds.values()))
    words("词典")  # jieba's dictionary is loaded on first use
    end = time.monotonic() + seconds
    # What is there by now is not gone through again before each measurement.
    gc.freeze()
    for kind, texts in kinds.items():
        times: dict[str, list[tuple[int, float]]] = {}
        for name, grown in texts.items():
            share = (end - time.monotonic()) / waiting
            times[name] = _doubled(grown, share, lexicon)
            if exponent(times[name]) > GOAL:
                # Somebody else's work may have had the processor's caches: the better of two counts.
                times[name] = _best(times[name], _doubled(grown, share, lexicon))
            waiting -= 1
        yield _row(kind, times)
    gc.unfreeze()


def _doubled(grown: Grown, share: float, lexicon: Lexicon) -> list[tuple[int, float]]:
    """Sizes in bytes and processor seconds; three sizes at the least, the last of them beyond its share if need be."""
    measured: list[tuple[int, float]] = []
    size, begun, last = _SMALLEST, time.monotonic(), 0.0
    while size <= _LARGEST and (len(measured) < _FEWEST or time.monotonic() - begun + 2 * last <= share):
        lap = time.monotonic()
        measured.append((size, _once(grown(size), lexicon)))
        last = time.monotonic() - lap
        if measured[-1][1] > _TOO_SLOW:
            break
        size *= 2
    return measured


def _best(*measured: list[tuple[int, float]]) -> list[tuple[int, float]]:
    taken: dict[int, float] = {}
    for size, seconds in (each for one in measured for each in one):
        taken[size] = min(seconds, taken.get(size, seconds))
    return sorted(taken.items())


def _once(text: str, lexicon: Lexicon) -> float:
    """Processor seconds without those of the garbage collector, which come anywhere."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        for entry in read_keep_show(text, lexicon):
            tokens_of(entry)
        return time.process_time() - begun
    finally:
        gc.enable()


def _row(kind: str, times: dict[str, list[tuple[int, float]]]) -> Row:
    grown = {name: exponent(measured) for name, measured in times.items()}
    slow = {name for name, measured in times.items() if any(taken >= _TOO_SLOW for _, taken in measured)}
    worst = sorted(times, key=lambda name: -grown[name])[:5]
    reached = sorted(measured[-1][0] // 1000 for measured in times.values())
    longest = max((measured[-1][1], name) for name, measured in times.items())
    harmed = slow | {name for name in times if grown[name] > GOAL}
    said = ", ".join(f"{name} {grown[name]:.2f}" for name in worst)
    return Row(
        f"{kind} doubled up to {reached[0]}–{reached[-1]} kB (half to {reached[len(reached) // 2]})",
        len(times), len(harmed), f"exponent ≤ {GOAL}; worst: {said}; longest: {longest[1]} {longest[0]:.1f} s",
    )  # fmt: skip


def exponent(measured: list[tuple[int, float]]) -> float:
    """The power of size by which time grows, over the larger sizes, at most five; 0 where all are done at once."""
    points = [(log(size), log(taken)) for size, taken in measured if taken >= _LEAST_SECONDS][-5:]
    if len(points) < 2:
        return 0.0
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    slope: float = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
    return slope
