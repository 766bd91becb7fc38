"""Telephone, identity and e-mail digits hidden (联系方式遮盖): a text in, a text of the same length out.

What tells of a network, a place or a house stays readable (138, 0371, @example.cn); the rest becomes `*`:

>>> mask("联系人：张三，138 1234 5678，0371-65507000转801，zhangsan@example.cn")
'联系人：张三，138 **** ****，0371-********转***，********@example.cn'

The patterns stand here and in no file of the lexicon: what is hidden must not hang on a setting, and ids are made of
hidden text too. Each has examples, and `NO_CONTACTS` are what none may hide: numbers of documents and indexes, days,
amounts. Every pattern is linear in the text: it is of bounded length, or begins only where a run begins.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MASK = "*"
_LONGEST = 64
"""Characters of a contact that is recognised across the end of an excerpt."""
_ROUNDS = 4
"""How often a text is looked at while something is found: a contact that was hidden may lay another bare."""

_PLAIN = str.maketrans(
    {
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        **dict.fromkeys("－—–―‐‑‒−", "-"),
        **dict.fromkeys("\u3000\xa0\t\r\f\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff\xad", " "),
        "（": "(", "）": ")", "＠": "@", "．": ".", "：": ":", "＋": "+", "Ｘ": "X", "ｘ": "x",
    }
)  # fmt: skip
"""Character by character, so that places hold."""

_LONE = r"(?<![0-9A-Za-z_].)(?<![0-9]\..)"
"""Behind a number's first digit: it stands not within a longer one, nor behind a decimal point. Patterns look back from
their first character and not before it, so that the engine passes over all others at once."""
_NO_MORE = r"(?![0-9A-Za-z_]|\.[0-9])"
_NO_AMOUNT = r"(?! ?(?:[元万亿吨人户个件次家项亩条台辆册千百%％]|平方|立方|公))"
_FIRST, _LAST = r"(?:(?<![0-9][- \n].)(?<![0-9]\n .)|(?<=86[- ].))", r"(?![- ]?[0-9])"
"""A number in groups or on two lines is none in a row of numbers: those are the cells of a table."""
_BREAK = r" {0,8}\n {0,8}"
_OR_CHINA = r"(?<=86.)"
_EXTENSION = r"(?:(?: ?(?:转|分机) ?|-)[0-9]{1,6}(?![0-9]))?"
_MORE = r"(?: ?[、，,/;；或及和] ?[2-9][0-9]{6,7}(?![0-9]))*"
"""Further local numbers behind a first: 65507000、65507001."""
_AREA = r"(?:10|2[0-9]|[3-9][0-9]{2})"
"""The area's code behind its 0."""
_LABEL = r"(?:电 ?话(?:号码)?|传 ?真(?:号码)?|手 ?机(?:号码?)?|座 ?机|热 ?线|联系方式|TEL|Tel|tel|FAX|Fax)"
_SOME = re.compile("[0-9０-９@＠]")
_GAP, _DIGIT = "[^0-9０-９一-鿿]{0,18}", "[0-9０-９]"
_MAYBE = re.compile(
    rf"[1１]{_GAP}[3-9３-９](?:{_GAP}{_DIGIT}){{9}}|[1-8１-８](?:{_GAP}[0-9０-９xXｘＸ]){{14}}"
    rf"|[0０]{_DIGIT}{{2,3}}{_GAP}[2-9２-９](?:{_GAP}{_DIGIT}){{6}}|{_LABEL}|[@＠]"
)
"""Whether there is anything to look at: few texts have it, and this makes no copy of them."""
_MAILBOX = r"A-Za-z0-9._%+-"
_BIRTHDAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_REGION = r"(?:(?<=1)[1-5]|(?<=2)[1-3]|(?<=3)[1-7]|(?<=4)[1-6]|(?<=5)[0-4]|(?<=6)[1-5]|(?<=7)1|(?<=8)[123])[0-9]{4}"
"""The region's code behind its first digit."""
_YEARS = r"(?!([- ])(?:19|20)[0-9]{2}\1(?:19|20)[0-9]{2}(?![0-9]))"


class ContactKind(NamedTuple):
    """A kind of contact: a pattern over plain characters, whose group `hide` is hidden, and examples."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


def _broken_anywhere() -> str:
    """The ten digits behind the 1 of a mobile number, the end of a line somewhere before or between them."""
    inside = (f"[3-9][0-9]{{{before}}}{_BREAK}[0-9]{{{9 - before}}}" for before in range(9))
    return "|".join((f"{_BREAK}[3-9][0-9]{{9}}", *inside))


KINDS: tuple[ContactKind, ...] = (
    ContactKind(
        "identity",
        re.compile(
            rf"(?P<hide>[1-8]{_LONE}{_REGION}[- \n]{{0,2}}(?:18|19|20)[0-9]{{2}}{_BIRTHDAY}"
            rf"[- \n]{{0,2}}[0-9]{{3}}[0-9Xx]"
            rf"|[1-8]{_LONE}{_REGION}[0-9]{{2}}{_BIRTHDAY}[0-9]{{3}})(?![0-9A-Za-z_])"
        ),
        ("410105198803071234", "41010519880307123X", "410105 19880307 123x", "４１０１０５１９８８０３０７１２３４",
         "410105880307123"),
    ),
    ContactKind(
        "mobile",
        re.compile(
            rf"1(?:(?<![0-9].)(?<![0-9]\..)|{_OR_CHINA})[3-9][0-9]"
            rf"(?P<hide>[0-9]{{8}}(?:1[3-9][0-9]{{9}}){{0,3}})(?!\.?[0-9]){_NO_AMOUNT}"
        ),
        ("13812345678", "1３８12345678", "+8613812345678", "008613812345678", "+86 13812345678",
         "1381234567813912345678", "plan13812345678.txt", "张三_13812345678_x"),
    ),
    ContactKind(
        "mobile-in-groups",
        re.compile(
            rf"1(?:{_LONE}|{_OR_CHINA}){_FIRST}[3-9][0-9]{_YEARS}"
            rf"(?P<hide>[-. ][0-9]{{4}}[-. ]?[0-9]{{4}}|[0-9]{{4}}[-. ][0-9]{{4}}){_LAST}{_NO_MORE}{_NO_AMOUNT}"
        ),
        ("138-1234-5678", "138 1234 5678", "138—1234—5678", "138.1234.5678", "1381234 5678", "138 12345678",
         "+86 138 1234 5678"),
    ),
    ContactKind(
        "mobile-on-two-lines",
        re.compile(rf"(?P<hide>1{_LONE}{_FIRST}(?:{_broken_anywhere()}))(?!{_BREAK}[0-9]){_NO_MORE}{_NO_AMOUNT}"),
        ("138\n12345678", "1381234567\r\n8", "1\n3812345678", "1381234 \n  5678"),
    ),
    ContactKind(
        "landline",
        re.compile(
            rf"0(?:{_LONE}|{_OR_CHINA}){_AREA}(?P<hide>(?: ?[-)] ?\n? ?| ?\n? ?)[2-9][0-9]{{6,7}}{_EXTENSION}{_MORE})"
            rf"(?![0-9A-Za-z_/]){_NO_AMOUNT}"
        ),
        ("0371-65507000", "(0793)8220316", "（0793）8220316", "010 65507000", "03716550700", "0371－65507000转801",
         "0371-65507000-801", "0371-65507000、65507001", "86-0371-65507000", "0371-\n65507000"),
    ),
    ContactKind(
        "labelled",
        re.compile(
            rf"{_LABEL}(?:[/、][^\s0-9:]{{1,6}})? ?[:(]? ?(?:(?:\+?86[- ]?)?\(?0[0-9]{{2,3}}[-) ]{{1,2}})?"
            rf"(?P<hide>[2-9][0-9]{{2,3}}[- ]?[0-9]{{4}}{_EXTENSION}{_MORE})(?![0-9A-Za-z_/-]){_NO_AMOUNT}"
        ),
        ("电话：65507000", "联系电话 8220316", "传真：6550-7000", "电话/传真：65507000", "电话：65507000、65507001",
         "联系电话：0000-5168021", "电 话：65507000转12", "Tel: 65507000"),
    ),
    ContactKind(
        "e-mail",
        re.compile(rf"(?P<hide>[{_MAILBOX}](?<![{_MAILBOX}].)[{_MAILBOX}]*+)(?=@[A-Za-z0-9-]+\.[A-Za-z0-9])"),
        ("zhang.san@example.cn", "zhang_san+1@mail.example.com.cn", "zhangsan＠example.cn"),
    ),
)  # fmt: skip

NO_CONTACTS = (
    "国办发〔2022〕8号", "中发[2019]17号", "2021年12月31日", "2020-2022年", "2021-03-05 10:22",
    "索引号：000014349/2018-00175", "索引号：014301106/2012-00213", "索引号：53000020200531",
    "索引号：JZ0101-2024-000387", "HF001-0202-2015-0134", "11610000MB2A00001X", "豫ICP备19000000号-1",
    "投资13812345678元", "13812345678.50", "3.13812345678", "138 1234 567", "产量65507000吨", "接听电话2345678件",
    "139 2345 1234 56", "150 2021 2022", "1398\n2345\n123\n98", "12345热线", "110、119、120", "400-800-8888", "138",
    "@所有人", "GB/T 9704-2012", "电话会议",
)  # fmt: skip
"""What is hidden nowhere, whole as it stands."""


def mask(text: str) -> str:
    """The text with the digits of contacts, and what stands before the @ of an address, as `*`.

    A text without contacts is given back as it is, and so is one that was masked before.
    """
    if not _SOME.search(text):
        return text
    return _kept(text) if len(text) <= _LONGEST else _masked(text)


def _masked(text: str) -> str:
    for _ in range(_ROUNDS):
        hidden = [found.span("hide") for found in _found(text)]
        if not hidden:
            break
        shown = list(text)
        for start, end in hidden:
            shown[start:end] = [MASK if _tells(text[at]) else text[at] for at in range(start, end)]
        text = "".join(shown)
    return text


_kept = lru_cache(8192)(_masked)
"""Short texts are few and come again and again: days, titles, names."""


def excerpt(text: str, start: int, end: int) -> str:
    """The characters `[start, end)`, without those of a contact that reaches over either end: half of one would not be
    known for what it is."""
    low = max(0, start - _LONGEST)
    for found in _found(text[low : end + _LONGEST]):
        if found.start() < start - low < found.end():
            start = low + found.end()
        elif found.start("hide") < end - low < found.end():
            end = low + found.start("hide")
    return text[start:end]


def _found(text: str) -> list[re.Match[str]]:
    if not _MAYBE.search(text):
        return []
    plain = text.translate(_PLAIN)
    return [found for kind in KINDS for found in kind.pattern.finditer(plain)]


def _tells(character: str) -> bool:
    """Whether a character is part of what a contact says: not a blank, a dash, a bracket or 转."""
    return character.isdigit() or (character.isascii() and character.isalpha()) or character in "._%+ｘＸ"
