"""How alike two texts are (相似度): what they share, place by place where that can be had, else by pairs of characters.

`difflib` takes the square of the length, and its cube where a text repeats itself: a megabyte of 开展检查， never ends.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from operator import add

LONGEST = 2000
"""Characters of two texts together that are compared place by place."""
_MOST_PLACES = 10
"""Pairs of places with one character, for each character of both: sentences have one or two, such a text many."""


def likeness(one: str, other: str, least: float) -> float:
    """The share of characters that two texts have in common, in order: 0 to 1, `difflib`'s ratio.

    0 where their lengths alone say that it is less than `least`.
    """
    together = len(one) + len(other)
    if 2.0 * min(len(one), len(other)) < least * together:
        return 0.0
    return 2.0 * shared(one, other) / together if together else 1.0


def shared(one: str, other: str) -> int:
    """How many characters stand in both texts, in order; of long ones and such as repeat themselves, in pairs."""
    if one == other:
        return len(one)
    together = len(one) + len(other)
    if together <= LONGEST and _places(one, other) <= _MOST_PLACES * together:
        blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        return sum(block.size for block in blocks)
    return sum((_pairs(one) & _pairs(other)).values())


def _places(one: str, other: str) -> int:
    """Pairs of places at which the two texts have the same character: the steps of `difflib` for its first block."""
    counts = Counter(other)
    return sum(times * counts[character] for character, times in Counter(one).items())


def _pairs(text: str) -> Counter[str]:
    return Counter(map(add, text, text[1:]))


def is_chinese(text: str) -> bool:
    """Whether all characters are Chinese ones (U+4E00 to U+9FFF); none at all are."""
    return all("一" <= character <= "鿿" for character in text)


def has_chinese(text: str, start: int, end: int) -> bool:
    """Whether a Chinese character stands in `[start, end)`."""
    return any("一" <= text[at] <= "鿿" for at in range(start, end))
