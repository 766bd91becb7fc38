"""The linter (检查): every doubt of some files with its place, its sentence and what to do, and how much was read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from ingest import KIND_OF_SUFFIX, Place, place_of
from ingest.errors import ZerenError
from ingest.model import Doubt, Plan, Record, Source, Span
from web.words import wording
from web.words.harmless import harmless
from web.words.phrases import doubt_remedy
from web.words.wording import Translate, as_is, say

_LINE_END = re.compile(r"\r\n?|\n")
_LONGEST = 400
"""Characters of a plan that are shown at a time."""


class UnknownDoubt(ZerenError):
    """No doubts have these codes. Params: codes, known (all that there are)."""

    code = "unknown-doubt"


class Spot(Record, frozen=True):
    """Where something stands: its file, its place there, its span, and the line (from 1) of the text that was read.

    `is_text` tells that the file is that text itself, so that an editor finds the line.
    """

    file: str
    place: Place
    line: int
    span: Span
    is_text: bool


class ShownDoubt(Record, frozen=True):
    """A doubt as it is shown: `message` says what it is, `remedy` what to do about it."""

    spot: Spot
    code: str
    params: dict[str, str]
    message: str
    remedy: str


class Unread(Record, frozen=True):
    """A stretch that looks like a responsibility and that no rule read."""

    spot: Spot
    text: str


class RefusedFile(Record, frozen=True):
    """A file that could not be read, and why."""

    file: str
    code: str
    message: str


class Report(Record, frozen=True):
    """What was found in all files. `consumed` and `total` are characters of responsibility-like text."""

    files: int
    findings: tuple[ShownDoubt, ...]
    unread: tuple[Unread, ...]
    refused: tuple[RefusedFile, ...]
    consumed: int
    total: int

    def status(self, strict: bool) -> int:
        """The exit status: 2 where a file could not be read, 1 where something was found and is not allowed."""
        return 2 if self.refused else int(strict and bool(self.findings))


def chosen(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes selected (all of them where none is) without those ignored; each may be a list parted by commas.

    Raises `UnknownDoubt`.
    """
    wanted, unwanted = (
        {code for each in codes for code in re.split(r"[\s,，、]+", each) if code} for codes in (select, ignore)
    )
    if unknown := (wanted | unwanted) - wording.DOUBTS.keys():
        raise UnknownDoubt(codes=", ".join(sorted(unknown)), known=", ".join(wording.DOUBTS))
    return frozenset((wanted or wording.DOUBTS.keys()) - unwanted)


def check(
    files: Iterable[Path],
    read: Callable[[Path], tuple[Source, Plan]],
    codes: frozenset[str],
    translate: Translate = as_is,
) -> Report:
    """Reads the files one after the other; one that cannot be read stands in the report and stops none."""
    findings: list[ShownDoubt] = []
    unread: list[Unread] = []
    refused: list[RefusedFile] = []
    count = consumed = total = 0
    for file in files:
        count += 1
        try:
            source, plan = read(file)
        except ZerenError as error:
            why = one_line(say(wording.ERRORS, error.code, error.params, translate))
            refused.append(RefusedFile(str(file), error.code, why))
            continue
        spot_of = _spots(str(file), source)
        for doubt in plan.doubts:
            if doubt.code in codes:
                said = one_line(say(wording.DOUBTS, doubt.code, doubt.params, translate))
                remedy = doubt_remedy(doubt.code, translate)
                spot = _on_its_page(spot_of(doubt.span), doubt)
                findings.append(ShownDoubt(spot, doubt.code, doubt.params, said, remedy))
        unread += (Unread(spot_of(span), one_line(span.of(source.text))) for span in plan.coverage.unread)
        consumed += plan.coverage.consumed
        total += plan.coverage.total
    return Report(count, tuple(findings), tuple(unread), tuple(refused), consumed, total)


def _spots(file: str, source: Source) -> Callable[[Span], Spot]:
    ends = [found.end() for found in _LINE_END.finditer(source.text)]
    is_text = KIND_OF_SUFFIX.get(f".{source.media}") == "txt"
    return lambda span: Spot(file, place_of(source, span.start), bisect_right(ends, span.start) + 1, span, is_text)


def _on_its_page(spot: Spot, doubt: Doubt) -> Spot:
    """A doubt about a page stands on it, although nothing of that page may be in the text."""
    page = doubt.params.get("page", "")
    return replace(spot, place=Place(page=int(page))) if page.isdecimal() else spot


def one_line(text: str) -> str:
    """A plan's words for show: on one line, within bounds, and nothing in them that a terminal obeys."""
    shown = harmless(" ".join(text.split()))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
