"""What the running text looks to assign (像责任的文字): brackets, labels, sentences, names on lines of their own.

A claim is a stretch of one paragraph. Whether it was read is asked elsewhere (`account.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Literal

from ingest.base import Record
from ingest.language.clean import Clean, Paragraph
from ingest.ledger.words import CLOSING, LONGEST, OPENING, STRONG, LedgerWords

ClaimKind = Literal["bracket", "label", "sentence", "names", "cell", "row"]

_BRACKETS = re.compile(r"[（〔）〕\n]")
_LONGEST_BRACKET = 900
_ENDS = "。；！？”\n"
_GOES_ON = "，、的和与等"
_STOPS = f"，。；：、\n！？“”{OPENING}{CLOSING}"
_LONGEST_RUN = 40
"""Characters before a verb in which the name of who does it stands."""
_LONGEST_CLAUSE = 80
_FEWEST_LINES = 3
"""Lines that hold nothing but a name, from which on they are no accident."""
_LONGEST_LINE = 60
_YEAR = 6
"""Characters in which a line that is a date says its year."""
_BARS = "|｜│┃"
_APART = (*_BARS, "\t")
"""What parts the fields of a row; a blank may be anything, but behind a number."""
_FIELD = re.compile(r"[^\s|｜│┃]+")
_SERIAL = re.compile(r"\d{1,3}[.、]?")
_FEWEST_FIELDS = 3
_ARTICLES = 3
"""Paragraphs that begin as articles do, from which on a text is a regulation, which charges nobody with a task."""


class Claim(Record, frozen=True):
    """`[start, end)` of the clean text looks to assign something; `role` is what its names must have, or any."""

    start: int
    end: int
    kind: ClaimKind
    role: str = "any"


class Governed:
    """The stretches of the text that tasks and progress paragraphs hold: a sentence in them adds nothing."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for low, high in sorted(spans):
            if self._ends and low <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], high)
            else:
                self._starts.append(low)
                self._ends.append(high)

    def holds(self, position: int) -> bool:
        """Whether a position lies in one of them."""
        before = bisect_right(self._starts, position) - 1
        return before >= 0 and position < self._ends[before]

    def touches(self, start: int, end: int) -> bool:
        """Whether one of them reaches into `[start, end)`."""
        before = bisect_right(self._starts, end - 1) - 1
        return before >= 0 and self._ends[before] > start

    def gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of `[start, end)` that none of them holds."""
        for low, high in zip(self._starts, self._ends, strict=True):
            if low > start:
                yield start, low
            start = max(start, high)
        if start < end:
            yield start, end


def claims_of_text(
    clean: Clean, start: int, words: LedgerWords, governed: Governed, read: Sequence[int]
) -> list[Claim]:
    """The claims outside tables, in order; `read` are the places of the names that were read."""
    running = [p for p in clean.paragraphs if p.cell is None and p.end > start]
    found = [*_brackets(words, start, read)]
    found += _labels(words, [p for p in clean.paragraphs if p.end > start], found)
    regulation = sum(words.articles.match(words.text, p.start, p.end) is not None for p in running) >= _ARTICLES
    if not regulation:
        found += _sentences(words, start, governed)
        found += _duties(words, running, governed)
        found += _lines(words, running)
    cells = [p for p in clean.paragraphs if p.cell is not None]
    return sorted((claim for claim in found if not _inside(cells, claim)), key=attrgetter("start"))


def _inside(cells: Sequence[Paragraph], claim: Claim) -> bool:
    before = bisect_right(cells, claim.start, key=attrgetter("start")) - 1
    return before >= 0 and claim.start < cells[before].end and claim.kind in ("sentence", "names")


def _brackets(words: LedgerWords, start: int, read: Sequence[int]) -> Iterator[Claim]:
    for low, high in _outer(words.text, start):
        if not 4 <= high - low <= _LONGEST_BRACKET:
            continue
        first = bisect_right(read, low)
        if (first < len(read) and read[first] < high) or _assigns(words, low, high):
            yield Claim(low, high, "bracket")


def _outer(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The outermost brackets of each paragraph; one that is not closed ends with it."""
    depth, low = 0, start
    for found in _BRACKETS.finditer(text, start):
        sign = found.group()
        if sign in OPENING:
            low = low if depth else found.start()
            depth += 1
        elif sign == "\n":
            if depth:
                yield low, found.start()
            depth = 0
        elif depth:
            depth -= 1
            if not depth:
                yield low, found.end()


def _assigns(words: LedgerWords, low: int, high: int) -> bool:
    """Whether a bracket looks to assign something although nothing was read in it."""
    text = words.text
    inner = (low + 1, high - (text[high - 1] in CLOSING))
    if words.asides.search(text, *inner):
        return False
    behind = text[high : high + 1]
    if any(words.is_label(*match.span()) for _, match in words.labels.scan(text, *inner)):
        return True
    roles = [match.span() for _, match in words.roles.scan(text, *inner)]
    charging = [start for start, end in roles if _charges(words, inner[0], start, end, inner[1])]
    if charging:
        certain = any(words.is_certain(words.run_before(start, inner[0]).removeprefix("由")) for start in charging)
        return not behind or behind not in _GOES_ON or (behind != "的" and certain)
    before = text[low - 1 : low]
    if before == "\n":
        before = text[low - 2 : low - 1]  # Alone on its line it stands behind a sentence, or it signs a title.
    parts = [words.text[begin:end] for begin, end in words.elements(*inner)] if before in _ENDS else []
    if not behind or behind in "。；\n":
        return 0 < len(parts) <= 2 * sum(map(words.is_named, parts))
    return behind not in _GOES_ON and 0 < len(parts) == sum(map(words.is_named, parts))


def _charges(words: LedgerWords, low: int, start: int, end: int, high: int) -> bool:
    """Whether the words of a role close a clause that somebody stands in front of."""
    if end < high and words.text[end] not in "，。；、（":
        return words.is_named(words.run_before(start, low))
    run = words.run_before(start, low)
    strong = words.text[start:end] in STRONG and len(run) > 1 and not run.endswith("为")
    return strong or words.is_named(run)


def _labels(words: LedgerWords, running: Sequence[Paragraph], brackets: Sequence[Claim]) -> Iterator[Claim]:
    """Labels with names behind them, outside brackets: to the end of the sentence, or to the next label."""
    text = words.text
    starts = [claim.start for claim in brackets]
    for paragraph in running:
        found = words.labels.scan(text, paragraph.start, paragraph.end)
        labels = [(rule, match) for rule, match in found if words.is_label(*match.span(), paragraph.start)]
        ends = [match.start() for _, match in labels[1:]] + [paragraph.end] * bool(labels)
        for (rule, match), end in zip(labels, ends, strict=True):
            before = bisect_right(starts, match.start()) - 1
            if before >= 0 and match.start() < brackets[before].end:
                continue
            if aside := words.asides.search(text, match.end(), end):
                if rule.value != "person":
                    continue
                end = aside[1].end()
            stop = text.find("。", match.end(), end)
            stop = end if stop < 0 else stop
            yield Claim(match.start(), min(stop, match.start() + _LONGEST_BRACKET), "label", rule.value)


def _sentences(words: LedgerWords, start: int, governed: Governed) -> Iterator[Claim]:
    text = words.text
    verbs = (each for gap in governed.gaps(start, len(text)) for each in words.verbs.scan(text, *gap))
    for _, match in verbs:
        at = match.start()
        run = words.run_before(at, max(start, at - _LONGEST_RUN))
        if not words.is_certain(run) or words.asides.search(text, at, match.end() + 12):
            continue
        yield Claim(_first_of_list(words, at - len(run), start), _clause_end(text, match.end()), "sentence")


def _first_of_list(words: LedgerWords, low: int, start: int) -> int:
    """Where the list of names begins whose last one begins at `low`."""
    while low - 1 > start and words.text[low - 1] == "、":
        run = words.run_before(low - 1, max(start, low - 1 - _LONGEST_RUN))
        if not words.is_named(run):
            break
        low -= 1 + len(run)
    return low


def _clause_end(text: str, position: int) -> int:
    end = position
    while end < len(text) and end - position < _LONGEST_CLAUSE and text[end] not in _STOPS:
        end += 1
    return end


def _duties(words: LedgerWords, running: Sequence[Paragraph], governed: Governed) -> Iterator[Claim]:
    """市水务局：负责管网改造 at the beginning of a paragraph."""
    for paragraph in running:
        colon = words.text.find("：", paragraph.start, min(paragraph.end - 1, paragraph.start + _LONGEST_RUN))
        if colon < 0 or governed.holds(paragraph.start):
            continue
        if words.is_certain(words.text[paragraph.start : colon]):
            yield Claim(paragraph.start, min(paragraph.end, paragraph.start + LONGEST), "sentence")


def _lines(words: LedgerWords, running: Sequence[Paragraph]) -> list[Claim]:
    """Paragraphs that are names and nothing else, where there are several or one stands under 责任单位.

    Those above a date sign the text.
    """
    found, under, signed, text = [], False, False, words.text
    for paragraph in reversed(running):
        said = text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST_LINE + 1)]
        short = len(said) <= _LONGEST_LINE and "：" not in said
        head = words.heads.whole(said) if short else None
        if head and head.value in ("lead", "support", "any"):
            under = True
        elif short and words.are_named(paragraph.start, paragraph.end):
            found += [] if signed else [Claim(paragraph.start, paragraph.end, "names")]
            continue
        signed = "年" in said[:_YEAR] and "日" in said and short
    return found if under or len(found) >= _FEWEST_LINES else []


def claims_of_lines(clean: Clean, source: str, start: int, words: LedgerWords) -> Iterator[Claim]:
    """Lines of the source that are rows of a table for the eye: fields that blanks or bars part, one of them a name."""
    at, parted = 0, any(mark in source for mark in _APART)
    for line in source.splitlines(keepends=True):
        low, at = at, at + len(line)
        numbered = line.lstrip()[:1].isdecimal()
        if not (numbered or (parted and any(mark in line for mark in _APART))):
            continue
        fields = [*_FIELD.finditer(source, low, at)]
        if len(fields) < _FEWEST_FIELDS:
            continue
        named = [words.is_certain(field.group()) for field in fields]
        if not any(named) or all(named):
            continue  # Text, or those who sign.
        places = [(clean.offset(f.start()), clean.offset(f.end() - 1) + 1) for f in fields]
        if places[0][0] < start or clean.cell_at(places[0][0]) is not None:
            continue
        if not numbered or any(mark in line for mark in _APART) or _SERIAL.fullmatch(fields[0].group()):
            yield from (Claim(*place, "names") for place, yes in zip(places, named, strict=True) if yes)
