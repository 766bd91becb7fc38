"""A question into tokens (切词): names of the library, function words, times, and the content that is left. Pure.

The cheapest way to cut a question is taken: a name costs least, a function word more, a word of the library's texts
more still, and a character that is in none of them most. So 责任 in 食品安全责任保险 is content where the texts have
that word, and a role in 责任单位 and 谁的责任.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from search.questions.library_names import LibraryNames, Name
from search.questions.normal import is_latin, normal
from search.questions.times import Time, times_of
from search.questions.tokens import Token, function_words

Frequency = Callable[[str], int]
"""How often a word stands in the texts of the library."""

_TIME, _NAME, _FUNCTION, _LOOSE, _WORD, _UNKNOWN = 0.9, 1.0, 2.4, 2.9, 3.0, 4.2
_LONGEST_WORD = 8
_MARK = re.compile(r"[^\w《》〈〉]+")
_QUOTED = re.compile(r"《[^《》]{1,100}》")
_NUMBERED = 0.8
_ITEM = re.compile(
    r"第?[(（]?(?<=[第(（])(?P<nth>\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])[)）]?(?P<kind>大?部分|章|节|大项|项任务|项|条|点|款)"
    r"|[(（](?P<bare>\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])[)）]"
)
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[\[(〔【]\d{4}[\])〕】]第?\d{1,5}号")
"""The number of a document (发文字号, GB/T 9704-2012 7.2.5)."""
_MEASURES = ("%", "个百分点", "万亿元", "亿美元", "亿元", "万元", "亿斤", "万亩", "万人", "万", "亿")
_NUMERALS, _COUNTED = frozenset("一二三四五六七八九十两"), frozenset("项个条件份家次")


def tokens_of(question: str, names: LibraryNames, frequency: Frequency, today: date) -> list[Token]:
    """The tokens of a question, from left to right, without idle marks."""
    text = normal(question)
    cut = _cheapest(text, _Words(names, frequency, {time.start: time for time in times_of(text, today)}))
    return _joined_content([each for each in cut if each.kind != "mark"], text)


class _Words(NamedTuple):
    """What a place may begin with."""

    names: LibraryNames
    frequency: Frequency
    times: Mapping[int, Time]


def _cheapest(text: str, known: _Words) -> list[Token]:
    best: list[tuple[float, Token | None]] = [(0.0, None)] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        ways = [(cost + best[token.end][0], token) for cost, token in _here(text, at, known)]
        best[at] = min(ways, key=lambda way: (way[0], -way[1].end))
    return [*_along(best)]


def _along(best: Sequence[tuple[float, Token | None]]) -> Iterator[Token]:
    at = 0
    while (token := best[at][1]) is not None:
        yield token
        at = token.end


def _here(text: str, at: int, known: _Words) -> Iterator[tuple[float, Token]]:
    """All tokens that may begin at a place, with what they cost."""
    names = known.names
    if at in known.times:
        time = known.times[at]
        yield _TIME, Token("time", time.text, at, time.end, time=time)
    quoted = _QUOTED.match(text, at)
    if quoted:
        yield 0.5, _quoted(quoted, names)
    mark = _MARK.match(text, at)
    if mark:
        yield 0.0, Token("mark", mark.group(), at, mark.end())
    yield from _numbered(text, at, known.names)
    words = function_words()
    for size in range(1, min(max(names.longest, 12), len(text) - at) + 1):
        piece = text[at : at + size]
        if _cuts_latin(text, at, at + size):
            continue
        for name in names.names.get(piece, ()):
            yield (_LOOSE if name.loose else _NAME), _named(piece, at, name)
        for kind, value in words.get(piece, ())[:1]:
            yield _FUNCTION, Token(kind, piece, at, at + size, value)
        if 1 < size <= _LONGEST_WORD and known.frequency(piece):
            yield _WORD, Token("content", piece, at, at + size)
    run = re.compile(r"[a-z0-9]+").match(text, at)
    if run and not _cuts_latin(text, at, run.end()):
        yield _UNKNOWN, Token("content", run.group(), at, run.end())
    yield _UNKNOWN * (1 if not mark else 9), Token("content", text[at], at, at + 1)


def _numbered(text: str, at: int, names: LibraryNames) -> Iterator[tuple[float, Token]]:
    """A number, 第十一项, and the number of a document that the library does not know."""
    if (high := _behind_number(text, at)) > at:
        yield _NUMBERED, Token("number", text[at:high], at, high)
    if item := _ITEM.match(text, at):
        yield _NUMBERED, Token("section", item.group(), at, item.end(), _digits(item["nth"] or item["bare"]))
    cited = _DOCUMENT_NUMBER.match(text, at)
    if cited and not any(text[first : cited.end()] in names.names for first in range(at, cited.end() - 6)):
        yield _NUMBERED, Token("document", cited.group(), at, cited.end(), "unknown")


def _behind_number(text: str, at: int) -> int:
    """Where a number ends that begins at a place: 3.5万, 20%, 三项; the place itself where none does."""
    high = _behind_digits(text, at)
    if high > at:
        fraction = _behind_digits(text, high + 1) if text.startswith(".", high) else high + 1
        high = fraction if fraction > high + 1 else high
        return high + next((len(each) for each in _MEASURES if text.startswith(each, high)), 0)
    while text[high : high + 1] in _NUMERALS:
        high += 1
    return high + 1 if high > at and text[high : high + 1] in _COUNTED else at


def _behind_digits(text: str, at: int) -> int:
    while text[at : at + 1].isdecimal():
        at += 1
    return at


def _digits(said: str) -> str:
    """11 of 十一."""
    if said.isdigit():
        return str(int(said))
    tens, _, ones = said.rpartition("十")
    value = ("一二三四五六七八九".find(tens or "一") + 1) * 10 if "十" in said else 0
    return str(value + ("一二三四五六七八九".find(ones) + 1 if ones else 0))


def _quoted(found: re.Match[str], names: LibraryNames) -> Token:
    """What stands in 《》: a document that is called so, or else words to look for."""
    said = found.group()
    meanings = [*names.names.get(said, ()), *names.names.get(said[1:-1], ())]
    ids = tuple(dict.fromkeys(id for each in meanings if each.kind in ("document", "plan") for id in each.ids))
    if not ids:
        near = [row for row in names.documents if any(said[1:-1] in normal(title) for title in row.titles)]
        ids = tuple(row.id for row in near)
    return Token("document", said, *found.span(), "" if ids else "unknown", ids)


def _named(piece: str, at: int, name: Name) -> Token:
    return Token(name.kind, piece, at, at + len(piece), "loose" if name.loose else "", name.ids)


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number would be cut in two."""
    before = start > 0 and is_latin(text[start - 1]) and is_latin(text[start])
    after = end < len(text) and is_latin(text[end - 1]) and is_latin(text[end])
    return before or after


def _joined_content(tokens: list[Token], text: str) -> list[Token]:
    """Content that follows upon content is one token."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if last is not None and token.kind == last.kind == "content" and last.end == token.start:
            joined[-1] = replace(last, text=text[last.start : token.end], end=token.end)
        else:
            joined.append(token)
    return joined
