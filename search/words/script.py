"""Script and sound of characters (字形与读音): traditional into simplified, and which characters are read how."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

from ingest.language import to_simplified

_FIRST, _LAST = 0xB0, 0xD7
"""Rows of GB 2312 that hold the 3755 characters of its first level, the usual ones."""
_LONGEST_SYLLABLE = 6
_MOST_WAYS = 4
"""Ways of cutting letters into syllables that are followed: xian is one syllable or two."""


@lru_cache(maxsize=4096)
def plain_script(text: str) -> str:
    """The text in simplified characters and half width.

    >>> plain_script("數據ＡＢ１２")
    '数据AB12'
    """
    return to_simplified(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def reading(text: str) -> str:
    """The text in pinyin without tones.

    >>> reading("瘦肉晶") == reading("瘦肉精")
    True
    """
    return " ".join(lazy_pinyin(text))


@cache
def read_so() -> dict[str, str]:
    """By a syllable (without tone, ü as v) or by its first letter: the usual characters that are read so."""
    found: dict[str, dict[str, None]] = {}
    for row in range(_FIRST, _LAST + 1):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", "ignore")
            for said in pinyin(character, style=Style.NORMAL, heteronym=True)[0] if character else ():
                for key in (said, said[:1]):
                    found.setdefault(key, {})[character] = None
    return {said: "".join(characters) for said, characters in found.items()}


def syllables(letters: str) -> list[list[str]]:
    """The ways of cutting letters into syllables of more than one letter (a, e and o aside), the fewest first; none
    where they are not pinyin.

    >>> syllables("qukuailian")[0]
    ['qu', 'kuai', 'lian']
    """
    known = read_so()
    ways: list[list[list[str]]] = [[] for _ in letters] + [[[]]]
    for at in range(len(letters) - 1, -1, -1):
        for end in range(at + 1, min(at + _LONGEST_SYLLABLE, len(letters)) + 1):
            each = letters[at:end]
            if each in known and (len(each) > 1 or each in "aeo"):
                ways[at] += [[each, *rest] for rest in ways[end]]
        ways[at] = sorted(ways[at], key=len)[:_MOST_WAYS]
    return ways[0]
