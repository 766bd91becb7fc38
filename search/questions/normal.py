"""A question in the form that it is read in (归一): simplified script, half width, one case, no idle blanks. Pure."""

from __future__ import annotations

import re

from search.words.script import plain_script

_LONGEST = 300
_IN_A_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff]) (?=(?:19|20)\d\d[-年 ]?\d)|(?<=[\u4e00-\u9fff]\d{4}) (?=\d{1,4}号)")
"""Blanks in a document's number: 中发 2019-17, 中发2019 17号."""


def normal(question: str) -> str:
    """At most 300 characters; blanks stay as one, for they part what is meant.

    >>> normal("食藥監分局　負責什麼？")
    '食药监分局 负责什么?'
    """
    said = " ".join(plain_script(question[:_LONGEST]).casefold().split())
    return _IN_A_NUMBER.sub("", said)


def is_latin(character: str) -> bool:
    """A Latin letter or a digit."""
    return character.isascii() and character.isalnum()
