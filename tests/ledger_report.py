"""What the ledger tells of what a missing rule loses (`python -m tests.ledger_report`), rule by rule and in sum.

A rule, a word or a step of the readers is taken away, and every plan of the corpus is read again. What the whole reader
finds and this one does not is lost; it is told where an `unread` or a doubt that was not there before touches the words
that state it. The ledger shares no rule with the readers, so nothing but its own words can tell it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

from ingest.language.lexicon import Lexicon, Rule, Scanner, load_lexicon
from ingest.model import Doubt, Plan, Source, Span, Task
from ingest.parse import parse_plan
from ingest.readers.read import read_source

ROOT = Path(__file__).resolve().parent.parent
PLANS = ROOT / "tests" / "corpus" / "open"
READS = ("label", "tail", "join", "column", "collective", "suffix", "word", "generic_tail")
"""The groups of the lexicon that read who is responsible."""
WORDS = ("label", "column")
"""Those of which single words are taken away as well: their examples."""
STEPS: dict[str, tuple[str, Callable[..., object]]] = {
    "rows of tables": ("ingest.parse.read_tables", lambda *_: []),
    "labelled lines": ("ingest.plan.statements._label_lines", lambda *_: iter(())),
    "brackets": ("ingest.plan.statements._brackets", lambda *_: iter(())),
    "numbers inside lines": ("ingest.language.clean.inline_starts", lambda *_: ()),
}
"""Steps of the readers, and what stands for them where they are missing."""
_LAST_WORDS = 8
"""Characters at the end of a task, from which on its statement is looked for."""


@dataclass(frozen=True)
class Loss:
    """What a mutation lost in some plans, in assignments, and how much of it was told; some that was not."""

    name: str
    lost: int = 0
    told: int = 0
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A plan and how the whole reader reads it."""

    name: str
    source: Source
    plan: Plan


def readings(lexicon: Lexicon, step: int = 1) -> list[Reading]:
    """The plans of the corpus, or each `step`-th of them."""
    paths = sorted(p for p in PLANS.iterdir() if p.suffix not in (".json", ".md"))[::step]
    sources = ((path.name, read_source(path)) for path in paths)
    return [Reading(name, source, parse_plan(source, lexicon)) for name, source in sources]


def mutants(lexicon: Lexicon) -> Iterator[tuple[str, Lexicon]]:
    """Lexicons without one rule, and without one word of a rule."""
    for group in READS:
        for rule in lexicon[group].rules:
            yield f"{group}/{rule.id}", without(lexicon, group, rule, None)
    for group in WORDS:
        for rule in lexicon[group].rules:
            for word in rule.examples:
                yield f"{group}/{rule.id} {word}", without(lexicon, group, rule, word)


def without(lexicon: Lexicon, group: str, rule: Rule, word: str | None) -> Lexicon:
    """A lexicon without a rule of a group, or without one of its words."""
    less = f"(?!{re.escape(word)}(?![一-鿿]))(?:{rule.pattern.pattern})" if word else "(?!)"
    kept = [replace(each, pattern=re.compile(less)) if each is rule else each for each in lexicon[group].rules]
    scanners = {**lexicon.scanners, group: Scanner(kept)}
    return replace(lexicon, scanners=MappingProxyType(scanners))


def losses(lexicon: Lexicon, plans: Sequence[Reading]) -> Iterator[Loss]:
    """What each mutation loses."""
    for name, less in mutants(lexicon):
        yield loss(name, plans, less)
    for name, (place, nothing) in STEPS.items():
        with missing(place, nothing):
            yield loss(name, plans, lexicon)


@contextmanager
def missing(place: str, nothing: Callable[..., object]) -> Iterator[None]:
    """The readers without one of their steps."""
    with patch(place, nothing):
        yield


def loss(name: str, plans: Sequence[Reading], less: Lexicon) -> Loss:
    """What a lexicon loses of the assignments of the whole one."""
    lost = told = 0
    silent: list[str] = []
    for reading in plans:
        plan = parse_plan(reading.source, less)
        held = {key for task in plan.tasks for key in _assignments(task)}
        new = _told(plan.doubts, reading.plan.doubts)
        for task in reading.plan.tasks:
            for key in _assignments(task):
                if key in held:
                    continue
                lost += 1
                if any(_touches(span, task, Span(*key[1:3])) for span in new):
                    told += 1
                else:
                    silent.append(f"{reading.name}: {Span(*key[1:3]).of(reading.source.text)} {key[3]}")
    return Loss(name, lost, told, tuple(silent))


def _assignments(task: Task) -> Iterator[tuple[int, int, int, str]]:
    """Where a task ends, and which mention has which role in it."""
    for each in task.assignments:
        yield task.span.end, each.mention.span.start, each.mention.span.end, each.role


def _told(doubts: Sequence[Doubt], before: Sequence[Doubt]) -> list[Span]:
    known = {(doubt.code, doubt.span) for doubt in before}
    return [doubt.span for doubt in doubts if (doubt.code, doubt.span) not in known]


def _touches(span: Span, task: Task, mention: Span) -> bool:
    """Whether a doubt stands at the mention, at the end of the task or in what states it."""
    ranges = (mention, Span(task.span.end - _LAST_WORDS, task.span.end), *task.statements)
    return any(span.start < each.end and span.end > each.start for each in ranges)


def main() -> int:
    """Prints the table: what is lost, what of it is told, and by request (`-v`) what is not."""
    lexicon = load_lexicon(ROOT / "data" / "lexicon")
    found = [each for each in losses(lexicon, readings(lexicon)) if each.lost]
    for each in found:
        print(f"{each.name:<44}{each.lost:>7}{each.told:>7}{each.told / each.lost:>8.1%}")
        for said in each.silent[:20] if "-v" in sys.argv else ():
            print(f"      {said}")
    lost, told = sum(each.lost for each in found), sum(each.told for each in found)
    print(f"{'all':<44}{lost:>7}{told:>7}{told / max(lost, 1):>8.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
