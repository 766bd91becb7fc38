"""What a string that stands nowhere may have meant (相近): one character wrong, too many or too few; letters that
are the pinyin or the initials of what stands somewhere. Pure, but for what it asks of the index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from search.index.port import Found
from search.index.tree import And, Or, Query, QueryNode, Term, phrase
from search.words.script import read_so, reading, syllables

Ask = Callable[[Query], Found]

_SHORTEST, _LONGEST = 2, 16
"""Characters of a string that is mended; one of two or three only by its sound."""
_LETTERS = re.compile(r"[a-z]{3,40}")
_MOST_ENTRIES = 3000
"""Entries that are looked through."""
_MOST = 12
"""Strings that are offered."""
_MOST_BETWEEN = 4
"""Characters that a short name leaves out at one place."""
_APART = 8
"""How many times more a string counts that stands between marks."""


def near(string: str, ask: Ask, is_words: Callable[[str], bool]) -> tuple[str, ...]:
    """Strings that stand in entries and may have been meant by one that does not, the likeliest first.

    `is_words` says of a string whether it is made of known words.
    """
    if _LETTERS.fullmatch(string):
        return _by_letters(string, ask, is_words)
    if _SHORTEST <= len(string) <= _LONGEST and _is_chinese(string):
        return _by_one_character(string, ask)
    return ()


def _by_one_character(string: str, ask: Ask) -> tuple[str, ...]:
    """瘦肉晶 is 瘦肉精: the same sound before another, and what stands oftener before what stands seldom."""
    halves = [(string[:at], string[at + 1 :]) for at in range(len(string))]
    if len(string) > _SHORTEST + 1:
        halves += [(string[:at], string[at:]) for at in range(1, len(string))]
    either = Or(tuple(_both(*pair) for pair in halves))
    counted: Counter[str] = Counter()
    for text in _texts(ask(Query(either))):
        counted.update({f"{a}{each}{b}" for a, b in halves for each in _between(a, b, text)} - {string})
    heard = reading(string)
    kept = [each for each in counted if reading(each) == heard or len(string) > _SHORTEST]
    kept += [each for each in _longer_names(string, ask) if each not in counted]
    ranked = sorted(kept, key=lambda each: (reading(each) != heard, abs(len(each) - len(string)), -counted[each], each))
    return tuple(ranked[:_MOST])


def _longer_names(said: str, ask: Ask) -> set[str]:
    """Names of units that a shorter form stands for: 民族宗教事务局 of 民族宗教局."""
    if len(said) <= _SHORTEST:
        return set()
    units = _texts(ask(Query(And((Term("kind", "unit"), phrase(said[0]), phrase(said[-1]))))))
    return {line for text in units for line in text.split("\n") if _shortens(said, line)}


def _shortens(said: str, name: str) -> bool:
    """Whether a name is what was said with a few characters more between any two: 民族宗教|事务|局."""
    ends = {1} if name[:1] == said[0] else set()
    for each in said[1:]:
        gaps = ((end, at) for end in ends for at in range(end, min(end + _MOST_BETWEEN + 1, len(name))))
        ends = {at + 1 for end, at in gaps if name[at] == each and (at == end or _is_chinese(name[end:at]))}
    return len(name) in ends


def _between(before: str, after: str, text: str) -> Iterator[str]:
    """The one character, or nothing, that stands between two strings in a text."""
    at = text.find(before) if before else text.find(after)
    while at >= 0:
        if before:
            end = at + len(before)
            for size in (0, 1):
                if text.startswith(after, end + size) and (not size or _is_chinese(text[end : end + 1])):
                    yield text[end : end + size]
        elif at and _is_chinese(text[at - 1]):
            yield text[at - 1]
        at = text.find(before or after, at + 1)


def _is_chinese(said: str) -> bool:
    return bool(said) and all("一" <= character <= "鿿" for character in said)


def _both(before: str, after: str) -> QueryNode:
    return And(tuple(phrase(each) for each in (before, after) if each))


def _by_letters(letters: str, ask: Ask, is_words: Callable[[str], bool]) -> tuple[str, ...]:
    """shouroujing and srj are 瘦肉精."""
    known = read_so()
    for way in [*syllables(letters), list(letters)]:
        if len(way) < _SHORTEST or not all(each in known for each in way):
            continue
        found = ask(Query(And(tuple(Or(tuple(map(phrase, known[each]))) for each in dict.fromkeys(way)))))
        pattern = re.compile(f"(?=({''.join(f'[{known[each]}]' for each in way)}))")
        initials = way == list(letters)
        counted: Counter[str] = Counter()
        for text in _texts(found):
            counted.update(_weighed(pattern, text))
        if initials:
            counted = Counter({each: n for each, n in counted.items() if n > _APART or is_words(each)})
        if counted:
            ranked = sorted(counted, key=lambda each: (-counted[each], each))
            return tuple(ranked[:_MOST])
    return ()


def _weighed(pattern: re.Pattern[str], text: str) -> dict[str, int]:
    """What matches in a text, once each; what stands between marks counts most."""
    weights: dict[str, int] = {}
    for found in pattern.finditer(text):
        word = found[1]
        start, end = found.start(1), found.end(1)
        apart = not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()
        weights[word] = max(weights.get(word, 0), 1 + _APART * apart)
    return weights


def _texts(found: Found) -> Iterable[str]:
    return (each.entry.sought for each in found.scored[:_MOST_ENTRIES])
