"""Documents named by their numbers (文号): 松办发〔2023〕5号, 国务院令第740号, 水利部公告2023年第5号, GB4806.1-2016.

A pattern finds where a number begins with its year, with 令 or 公告 or with the name of a standard; who issued it
stands in front, and is read backwards from there to the verb or mark that ends before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ingest.base import Record
from ingest.language.clean import Clean, tidy
from ingest.language.lexicon import Lexicon

_LONGEST_OFFICE = 16
"""Characters of 机关代字."""
_LONGEST_ISSUERS = 40
"""Characters of those who issue an order together: 水利部、生态环境部."""
_SHORTEST = 2
_OWN_BRACKET = 8
"""Characters in a bracket inside 机关代字: 宁政（党）发."""
_MISREAD = re.compile(r"[〔﹝（(\[][\dOolI]{0,3}[OolI][\dOolI]{0,3}[〕﹞）)\]]|[〕﹞）)\]][^〔（]{0,4}[OolI]")
"""Letters that stand for digits where a text was recognised: 〔2O23〕, 〔2023〕l2号."""


class DocumentNumber(Record, frozen=True):
    """A number in the clean text: its place with its issuer, how it is kept, and which kind of pattern found it."""

    start: int
    end: int
    kept: str
    kind: str
    issued: bool
    """Whether it says who issued it."""


def document_numbers(clean: Clean, start: int, end: int, lexicon: Lexicon) -> list[DocumentNumber]:
    """The numbers in `[start, end)`, in order."""
    found: list[DocumentNumber] = []
    for rule, match in lexicon["document_number"].scan(clean.folded, start, end):
        low = match.start()
        if rule.value != "standard":
            floor = max(start, found[-1].end if found else start)
            low = _issuer_start(clean.folded, floor, low, rule.value, lexicon)
        if rule.value == "office" and match.start() - low < _SHORTEST:
            continue
        kept = _kept(clean, low, match)
        found.append(
            DocumentNumber(low, match.end(), kept, rule.value, low < match.start() or rule.value == "standard")
        )
    return found


def numbers_within(numbers: Sequence[DocumentNumber], start: int, end: int) -> Iterator[DocumentNumber]:
    """Those that stand wholly in `[start, end)`."""
    for place in range(bisect_left(numbers, start, key=attrgetter("start")), len(numbers)):
        if numbers[place].start >= end:
            return
        if numbers[place].end <= end:
            yield numbers[place]


def looks_misread(number: str) -> bool:
    """Whether letters stand for digits behind who issued it: 市政发〔2O23〕5号."""
    return _MISREAD.search(number) is not None


def _kept(clean: Clean, low: int, match: re.Match[str]) -> str:
    """As written, in its own brackets (`number_key` compares them as one); 市政府第123号令 as 市政府令第123号."""
    issuer, said = tidy(clean.said(low, match.start())), tidy(clean.said(match.start(), match.end()))
    word = match.groupdict().get("word")
    if word:
        return f"{issuer}{word}{said.removesuffix(word)}"
    if said.endswith("公告"):
        return f"{issuer}公告{said.removesuffix('公告')}"
    return issuer + said


def _issuer_start(text: str, floor: int, position: int, kind: str, lexicon: Lexicon) -> int:
    """Where who issued a number begins, backwards from the number."""
    joined = kind != "office"
    longest = _LONGEST_ISSUERS if joined else _LONGEST_OFFICE
    low = position
    while low > floor and position - low < longest:
        before = text[low - 1]
        if before == "）" and (opening := text.rfind("（", max(floor, low - _OWN_BRACKET - 2), low)) >= 0:
            low = opening
        elif "一" <= before <= "鿿" or (joined and before == "、"):
            low -= 1
        else:
            break
    low = max([low, *(match.end() for _, match in lexicon["number_lead"].scan(text, low, position))])
    while low < position and text[low] in "、（":
        low += 1
    closing = text.rfind("）", low, position)
    return closing + 1 if closing >= 0 and "（" not in text[low:closing] else low
