"""A question in the form that it is read in (归一): simplified script, half width, one case, no idle blanks. Pure."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_LONGEST = 300


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return str(_simplifier().convert(text))


def normal(question: str) -> str:
    """At most 300 characters; blanks stay as one, for they part what is meant.

    >>> normal("食藥監分局　負責什麼？")
    '食药监分局 负责什么?'
    """
    text = simplified(unicodedata.normalize("NFKC", question[:_LONGEST])).casefold()
    return " ".join(text.split())


@lru_cache(65536)
def sounds(text: str) -> str:
    """The text in pinyin without tones: what somebody types who takes another character of the same sound."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def is_latin(character: str) -> bool:
    """A Latin letter or a digit."""
    return character.isascii() and character.isalnum()
