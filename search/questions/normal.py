"""A question in the form that it is read in (归一): simplified script, half width, one case, no idle blanks. Pure."""

from __future__ import annotations

from search.words.script import plain_script

_LONGEST = 300


def normal(question: str) -> str:
    """At most 300 characters; blanks stay as one, for they part what is meant.

    >>> normal("食藥監分局　負責什麼？")
    '食药监分局 负责什么?'
    """
    return " ".join(plain_script(question[:_LONGEST]).casefold().split())


def is_latin(character: str) -> bool:
    """A Latin letter or a digit."""
    return character.isascii() and character.isalnum()
