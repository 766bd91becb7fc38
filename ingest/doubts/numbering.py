"""Doubts about numbers of headings (序号存疑): （三） followed by （五）, and a number that comes twice.

Headings are compared within a run: one section's own, numbered in one way, one after the other. A list that begins
again at 1, an annex and a heading numbered in another way begin a new run; what stands below a heading does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ingest.language.clean import Clean, fold
from ingest.language.numerals import chinese, numeral
from ingest.model import Doubt, Plan, Section

_NUMBER = re.compile(
    r"(?P<before>[（第]?)(?P<numeral>\d+|[一二三四五六七八九十]+|[①-⑳])(?P<after>[）、.章部分篇编条节]*)"
)
"""The number of a heading (GB/T 9704-2012 7.3.3)."""
_NUMERALS = frozenset("一二三四五六七八九十")
_MOST_MISSING = 3
"""Numbers left out by a slip; where more are missing, the headings between were not read as such."""
_LARGEST = 99


@dataclass(frozen=True)
class _Number:
    """A heading's number as written: `value` and what stands round the numeral, by which runs are told apart."""

    value: int
    style: tuple[str, str, str]

    def written(self, value: int) -> str:
        """Another number in the same style."""
        before, form, after = self.style
        return f"{before}{_numeral(value, form)}{after}"


@dataclass
class _Run:
    """Headings numbered on from one another, with the section that bore each number; `twice` bore another's."""

    style: tuple[str, str, str]
    seen: dict[int, Section] = field(default_factory=dict)
    twice: int = 0


def numbering_doubts(plan: Plan, clean: Clean) -> Iterator[Doubt]:
    """Gaps in the numbers of headings, and numbers that come twice."""
    runs: dict[str | None, _Run] = {}
    for section in plan.sections:
        number = _read(section.number) if section.level else None
        if number is None:
            runs.pop(section.parent, None)
            continue
        run = runs.get(section.parent)
        if run is None or run.style != number.style or number.value == 1 or number.value < min(run.seen):
            runs[section.parent] = _Run(number.style, {number.value: section})
            continue
        if number.value in run.seen:
            run.twice += 1
            yield Doubt("number-twice", {"number": number.written(number.value)}, section.heading)
        elif _leaves_out(number, section, run, clean):
            said = {"before": number.written(max(run.seen)), "after": number.written(number.value)}
            yield Doubt("numbering-gap", said, section.heading)
        run.seen.setdefault(number.value, section)


def _leaves_out(number: _Number, section: Section, run: _Run, clean: Clean) -> bool:
    """Whether numbers before this one stand nowhere: neither in a table, nor inside a paragraph.

    Where one came twice before (（三）（三）（五）), it took the place of the one that is missing.
    """
    last = max(run.seen)
    missing = range(last + 1, number.value)
    low, high = clean.offset(run.seen[last].heading.start), clean.offset(section.heading.start)
    return run.twice < len(missing) <= _MOST_MISSING and not any(
        _stands(number, each, clean.folded[low:high]) for each in missing
    )


def _read(number: str) -> _Number | None:
    """None where the text is no number, or one by which nothing can be told: 12 without a mark behind it."""
    found = _NUMBER.fullmatch(fold(number))
    if found is None:
        return None
    said, before = found["numeral"], found["before"]
    form = "decimal" if said.isdecimal() else "chinese" if "一" <= said[0] <= "龥" else "circled"
    after = "）" if before == "（" else found["after"]
    value = _values(form).get(said)
    return None if value is None or (form == "decimal" and not after) else _Number(value, (before, form, after))


@cache
def _values(form: str) -> dict[str, int]:
    """The numbers that are told apart, by how they are written."""
    return {_numeral(value, form): value for value in range(1, _LARGEST + 1)}


def _numeral(value: int, form: str) -> str:
    if form == "chinese":
        return chinese(value)
    return numeral(value, "decimalEnclosedCircle") if form == "circled" else str(value)


def _stands(number: _Number, value: int, text: str) -> bool:
    """Whether the number stands in the text in any of the ways in which it may be written."""
    before, form, after = number.style
    marks = (after,) if before or form == "circled" else ("、", ".")
    said = f"{before}{_numeral(value, form)}"
    at = text.find(said)
    while at >= 0:
        sign = text[at - 1 : at]
        if text.startswith(marks, at + len(said)) and not sign.isdecimal() and sign not in _NUMERALS:
            return True
        at = text.find(said, at + 1)
    return False
