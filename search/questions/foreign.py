"""Questions in pinyin and in English (拼音与英文): their names as Chinese words, before they are cut. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from search.questions.library_names import LibraryNames
from search.questions.tokens import english_names, function_words
from search.words.script import reading, syllables

_WORD = re.compile("[A-Za-z]+")
_SHORTEST = 4
"""Letters of a word in pinyin that may be a name."""


def in_chinese(question: str, names: LibraryNames, sounding: Callable[[str], str]) -> str:
    """The question with the English names and the pinyin in it as Chinese words; one in Chinese as it is.

    shengshujuju qiantou naxie renwu is 省数据局 牵头 哪些 任务.
    """
    if not _WORD.search(question):
        return question
    said = question
    for english, chinese in english_names():
        said = re.sub(
            rf"\b{re.escape(english)}\b" if english[-1] != " " else re.escape(english), chinese, said, flags=re.I
        )
    if _has_chinese(question):
        return said
    known = {word.casefold() for word in function_words()}
    strange = [word for word in _WORD.findall(said) if word.casefold() not in known and len(word) >= _SHORTEST]
    if not strange:
        return said
    spelt = _spelt(names)
    if all(syllables(word.casefold()) for word in strange):
        others = (word.casefold() for word in strange if word.casefold() not in spelt)
        spelt |= {word: found for word in others if (found := sounding(word))}
    return _WORD.sub(lambda word: spelt.get(word.group().casefold(), word.group()), said)


def _has_chinese(said: str) -> bool:
    return any("一" <= character <= "鿿" for character in said)


def _spelt(names: LibraryNames) -> dict[str, str]:
    """Names and function words by their pinyin; a name goes before a word."""
    words = (word for word in function_words() if _has_chinese(word))
    said = [*words, *(name for name, meanings in names.names.items() if any(not each.loose for each in meanings))]
    return {reading(each).replace(" ", ""): each for each in said if len(each) > 1 or each == "谁"}
