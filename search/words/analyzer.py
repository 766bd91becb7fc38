"""Text into tokens (分词): words for ranking, character bigrams for recall, document numbers kept whole.

Everything is compared in its folded form: full-width as half-width, Latin in lower case, brackets of any kind as
round ones, blanks and line breaks gone. Tokens carry offsets into the characters of the original text.

This is the only home of jieba, which is loaded on first use (0.6 s): asking needs none of it, only indexing does.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from ingest import normal_number
from ingest.model import Record, Span

_RUN = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[0-9a-z]")
_LONGEST_RUN = 500
"""Characters without a mark of punctuation that words are looked for in; no sentence has as many."""
_IN_WORDS = r"\u4e00-\u9fd5a-zA-Z0-9+#&._%\-"
"""What jieba takes for parts of words; at all else it parts a text itself."""
_STRETCH = re.compile(f"[{_IN_WORDS}]{{1,{_LONGEST_RUN}}}|[^{_IN_WORDS}]+")
_OPENING, _CLOSING = "[{【〔〖〘「『", "]}】〕〗〙」』"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "(" * len(_OPENING) + ")" * len(_CLOSING))

# 机关代字〔年〕号 (GB/T 9704-2012, 7.2.5) with any bracket; what leads up to it in running text is no part of it. It is
# looked for once in a run of Chinese characters, from its beginning.
_LEADS = "按照|根据|依据|遵照|落实|贯彻|执行|参照|印发|转发|以及"
_NUMBER = re.compile(
    rf"(?:(?:(?<![\u4e00-\u9fff])|(?<=\d号))[\u4e00-\u9fff]*(?:{_LEADS})"
    r"|(?<=[)》号])[和及与])?"
    r"([\u4e00-\u9fff]{1,20})\((\d{4})\)第?0*(\d{1,6})号"
)

_LOOSE_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,20})\(?((?:19|20)\d{2})\)?年?[-‐‑–—−~]?第?0*(\d{1,6})(?:号|(?![\d.年月日]))"
)


class TextToken(Record, frozen=True):
    """词: its folded text, its position among the tokens of its field, and where it stands in the original text."""

    text: str
    position: int
    span: Span


class Folded(Record, frozen=True):
    """A text in folded form. `offsets[i]` is the place in the original of folded character `i`."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The characters of the original that the folded characters `[start, end)` came from."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def fold(text: str) -> Folded:
    """The folded form with its way back to the original.

    >>> fold("示食安〔2021〕 1 号").text
    '示食安(2021)1号'
    """
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for each in _fold_character(character):
            folded.append(each)
            offsets.append(offset)
    return Folded("".join(folded), tuple(offsets))


def folded(text: str) -> str:
    """The folded form alone, for comparison and for the index."""
    return "".join(map(_fold_character, text))


def grams(folded_text: str) -> set[str]:
    """Every character of a folded text and every pair of neighbours in a run; no pair spans a punctuation mark.

    They need no places: that pairs follow each other is confirmed on the text that the index keeps.
    """
    found: set[str] = set()
    for run in runs(folded_text):
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def phrase_grams(folded_text: str) -> tuple[str, ...]:
    """The fewest grams that every text holding `folded_text` must have: its pairs, or a character that stands alone."""
    pairs = [[run[at : at + 2] for at in range(len(run) - 1)] or [run] for run in runs(folded_text)]
    return tuple(dict.fromkeys(pair for each in pairs for pair in each))


def runs(folded_text: str) -> list[str]:
    """The runs of letters, digits and Chinese characters between punctuation."""
    return _RUN.findall(folded_text)


def words(text: str) -> list[TextToken]:
    """Words as jieba cuts them for search: a long word and the shorter words inside it, all at the long one's position.

    Words that hold no letter, digit or Chinese character are left out and take no position.
    """
    line, offsets = _one_line(text)
    tokens: list[TextToken] = []
    position, end_of_long = -1, 0
    for word, start, end in _cutter()(line):
        if _RUN.search(word):
            if start >= end_of_long:
                position, end_of_long = position + 1, end
            tokens.append(TextToken(word, position, Span(offsets[start], offsets[end - 1] + 1)))
    return tokens


def document_numbers(text: str, typed: bool = False) -> list[TextToken]:
    """发文字号 in the text, each as one token in normal form: 焦示食安〔2021〕1号, however it is written.

    The issuer's code (机关代字) is taken to begin after a character that is not Chinese, or after a verb such as 按照;
    in words that somebody `typed`, after a blank too: 抽检 中发〔2019〕17号.
    """
    return _numbers(_NUMBER, text, typed)


def loose_numbers(text: str) -> list[TextToken]:
    """What may be a 发文字号 that somebody typed without its brackets: 中发2019 17号, 中发 2019-17.

    抽检 2021-12 looks the same, so whoever asks must know that there is such a number, or allow for either.
    """
    return _numbers(_LOOSE_NUMBER, text, typed=True)


def _numbers(pattern: re.Pattern[str], text: str, typed: bool) -> list[TextToken]:
    form = fold(text)
    tokens: list[TextToken] = []
    for found in pattern.finditer(form.text):
        start, end = found.span(1)
        blanks = [at for at in range(start + 1, end) if form.offsets[at - 1] + 1 < form.offsets[at]] if typed else []
        start = blanks[-1] if blanks else start
        number = normal_number(f"{form.text[start:end]}〔{found[2]}〕{found[3]}号")
        tokens.append(TextToken(number, len(tokens), form.span(start, found.end())))
    return tokens


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    """The folded form of one character: none for a blank, several for ㈱ or ½."""
    return "".join(unicodedata.normalize("NFKC", character).split()).casefold().translate(_BRACKETS)


def _one_line(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, but with one blank where blanks part two Latin words; what jieba reads."""
    form = fold(text)
    line: list[str] = []
    offsets: list[int] = []
    last = 0
    for each, offset in zip(form.text, form.offsets, strict=True):
        if offset > last + 1 and line and _LATIN.match(each) and _LATIN.match(line[-1]):
            line.append(" ")
            offsets.append(last + 1)
        line.append(each)
        offsets.append(offset)
        last = offset
    return "".join(line), tuple(offsets)


def _stretches(line: str) -> Iterator[tuple[int, int]]:
    """What jieba is given at a time: a run of characters without a mark may cost it the square of the run's length."""
    if len(line) <= _LONGEST_RUN:
        yield 0, len(line)
    else:
        yield from (found.span() for found in _STRETCH.finditer(line))


Cut = tuple[str, int, int]


@cache
def _cutter() -> Callable[[str], Iterator[Cut]]:
    """jieba's cutter, loaded once, silently: each word, then the words of two and three characters inside it.

    The dictionary is read from jieba's own package: its ready-made loader leaves a marshalled cache in the common
    folder for temporary files, where anybody could put another one, and is no faster.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True

    def cut(line: str) -> Iterator[Cut]:
        for low, high in _stretches(line):
            for word, start, end in tokenizer.tokenize(line[low:high]):
                yield word, low + start, low + end
                for size in (2, 3):
                    for at in range(end - start - size + 1 if end - start > size else 0):
                        if tokenizer.FREQ.get(word[at : at + size]):
                            yield word[at : at + size], low + start + at, low + start + at + size

    return cut
